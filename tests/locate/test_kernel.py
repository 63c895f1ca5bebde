import numpy as np
import pytest

from truceline.errors import GeometryError
from truceline.locate import cells, quick
from truceline.locate.line import locate_points, reference_line
from zoo import GEOD, SHAPES, WAVE, Shape, laid

pytest.importorskip("numba")

SITES = {
    "equator": (20.0, 0.0),
    "45 north": (36.0, 45.0),
    "70 north": (-120.0, 70.0),
    "88 north": (36.0, 88.0),
    "antimeridian": (179.95, 20.0),
    "50 south": (-70.0, -50.0),
}


def about(shape, n, seed, nearest=1.0, farthest=900e3):
    """Place n points about the vertices of a line, at distances of every magnitude."""
    random = np.random.default_rng(seed)
    vertices = np.concatenate(shape.lonlat())[random.integers(0, sum(map(len, shape.parts)), n)]
    far = np.exp(random.uniform(np.log(nearest), np.log(farthest), n))
    return [np.asarray(column) for column in GEOD.fwd(*vertices.T, random.uniform(0.0, 360.0, n), far)[:2]]


def ragged(n, seed=0):
    """Draw a line of n vertices over some 440 km."""
    random, share = np.random.default_rng(seed), np.linspace(0.0, 1.0, n)
    wander = np.cumsum(random.normal(0.0, 0.2 / np.sqrt(n), n))
    return [(36.0 + 0.3 * np.sin(6.0 * s) + w, 33.0 + 3.5 * s) for s, w in zip(share, wander, strict=True)]


def both(line, lon, lat):
    """Measure places both ways."""
    return [locate_points(line, lon, lat, machine_code=way) for way in (True, False)]


def assert_the_same(quick_way, slow_way):
    """Hold the tolerances: a millimetre up to 100 km; beyond, a centimetre or 1e-7, and a metre along the line."""
    near = slow_way.distance < 1e5
    allowed = np.where(near, 1e-3, np.maximum(1e-2, 1e-7 * slow_way.distance))

    assert np.all(np.abs(quick_way.distance - slow_way.distance) <= allowed)
    assert np.all(np.abs(quick_way.offset - slow_way.offset) <= allowed)
    assert np.all(np.abs(quick_way.station - slow_way.station) <= np.where(near, 1e-3, 1.0))
    assert np.array_equal(quick_way.side, slow_way.side)
    assert np.array_equal(quick_way.beyond_end, slow_way.beyond_end)
    feet = [np.stack([way.foot_lon, way.foot_lat])[:, near] for way in (quick_way, slow_way)]
    assert np.all(GEOD.inv(*feet[0], *feet[1])[2] <= 2e-3)


@pytest.mark.parametrize("name", SHAPES)
def test_machine_code_says_the_same_about_every_awkward_line(name):
    """The NumPy way is the oracle: stations, offsets, sides, ends and feet of 2,000 places, from 1 m to 900 km away."""
    shape = SHAPES[name]
    quick_way, slow_way = both(shape.line(), *about(shape, 2000, seed=1))

    assert_the_same(quick_way, slow_way)


@pytest.mark.parametrize("edges", ["lonlat", "geodesic"])
@pytest.mark.parametrize("site", SITES)
def test_it_says_the_same_at_every_site(site, edges):
    """From the equator to 88 degrees, across the antimeridian and in the south, for either kind of edge."""
    shape = Shape((WAVE,), at=SITES[site], edges=edges)
    quick_way, slow_way = both(shape.line(), *about(shape, 4000, seed=2))

    assert_the_same(quick_way, slow_way)


@pytest.mark.parametrize(("vertices", "n"), [(400, 12_000), (5000, 4000)])
def test_it_says_the_same_about_lines_of_many_vertices(vertices, n):
    """A ragged line of 440 km: places within 40 miles, where verdicts are made, and up to 600 km away."""
    line = reference_line([ragged(vertices)], plus="left")
    random = np.random.default_rng(3)
    near, far = random.uniform((35.4, 32.5), (37.2, 37.0), (n, 2)), random.uniform((31.0, 28.0), (42.0, 41.0), (n, 2))
    quick_way, slow_way = both(line, *np.concatenate([near, far]).T)

    assert_the_same(quick_way, slow_way)


def test_the_whole_earth_can_be_asked():
    """Far from the line, at the poles and on the antimeridian the slow way answers, bit for bit."""
    line = SHAPES["wave"].line()
    random = np.random.default_rng(4)
    lon = np.concatenate([random.uniform(-180.0, 180.0, 500), [-180.0, 180.0, 0.0, 36.0, 180.0]])
    lat = np.concatenate([random.uniform(-90.0, 90.0, 500), [0.0, 0.0, 90.0, -90.0, 90.0]])
    quick_way, slow_way = both(line, lon, lat)
    far = slow_way.distance > 1.5e6

    assert far.sum() > 400
    assert np.array_equal(quick_way.distance[far], slow_way.distance[far])
    assert_the_same(quick_way, slow_way)


def test_at_the_edges_of_the_earth_a_line_nearby_is_measured():
    """Places on the antimeridian and at a pole have a cell like any other."""
    for at in ((180.0, 20.0), (0.0, 89.7)):
        line = Shape((WAVE,), at=at, edges="geodesic").line()
        lon, lat = np.array([180.0, -180.0, 180.0, 0.0]), np.array([20.1, 20.2, 90.0, 90.0])
        quick_way, slow_way = both(line, lon, lat)

        assert_the_same(quick_way, slow_way)


@pytest.mark.parametrize("name", ["hook", "gap", "wave across the antimeridian"])
def test_a_place_is_measured_the_same_in_every_batch(name):
    """With machine code too the answer depends on the place alone, to the last bit."""
    shape = SHAPES[name]
    lon, lat = about(shape, 1500, seed=5)
    line = shape.line()
    whole = locate_points(line, lon, lat, machine_code=True)
    halves = [locate_points(line, lon[i::2], lat[i::2], machine_code=True) for i in (0, 1)]

    for field in type(whole).__slots__:
        assert np.array_equal(getattr(whole, field)[0::2], getattr(halves[0], field))
        assert np.array_equal(getattr(whole, field)[1::2], getattr(halves[1], field))


def test_places_on_the_line_are_left_to_the_slow_way():
    """Within half a metre of the line the answer is that of the slow way, bit for bit."""
    line = SHAPES["wave"].line()
    lon, lat = np.concatenate(line.parts).T
    quick_way, slow_way = both(line, lon, lat)

    for field in type(slow_way).__slots__:
        assert np.array_equal(getattr(quick_way, field), getattr(slow_way, field))


def test_equally_near_feet_are_left_to_the_slow_way():
    """Between two legs that mirror each other the leg drawn first is taken, as ever."""
    legs = [(1.0, 1.0), (1.0, -1.0), (-1.0, -1.0), (-1.0, 1.0)]
    for vertices in (legs, legs[::-1]):
        there = locate_points(reference_line([vertices], plus="left"), [0.0, 0.0], [0.5, 0.2], machine_code=True)

        assert np.all(there.station < 2.0 * 111_319.49079)


def test_what_is_no_place_is_refused_by_name():
    """Every missing or impossible coordinate is named, as without machine code."""
    lon, lat = np.array([36.0, np.nan, 36.0, 200.0]), np.array([33.0, 33.0, 95.0, 33.0])
    with pytest.raises(GeometryError) as caught:
        locate_points(SHAPES["wave"].line(), lon, lat, machine_code=True)

    assert [fault.at for fault in caught.value] == ["place 2", "place 3", "place 4"]


def test_no_places_give_empty_columns():
    """A batch may be empty."""
    there = locate_points(SHAPES["wave"].line(), [], [], machine_code=True)

    assert len(there.station) == 0


def test_columns_may_come_in_any_form():
    """Strided, integer and read-only columns are taken as they are."""
    line = SHAPES["wave"].line()
    both_ways = np.array([[36, 33], [37, 32]])
    both_ways.flags.writeable = False
    there = locate_points(line, *both_ways.T, machine_code=True)
    plain = locate_points(line, [36.0, 37.0], [33.0, 32.0], machine_code=True)

    assert np.array_equal(there.offset, plain.offset)


def test_a_thicket_is_left_to_the_slow_way():
    """Where more than 63 edges crowd in the finest cell nothing is known beforehand."""
    shape = Shape(([(0.002 * (i % 2), 0.0015 * i) for i in range(300)],))
    line = shape.line()
    index = quick.index_of(quick.known(line))
    lon, lat = about(shape, 1000, seed=6, farthest=2e3)

    assert (index.cells.grid == 0).any()
    assert_the_same(*both(line, lon, lat))


def test_where_there_are_too_many_cells_they_stay_wide(monkeypatch):
    """A limit on the number of cells costs time, never the answer."""
    line = reference_line([ragged(600, seed=7)], plus="left")
    monkeypatch.setattr(cells, "MOST_CELLS", 50_000)
    quick.index_of.cache_clear()
    places = np.random.default_rng(8).uniform((35.4, 32.5), (37.2, 37.0), (3000, 2))
    quick_way, slow_way = both(line, *places.T)
    quick.index_of.cache_clear()

    assert_the_same(quick_way, slow_way)


def test_strokes_of_one_edge_that_curves_are_measured_piece_by_piece():
    """From the hollow side of a parallel near the pole several pieces of one edge are nearly as near."""
    line = reference_line([[(0.0, 86.0), (60.0, 86.0), (61.0, 85.0)]], plus="north")
    lon, lat = np.random.default_rng(9).uniform((-20.0, 84.0), (100.0, 90.0), (4000, 2)).T

    assert_the_same(*both(line, lon, lat))


def test_a_place_at_the_end_of_a_line_is_beyond_it_or_not():
    """About the perpendicular at an end, on both sides of it."""
    line = SHAPES["straight"].line()
    lon, lat = np.array([laid((36.0, 33.0), x, 30.0 + y) for x in (-20.0, 20.0) for y in (-0.1, 0.1)]).T
    there = locate_points(line, lon, lat, machine_code=True)

    assert there.beyond_end.tolist() == [False, True, False, True]
    assert there.side.tolist() == [1, 0, -1, 0]

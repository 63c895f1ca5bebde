import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from oracle import Walk
from truceline.errors import GeometryError
from truceline.locate.along import point_at
from truceline.locate.line import locate_points, reference_line
from zoo import GEOD, SHAPES, WAVE, Shape, laid

FIELDS = ("station", "offset", "distance", "side", "beyond_end", "foot_lon", "foot_lat")
EQUATOR = reference_line([[(0.0, 0.0), (2.0, 0.0)]], plus="north")
DEGREE = 111_319.49079  # a degree of the equator: pi / 180 * 6378137 m


def around(shape, n, seed, farthest=500e3):
    """Place n points about the vertices of a line, at distances of every magnitude up to a limit."""
    random = np.random.default_rng(seed)
    vertices = np.concatenate(shape.lonlat())[random.integers(0, sum(map(len, shape.parts)), n)]
    far = np.exp(random.uniform(np.log(20.0), np.log(farthest), n))
    return GEOD.fwd(*vertices.T, random.uniform(0.0, 360.0, n), far)[:2]


@pytest.mark.parametrize("name", SHAPES)
def test_foot_is_where_a_slow_search_finds_it(name):
    """Distance within 1 m or 1e-5 of the oracle's, foot at the station, and its side, for every awkward line."""
    shape = SHAPES[name]
    walk, line = Walk(shape), shape.line()
    lon, lat = around(shape, 12, seed=1)
    feet = [walk.nearest(*place) for place in zip(lon, lat, strict=True)]
    found = locate_points(line, lon, lat)
    distance = np.array([foot.distance for foot in feet])
    sure = (np.array([foot.rival for foot in feet]) > 1.0) & (found.side != 0) & (name != "there and back")
    missed = [walk.missed(found.station - back, found.foot_lon, found.foot_lat) for back in (-0.01, 0.0, 0.01)]

    assert np.all(np.abs(found.distance - distance) <= np.maximum(1.0, 1e-5 * distance))
    assert np.all(np.min(missed, axis=0) < 1.0)
    assert np.array_equal((found.side > 0)[sure], np.array([foot.left for foot in feet])[sure])


def test_distance_is_that_of_another_library():
    """The distance to the foot is the geodesic of geographiclib, within a micrometre."""
    shape = SHAPES["wave across the antimeridian"]
    lon, lat = around(shape, 20, seed=2)
    found = locate_points(shape.line(), lon, lat)
    columns = zip(lat, lon, found.foot_lat, found.foot_lon, strict=True)
    theirs = [Geodesic.WGS84.Inverse(*map(float, row))["s12"] for row in columns]

    assert np.allclose(found.distance, theirs, rtol=0.0, atol=1e-6)


def test_offsets_are_positive_on_the_plus_side():
    """North of an equator whose plus is north: 1/10 degree of latitude is 11,057.43 m there."""
    there = locate_points(EQUATOR, [1.0, 1.0], [0.1, -0.1])

    assert there.offset == pytest.approx([11_057.43, -11_057.43], abs=0.01)
    assert there.side.tolist() == [1, -1]
    assert there.station == pytest.approx([DEGREE, DEGREE], abs=0.01)


def test_beyond_an_end_the_side_is_unknown():
    """Past the perpendicular at either end there is no side, and the offset is the plain distance."""
    there = locate_points(EQUATOR, [-0.5, 2.5, 2.5, 1.9], [-0.3, 0.0, -0.3, -0.3])

    assert there.beyond_end.tolist() == [True, True, True, False]
    assert there.side.tolist() == [0, 0, 0, -1]
    assert np.array_equal(there.offset[:3], there.distance[:3])


def test_exactly_abeam_of_an_end_is_not_beyond_it():
    """On the perpendicular at an end the side is still known."""
    for name in ("straight", "wave", "wave across the antimeridian", "wave at 80 north", "wave at 50 south"):
        line = SHAPES[name].line()
        lon, lat = point_at(line, [0.0, 0.0, line.length, line.length], [3000.0, -500.0, 3000.0, -500.0])
        there = locate_points(line, lon, lat)

        assert there.side.tolist() == [1, -1, 1, -1]
        assert not there.beyond_end.any()


def test_a_place_on_the_line_is_on_the_plus_side():
    """On a vertex, an edge or an end the side is plus, whichever side plus is."""
    for plus in ("north", "south"):
        line = reference_line([[(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)]], plus=plus)
        there = locate_points(line, [0.0, 0.5, 1.0, 2.0], [0.0, 0.0, 0.0, 0.0])

        assert there.side.tolist() == [1, 1, 1, 1]
        assert np.allclose(there.offset, 0.0, atol=1e-6)


def test_of_equally_near_feet_the_lowest_station_is_taken():
    """Between two legs that mirror each other, the foot is on the leg that is drawn first."""
    legs = [(1.0, 1.0), (1.0, -1.0), (-1.0, -1.0), (-1.0, 1.0)]
    for vertices in (legs, legs[::-1]):
        line = reference_line([vertices], plus="left")
        there = locate_points(line, [0.0, 0.0], [0.5, 0.2])

        assert np.all(there.station < 2.0 * DEGREE)


def test_off_the_tip_of_a_switchback_the_side_is_unknown():
    """Where both edges at the tip lie on each other neither side can be told from the other."""
    for stop in (0.0, 0.37, 0.9995):
        line = reference_line([[(0.0, 0.0), (1.0, 0.0), (stop, 0.0), (0.0, 0.0), (0.0, -1.0)]], plus="left")
        there = locate_points(line, [1.2, 1.2], [0.1, -0.1])

        assert there.side.tolist() == [0, 0]
        assert not there.beyond_end.any()
        assert np.array_equal(there.offset, there.distance)


def test_no_places_give_empty_columns():
    """A batch may be empty."""
    there = locate_points(EQUATOR, [], [])

    assert [len(getattr(there, name)) for name in FIELDS] == [0] * 7


@pytest.mark.parametrize("name", ["hook", "gap", "wave over the pole"])
def test_a_place_is_located_the_same_in_every_batch(name):
    """The answer depends on the place alone, to the last bit: batches may be cut anywhere."""
    shape = SHAPES[name]
    lon, lat = around(shape, 700, seed=3)
    line = shape.line()
    whole, halves = locate_points(line, lon, lat), [locate_points(line, lon[i::2], lat[i::2]) for i in (0, 1)]

    for field in FIELDS:
        assert np.array_equal(getattr(whole, field)[0::2], getattr(halves[0], field))
        assert np.array_equal(getattr(whole, field)[1::2], getattr(halves[1], field))


def test_places_far_apart_do_not_hide_each_other_s_feet():
    """One place is nearer to the far strand, though their middle is not."""
    strands = Shape(([(10.0, -20.0), (10.0, 20.0)], [(-60.0, -20.0), (-60.0, 20.0)]))
    lon, lat = np.array([laid(strands.at, x, 0.0) for x in (30.0, -30.0)]).T
    there = locate_points(strands.line(), lon, lat)

    assert there.distance == pytest.approx([20_000.0, 30_000.0], rel=1e-3)


kilometres = st.integers(-600, 600).map(lambda tenths: tenths / 10.0)
vertices = st.lists(st.tuples(kilometres, kilometres), min_size=2, max_size=7, unique=True)
places = st.sampled_from([(36.0, 33.0), (179.99, 0.0), (-70.0, -55.0), (10.0, 84.0)])


@given(vertices, places, st.sampled_from(["lonlat", "geodesic"]), st.integers(0, 2**16))
@settings(max_examples=40, deadline=None)
def test_drawn_backwards_a_line_has_the_same_distances_and_the_other_side(part, at, edges, seed):
    """Direction is a matter of drawing: distances stay, sides and stations turn round."""
    forth, back = Shape((part,), at, edges), Shape((part[::-1],), at, edges)
    lon, lat = around(forth, 20, seed)
    one, other = locate_points(forth.line(), lon, lat), locate_points(back.line(), lon, lat)
    same = np.hypot(one.foot_lon - other.foot_lon, one.foot_lat - other.foot_lat) < 1e-9

    assert np.allclose(one.distance, other.distance, rtol=0.0, atol=1e-3)
    assert np.all((one.side == -other.side)[same & (one.distance > 0.01)])
    assert np.allclose((one.station + other.station)[same], forth.line().length, atol=1e-2)


@given(st.floats(-180.0, 180.0), st.sampled_from(sorted(SHAPES)))
@settings(max_examples=30, deadline=None)
def test_no_meridian_is_special(turn, name):
    """Turning line and places about the axis of the earth changes nothing."""
    shape = SHAPES[name]
    lon, lat = around(shape, 20, seed=4)
    turned = [[((x + turn + 180.0) % 360.0 - 180.0, y) for x, y in part] for part in shape.lonlat()]
    here = locate_points(shape.line(), lon, lat)
    there = locate_points(
        reference_line(turned, plus="left", edges=shape.edges), (np.array(lon) + turn + 180.0) % 360.0 - 180.0, lat
    )

    assert np.allclose(here.distance, there.distance, rtol=0.0, atol=1e-4)


def test_parts_that_meet_are_one_part_in_whatever_order_they_are_written():
    """A line cut into parts that meet head to tail measures like the whole; its joints are no ends."""
    whole = SHAPES["wave"]
    cuts = [WAVE[3:], WAVE[:2], WAVE[1:4]]
    lon, lat = around(whole, 50, seed=5)
    one, other = locate_points(whole.line(), lon, lat), locate_points(Shape(tuple(cuts)).line(), lon, lat)

    for field in FIELDS:
        assert np.allclose(getattr(one, field), getattr(other, field), rtol=0.0, atol=1e-6)


def test_stations_run_on_over_a_gap():
    """The next part continues where the last one ended: the gap has no length."""
    line = reference_line([[(0.0, 0.0), (1.0, 0.0)], [(3.0, 0.0), (4.0, 0.0)]], plus="north")
    there = locate_points(line, [0.5, 3.5], [0.1, 0.1])

    assert there.station == pytest.approx([0.5 * DEGREE, 1.5 * DEGREE], abs=0.01)
    assert line.length == pytest.approx(2.0 * DEGREE, abs=0.01)


def test_a_ring_has_no_ends():
    """Nothing lies beyond the end of a ring, whether or not it is cut into parts."""
    ring = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
    for parts in ([ring], [ring[2:], ring[:3]]):
        line = reference_line(parts, plus="left")
        there = locate_points(line, [-0.5, 0.5, 0.2], [-0.5, 0.5, 0.1])

        assert line.closed.tolist() == [True]
        assert there.side.tolist() == [-1, 1, 1]
        assert not there.beyond_end.any()


def test_edges_are_what_the_line_says_they_are():
    """A straight edge of 27 km in longitude and latitude at 52 N bulges 18 m from the shortest way.

    The sagitta is length^2 * tan(latitude) / (8 * earth radius) = 27,000^2 * 1.28 / (8 * 6.38e6) m.
    """
    half = 27_000.0 / (2.0 * 111_320.0 * np.cos(np.radians(52.0)))
    ends = [(10.0 - half, 52.0), (10.0 + half, 52.0)]
    offsets = [
        locate_points(reference_line([ends], plus="north", edges=edges), [10.0], [52.0]).offset[0]
        for edges in ("lonlat", "geodesic")
    ]

    assert offsets[0] == pytest.approx(0.0, abs=0.02)
    assert offsets[1] == pytest.approx(-18.3, abs=0.3)


def test_a_repeated_vertex_or_a_height_changes_nothing():
    """Vertices may be repeated and may have a third coordinate."""
    plain = reference_line([[(0.0, 0.0), (2.0, 0.0)]], plus="north")
    heavy = reference_line([[(0.0, 0.0, 5.0), (0.0, 0.0, 6.0), (2.0, 0.0, 7.0)]], plus="north")

    assert heavy.length == plain.length
    assert locate_points(heavy, [1.0], [0.1]).offset == locate_points(plain, [1.0], [0.1]).offset


def test_a_place_that_is_no_place_is_refused_by_name():
    """NaN and coordinates out of range are never measured."""
    with pytest.raises(GeometryError) as caught:
        locate_points(EQUATOR, [1.0, np.nan, 500.0], [0.1, 0.1, 0.1])

    assert [fault.at for fault in caught.value] == ["place 2", "place 3"]


@pytest.mark.parametrize(
    ("parts", "plus", "at", "code"),
    [
        ([[(0.0, 0.0), (np.nan, 0.0)]], "left", "river part 1 vertex 2", "TL-E401"),
        ([[(0.0, 0.0), (181.0, 0.0)]], "left", "river part 1 vertex 2", "TL-E402"),
        ([[(33.0, 0.0), (33.1, 95.0)]], "left", "river part 1 vertex 2", "TL-E402"),
        ([], "left", "river", "TL-E407"),
        ([[]], "left", "river part 1", "TL-E407"),
        ([[(1.0, 1.0)]], "left", "river part 1", "TL-E407"),
        ([[(180.0, 1.0), (-180.0, 1.0)]], "left", "river part 1", "TL-E407"),
        ([[(0.0, 0.0), (1.0, 0.0)]], "upstream", "river", "TL-E406"),
        ([[(0.0, 0.0), (1.0, 0.0)]], "east", "river part 1", "TL-E406"),
        ([[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]], "north", "river part 1", "TL-E406"),
        ([[(0.0, 0.0), (1.0, 0.0)], [(2.0, 1.0), (1.0, 0.0)]], "left", "river at 1.0, 0.0", "TL-E405"),
    ],
)
def test_a_line_that_cannot_be_measured_from_is_refused(parts, plus, at, code):
    """Each fault says where it is, and has its own code."""
    with pytest.raises(GeometryError) as caught:
        reference_line(parts, plus=plus, name="river")

    assert [(fault.at, fault.code) for fault in caught.value] == [(at, code)]


def test_all_faults_of_a_line_are_told_at_once():
    """One error lists every bad vertex of every part."""
    with pytest.raises(GeometryError) as caught:
        reference_line([[(0.0, 0.0), (0.0, 91.0)], [(np.inf, 0.0)]], plus="up")

    assert len(caught.value.faults) == 3


@pytest.mark.parametrize("uncertainty", [-1.0, np.nan])
def test_an_uncertainty_that_is_no_length_is_refused(uncertainty):
    """The error of a line is a length; it may be endless."""
    with pytest.raises(GeometryError, match="uncertainty"):
        reference_line([[(0.0, 0.0), (1.0, 0.0)]], plus="left", uncertainty=uncertainty)

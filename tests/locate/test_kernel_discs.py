import numpy as np
import pytest

from truceline.errors import GeometryError
from truceline.locate.disc import locate_discs
from truceline.locate.line import reference_line
from zoo import GEOD, SHAPES, Shape

pytest.importorskip("numba")

COLUMNS = ("low", "high", "either", "station_low", "station_high", "abeam", "sectors")


def discs_about(shape, n, seed, farthest=700e3, widest=100e3):
    """Place n discs of every size about the vertices of a line; one in ten is sharp, and some are endless."""
    random = np.random.default_rng(seed)
    vertices = np.concatenate(shape.lonlat())[random.integers(0, sum(map(len, shape.parts)), n)]
    far = np.exp(random.uniform(np.log(20.0), np.log(farthest), n))
    lon, lat, _ = GEOD.fwd(*vertices.T, random.uniform(0.0, 360.0, n), far)
    radius = np.exp(random.uniform(np.log(5.0), np.log(widest), n))
    radius[::10] = 0.0
    radius[5::97] = 4e6
    radius[6::97] = np.inf
    return np.asarray(lon), np.asarray(lat), radius


def ranges_of(line):
    """Cut a line into ranges of stations, long and short, and one beyond its end."""
    cuts = np.array([0.0, 0.2, 0.21, 0.5, 0.503, 0.9, 1.0]) * line.length
    return [*np.stack([cuts[:-1], cuts[1:]], axis=1), (line.length + 1.0, np.inf)]


def assert_the_same(line, lon, lat, radius, ranges):
    """Hold machine code against NumPy, column by column."""
    quick, slow = (locate_discs(line, lon, lat, radius, sectors=ranges, machine_code=way) for way in (True, False))
    with np.errstate(invalid="ignore"):  # inf - inf
        same = [np.abs(getattr(quick, name) - getattr(slow, name)) for name in ("low", "high")]
    allowed = np.maximum(1e-2, 1e-7 * np.abs(slow.high))
    endless = np.isinf(radius)

    assert np.all((same[0] <= allowed) | endless)
    assert np.all((same[1] <= allowed) | endless)
    assert np.array_equal(quick.low[endless], slow.low[endless])
    assert np.array_equal(quick.high[endless], slow.high[endless])
    assert np.array_equal(quick.either, slow.either)
    assert np.array_equal(quick.abeam, slow.abeam)
    assert np.allclose(quick.station_low, slow.station_low, rtol=0.0, atol=5.0)
    assert np.allclose(quick.station_high, slow.station_high, rtol=0.0, atol=5.0)
    assert np.array_equal(quick.sectors, slow.sectors)


@pytest.mark.parametrize("uncertainty", [0.0, 600.0])
@pytest.mark.parametrize("name", SHAPES)
def test_machine_code_says_the_same_about_every_awkward_line(name, uncertainty):
    """The NumPy way, which no sampled position contradicts, is the oracle: 400 discs of every size about each line."""
    shape = SHAPES[name]
    line = shape.line(uncertainty=uncertainty)

    assert_the_same(line, *discs_about(shape, 400, seed=1), ranges_of(line))


@pytest.mark.parametrize("at", [(20.0, 0.0), (-120.0, 70.0), (36.0, 88.0), (179.95, 20.0), (-70.0, -50.0)])
def test_it_says_the_same_at_every_site(at):
    """From the equator to 88 degrees, across the antimeridian and in the south."""
    shape = Shape((list(zip(np.cumsum([0.0, 9.0, -4.0, 6.0, 2.0, -7.0] * 4), range(-60, 60, 5), strict=True)),), at=at)
    line = shape.line(uncertainty=300.0)

    assert_the_same(line, *discs_about(shape, 1500, seed=2, widest=30e3), ranges_of(line))


@pytest.mark.parametrize(("vertices", "n"), [(400, 1500), (4000, 300)])
def test_it_says_the_same_about_lines_of_many_vertices(vertices, n):
    """A ragged line of 440 km, which winds about its ends too."""
    random, share = np.random.default_rng(3), np.linspace(0.0, 1.0, vertices)
    wander = np.cumsum(random.normal(0.0, 0.2 / np.sqrt(vertices), (2, vertices)), axis=1)
    line = reference_line([np.stack([36.0 + wander[0], 33.0 + 3.5 * share + wander[1]], axis=1)], plus="left")
    lon, lat = random.uniform((33.0, 31.0), (39.0, 39.0), (n, 2)).T
    radius = np.exp(random.uniform(np.log(100.0), np.log(30e3), n))

    assert_the_same(line, lon, lat, radius, ranges_of(line))


def test_a_short_sector_amid_the_candidates_is_found():
    """A wide disc far away reaches a sector of 10 m that holds neither its foot nor the ends of its reach."""
    line = reference_line([[(0.0, 0.0), (2.0, 0.0)]], plus="north")
    ranges = [(90e3, 90.01e3), (30e3, 30.01e3), (90e3, 90.01e3)]
    disc = locate_discs(line, [1.0], [0.1], [10_000.0], sectors=ranges, machine_code=True)

    assert disc.sectors.tolist() == [[True, False, True]]


def test_between_the_legs_of_a_bend_the_bottom_is_no_candidate():
    """Inside a U the disc is near to both legs: a sector at the bottom lies between them and is not touched."""
    line = reference_line([[(-0.1, 1.0), (-0.1, 0.0), (0.1, 0.0), (0.1, 1.0)]], plus="left")
    cuts = np.linspace(0.0, line.length, 12)
    ranges = np.stack([cuts[:-1], cuts[1:]], axis=1)

    assert_the_same(line, np.array([0.0]), np.array([0.8]), np.array([1000.0]), ranges)


def test_a_line_of_many_ends_is_left_to_the_slow_way():
    """Five parts have ten ends: NumPy answers, bit for bit."""
    shape = Shape(tuple([(10.0 * i, -5.0), (10.0 * i, 5.0)] for i in range(5)))
    line = shape.line()
    lon, lat, radius = discs_about(shape, 50, seed=4)
    quick, slow = (locate_discs(line, lon, lat, radius, machine_code=way) for way in (True, False))

    for name in COLUMNS:
        assert np.array_equal(getattr(quick, name), getattr(slow, name))


@pytest.mark.parametrize(
    ("lon", "radius", "at"), [(36.0, -1.0, "radius 2"), (36.0, np.nan, "radius 2"), (np.nan, 5.0, "place 2")]
)
def test_what_cannot_be_used_is_refused_by_name(lon, radius, at):
    """NaN is never "no", with machine code neither."""
    with pytest.raises(GeometryError) as caught:
        locate_discs(SHAPES["wave"].line(), [36.0, lon], [33.5, 33.5], [5.0, radius], machine_code=True)

    assert [fault.at for fault in caught.value] == [at]


def test_one_radius_may_hold_for_all():
    """A radius without rows stands for every row."""
    line = SHAPES["wave"].line()
    one = locate_discs(line, [36.1, 36.2], [33.0, 33.0], 500.0, machine_code=True)
    other = locate_discs(line, [36.1, 36.2], [33.0, 33.0], [500.0, 500.0], machine_code=True)

    assert np.array_equal(one.low, other.low)


def test_a_disc_is_bounded_the_same_in_every_batch():
    """The answer depends on the disc alone, to the last bit."""
    shape = SHAPES["hook"]
    line, (lon, lat, radius) = shape.line(uncertainty=50.0), discs_about(shape, 700, seed=5)
    whole = locate_discs(line, lon, lat, radius, machine_code=True)
    half = locate_discs(line, lon[::2], lat[::2], radius[::2], machine_code=True)

    for name in COLUMNS:
        assert np.array_equal(getattr(whole, name)[::2], getattr(half, name))

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.errors import GeometryError
from truceline.locate.disc import locate_discs
from truceline.locate.line import locate_points, reference_line
from zoo import GEOD, SHAPES, Shape, laid

EQUATOR = reference_line([[(0.0, 0.0), (2.0, 0.0)]], plus="north")
DEGREE = 111_319.49079  # a degree of the equator [m]
SAMPLES = 60


def discs_about(shape, n, random, widest=30e3):
    """Place n discs of every size within 60 km of a place."""
    x, y = random.uniform(-60.0, 60.0, (2, n))
    lon, lat = np.array([laid(shape.at, *xy) for xy in zip(x, y, strict=True)]).T
    return lon, lat, np.exp(random.uniform(np.log(5.0), np.log(widest), n))


def sampled(lon, lat, radius, random):
    """Draw true positions from each disc, every fourth one on its rim."""
    many = [np.repeat(column, SAMPLES) for column in (lon, lat, radius)]
    share = np.sqrt(random.uniform(0.0, 1.0, len(many[0])))
    share[::4] = 1.0
    return GEOD.fwd(many[0], many[1], random.uniform(0.0, 360.0, len(share)), many[2] * share)[:2]


def in_fifths(line):
    """Cut a line into five ranges of stations."""
    cuts = np.linspace(0.0, line.length, 6)
    return np.stack([cuts[:-1], cuts[1:]], axis=1)


def contradictions(located, true, ranges, uncertainty=0.0, scale=1.0):
    """Count the true positions that contradict what was said of their disc: offset, end, station, sector."""

    def said(column):
        return np.repeat(column, SAMPLES, axis=0)

    slack = 0.001 + 1e-6 * true.distance + uncertainty
    low, high = said(located.low) - slack, said(located.high) + slack
    inside = (low <= true.offset) & (true.offset <= high)
    mirrored = (low <= -true.offset) & (-true.offset <= high)
    sure = inside & ((true.side != 0) | (true.distance <= uncertainty))
    abeam, station = said(located.abeam), true.station * scale
    rim = 0.01 + 1e-4 * uncertainty
    in_hull = (said(located.station_low) <= station + rim) & (station - rim <= said(located.station_high))
    here = (ranges[:, 0] <= station[:, None] - rim) & (station[:, None] + rim < ranges[:, 1])
    return [
        int(np.sum(~np.where(said(located.either), inside | mirrored, sure))),
        int(np.sum((abeam == 1) & true.beyond_end | (abeam == -1) & ~true.beyond_end)),
        int(np.sum(~in_hull)),
        int(np.sum(here & ~said(located.sectors))),
    ]


@pytest.mark.parametrize("name", SHAPES)
def test_no_true_position_contradicts_its_disc(name):
    """Offset, side, ends, stations and sectors hold for 3,000 positions about every awkward line."""
    random, shape = np.random.default_rng(7), SHAPES[name]
    line = shape.line()
    discs = discs_about(shape, 50, random)
    located = locate_discs(line, *discs, sectors=in_fifths(line))
    true = locate_points(line, *sampled(*discs, random))

    assert contradictions(located, true, in_fifths(line)) == [0, 0, 0, 0]


kilometres = st.integers(-400, 400).map(lambda tenths: tenths / 10.0)
vertices = st.lists(st.tuples(kilometres, kilometres), min_size=2, max_size=8, unique=True)
lines = st.builds(
    Shape,
    parts=st.lists(vertices, min_size=1, max_size=2).map(tuple),
    at=st.sampled_from([(36.0, 33.0), (179.99, -10.0), (10.0, 80.0)]),
    edges=st.sampled_from(["lonlat", "geodesic"]),
)


@given(lines, st.integers(0, 2**16))
@settings(max_examples=60, deadline=None)
def test_no_true_position_contradicts_its_disc_on_any_line(shape, seed):
    """The same law for random lines, which cross and touch themselves at will."""
    random = np.random.default_rng(seed)
    try:
        line = shape.line()
    except GeometryError:  # two parts that meet head to head
        return
    discs = discs_about(shape, 20, random)
    located = locate_discs(line, *discs, sectors=in_fifths(line))
    true = locate_points(line, *sampled(*discs, random))

    assert contradictions(located, true, in_fifths(line)) == [0, 0, 0, 0]


@pytest.mark.parametrize("name", sorted(set(SHAPES) - {"wave over the pole"}))
def test_nor_does_it_where_the_line_runs_elsewhere_within_its_uncertainty(name):
    """A line that is uncertain by 600 m may be shifted as a whole by as much, in any direction."""
    random, shape = np.random.default_rng(8), SHAPES[name]
    line = shape.line(uncertainty=600.0)
    discs = discs_about(shape, 30, random, widest=5e3)
    discs[2][:10] = 0.0
    located = locate_discs(line, *discs, sectors=in_fifths(line))
    for azimuth in np.radians(random.uniform(0.0, 360.0, 4)):
        moved = shape.moved(0.59 * np.sin(azimuth), 0.59 * np.cos(azimuth)).line()
        true = locate_points(moved, *sampled(*discs, random))

        assert contradictions(located, true, in_fifths(line), 600.0, line.length / moved.length) == [0, 0, 0, 0]


@pytest.mark.parametrize("name", SHAPES)
def test_a_sharp_position_says_what_its_point_says(name):
    """Radius zero on a line without uncertainty: one offset, one station, and the side as it is known."""
    shape = SHAPES[name]
    line = shape.line()
    lon, lat, _ = discs_about(shape, 60, np.random.default_rng(9))
    point, disc = locate_points(line, lon, lat), locate_discs(line, lon, lat, 0.0, sectors=in_fifths(line))

    assert np.array_equal(disc.low, point.offset)
    assert np.array_equal(disc.high, point.offset)
    assert np.array_equal(disc.either, point.side == 0)
    assert np.array_equal(disc.station_low, point.station)
    assert np.array_equal(disc.station_high, point.station)
    assert np.array_equal(disc.abeam == -1, point.beyond_end)
    assert np.all(disc.abeam != 0)
    assert np.all(disc.sectors_count == 1)


@pytest.mark.parametrize("name", ["wave", "ring", "gap"])
def test_an_endless_radius_leaves_everything_open(name):
    """Nothing is known of the place: any offset of either side, any station, any sector."""
    line = SHAPES[name].line()
    disc = locate_discs(line, [36.0], [33.0], [np.inf], sectors=[*in_fifths(line), (line.length + 1.0, np.inf)])

    assert (disc.low[0], disc.high[0], disc.either[0], disc.abeam[0]) == (0.0, np.inf, True, 0)
    assert (disc.station_low[0], disc.station_high[0]) == (0.0, line.length)
    assert disc.sectors[0].tolist() == [True] * 5 + [False]


def test_a_line_of_endless_uncertainty_leaves_all_but_the_distance_open():
    """Where the line may run anywhere, so may its ends and its sides."""
    line = reference_line([[(0.0, 0.0), (2.0, 0.0)]], plus="north", uncertainty=np.inf)
    disc = locate_discs(line, [1.0], [0.1], [0.0], sectors=[(0.0, 10.0)])

    assert disc.either.tolist() == [True]
    assert disc.abeam.tolist() == [0]
    assert disc.sectors.tolist() == [[True]]


def test_from_the_far_side_of_the_earth_a_line_has_no_sides():
    """More than 3000 km away only the distance is bounded."""
    disc = locate_discs(SHAPES["ring"].line(), [36.0, 36.0], [3.0, 33.0], [10.0, 10.0])

    assert disc.either.tolist() == [True, False]
    assert disc.abeam.tolist() == [0, 1]
    assert disc.high - disc.low == pytest.approx([20.0, 20.0])


def test_a_disc_clear_of_the_ends_has_a_signed_interval():
    """Offset plus and minus the radius, also where the disc crosses the line."""
    disc = locate_discs(EQUATOR, [1.0, 1.0], [0.1, 0.01], 2000.0)

    assert disc.low == pytest.approx([9057.43, -894.26], abs=0.01)
    assert disc.high == pytest.approx([13_057.43, 3105.74], abs=0.01)
    assert disc.abeam.tolist() == [1, 1]
    assert not disc.either.any()


def test_a_disc_that_may_have_an_end_nearest_has_no_side():
    """Abeam, over the perpendicular at an end, and surely beyond it."""
    disc = locate_discs(EQUATOR, [1.0, 2.0, 2.1, 2.1], [0.1, 0.1, 0.0, 0.0], [5000.0, 5000.0, 5000.0, 12_000.0])

    assert disc.abeam.tolist() == [1, 0, -1, 0]
    assert disc.either.tolist() == [False, True, True, True]
    assert disc.low == pytest.approx([6057.43, 6057.43, 0.1 * DEGREE - 5000.0, 0.0], abs=0.01)


def test_beyond_an_end_the_sign_flips_without_a_crossing():
    """A disc beyond the end reaches both sides of the extension of the line, at the same distance from it."""
    disc = locate_discs(EQUATOR, [2.5], [0.01], [3000.0])
    true = locate_points(EQUATOR, [2.5, 2.5], [0.02, -0.005])

    assert disc.either.tolist() == [True]
    assert np.all(true.distance >= 55_000.0)
    assert disc.low[0] > 50_000.0


def test_between_two_strands_the_side_is_unknown():
    """Between parallel parts, plus of the one is minus of the other."""
    strands = reference_line([[(0.0, 0.0), (0.0, 2.0)], [(0.2, 0.0), (0.2, 2.0)]], plus="east")
    disc = locate_discs(strands, [0.1, 0.01], [1.0, 1.0], [1000.0, 1000.0])

    assert disc.either.tolist() == [True, False]
    assert disc.abeam.tolist() == [1, 1]


def test_where_a_tangled_line_runs_straight_the_side_is_known():
    """Near one leg of a line that crosses itself elsewhere the side is that of the leg; near the crossing, unknown."""
    line = SHAPES["crossed"].line()
    lon, lat = np.array([laid((36.0, 33.0), *place) for place in [(-11.0, -10.0), (0.0, 1.0)]]).T
    disc = locate_discs(line, lon, lat, [500.0, 500.0])

    assert line.clear.tolist() == [False]
    assert disc.either.tolist() == [False, True]


def test_a_line_too_wide_for_a_map_has_no_clear_side():
    """A line halfway round the earth is measured, but no side is certain for a disc."""
    line = reference_line([[(-100.0, 0.0), (0.0, 0.0), (100.0, 0.0)]], plus="north")
    disc = locate_discs(line, [0.0], [0.1], [2000.0])

    assert line.clear.tolist() == [False]
    assert disc.either.tolist() == [True]


def test_sectors_are_half_open_and_the_last_holds_the_end():
    """A station on a border belongs to the range that begins there; the end of the line, to the last range."""
    [border] = locate_points(EQUATOR, [1.0], [0.1]).station
    ranges = [(0.0, border), (border, EQUATOR.length), (border / 2.0, np.inf)]
    disc = locate_discs(EQUATOR, [0.9, 1.0, 2.0], [0.1, 0.1, 0.1], 0.0, sectors=ranges)

    assert disc.sectors.tolist() == [[True, False, True], [False, True, True], [False, True, True]]
    assert disc.sectors_count.tolist() == [2, 2, 2]


def test_at_a_bend_a_disc_may_belong_to_sectors_that_do_not_touch():
    """Inside a U the disc is near to both legs and not to the bottom: its sectors are not one stretch."""
    line = reference_line([[(-0.1, 1.0), (-0.1, 0.0), (0.1, 0.0), (0.1, 1.0)]], plus="left")
    cuts = np.linspace(0.0, line.length, 12)
    disc = locate_discs(line, [0.0], [0.8], [1000.0], sectors=np.stack([cuts[:-1], cuts[1:]], axis=1))
    hit = np.flatnonzero(disc.sectors[0])

    assert np.diff(hit).max() > 3
    assert disc.either.tolist() == [False]


def test_no_discs_give_empty_columns():
    """A batch may be empty, and no sectors may be asked for."""
    disc = locate_discs(EQUATOR, [], [], [])

    assert len(disc.low) == 0
    assert disc.sectors.shape == (0, 0)


@pytest.mark.parametrize(
    ("radius", "sectors", "at"),
    [
        ([5.0, -1.0], (), "radius 2"),
        ([np.nan, 5.0], (), "radius 1"),
        ([5.0, 5.0], [(0.0, 1.0), (2.0, 2.0)], "sector 2"),
        ([5.0, 5.0], [(0.0, np.nan)], "sector 1"),
    ],
)
def test_what_is_no_radius_or_no_sector_is_refused(radius, sectors, at):
    """NaN is never "no"."""
    with pytest.raises(GeometryError) as caught:
        locate_discs(EQUATOR, [1.0, 1.0], [0.1, 0.1], radius, sectors=sectors)

    assert [fault.at for fault in caught.value] == [at]


def test_an_end_within_reach_is_no_end_if_another_point_is_surely_nearer():
    """A wide disc abeam of the middle of a line keeps its side, though the ends are not far beyond its edge."""
    line = reference_line([[(0.0, 0.0), (1.0, 0.0)]], plus="north")
    both = locate_discs(line, [0.5, 0.05], [0.2, 0.2], 20_000.0)

    assert both.either.tolist() == [False, True]
    assert both.abeam.tolist() == [1, 0]

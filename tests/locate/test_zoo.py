"""A million places about lines of every awkward kind: machine code against NumPy, and both against an oracle."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from bestiary import BEASTS, KINDS, Grounds, bisecting, places_about
from oracle import Walk
from survey import Survey
from truceline.errors import GeometryError
from truceline.locate.disc import locate_discs
from truceline.locate.line import Points, ReferenceLine, locate_points, reference_line
from zoo import GEOD, Shape

pytest.importorskip("numba")

PLACES, SURVEYED, DISCS = 1_000_000, 130, 9
"""So many places in all; one of 130 is surveyed, one of 9 is the middle of a disc."""

EQUATOR = reference_line([[(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)]], plus="north")
DEGREE = 111_319.49079


@dataclass(frozen=True, slots=True)
class Measured:
    """A line, places about it, and what both ways say of them."""

    name: str
    line: ReferenceLine
    lon: np.ndarray
    lat: np.ndarray
    quick: Points
    slow: Points


@pytest.fixture(scope="module", params=BEASTS)
def measured(request):
    """Measure the places about one line after the other."""
    line, lon, lat = places_about(request.param, PLACES * BEASTS[request.param].share // 10_000)
    quick, slow = (locate_points(line, lon, lat, machine_code=way) for way in (True, False))
    return Measured(request.param, line, lon, lat, quick, slow)


def assert_the_same(quick, slow):
    """Hold a tenth of a millimetre up to 100 km from the line and a centimetre beyond; feet to millimetres or one."""
    near = slow.distance <= 1e5
    allowed = np.where(near, 1e-4, 1e-2)

    assert np.all(np.abs(quick.distance - slow.distance) <= allowed)
    assert np.all(np.abs(quick.offset - slow.offset) <= allowed)
    assert np.all(np.abs(quick.station - slow.station) <= np.where(near, 1e-3, 1e-2))
    assert np.array_equal(quick.side, slow.side)
    assert np.array_equal(quick.beyond_end, slow.beyond_end)
    apart = GEOD.inv(quick.foot_lon, quick.foot_lat, slow.foot_lon, slow.foot_lat)[2]
    assert np.all(np.asarray(apart) <= np.where(near, 2e-3, 2e-2))


def test_there_are_a_million_places_of_every_kind():
    """The shares of the lines, and of the kinds of places, come to all of them."""
    assert sum(beast.share for beast in BEASTS.values()) >= 10_000
    assert sum(KINDS.values()) == pytest.approx(1.0)


def test_machine_code_says_the_same_as_numpy(measured):
    """Distances, offsets, stations, sides, ends and feet: also where two feet are equally near, and on the line."""
    assert_the_same(measured.quick, measured.slow)


def test_on_the_line_the_side_is_plus(measured):
    """Within a millimetre of it, also on long edges, whose pieces run up to two centimetres below the ground."""
    for found in (measured.quick, measured.slow):
        on = found.distance <= 1e-3

        assert np.all(found.side[on] == 1)
        assert not found.beyond_end[on].any()


def test_both_ways_say_what_an_independent_geodesic_says(measured):
    """Distances within 2 cm, so within 1 m or 1e-5, up to 500 km away; no wrong side; the foot at its station."""
    rows = slice(None, None, SURVEYED)
    walk = Walk(BEASTS[measured.name])
    truth = Survey(walk).look(measured.lon[rows], measured.lat[rows])
    for found in (measured.quick, measured.slow):
        station, lon, lat = found.station[rows], found.foot_lon[rows], found.foot_lat[rows]
        missed = [walk.missed(station - back, lon, lat) for back in (-0.01, 0.0, 0.01)]

        assert np.all(np.abs(found.distance[rows] - truth.distance) <= 0.02)
        assert np.array_equal(found.side[rows][truth.sure], truth.left[truth.sure])
        assert np.all(np.min(missed, axis=0) <= 0.5)
    assert truth.sure.mean() > 0.35


def test_discs_say_the_same_in_both_ways(measured):
    """Bounds, doubts and sectors, for radii from nothing to 50 km; sectors are cut at vertices and in between."""
    random = np.random.default_rng(1)
    lon, lat = measured.lon[::DISCS], measured.lat[::DISCS]
    radius = np.exp(random.uniform(0.0, np.log(50e3), len(lon)))
    radius[::4], radius[1::8] = 0.0, 1.0
    vertices = locate_points(measured.line, *np.concatenate(measured.line.parts).T, machine_code=False).station
    cuts = np.unique([0.0, *random.choice(vertices, 6), *random.uniform(0.0, measured.line.length, 3)])
    ranges = np.stack([cuts, [*cuts[1:], np.inf]], axis=1)
    quick, slow = (
        locate_discs(measured.line, lon, lat, radius, sectors=ranges, machine_code=way) for way in (True, False)
    )
    at_a_cut = (radius == 0.0) & (np.abs(slow.station_low[:, None] - cuts).min(axis=1) < 1e-3)

    assert np.allclose(quick.low, slow.low, rtol=0.0, atol=1e-2)
    assert np.allclose(quick.high, slow.high, rtol=0.0, atol=1e-2)
    assert np.allclose(quick.station_low, slow.station_low, rtol=0.0, atol=1.0)
    assert np.allclose(quick.station_high, slow.station_high, rtol=0.0, atol=1.0)
    assert np.array_equal(quick.either, slow.either)
    assert np.array_equal(quick.abeam, slow.abeam)
    assert np.array_equal(quick.sectors[~at_a_cut], slow.sectors[~at_a_cut])


kilometres = st.integers(-400, 400).map(lambda tenths: tenths / 10.0)
courses = st.lists(st.tuples(kilometres, kilometres), min_size=2, max_size=6, unique=True)
sites = st.sampled_from([(36.0, 33.0), (180.0, 0.0), (-70.0, -55.0), (10.0, 87.5)])


@given(st.lists(courses, min_size=1, max_size=3), sites, st.sampled_from(["lonlat", "geodesic"]), st.integers(0, 2**16))
@settings(max_examples=20, deadline=None)
def test_any_line_is_measured_the_same_in_both_ways(parts, at, edges, seed):
    """Whatever is drawn, wherever, in whatever parts."""
    shape = Shape(tuple(parts), at, edges)
    try:
        line = shape.line()
    except GeometryError:
        reject()  # parts that meet, drawn in opposite directions
    ground = Grounds(line, Walk(shape), np.random.default_rng(seed))
    places = np.concatenate([kind(ground, 40) for kind in KINDS], axis=1)

    assert_the_same(*(locate_points(line, *places, machine_code=way) for way in (True, False)))


@pytest.mark.parametrize("machine_code", [True, False])
@pytest.mark.parametrize("name", ["along the antimeridian", "across the antimeridian", "around the pole"])
def test_both_names_of_the_antimeridian_are_one(name, machine_code):
    """A place at 180 degrees east is the same place 180 degrees west, off the line and on it."""
    line = BEASTS[name].line()
    lat = np.concatenate([np.linspace(-90.0, 90.0, 500), np.linspace(49.9, 51.1, 500), np.linspace(64.0, 66.0, 500)])
    east, west = (locate_points(line, np.full(1500, lon), lat, machine_code=machine_code) for lon in (180.0, -180.0))

    assert np.allclose(east.offset, west.offset, rtol=0.0, atol=1e-6)
    assert np.allclose(east.station, west.station, rtol=0.0, atol=1e-2)
    assert np.array_equal(east.side, west.side)


@pytest.mark.parametrize("machine_code", [True, False])
def test_of_two_courses_that_lie_on_each_other_the_first_is_taken(machine_code):
    """On a spur, out and back on the same course, and a little beside it, the way out is the lower station."""
    beast, random = BEASTS["spur"], np.random.default_rng(2)
    line, stops = beast.line(), Walk(beast).at(random.integers(1, 3, 5000), random.uniform(0.01, 0.99, 5000))
    tip = locate_points(line, *np.transpose([beast.parts[0][2]])).station[0]
    for far in (0.0, 1e-4, 1e-2, 1.0, 30.0):
        lon, lat, _ = GEOD.fwd(*stops, random.uniform(0.0, 360.0, 5000), np.full(5000, far))
        there = locate_points(line, lon, lat, machine_code=machine_code)

        assert np.all(there.station <= tip)


def test_on_the_line_too_a_place_is_measured_the_same_in_every_batch():
    """Where rounding is coarsest, on two courses that lie on each other, to the last bit."""
    beast, random = BEASTS["spur"], np.random.default_rng(2)
    line = beast.line()
    lon, lat = Walk(beast).at(random.integers(1, 3, 300), random.uniform(0.01, 0.99, 300))
    alone = [locate_points(line, [x], [y]).station[0] for x, y in zip(lon, lat, strict=True)]

    assert np.array_equal(alone, locate_points(line, lon, lat).station)


@pytest.mark.parametrize("machine_code", [True, False])
def test_where_four_edges_meet_the_lowest_station_is_taken(machine_code):
    """Square to the last edge at the foot of a spur all are equally near, one by rounding nearer than another."""
    beast = BEASTS["spur"]
    ground = Grounds(beast.line(), Walk(beast), np.random.default_rng(3))
    last, begin = np.full(5000, 3), np.zeros(5000)
    places = ground.off(last, begin, ground.course(last, begin) - 90.0, farthest=1e3)
    there = locate_points(ground.line, *places, machine_code=machine_code)

    assert np.all(there.station < 30_001.0)


@pytest.mark.parametrize("machine_code", [True, False])
def test_a_sector_that_begins_where_a_part_ends_holds_that_end(machine_code):
    """The disc reaches the end of one part and the end, but not the beginning, of the next part."""
    line = reference_line([[(0.0, 0.0), (1.0, 0.0)], [(5.0, 0.0), (1.2, 0.0)]], plus="left")
    [joint] = locate_points(line, [1.09], [0.0]).station
    ranges = [(joint, joint + 50e3), (joint + 50e3, joint + 60e3)]
    there = locate_discs(line, [1.101], [0.0], 2000.0, sectors=ranges, machine_code=machine_code)

    assert there.sectors.tolist() == [[True, False]]


@pytest.mark.parametrize("machine_code", [True, False])
def test_abeam_of_an_end_the_side_is_known_whatever_the_rounding(machine_code):
    """North and south of either end of a stretch of the equator nothing is beyond it."""
    lat = np.concatenate([np.geomspace(1e-7, 5.0, 500), -np.geomspace(1e-7, 5.0, 500)])
    for lon in (0.0, 2.0):
        there = locate_points(EQUATOR, np.full(1000, lon), lat, machine_code=machine_code)

        assert not there.beyond_end.any()
        assert np.array_equal(there.side[np.abs(lat) > 1e-6], np.sign(lat)[np.abs(lat) > 1e-6])


@pytest.mark.parametrize("machine_code", [True, False])
def test_just_past_a_vertex_the_foot_is_past_it(machine_code):
    """From 55 km away a vertex 8 cm off is as near as the foot, but for 6e-8 m; the foot is known to 2 cm."""
    there = locate_points(EQUATOR, [1.0 + 0.08 / DEGREE], [0.5], machine_code=machine_code)

    assert there.station == pytest.approx([DEGREE + 0.08], abs=0.025)


def test_a_vertex_has_one_station_in_both_ways():
    """To the last bit, for a sector may begin there: seen from the bisectors on the outer sides of the bends."""
    beast = BEASTS["ragged 400"]
    line = beast.line()
    places = bisecting(Grounds(line, Walk(beast), np.random.default_rng(4)), 20_000)
    quick, slow = (locate_points(line, *places, machine_code=way).station for way in (True, False))
    at_a_vertex = np.isin(slow, line.pieces.station)

    assert at_a_vertex.sum() > 5000
    assert np.array_equal(quick[at_a_vertex], slow[at_a_vertex])

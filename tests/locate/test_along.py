import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.errors import GeometryError
from truceline.locate.along import point_at, substring
from truceline.locate.line import locate_points, reference_line
from zoo import GEOD, SHAPES

EQUATOR = reference_line([[(0.0, 0.0), (2.0, 0.0)]], plus="north")


@given(st.sampled_from(sorted(SHAPES)), st.floats(0.0, 1.0), st.floats(-300.0, 300.0), st.booleans())
@settings(max_examples=80, deadline=None)
def test_there_and_back_is_the_same_place(name, share, offset, right):
    """A place built from station and offset has that offset, unless another stretch is nearer."""
    line = SHAPES[name].line(plus="right" if right else "left")
    station = share * line.length
    there = locate_points(line, *point_at(line, station, offset))
    same = abs(there.distance[0] - abs(offset)) < 1e-4 and abs(there.station[0] - station) < 1e-3

    assert there.distance[0] <= abs(offset) + 1e-4
    assert not same or there.side[0] == 0 or abs(offset) < 0.05 or there.offset[0] * offset > 0.0


def test_places_at_many_stations_come_at_once():
    """Stations and offsets are arrays of one shape, or single numbers."""
    lon, lat = point_at(EQUATOR, [0.0, EQUATOR.length], 0.0)

    assert lon == pytest.approx([0.0, 2.0], abs=1e-9)
    assert lat == pytest.approx([0.0, 0.0], abs=1e-9)
    assert point_at(EQUATOR, 0.0)[0] == pytest.approx([0.0], abs=1e-9)


def test_off_a_vertex_the_way_starts_between_both_normals():
    """The place outside a right-angled bend lies on the bisector, and the vertex is its foot."""
    line = reference_line([[(0.0, 0.0), (1.0, 0.0), (1.0, -1.0)]], plus="left")
    station = locate_points(line, [1.0], [0.0]).station
    there = locate_points(line, *point_at(line, station, 5000.0))

    assert there.offset == pytest.approx([5000.0], abs=1e-3)
    assert there.station == pytest.approx(station, abs=1e-3)


@pytest.mark.parametrize("name", ["wave", "ring", "gap", "wave across the antimeridian"])
def test_a_substring_is_as_long_as_its_stations_say(name):
    """The strokes from begin to end add up to end minus begin; the whole line is its own substring."""
    line = SHAPES[name].line()
    for begin, end in ((0.0, line.length), (0.2 * line.length, 0.71 * line.length)):
        drawn = substring(line, begin, end)
        lengths = [sum(GEOD.inv(*part[:-1].T, *part[1:].T)[2]) for part in drawn]

        assert sum(lengths) == pytest.approx(end - begin, abs=0.01)
        assert np.allclose(locate_points(line, *np.concatenate(drawn).T).distance, 0.0, atol=0.05)


def test_a_substring_over_a_gap_has_two_parts():
    """Each part that is touched is drawn by itself; one that only ends there is not."""
    line = SHAPES["gap"].line()
    [(lon, lat)] = SHAPES["gap"].lonlat()[0][-1:]
    [middle] = locate_points(line, [lon], [lat]).station

    assert len(substring(line, 0.0, line.length)) == 2
    assert len(substring(line, 0.0, middle - 1.0)) == 1
    assert len(substring(line, middle + 1.0, line.length)) == 1


@pytest.mark.parametrize(("station", "offset"), [(-1.0, 0.0), (1e9, 0.0), (np.nan, 0.0), (0.0, np.inf), (0.0, np.nan)])
def test_a_station_off_the_line_is_refused(station, offset):
    """There is no place at such a station or offset."""
    with pytest.raises(GeometryError, match="is not on the line"):
        point_at(EQUATOR, station, offset)


@pytest.mark.parametrize(("begin", "end"), [(5.0, 5.0), (-1.0, 5.0), (5.0, 1e9), (np.nan, 5.0)])
def test_a_stretch_off_the_line_is_refused(begin, end):
    """A stretch begins before it ends, and both lie on the line."""
    with pytest.raises(GeometryError, match="stations run from 0 to 222638"):
        substring(EQUATOR, begin, end)

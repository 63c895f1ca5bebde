"""The arithmetic of a band in numbers."""

import pytest

from truceline.engines import told_figures
from truceline.engines.explaining import explain
from truceline.judge.limits import limits_of
from truceline.plan.tables import Depth, Limit
from world import at, day, reports, setup, spot

POST = {**at("2031-06-02T10:00"), "act": "presence", "by": ["southbank_army"], "thing": "tank"}


def figures(row, provision, reading="text"):
    """Give the figures of each measure of a verdict, by name."""
    told = explain(setup(), reports({**POST, **row}), "r0", provision, reading)
    return [{figure.name: figure.value for figure in one.figures} for one in told.measures]


def test_offset_station_and_limits():
    """A post 2,500 m north of the river, known to 400 m, is held against the 3 miles of its sector."""
    [found] = figures(spot(30_000.0, 2_500.0, 400.0), "guns")

    assert (found["offset_near_m"], found["offset_far_m"]) == pytest.approx((2_100.0, 2_900.0), abs=0.01)
    assert found["station_near_m"] < 30_000.0 < found["station_far_m"]
    assert (found["surely_from_m"], found["surely_to_m"]) == (0.0, 4828.032)
    assert "distance_near_m" not in found


def test_beside_two_sectors_there_is_no_one_limit():
    """A post that may lie beside either sector has offsets, and no limits: the sentences tell both."""
    [found] = figures(spot(50_000.0, 2_500.0, 400.0), "guns")

    assert "offset_near_m" in found
    assert "possibly_to_m" not in found


def test_a_vague_limit_is_told_as_a_range():
    """Between 3 and 4 miles the words may ban; both limits are there."""
    [found] = figures(spot(30_000.0, 2_500.0), "behind@north")

    assert (found["surely_to_m"], found["possibly_to_m"]) == (4828.032, 6437.376)
    assert found["line_uncertainty_m"] == 50.0


def test_where_the_side_does_not_matter_it_is_a_distance():
    """A band on both sides is held against the distance."""
    [found] = figures(spot(30_000.0, -2_500.0, 400.0), "few")

    assert (found["distance_near_m"], found["distance_far_m"]) == pytest.approx((2_100.0, 2_900.0), abs=0.01)
    assert "offset_near_m" not in found


@pytest.mark.parametrize("provision", ["halt", "empty", "guns"])
def test_without_a_band_or_a_place_there_are_no_figures(provision):
    """Areas, ground between two lines, and reports without a place have sentences alone."""
    place = {} if provision == "guns" else spot(30_000.0, 2_500.0)

    assert set(map(bool, figures(place | day("2031-06-02"), provision))) <= {False}


def test_a_line_that_nobody_drew_has_no_figures():
    """Of a band along an undisclosed line nothing can be measured; the other line of the ground has its figures."""
    found = figures(spot(30_000.0, -25_000.0), "guns", "press")

    assert sorted(map(bool, found)) == [False, True]


def test_where_no_distance_is_banned_there_is_no_limit():
    """A depth without a bound bans nothing that could be told as a number."""
    endless = Depth(Limit(0.0, float("inf")), Limit(0.0, float("inf")))

    assert list(told_figures._depth(limits_of(endless))) == []


def test_where_nothing_is_surely_banned_only_what_may_be_is_told():
    """Of a depth whose vague ends overlap there is no sure part."""
    vague = Depth(Limit(0.0, 10.0), Limit(5.0, 20.0))

    assert dict(told_figures._depth(limits_of(vague))) == {"possibly_from_m": 0.0, "possibly_to_m": 20.0}

"""What one report adds to a number, told beside its conditions."""

import pytest

from tallies import FLOOR
from truceline.engines.explaining import explain
from world import at, reports, setup, spot

TANKS = {"act": "presence", "thing": "tank", "by": ["northbank_army"], **at("2031-06-01T10:00"), **spot(30_000, 5_000)}


def told(provision, held=None, **stated):
    """Explain one report under the text: truth and facts of what it adds."""
    one = explain(held or setup(), reports({**TANKS, **stated}), "r0", provision, "text")
    return [(each.truth, each.facts) for each in one.conditions if each.group == "what does it add to the count"]


@pytest.mark.parametrize(
    ("stated", "truth", "first"),
    [
        ({"count_lo": 2, "count_hi": 4}, "true", "it tells of at least 2; at most 4"),
        ({}, "true", "it tells of at least 1; no bound is stated"),
        ({"radius_m": 90_000.0}, "unknown", "it tells of at least 1; no bound is stated"),
        ({"thing": "mortar"}, "false", "it adds nothing: a condition is surely not met"),
    ],
)
def test_a_report_tells_what_it_adds(stated, truth, first):
    """Its number as an interval, and whether it counts: surely, possibly or not."""
    [(found, facts)] = told("few", **stated)

    assert (found, facts[0]) == (truth, first)
    assert facts[-1].startswith("the limit is 3; it counts together with another report only if")


def test_what_is_unknown_is_sure_of_nothing():
    """A wide place may be inside."""
    [(_, facts)] = told("few", radius_m=90_000.0)

    assert "a condition is unknown: it may add to the count, and nothing is sure of it" in facts


def test_a_change_over_time_counts_acts_by_month():
    """Before it is in force a report is shown, and may be compared."""
    [(truth, facts)] = told("fewer", **at("2031-05-01T10:00"), lon=20.35, lat=0.1, radius_m=100.0, count_lo=9)

    assert truth == "unknown"
    assert facts == (
        "it tells of at least 1; no bound is stated",
        "the rule counts acts: each report tells of one at least, whatever number it states",
        "it is shown, and the rule may not have been in force then", "it is added to those of its month",
    )  # fmt: skip


def test_a_floor_says_what_is_owed():
    """And a ban adds nothing to any count."""
    [(_, facts)] = told("few", FLOOR)

    assert facts[-1].startswith("3 are owed")
    assert told("halt") == []

"""Rows that contradict each other, judged by what they share."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.formats.hull import hull
from truceline.judge.verdict import VERDICTS
from world import check, instant, reports, truce

ACTORS = (*truce().under(None).actors, "strangers")
ACTS = ("presence", "fire.artillery", "hostilities", "detention", "position", "other", None)
MOMENT = instant("2031-05-01")
AGREES = {
    "violation": {"violation"},
    "no_violation": {"no_violation", "not_applicable"},
    "not_applicable": {"not_applicable"},
}
"""What each of the rows may give where their hull gives a verdict (a rule that is not broken may also not speak)."""

some = {
    "place": st.tuples(
        st.integers(19_900, 21_100).map(lambda value: value / 1000),
        st.integers(-300, 300).map(lambda value: value / 1000),
        st.sampled_from([0.0, 200.0, 3_000.0, None]),
    ),
    "span": st.tuples(st.integers(0, 24 * 50), st.sampled_from([0, 1, 24, 24 * 20, None])),
    "lasting": st.booleans(),
    "by": st.sampled_from([[actor] for actor in ACTORS] + [None]),
    "involved": st.one_of(st.none(), st.lists(st.sampled_from(ACTORS), min_size=1, max_size=2, unique=True)),
    "act": st.sampled_from(ACTS),
    "maybe": st.sampled_from([None, ["presence"], ["clash", "position"], ["delivery"]]),
    "thing": st.sampled_from(["tank", "gun", None]),
    "count": st.sampled_from([(0, 2), (5, 8), (7, 7), None]),
    "unit": st.sampled_from(["tank", "explosion", None]),
    "dataset": st.sampled_from([None, "ucdp-ged", "acled"]),
}


def row(drawn):
    """Make a report of what was drawn."""
    lon, lat, radius = drawn["place"]
    start, hours = drawn["span"]
    begin = None if hours is None else MOMENT + dt.timedelta(hours=start)
    low, high = drawn["count"] or (None, None)
    plain = {name: drawn[name] for name in ("lasting", "by", "involved", "act", "maybe", "thing", "unit", "dataset")}
    end = begin and begin + dt.timedelta(hours=hours)
    return {**plain, "lon": lon, "lat": lat, "radius_m": radius, "from": begin, "until": end, "count_lo": low,
            "count_hi": high}  # fmt: skip


@st.composite
def revisions(draw):
    """Draw up to three rows about one report, which differ in some fields."""
    first = {name: draw(kind) for name, kind in some.items()}
    others = [
        {**first, **{name: draw(some[name]) for name in draw(st.lists(st.sampled_from(sorted(some)), max_size=4))}}
        for _ in range(draw(st.integers(1, 2)))
    ]
    return [row(one) for one in (first, *others)]


@settings(max_examples=25)
@given(st.lists(revisions(), min_size=8, max_size=8))
def test_a_verdict_on_the_hull_is_the_verdict_on_every_row(groups):
    """What rows share is a blur of each of them: it may leave a verdict open, and never gives another one."""
    whole = reports(*(hull(group) for group in groups))
    joined = check(whole)
    singles = [check(reports(*(group[number % len(group)] for group in groups))) for number in range(3)]

    for pair in joined.pairs:
        found = np.array(VERDICTS)[joined.verdicts[pair].verdict]
        for single in singles:
            each = np.array(VERDICTS)[single.verdicts[pair].verdict]
            for verdict, allowed in AGREES.items():
                assert set(each[found == verdict]) <= allowed, pair


def test_what_all_rows_state_stays():
    """Columns in which the rows agree are kept as they are."""
    one = {"report": "a", "act": "clash", "lon": 1.0, "lat": 2.0, "radius_m": 3.0, "place": "ford", "release": "public",
           "grade": "B2", "involved": ["x"], "from": MOMENT, "until": MOMENT, "lasting": True}  # fmt: skip

    assert {name: cell for name, cell in hull([one, dict(one)]).items() if cell is not None} == one


@pytest.mark.parametrize(
    ("change", "name", "shared"),
    [
        ({"release": "protected"}, "release", "protected"),
        ({"grade": "C3"}, "grade", "F6"),
        ({"dataset": "river"}, "dataset", "river"),
        ({"reported": MOMENT}, "reported", MOMENT),
        ({"region": "east"}, "lon", None),
        ({"radius_m": None}, "lat", None),
        ({"unit": "tank"}, "count_lo", None),
        ({"count_hi": 9}, "count_hi", 9),
        ({"count_lo": None}, "count_lo", None),
        ({"until": None}, "from", None),
        ({"involved": None, "by": None}, "involved", None),
        ({"by": ["y"], "involved": ["y"]}, "involved", ["x", "y"]),
    ],
)
def test_a_difference_is_said_as_vaguely_as_needed(change, name, shared):
    """Protected if either is, the lower grade, no place where no disc covers both, no number of another unit."""
    one = {"report": "a", "act": "clash", "lon": 1.0, "lat": 2.0, "radius_m": 3.0, "release": "public", "grade": "B2",
           "by": ["x"], "involved": ["x"], "from": MOMENT, "until": MOMENT, "count_lo": 2, "count_hi": 3}  # fmt: skip

    assert hull([one, {**one, **change}])[name] == shared


def test_an_instant_at_the_end_of_a_span_lies_in_the_hull():
    """Spans do not hold their end, an instant holds itself."""
    hour = dt.timedelta(hours=1)
    both = hull([{"from": MOMENT, "until": MOMENT + hour}, {"from": MOMENT + hour, "until": MOMENT + hour}])

    assert both["from"] == MOMENT
    assert both["until"] > MOMENT + hour


def test_other_may_be_any_act_unless_every_row_says_what():
    """One row of `other` that lists what it may be does not narrow one that lists nothing."""
    open_, narrow = {"report": "a", "act": "other"}, {"report": "a", "act": "other", "maybe": ["delivery"]}

    assert hull([open_, narrow])["maybe"] is hull([narrow, open_])["maybe"] is None
    assert hull([narrow, narrow])["maybe"] == ["delivery"]


def test_two_data_sets_state_nothing_together():
    """What one of them cannot show, the other may: neither place nor act is left."""
    one = {"report": "a", "dataset": "ucdp-ged", "act": "position", "lon": 20.0, "lat": 10.0, "radius_m": 5.0}
    joined = hull([one, {**one, "dataset": "acled"}])

    assert {name for name, value in joined.items() if value is not None} <= {"report", "grade", "release"}

"""Change over time: exact intervals against published values, and what makes months incomparable."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.judge.trend import Month, change_words, exact_share, movement, rate_ratio

# Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 5 (Clopper and Pearson); those of 10 are in every
# table of the exact interval.
PUBLISHED = [
    (81, 263, 0.2527, 0.3676), (15, 148, 0.0578, 0.1617), (0, 20, 0.0, 0.1684), (1, 29, 0.0009, 0.1776),
    (0, 10, 0.0, 0.3085), (1, 10, 0.0025, 0.4450), (10, 10, 0.6915, 1.0),
]  # fmt: skip


@pytest.mark.parametrize(("k", "n", "low", "high"), PUBLISHED)
def test_the_exact_interval_is_the_published_one(k, n, low, high):
    """To the four decimals that were printed."""
    assert exact_share(k, n) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 10_000))
def test_nothing_seen_has_a_bound_in_closed_form(n):
    """After none of n the upper bound is 1 - (alpha / 2) ** (1 / n)."""
    low, high = exact_share(0, n)

    assert low == 0.0
    assert high == pytest.approx(1.0 - 0.025 ** (1.0 / n), abs=1e-9)


@settings(max_examples=40)
@given(st.integers(0, 90), st.integers(0, 90))
def test_the_bounds_leave_a_fortieth_on_each_side(k, more):
    """At the lower bound, k or more have the chance 0.025; at the upper one, k or fewer."""
    n = k + more
    low, high = exact_share(k, n)

    def chance(p, counts):
        return math.fsum(math.comb(n, each) * p**each * (1.0 - p) ** (n - each) for each in counts)

    assert low <= high
    assert k == 0 or chance(low, range(k, n + 1)) == pytest.approx(0.025, abs=1e-9)
    assert k == n or chance(high, range(k + 1)) == pytest.approx(0.025, abs=1e-9)


def test_a_ratio_of_rates_is_the_published_one():
    """41 in 28,010 person-years to 15 in 19,017 (Rothman, Modern Epidemiology): 1.86, exactly 1.006 to 3.609."""
    found = rate_ratio(41, 15, 28_010.0, 19_017.0)

    assert (found.value, found.low, found.high) == pytest.approx((1.8558, 1.0057, 3.6093), abs=5e-5)


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_ratio_lies_in_its_interval(last, first):
    """And the other way round it is its inverse."""
    found, back = rate_ratio(last, first), rate_ratio(first, max(last, 1))

    assert found.low <= found.value <= found.high
    assert last == 0 or back.low == pytest.approx(1.0 / found.high)


def test_nothing_at_first_has_no_ratio():
    """There is nothing to divide by, and no bound above."""
    found = rate_ratio(5, 0)

    assert (found.value, found.high) == (None, None)
    assert found.low > 0.5


def counted(sure, possible=None, name="2031-05"):
    """Make a month with a count."""
    return Month(name, sure, sure if possible is None else possible)


@pytest.mark.parametrize(
    ("first", "last", "fell", "rose"),
    [
        (counted(12), counted(11), "falling", "not rising"),
        (counted(12), counted(12), "not falling", "not rising"),
        (counted(12), counted(15), "not falling", "rising"),
        (counted(12, 14), counted(12, 13), "cannot tell", "cannot tell"),
        (counted(12, 14), counted(9, 12), "cannot tell", "not rising"),
        (counted(12, 14), counted(15, 20), "not falling", "rising"),
    ],
)
def test_a_movement_is_told_only_where_it_is_sure(first, last, fell, rose):
    """Whatever the true counts are within what may count."""
    assert movement(first, last, strict=True) == fell
    assert movement(first, last, strict=False) == rose


def months(*parts):
    """Make months of parts by name."""
    return [Month(f"2031-0{number}", **part) for number, part in enumerate(parts, start=5)]


def test_equal_watch_is_comparable():
    """The same people for about as long; reports of one source at about one rate where nobody recorded who watched."""
    assert [*change_words(months({"hours": {"patrols": 100.0}}, {"hours": {"patrols": 119.0}}))] == []
    assert [*change_words(months({"reports": {"log": 10}}, {"reports": {"log": 15}}))] == []
    assert [*change_words(months({}, {}))] == []


CHANGED = [
    ([{"hours": {"patrols": 100.0}}, {"hours": {"patrols": 121.0}}], "patrols watched 100 hours in 2031-05 and 121 in"),
    ([{"hours": {"patrols": 100.0}}, {"hours": {"others": 100.0}}], "others watched 0 hours in 2031-05 and 100 in"),
    ([{"hours": {"patrols": 100.0}}, {}], "patrols watched 100 hours in 2031-05 and 0 in"),
    ([{"reports": {"log": 10}}, {"reports": {"log": 16}}], "log told 10 reports in 2031-05 and 16 in 2031-06"),
    (
        [{"reports": {"log": 10}}, {"reports": {}}, {"reports": {"log": 10}}],
        "log reported in 2031-05 and not in 2031-06",
    ),
    ([{"reports": {}}, {"reports": {"log": 10}}], "log reported in 2031-06 and not in 2031-05"),
    ([{"denied": 1}, {}], "access was denied 1 time in 2031-05 and 0 in 2031-06"),
]


@pytest.mark.parametrize(("parts", "words"), CHANGED)
def test_what_changed_is_named(parts, words):
    """Other people, more or fewer hours, another rate, a source that dropped out, access that was denied."""
    told = next(change_words(months(*parts)))

    assert told.startswith(words)


def test_the_hours_of_all_who_watched_add_up():
    """They are what counts are divided by."""
    assert Month("2031-05", hours={"patrols": 100.0, "others": 20.0}).all_hours == 120.0


def test_records_of_effort_go_before_the_numbers_of_reports():
    """Under equal watch fewer reports are fewer reports, and not less watching."""
    halved = months(
        {"hours": {"patrols": 100.0}, "reports": {"log": 10}}, {"hours": {"patrols": 100.0}, "reports": {"log": 5}}
    )

    assert [*change_words(halved)] == []

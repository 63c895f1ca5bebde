"""WHEN: the edges of a period, stated or not, and reports that last or straddle."""

import pytest

import strategies as some
from truceline.basics.time import FOREVER, Span
from truceline.judge.reasons import codes_of
from truceline.judge.when import judge_when
from truceline.plan.tables import When

ALWAYS = Span(FOREVER, FOREVER)


def when(terms, start, end, **fact):
    """Ask whether a rule was in force."""
    answer = judge_when(terms, some.batch_of([some.fact(start=start, end=end, **fact)]))
    return int(answer.truth[0]), codes_of(int(answer.reasons[0]))


FIXED = When(Span(10, 10), Span(20, 20), undated=False)
VAGUE = When(Span(10, 14), Span(20, 24), undated=False)
UNDATED = When(Span(10, FOREVER), ALWAYS, undated=True)


@pytest.mark.parametrize(
    ("start", "end", "truth"),
    [
        (9, 9, -1),
        (10, 10, 1),
        (19, 19, 1),
        (20, 20, -1),
        (0, 10, -1),
        (10, 20, 1),
        (20, 30, -1),
        (9, 11, 0),
        (19, 21, 0),
    ],
)
def test_a_period_is_half_open(start, end, truth):
    """At its first instant it holds, at its end no longer; a report over an edge is too coarse."""
    assert when(FIXED, start, end) == (truth, ("report_time_coarse",) if truth == 0 else ())


def test_a_period_that_begins_at_an_instant_not_stated_leaves_it_open():
    """Within the vague beginning and the vague end the text is the reason; over it the report is one too."""
    assert when(VAGUE, 9, 9) == (-1, ())
    assert when(VAGUE, 10, 10) == (0, ("term_time_vague",))
    assert when(VAGUE, 14, 14) == (1, ())
    assert when(VAGUE, 22, 22) == (0, ("term_time_vague",))
    assert when(VAGUE, 24, 24) == (-1, ())
    assert when(VAGUE, 8, 12) == (0, ("report_time_coarse", "term_time_vague"))
    assert when(VAGUE, 10, 12) == (0, ("term_time_vague",))


def test_a_rule_without_a_date_surely_did_not_hold_before_its_instruments():
    """From then on nobody can tell."""
    assert when(UNDATED, 9, 9) == (-1, ())
    assert when(UNDATED, 10, 10) == (0, ("term_undated",))
    assert when(UNDATED, 5, 5, dated=False) == (0, ("no_date", "term_undated"))


def test_a_report_without_a_date_is_unknown_even_under_a_rule_for_all_times():
    """Nothing is concluded from an empty cell."""
    assert when(FIXED, 15, 15, dated=False) == (0, ("no_date",))


def test_what_lasts_is_caught_by_any_overlap():
    """A position held throughout breaks a rule that held for a part of that time."""
    assert when(FIXED, 5, 11, lasting=True) == (1, ())
    assert when(FIXED, 5, 10, lasting=True) == (-1, ())
    assert when(VAGUE, 5, 13, lasting=True) == (0, ("report_time_coarse", "term_time_vague"))
    assert when(VAGUE, 5, 15, lasting=True) == (1, ())
    assert when(FIXED, 19, 30, lasting=True) == (1, ())


HANGS = When(Span(10, FOREVER), Span(20, 24), undated=False, hung=(True, False))
NEVER = When(Span(FOREVER, FOREVER), ALWAYS, undated=False, hung=(True, False))


def test_a_period_that_hangs_on_a_condition_says_so():
    """Where it may have begun, or ended, it is the condition of which nobody can tell."""
    ends = When(Span(10, 10), Span(20, FOREVER), undated=False, hung=(False, True))

    assert when(HANGS, 9, 9) == (-1, ())
    assert when(HANGS, 10, 10) == (0, ("condition_unknown",))
    assert when(HANGS, 20, 20) == (0, ("term_time_vague", "condition_unknown"))
    assert when(HANGS, 5, 5, dated=False) == (0, ("no_date", "condition_unknown"))
    assert when(ends, 15, 15) == (1, ())
    assert when(ends, 20, 20) == (0, ("condition_unknown",))


def test_what_never_begins_is_never_in_force():
    """Not for a report without a date either."""
    assert when(NEVER, 10, 20) == (-1, ())
    assert when(NEVER, 0, 0, dated=False) == (-1, ())

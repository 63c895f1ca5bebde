"""IF, judged: met or unmet throughout the time of a report as far as the rule may hold then, else unknown."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies as some
from truceline.basics.time import Span
from truceline.judge.check import judge
from truceline.judge.conditions import judge_condition
from truceline.judge.reasons import codes_of
from truceline.judge.verdict import Verdict
from truceline.plan.tables import When
from truceline.plan.timeline import ALWAYS, UNKNOWN, Timeline, negated

MET = Timeline((10, 20), (-1, 1, 0))
NEVER = negated(ALWAYS)
HELD = When(Span(5, 5), Span(30, 30), undated=False)


def met(condition, start, end, when=some.always, **fact):
    """Ask whether a condition was met."""
    answer = judge_condition(some.ban(condition=condition, when=when), some.batch_of([
        some.fact(start=start, end=end, **fact)
    ]))  # fmt: skip
    return int(answer.truth[0]), codes_of(int(answer.reasons[0]))


def verdict(rule, **fact):
    """Judge one report."""
    facts = [some.fact(**fact)]
    return Verdict(judge(rule, some.batch_of(facts), some.places_of(facts)).verdict[0])


@pytest.mark.parametrize(
    ("start", "end", "truth", "reasons"),
    [
        (9, 9, -1, ()),
        (10, 10, 1, ()),
        (10, 20, 1, ()),
        (0, 10, -1, ()),
        (20, 20, 0, ("condition_unknown",)),
        (9, 11, 0, ("report_time_coarse",)),
        (15, 25, 0, ("condition_unknown",)),
        (5, 25, 0, ("report_time_coarse", "condition_unknown")),
    ],
)
def test_a_condition_is_met_or_unmet_throughout(start, end, truth, reasons):
    """A report that reaches over a change is too coarse; where nobody has told, nobody knows."""
    assert met(MET, start, end) == (truth, reasons)


def test_a_report_without_a_date_knows_only_what_is_always_so():
    """Whatever changes with time is open for it."""
    assert met(ALWAYS, 0, 0, dated=False) == (1, ())
    assert met(NEVER, 0, 0, dated=False) == (-1, ())
    assert met(UNKNOWN, 0, 0, dated=False) == (0, ("condition_unknown",))
    assert met(MET, 0, 0, dated=False) == (0, ("no_date", "condition_unknown"))
    assert met(Timeline((10,), (-1, 1)), 0, 0, dated=False) == (0, ("no_date",))


def test_only_the_time_at_which_the_rule_may_hold_counts():
    """What was so before it began says nothing; a rule that is surely not in force hangs on nothing."""
    condition = Timeline((5,), (-1, 1))

    assert met(condition, 0, 10) == (0, ("report_time_coarse",))
    assert met(condition, 0, 10, HELD) == (1, ())
    assert met(NEVER, 0, 4, HELD) == (1, ())
    assert verdict(some.ban(when=HELD, condition=NEVER), start=4, end=4) == Verdict.NOT_APPLICABLE


def test_of_what_lasts_one_instant_is_enough():
    """At it the rule surely holds and its condition is surely met; elsewhere it may be what it likes."""
    lasts = {"start": 0, "end": 25, "lasting": True}

    assert met(MET, **lasts) == (1, ())
    assert met(MET, **lasts, when=replace(HELD, begin=Span(20, 20))) == (0, ("condition_unknown",))
    assert met(MET, **lasts, when=replace(HELD, begin=Span(5, 19))) == (1, ())
    assert met(MET, **lasts, when=replace(HELD, begin=Span(5, 20)))[0] == 0
    assert met(MET, start=0, end=10, lasting=True) == (-1, ())
    assert verdict(some.ban(condition=MET), **lasts) == Verdict.VIOLATION


def test_a_table_that_is_not_judged_is_no_condition():
    """It leaves everything open, for a reason of its own."""
    answer = judge_condition(some.ban(unjudged=True), some.batch_of([some.fact()]))

    assert (int(answer.truth[0]), codes_of(int(answer.reasons[0]))) == (0, ("not_judged_yet",))


@given(some.whens(), some.conditions(), some.waivers(2), some.instants, st.integers(1, 40))
def test_what_lasts_breaks_a_rule_if_it_surely_does_at_one_of_its_instants(when, condition, waivers, start, length):
    """A position held throughout a span is a violation exactly if it would be one at some instant of the span."""
    spans = {"begin": Span(when.begin.start_us, when.begin.start_us)}
    for_a_time = tuple(replace(one, member=some.everybody.member, spells=(), where=None) for one in waivers)
    rule = some.ban(when=replace(when, **spans), condition=condition, waivers=for_a_time)
    moments = [verdict(rule, start=at, end=at) for at in range(start, start + length)]

    assert (verdict(rule, start=start, end=start + length, lasting=True) == Verdict.VIOLATION) == (
        Verdict.VIOLATION in moments
    )


@given(some.rules(), some.conditions(), st.lists(some.exact_facts(), min_size=1, max_size=4))
def test_a_condition_only_takes_verdicts_away(rule, condition, facts):
    """With a condition a rule says no more than without it: where it is met the same, else less."""
    free, hung = replace(rule, condition=ALWAYS), replace(rule, condition=condition)
    batch, places = some.batch_of(facts), some.places_of(facts)
    before, after = judge(free, batch, places).verdict, judge(hung, batch, places).verdict

    for one, other, truth in zip(before, after, judge_condition(hung, batch).truth, strict=True):
        assert other == one or truth < 1
        assert other != Verdict.VIOLATION or one == Verdict.VIOLATION

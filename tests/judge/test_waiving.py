"""Exceptions with bounds: whom, where and when they spare; all of it must fit, and none makes a violation."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies as some
from truceline.basics.time import Span
from truceline.judge.check import judge
from truceline.judge.reasons import codes_of
from truceline.judge.verdict import VERDICTS, Verdict
from truceline.plan.tables import InArea, Spell, Waiver
from truceline.plan.timeline import Timeline, within

HERE, THERE = InArea(0, contested=False), InArea(1, contested=False)
JUNE = Timeline((10, 20), (-1, 1, -1))
SPARED, BROKEN = ("no_violation", ("excepted",)), ("violation", ("every_condition_met",))


def of(*actors, **bounds):
    """Make an exception for some actors; without any for everybody."""
    member = np.full(some.N_ACTORS + 1, -1 if actors else 1, dtype=np.int8)
    member[list(actors)] = 1
    return Waiver(member, **bounds)


def verdict(*waivers, **fact):
    """Judge one report by a ban with exceptions."""
    facts = [some.fact(**fact)]
    found = judge(some.ban(waivers=waivers), some.batch_of(facts), some.places_of(facts))
    return VERDICTS[found.verdict[0]], codes_of(int(found.reasons[0]))


@pytest.mark.parametrize(
    ("waiver", "fact", "answer"),
    [
        (of(0), {}, SPARED),
        (of(1), {}, BROKEN),
        (of(during=JUNE), {"start": 15, "end": 15}, SPARED),
        (of(during=JUNE), {"start": 20, "end": 20}, BROKEN),
        (of(where=HERE), {"areas": (1, -1)}, SPARED),
        (of(where=HERE), {"areas": (-1, 1)}, BROKEN),
        (of(0, where=HERE, during=JUNE), {"areas": (1, 1), "start": 15, "end": 15}, SPARED),
        (of(0, where=HERE, during=JUNE), {"areas": (1, 1), "start": 9, "end": 9}, BROKEN),
        (of(0, where=HERE, during=JUNE), {"areas": (-1, 1), "start": 15, "end": 15}, BROKEN),
        (of(1, where=HERE, during=JUNE), {"areas": (1, 1), "start": 15, "end": 15}, BROKEN),
    ],
)
def test_an_exception_spares_what_fits_all_its_bounds(waiver, fact, answer):
    """Whom, where and when: what one of them leaves out is judged as ever."""
    assert verdict(waiver, **fact) == answer


@pytest.mark.parametrize(
    ("waiver", "fact", "reasons"),
    [
        (of(during=JUNE), {"start": 15, "end": 25}, ("report_time_coarse",)),
        (of(during=within(Span(10, 14), Span(20, 20))), {"start": 12, "end": 12}, ("term_time_vague",)),
        (of(during=JUNE), {"dated": False}, ("no_date",)),
        (of(where=HERE), {"areas": (0, -1)}, ("report_too_coarse",)),
        (of(where=HERE, during=JUNE), {"areas": (0, -1), "start": 15, "end": 15}, ("report_too_coarse",)),
        (replace(of(1), undefined=True, member=np.zeros(some.N_ACTORS + 1, np.int8)), {}, ("exception_undefined",)),
    ],
)
def test_what_may_fit_leaves_the_verdict_open(waiver, fact, reasons):
    """The reasons are those of the bound that is not known to fit."""
    found = verdict(waiver, **fact)

    assert found[0] == "indeterminate"
    assert set(reasons) <= set(found[1])


def test_an_undated_report_of_what_is_surely_not_spared_is_still_a_violation_elsewhere():
    """Outside the ground of the exception its time does not matter."""
    rule = some.ban(waivers=(of(where=HERE, during=JUNE),))
    facts = [some.fact(start=0, end=30, areas=(-1, -1)), some.fact(start=0, end=30, areas=(1, -1))]
    found = judge(rule, some.batch_of(facts), some.places_of(facts)).verdict

    assert found.tolist() == [Verdict.VIOLATION, Verdict.INDETERMINATE]


def test_it_spares_those_whom_it_names_and_nobody_with_them():
    """Of a joint act the others answer; where nobody says who of them it was, it may have been one who is spared."""
    assert verdict(of(0), by=(0, 1)) == BROKEN
    assert verdict(of(0), by=(), involved=(0, 1)) == ("indeterminate", ("attribution_unknown",))
    assert verdict(of(0, 1), by=(0, 1)) == SPARED


def test_two_exceptions_may_spare_together_what_neither_does_alone():
    """Whether they do is left open: never a violation, as both may fit; with somebody else beside them it is one."""
    assert verdict(of(0), of(1), by=(0, 1))[0] == "indeterminate"
    assert verdict(of(0), of(1), by=(0, 1, 2)) == BROKEN
    assert verdict(of(0), of(1), by=(1,)) == SPARED
    assert verdict(of(0), of(where=HERE), by=(0, 1), areas=(-1, -1)) == BROKEN


def test_an_exception_for_everybody_spares_whoever_is_not_named():
    """It does not matter who it was; one for somebody leaves it open."""
    assert verdict(of(), by=(), involved=()) == SPARED
    assert verdict(of(0), by=(), involved=())[0] == "indeterminate"


def test_members_for_a_time_are_spared_for_that_time():
    """Before they belonged to those excepted they were not."""
    spell = Spell(0, Span(10, 10), Span(20, 20))
    nobody = np.full(some.N_ACTORS + 1, -1, np.int8)
    nobody[-1] = 0

    assert verdict(Waiver(nobody, (spell,)), start=15, end=15) == SPARED
    assert verdict(Waiver(nobody, (spell,)), start=5, end=5) == BROKEN


def test_what_lasts_beyond_an_exception_is_caught():
    """At one instant surely not covered the rule is broken; within the exception it is not."""
    assert verdict(of(during=JUNE), start=5, end=15, lasting=True) == BROKEN
    assert verdict(of(during=JUNE), start=12, end=15, lasting=True) == SPARED
    assert verdict(of(during=JUNE), of(during=Timeline((0, 10), (-1, 1, -1))), start=5, end=15, lasting=True)[0] == (
        "indeterminate"
    )


def test_as_many_exceptions_as_the_language_allows_are_told_apart():
    """Each has its own two bits, up to the last of 31."""
    idle = [of(where=THERE)] * 30

    assert verdict(*idle, of(0), areas=(-1, -1)) == SPARED
    assert verdict(*idle, of(1), areas=(-1, -1)) == BROKEN


@settings(max_examples=100)
@given(some.rules(), some.waivers(3), st.lists(some.exact_facts(), min_size=1, max_size=4))
def test_exceptions_only_ever_remove_violations(rule, waivers, facts):
    """With exceptions more, what was no violation still is none, and what was silent stays silent."""
    batch, places = some.batch_of(facts), some.places_of(facts)
    before = judge(rule, batch, places).verdict
    after = judge(replace(rule, waivers=(*rule.waivers, *waivers)), batch, places).verdict

    assert all(one == Verdict.VIOLATION or other != Verdict.VIOLATION for one, other in zip(before, after, strict=True))
    assert ((before == Verdict.NOT_APPLICABLE) == (after == Verdict.NOT_APPLICABLE)).all()


@given(some.rules(), some.waivers(3), st.lists(some.exact_facts(), min_size=1, max_size=4), st.randoms())
def test_the_order_of_exceptions_never_matters(rule, waivers, facts, chance):
    """Neither does it matter that one is written twice."""
    batch, places = some.batch_of(facts), some.places_of(facts)
    mixed = chance.sample([*waivers, waivers[0]], len(waivers) + 1)
    one, other = (judge(replace(rule, waivers=tuple(some_)), batch, places) for some_ in (waivers, mixed))

    assert np.array_equal(one.verdict, other.verdict)
    assert np.array_equal(one.reasons, other.reasons)

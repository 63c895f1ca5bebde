"""Does a rule speak to those who acted: who is bound, and of whom, or on what ground, a reading denies it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies as some
from truceline.basics.time import Span
from truceline.judge.check import judge
from truceline.judge.reasons import codes_of
from truceline.judge.standing import judge_bound
from truceline.judge.verdict import VERDICTS, Verdict
from truceline.plan.tables import InArea, Nowhere, Scope, Spell, Who

MEMBER, UNSURE, OUTSIDER, SPARED, UNLISTED = 0, 1, 2, 3, -1
SET = Who(
    member=np.array([1, 0, -1, 1, 0], dtype=np.int8),
    excepted=np.array([-1, -1, -1, 1, -1], dtype=np.int8),
    bound=np.array([1, 1, -1, 1, 1], dtype=np.int8),
)
ONE, MAYBE, OTHER, FREE = range(4)
ALL = Who(*(np.array(row, dtype=np.int8) for row in ([1, 1, 1, 1, 1], [-1] * 5, [1, 1, 1, -1, 0])))
OF_ONE = Scope(np.array([1, 0, -1, -1, 0], dtype=np.int8))
SOME_WORDS = Scope(np.zeros(5, dtype=np.int8), undefined=True)
NOBODY = np.full(5, -1, dtype=np.int8)


def bound(terms=SET, **fact):
    """Ask whether those who acted are bound."""
    answer = judge_bound(terms, some.batch_of([some.fact(**fact)]))
    return int(answer.truth[0]), codes_of(int(answer.reasons[0]))


def test_who_is_bound():
    """Attributed: one of them is enough. Not attributed: all of those involved, or nobody can tell."""
    assert bound(by=(OUTSIDER,)) == (-1, ())
    assert bound(by=(OUTSIDER, MEMBER)) == (1, ())
    assert bound(by=(), involved=(OUTSIDER, MEMBER)) == (0, ("attribution_unknown",))
    assert bound(by=(), involved=(OUTSIDER,)) == (-1, ())


def test_an_unnamed_actor_is_bound_if_everybody_addressed_is():
    """Whoever of those addressed it was; where one of them is free, nobody can tell."""
    free = replace(SET, bound=np.array([-1, 1, 1, 1, 0], dtype=np.int8))

    assert bound(by=(), involved=()) == (1, ())
    assert bound(free, by=(), involved=()) == (0, ("bound_unknown",))
    assert bound(free, by=(UNLISTED,)) == (0, ("bound_unknown",))


def verdict(scope, who=ALL, **fact):
    """Judge a report by a ban that is denied as to some only: verdict and reasons."""
    facts = [some.fact(**fact)]
    found = judge(some.ban(who=who, denied=True, scope=scope), some.batch_of(facts), some.places_of(facts))
    return VERDICTS[found.verdict[0]], codes_of(int(found.reasons[0]))


DENIED = ("not_applicable", ("denied",))
BROKEN = ("violation", ("every_condition_met",))


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        ({"by": (ONE,)}, DENIED),
        ({"by": (OTHER,)}, BROKEN),
        ({"by": (MAYBE,)}, ("indeterminate", ("denial_unclear",))),
        ({"by": (ONE, OTHER)}, BROKEN),
        ({"by": (), "involved": (ONE, OTHER)}, ("indeterminate", ("attribution_unknown",))),
        ({"by": (), "involved": (ONE, ONE)}, DENIED),
        ({"by": (FREE,)}, ("not_applicable", ("not_bound",))),
        ({"by": (FREE, ONE)}, DENIED),
        ({"by": (), "involved": ()}, ("indeterminate", ("actor_not_named", "bound_unknown"))),
    ],
)
def test_a_denial_as_to_some_leaves_the_rule_to_the_others(fact, told):
    """Those whom it means are told "denied", the others are judged; of one who may be meant nobody can tell."""
    assert verdict(OF_ONE, **fact) == told


def test_an_actor_whom_the_terms_do_not_list_may_be_one_of_whom_it_is_denied():
    """He may go by another name; where he is surely not meant, he is judged."""
    bound = replace(ALL, bound=np.ones(5, dtype=np.int8))

    assert verdict(OF_ONE, bound, by=(UNLISTED,)) == ("indeterminate", ("actor_unlisted",))
    assert verdict(Scope(NOBODY), bound, by=(UNLISTED,)) == BROKEN


def test_words_that_nobody_has_defined_leave_the_denial_open():
    """It flips nothing for anybody, named or not; what is no violation anyway stays so."""
    assert verdict(SOME_WORDS, by=(ONE,)) == ("indeterminate", ("denial_unclear",))
    assert verdict(SOME_WORDS, by=(), involved=())[1] == ("actor_not_named", "bound_unknown", "denial_unclear")
    assert verdict(SOME_WORDS, replace(ALL, member=NOBODY), by=(ONE,)) == ("no_violation", ("not_subject",))
    assert verdict(None, by=(ONE,)) == DENIED


def test_a_denial_may_be_of_some_ground():
    """Inside it the rule does not speak, outside it does; ground that nobody can draw leaves it open."""
    here, there = ({"by": (OTHER,), "areas": areas} for areas in ((1, -1), (-1, 1)))
    ground = Scope(NOBODY, where=InArea(0, contested=False))

    assert verdict(ground, **here) == DENIED
    assert verdict(ground, **there) == BROKEN
    assert verdict(ground, by=(OTHER,), areas=(0, 0)) == ("indeterminate", ("report_too_coarse",))
    assert verdict(Scope(NOBODY, where=Nowhere("area_undefined")), **here) == ("indeterminate", ("area_undefined",))


def test_a_denial_of_some_people_and_of_some_ground_is_of_either():
    """Every name in the scope adds to it."""
    either = replace(OF_ONE, where=InArea(0, contested=False))

    assert verdict(either, by=(ONE,), areas=(-1, -1)) == DENIED
    assert verdict(either, by=(OTHER,), areas=(1, -1)) == DENIED
    assert verdict(either, by=(OTHER,), areas=(-1, -1)) == BROKEN


def test_whom_it_means_for_a_time_it_means_then():
    """Before and after that time the rule stands as to him; of a report that names nobody no more is known."""
    timed = Scope(NOBODY, (Spell(ONE, Span(10, 10), Span(20, 20)),))
    bound = replace(ALL, bound=np.ones(5, dtype=np.int8))

    assert verdict(timed, by=(ONE,), start=15, end=15) == DENIED
    assert verdict(timed, by=(ONE,), start=25, end=25) == BROKEN
    assert verdict(timed, bound, by=(), involved=(), start=25, end=25) == ("indeterminate", ("actor_not_named",))


def test_who_is_perhaps_meant_breaks_nothing_together_with_who_is_not_addressed():
    """One who is addressed and perhaps spared, beside one who is neither: the denial is what is open."""
    one_only = replace(ALL, member=np.array([-1, 1, -1, -1, -1], dtype=np.int8))
    maybe_bound = replace(one_only, bound=np.array([1, 0, 1, 1, 1], dtype=np.int8))

    assert verdict(OF_ONE, one_only, by=(MAYBE, OTHER)) == ("indeterminate", ("denial_unclear",))
    assert verdict(Scope(NOBODY), maybe_bound, by=(MAYBE, OTHER)) == ("indeterminate", ("bound_unknown",))
    assert verdict(OF_ONE, maybe_bound, by=(MAYBE, ONE)) == ("indeterminate", ("bound_unknown", "denial_unclear"))


@settings(max_examples=80)
@given(some.rules(), some.scopes(), some.exact_facts(), st.integers(0, some.N_ACTORS - 1))
def test_a_wider_denial_only_takes_verdicts_away(rule, scope, fact, actor):
    """With one more of whom it is denied, a verdict stays, or the rule does not speak, or one more thing is open."""
    wider = replace(scope, member=scope.member.copy())
    wider.member[actor] = 1
    facts = [fact]
    before, after = (
        Verdict(judge(replace(rule, denied=True, scope=one), some.batch_of(facts), some.places_of(facts)).verdict[0])
        for one in (scope, wider)
    )

    assert after in {before, Verdict.NOT_APPLICABLE} or before == Verdict.INDETERMINATE
    assert after != Verdict.VIOLATION or before == Verdict.VIOLATION

"""The laws of judging: what less precision, vaguer words and exceptions may do to a verdict, and what never."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies as some
from truceline.basics.time import Span
from truceline.judge.check import judge
from truceline.judge.reasons import BY_CODE, codes_of
from truceline.judge.verdict import VERDICTS, Verdict
from vaguer import vaguer

# What a verdict may become when the report is less precise or the text vaguer. A rule that surely
# does not speak of the exact report may speak of the blurred one; where it is still surely not
# broken (the place lies surely outside, whatever the date), that is what can be said.
MAY_BECOME = {
    Verdict.VIOLATION: {Verdict.VIOLATION, Verdict.INDETERMINATE},
    Verdict.NO_VIOLATION: {Verdict.NO_VIOLATION, Verdict.INDETERMINATE},
    Verdict.NOT_APPLICABLE: {Verdict.NOT_APPLICABLE, Verdict.INDETERMINATE, Verdict.NO_VIOLATION},
    Verdict.INDETERMINATE: {Verdict.INDETERMINATE},
}


def verdicts(rule, facts, uncertainty=0.0):
    """Judge some facts by a rule."""
    found = judge(rule, some.batch_of(facts), some.places_of(facts, uncertainty))
    return [Verdict(one) for one in found.verdict]


@st.composite
def pairs(draw):
    """Draw an exact fact and a less precise one, which holds whenever the exact one does."""
    exact = draw(some.exact_facts())
    return exact, draw(some.blurred(draw(some.blurred(exact))))


@settings(max_examples=120)
@given(some.rules(), st.lists(pairs(), min_size=1, max_size=4))
def test_blurring_a_report_never_flips_a_verdict(rule, reports):
    """Less precision of place, date or actors makes a verdict indeterminate, and does nothing else."""
    sharp = verdicts(rule, [exact for exact, _ in reports])
    coarse = verdicts(rule, [blurred for _, blurred in reports])

    assert all(after in MAY_BECOME[before] for before, after in zip(sharp, coarse, strict=True))


@settings(max_examples=120)
@given(some.rules(), st.lists(some.exact_facts(), min_size=1, max_size=4), st.data())
def test_vaguer_words_never_flip_a_verdict(rule, facts, data):
    """Whatever one of its meanings gives, a vaguer text gives the same or leaves it open."""
    vague = data.draw(vaguer(rule))

    sharp, coarse = verdicts(rule, facts), verdicts(vague, facts)

    assert all(after in MAY_BECOME[before] for before, after in zip(sharp, coarse, strict=True))


@given(some.bands(), some.metres, some.lengths, st.integers(-20, 20), st.integers(0, 20))
def test_an_uncertain_line_never_flips_a_verdict(band, low, width, shift, more):
    """Wherever the true line runs within its uncertainty, a definite verdict stays what it is."""
    drawn = some.fact(lines=(some.beside(low, low + width),) * 2)
    true = some.fact(lines=(some.beside(low + shift, low + width + shift),) * 2)
    [uncertain] = verdicts(some.ban(band), [drawn], uncertainty=abs(shift) + more)
    [exact] = verdicts(some.ban(band), [true])

    assert uncertain in {exact, Verdict.INDETERMINATE}


@given(some.rules(), some.wheres, st.lists(some.exact_facts(), min_size=1, max_size=4), st.integers(0, 3))
def test_an_exception_only_removes_violations(rule, hole, facts, actor):
    """With an exception more, what was no violation still is none."""
    excepted = rule.who.excepted.copy()
    excepted[actor] = 1
    ground = hole if rule.except_where is None else some.Any_((rule.except_where, hole))
    spared = replace(rule, who=replace(rule.who, excepted=excepted), except_where=ground)

    before, after = verdicts(rule, facts), verdicts(spared, facts)

    assert all(one == Verdict.VIOLATION or other != Verdict.VIOLATION for one, other in zip(before, after, strict=True))


@given(some.rules(), some.exact_facts(), st.lists(st.integers(0, some.N_ACTORS - 1), min_size=1, max_size=3))
def test_who_acts_together_breaks_a_rule_if_one_of_them_does(rule, fact, actors):
    """A joint act is a violation exactly if it would be one of at least one of those who did it, by himself."""
    alone = verdicts(rule, [replace(fact, by=(actor,)) for actor in actors])
    [together] = verdicts(rule, [replace(fact, by=tuple(actors))])

    assert (together == Verdict.VIOLATION) == (Verdict.VIOLATION in alone)


@given(some.whens(), some.instants, st.integers(1, 40))
def test_what_lasts_is_caught_if_one_of_its_instants_is(when, start, length):
    """A position held throughout a span breaks a rule exactly if it surely does at some instant of the span."""
    rule = some.ban(when=replace(when, begin=Span(when.begin.start_us, when.begin.start_us)))
    moments = [some.fact(start=at, end=at) for at in range(start, start + length)]
    [lasting] = verdicts(rule, [some.fact(start=start, end=start + length, lasting=True)])

    assert (lasting == Verdict.VIOLATION) == (Verdict.VIOLATION in verdicts(rule, moments))


@settings(max_examples=120)
@given(some.rules(), st.lists(pairs(), min_size=1, max_size=4))
def test_every_verdict_has_reasons_and_only_its_own(rule, reports):
    """A verdict never stands alone, and a reason always goes with the verdict it explains."""
    facts = [fact for pair in reports for fact in pair]
    found = judge(rule, some.batch_of(facts), some.places_of(facts))

    for verdict, mask in zip(found.verdict, found.reasons, strict=True):
        codes = codes_of(int(mask))
        assert codes
        assert {BY_CODE[code].verdict for code in codes} == {VERDICTS[verdict]}


@settings(max_examples=50)
@given(some.rules(), st.lists(pairs(), min_size=2, max_size=4), st.randoms(use_true_random=False))
def test_reports_are_judged_one_by_one(rule, reports, chance):
    """Neither the order of the reports nor the company they are in changes a verdict or a reason."""
    facts = [fact for pair in reports for fact in pair]
    order = chance.sample(range(len(facts)), len(facts))
    batch, places = some.batch_of(facts), some.places_of(facts)
    whole, mixed = judge(rule, batch, places), judge(rule, batch.take(np.array(order)), places.take(np.array(order)))

    assert np.array_equal(whole.verdict[order], mixed.verdict)
    assert np.array_equal(whole.reasons[order], mixed.reasons)
    assert np.array_equal(whole.line[order], mixed.line)

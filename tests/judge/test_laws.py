"""The laws of judging: what less precision, vaguer words and exceptions may do to a verdict, and what never."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

import strategies as some
from truceline.judge.check import judge
from truceline.judge.reasons import BY_CODE, codes_of
from truceline.judge.verdict import VERDICTS, Verdict

# What a verdict may become when a report is less precise. A rule that surely does not speak of the
# exact report may speak of the blurred one; where it is still surely not broken, that is all we say.
MAY_BECOME = {
    Verdict.VIOLATION: {Verdict.VIOLATION, Verdict.INDETERMINATE},
    Verdict.NO_VIOLATION: {Verdict.NO_VIOLATION, Verdict.INDETERMINATE},
    Verdict.NOT_APPLICABLE: {Verdict.NOT_APPLICABLE, Verdict.INDETERMINATE, Verdict.NO_VIOLATION},
    Verdict.INDETERMINATE: {Verdict.INDETERMINATE},
}


def verdict(rule, *facts, uncertainty=0.0):
    """Judge some facts by a rule."""
    found = judge(rule, some.batch_of(facts), some.places_of(facts, uncertainty))
    return [Verdict(one) for one in found.verdict]


@st.composite
def pairs(draw):
    """Draw an exact fact and a less precise one, which holds whenever the exact one does."""
    exact = draw(some.exact_facts())
    once = draw(some.blurred(exact))
    return exact, draw(some.blurred(once))


@settings(max_examples=300)
@given(some.rules(), st.lists(pairs(), min_size=1, max_size=4))
def test_blurring_a_report_never_flips_a_verdict(rule, reports):
    """Less precision of place, date or actors makes a verdict indeterminate, and does nothing else."""
    sharp = verdict(rule, *(exact for exact, _ in reports))
    coarse = verdict(rule, *(blurred for _, blurred in reports))

    assert all(after in MAY_BECOME[before] for before, after in zip(sharp, coarse, strict=True))

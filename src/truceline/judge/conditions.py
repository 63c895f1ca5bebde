"""IF, judged: whether that on which a rule hangs was met at the time of a report."""

from __future__ import annotations

import numpy as np

from truceline.evidence.batch import Batch
from truceline.judge.answer import NO_REASON, Answer
from truceline.judge.moments import possible_part, seen, witnessed
from truceline.judge.reasons import bit
from truceline.plan.tables import Rule

__all__ = ["judge_condition"]


def judge_condition(rule: Rule, batch: Batch) -> Answer:
    """Say whether the condition of a rule was met when it happened.

    It is met, or unmet, if it was so throughout the part of the report's time at which the rule may be in force; a rule
    that surely is not in force hangs on nothing. Of something that lasted one instant is enough at which the rule
    surely is in force and its condition met.
    """
    if rule.unjudged:
        return Answer.constant(len(batch), 0, "not_judged_yet")
    first, last = possible_part(rule.when, batch)
    over = seen(rule.condition, first, last)
    truth = np.where(witnessed(rule, batch) | (first > last), np.int8(1), over.throughout)
    masks = np.where(over.unknown, bit("condition_unknown"), NO_REASON)
    masks |= np.where(over.true & over.false, bit("report_time_coarse"), NO_REASON)
    values = set(rule.condition.values)
    anywhen = bit("condition_unknown") if 0 in values else NO_REASON
    anywhen |= bit("no_date") if len(values) > 1 else NO_REASON
    undated = np.int8(values.pop() if len(values) == 1 else 0)
    return Answer.of(np.where(batch.dated, truth, undated), np.where(batch.dated, masks, anywhen))

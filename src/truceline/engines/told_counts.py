"""What one report adds to a number that a rule asks for over all reports, told beside its conditions."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.engines.counting import NUMBERS
from truceline.engines.figures import number, numbers
from truceline.engines.told_conditions import Condition
from truceline.evidence.batch import Batch
from truceline.judge.check import counted_of
from truceline.judge.verdict import Counts, Verdicts
from truceline.plan.tables import Kind, Rule

__all__ = ["counts_told"]

ADDS = "what does it add to the count"
TRUTHS = {Counts.NO: "false", Counts.MAY: "unknown", Counts.SHOWN: "unknown", Counts.SURE: "true"}


def counts_told(found: Verdicts, rule: Rule, batch: Batch) -> Iterator[Condition]:
    """Tell what the one report of a batch adds to the count of a rule; nothing of a rule that asks for no number."""
    if rule.kind not in NUMBERS:
        return
    level = Counts(int(found.counted[0]))
    low, high = counted_of(rule, batch.count_lo, batch.count_hi)
    yield Condition(
        ADDS, "does it count?", TRUTHS[level], (*_numbers(level, int(low[0]), int(high[0]), rule), *_use(rule))
    )


def _numbers(level: Counts, low: int, high: int, rule: Rule) -> Iterator[str]:
    if level == Counts.NO:
        yield "it adds nothing: a condition is surely not met"
        return
    most = "no bound is stated" if high < 0 else f"at most {number(high, 0)}"
    yield f"it tells of at least {number(low, 0)}; {most}"
    if rule.what.acts:
        yield "the rule counts acts: each report tells of one at least, whatever number it states"
    if level == Counts.MAY:
        yield "a condition is unknown: it may add to the count, and nothing is sure of it"
    if level == Counts.SHOWN:
        yield "it is shown, and the rule may not have been in force then"


def _use(rule: Rule) -> Iterator[str]:
    """Say how the number of one report is used."""
    if rule.kind == Kind.TREND:
        yield "it is added to those of its month"
        return
    limit = numbers(*rule.limits)
    asked = f"the limit is {limit}" if rule.kind == Kind.CEILING else f"{limit} are owed"
    yield f"{asked}; it counts together with another report only if somebody judged the two to be different"

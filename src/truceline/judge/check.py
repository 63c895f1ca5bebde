"""A rule against located reports: two groups of conditions, Kleene AND, one verdict each with reasons.

Does the rule speak at all? In force, bound, condition met, not denied: one false gives
`not_applicable`. Is it broken? Who, what, where, not excepted: one false gives `no_violation`.
Everything true gives `violation`; anything else is `indeterminate`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from truceline.basics.truth import Truths, all_of
from truceline.evidence.batch import Batch
from truceline.judge.answer import NO_REASON, Answer
from truceline.judge.conditions import judge_condition
from truceline.judge.located import Places
from truceline.judge.places import judge_where
from truceline.judge.reasons import bit
from truceline.judge.standing import judge_bound, judge_stands, judge_stands_there
from truceline.judge.subjects import judge_what, judge_who
from truceline.judge.verdict import Counts, Masks, Verdict, Verdicts
from truceline.judge.waiving import spared, waived_then, waived_there, waived_who
from truceline.judge.when import judge_when
from truceline.plan.tables import Kind, Rule

__all__ = ["ASPECTS", "Conditions", "conditions_of", "counted_of", "judge", "verdicts_of"]


@dataclass(frozen=True, slots=True)
class Conditions:
    """Every condition of a rule for n reports, each with its truth and its reasons.

    `stands` says whether the reading lets the rule stand as to those who acted, `stands_there` whether
    it does on this ground; `addressed` is WHO before exceptions, `who` after them; `blind` says whether
    the data set is one that cannot show the act, `enough` whether its number alone settles the rule: it is more than a
    ceiling allows, or as many as are owed at least. `not_excepted` is about places; exceptions with bounds of their
    own are asked one aspect at a time (see `judge.waiving`).
    """

    in_force: Answer
    bound: Answer
    condition: Answer
    stands: Answer
    stands_there: Answer
    addressed: Answer
    who: Answer
    what: Answer
    where: Answer
    not_excepted: Answer
    waived_who: Answer
    waived_then: Answer
    waived_there: Answer
    blind: Answer
    enough: Answer

    @property
    def text(self) -> Answer:
        """Say whether the reading lets the rule stand: as to those who acted, and on this ground."""
        truth = all_of(self.stands.truth, self.stands_there.truth)
        return Answer.of(truth, self.stands.reasons | self.stands_there.reasons)

    @property
    def waived(self) -> Answer:
        """Say whether an exception with bounds spares what the report shows."""
        return spared(self.waived_who, self.waived_then, self.waived_there)

    @property
    def free(self) -> Answer:
        """Say whether neither an excepted place nor an exception with bounds spares what the report shows."""
        waived = self.waived
        truth = all_of(self.not_excepted.truth, waived.opposite.truth)
        return Answer.of(truth, self.not_excepted.reasons | waived.reasons)


def judge(rule: Rule, batch: Batch, places: Places) -> Verdicts:
    """Judge n reports by one rule.

    Parameters
    ----------
    rule : Rule
        One sentence under one reading.
    batch, places : Batch, Places
        n reports, coded and located.

    Returns
    -------
    Verdicts
        Shape (n,): verdict, reasons, and the line by which the place was decided.
    """
    return verdicts_of(rule.kind, conditions_of(rule, batch, places))


def conditions_of(rule: Rule, batch: Batch, places: Places) -> Conditions:
    """Ask every condition of a rule; nothing is combined yet."""
    return Conditions(**{name: one for ask in ASPECTS.values() for name, one in ask(rule, batch, places).items()})


Answers = dict[str, Answer]
Whole = NDArray[np.int64]
Ask = Callable[[Rule, Batch, Places], Answers]


def _of_who(rule: Rule, batch: Batch, _: Places) -> Answers:
    addressed, who = judge_who(rule.who, batch, rule.scope)
    return {
        "bound": judge_bound(rule.who, batch), "stands": judge_stands(rule, batch), "addressed": addressed, "who": who,
        "waived_who": waived_who(rule, batch),
    }  # fmt: skip


def _of_what(rule: Rule, batch: Batch, _: Places) -> Answers:
    return {"what": judge_what(rule.what, batch), "blind": _sure(rule.what.blind[batch.dataset])}


def _of_when(rule: Rule, batch: Batch, _: Places) -> Answers:
    return {
        "in_force": judge_when(rule.when, batch), "condition": judge_condition(rule, batch),
        "waived_then": waived_then(rule, batch),
    }  # fmt: skip


def _of_where(rule: Rule, batch: Batch, places: Places) -> Answers:
    hole = None if rule.except_where is None else judge_where(rule.except_where, places)
    free = Answer.constant(len(batch), 1) if hole is None else hole.opposite
    return {
        "where": judge_where(rule.where, places), "not_excepted": free,
        "stands_there": judge_stands_there(rule, places), "waived_there": waived_there(rule, places),
    }  # fmt: skip


def _of_number(rule: Rule, batch: Batch, _: Places) -> Answers:
    """Hold the number of one report against the least and the largest that the limit may mean."""
    shown = counted_of(rule, batch.count_lo, batch.count_hi)[0]
    least, most = (shown >= limit if rule.kind == Kind.FLOOR else shown > limit for limit in rule.limits)
    asked = rule.kind in (Kind.FLOOR, Kind.CEILING)
    truth = np.where(most & asked, np.int8(1), np.where(least & asked, np.int8(0), np.int8(-1)))
    return {"enough": Answer.of(truth, bit("number_rounded"))}


def counted_of(rule: Rule, low: Whole, high: Whole) -> tuple[Whole, Whole]:
    """Say how many of what a rule counts each report tells of, if it tells of any.

    Parameters
    ----------
    rule : Rule
    low, high : ndarray of int64, shape (n,)
        The numbers that the reports state, at least and at most; -1 where they state none.

    Returns
    -------
    low, high : ndarray of int64, shape (n,)
        At least, and at most; -1: no bound. A number counts things: how many acts one report tells of, it does not
        say, but that it tells of one.
    """
    if rule.what.acts:
        return np.ones_like(low), np.full_like(high, -1)
    return np.where(low < 0, 1, low), high


ASPECTS: Mapping[str, Ask] = {
    "who": _of_who,
    "what": _of_what,
    "when": _of_when,
    "where": _of_where,
    "number": _of_number,
}
"""The aspects of a report, and what a rule asks of each alone: the parts of `Conditions`."""


def _sure(marks: NDArray[np.bool_]) -> Answer:
    return Answer.of(np.where(marks, np.int8(1), np.int8(-1)))


def verdicts_of(kind: Kind | NDArray[np.int8], asked: Conditions) -> Verdicts:
    """Combine conditions into verdicts and reasons.

    Parameters
    ----------
    kind : Kind or ndarray of int8, shape (m,)
        What the rule demands, or each of m rules.
    asked : Conditions
        Their conditions for n reports: shape (n,), or (n, m).

    Returns
    -------
    Verdicts
        Of the same shape.
    """
    asked = replace(asked, not_excepted=asked.free)
    speaks = all_of(asked.in_force.truth, asked.bound.truth, asked.condition.truth, asked.text.truth)
    broken = all_of(asked.who.truth, asked.what.truth, asked.where.truth, asked.not_excepted.truth)
    verdict = np.full(broken.shape, Verdict.INDETERMINATE, dtype=np.int8)
    verdict[broken == -1] = Verdict.NO_VIOLATION
    verdict[(speaks == 1) & (broken == 1)] = Verdict.VIOLATION
    kinds, everything = np.asarray(kind), all_of(speaks, broken)
    enough = all_of(asked.enough.truth, everything)
    verdict, reasons = _by_kind(kinds, verdict, _why_unknown(asked) | asked.enough.reasons, enough)
    blind = asked.blind.truth == 1
    verdict = np.where(blind, Verdict.INDETERMINATE, verdict)
    reasons = np.where(blind, bit("source_cannot_show"), reasons)
    verdict = np.where(speaks == -1, Verdict.NOT_APPLICABLE, verdict).astype(np.int8)
    decided: list[tuple[Verdict, Masks]] = [
        (Verdict.NOT_APPLICABLE, _why_silent(asked)),
        (Verdict.NO_VIOLATION, np.where(kinds == Kind.FLOOR, bit("enough_shown"), _why_unbroken(asked))),
        (Verdict.VIOLATION, np.asarray(bit("every_condition_met"))),
    ]
    for value, masks in decided:
        reasons = np.where(verdict == value, masks, reasons)
    return Verdicts(verdict, reasons, asked.where.line, _counts(kinds, asked, broken))


def _by_kind(kind: NDArray[np.int8], verdict: Truths, reasons: Masks, enough: Truths) -> tuple[Truths, Masks]:
    """Let one sighting break a ceiling, or show what is owed at least, but never prove the opposite of either.

    `enough` : whether the report surely shows a number that settles it, possibly does, or does not.
    """
    ban, ceiling, floor = (np.equal(kind, one) for one in (Kind.BAN, Kind.CEILING, Kind.FLOOR))
    settled = np.where(ceiling, np.int8(Verdict.VIOLATION), np.int8(Verdict.NO_VIOLATION))
    found = np.where((ceiling | floor) & (enough == 1), settled, np.int8(Verdict.INDETERMINATE))
    other = np.where(np.equal(kind, Kind.TREND), bit("series_needed"), bit("not_judged_yet"))
    few = bit("count_incomplete") | np.where(enough == 0, reasons, NO_REASON)
    return np.where(ban, verdict, found), np.where(ban, reasons, np.where(ceiling | floor, few, other))


def _counts(kind: NDArray[np.int8], asked: Conditions, broken: Truths) -> NDArray[np.int8]:
    """Say whether a report counts for its rule over all reports; a change over time is seen before it is due, too."""
    shown = all_of(asked.bound.truth, asked.condition.truth, asked.text.truth, broken)
    when = asked.in_force.truth
    sure = np.where(when == 1, np.int8(Counts.SURE), np.int8(Counts.SHOWN))
    counts = np.where(shown == 1, sure, np.where(shown == 0, np.int8(Counts.MAY), np.int8(Counts.NO)))
    counts = np.where((when == -1) & (kind != Kind.TREND), np.int8(Counts.NO), counts)
    return np.where(asked.blind.truth == 1, np.minimum(counts, np.int8(Counts.MAY)), counts).astype(np.int8)


def _why_unknown(asked: Conditions) -> Masks:
    answers = (asked.in_force, asked.bound, asked.condition, asked.text,
               asked.who, asked.what, asked.where, asked.not_excepted)  # fmt: skip
    return np.asarray(np.bitwise_or.reduce([answer.reasons for answer in answers]))


def _why_silent(asked: Conditions) -> Masks:
    parts = (("not_in_force", asked.in_force), ("not_bound", asked.bound), ("condition_unmet", asked.condition),
             ("denied", asked.text))  # fmt: skip
    return np.asarray(
        np.bitwise_or.reduce([np.where(answer.truth == -1, bit(code), NO_REASON) for code, answer in parts])
    )


def _why_unbroken(asked: Conditions) -> Masks:
    """Tell an exception from not being addressed at all: only what would else be caught is excepted."""
    spared = (asked.who.truth == -1) & (asked.addressed.truth != -1)
    grounded = (asked.where.truth == -1) & ((asked.where.reasons & bit("not_aloft")) != 0)
    parts = (
        ("not_subject", (asked.who.truth == -1) & ~spared),
        ("not_the_act", asked.what.truth == -1),
        ("outside", (asked.where.truth == -1) & ~grounded),
        ("not_aloft", grounded),
        ("excepted", spared | (asked.not_excepted.truth == -1)),
    )
    return np.asarray(np.bitwise_or.reduce([np.where(marks, bit(code), NO_REASON) for code, marks in parts]))

"""A rule against located reports: two groups of conditions, Kleene AND, one verdict each with reasons.

Does the rule speak at all? In force, bound, condition met, not denied: one false gives
`not_applicable`. Is it broken? Who, what, where, not excepted: one false gives `no_violation`.
Everything true gives `violation`; anything else is `indeterminate`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.basics.truth import Truths, all_of, negate
from truceline.evidence.batch import Batch
from truceline.judge.answer import NO_REASON, Answer
from truceline.judge.located import Places
from truceline.judge.places import judge_where
from truceline.judge.reasons import bit
from truceline.judge.standing import judge_bound, judge_stands, judge_stands_there
from truceline.judge.subjects import judge_what, judge_who
from truceline.judge.verdict import Masks, Verdict, Verdicts
from truceline.judge.when import judge_when
from truceline.plan.tables import Kind, Rule

__all__ = ["ASPECTS", "Conditions", "conditions_of", "judge", "verdicts_of"]


@dataclass(frozen=True, slots=True)
class Conditions:
    """Every condition of a rule for n reports, each with its truth and its reasons.

    `stands` says whether the reading lets the rule stand as to those who acted, `stands_there` whether
    it does on this ground; `addressed` is WHO before exceptions, `who` after them; `blind` says whether
    the data set is one that cannot show the act, `above` whether more things are counted than a ceiling allows.
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
    blind: Answer
    above: Answer

    @property
    def text(self) -> Answer:
        """Say whether the reading lets the rule stand: as to those who acted, and on this ground."""
        truth = all_of(self.stands.truth, self.stands_there.truth)
        return Answer.of(truth, self.stands.reasons | self.stands_there.reasons)


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
Ask = Callable[[Rule, Batch, Places], Answers]


def _of_who(rule: Rule, batch: Batch, _: Places) -> Answers:
    addressed, who = judge_who(rule.who, batch, rule.scope)
    return {
        "bound": judge_bound(rule.who, batch), "stands": judge_stands(rule, batch), "addressed": addressed, "who": who,
    }  # fmt: skip


def _of_what(rule: Rule, batch: Batch, _: Places) -> Answers:
    return {"what": judge_what(rule.what, batch), "blind": _sure(rule.what.blind[batch.dataset])}


def _of_when(rule: Rule, batch: Batch, _: Places) -> Answers:
    n = len(batch)
    condition = Answer.constant(n, 0, "not_judged_yet") if rule.conditional else Answer.constant(n, 1)
    return {"in_force": judge_when(rule.when, batch), "condition": condition}


def _of_where(rule: Rule, batch: Batch, places: Places) -> Answers:
    hole = None if rule.except_where is None else judge_where(rule.except_where, places)
    free = Answer.constant(len(batch), 1) if hole is None else Answer(negate(hole.truth), hole.reasons, hole.line)
    return {
        "where": judge_where(rule.where, places), "not_excepted": free, "stands_there": judge_stands_there(rule, places)
    }  # fmt: skip


def _of_number(rule: Rule, batch: Batch, _: Places) -> Answers:
    # A number counts things; how many acts one report tells of, it does not say.
    counted = rule.kind == Kind.CEILING and bool(rule.what.things) and not rule.what.acts
    return {"above": _sure((batch.count_lo > rule.limit) & counted)}


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
    speaks = all_of(asked.in_force.truth, asked.bound.truth, asked.condition.truth, asked.text.truth)
    broken = all_of(asked.who.truth, asked.what.truth, asked.where.truth, asked.not_excepted.truth)
    verdict = np.full(broken.shape, Verdict.INDETERMINATE, dtype=np.int8)
    verdict[broken == -1] = Verdict.NO_VIOLATION
    verdict[(speaks == 1) & (broken == 1)] = Verdict.VIOLATION
    surpassed = (all_of(speaks, broken) == 1) & (asked.above.truth == 1)
    verdict, reasons = _by_kind(np.asarray(kind), verdict, _why_unknown(asked), surpassed)
    blind = asked.blind.truth == 1
    verdict = np.where(blind, Verdict.INDETERMINATE, verdict)
    reasons = np.where(blind, bit("source_cannot_show"), reasons)
    verdict = np.where(speaks == -1, Verdict.NOT_APPLICABLE, verdict).astype(np.int8)
    decided: list[tuple[Verdict, Masks]] = [
        (Verdict.NOT_APPLICABLE, _why_silent(asked)),
        (Verdict.NO_VIOLATION, _why_unbroken(asked)),
        (Verdict.VIOLATION, np.asarray(bit("every_condition_met"))),
    ]
    for value, masks in decided:
        reasons = np.where(verdict == value, masks, reasons)
    return Verdicts(verdict, reasons, asked.where.line)


def _by_kind(
    kind: NDArray[np.int8], verdict: Truths, reasons: Masks, surpassed: NDArray[np.bool_]
) -> tuple[Truths, Masks]:
    """Leave rules that are not judged yet open, and let a sighting break a ceiling but never keep it."""
    ban, ceiling = np.equal(kind, Kind.BAN), np.equal(kind, Kind.CEILING)
    unjudged = np.where(ceiling & surpassed, np.int8(Verdict.VIOLATION), np.int8(Verdict.INDETERMINATE))
    why = np.where(ceiling, bit("not_judged_yet") | bit("count_incomplete"), bit("not_judged_yet"))
    return np.where(ban, verdict, unjudged), np.where(ban, reasons, why)


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
    parts = (
        ("not_subject", (asked.who.truth == -1) & ~spared),
        ("not_the_act", asked.what.truth == -1),
        ("outside", asked.where.truth == -1),
        ("excepted", spared | (asked.not_excepted.truth == -1)),
    )
    return np.asarray(np.bitwise_or.reduce([np.where(marks, bit(code), NO_REASON) for code, marks in parts]))

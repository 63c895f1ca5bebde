"""Exceptions with bounds, judged: each spares whoever it names, where and when it says, if all of that fits.

Who, where and when are asked apart, as everything is; so each aspect answers for all exceptions of a rule at once, two
bits for each: bit ``2 k`` says that the k-th may fit, bit ``2 k + 1`` that it surely does. Kleene's AND of two aspects
is then the AND of their bits.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

import numpy as np
from numpy.typing import NDArray

from truceline.basics.truth import Truths
from truceline.evidence.batch import Batch
from truceline.judge.answer import NO_REASON, Answer
from truceline.judge.located import Places
from truceline.judge.moments import possible_part, seen, witnessed
from truceline.judge.places import judge_where
from truceline.judge.reasons import bit
from truceline.judge.subjects import judge_who, names_member
from truceline.plan.tables import Rule, Waiver, Who

__all__ = ["spared", "waived_then", "waived_there", "waived_who"]

MAY = np.int64(0x1555555555555555)
"""The bits that say `may`, of 31 exceptions."""


def waived_who(rule: Rule, batch: Batch) -> Answer:
    """Say of each exception whether it spares all who would break the rule, wherever and whenever it fits."""
    if not rule.waivers:
        return _packed([], len(batch))
    without = judge_who(rule.who, batch, rule.scope)[1].truth
    some = [waiver for waiver in rule.waivers if not _is_for_all(waiver)]
    with_all = judge_who(_sparing(rule.who, some), batch, rule.scope)[1].truth
    return _packed([_spares(rule, waiver, batch, without, with_all) for waiver in rule.waivers], len(batch))


def waived_then(rule: Rule, batch: Batch) -> Answer:
    """Say of each exception whether it covers the time of a report, as far as the rule may be in force then.

    Where something lasted, and the rule surely held at an instant that no exception may cover, none of them spares it.
    """
    return _packed([_covers(rule, waiver, batch) for waiver in rule.waivers], len(batch))


def waived_there(rule: Rule, places: Places) -> Answer:
    """Say of each exception whether the place lies on its ground."""
    n = len(places)
    return _packed(
        [Answer.constant(n, 1) if one.where is None else judge_where(one.where, places) for one in rule.waivers], n
    )


def spared(*aspects: Answer) -> Answer:
    """Say whether an exception spares what a report shows: one of them in all aspects."""
    bits = cast("NDArray[np.int64]", np.bitwise_and.reduce([one.truth for one in aspects]))
    truth = np.where(bits & (MAY << 1), np.int8(1), np.where(bits & MAY, np.int8(0), np.int8(-1)))
    return Answer.of(truth, np.bitwise_or.reduce([one.reasons for one in aspects]))


def _packed(answers: Iterable[Answer], n: int) -> Answer:
    """Put the answers for all exceptions of a rule into one number for each report."""
    bits, masks = np.zeros(n, dtype=np.int64), np.full(n, NO_REASON)
    for place, one in enumerate(answers):
        pair = np.where(one.truth == 1, np.int64(3), np.where(one.truth == 0, np.int64(1), np.int64(0)))
        bits |= pair << np.int64(2 * place)
        masks |= np.where(one.truth == 0, one.reasons, NO_REASON)
    return Answer(cast("Truths", bits), masks, np.full(n, -1, dtype=np.int16))


def _sparing(who: Who, waivers: Iterable[Waiver]) -> Who:
    """Except those whom exceptions with bounds name, as if the bounds fitted."""
    for one in waivers:
        who = replace(
            who,
            excepted=np.maximum(who.excepted, one.member),
            excepted_spells=(*who.excepted_spells, *one.spells),
            exception_undefined=who.exception_undefined or one.undefined,
        )
    return who


def _spares(rule: Rule, waiver: Waiver, batch: Batch, without: Truths, with_all: Truths) -> Answer:
    """Say whether one exception spares all who would break a rule.

    It spares nobody where nobody is addressed, where somebody stays whom no exception names, and where it names none of
    those who acted; several exceptions together may spare what none of them does alone.
    """
    if _is_for_all(waiver):
        return Answer.of(np.where(without == -1, np.int8(-1), np.int8(1)))
    alone = judge_who(_sparing(rule.who, [waiver]), batch, rule.scope)[1]
    named = names_member(waiver.member, waiver.spells, batch)
    nobody = (batch.by.lengths == 0) & (batch.involved.lengths == 0)
    idle = (without == -1) | (with_all == 1) | ((named == -1) & ~nobody)
    truth = np.where(idle, np.int8(-1), np.where(alone.truth == -1, np.int8(1), np.int8(0)))
    return Answer.of(truth, np.where(alone.reasons, alone.reasons, bit("attribution_unknown")))


def _is_for_all(waiver: Waiver) -> bool:
    return bool((waiver.member == 1).all())


def _covers(rule: Rule, waiver: Waiver, batch: Batch) -> Answer:
    """Say whether an exception covers the time of a report."""
    if not waiver.during.edges:
        return Answer.constant(len(batch), waiver.during.values[0], "term_time_vague")
    first, last = possible_part(rule.when, batch)
    over = seen(waiver.during, first, last)
    truth = np.where(witnessed(rule, batch), np.int8(-1), over.throughout)
    masks = np.where(over.unknown, bit("term_time_vague"), NO_REASON)
    masks |= np.where(over.true & over.false, bit("report_time_coarse"), NO_REASON)
    return Answer.of(np.where(batch.dated, truth, np.int8(0)), np.where(batch.dated, masks, bit("no_date")))

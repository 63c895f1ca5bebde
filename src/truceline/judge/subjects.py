"""WHO, WHAT and WHEN, judged: actors, acts and times of a report against those of a rule."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from truceline.basics.truth import Truths, all_of, any_of, negate
from truceline.evidence.acts import ACTS, KINDS, acts_truth, kind_truth
from truceline.evidence.batch import Batch, Lists
from truceline.judge.places import NO_REASON, Answer
from truceline.judge.reasons import bit
from truceline.plan.tables import ByActor, Spell, What, When, Who

__all__ = ["judge_bound", "judge_what", "judge_when", "judge_who", "names_member"]

LOWEST, HIGHEST = np.int8(-1), np.int8(1)


def judge_who(who: Who, batch: Batch) -> tuple[Answer, Answer]:
    """Say whether those who acted are addressed, before and after exceptions.

    Attributed (`by`): true if one of those named is addressed, false if none is. Not attributed:
    true if everybody involved is ("one of them did, each is bound"), false if nobody is, else
    unknown. Who did it is never inferred from the side of the line on which it happened.
    """
    every = Who(who.member, np.full_like(who.excepted, -1), who.bound, who.spells, who.undefined)
    return _judge_members(every, batch), _judge_members(who, batch)


def judge_bound(who: Who, batch: Batch) -> Answer:
    """Say whether the agreement binds any of those who acted; where nobody is named it may."""
    acting, named = _acting(batch), batch.by.lengths + batch.involved.lengths > 0
    highest = _reduce(np.maximum, acting, who.bound[acting.ids], LOWEST)
    return Answer.of(np.where(named, highest, HIGHEST), bit("bound_unknown"))


def judge_what(what: What, batch: Batch) -> Answer:
    """Say whether the report shows the act (and the kind of thing) that the rule speaks of."""
    n = len(batch)
    if what.undefined and not what.acts:
        return Answer.constant(n, 0, "act_undefined")
    shown = any_of(*(acts_truth(tuple(ACTS)[act], batch.act, batch.maybe) for act in what.acts))
    answer = Answer.of(shown, bit("act_unclear"))
    if what.undefined:
        answer = _both(Answer.of(np.maximum(shown, 0), bit("act_undefined")), Answer.constant(n, 1))
    if what.later:
        return _both(answer, Answer.constant(n, 0, "not_judged_yet"))
    return _both(answer, _judge_things(what.things, batch)) if what.things else answer


def judge_when(when: When, batch: Batch) -> Answer:
    """Say whether the rule was in force when it happened.

    A report of something that lasted throughout [start, end) is caught by any overlap; of something
    that happened at some instant in it, only if all of [start, end) lies within the period.
    """
    begun = _after(batch, when.begin.start_us, when.begin.end_us)
    ended = _after(batch, when.end.start_us, when.end.end_us)
    truth = all_of(begun, negate(ended))
    truth = np.where(batch.lasting & (truth == 0) & _surely_overlaps(when, batch), HIGHEST, truth)
    coarse = batch.end_us - batch.start_us > 1
    sharp = (when.begin.start_us == when.begin.end_us) & (when.end.start_us == when.end.end_us)
    vague = np.where(when.undated, bit("term_undated"), bit("term_time_vague"))
    masks = np.where(_touches_vague(when, batch), vague, NO_REASON)
    masks |= np.where(coarse & (sharp | _straddles(when, batch)), bit("report_time_coarse"), NO_REASON)
    undated = ~batch.dated
    masks = np.where(undated, bit("no_date") | (bit("term_undated") if when.undated else NO_REASON), masks)
    return Answer.of(np.where(undated, np.int8(0), truth), masks)


def names_member(member: ByActor, batch: Batch) -> Truths:
    """Say whether the report names an actor of a set: surely, possibly, or not at all.

    Examples
    --------
    >>> from truceline.evidence.batch import Lists
    >>> lists = Lists(np.array([0, 2, 3, 3]), np.array([0, 1, 1], dtype=np.int32))
    >>> _reduce(np.maximum, lists, np.array([1, -1, -1], dtype=np.int8)[lists.ids], LOWEST)
    array([ 1, -1, -1], dtype=int8)
    """
    by = _reduce(np.maximum, batch.by, member[batch.by.ids], LOWEST)
    return np.maximum(by, _reduce(np.maximum, batch.involved, member[batch.involved.ids], LOWEST))


def _judge_members(who: Who, batch: Batch) -> Answer:
    acting = _acting(batch)
    held = np.minimum(_membership(who, acting, batch), -who.excepted[acting.ids])
    lowest = _reduce(np.minimum, acting, held, HIGHEST)
    highest = _reduce(np.maximum, acting, held, LOWEST)
    attributed, named = batch.by.lengths > 0, acting.lengths > 0
    agreed = np.where(lowest == highest, lowest, np.int8(0))
    truth = np.where(named, np.where(attributed, highest, agreed), np.int8(0))
    if (who.member == HIGHEST).all() and (who.excepted == LOWEST).all():
        truth = np.ones(len(batch), dtype=np.int8)  # the rule addresses anybody at all
    mixed = ~attributed & (lowest == -1) & (highest >= 0)
    return Answer.of(truth, _why_who(who, acting, held, mixed, named))


def _why_who(
    who: Who, acting: Lists, held: Truths, mixed: NDArray[np.bool_], named: NDArray[np.bool_]
) -> NDArray[np.uint64]:
    """Name the reasons for an unknown subject: nobody named, some in and some out, contested, unlisted."""
    if who.undefined:
        return np.full(len(named), bit("subject_undefined"))
    unlisted = acting.ids == -1
    contested = _any_row(acting, (held == 0) & ~unlisted)
    masks = np.where(named, NO_REASON, bit("actor_not_named"))
    masks |= np.where(mixed, bit("attribution_unknown"), NO_REASON)
    masks |= np.where(contested, bit("membership_contested"), NO_REASON)
    masks |= np.where(_any_row(acting, (held == 0) & unlisted), bit("actor_unlisted"), NO_REASON)
    if who.exception_undefined:
        masks |= bit("exception_undefined")
    return masks


def _membership(who: Who, acting: Lists, batch: Batch) -> Truths:
    """Look up each named actor; members for a time count by the time of the report."""
    held = who.member[acting.ids]
    for spell in who.spells:
        mine = acting.ids == spell.actor
        rows = np.repeat(np.arange(len(batch)), acting.lengths)[mine]
        held[mine] = np.maximum(held[mine], _during(spell, batch)[rows])
    return held


def _during(spell: Spell, batch: Batch) -> Truths:
    begun = _after(batch, spell.begin.start_us, spell.begin.end_us)
    ended = _after(batch, spell.end.start_us, spell.end.end_us)
    return np.where(batch.dated, all_of(begun, negate(ended)), np.int8(0))


def _acting(batch: Batch) -> Lists:
    """Take those to whom the act is attributed; where nobody is, everybody involved."""
    attributed = batch.by.lengths > 0
    if not attributed.any():
        return batch.involved
    if (attributed | (batch.involved.lengths == 0)).all():
        return batch.by
    lengths = np.where(attributed, batch.by.lengths, batch.involved.lengths)
    starts = np.concatenate(([0], np.cumsum(lengths)))
    within = np.arange(starts[-1]) - np.repeat(starts[:-1], lengths)
    from_by = np.repeat(attributed, lengths)
    at_by = np.repeat(batch.by.starts[:-1], lengths) + within
    at_involved = np.repeat(batch.involved.starts[:-1], lengths) + within
    ids = np.empty(starts[-1], dtype=np.int32)
    ids[from_by] = batch.by.ids[at_by[from_by]]
    ids[~from_by] = batch.involved.ids[at_involved[~from_by]]
    return Lists(starts, ids)


def _reduce(combine: np.ufunc, lists: Lists, values: Truths, empty: np.int8) -> Truths:
    """Fold the members of each row; a row without members gives `empty`."""
    result = np.full(len(lists.starts) - 1, empty, dtype=np.int8)
    filled = lists.lengths > 0
    if filled.any():
        result[filled] = combine.reduceat(values, lists.starts[:-1][filled])
    return result


def _any_row(lists: Lists, marks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return _reduce(np.maximum, lists, marks.astype(np.int8), np.int8(0)) > 0


def _judge_things(things: tuple[int, ...], batch: Batch) -> Answer:
    names = tuple(KINDS)
    table = np.array(
        [max(int(kind_truth(names[rule], shown)) for rule in things) for shown in (*names, None)], dtype=np.int8
    )
    return Answer.of(table[batch.thing], bit("thing_not_stated"))


def _after(batch: Batch, earliest: int, latest: int) -> Truths:
    """Say whether a report lies at or after an instant that lies in [earliest, latest]."""
    return _at_or_after(batch.start_us, batch.end_us, earliest, latest)


def _at_or_after(start: NDArray[np.int64], end: NDArray[np.int64], earliest: int, latest: int) -> Truths:
    instant = end == start
    sure = start >= latest
    before = np.where(instant, start < earliest, end <= earliest)
    return sure.astype(np.int8) - before.astype(np.int8)


def _surely_overlaps(when: When, batch: Batch) -> NDArray[np.bool_]:
    """Find reports that last into the time in which the rule surely held."""
    return np.maximum(batch.start_us, when.begin.end_us) < np.minimum(batch.end_us, when.end.start_us)


def _touches_vague(when: When, batch: Batch) -> NDArray[np.bool_]:
    """Find reports that reach into the time in which the rule may or may not have begun or ended."""
    marks = np.zeros(len(batch), dtype=np.bool_)
    for span in (when.begin, when.end):
        if span.end_us > span.start_us:
            marks |= (batch.start_us < span.end_us) & (batch.end_us >= span.start_us)
    return marks


def _straddles(when: When, batch: Batch) -> NDArray[np.bool_]:
    """Find reports that reach over an edge of the time in which the rule surely or possibly held."""
    marks = np.zeros(len(batch), dtype=np.bool_)
    for edge in (when.begin.start_us, when.begin.end_us, when.end.start_us, when.end.end_us):
        marks |= (batch.start_us < edge) & (batch.end_us > edge)
    return marks


def _both(first: Answer, second: Answer) -> Answer:
    truth = all_of(first.truth, second.truth)
    return Answer.of(truth, first.reasons | second.reasons)

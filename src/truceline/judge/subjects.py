"""WHO, WHAT and WHEN, judged: actors, acts and times of a report against those of a rule."""

from __future__ import annotations

from dataclasses import replace

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
    every = replace(who, excepted=np.full_like(who.excepted, -1), excepted_spells=(), exception_undefined=False)
    return _judge_members(every, batch), _judge_members(who, batch)


def judge_bound(who: Who, batch: Batch) -> Answer:
    """Say whether the agreement binds those who acted: any of them if attributed, else all of those involved.

    Where nobody is named it does if it binds everybody who may be addressed.
    """
    acting, attributed = _acting(batch), batch.by.lengths > 0
    named, bound = acting.lengths > 0, who.bound[acting.ids]
    lowest, highest = _reduce(np.minimum, acting, bound, HIGHEST), _reduce(np.maximum, acting, bound, LOWEST)
    truth = np.where(attributed | (lowest == highest), highest, np.int8(0))
    everybody = (who.bound[who.member >= 0] == 1).all()
    truth = np.where(named, truth, np.int8(everybody))
    masks = np.where(lowest < highest, bit("attribution_unknown"), NO_REASON)
    masks |= np.where(~named | _any_row(acting, bound == 0), bit("bound_unknown"), NO_REASON)
    return Answer.of(truth, masks)


def judge_what(what: What, batch: Batch) -> Answer:
    """Say whether the report shows the act (and the kind of thing) that the rule speaks of."""
    n = len(batch)
    parts = [_judge_act(tuple(ACTS)[act], batch) for act in what.acts]
    if what.things:
        parts.append(_both(_judge_act("presence", batch), _judge_things(what.things, batch)))
    if what.later:
        parts.append(_both(_judge_act("presence", batch), Answer.constant(n, 0, "not_judged_yet")))
    if what.undefined:
        parts.append(Answer.constant(n, 0, "act_undefined"))
    truth = any_of(*(part.truth for part in parts))
    return Answer.of(truth, np.bitwise_or.reduce([part.reasons for part in parts]))


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


def names_member(member: ByActor, spells: tuple[Spell, ...], batch: Batch) -> Truths:
    """Say whether the report names an actor of a set: surely, possibly, or not at all."""
    named = [_reduce(np.maximum, lists, _membership(member, spells, lists, batch), LOWEST)
             for lists in (batch.by, batch.involved)]  # fmt: skip
    return np.maximum(*named)


def _judge_act(act: str, batch: Batch) -> Answer:
    return Answer.of(acts_truth(act, batch.act, batch.maybe), bit("act_unclear"))


def _judge_members(who: Who, batch: Batch) -> Answer:
    acting = _acting(batch)
    held = np.minimum(
        _membership(who.member, who.spells, acting, batch),
        negate(_membership(who.excepted, who.excepted_spells, acting, batch)),
    )
    held = _of_the_bound(who, acting, held)
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


def _of_the_bound(who: Who, acting: Lists, held: Truths) -> Truths:
    """Count only those who are bound, wherever one of those who acted is.

    Otherwise a rule would be broken by one who is not bound together with one who is not addressed.
    """
    bound = who.bound[acting.ids]
    somebody = np.repeat(_reduce(np.maximum, acting, bound, LOWEST) == HIGHEST, acting.lengths)
    return np.where(somebody, np.minimum(held, bound), held)


def _membership(member: ByActor, spells: tuple[Spell, ...], acting: Lists, batch: Batch) -> Truths:
    """Look up each named actor; members for a time count by the time of the report."""
    held = member[acting.ids]
    for spell in spells:
        mine = acting.ids == spell.actor
        rows = np.repeat(np.arange(len(batch)), acting.lengths)[mine]
        held[mine] = np.maximum(held[mine], _during(spell, batch)[rows])
    return held


def _during(spell: Spell, batch: Batch) -> Truths:
    begun = _after(batch, spell.begin.start_us, spell.begin.end_us)
    ended = _after(batch, spell.end.start_us, spell.end.end_us)
    return np.where(batch.dated, np.minimum(all_of(begun, negate(ended)), np.int8(spell.truth)), np.int8(0))


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

"""WHO and WHAT, judged: actors, acts and things of a report against those of a rule."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from truceline.basics.truth import Truths, all_of, any_of, negate
from truceline.evidence.acts import ACTS, acts_truth
from truceline.evidence.batch import Batch, Lists
from truceline.judge.acting import HIGHEST, LOWEST, acting_of, any_of_row, fold, membership, unlisted_of
from truceline.judge.answer import NO_REASON, Answer
from truceline.judge.reasons import bit
from truceline.judge.standing import standing_of
from truceline.judge.things import judge_things
from truceline.plan.tables import ByActor, Scope, Spell, What, Who

__all__ = ["judge_what", "judge_who", "names_member"]


def judge_who(who: Who, batch: Batch, scope: Scope | None = None) -> tuple[Answer, Answer]:
    """Say whether those who acted are addressed, before and after exceptions.

    Attributed (`by`): true if one of those named is addressed, false if none is. Not attributed:
    true if everybody involved is ("one of them did, each is bound"), false if nobody is, else
    unknown. Who did it is never inferred from the side of the line on which it happened. Those who
    are not bound, or whom a denial of this `scope` spares, do not count where others do.
    """
    every = replace(who, excepted=np.full_like(who.excepted, -1), excepted_spells=(), exception_undefined=False)
    return _judge_members(every, batch, scope), _judge_members(who, batch, scope)


def judge_what(what: What, batch: Batch) -> Answer:
    """Say whether the report shows the act (and the kind of thing) that the rule speaks of."""
    n = len(batch)
    parts = [_judge_act(tuple(ACTS)[act], batch) for act in what.acts]
    if what.things:
        parts.append(_both(_judge_act("presence", batch), judge_things(what.things, what.makes, batch)))
    if what.undefined:
        parts.append(Answer.constant(n, 0, "act_undefined"))
    truth = any_of(*(part.truth for part in parts))
    return Answer.of(truth, np.bitwise_or.reduce([part.reasons for part in parts]))


def names_member(member: ByActor, spells: tuple[Spell, ...], batch: Batch) -> Truths:
    """Say whether the report names an actor of a set: surely, possibly, or not at all."""
    named = [fold(np.maximum, lists, membership(member, spells, lists, batch), LOWEST)
             for lists in (batch.by, batch.involved)]  # fmt: skip
    return np.maximum(*named)


def _judge_act(act: str, batch: Batch) -> Answer:
    return Answer.of(acts_truth(act, batch.act, batch.maybe), bit("act_unclear"))


def _judge_members(who: Who, batch: Batch, scope: Scope | None) -> Answer:
    acting = acting_of(batch)
    member = membership(who.member, who.spells, acting, batch)
    excepted = membership(who.excepted, who.excepted_spells, acting, batch)
    meant = np.minimum(member, negate(excepted))
    held = _of_those_spoken_to(standing_of(who, scope, acting, batch), acting, meant)
    lowest = fold(np.minimum, acting, held, HIGHEST)
    highest = fold(np.maximum, acting, held, LOWEST)
    attributed, named = batch.by.lengths > 0, acting.lengths > 0
    agreed = np.where(lowest == highest, lowest, np.int8(0))
    truth = np.where(named, np.where(attributed, highest, agreed), np.int8(0))
    if (who.member == HIGHEST).all() and (who.excepted == LOWEST).all() and not who.excepted_spells:
        truth = np.ones(len(batch), dtype=np.int8)  # the rule addresses anybody at all
    mixed = ~attributed & (lowest == -1) & (highest >= 0)
    if who.undefined:
        return Answer.of(truth, bit("subject_undefined"))
    masks = np.where(named, NO_REASON, bit("actor_not_named")) | np.where(mixed, bit("attribution_unknown"), NO_REASON)
    # Words that nobody defined may except anybody: that is no contest about a list.
    contested = (member == 0) | ((excepted == 0) & (not who.exception_undefined))
    return Answer.of(truth, masks | _why_held(who, acting, meant, held, contested))


def _of_those_spoken_to(standing: Truths, acting: Lists, meant: Truths) -> Truths:
    """Count only those to whom the rule speaks, wherever it speaks to one of those who acted.

    Otherwise a rule would be broken by one who is not bound together with one who is not addressed.
    """
    somebody = np.repeat(fold(np.maximum, acting, standing, LOWEST) == HIGHEST, acting.lengths)
    return np.where(somebody, np.minimum(meant, standing), meant)


def _why_held(
    who: Who, acting: Lists, meant: Truths, held: Truths, contested: NDArray[np.bool_]
) -> NDArray[np.uint64]:  # fmt: skip
    """Name what leaves one of those who acted open: contested, unlisted, perhaps not spoken to, excepted in words."""
    unlisted = unlisted_of(who, acting)
    causes = {
        "membership_contested": (meant == 0) & (held == 0) & contested & ~unlisted,
        "actor_unlisted": (meant == 0) & (held == 0) & unlisted,
        "bound_unknown": (meant == 1) & (held == 0) & (who.bound[acting.ids] == 0),
        "denial_unclear": (meant == 1) & (held == 0) & (who.bound[acting.ids] == 1),
    }
    masks = np.bitwise_or.reduce([np.where(any_of_row(acting, marks), bit(code), NO_REASON)
                                  for code, marks in causes.items()])  # fmt: skip
    return np.asarray(masks | bit("exception_undefined") if who.exception_undefined else masks)


def _both(first: Answer, second: Answer) -> Answer:
    truth = all_of(first.truth, second.truth)
    return Answer.of(truth, first.reasons | second.reasons)

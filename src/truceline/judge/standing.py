"""Does a rule speak to those who acted? It does to whom it binds, and of whom the reading does not deny it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from truceline.basics.truth import Truths, negate
from truceline.evidence.batch import Batch, Lists
from truceline.judge.acting import HIGHEST, LOWEST, acting_of, any_of_row, fold, membership, unlisted_of
from truceline.judge.answer import NO_REASON, Answer
from truceline.judge.places import Places, judge_where
from truceline.judge.reasons import bit
from truceline.plan.tables import Rule, Scope, Who

__all__ = ["judge_bound", "judge_stands", "judge_stands_there", "standing_of"]


def judge_bound(who: Who, batch: Batch) -> Answer:
    """Say whether the agreement binds those who acted: any of them if attributed, else all of those involved.

    Where nobody is named it does if it binds everybody who may be addressed.
    """
    acting = acting_of(batch)
    named, bound = acting.lengths > 0, who.bound[acting.ids]
    truth, mixed = _of_those(bound, acting, batch)
    everybody = (who.bound[who.member >= 0] == 1).all()
    truth = np.where(named, truth, np.int8(everybody))
    masks = np.where(mixed, bit("attribution_unknown"), NO_REASON)
    masks |= np.where(~named | any_of_row(acting, bound == 0), bit("bound_unknown"), NO_REASON)
    return Answer.of(truth, masks)


def judge_stands(rule: Rule, batch: Batch) -> Answer:
    """Say whether the reading lets the rule stand as to those who acted, whatever the ground.

    A denial that names some only leaves the rule to all others. Where the agreement binds somebody it
    must stand for one whom it binds: else it would be broken by one who is not bound together with
    one of whom it is denied.
    """
    n = len(batch)
    if not rule.denied:
        return Answer.constant(n, 1)
    if rule.scope is None:
        return Answer.constant(n, -1)
    acting = acting_of(batch)
    denied, bound = _denied(rule.scope, acting, batch), rule.who.bound[acting.ids]
    alone, mixed = _of_those(negate(denied), acting, batch)
    joint, mixed_too = _of_those(np.minimum(bound, negate(denied)), acting, batch)
    binds = judge_bound(rule.who, batch).truth == HIGHEST
    named = acting.lengths > 0
    truth = np.where(named, np.where(binds, joint, alone), -_denied_to_all(rule.scope))
    unlisted = unlisted_of(rule.who, acting)
    unclear = any_of_row(acting, (denied == 0) & ~unlisted) | rule.scope.undefined
    masks = np.where(unclear, bit("denial_unclear"), NO_REASON)
    masks |= np.where(any_of_row(acting, (denied == 0) & unlisted), bit("actor_unlisted"), NO_REASON)
    masks |= np.where(binds & any_of_row(acting, bound == 0), bit("bound_unknown"), NO_REASON)
    masks |= np.where(mixed | (binds & mixed_too), bit("attribution_unknown"), NO_REASON)
    masks |= np.where(named, NO_REASON, bit("actor_not_named"))
    return Answer.of(truth.astype(np.int8), masks)


def judge_stands_there(rule: Rule, places: Places) -> Answer:
    """Say whether the reading lets the rule stand on the ground of the report, whoever acted."""
    if not rule.denied or rule.scope is None or rule.scope.where is None:
        return Answer.constant(len(places), 1)
    return judge_where(rule.scope.where, places).opposite


def standing_of(who: Who, scope: Scope | None, acting: Lists, batch: Batch) -> Truths:
    """Say of each of those who acted whether the rule speaks to him: he is bound, and it is not denied as to him."""
    bound = who.bound[acting.ids]
    return bound if scope is None else np.minimum(bound, negate(_denied(scope, acting, batch)))


def _denied(scope: Scope, acting: Lists, batch: Batch) -> Truths:
    return membership(scope.member, scope.spells, acting, batch)


def _denied_to_all(scope: Scope) -> int:
    """Say whether everybody is denied (1), nobody (-1), or some (0): of one who is not named no more is known."""
    reach = scope.member.copy()
    reach[[spell.actor for spell in scope.spells]] = 0
    return int(reach[0]) if (reach == reach[0]).all() else 0


def _of_those(values: Truths, acting: Lists, batch: Batch) -> tuple[Truths, NDArray[np.bool_]]:
    """Ask any of them if attributed, else all of them; and say where it hangs on which of them it was."""
    lowest, highest = fold(np.minimum, acting, values, HIGHEST), fold(np.maximum, acting, values, LOWEST)
    attributed = batch.by.lengths > 0
    return np.where(attributed | (lowest == highest), highest, np.int8(0)), ~attributed & (lowest < highest)

"""Those who acted, report by report: their ids, what is known of each, and what follows for the report."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from truceline.basics.truth import Truths, all_of, negate
from truceline.evidence.batch import Batch, Lists
from truceline.judge.when import after
from truceline.plan.tables import ByActor, Spell, Who

__all__ = ["HIGHEST", "LOWEST", "acting_of", "any_of_row", "fold", "membership", "unlisted_of"]

LOWEST, HIGHEST = np.int8(-1), np.int8(1)


def membership(member: ByActor, spells: tuple[Spell, ...], acting: Lists, batch: Batch) -> Truths:
    """Look up each named actor; members for a time count by the time of the report."""
    held = member[acting.ids]
    for spell in spells:
        mine = acting.ids == spell.actor
        rows = np.repeat(np.arange(len(batch)), acting.lengths)[mine]
        held[mine] = np.maximum(held[mine], _during(spell, batch)[rows])
    return held


def _during(spell: Spell, batch: Batch) -> Truths:
    begun = after(batch, spell.begin.start_us, spell.begin.end_us)
    ended = after(batch, spell.end.start_us, spell.end.end_us)
    return np.where(batch.dated, np.minimum(all_of(begun, negate(ended)), np.int8(spell.truth)), np.int8(0))


def acting_of(batch: Batch) -> Lists:
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


def unlisted_of(who: Who, acting: Lists) -> NDArray[np.bool_]:
    """Mark each of those who acted whom the terms do not list, under this reading."""
    unknown: NDArray[np.bool_] = acting.ids == -1
    return unknown | np.isin(acting.ids, who.unlisted) if who.unlisted else unknown


def fold(combine: np.ufunc, lists: Lists, values: Truths, empty: np.int8) -> Truths:
    """Fold the members of each row; a row without members gives `empty`."""
    result = np.full(len(lists.starts) - 1, empty, dtype=np.int8)
    filled = lists.lengths > 0
    if filled.any():
        result[filled] = combine.reduceat(values, lists.starts[:-1][filled])
    return result


def any_of_row(lists: Lists, marks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Say which rows have a member that is marked; one without members has none."""
    return fold(np.maximum, lists, marks.astype(np.int8), np.int8(0)) > 0

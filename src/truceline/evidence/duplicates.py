"""Pairs of reports that may be of one incident. They are proposed, with the reasons; people decide.

Two reports may be one where their times and their places have something in common and their actors and acts
do not exclude each other. A report without a time or a disc has everything in common with any
other, so nothing is proposed for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from truceline.basics.truth import FALSE
from truceline.evidence.acts import ACTS, may_table, truth_table
from truceline.evidence.batch import Batch, Lists

__all__ = ["Proposals", "propose"]

_DAY_US: Final = 86_400_000_000
_AT_ONCE: Final = 2**21  # pairs
_A, _E2 = 6_378_137.0, 0.00669437999014  # WGS 84

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Bits = NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Proposals:
    """k proposed pairs, by row, and what was left out.

    `first`, `second` : rows of the batch, first < second, each pair once, in this order.
    `apart_m` : metres between the centres of their discs; `reach_m` : the sum of the two radii.
    `shared_us` : how long both may have been at once.
    `same_doer`, `same_actor`, `same_act` : what both name; False also where one of them does not say.
    `vague` : rows too vague to propose anything: no time, no disc, or wider than asked for.
    `crowded` : rows with too many reports around them at their time; their pairs are left out.
    """

    first: Ints
    second: Ints
    apart_m: Floats
    reach_m: Floats
    shared_us: Ints
    same_doer: Flags
    same_actor: Flags
    same_act: Flags
    vague: Ints
    crowded: Ints

    def __len__(self) -> int:
        """Count the pairs."""
        return len(self.first)

    def reasons(self, pair: int) -> tuple[str, ...]:
        """Tell in words why a pair is proposed.

        Returns
        -------
        tuple of str
            Such as ``2.0 km apart, within 4.0 km of uncertainty``.
        """
        hours = self.shared_us[pair] / 3_600_000_000
        when = f"{hours:.1f} hours in common" if hours else "the same instant"
        where = f"{self.apart_m[pair] / 1000:.1f} km apart, within {self.reach_m[pair] / 1000:.1f} km of uncertainty"
        who = "the same doer" if self.same_doer[pair] else "an actor in common" if self.same_actor[pair] else ""
        return (
            when,
            where,
            who or "no actor against it",
            "the same act" if self.same_act[pair] else "no act against it",
        )


@dataclass(frozen=True, slots=True)
class _Signs:
    """What reports say of actors and acts, as bits: doers, all actors, acts shown, and acts that go with them."""

    doers: Bits
    actors: Bits
    attributed: Flags
    shown: NDArray[np.uint64]
    allowed: NDArray[np.uint64]


def propose(batch: Batch, *, widest_m: float = 30_000.0, longest_us: int = 31 * _DAY_US, crowd: int = 500) -> Proposals:
    """Propose the pairs of reports that may be of one incident.

    Parameters
    ----------
    batch : Batch
        The reports.
    widest_m, longest_us : float, int
        Reports with a larger radius or a longer time propose nothing: they go with everything around them.
    crowd : int
        A report with more later ones than this around it, before it ends, is listed as crowded instead.

    Returns
    -------
    Proposals
        Complete among the rows that are neither vague nor crowded: every pair whose discs and times touch, whose
        doers, where both are attributed to known ones, have somebody in common, and whose acts may be one.

    Notes
    -----
    Distances are chords of the ellipsoid: below 100 km less than 1 m shorter than along the ground, so that no pair
    is missed. How fast: a hundred thousand reports of four years take a few seconds.

    Examples
    --------
    See tests/evidence/test_duplicates.py, where a pair is proposed and each of its conditions is broken in turn.
    """
    length = batch.end_us - batch.start_us
    fit = batch.dated & batch.placed & (batch.region < 0) & (batch.radius <= widest_m) & (length <= longest_us)
    rows = np.flatnonzero(fit)
    some = batch.take(rows)
    space, signs = _ecef(some.lon, some.lat), _signs(some)
    begin, end, order, owner = _windows(some, space)
    many = np.bincount(owner, weights=end - begin, minlength=len(rows)) > crowd
    parts = [_kept(some, space, signs, i, j) for i, j in _pairs(begin, end, order, owner, ~many[owner])]
    pairs = np.concatenate([np.empty((0, 2), dtype=np.int64), *parts])
    return _proposals(some, space, signs, rows, pairs, np.flatnonzero(~fit), rows[many])


def _ecef(lon: Floats, lat: Floats) -> Floats:
    """Place points on the ellipsoid, in metres from its middle: shape (n, 3)."""
    a, b = np.radians(lon), np.radians(lat)
    normal = _A / np.sqrt(1.0 - _E2 * np.sin(b) ** 2)
    return np.stack([normal * np.cos(b) * np.cos(a), normal * np.cos(b) * np.sin(a), normal * (1 - _E2) * np.sin(b)], 1)


def _windows(batch: Batch, space: Floats) -> tuple[Ints, Ints, Ints, Ints]:
    """Find for each report and each cell around it the run of later reports there that begin before it ends.

    Returns `begin` and `end` of the runs in `order`, an order of the reports by cell and time, and whose run it is.
    """
    n = len(batch)
    size = max(1000.0, 2.0 * float(batch.radius.max(initial=0.0)))
    cells = np.floor(space / size).astype(np.int64) + 8192  # 14 bits each: a cell has a kilometre at the least
    keys = (cells[:, 0] << 28) | (cells[:, 1] << 14) | cells[:, 2]
    known = np.unique(keys)
    rank = np.empty(n, dtype=np.int64)
    rank[np.argsort(batch.start_us, kind="stable")] = np.arange(n)
    until = np.searchsorted(np.sort(batch.start_us), _last(batch), side="right")
    spot = np.searchsorted(known, keys) * n + rank
    order = np.argsort(spot)
    spots = spot[order]
    begins, ends, owners = [], [], []
    for step in product((-1, 0, 1), repeat=3):
        near = keys + (step[0] << 28) + (step[1] << 14) + step[2]
        cell = np.minimum(np.searchsorted(known, near), max(len(known) - 1, 0))
        there = np.flatnonzero(known[cell] == near) if n else np.empty(0, dtype=np.int64)
        begins.append(np.searchsorted(spots, cell[there] * n + rank[there] + 1))
        ends.append(np.searchsorted(spots, cell[there] * n + until[there]))
        owners.append(there)
    begin, owner = np.concatenate(begins), np.concatenate(owners)
    return begin, np.maximum(begin, np.concatenate(ends)), order, owner


def _pairs(begin: Ints, end: Ints, order: Ints, owner: Ints, wanted: Flags) -> Iterator[tuple[Ints, Ints]]:
    """Write the runs out as pairs, some at a time."""
    filled = np.flatnonzero(wanted & (end > begin))
    begin, count, owner = begin[filled], (end - begin)[filled], owner[filled]
    cuts = np.searchsorted(np.cumsum(count), np.arange(_AT_ONCE, int(count.sum()), _AT_ONCE))
    for part in np.split(np.arange(len(count)), cuts):
        sizes = count[part]
        ends = np.cumsum(sizes)
        within = np.arange(int(sizes.sum())) - np.repeat(ends - sizes, sizes)
        yield np.repeat(owner[part], sizes), order[np.repeat(begin[part], sizes) + within]


def _kept(batch: Batch, space: Floats, signs: _Signs, i: Ints, j: Ints) -> Ints:
    """Keep the pairs that nothing speaks against."""
    near = np.flatnonzero(_apart(space, i, j) <= batch.radius[i] + batch.radius[j])
    i, j = i[near], j[near]
    apart = signs.attributed[i] & signs.attributed[j] & ~_common(signs.doers, i, j)
    keep = ~apart & ((signs.allowed[i] & signs.shown[j]) != 0)
    return np.stack([i[keep], j[keep]], 1)


def _proposals(
    batch: Batch, space: Floats, signs: _Signs, rows: Ints, pairs: Ints, vague: Ints, crowded: Ints
) -> Proposals:
    pairs = np.sort(pairs, axis=1)
    i, j = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))].T
    last = _last(batch)
    return Proposals(
        rows[i], rows[j], _apart(space, i, j), batch.radius[i] + batch.radius[j],
        np.minimum(last[i], last[j]) - np.maximum(batch.start_us[i], batch.start_us[j]),
        _common(signs.doers, i, j), _common(signs.actors, i, j), (batch.act[i] == batch.act[j]) & (batch.act[i] >= 0),
        vague, crowded,
    )  # fmt: skip


def _last(batch: Batch) -> Ints:
    """Give the last microsecond in which each report may lie."""
    return np.maximum(batch.end_us - 1, batch.start_us)


def _apart(space: Floats, i: Ints, j: Ints) -> Floats:
    apart: Floats = np.sqrt(((space[i] - space[j]) ** 2).sum(axis=1))
    return apart


def _common(bits: Bits, i: Ints, j: Ints) -> Flags:
    common: Flags = ((bits[i] & bits[j]) != 0).any(axis=1)
    return common


def _signs(batch: Batch) -> _Signs:
    ids = np.concatenate([batch.by.ids, batch.involved.ids])
    used = np.unique(ids[ids >= 0])
    doers = _actor_bits(batch.by, used)
    strangers = np.zeros(len(batch), dtype=bool)  # whose doer may be anybody
    strangers[_owners(batch.by)[batch.by.ids < 0]] = True
    shown = _act_bits(batch, np.eye(len(ACTS), dtype=bool))
    names = tuple(ACTS)
    goes = (truth_table(names) != FALSE) | (may_table(names) != FALSE)
    allowed = _act_bits(batch, goes | goes.T)
    attributed = (batch.by.lengths > 0) & ~strangers
    return _Signs(doers, doers | _actor_bits(batch.involved, used), attributed, shown, allowed)


def _actor_bits(lists: Lists, used: NDArray[np.int32]) -> Bits:
    """Write each list of actors as bits, one for each actor in use."""
    bits = np.zeros((len(lists.lengths), len(used) // 64 + 1), dtype=np.uint64)
    known = lists.ids >= 0
    place = np.searchsorted(used, lists.ids[known])
    np.bitwise_or.at(bits, (_owners(lists)[known], place // 64), np.uint64(1) << (place % 64).astype(np.uint64))
    return bits


def _act_bits(batch: Batch, table: Flags) -> NDArray[np.uint64]:
    """Write for each report, as bits, the acts that `table` has in the rows of its acts; all where one is not known."""
    powers = np.uint64(1) << np.arange(len(ACTS), dtype=np.uint64)
    rows = np.append(table @ powers, powers.sum())  # the last is for what is not known, -1
    bits = rows[batch.act]
    np.bitwise_or.at(bits, _owners(batch.maybe), rows[batch.maybe.ids])
    return bits


def _owners(lists: Lists) -> Ints:
    return np.repeat(np.arange(len(lists.lengths)), lists.lengths)

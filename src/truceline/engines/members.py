"""Who is named, by kind: reports that name the same actors belong to the same sets, and are asked about once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from truceline.basics.truth import Truths
from truceline.engines.numbers import Numbers, all_known, grown, unknown
from truceline.engines.setup import Setup
from truceline.errors import Fault, UsageError
from truceline.evidence.batch import Batch, Lists
from truceline.judge.subjects import names_member
from truceline.judge.when import after
from truceline.plan.subject import members_of
from truceline.plan.tables import ByActor, Spell
from truceline.terms.trouble import among

__all__ = ["EVERYONE", "Members", "Named", "entries_of"]

EVERYONE = "everyone"
"""The name under which reports are counted whoever is named in them."""


@dataclass(frozen=True, slots=True)
class Named:
    """n reports by kind, and the sets whose actors the reports of each kind name.

    `surely`, `possibly` : per kind, the numbers of the sets, as `entries_of` writes them.
    """

    kind: NDArray[np.int64]
    surely: Lists
    possibly: Lists


class Members:
    """Say of n reports which of some sets they name, an actor of each; threads may share it.

    Parameters
    ----------
    setup : Setup
    names : sequence of str
        Sets or actors of the agreement, or `EVERYONE`.

    Raises
    ------
    UsageError
        TL-E902, if there is no such set or actor.
    """

    def __init__(self, setup: Setup, names: Sequence[str]) -> None:
        self._sets = [_actors_of(setup, name) for name in names]
        spells = [spell for one in self._sets if one is not None for spell in one[1]]
        self._edges = tuple(dict.fromkeys(edge for spell in spells for edge in (spell.begin, spell.end)))
        self._mixed, self._lists = (Numbers(quick=setup.atlas.quick) for _ in range(2))
        self._lock = Lock()
        self._kinds: dict[bytes, int] = {}
        self._kind_of = np.zeros(0, dtype=np.int64)
        self._entries = (entries_of(np.zeros((0, len(names)), np.bool_)),) * 2

    @property
    def asks_who(self) -> bool:
        """Whether it depends on who is named in a report."""
        return any(one is not None for one in self._sets)

    @property
    def asks_when(self) -> bool:
        """Whether somebody is a member for a part of the time."""
        return bool(self._edges)

    def of(self, batch: Batch) -> Named:
        """Give n reports, coded, their kinds."""
        lists = self._numbered(batch)
        if not all_known(self._kind_of, lists):
            self._learn(lists, batch)
        return Named(self._kind_of[lists], *self._entries)

    def _numbered(self, batch: Batch) -> NDArray[np.int64]:
        """Tell reports apart by all on which it can depend whose actors they name."""
        when = np.zeros(len(batch), dtype=np.int64)
        if not self.asks_who:
            return when
        for edge in self._edges:
            when = self._mixed.of_pairs(when, after(batch, edge.start_us, edge.end_us).astype(np.int64) + 1)
        if self._edges:
            when = self._mixed.of_pairs(when, batch.dated.astype(np.int64))
        return self._lists.of(self._mixed.of_lists(self._mixed.of_lists(when, batch.by), batch.involved))

    def _learn(self, lists: NDArray[np.int64], batch: Batch) -> None:
        """Ask about one report of each of those that are new; equal answers are one kind."""
        with self._lock:
            known = grown(self._kind_of, max(int(lists.max()) + 1, len(self._kind_of)))
            new, rows = unknown(known, lists)
            truths = self._asked(batch.take(rows))
            known[new] = [self._kinds.setdefault(row.tobytes(), len(self._kinds)) for row in truths]
            every = np.frombuffer(b"".join(self._kinds), dtype=np.int8).reshape(len(self._kinds), len(self._sets))
            self._entries = entries_of(every == 1), entries_of(every >= 0)
            self._kind_of = known

    def _asked(self, batch: Batch) -> Truths:
        """Say of n reports whether each names an actor of each of m sets, shape (n, m)."""
        everyone = np.ones(len(batch), dtype=np.int8)
        return np.stack([everyone if one is None else names_member(*one, batch) for one in self._sets], axis=1)


def entries_of(belongs: NDArray[np.bool_]) -> Lists:
    """Write down to which of m sets each of n kinds belongs: a set by its number, all of them by m.

    Whoever may belong to nearly all sets, such as an actor whom the terms do not list, has few entries too:
    all of them, and each set that is not among them by its number from behind (-1 is the first).

    >>> entries_of(np.array([[False, True, False, False], [True, False, True, True]]))
    Lists(starts=array([0, 1, 3]), ids=array([ 1, -2,  4], dtype=int32))
    """
    n, m = belongs.shape
    mostly = 2 * belongs.sum(axis=1) > m
    kinds, sets = np.nonzero(np.column_stack([belongs != mostly[:, None], mostly]))
    starts = np.searchsorted(kinds, np.arange(n + 1))
    return Lists(starts, np.where(mostly[kinds] & (sets < m), ~sets, sets).astype(np.int32))


def _actors_of(setup: Setup, name: str) -> tuple[ByActor, tuple[Spell, ...]] | None:
    """Give the members of a set; None where it is everyone."""
    if name == EVERYONE:
        return None
    text = setup.agreement.under(None)
    if name not in text.sets and name not in text.actors:
        there = among(name, (EVERYONE, *text.sets, *text.actors))
        raise UsageError([Fault(setup.agreement.name, "TL-E902", f"there is no set {name!r}", there)])
    member, spells, _ = members_of([name], text, setup.book)
    return member, spells

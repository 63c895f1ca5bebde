"""Dense numbers for keys as they come: equal keys get equal numbers, batch after batch and in every thread."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from truceline.evidence.batch import Lists
from truceline.judge.traits import Key
from truceline.locate.quick import installed

__all__ = ["BELOW", "Numbers", "all_known", "grown", "unknown"]

Codes = NDArray[np.int64]
START, FIRST_ID = 0, 2
"""The mark that begins a list, and by how much ids are shifted (they begin at -1), so that none looks like it."""
BELOW, ROOM = 2**31, 2**62
"""All numbers are below the one, and all keys are to be below the other."""
FEWEST = 256
"""Slots of an empty table."""


class Numbers:
    """Give every distinct key a number, counting from 0 in the order in which keys come.

    Parameters
    ----------
    quick : bool
        Look keys up by compiled code, if there is any: worth its loading for some hundred thousand of them.

    Examples
    --------
    >>> numbers = Numbers()
    >>> numbers.of(np.array([70, 5, 70])), numbers.of(np.array([5, 9]))
    (array([0, 1, 0]), array([1, 2]))
    """

    def __init__(self, *, quick: bool = False) -> None:
        self._known: dict[int, int] = {}
        self._lock = Lock()
        self._quick = quick and installed()
        self._slots = _Slots(FEWEST)

    def __len__(self) -> int:
        """Count the distinct keys so far."""
        return len(self._known)

    def of(self, keys: Codes) -> Codes:
        """Give n keys their numbers."""
        return self._looked_up(keys) if self._quick else self._numbered(keys)

    def of_pairs(self, first: Codes, second: Codes) -> Codes:
        """Give n pairs of numbers (each below 2**31) theirs."""
        return self.of(first << 32 | second)

    def of_lists(self, before: Codes, lists: Lists) -> Codes:
        """Give n lists their numbers, each together with a number below 2**31 that goes before it.

        >>> lists = Lists(np.array([0, 1, 1, 2]), np.array([7, 7]))
        >>> one, empty, same = Numbers().of_lists(np.zeros(3, dtype=np.int64), lists)
        >>> one == same, one == empty
        (np.True_, np.False_)
        """
        numbers = self.of_pairs(before, np.full(len(before), START))
        lengths = lists.lengths
        for place in range(int(lengths.max(initial=0))):
            rows = np.flatnonzero(lengths > place)
            members = lists.ids[lists.starts[rows] + place].astype(np.int64)
            numbers[rows] = self.of_pairs(numbers[rows], members + FIRST_ID)
        return numbers

    def joined(self, keys: Iterable[Key], n: int) -> Key:
        """Join keys of n rows into one, below a number that does not depend on the rows.

        >>> Numbers().joined([(np.array([1, 0]), 2), (np.array([7, 2]), 10)], 2)
        (array([17,  2]), 20)
        """
        whole, room = np.zeros(n, dtype=np.int64), 1
        for column, below in keys:
            if room * below > ROOM:
                whole, room = self.short((whole, room))
            if room * below > ROOM:
                column, below = self.short((column.astype(np.int64), below))  # noqa: PLW2901
            whole, room = whole * below + column, room * below
        return whole, room

    def short(self, key: Key) -> Key:
        """Give a key itself, or, if it may be long, its numbers, which are below 2**31."""
        column, below = key
        return (column, below) if below <= BELOW else (self.of(column.astype(np.int64, copy=False)), BELOW)

    def _numbered(self, keys: Codes) -> Codes:
        distinct, first, which = np.unique(keys, return_index=True, return_inverse=True)
        order = np.argsort(first)
        numbers = np.empty(len(distinct), dtype=np.int64)
        numbers[order] = self._of_each(distinct[order])
        return np.asarray(numbers[which])

    def _looked_up(self, keys: Codes) -> Codes:
        from truceline.engines.slots import look_up  # noqa: PLC0415 (numba may be missing, and is slow to load)

        numbers = np.empty(len(keys), dtype=np.int64)
        keys = np.ascontiguousarray(keys)
        if look_up(keys, self._slots.keys, self._slots.numbers, numbers):
            missing = np.flatnonzero(numbers < 0)
            numbers[missing] = self._numbered(keys[missing])
        return numbers

    def _of_each(self, distinct: Codes) -> list[int]:
        known = self._known
        try:
            return [known[key] for key in distinct.tolist()]
        except KeyError:
            with self._lock:
                numbers = [known.setdefault(key, len(known)) for key in distinct.tolist()]
                if self._quick:
                    self._slots = self._slots.with_those(distinct, np.array(numbers), known)
            return numbers


class _Slots:
    """The same keys and numbers as a table for compiled code, of a power of two of slots; it is never changed."""

    def __init__(self, count: int) -> None:
        self.keys = np.zeros(count, dtype=np.int64)
        self.numbers = np.full(count, -1, dtype=np.int64)

    def with_those(self, keys: Codes, numbers: Codes, known: Mapping[int, int]) -> _Slots:
        """Make a table with some keys more; others may look at this one meanwhile, so that it stays as it is."""
        from truceline.engines.slots import enter  # noqa: PLC0415

        if 2 * len(known) <= len(self.keys):
            table = copy.deepcopy(self)
        else:
            table = _Slots(4 << len(known).bit_length())
            keys, numbers = (np.array(list(part), dtype=np.int64) for part in (known.keys(), known.values()))
        enter(keys, numbers, table.keys, table.numbers)
        return table


def all_known(table: Codes, codes: Codes) -> bool:
    """Say whether a table has an entry for every code: none is past its end, and none is -1."""
    return int(codes.max(initial=-1)) < len(table) and bool((table[codes] >= 0).all())


def unknown(table: Codes, codes: Codes) -> tuple[Codes, Codes]:
    """List the codes that a table has no entry for, and for each the first row that has it."""
    new = np.flatnonzero(table[codes] < 0)
    distinct, first = np.unique(codes[new], return_index=True)
    return distinct, new[first]


def grown(table: NDArray[Any], length: int) -> NDArray[Any]:
    """Copy a table, with room for so many entries; those to come are -1 (or all ones)."""
    room = np.full((length, *table.shape[1:]), -1).astype(table.dtype)
    room[: len(table)] = table
    return room

"""Dense numbers for keys as they come: equal keys get equal numbers, batch after batch and in every thread."""

from __future__ import annotations

from threading import Lock

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from truceline.evidence.batch import Lists

__all__ = ["Numbers"]

Codes = NDArray[np.int64]
START, END, FIRST_ID = 0, 1, 3
"""The marks that begin and end a list, and by how much ids are shifted (they begin at -1), so that none looks alike."""


class Numbers:
    """Give every distinct key a number, counting from 0 in the order in which keys come.

    >>> numbers = Numbers()
    >>> numbers.of(np.array([70, 5, 70])), numbers.of(np.array([5, 9]))
    (array([0, 1, 0]), array([1, 2]))
    """

    def __init__(self) -> None:
        self._known: dict[int, int] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        """Count the distinct keys so far."""
        return len(self._known)

    def of(self, keys: Codes) -> Codes:
        """Give n keys their numbers."""
        encoded = pa.array(keys).dictionary_encode()
        distinct = encoded.dictionary.to_pylist()
        try:
            numbers = [self._known[key] for key in distinct]
        except KeyError:
            numbers = self._added(distinct)
        found: Codes = np.array(numbers, dtype=np.int64)[encoded.indices.to_numpy(zero_copy_only=False)]
        return found

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
        return self.of_pairs(numbers, np.full(len(numbers), END))

    def _added(self, distinct: list[int]) -> list[int]:
        with self._lock:
            return [self._known.setdefault(key, len(self._known)) for key in distinct]

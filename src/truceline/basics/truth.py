"""Three-valued logic after Kleene: true, false, and "cannot be told".

Truth values are the integers 1, 0 and -1 in int8 arrays, so that AND is the minimum, OR the
maximum and NOT the negation. A single value is a `Truth`, which refuses to be used as a bool:
``if truth:`` would turn "cannot be told" into yes or no.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NoReturn

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["FALSE", "TRUE", "UNKNOWN", "Truth", "Truths", "all_of", "any_of", "negate"]

Truths = NDArray[np.int8]


class Truth(IntEnum):
    """One truth value; it has no bool.

    >>> bool(Truth.UNKNOWN)
    Traceback (most recent call last):
    TypeError: a Truth is true, false or unknown: compare it with Truth.TRUE, Truth.FALSE or Truth.UNKNOWN
    """

    FALSE = -1
    UNKNOWN = 0
    TRUE = 1

    def __bool__(self) -> NoReturn:
        """Refuse: a third value has no place in an `if`."""
        msg = "a Truth is true, false or unknown: compare it with Truth.TRUE, Truth.FALSE or Truth.UNKNOWN"
        raise TypeError(msg)


FALSE, UNKNOWN, TRUE = np.int8(-1), np.int8(0), np.int8(1)


def all_of(*parts: ArrayLike) -> Truths:
    """Kleene AND: false if one is false, true if all are true, else unknown.

    >>> all_of([1, 1, 0], [1, -1, -1])
    array([ 1, -1, -1], dtype=int8)
    """
    return _fold(np.minimum, parts)


def any_of(*parts: ArrayLike) -> Truths:
    """Kleene OR: true if one is true, false if all are false, else unknown.

    >>> any_of([1, 0, -1], [-1, -1, -1])
    array([ 1,  0, -1], dtype=int8)
    """
    return _fold(np.maximum, parts)


def negate(part: ArrayLike) -> Truths:
    """Kleene NOT: unknown stays unknown.

    >>> negate([1, 0, -1])
    array([-1,  0,  1], dtype=int8)
    """
    return (-np.asarray(part, dtype=np.int8)).astype(np.int8)


def _fold(combine: np.ufunc, parts: tuple[ArrayLike, ...]) -> Truths:
    arrays = [np.asarray(part, dtype=np.int8) for part in parts]
    result = arrays[0]
    for array in arrays[1:]:
        result = combine(result, array)
    return result

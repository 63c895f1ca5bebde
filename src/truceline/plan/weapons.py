"""WHAT, compiled as far as it is a thing: selectors as small trees, and what the terms know of makes, by id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["ANY_SIZE", "NOT_STATED", "UNLISTED", "Bounds", "BySize", "ByWords", "Make", "Makes", "Sort", "Thing",
           "selects_by_make_or_size", "sizes_in"]  # fmt: skip

NOT_STATED, UNLISTED = -1, -2
"""Ids of a make: the report names none; it names one that the terms do not list."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Sizes from `lo` to `hi`, both included: millimetres of calibre, metres of range."""

    lo: float
    hi: float


ANY_SIZE = Bounds(-np.inf, np.inf)


@dataclass(frozen=True, slots=True)
class BySize:
    """What is a `thing` and of these sizes."""

    thing: Thing
    calibre: Bounds = ANY_SIZE
    range: Bounds = ANY_SIZE


@dataclass(frozen=True, slots=True)
class Make:
    """One make: the ids of the words that stand for it, the id of its kind, and its sizes as far as they are known."""

    words: tuple[int, ...]
    kind: int
    calibre: Bounds = ANY_SIZE
    range: Bounds = ANY_SIZE


@dataclass(frozen=True, slots=True)
class Sort:
    """What is one of `any` and none of `but_not`."""

    any: tuple[Thing, ...]
    but_not: tuple[Thing, ...] = ()


@dataclass(frozen=True, slots=True)
class ByWords:
    """Something in words that nobody has defined."""


Thing = int | BySize | Make | Sort | ByWords
"""A selector; a number is the id of a kind."""


@dataclass(frozen=True, slots=True)
class Makes:
    """What a text knows of the make behind each word, by id; the last two entries are `UNLISTED` and `NOT_STATED`.

    `kind` : ids of kinds, -1 where the text lists no such make. `calibre`, `range` : bounds, shape (words + 2, 2).
    """

    kind: NDArray[np.int32]
    calibre: NDArray[np.float64]
    range: NDArray[np.float64]

    @classmethod
    def of(cls, words: int, makes: Iterable[Make]) -> Makes:
        """Tabulate makes by so many words.

        >>> Makes.of(2, [Make((1,), 10, Bounds(122.0, 122.0))]).calibre[1]
        array([122., 122.])
        """
        kind = np.full(words + 2, -1, dtype=np.int32)
        calibre, reach = (np.tile([-np.inf, np.inf], (words + 2, 1)) for _ in range(2))
        for make in makes:
            for word in make.words:
                kind[word] = make.kind
                calibre[word] = make.calibre.lo, make.calibre.hi
                reach[word] = make.range.lo, make.range.hi
        return cls(kind, calibre, reach)


def selects_by_make_or_size(thing: Thing) -> bool:
    """Say whether a selector asks of more than the kind.

    >>> selects_by_make_or_size(Sort((3, 4), (5,))), selects_by_make_or_size(Sort((3,), (Make((0,), 4),)))
    (False, True)
    """
    return any(True for _ in sizes_in(thing))


def sizes_in(thing: Thing) -> Iterator[tuple[Bounds, Bounds]]:
    """List the calibres and ranges that a selector asks of a report, those of the parts included.

    >>> list(sizes_in(Sort((3, BySize(3, Bounds(100.0, np.inf))))))
    [(Bounds(lo=100.0, hi=inf), Bounds(lo=-inf, hi=inf))]
    """
    if isinstance(thing, BySize | Make):
        yield thing.calibre, thing.range
    if isinstance(thing, BySize):
        yield from sizes_in(thing.thing)
    elif isinstance(thing, Sort):
        for part in (*thing.any, *thing.but_not):
            yield from sizes_in(part)

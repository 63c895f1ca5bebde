"""Cells that hold lists of names, and columns that hold one word."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
import pyarrow as pa

from truceline.evidence.mapping import is_actor

__all__ = ["actors_of", "constant", "listed", "lists_of"]


def constant(word: str | None, count: int) -> pa.Array:
    """Make a column that says one thing in every row.

    >>> constant("public", 2).to_pylist()
    ['public', 'public']
    """
    return pa.array([word], pa.string()).take(pa.array(np.zeros(count, dtype=np.int64)))


def listed(lists: Iterable[Sequence[str] | None]) -> pa.Array:
    """Make a column of lists; an empty list is an empty cell: not stated.

    >>> listed([("a", "b"), ()]).to_pylist()
    [['a', 'b'], None]
    """
    return pa.array([list(each) if each else None for each in lists], pa.list_(pa.string()))


def lists_of(cells: pa.ChunkedArray, mark: str) -> pa.Array:
    """Split cells into lists, each name once, in the order of the cell.

    >>> lists_of(pa.chunked_array([["North; South;North", None]]), ";").to_pylist()
    [['North', 'South'], None]
    """
    coded = cells.combine_chunks().dictionary_encode()
    return listed(actors_of(text, mark) for text in coded.dictionary.to_pylist()).take(coded.indices)


def actors_of(cell: str, mark: str, nobody: Collection[str] = ()) -> tuple[str, ...]:
    """Split one cell where the data set lists several, and leave out names that are no actors.

    >>> actors_of("North, Bystanders, South", ", ", {"Bystanders"})
    ('North', 'South')
    """
    names = dict.fromkeys(name.strip() for name in cell.split(mark))
    return tuple(name for name in names if name and is_actor(name, nobody))

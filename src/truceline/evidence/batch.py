"""Reports as columns of numbers: what the judge sees. Names have become ids by now."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Batch", "Lists"]


@dataclass(frozen=True, slots=True)
class Lists:
    """A column of lists of ids: the members of row i are ``ids[starts[i]:starts[i + 1]]``.

    >>> Lists(np.array([0, 2, 2]), np.array([4, 7])).lengths
    array([2, 0])
    """

    starts: NDArray[np.int64]
    ids: NDArray[np.int32]

    @property
    def lengths(self) -> NDArray[np.int64]:
        """How many members each row has; 0 means that the report names nobody."""
        return np.diff(self.starts)

    def take(self, rows: NDArray[np.int64]) -> Lists:
        """Take some rows, in the order given."""
        lengths = self.lengths[rows]
        starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        within = np.arange(starts[-1]) - np.repeat(starts[:-1], lengths)
        return Lists(starts, self.ids[np.repeat(self.starts[rows], lengths) + within])


@dataclass(frozen=True, slots=True)
class Batch:
    """n reports, one array entry each.

    `start_us`, `end_us` : the event surely lies in [start, end), microseconds UTC; equal for an instant.
    `dated` : false where no date is stated (start and end then mean nothing).
    `lasting` : it lasted throughout [start, end).
    `lon`, `lat` : degrees; NaN only where `placed` is false.
    `placed` : a disc is stated: the true place surely lies within `radius` metres of (lon, lat).
    `region` : id of the region in which it surely lies, or -1; it goes before the disc.
    `by`, `involved` : ids of actors; an id that the agreement does not know is -1.
    `act` : id in `acts.ACTS`, -1 where not stated; `maybe` : further acts that it may show,
    -1 where an act is outside the tree.
    `thing` : id of the thing, -1 where not stated.
    `count_lo`, `count_hi` : how many of the thing, at least and at most; -1 where not stated.
    `dataset` : id of the data set, -1 where it declares nothing about what it can show.
    `calibre_mm`, `range_m` : of the thing, in millimetres and metres; NaN where not stated.
    `make` : id of the word for its make, -1 where not stated, -2 where the terms know no such word.
    """

    start_us: NDArray[np.int64]
    end_us: NDArray[np.int64]
    dated: NDArray[np.bool_]
    lasting: NDArray[np.bool_]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    radius: NDArray[np.float64]
    placed: NDArray[np.bool_]
    region: NDArray[np.int32]
    by: Lists
    involved: Lists
    act: NDArray[np.int32]
    maybe: Lists
    thing: NDArray[np.int32]
    count_lo: NDArray[np.int64]
    count_hi: NDArray[np.int64]
    dataset: NDArray[np.int32]
    calibre_mm: NDArray[np.float64]
    range_m: NDArray[np.float64]
    make: NDArray[np.int32]

    def __len__(self) -> int:
        """Count the reports."""
        return len(self.start_us)

    def take(self, rows: NDArray[np.int64]) -> Batch:
        """Take some reports, in the order given."""
        return Batch(**{field.name: _taken(getattr(self, field.name), rows) for field in fields(self)})


def _taken(column: Lists | NDArray[np.generic], rows: NDArray[np.int64]) -> Any:
    return column.take(rows) if isinstance(column, Lists) else column[rows]

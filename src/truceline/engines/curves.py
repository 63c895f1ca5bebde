"""The curves of a sweep: numbered cells, in which reports are counted, and the rows that become of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from truceline.engines.months import AFTER_ALL, month_name
from truceline.evidence.batch import Lists

__all__ = ["SWEEP_SCHEMA", "Cells", "Counts", "Grid", "Layer", "Stepped", "joined", "rows_of"]

Whole = NDArray[np.int64]
SWEEP_SCHEMA = pa.schema([
    ("line", pa.string()), ("set", pa.string()), ("month", pa.string()), ("distance_m", pa.float64()),
    ("sure", pa.int64()), ("possible", pa.int64()), ("reports", pa.int64()),
])  # fmt: skip
DENSE = 4
"""Keys are counted in a table where it has at most so many places for each of them; else they are sorted."""


class Layer(IntEnum):
    """What is counted in a cell: in `SPREAD` it is 1 where reports of several months begin, -1 after they end."""

    SURE = 0
    POSSIBLE = 1
    SPREAD = 2


@dataclass(frozen=True, slots=True)
class Stepped:
    """n reports: the number of the kind of whom they name, a month, and the step of the curve on which they come."""

    kind: Whole
    month: Whole
    step: Whole


@dataclass(frozen=True, slots=True)
class Counts:
    """What is to be counted: `keys` of cells, of any order and more than once too, and how `often` each."""

    keys: Whole
    often: Whole


def joined(parts: Iterable[Counts]) -> Counts:
    """Put counts together.

    >>> joined([Counts(np.array([7]), np.array([1])), Counts(np.array([3, 7]), np.array([2, -1]))])
    Counts(keys=array([7, 3, 7]), often=array([ 1,  2, -1]))
    """
    every = list(parts)
    return Counts(*(np.concatenate([getattr(one, name) for one in every]) for name in ("keys", "often")))


@dataclass(frozen=True, slots=True)
class Cells:
    """How cells are numbered: by month, curve, layer, set and step; there are k + 1 `steps` for k distances.

    Curves 0 to m - 1 are those of m `lines`; curve m counts reports wherever they lie, and m + 1 marks the
    months in which they do: these two have one step. The last of the sets, `sets`, stands for all of them.
    """

    lines: int
    sets: int
    steps: int

    @property
    def width(self) -> int:
        """Count the cells of one month."""
        return self._begin(self.lines + 2)

    def put(self, curve: int, layer: Layer, those: Stepped, belong: Lists, *, sign: int = 1) -> Counts:
        """Count reports in the cells of every set to which their kind belongs (`engines.members.entries_of`)."""
        kinds = len(belong.starts)
        alike, often = _fewer((those.month * kinds + those.kind) * self.steps + those.step)
        rest, step = np.divmod(alike, self.steps)
        month, kind = np.divmod(rest, kinds)
        taken = belong.take(kind)
        month, step, often = (np.repeat(column, taken.lengths) for column in (month, step, often))
        without = taken.ids < 0
        sets = np.where(without, ~taken.ids, taken.ids)
        return Counts(self._keys(curve, layer, sets, month, step), np.where(without, -sign, sign) * often)

    def mark(self, layer: Layer, month: Whole, *, sign: int = 1) -> Counts:
        """Mark the months of reports, whoever is named in them."""
        marks, often = _fewer(month)
        return Counts(self._keys(self.lines + 1, layer, 0, marks, 0), sign * often)

    def of(self, grid: Grid, curve: int) -> tuple[Whole, Whole]:
        """Give the months that were met, rising, and the cells of a curve: shape (months, layers, sets + 1, steps)."""
        months, cells = grid.part(slice(self._begin(curve), self._begin(curve + 1)))
        return months, cells.reshape(len(months), len(Layer), self.sets + 1, -1)

    def _begin(self, curve: int) -> int:
        """Give the first cell of a curve."""
        return len(Layer) * (self.sets + 1) * (min(curve, self.lines) * self.steps + max(curve - self.lines, 0))

    def _keys(self, curve: int, layer: Layer, sets: Whole | int, month: Whole, step: Whole | int) -> Whole:
        steps = self.steps if curve < self.lines else 1
        return month * self.width + self._begin(curve) + (layer * (self.sets + 1) + sets) * steps + step


class Grid:
    """Adds counts up in one table, a row of `width` cells for each month that was met."""

    def __init__(self, width: int) -> None:
        self._row_of = np.full(AFTER_ALL + 1, -1)
        self._row_of[0] = 0  # the month of all time, and one before all others
        self._table, self._met = np.zeros((1, width), dtype=np.int64), 1

    def add(self, counts: Counts) -> None:
        """Add counts to those before."""
        width = self._table.shape[1]
        month, cell = np.divmod(counts.keys, width)
        self._meet(month)
        np.add.at(self._table.reshape(-1), self._row_of[month] * width + cell, counts.often)

    def part(self, cells: slice) -> tuple[Whole, Whole]:
        """Give the months that were met, rising, and some cells of each."""
        months = np.flatnonzero(self._row_of >= 0)
        return months, self._table[self._row_of[months], cells]

    def _meet(self, month: Whole) -> None:
        fresh = np.unique(month[self._row_of[month] < 0])
        self._row_of[fresh] = np.arange(self._met, self._met + len(fresh))
        self._met += len(fresh)
        if self._met > len(self._table):
            table = np.zeros((2 * self._met, self._table.shape[1]), dtype=np.int64)
            table[: len(self._table)] = self._table
            self._table = table


def rows_of(
    grid: Grid, cells: Cells, lines: Sequence[str], sets: Sequence[str], distances: NDArray[np.float64], *,
    monthly: bool,
) -> pa.Table:  # fmt: skip
    """Write counts as rows of `SWEEP_SCHEMA`: line x set x month x distance; the month of all time is null."""
    months = _months_with_reports(*cells.of(grid, cells.lines + 1)) if monthly else np.zeros(1, dtype=np.int64)
    names = pa.array([month_name(month) if monthly else None for month in months.tolist()], pa.string())
    m, k = len(months), len(distances)
    reports = _curves(*cells.of(grid, cells.lines), months)[1]
    columns = {
        "set": pa.array(sets, pa.string()).take(pa.array(np.repeat(np.arange(len(sets)), m * k))),
        "month": names.take(pa.array(np.tile(np.repeat(np.arange(m), k), len(sets)))),
        "distance_m": pa.array(np.tile(distances, len(sets) * m)),
        "reports": pa.array(np.repeat(reports, k)),
    }
    tables = [SWEEP_SCHEMA.empty_table()]
    for curve, line in enumerate(lines):
        sure, possible = (pa.array(part[:, :, :k].reshape(-1)) for part in _curves(*cells.of(grid, curve), months))
        mine = columns | {"line": pa.repeat(line, len(sure)), "sure": sure, "possible": possible}
        tables.append(pa.table([mine[name] for name in SWEEP_SCHEMA.names], schema=SWEEP_SCHEMA))
    return pa.concat_tables(tables).combine_chunks()


def _fewer(keys: Whole) -> tuple[Whole, Whole]:
    """Give the distinct ones of n keys, rising, and how often each comes.

    >>> _fewer(np.array([5, 2, 5])), _fewer(np.array([5, 2000]))
    ((array([2, 5]), array([1, 2])), (array([   5, 2000]), array([1, 1])))
    """
    if not len(keys) or int(keys.max() - keys.min()) >= DENSE * len(keys):
        distinct, often = np.unique(keys, return_counts=True)
        return distinct, often
    lowest = int(keys.min())
    table = np.bincount(keys - lowest)
    there = np.flatnonzero(table)
    return there + lowest, table[there]


def _months_with_reports(months: Whole, marks: Whole) -> Whole:
    """List the months in which reports lie, by the marks of those that were met, shape (months, layers, 1 or more, 1).

    What is open on a side reaches no further than the months in which something surely begins or ends.
    """
    sure, alone, spread = marks[:, :, 0, 0].T
    closed: Whole = months[(sure + alone) > 0]
    if not len(closed):
        return closed
    under_way = np.flatnonzero(np.cumsum(spread) > 0)  # whatever begins ends in a month that was met
    stretches = [np.arange(months[at], months[at + 1]) for at in under_way]
    every: Whole = np.unique(np.concatenate([months[alone > 0], *stretches]))
    return every[slice(*np.searchsorted(every, [closed[0], closed[-1] + 1]))]


def _curves(met: Whole, cells: Whole, months: Whole) -> tuple[Whole, Whole]:
    """Say how many reports lie surely, and possibly, within each step in some months, shape (sets, months, steps)."""
    each = (cells[:, :, :-1] + cells[:, :, -1:]).transpose(1, 2, 0, 3)
    place = np.searchsorted(met, months, side="right") - 1
    sure, alone = (each[part][:, place] * (met[place] == months)[:, None] for part in (Layer.SURE, Layer.POSSIBLE))
    spread = np.cumsum(each[Layer.SPREAD], axis=1)[:, place]  # it goes on in months that were not met
    return np.cumsum(sure, axis=2), np.cumsum(alone + spread, axis=2)

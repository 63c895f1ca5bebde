"""Row groups of Parquet: what their statistics say of all their rows, and reading some columns of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from truceline.evidence.extent import Choice, Excerpt, Extent
from truceline.formats.arrow import REPORT_SCHEMA

__all__ = ["batches_of_groups", "extent_of", "read_groups"]

ALIKE: Final = ("dataset",)
"""Columns of words that are asked whether all rows say the same."""


def extent_of(layout: pq.FileMetaData, group: int) -> Extent:
    """Tell what the statistics of a row group say of all its rows.

    The file must have been checked: its instants are microseconds, and no cell is NaN, of which statistics say
    nothing.
    """
    columns = _Statistics(layout.row_group(group))
    begins, ends = columns.bounds("from"), columns.bounds("until")
    dated = begins is not None and ends is not None and columns.full("from") and columns.full("until")
    box, radius = _places(columns)
    return Extent(columns.rows, begins, ends, dated, box, radius, columns.same())


def batches_of_groups(
    file: pq.ParquetFile, columns: Sequence[str], rows: int, choose: Choice
) -> Iterator[pa.RecordBatch]:  # fmt: skip
    """Go through the rows of a file, at most so many at a time; of each row group `choose` says what is read of it.

    Neighbours of which the same is read are read together: batches do not end where row groups do.
    """
    layout = file.metadata
    chosen = [choose(extent_of(layout, group)) for group in range(layout.num_row_groups)]
    for excerpt, run in groupby(range(len(chosen)), lambda group: chosen[group]):
        yield from read_groups(file, list(run), excerpt, columns, rows)


def read_groups(
    file: pq.ParquetFile, groups: Sequence[int], excerpt: Excerpt | None, columns: Sequence[str], rows: int
) -> Iterator[pa.RecordBatch]:
    """Read an excerpt of some row groups, or, without one, the columns asked for; at most so many rows at a time."""
    read = columns if excerpt is None else excerpt.columns
    for batch in file.iter_batches(batch_size=rows, row_groups=list(groups), columns=list(read)):
        yield batch if excerpt is None else _filled(batch, excerpt, columns)


class _Statistics:
    """The statistics of the columns of a row group by name; there may be none."""

    def __init__(self, about: pq.RowGroupMetaData) -> None:
        self.rows = about.num_rows
        found = (about.column(number) for number in range(about.num_columns))
        self.columns: dict[str, Any] = {
            one.path_in_schema: one.statistics for one in found if one.statistics is not None
        }

    def nulls(self, name: str) -> int | None:
        one = self.columns.get(name)
        return one.null_count if one is not None and one.has_null_count else None

    def full(self, name: str) -> bool:
        return self.nulls(name) == 0

    def bounds(self, name: str) -> tuple[Any, Any] | None:
        """Give the least and the most of a column; instants in microseconds."""
        one = self.columns.get(name)
        if one is None or not one.has_min_max:
            return None
        least, most = one.min_raw, one.max_raw
        return (least, most) if isinstance(least, int | float) else (one.min, one.max)

    def same(self) -> dict[str, str | None]:
        """Find the columns that are empty, or hold one word in all rows."""
        found: dict[str, str | None] = {}
        for name in ALIKE:
            bounds = self.bounds(name)
            if self.nulls(name) == self.rows:
                found[name] = None
            elif self.full(name) and bounds is not None and bounds[0] == bounds[1]:
                found[name] = bounds[0]
        return found


def _places(columns: _Statistics) -> tuple[tuple[float, float, float, float] | None, float | None]:
    """Bound the discs, if every row states one and none a region."""
    stated = all(map(columns.full, ("lon", "lat", "radius_m"))) and columns.nulls("region") == columns.rows
    bounds = [columns.bounds(name) for name in ("lon", "lat", "radius_m")]
    flat = [value for one in bounds if one is not None for value in one]
    if not stated or len(flat) != 6 or not np.isfinite(flat).all():
        return None, None
    west, east, south, north, _, radius = flat
    return (west, south, east, north), radius


def _filled(batch: pa.RecordBatch, excerpt: Excerpt, columns: Sequence[str]) -> pa.RecordBatch:
    """Put in what stands instead of columns that were not read, in the order of the columns asked for."""
    found = {name: batch.column(name) for name in excerpt.columns}
    for name, cell in excerpt.instead.items():
        found[name] = pa.repeat(pa.scalar(cell, REPORT_SCHEMA.field(name).type), batch.num_rows)
    names = [name for name in columns if name in found]
    return pa.RecordBatch.from_arrays([found[name] for name in names], names=names)

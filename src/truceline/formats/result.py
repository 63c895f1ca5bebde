"""What reading a file of reports gives: the table, and everything that was found on the way."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from truceline.errors import Fault
from truceline.evidence.regions import Regions
from truceline.formats.arrow import report_table
from truceline.formats.csv_file import CsvFile, Lost
from truceline.formats.rejects import REJECTED, WARNED, Flag, counted, flag, notes, rejected_rows, remark, remarks

__all__ = ["Part", "ReportsRead", "put_together"]

Part = tuple[dict[str, pa.Array], tuple[Flag, ...]]
"""Some of our columns, and what was found while making them."""


@dataclass(frozen=True, slots=True)
class ReportsRead:
    """A file of reports as read.

    `table` : our columns (`REPORT_SCHEMA`) first, then the source's own; one row per usable record.
    `rejected` : what was found in the records that cannot be used (`NOTE_SCHEMA`) with the
    record itself as JSON in the column `original`.
    `warned` : what is doubtful about records that were loaded (`NOTE_SCHEMA`).
    `remarks` : what concerns the whole file.
    `counts` : records read, kept, rejected, warned; lines swallowed by a quote; and records per code.
    `regions` : the polygons that the reports' `region` refers to.
    `numbers` : the number of the record (from 1) that each row of `table` comes from.
    """

    table: pa.Table
    rejected: pa.Table
    warned: pa.Table
    remarks: tuple[Fault, ...]
    counts: Mapping[str, int]
    name: str
    kind: str
    dataset: str | None
    regions: Regions = field(default_factory=Regions.empty)
    numbers: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64), repr=False)

    @property
    def numbered(self) -> bool:
        """Whether the rows have no ids and are called by their number."""
        return any(fault.code == "TL-R306" for fault in self.remarks)


def put_together(
    name: str,
    kind: str,
    dataset: str | None,
    file: CsvFile,
    parts: Sequence[Part],
    regions: Regions,
    travelling: pa.Table | None = None,
) -> ReportsRead:
    """Join the columns, set the unusable records apart, number what was found, and count.

    `travelling` are the source's own columns that stay in the table, all of them if not given.
    """
    flags = (*file.flags, *(found for _, part in parts for found in part))
    ours = {column: cells for columns, _ in parts for column, cells in columns.items()}
    gone = rejected_rows(flags, len(file.table))
    keep, source = pa.array(~gone), file.table if travelling is None else travelling
    rejected = _with_originals(notes(flags, file.numbers, REJECTED), file)
    warned = notes([_kept(each, gone) for each in flags], file.numbers, WARNED)
    if gone.any():
        source, ours = source.filter(keep), {column: cells.filter(keep) for column, cells in ours.items()}
    counts = {
        "read": len(file.table) + len(file.lost),
        "kept": len(source),
        "rejected": int(gone.sum()) + len(file.lost),
        "warned": pc.count_distinct(warned["row"]).as_py(),
        "swallowed lines": sum(each.swallowed for each in file.lost),
        **counted(rejected),
        **counted(warned),
    }
    table = report_table(ours, source)
    told = remarks((*flags, *([] if counts["read"] else [remark("TL-R309")])), name)
    return ReportsRead(table, rejected, warned, told, counts, name, kind, dataset, regions, file.numbers[~gone])


def _kept(each: Flag, gone: NDArray[np.bool_]) -> Flag:
    """Leave out of a flag the rows that are gone for another reason."""
    stays = ~gone[each.rows]
    if stays.all():
        return each
    return Flag(each.code, each.rows[stays], each.column, each.values.filter(pa.array(stays)), each.evidence)


def _with_originals(table: pa.Table, file: CsvFile) -> pa.Table:
    """Add the records themselves, and the records that did not become rows."""
    at = np.searchsorted(file.numbers, np.asarray(table["row"]))
    rows = file.table.take(pa.array(at)).to_pylist()
    originals = [json.dumps(_filled(row), ensure_ascii=False, default=str) for row in rows]
    table = table.append_column("original", pa.array(originals, pa.string()))
    if not file.lost:
        return table
    return pa.concat_tables([table, _lost(file.lost)]).unify_dictionaries().sort_by("row")


def _filled(row: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if value is not None}


def _lost(lost: tuple[Lost, ...]) -> pa.Table:
    texts = pa.array([json.dumps(each.text, ensure_ascii=False) for each in lost], pa.string())
    numbers = np.array([each.number for each in lost], dtype=np.int64)
    parts = []
    for code in sorted({each.code for each in lost}):
        mine = np.array([each.code == code for each in lost])
        part = notes([flag(code, mine)], numbers, REJECTED)
        parts.append(part.append_column("original", texts.filter(pa.array(mine))))
    return pa.concat_tables(parts)

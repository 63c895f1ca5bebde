"""What reading a file of reports gives: the table, and everything that was found on the way."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from truceline.errors import Fault
from truceline.formats.arrow import report_table
from truceline.formats.csv_file import Lost
from truceline.formats.regions import NO_REGIONS, Regions
from truceline.formats.rejects import REJECTED, WARNED, Flag, counted, flag, notes, rejected_rows, remarks

__all__ = ["Draft", "ReportsRead", "finished"]


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
    """

    table: pa.Table
    rejected: pa.Table
    warned: pa.Table
    remarks: tuple[Fault, ...]
    counts: Mapping[str, int]
    name: str
    kind: str
    dataset: str | None
    regions: Regions = NO_REGIONS


@dataclass(frozen=True, slots=True)
class Draft:
    """All records of a file before the unusable ones are set apart.

    `source` has one row per record, `ours` our columns, `flags` what was found, `numbers` the
    records' numbers in the file (from 1); `lost` are records that did not even become rows.
    """

    name: str
    kind: str
    dataset: str | None
    source: pa.Table
    numbers: NDArray[np.int64]
    ours: Mapping[str, pa.Array]
    flags: tuple[Flag, ...]
    lost: tuple[Lost, ...] = ()
    regions: Regions = field(default=NO_REGIONS)


def finished(draft: Draft) -> ReportsRead:
    """Set the unusable records apart, number what was found, and count."""
    gone = rejected_rows(draft.flags, len(draft.source))
    keep = pa.array(~gone)
    rejected = _with_originals(notes(draft.flags, draft.numbers, REJECTED), draft)
    warned = notes([_kept(each, gone) for each in draft.flags], draft.numbers, WARNED)
    ours = draft.ours if not gone.any() else {name: cells.filter(keep) for name, cells in draft.ours.items()}
    source = draft.source.filter(keep) if gone.any() else draft.source
    counts = {
        "read": len(draft.source) + len(draft.lost),
        "kept": len(source),
        "rejected": int(gone.sum()) + len(draft.lost),
        "warned": pc.count_distinct(warned["row"]).as_py(),
        "swallowed lines": sum(each.swallowed for each in draft.lost),
        **counted(rejected),
        **counted(warned),
    }
    return ReportsRead(
        report_table(ours, source), rejected, warned, remarks(draft.flags, draft.name), counts,
        draft.name, draft.kind, draft.dataset, draft.regions,
    )  # fmt: skip


def _kept(each: Flag, gone: NDArray[np.bool_]) -> Flag:
    """Leave out of a flag the rows that are gone for another reason."""
    stays = ~gone[each.rows]
    if stays.all():
        return each
    return Flag(each.code, each.rows[stays], each.column, each.values.filter(pa.array(stays)), each.evidence)


def _with_originals(table: pa.Table, draft: Draft) -> pa.Table:
    """Add the records themselves, and the records that did not become rows."""
    at = np.searchsorted(draft.numbers, np.asarray(table["row"]))
    rows = draft.source.take(pa.array(at)).to_pylist()
    originals = [json.dumps(_filled(row), ensure_ascii=False, default=str) for row in rows]
    table = table.append_column("original", pa.array(originals, pa.string()))
    if not draft.lost:
        return table
    return pa.concat_tables([table, _lost(draft.lost)]).unify_dictionaries().sort_by("row")


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

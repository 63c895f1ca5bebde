"""A report, told: the fields that played a part, how exact its place is and why, its other fields, its revisions."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from truceline.engines.figures import Clock, number
from truceline.evidence.columns import COLUMNS, IDENTITY
from truceline.evidence.precision import Precision, PrecisionTable

__all__ = ["Fields", "Revision", "fields_of", "played", "precision_words", "revisions_of"]

Fields = tuple[tuple[str, str | None], ...]

JUDGED = (
    "report", "dataset", "from", "until", "lasting", "lon", "lat", "radius_m", "region", "place_how", "precision",
    "involved", "by", "act", "maybe", "thing", "calibre_mm", "range_km", "model", "count_lo", "count_hi", "unit",
)  # fmt: skip
"""What a verdict may be reached from, in the order in which it is told; no other column decides anything."""
DISC, COUNTS = ("lon", "lat", "radius_m"), ("count_lo", "count_hi", "unit")
CODES = {"ucdp-ged": "where_prec", "acled": "geo_precision"}
"""The column in which a data set says how exact a place is."""
TIMES = frozenset(column.name for column in COLUMNS if column.kind == "time")
PUBLISHED = frozenset({"reported", "recorded"})
"""Times that are kept in UTC: a bare date of publication has no zone."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One of several rows with one id: whether it is the one that was judged, and the cells in which they differ."""

    judged: bool
    cells: Fields


def fields_of(row: pa.Table, clock: Clock) -> Fields:
    """Write the cells of one row in words, in the order of the table; None where nothing is stated.

    Who a source is, is not told.

    >>> fields_of(pa.table({"act": ["clash"], "source_identity_name": ["a nurse"]}), Clock())
    (('act', 'clash'),)
    """
    return tuple(
        (name, _words(name, column, clock))
        for name, column in zip(row.column_names, row.columns, strict=True)
        if not name.startswith(IDENTITY)
    )


def revisions_of(rows: pa.Table, judged: pa.Table, clock: Clock) -> tuple[Revision, ...]:
    """Set the rows with one id side by side, in the cells in which they differ; a single row has no revisions.

    The row that was judged may be none of them: what several have in common then stands last. Of a protected row
    nothing is told but that it is one.

    >>> rows = pa.table({"report": ["r", "r"], "act": ["clash", "fire"]})
    >>> [(one.judged, one.cells) for one in revisions_of(rows, rows.slice(1), Clock())]
    [(False, (('act', 'clash'),)), (True, (('act', 'fire'),))]
    """
    if rows.num_rows < 2:
        return ()
    told = [dict(fields_of(rows.slice(row, 1), clock)) for row in range(rows.num_rows)]
    mine = {name: value for name, value in fields_of(judged, clock) if name in told[0]}
    same = [all(cells[name] == value for name, value in mine.items()) for cells in told]
    if not any(same):
        told, same = [*told, dict.fromkeys(told[0]) | mine], [*same, True]
    apart = [name for name in told[0] if len({cells[name] for cells in told}) > 1]
    first = same.index(True)
    return tuple(
        Revision(
            row == first, tuple((name, cells[name]) for name in apart if not _is_protected(cells) or name == "release")
        )
        for row, cells in enumerate(told)
    )


def _is_protected(cells: Mapping[str, str | None]) -> bool:
    return cells.get("release") == "protected"


def played(ours: Container[str], *, counting: bool) -> tuple[str, ...]:
    """Name the stated columns that played a part: a region goes before a point, and numbers matter to ceilings alone.

    >>> played({"report", "lon", "lat", "region", "act", "count_lo", "grade"}, counting=False)
    ('report', 'region', 'act')
    """
    idle = (DISC if "region" in ours else ()) + (() if counting else COUNTS)
    return tuple(name for name in JUDGED if name in ours and name not in idle)


def precision_words(row: pa.Table, table: PrecisionTable) -> str | None:
    """Say which precision code of the source stands behind the radius or the region; None without a code."""
    dataset = _cell(row, "dataset")
    column = CODES.get(dataset) if isinstance(dataset, str) else None
    code = _cell(row, column) if column is not None else None
    if code is None:
        return None
    entry, radius = table.get((dataset, str(code))), _cell(row, "radius_m")
    if entry is None or (entry.radius_m != radius and _cell(row, "region") is None):
        return f"{column} {code}: read by another table of precision codes than that of Truceline"
    return f"{column} {code}: {entry.note}; {_meaning(entry)}"


def _meaning(entry: Precision) -> str:
    if entry.radius_m is not None:
        return f"by the table of precision codes within {number(entry.radius_m, 0)} m"
    return f"by the table of precision codes anywhere in the polygon ({entry.level})"


def _cell(row: pa.Table, name: str | None) -> Any:
    return row.column(name)[0].as_py() if name in row.column_names else None


def _words(name: str, column: pa.ChunkedArray, clock: Clock) -> str | None:
    """Write one cell; an open end of a time lies beyond the calendar of Python."""
    if not pa.types.is_timestamp(column.type):
        return _shown(column[0].as_py())
    micros = column.cast(pa.timestamp("us", "UTC")).cast(pa.int64())[0].as_py()
    return None if micros is None else (Clock() if name in PUBLISHED else clock).instant(micros)


def _shown(value: Any) -> str | None:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return None if value is None or value == "" else str(value)

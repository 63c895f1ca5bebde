"""Files of effort: who watched which ground and when, one record in each row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from truceline.errors import EvidenceError, Fault
from truceline.evidence.effort import Effort
from truceline.evidence.effort_words import EFFORT_COLUMNS, read_effort
from truceline.formats.rows_file import Row, RowsFile, RowsRead, Taken, rows_given, rows_of

__all__ = ["EffortRead", "effort_from_rows", "read_efforts"]

_NEEDED = ("id", "by", "from", "until")


@dataclass(frozen=True, slots=True)
class EffortRead(RowsRead):
    """A file of effort as read; `records` : in the order of the file, side by side with `rows`."""

    records: tuple[Effort, ...]


def read_efforts(path: Path | str) -> EffortRead:
    """Read a file of effort: CSV, JSON lines, YAML or JSON, with the columns of `EFFORT_COLUMNS`.

    Parameters
    ----------
    path : path or str
        Which kind of file it is is said by its ending.

    Raises
    ------
    EvidenceError
        If the file cannot be read at all, as `read_statements`.

    Examples
    --------
    See docs/howto/effort.md.
    """
    try:
        return _read(rows_of(path, *((column,) for column in _NEEDED)))
    except EvidenceError as error:
        raise EvidenceError([_helped(fault) for fault in error.faults]) from error


def _helped(fault: Fault) -> Fault:
    """Say what a file of effort has, where columns are missing: mostly it is a file of reports that was named."""
    if fault.code != "TL-S002":
        return fault
    remedy = (
        "who watched has a row for each watch, with id, by, from, until and a ground (docs/howto/effort.md); "
        "if this is a file of reports, name it after the terms, without --effort"
    )
    return Fault(fault.at, fault.code, fault.what, remedy)


def effort_from_rows(rows: Iterable[Mapping[str, Any]], name: str) -> EffortRead:
    """Read records from rows that come from elsewhere; a fault stands at ``NAME effort ID``.

    >>> row = {"id": "p-1", "by": "patrols", "from": "2031-06-01", "until": "2031-06-30"}
    >>> print(*effort_from_rows([row], "log").faults)
    log effort p-1: TL-S502 the ground is not one: none is given; give a zone, a region, or lon, lat and radius_m
    """
    return _read(rows_given(rows, name, "effort", "id"))


def _read(file: RowsFile) -> EffortRead:
    taken = Taken.of(file, _effort, lambda record: record.id, lambda _: EFFORT_COLUMNS)
    return EffortRead(file.name, taken.rows, taken.rejected, taken.warned, taken.remarks, taken.values)


def _effort(row: Row, _: Collection[str]) -> tuple[Effort | None, tuple[Fault, ...]]:
    return read_effort(row.cells, row.at)

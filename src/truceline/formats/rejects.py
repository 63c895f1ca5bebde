"""What was found in a file of reports, and where: flags on rows, and the tables of notes made from them.

A row that cannot be used is *rejected* (TL-R1..) and kept with its cells. A row that loads although
something about it is doubtful is *warned* of (TL-R2..). What concerns the whole file is a *remark* (TL-R3..).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from truceline.errors import EvidenceError, Fault
from truceline.formats.report_codes import CODES

__all__ = [
    "NOTE_SCHEMA",
    "Flag",
    "counted",
    "faults_of",
    "flag",
    "notes",
    "refuse",
    "rejected_rows",
    "remark",
    "remarks",
    "why",
]

Flags = NDArray[np.bool_]
_LONGEST = 200
REJECTED, WARNED, REMARK = "TL-R1", "TL-R2", "TL-R3"

NOTE_SCHEMA = pa.schema(
    [
        ("row", pa.int64()),  # the number of the record, from 1, the header not counted
        ("column", pa.dictionary(pa.int32(), pa.string())),
        ("code", pa.dictionary(pa.int32(), pa.string())),
        ("value", pa.string()),
        ("what", pa.dictionary(pa.int32(), pa.string())),
        ("remedy", pa.dictionary(pa.int32(), pa.string())),
    ]
)


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing found in some rows (numbered from 0), or about the whole file; `values` are the cells."""

    code: str
    rows: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    column: str = ""
    values: pa.Array = field(default_factory=lambda: pa.array([], pa.string()))
    evidence: str = ""

    @property
    def what(self) -> str:
        """What is wrong, with the evidence."""
        return CODES[self.code].what + (f": {self.evidence}" if self.evidence else "")


def flag(code: str, where: Flags, column: str = "", cells: pa.ChunkedArray | None = None) -> Flag:
    """Flag the rows where `where` holds, with their cells of `cells`."""
    rows = np.flatnonzero(where)
    if cells is None or not len(rows):
        return Flag(code, rows, column, pa.nulls(len(rows), pa.string()))
    values = pc.cast(cells.take(pa.array(rows)), pa.string())
    return Flag(code, rows, column, values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values)


def remark(code: str, evidence: str = "") -> Flag:
    """Say something about the whole file."""
    return Flag(code, evidence=evidence)


def refuse(code: str, at: str, evidence: str = "", remedy: str | None = None) -> EvidenceError:
    """Make the error that refuses a whole file.

    >>> print(refuse("TL-R011", "zone 'Mars/North'"))
    zone 'Mars/North': TL-R011 there is no such time zone; write an IANA name such as 'Etc/GMT-3'
    """
    known = CODES[code]
    what = known.what + (f": {evidence}" if evidence else "")
    return EvidenceError([Fault(at, code, what, remedy or known.do)])


def why(error: Exception) -> str:
    """Say what the system or a library says, without its numbers and the path, which stands before it anyway.

    >>> why(FileNotFoundError(2, "No such file or directory", "a.csv"))
    'No such file or directory'
    """
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return re.split(r"\[[Ee]rrno [0-9]+\] ", said)[-1].partition("\n")[0]


def rejected_rows(flags: Iterable[Flag], count: int) -> Flags:
    """Mark the rows that any flag rejects."""
    gone = np.zeros(count, dtype=bool)
    for each in flags:
        if each.code.startswith(REJECTED):
            gone[each.rows] = True
    return gone


def notes(flags: Iterable[Flag], numbers: NDArray[np.int64], grade: str) -> pa.Table:
    """Make the table of one grade (`REJECTED` or `WARNED`), by row; `numbers` are the records' numbers."""
    parts = [_part(each, numbers) for each in flags if each.code.startswith(grade) and len(each.rows)]
    table = pa.concat_tables(parts).unify_dictionaries() if parts else NOTE_SCHEMA.empty_table()
    return table.sort_by("row")


def remarks(flags: Iterable[Flag], name: str) -> tuple[Fault, ...]:
    """List what was said about the whole file."""
    return tuple(
        Fault(name, each.code, each.what, CODES[each.code].do) for each in flags if each.code.startswith(REMARK)
    )


def faults_of(table: pa.Table, name: str) -> Iterator[Fault]:
    """Go through a table of notes as located messages.

    >>> where = np.array([False, True])
    >>> table = notes([flag("TL-R109", where, "id")], np.array([1, 2]), REJECTED)
    >>> print(*faults_of(table, "patrols.csv"))
    patrols.csv row 2 column id: TL-R109 the row has no id; give every row an id that stays the same
    """
    for note in table.to_pylist():
        column = f" column {note['column']}" if note["column"] else ""
        what = f"{note['what']} ({_shown(note['value'])})" if note["value"] is not None else note["what"]
        yield Fault(f"{name} row {note['row']}{column}", note["code"], what, note["remedy"])


def _shown(cell: str) -> str:
    """Quote a cell, and only the beginning of a very long one; the list of rejects has all of it."""
    return repr(cell) if len(cell) <= _LONGEST else f"{cell[:_LONGEST]!r}... {len(cell)} letters"


def counted(table: pa.Table) -> dict[str, int]:
    """Count the rows of each code in a table of notes."""
    found = table.group_by("code").aggregate([("row", "count_distinct")]).to_pylist()
    return {each["code"]: each["row_count_distinct"] for each in sorted(found, key=lambda each: str(each["code"]))}


def _part(each: Flag, numbers: NDArray[np.int64]) -> pa.Table:
    count = len(each.rows)
    words = (each.column, each.code, each.what, CODES[each.code].do)
    column, code, what, remedy = (_same(word, count) for word in words)
    return pa.table([pa.array(numbers[each.rows]), column, code, each.values, what, remedy], schema=NOTE_SCHEMA)


def _same(word: str, count: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, dtype=np.int32)), pa.array([word]))

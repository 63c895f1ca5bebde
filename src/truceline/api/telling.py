"""What is said about files of reports: what was refused, doubted, or stands twice; in lines, and in full beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from truceline.api.reading import Opened, ReportFiles, Reports
from truceline.basics.counting import counted
from truceline.errors import Fault
from truceline.formats.notes_file import write_rejects
from truceline.formats.rejects import NOTE_SCHEMA, WARNED, faults_of
from truceline.formats.rejects import counted as counts_by_code
from truceline.formats.report_codes import CODES
from truceline.formats.worded_places import COUNT

__all__ = ["lines_about", "lines_about_report", "listing_at", "write_listings"]

NOT_NAMED = ("TL-R117",)
"""Rows that are only counted: nothing is lost with them."""


def lines_about(files: ReportFiles, out: str | None = None, *, most: int = 10) -> Iterator[str]:
    """Tell what was wrong with the rows of each file, and which rows of one id are judged.

    Parameters
    ----------
    files : ReportFiles
    out : str, optional
        The output beside which `write_listings` lists everything.
    most : int
        Rows that are named for each code; with 0 one line tells each code.
    """
    for number, (source, name) in enumerate(zip(files.order, files.names, strict=True)):
        found = [*_found(source), _Found.of(_superseded(files, number))]
        if not isinstance(source, Path):
            yield from map(str, source.remarks)
        elif not files.rows[number]:
            yield str(Fault(name, "TL-R309", CODES["TL-R309"].what, CODES["TL-R309"].do))
        for one in found:
            yield from _by_code(one, name, most) if most else _one_each(one, name)
        superseded = sum(found[-1].notes.values())
        yield from _counts(source, name, superseded, _place(out, number)) if most else ()
    yield from files.settled.sentences


def lines_about_report(files: ReportFiles, report: str) -> Iterator[str]:
    """Tell which other rows of one report there are."""
    for number, name in enumerate(files.names):
        rows = _superseded(files, number)
        yield from map(str, faults_of(rows.filter(pc.equal(rows["value"], report)), name))


def write_listings(files: ReportFiles, out: str) -> None:
    """List all rows that were left out or doubted beside the output: one file for each file that has some."""
    for number in range(len(files.order)):
        source = files.order[number]
        noted = any(sum(one.notes.values()) for one in _found(source))
        if noted or any(each.source == number for each in files.settled.superseded):
            write_rejects(_notes(files, number), listing_at(out, number))


def listing_at(out: str, number: int) -> str:
    """Name the listing of a file, counted from 0.

    >>> listing_at("a.csv", 0), listing_at("a.csv", 1)
    ('a.csv.rejects.csv', 'a.csv.2.rejects.csv')
    """
    return f"{out}.{number + 1}.rejects.csv" if number else f"{out}.rejects.csv"


@dataclass(frozen=True, slots=True)
class _Found:
    """What was noted of the rows of a file, by code: the first notes, how many there are, and of how many rows."""

    first: pa.Table
    notes: Mapping[str, int]
    rows: Mapping[str, int]

    @classmethod
    def of(cls, notes: pa.Table) -> _Found:
        many = pc.value_counts(notes["code"]).to_pylist()
        return cls(notes, {str(each["values"]): each["counts"] for each in many}, counts_by_code(notes))


def _found(source: Opened) -> list[_Found]:
    """Give what was noted when a file was read: refused rows, and doubted ones."""
    if isinstance(source, Reports):
        return [_Found.of(source.rejected), _Found.of(source.warned)]
    if isinstance(source, Path):
        return []
    grades = (lambda code: not code.startswith(WARNED)), (lambda code: code.startswith(WARNED))
    return [_Found(source.first, {code: count for code, count in source.noted.items() if grade(code)}, source.counts)
            for grade in grades]  # fmt: skip


def _notes(files: ReportFiles, number: int) -> list[pa.Table | Path]:
    """Give all notes of the rows of a file: refused, doubted, not judged by itself."""
    source = files.order[number]
    superseded = _superseded(files, number)
    if isinstance(source, Reports):
        return [source.rejected, source.warned, superseded]
    return [superseded] if isinstance(source, Path) else [source.notes, superseded]


def _by_code(found: _Found, name: str, most: int) -> Iterator[str]:
    """Name the first rows of each code and count the others."""
    for code, count in sorted(found.notes.items()):
        if code not in NOT_NAMED:
            mine = found.first.filter(pc.equal(found.first["code"], code))
            yield from map(str, faults_of(mine.slice(0, most), name))
            if count > most:
                yield f"... and {count - most:,} more of {name} with {code}"


def _one_each(found: _Found, name: str) -> Iterator[str]:
    for code in sorted(found.notes):
        rows = counted(found.rows[code], "row")
        yield str(Fault(f"{name}, {rows}", code, CODES[code].what, CODES[code].do))


def _counts(source: Opened, name: str, superseded: int, place: str) -> Iterator[str]:
    """Count what was refused, what was doubted and what is not judged by itself, and say where all of it is listed."""
    if not isinstance(source, Path) and source.counts["rejected"]:
        yield f"... {source.counts['rejected']:,} of {source.counts['read']:,} rows of {name} were refused: {place}"
    if not isinstance(source, Path) and source.counts["warned"]:
        codes = ", ".join(f"{code} {count:,}" for code, count in source.counts.items() if code.startswith("TL-R2"))
        yield f"... {counted(source.counts['warned'], 'row')} of {name} taken with a doubt ({codes}): {place}"
    if not isinstance(source, Path) and (worded := source.counts.get(COUNT, 0)):
        yield f"... {counted(worded, 'row')} of {name} placed by the words of the place: place_how tells how"
    if superseded:
        yield f"... {counted(superseded, 'row')} of {name} with the id of another row: {place}"


def _place(out: str | None, number: int) -> str:
    if out is None or out == "-":
        return "write the output to a file (--out), and the list is written beside it"
    return f"see {listing_at(out, number)}"


def _superseded(files: ReportFiles, number: int) -> pa.Table:
    """Give the rows of a file that are not judged by themselves as notes, with the rows that are instead."""
    rows = [
        {
            "row": _record(files, each.source, each.row), "column": "report", "code": each.code, "value": each.report,
            "what": f"{CODES[each.code].what}: {files.names[each.by[0]]} row {_record(files, *each.by)}",
            "remedy": CODES[each.code].do,
            "original": each.original,
        }
        for each in files.settled.superseded if each.source == number
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=NOTE_SCHEMA.append(pa.field("original", pa.string())))


def _record(files: ReportFiles, number: int, row: int) -> int:
    """Give the number of a record in its file, from 1."""
    source = files.order[number]
    if isinstance(source, Reports):
        return int(source.numbers[row])
    return row + 1 if isinstance(source, Path) else source.record(row)

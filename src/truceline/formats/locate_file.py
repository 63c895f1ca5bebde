"""A CSV of places in, the same CSV with station and offset out: every row, every other cell as it was."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO, Final, TextIO

import numpy as np
from numpy.typing import NDArray

from truceline.errors import EvidenceError, Fault
from truceline.locate.checks import CODES, Doubt, bad_coordinates
from truceline.locate.line import ReferenceLine, locate_points

__all__ = ["ADDED", "LocatedFile", "locate_csv"]

ADDED = ("station_m", "offset_m", "side", "beyond_end", "tl_error")
SIDES = {1: "plus", -1: "minus", 0: "unknown"}
FIRST: Final = 1_000  # rows
CHUNK: Final = 50_000
MOST_FAULTS: Final = 1000  # after so many, rows are counted and no longer listed
_NAMES = {"lon": ("lon", "longitude"), "lat": ("lat", "latitude")}
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?(?:[eE][+-]?[0-9]{1,3})?")
_NOT_MEASURED = ("", "", "", "")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a row: in which column, how grave it is, and what to do."""

    column: str
    code: str
    what: str
    remedy: str
    usable: bool = False

    def at(self, name: str, row: int) -> Fault:
        """Say where."""
        return Fault(
            f"{name} row {row}" + f" column {self.column}" * bool(self.column), self.code, self.what, self.remedy
        )


@dataclass
class LocatedFile:
    """What became of the rows: how many there were, were located, refused and doubted; the first faults."""

    rows: int = 0
    located: int = 0
    refused: int = 0
    doubted: int = 0
    faults: list[Fault] = field(default_factory=list)

    def count(self, trouble: Trouble | None, name: str) -> None:
        """Count one more row."""
        self.rows += 1
        usable = trouble is None or trouble.usable
        self.located += usable
        self.refused += not usable
        if trouble is not None:
            self.doubted += usable
            if len(self.faults) < MOST_FAULTS:
                self.faults.append(trouble.at(name, self.rows))


def locate_csv(
    source: BinaryIO, name: str, sink: BinaryIO, line: ReferenceLine, seen: Callable[[int], None] = lambda _: None
) -> LocatedFile:
    r"""Measure the places of a CSV file from a line; memory follows the chunk, not the file.

    Parameters
    ----------
    source : binary file
        A table with the columns lon and lat (or longitude and latitude) in degrees, EPSG:4326; the delimiter
        is a comma, a semicolon or a tab.
    name : str
        Of the file, for messages.
    sink : binary file
        Takes the same rows in the same order with five more columns: ``station_m``, ``offset_m`` (metres,
        three decimals), ``side`` (plus, minus, unknown), ``beyond_end`` (true, false) and ``tl_error``. Other
        cells keep their bytes, whatever their encoding. A row that cannot be measured stays, with its reason.
    line : ReferenceLine
    seen : callable
        Is told the number of rows after each chunk.

    Raises
    ------
    EvidenceError
        If the columns are missing, if the text is UTF-16, or if there are rows and none of them can be used.

    Examples
    --------
    >>> from truceline.locate.line import reference_line
    >>> equator = reference_line([[(0.0, 0.0), (2.0, 0.0)]], plus="north")
    >>> places, there = io.BytesIO(b"id,lat,lon\nford,-1,1\n?,1,\n"), io.BytesIO()
    >>> locate_csv(places, "places.csv", there, equator).located
    1
    >>> print(there.getvalue().decode())
    id,lat,lon,station_m,offset_m,side,beyond_end,tl_error
    ford,-1,1,111319.491,-110574.389,minus,false,
    ?,1,,,,,,TL-E401 a coordinate is missing or not a number
    <BLANKLINE>
    """
    # Undecodable bytes travel through as they are, so that a file in an old encoding is not corrupted.
    text = io.TextIOWrapper(source, encoding="utf-8-sig", errors="surrogateescape", newline="")
    out = io.TextIOWrapper(sink, encoding="utf-8", errors="surrogateescape", newline="", write_through=True)
    try:
        table = _Table.opened(text, name)
        write = _writer(out, table.mark)
        write([*table.header, *ADDED])
        done = LocatedFile()
        for rows in _chunks(table.rows):
            answers = _answers(rows, table, line, done)
            for row, more in zip(rows, answers, strict=True):
                write([*table.padded(row), *more])
            seen(done.rows)
        if done.rows and not done.located:
            raise EvidenceError(done.faults)
        return done
    finally:
        text.detach()
        out.detach()


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    header: Sequence[str]
    mark: str
    lon: int
    lat: int
    rows: Iterator[list[str]]

    def padded(self, row: list[str]) -> list[str]:
        """Fill up a short row, so that what is added stands below its own header."""
        return row + [""] * (len(self.header) - len(row))

    @classmethod
    def opened(cls, text: io.TextIOWrapper, name: str) -> _Table:
        csv.field_size_limit(2**31 - 1)
        first = text.readline()
        if not first.strip():
            raise EvidenceError([Fault(name, "TL-R001", "the file is empty", "check the name")])
        if "\0" in first or first.startswith("\udcff\udcfe"):
            raise EvidenceError([Fault(name, "TL-R003", "the text is not UTF-8", "save the file as CSV UTF-8")])
        mark = max(",;\t", key=first.count)
        header = next(csv.reader([first], delimiter=mark), [])
        places = {name: _place(header, names) for name, names in _NAMES.items()}
        faults = list(_header_faults(header, places, name))
        if faults:
            raise EvidenceError(faults)
        rows = (row for row in csv.reader(text, delimiter=mark) if row)
        return cls(name, header, mark, places["lon"], places["lat"], rows)


def _place(header: Sequence[str], names: Sequence[str]) -> int:
    """Find a column by one of its names; -1 if there is none."""
    plain = [cell.strip().lower() for cell in header]
    return next((plain.index(name) for name in names if name in plain), -1)


def _header_faults(header: Sequence[str], places: dict[str, int], name: str) -> Iterator[Fault]:
    for column, at in places.items():
        if at < 0:
            yield Fault(name, "TL-R005", f"there is no column '{column}'", "name the columns lon and lat")
    for column in ADDED:
        if column in header:
            yield Fault(name, "TL-R006", f"there is a column '{column}' already", "rename or remove it")


def _chunks(rows: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    """Cut the rows into parts; the first are short, so that who watches soon sees something move."""
    size = min(FIRST, CHUNK)
    while chunk := list(islice(rows, size)):
        yield chunk
        size = min(2 * size, CHUNK)


def _writer(out: TextIO, mark: str) -> Callable[[Sequence[str]], object]:
    """Write rows with line feeds; a cell with a carriage return is quoted too, which Python leaves out."""
    plain = csv.writer(out, delimiter=mark, lineterminator="\n")
    quoted = csv.writer(out, delimiter=mark, lineterminator="\n", quoting=csv.QUOTE_ALL)
    return lambda row: (quoted if any("\r" in cell for cell in row) else plain).writerow(row)


def _answers(rows: list[list[str]], table: _Table, line: ReferenceLine, done: LocatedFile) -> list[tuple[str, ...]]:
    """Give the added cells of each row, and count."""
    lon, lat = (np.array([_degrees(row, at) for row in rows]) for at in (table.lon, table.lat))
    doubts = bad_coordinates(lon, lat).tolist()
    troubles = [_trouble(row, table, Doubt(doubt)) for row, doubt in zip(rows, doubts, strict=True)]
    usable = np.array([trouble is None or trouble.usable for trouble in troubles])
    measured = iter(_cells(line, lon[usable], lat[usable]))
    answers = []
    for trouble, is_usable in zip(troubles, usable.tolist(), strict=True):
        done.count(trouble, table.name)
        error = "" if trouble is None else f"{trouble.code} {trouble.what}"
        answers.append((*(next(measured) if is_usable else _NOT_MEASURED), error))
    return answers


def _cells(line: ReferenceLine, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Iterator[tuple[str, ...]]:
    points = locate_points(line, lon, lat)
    columns = (points.station, points.offset, points.side, points.beyond_end)
    for station, offset, side, beyond in zip(*(column.tolist() for column in columns), strict=True):
        yield f"{station:.3f}", f"{offset:.3f}", SIDES[side], "true" if beyond else "false"


def _degrees(row: list[str], at: int) -> float:
    """Read plain digits with a point: what Python takes for a number beyond these (1_000, nan, inf) is none here."""
    cell = row[at].strip() if at < len(row) else ""
    return float(cell) if _NUMBER.fullmatch(cell) else np.nan


def _trouble(row: list[str], table: _Table, doubt: Doubt) -> Trouble | None:
    width = len(table.header)
    if any("\n" in cell and table.mark * (width > 1) in cell for cell in row) and _swallows(row, table):
        return Trouble("", "TL-R102", "a cell holds lines that look like rows", "close the quote, or double it")
    if len(row) != width:
        what = f"the row has {len(row)} cells, the header {width}"
        return Trouble("", "TL-R101", what, "quote cells that hold the delimiter")
    if doubt == Doubt.NONE:
        return None
    for column, at in (("lon", table.lon), ("lat", table.lat)):
        if row[at].strip() and not _NUMBER.fullmatch(row[at].strip()):
            what = f"{row[at][:40]!r} is no plain number"
            return Trouble(column, "TL-E401", what, "write degrees with a point, such as 36.7076")
    code, what, remedy = CODES[doubt]
    usable = doubt == Doubt.NULL_ISLAND
    return Trouble(
        "", code, what if doubt == Doubt.MISSING else f"{what} ({row[table.lon]}, {row[table.lat]})", remedy, usable
    )


def _swallows(row: list[str], table: _Table) -> bool:
    """Say whether a line inside a cell has as many delimiters as a row."""
    lines = (line for cell in row for line in cell.splitlines()[1:])
    return any(line.count(table.mark) == len(table.header) - 1 for line in lines)

"""A CSV file as a table of text. Its lines are counted independently: no row disappears in silence.

The encoding is UTF-8 (a byte order mark is dropped), else Windows-1252, and that is said. The delimiter is
comma, semicolon or tab, one for the whole file. One lone quote makes every CSV reader swallow
the rows after it into one cell, without an error: such cells are found by what they swallowed.
"""

from __future__ import annotations

import csv
import gzip
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
from numpy.typing import NDArray

from truceline.formats.headers import require_distinct
from truceline.formats.rejects import Flag, refuse, remark, why

__all__ = [
    "FREE", "LARGEST", "MOST_GROWTH", "CsvFile", "Lost", "cells_of_first_line", "header_of", "read_bytes", "read_csv",
    "refuse_mixed", "text_of", "without_swallowing",
]  # fmt: skip

DELIMITERS: Final = (",", ";", "\t")
LARGEST: Final = 2**31 - 2**16  # bytes: what Arrow parses in one block
MOST_GROWTH: Final = 100  # times a compressed file may grow; real tables grow 3 to 20 times
FREE: Final = 2**26  # bytes to which any packed file may grow


@dataclass(frozen=True, slots=True)
class Lost:
    """A record that is not in the table: its number (from 1), the code that says why, its text."""

    number: int
    code: str
    text: str

    @property
    def swallowed(self) -> int:
        """How many further lines of the file are inside the record."""
        return self.text.strip().count("\n")


@dataclass(frozen=True, slots=True)
class CsvFile:
    """The records as text (empty cells are null), their numbers (from 1), those lost, and remarks."""

    table: pa.Table
    numbers: NDArray[np.int64]
    lost: tuple[Lost, ...]
    flags: tuple[Flag, ...]


def read_bytes(path: Path) -> bytes:
    """Read a file, unpacked where its name ends in ``.gz``.

    Raises
    ------
    EvidenceError
        TL-R001 if it cannot be opened, TL-R007 if it is too large when unpacked.
    """
    try:
        if path.suffix != ".gz":
            return path.read_bytes()
        allowed = min(LARGEST, max(FREE, MOST_GROWTH * path.stat().st_size))
        with gzip.open(path) as packed:
            data = packed.read(allowed + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise refuse("TL-R001", str(path), why(error)) from error
    if len(data) > allowed:
        raise refuse("TL-R007", str(path), f"more than {allowed} bytes")
    return data


def text_of(data: bytes, name: str) -> tuple[bytes, tuple[Flag, ...]]:
    r"""Give the text as UTF-8 without a byte order mark, and say if it was Windows-1252.

    >>> text_of(b"\xef\xbb\xbfid", "a.csv")
    (b'id', ())
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data, "utf-16", name), ()
    if b"\0" in data:
        raise refuse("TL-R003", name, f"a zero byte at byte {data.index(0) + 1}")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _decoded(data, "cp1252", name), (remark("TL-R301", f"first in line {line}"),)
    return data.removeprefix(b"\xef\xbb\xbf"), ()


def cells_of_first_line(text: bytes) -> tuple[list[str], str]:
    """Cut the first line at the delimiter that gives most cells, and name the delimiter.

    >>> cells_of_first_line(b"id;from;place, in words")
    (['id', 'from', 'place, in words'], ';')
    """
    line = next((line for line in text[: 2**20].splitlines() if line.strip()), b"").decode()
    try:
        cut = {mark: next(csv.reader([line], delimiter=mark), []) for mark in DELIMITERS}
    except csv.Error:  # a cell longer than any name: `header_of` refuses it
        cut = {mark: line.split(mark) for mark in DELIMITERS}
    best = max(DELIMITERS, key=lambda mark: len(cut[mark]))
    return cut[best], best


def read_csv(data: bytes, name: str, *, columns: Sequence[str] | None = None, empty: Sequence[str] = ("",)) -> CsvFile:
    r"""Read a table whose cells are all text.

    Parameters
    ----------
    data : bytes
        The unpacked file.
    columns : sequence of str, optional
        The names of the columns, where the file has no header.
    empty : sequence of str
        What an empty cell looks like.

    Raises
    ------
    EvidenceError
        TL-R001 without any line, TL-R003 for bytes that are no text, TL-R004 for mixed delimiters,
        TL-R006 for two columns with one name, TL-R007 above 2 GiB, TL-R017 for too many columns.

    Examples
    --------
    >>> read_csv(b"report;place\n7;near the ford\n", "patrols.csv").table.to_pylist()
    [{'report': '7', 'place': 'near the ford'}]
    """
    if len(data) > LARGEST:
        raise refuse("TL-R007", name, f"{len(data)} bytes")
    text, flags = text_of(data, name)
    text = text.lstrip(b"\r\n")
    names, mark = header_of(text, name, columns)
    table, lost = _parse(text, names, mark, empty, headed=columns is None)
    refuse_mixed(lost, len(names), mark, name)
    numbers = np.delete(np.arange(1, len(table) + len(lost) + 1), [each.number - 1 for each in lost])
    file = CsvFile(table, numbers, tuple(lost), flags)
    return without_swallowing(file, mark) if b'"' in text else file


def header_of(text: bytes, name: str, columns: Sequence[str] | None = None) -> tuple[list[str], str]:
    """Give the names of the columns, those of the first line if none are given, and the delimiter.

    Raises
    ------
    EvidenceError
        TL-R001 without any line, TL-R006 for two columns with one name, TL-R017 for too many.
    """
    header, mark = cells_of_first_line(text)
    if not header:
        raise refuse("TL-R001", name, "it is empty")
    names = [cell.strip() for cell in header] if columns is None else list(columns)
    require_distinct(names, name)
    return names, mark


def without_swallowing(file: CsvFile, mark: str) -> CsvFile:
    """Take the records out of which a cell swallowed rows; they are lost."""
    swallowing = _swallowing(file.table, mark)
    if not swallowing:
        return file
    kept = np.delete(np.arange(len(file.table)), list(swallowing))
    lost = [*file.lost, *(Lost(int(file.numbers[row]), "TL-R102", text) for row, text in swallowing.items())]
    ordered = tuple(sorted(lost, key=lambda each: each.number))
    return CsvFile(file.table.take(pa.array(kept)), file.numbers[kept], ordered, file.flags)


def _decoded(data: bytes, encoding: str, name: str) -> bytes:
    try:
        return data.decode(encoding).encode()
    except UnicodeError as error:
        raise refuse("TL-R003", name, str(error)) from error


def _parse(
    text: bytes, names: list[str], mark: str, empty: Sequence[str], *, headed: bool
) -> tuple[pa.Table, list[Lost]]:
    """Parse; the records with another number of cells than the header are listed instead."""
    lost: list[Lost] = []

    def set_aside(row: pacsv.InvalidRow) -> str:
        code = "TL-R102" if "\n" in row.text.strip() else "TL-R101"
        lost.append(Lost(row.number - headed, code, row.text))
        return "skip"

    # One block and one thread: records keep their numbers, and a cell may be as long as it likes.
    reading = pacsv.ReadOptions(block_size=len(text) + 1, use_threads=False, column_names=names, skip_rows=int(headed))
    parsing = pacsv.ParseOptions(delimiter=mark, newlines_in_values=b'"' in text, invalid_row_handler=set_aside)
    converting = pacsv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=list(empty)
    )
    if headed and not re.search(rb"[\r\n]", text.rstrip()):
        return pa.table({column: pa.array([], pa.string()) for column in names}), []
    return pacsv.read_csv(pa.BufferReader(text), reading, parsing, converting), lost


def refuse_mixed(lost: Sequence[Lost], width: int, mark: str, name: str) -> None:
    """Refuse the file if a record has the right number of cells under another delimiter, and too few under its own.

    Raises
    ------
    EvidenceError
        TL-R004.
    """
    for each in lost:
        if width == 1 or each.swallowed or each.text.count(mark) >= width - 1:
            continue
        others = [other for other in DELIMITERS if other != mark and each.text.count(other) == width - 1]
        if others:
            raise refuse("TL-R004", f"{name} row {each.number}", f"{others[0]!r} here, {mark!r} in the header")


def _swallowing(table: pa.Table, mark: str) -> dict[int, str]:
    """Find the cells that swallowed rows: by row, the cell.

    A line inside a cell is a row if it has all delimiters of one and begins as the rows begin; and
    a quote that was closed by the opening quote of a later cell leaves an odd number of them.
    """
    shapes: set[str] | None = None
    found: dict[int, str] = {}
    for column in table.columns:
        many = np.flatnonzero(np.asarray(pc.fill_null(pc.match_substring(column, "\n"), fill_value=False)))
        for row, cell in zip(many.tolist(), column.take(pa.array(many)).to_pylist(), strict=True):
            shapes = _shapes(table.column(0)) if shapes is None else shapes
            rows = [line for line in cell.splitlines()[1:] if line.count(mark) == table.num_columns - 1]
            if cell.count('"') % 2 or any(_shape(line.split(mark)[0]) in shapes for line in rows):
                found[row] = cell
    return found


def _shapes(cells: pa.ChunkedArray) -> set[str]:
    """Collect how the cells of a column look: digits as 9, letters as a."""
    letters = pc.replace_substring_regex(pc.utf8_trim_whitespace(pc.fill_null(cells, "")), r"\pL+", "a")
    return set(pc.unique(pc.replace_substring_regex(letters, "[0-9]+", "9")).to_pylist())


def _shape(cell: str) -> str:
    return re.sub(r"[0-9]+", "9", re.sub(r"[^\W0-9_]+", "a", cell.strip()))

"""A CSV file of any size in parts, each a table of text as `csv_file.read_csv` gives it: memory follows the part.

What concerns the whole file is looked at first, in one pass: its encoding, and whether a quote stands in it.
"""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from truceline.formats.csv_file import MOST_GROWTH, CsvFile, Lost, header_of, refuse_mixed, without_swallowing
from truceline.formats.rejects import Flag, refuse, remark, why

__all__ = ["LONGEST", "TextFile", "csv_parts", "head_of", "text_file"]

CHUNK: Final = 2**20
"""Bytes of text that are looked at at a time."""
LONGEST: Final = 2**22
"""Bytes of the longest record: a lone quote makes one of all that follows."""
ROWS: Final = 2**17
"""Rows of a part."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of text, looked at as a whole: how it is encoded, whether it holds a quote, and what is to be said.

    `seen` : is told what share of the file was read, from 0 to 1, whenever it is gone through.
    """

    path: Path
    encoding: str
    quoted: bool
    flags: tuple[Flag, ...]
    seen: Callable[[float], None] = lambda _: None

    def chunks(self) -> Iterator[bytes]:
        """Give the text as UTF-8, without a byte order mark and without empty lines before the first."""
        decode = codecs.getincrementaldecoder(self.encoding)()
        begun = False
        for raw in _raw(self.path, self.seen):
            data = raw if self.encoding == "utf-8" else decode.decode(raw, final=not raw).encode()
            if not begun:
                data = data.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n")
                begun = bool(data)
            if data:
                yield data


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file, unpacked where its name ends in ``.gz``."""
    with path.open("rb") as packed, _unpacked(packed, path) as file:
        yield file


def _unpacked(file: BinaryIO, path: Path) -> BinaryIO:
    return gzip.GzipFile(fileobj=file) if path.suffix == ".gz" else file  # type: ignore[return-value]


def head_of(path: Path, size: int = CHUNK) -> bytes:
    """Give the first bytes of a file, unpacked; if it is longer only whole lines of them.

    Raises
    ------
    EvidenceError
        TL-R001 if it cannot be opened.
    """
    try:
        with opened(path) as file:
            data = file.read(size)
            return data if len(data) < size else data[: data.rfind(b"\n") + 1] or data
    except (OSError, EOFError, zlib.error) as error:
        raise refuse("TL-R001", str(path), why(error)) from error


def text_file(path: Path) -> TextFile:
    """Look at a file of text as `csv_file.text_of` does, without holding it.

    Raises
    ------
    EvidenceError
        TL-R001 if it cannot be read, TL-R003 for bytes that are no text, TL-R007 if a packed file grows too much.
    """
    try:
        text = _looked_at(path)
        if text.encoding != "utf-8":
            deque(text.chunks(), maxlen=0)
    except UnicodeError as error:
        raise refuse("TL-R003", str(path), str(error)) from error
    except (OSError, EOFError, zlib.error) as error:
        raise refuse("TL-R001", str(path), why(error)) from error
    return text


def _looked_at(path: Path) -> TextFile:
    allowed, size, line = MOST_GROWTH * path.stat().st_size, 0, 1
    decode, quoted, odd = codecs.getincrementaldecoder("utf-8")(), False, 0
    for raw in _raw(path):
        if not size and raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return TextFile(path, "utf-16", quoted=True, flags=())
        size += len(raw)
        if size > allowed:
            raise refuse("TL-R007", str(path), f"more than {allowed} bytes")
        if b"\0" in raw:
            raise refuse("TL-R003", str(path), f"a zero byte at byte {size - len(raw) + raw.index(0) + 1}")
        quoted = quoted or b'"' in raw
        try:
            decode.decode(b"" if odd else raw, final=not (raw or odd))
        except UnicodeDecodeError as error:
            odd = line + raw.count(b"\n", 0, max(error.start + len(raw) - len(error.object), 0))
        line += raw.count(b"\n")
    flags = (remark("TL-R301", f"first in line {odd}"),) if odd else ()
    return TextFile(path, "cp1252" if odd else "utf-8", quoted, flags)


def _raw(path: Path, seen: Callable[[float], None] = lambda _: None) -> Iterator[bytes]:
    """Give the bytes of a file, unpacked, and at its end none."""
    size = path.stat().st_size
    with path.open("rb") as packed, _unpacked(packed, path) as file:
        while raw := file.read(CHUNK):
            yield raw
            seen(packed.tell() / size)
    yield b""


class _Stream(io.RawIOBase):
    """Chunks of bytes as a file."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        super().__init__()
        self.chunks, self.rest = chunks, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        if not self.rest:
            self.rest = memoryview(next(self.chunks, b""))
        count = min(len(room), len(self.rest))
        room[:count], self.rest = self.rest[:count], self.rest[count:]
        return count


def csv_parts(
    text: TextFile, *, columns: Sequence[str] | None = None, empty: Sequence[str] = ("",),
    only: Sequence[str] | None = None, rows: int = ROWS,
) -> Iterator[CsvFile]:  # fmt: skip
    """Read a table whose cells are all text, part by part.

    Parameters
    ----------
    text : TextFile
    columns, empty
        As in `csv_file.read_csv`.
    only : sequence of str, optional
        Only these columns; rows that cannot be read are not looked for then.
    rows : int
        So many rows, or a few more, make a part.

    Yields
    ------
    CsvFile
        Its numbers are those of the records in the whole file.

    Raises
    ------
    EvidenceError
        As `csv_file.read_csv`; TL-R015 if a record is longer than `LONGEST`.
    """
    name = str(text.path)
    names, mark = header_of(next(text.chunks(), b""), name, columns)
    lost: deque[Lost] = deque()
    done, flags = 0, text.flags
    try:
        reader = _reader(text, names, mark, empty, lost, headed=columns is None, only=only)
        for table in _gathered(reader, rows):
            mine = _lost_within(lost, done, len(table))
            refuse_mixed(mine, len(names), mark, name)
            numbers = _numbers(done, len(table), mine)
            part = CsvFile(table, numbers, tuple(mine), flags)
            yield part if only is not None else without_swallowing(part, mark)
            done, flags = done + len(table) + len(mine), ()
        if lost:
            refuse_mixed(list(lost), len(names), mark, name)
            yield CsvFile(reader.schema.empty_table(), np.empty(0, dtype=np.int64), tuple(lost), flags)
    except pa.ArrowInvalid as error:
        if "straddling" not in str(error):
            raise refuse("TL-R001", name, why(error)) from error
        raise refuse("TL-R015", f"{name} after row {done}", f"more than {LONGEST} bytes") from error
    except (OSError, EOFError, zlib.error, UnicodeError) as error:
        code = "TL-R003" if isinstance(error, UnicodeError) else "TL-R001"
        raise refuse(code, name, why(error)) from error


def _reader(
    text: TextFile, names: list[str], mark: str, empty: Sequence[str], lost: deque[Lost], *, headed: bool,
    only: Sequence[str] | None,
) -> pacsv.CSVStreamingReader:  # fmt: skip
    def set_aside(row: pacsv.InvalidRow) -> str:
        code = "TL-R102" if "\n" in row.text.strip() else "TL-R101"
        lost.append(Lost(row.number - headed, code, row.text))
        return "skip"

    reading = pacsv.ReadOptions(block_size=LONGEST, use_threads=False, column_names=names, skip_rows=int(headed))
    parsing = pacsv.ParseOptions(delimiter=mark, newlines_in_values=text.quoted, invalid_row_handler=set_aside)
    converting = pacsv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=list(empty),
        include_columns=list(only) if only is not None else None,
    )  # fmt: skip
    return pacsv.open_csv(pa.PythonFile(io.BufferedReader(_Stream(text.chunks()), CHUNK)), reading, parsing, converting)


def _gathered(reader: pacsv.CSVStreamingReader, rows: int) -> Iterator[pa.Table]:
    """Put batches together until they have so many rows."""
    waiting: list[pa.RecordBatch] = []
    for batch in reader:
        waiting.append(batch)
        if sum(map(len, waiting)) >= rows:
            yield pa.Table.from_batches(waiting).combine_chunks()
            waiting = []
    if waiting:
        yield pa.Table.from_batches(waiting).combine_chunks()


def _lost_within(lost: deque[Lost], done: int, rows: int) -> list[Lost]:
    """Take out of the row, in order, the records that are missing among so many rows that follow those done."""
    mine: list[Lost] = []
    while lost and lost[0].number <= done + rows + len(mine):
        mine.append(lost.popleft())
    return mine


def _numbers(done: int, rows: int, lost: Sequence[Lost]) -> np.ndarray[Any, np.dtype[np.int64]]:
    numbers = np.arange(done + 1, done + rows + len(lost) + 1, dtype=np.int64)
    return np.delete(numbers, [each.number - done - 1 for each in lost])

"""Large files of reports, cut into parts that the usual readers read: which they are, and how each kind is read."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from truceline.formats import acled, ucdp
from truceline.formats.arrow_file import arrow_batches, arrow_count, arrow_schema, is_arrow, require_kept
from truceline.formats.csv_file import CsvFile, cells_of_first_line, header_of
from truceline.formats.csv_parts import csv_parts, head_of, opened, text_file
from truceline.formats.date_order import Orders
from truceline.formats.date_proof import Dated, proved
from truceline.formats.headers import require_distinct
from truceline.formats.parquet_file import require_sound
from truceline.formats.plain import DATES, Asked, plain_dates, read_plain
from truceline.formats.rejects import refuse, why
from truceline.formats.result import ReportsRead
from truceline.formats.tables import tables_of

__all__ = ["WHOLE", "Seen", "is_large", "parts_of"]

WHOLE: Final = 2**26
"""Bytes of text or of cells up to which a file is read as a whole."""
ROWS: Final = 2**17

Seen = Callable[[float], None]
"""Is told what share of a file was read, from 0 to 1."""
Cut = Callable[[Sequence[str] | None, Seen], Iterator[CsvFile]]
"""Goes through the parts of a file; only through these columns, if any are named."""
FIRST: Final = 0.2
"""What share of the work the first look at the dates is."""


def is_large(path: Path, most: int = WHOLE) -> bool:
    """Say whether a file is too large to be held as a whole; GeoJSON and GeoPackage never are cut.

    Raises
    ------
    EvidenceError
        TL-R001 if it cannot be opened.
    """
    head = head_of(path, 2**12)
    if head.startswith(b"PAR1"):
        try:
            layout = pq.read_metadata(path)
        except (OSError, pa.ArrowException):
            return False  # whoever reads it says what is wrong
        return bool(sum(layout.row_group(at).total_byte_size for at in range(layout.num_row_groups)) > most)
    if head.startswith(b"SQLite format 3") or head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
        return False
    return path.stat().st_size > most or (path.suffix == ".gz" and _grows_above(path, most))


def _grows_above(path: Path, most: int) -> bool:
    size = 0
    try:
        with opened(path) as file:
            while size <= most and (data := file.read(2**20)):
                size += len(data)
    except (OSError, EOFError, zlib.error) as error:
        raise refuse("TL-R001", str(path), why(error)) from error
    return size > most


def parts_of(
    path: Path, kind: str, asked: Asked, version: str | None = None, seen: Seen = lambda _: None
) -> Iterator[ReportsRead]:
    """Read a file in parts, each by the reader of its kind: csv, parquet, arrow, ucdp or acled.

    The parts are read as parts of one file: what its dates prove is proved by all of it. `seen` is told what share
    of the work is done.
    """
    how = _How.of(path, kind, version)
    names, cut = _cut_of(path, kind)
    only = [name for name in names if name in how.dates_in(asked)]
    orders: Orders = {}
    if only:

        def read(known: Orders) -> Iterator[Mapping[str, Dated]]:
            parts = cut(only, lambda share: seen(FIRST * share))
            return (how.dates(part.table, asked, known) for part in parts)

        orders = proved(read, asked.mapping.date_order)
    told, before = replace(asked, orders=orders), FIRST if only else 0.0
    for part in cut(None, lambda share: seen(before + (1.0 - before) * share)):
        try:
            yield how.read(part, told)
        except (pa.ArrowException, UnicodeDecodeError) as error:
            raise refuse("TL-R001", str(path), why(error)) from error


@dataclass(frozen=True, slots=True)
class _How:
    """How one kind is read: its reader, its columns of dates by name, and those columns of a part."""

    read: Callable[[CsvFile, Asked], ReportsRead]
    dates_in: Callable[[Asked], set[str]]
    dates: Callable[[pa.Table, Asked, Orders], dict[str, Dated]]

    @classmethod
    def of(cls, path: Path, kind: str, version: str | None) -> _How:
        if kind not in {"ucdp", "acled"}:
            return cls(lambda part, asked: read_plain(str(path), kind, part, asked), _plain_columns, plain_dates)
        module = ucdp if kind == "ucdp" else acled
        reader = ucdp.read_ucdp if kind == "ucdp" else acled.read_acled

        def read(part: CsvFile, asked: Asked) -> ReportsRead:
            own = tables_of(module.DATASET, precision=asked.mapping.precision, acts=asked.mapping.acts)
            return reader(part, name=str(path), zone=asked.zone, regions=asked.regions, version=version,
                          date_order=asked.order, tables=own)  # fmt: skip

        if kind == "ucdp":
            return cls(read, lambda _: {"date_start", "date_end", "date_prec", "source_date"}, ucdp.ucdp_dates)
        return cls(read, lambda _: {"event_date"}, acled.acled_dates)


def _plain_columns(asked: Asked) -> set[str]:
    """Name the columns of a file in which dates stand."""
    return {theirs for ours in DATES for theirs in asked.mapping.columns.get(ours, (ours,))}


def _cut_of(path: Path, kind: str) -> tuple[list[str], Cut]:
    """Name the columns of a file, and give what cuts it."""
    head = head_of(path)
    if head.startswith(b"PAR1") or is_arrow(head):
        schema = arrow_schema(path) if is_arrow(head) else pq.read_schema(path)
        require_distinct(schema.names, str(path))
        if is_arrow(head):
            require_kept(schema, str(path))
        else:
            require_sound(pq.read_metadata(path), path.stat().st_size, str(path))
        return schema.names, lambda only, seen: _cells(path, schema, only, seen)
    text = text_file(path)
    begin = next(text.chunks(), b"")
    headless = kind == "ucdp" and ucdp.is_headless(cells_of_first_line(begin)[0])
    if headless:
        text = replace(text, flags=(*text.flags, ucdp.HEADLESS))
    names, _ = header_of(begin, str(path), ucdp.COLUMNS_49 if headless else None)
    columns, empty = names if headless else None, ucdp.MISSING if kind == "ucdp" else ("",)
    return names, lambda only, seen: csv_parts(
        replace(text, seen=seen), columns=columns, empty=empty, only=only, rows=ROWS
    )


def _cells(path: Path, schema: pa.Schema, only: Sequence[str] | None, seen: Seen) -> Iterator[CsvFile]:
    """Cut a file of Parquet or Arrow."""
    done = 0
    try:
        if is_arrow(head_of(path, 2**12)):
            batches, rows = arrow_batches(path, only, ROWS), arrow_count(path)
        else:
            rows = pq.read_metadata(path).num_rows
            batches = pq.ParquetFile(path).iter_batches(ROWS, columns=None if only is None else list(only))
        for batch in batches:
            numbers = np.arange(done + 1, done + batch.num_rows + 1, dtype=np.int64)
            yield CsvFile(pa.Table.from_batches([batch]), numbers, (), ())
            done += batch.num_rows
            seen(done / rows)
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
        raise refuse("TL-R001", str(path), why(error)) from error
    if not done:
        yield CsvFile(schema.empty_table(), np.empty(0, dtype=np.int64), (), ())

"""Rows of results into a file or a pipe, batch by batch: CSV for everyone, JSON lines, Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO, Literal, Protocol

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import pyarrow.parquet as pq

__all__ = ["FORMATS", "RowFormat", "RowWriter", "row_writer"]

RowFormat = Literal["csv", "jsonl", "parquet"]
FORMATS: Mapping[str, RowFormat] = {
    ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip
"""The format that the ending of a file name stands for."""

LISTS = frozenset({"reasons", "fields"})
"""Columns whose words are joined by ``;``: in JSON they are lists."""

# A cell that begins so is run as a formula by spreadsheet programs (a tab or a return first is skipped by them).
_FORMULA = r"^[=@\t\r+-]"
_NUMBER = r"^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$"


LARGEST_GROUP = 2**18
"""Rows of a row group of a long file."""


class RowWriter(Protocol):
    """What takes one batch of rows after the other."""

    def write(self, batch: pa.RecordBatch) -> None:
        """Write a batch of the schema that the writer was made for."""
        ...


@contextmanager
def row_writer(
    file: BinaryIO, form: RowFormat, schema: pa.Schema, about: Mapping[str, Any] | None = None
) -> Iterator[RowWriter]:
    """Make a writer of rows; the file is complete when the block ends.

    Parameters
    ----------
    file : binary file
        Open for writing; it need not be seekable.
    form : {"csv", "jsonl", "parquet"}
        CSV is UTF-8 with line feeds, an empty cell for "not stated", and an apostrophe before text that a
        spreadsheet would run as a formula; JSON lines and Parquet give every text as it is.
    schema : pyarrow.Schema
    about : mapping, optional
        What the rows are (agreement, readings, version): kept in the metadata of a Parquet file, as JSON
        under ``truceline``. JSON lines name the proxy of a clause that is seen through one (`proxies`, by provision)
        in its rows. CSV has no place for it.

    Examples
    --------
    >>> import io
    >>> file = io.BytesIO()
    >>> rows = pa.record_batch({"report": ["a:1", "=1+1"], "offset_near_m": [-4.5, None]})
    >>> with row_writer(file, "csv", rows.schema) as writer:
    ...     writer.write(rows)
    >>> print(file.getvalue().decode())
    report,offset_near_m
    a:1,-4.5
    '=1+1,
    <BLANKLINE>
    """
    if form == "parquet":
        told = {**(schema.metadata or {}), b"truceline": json.dumps(about or {}, ensure_ascii=False).encode()}
        coded = [field.name for field in schema if pa.types.is_dictionary(field.type)]  # numbers seldom repeat
        others = [field.name for field in schema if field.name not in coded]
        layout = schema.with_metadata(told)
        # The least and the greatest of a few words help nobody, and to find them takes as long as to write them.
        ways: dict[str, Any] = {"use_dictionary": coded, "write_statistics": others}
        with pq.ParquetWriter(file, layout, compression="zstd", compression_level=1, **ways) as parquet:
            rows = _Parquet(parquet)
            yield rows
            rows.flush()
    elif form == "csv":
        plain = pa.schema([pa.field(field.name, _plain_type(field.type)) for field in schema])
        file.write((",".join(field.name for field in plain) + "\n").encode())
        yield _Csv(file, plain)
    else:
        yield _JsonLines(file, (about or {}).get("proxies", {}))


class _Parquet:
    """Batches become row groups, of more rows the longer the file is.

    Of each group some 2 KB per column are kept in memory until the file ends: of a hundred million rows, of 32,768 each
    and with a column for every provision and reading, that would be a gigabyte.
    """

    def __init__(self, writer: pq.ParquetWriter) -> None:
        self.writer = writer
        self.waiting: list[pa.RecordBatch] = []
        self.rows = self.written = 0

    def write(self, batch: pa.RecordBatch) -> None:
        self.waiting.append(batch)
        self.rows += batch.num_rows
        if self.rows >= min(LARGEST_GROUP, self.written // 16):
            self.flush()

    def flush(self) -> None:
        """Write what waits as one group; of columns in code all batches have to have one dictionary."""
        if self.waiting:
            table = pa.Table.from_batches(self.waiting).unify_dictionaries()
            self.writer.write_table(table, row_group_size=max(self.rows, 1))
        self.written += self.rows
        self.waiting, self.rows = [], 0


class _Csv:
    def __init__(self, file: BinaryIO, schema: pa.Schema) -> None:
        self.file, self.schema = file, schema

    def write(self, batch: pa.RecordBatch) -> None:
        columns = [_cells(batch.column(field.name), field.type) for field in self.schema]
        # Arrow quotes every text or none: quotes are left out where nothing in the batch needs them.
        style = "needed" if any(_needs_quotes(column) for column in columns) else "none"
        rows = pa.RecordBatch.from_arrays(columns, schema=self.schema)
        pcsv.write_csv(rows, self.file, pcsv.WriteOptions(include_header=False, quoting_style=style))


class _JsonLines:
    def __init__(self, file: BinaryIO, proxies: Mapping[str, str]) -> None:
        self.file, self.proxies = file, proxies

    def write(self, batch: pa.RecordBatch) -> None:
        for row in batch.to_pylist():
            if row.get("provision") in self.proxies:
                row["proxy"] = self.proxies[row["provision"]]
            for name in LISTS & row.keys():
                row[name] = row[name].split(";") if row[name] else []
            line = json.dumps(row, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
            self.file.write(line.encode() + b"\n")


def _plain_type(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _needs_quotes(column: pa.Array) -> bool:
    if not pa.types.is_string(column.type):
        return False
    return bool(pc.any(pc.match_substring_regex(column, '[",\\r\\n]')).as_py())


def _cells(column: pa.Array, kind: pa.DataType) -> pa.Array:
    plain = column.cast(kind)
    if not pa.types.is_string(kind):
        return pc.round(plain, 3) if pa.types.is_floating(kind) else plain
    formula = pc.and_(pc.match_substring_regex(plain, _FORMULA), pc.invert(pc.match_substring_regex(plain, _NUMBER)))
    if not pc.any(formula).as_py():
        return plain
    return pc.if_else(formula, pc.binary_join_element_wise("'", plain, ""), plain)

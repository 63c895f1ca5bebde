"""Arrow IPC: files (Feather too) and streams, read batch by batch through a memory map, and written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from truceline.formats.csv_file import FREE, MOST_GROWTH, CsvFile
from truceline.formats.headers import MOST_CELLS, require_distinct
from truceline.formats.rejects import refuse

__all__ = ["ENDINGS", "arrow_batches", "arrow_count", "arrow_rows", "arrow_schema", "is_arrow", "require_kept",
           "write_arrow"]  # fmt: skip

FILE: Final = b"ARROW1"
STREAM: Final = b"\xff\xff\xff\xff"
"""What a stream begins with; one from before 2019 (Arrow 0.14) does not, and is not known again."""
ENDINGS: Final = (".arrow", ".ipc", ".feather", ".arrows")
ROWS: Final = 2**17
"""Rows of a batch of what is written: one that is read in parts is held as a whole."""


def is_arrow(head: bytes) -> bool:
    r"""Say by its first bytes whether a file is Arrow IPC.

    >>> is_arrow(b"ARROW1\x00\x00"), is_arrow(b"report,from")
    (True, False)
    """
    return head.startswith((FILE, STREAM))


def arrow_schema(source: Path | bytes) -> pa.Schema:
    """Read the columns of a file, and its metadata."""
    with _reader(source) as reader:
        return reader.schema


def arrow_batches(
    source: Path | bytes, columns: Sequence[str] | None = None, rows: int = ROWS
) -> Iterator[pa.RecordBatch]:
    """Go through a file, at most so many rows at a time; of a file on disk only those pages are read that are used.

    What lies outside the bounds of a batch would crash the program, so every batch is looked through first.

    Parameters
    ----------
    source : path or bytes
    columns : sequence of str, optional
        Only these.
    rows : int

    Raises
    ------
    pyarrow.ArrowException
        If the file is broken.
    """
    with _reader(source) as reader:
        count = reader.num_record_batches if isinstance(reader, pa.RecordBatchFileReader) else None
        whole = iter(reader) if count is None else (reader.get_batch(number) for number in range(count))
        size = len(source) if isinstance(source, bytes) else source.stat().st_size
        done = unpacked = 0
        for batch in whole:
            done, unpacked = done + batch.num_rows, unpacked + batch.nbytes
            if done * batch.num_columns > max(MOST_CELLS, MOST_GROWTH * size) or unpacked > max(
                FREE, MOST_GROWTH * size
            ):
                msg = f"{done} rows and {unpacked} bytes in a file of {size} bytes"
                raise pa.ArrowInvalid(msg)
            chosen = batch if columns is None else batch.select(list(columns))
            chosen.validate(full=True)
            for at in range(0, chosen.num_rows, rows):
                yield chosen.slice(at, rows)


def arrow_count(source: Path | bytes) -> int:
    """Count the rows of a file."""
    return sum(batch.num_rows for batch in arrow_batches(source, ()))


def arrow_rows(source: Path | bytes, name: str) -> CsvFile:
    """Read all records, numbered from 1.

    Raises
    ------
    EvidenceError
        TL-R006 if two columns have one name, TL-R017 if there are too many; TL-R018 if one cannot be kept.
    """
    schema = arrow_schema(source)
    require_distinct(schema.names, name)
    require_kept(schema, name)
    table = pa.Table.from_batches(arrow_batches(source), schema=schema)
    return CsvFile(table, np.arange(1, len(table) + 1), (), ())


def require_kept(schema: pa.Schema, at: str) -> None:
    """Refuse a column of a type that no Parquet file can hold: what is read has to be written.

    Raises
    ------
    EvidenceError
        TL-R018.
    """
    if not _fits_parquet(schema):
        field = next(field for field in schema if not _fits_parquet(pa.schema([field])))
        raise refuse("TL-R018", f"{at} column {field.name}", str(field.type))


def _fits_parquet(schema: pa.Schema) -> bool:
    try:
        pq.write_table(schema.empty_table(), pa.BufferOutputStream())
    except pa.ArrowException:
        return False
    return True


def write_arrow(schema: pa.Schema, batches: Iterable[pa.RecordBatch], file: BinaryIO) -> None:
    """Write an Arrow IPC file, uncompressed: whoever reads it maps it into memory."""
    with pa.ipc.new_file(file, schema) as writer:
        for batch in batches:
            writer.write_table(pa.Table.from_batches([batch.cast(schema)]), max_chunksize=ROWS)


@contextmanager
def _reader(source: Path | bytes) -> Iterator[pa.RecordBatchFileReader | pa.RecordBatchStreamReader]:
    with pa.BufferReader(source) if isinstance(source, bytes) else pa.memory_map(str(source)) as file:
        head = file.read(len(FILE))
        file.seek(0)
        with pa.ipc.open_file(file) if head == FILE else pa.ipc.open_stream(file) as reader:
            yield reader

"""A Parquet file as a table of records."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from truceline.formats.csv_file import FREE, MOST_GROWTH, CsvFile
from truceline.formats.headers import require_distinct, require_filled
from truceline.formats.rejects import refuse, why

__all__ = ["opened_parquet", "parquet_rows", "require_sound", "rows_of"]


def opened_parquet(data: bytes, name: str) -> pq.ParquetFile:
    """Open a Parquet file.

    Raises
    ------
    EvidenceError
        TL-R001 if it is none.
    """
    try:
        return pq.ParquetFile(pa.BufferReader(data))
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
        raise refuse("TL-R001", name, why(error)) from error


def parquet_rows(data: bytes, name: str) -> CsvFile:
    """Read all records of a Parquet file, numbered from 1.

    Raises
    ------
    EvidenceError
        TL-R001 if it cannot be read, TL-R006 if two columns have one name, TL-R007 if it is far too large when
        unpacked, TL-R017 if there are too many columns.
    """
    file = opened_parquet(data, name)
    require_distinct(file.schema_arrow.names, name)
    require_sound(file.metadata, len(data), name)
    try:
        return rows_of(file.read())
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
        raise refuse("TL-R001", name, why(error)) from error


def require_sound(layout: pq.FileMetaData, size: int, at: str) -> None:
    """Refuse a file that says of itself that it is far larger than its bytes.

    Raises
    ------
    EvidenceError
        TL-R007.
    """
    unpacked = sum(layout.row_group(number).total_byte_size for number in range(layout.num_row_groups))
    if unpacked > max(FREE, MOST_GROWTH * size):
        raise refuse("TL-R007", at, f"{unpacked} bytes")
    require_filled(layout.num_rows, layout.num_columns, size, at)


def rows_of(table: pa.Table) -> CsvFile:
    """Give the records of a table their numbers, from 1.

    >>> rows_of(pa.table({"report": ["a", "b"]})).numbers
    array([1, 2])
    """
    return CsvFile(table, np.arange(1, len(table) + 1), (), ())

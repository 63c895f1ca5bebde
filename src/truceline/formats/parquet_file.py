"""A Parquet file as a table of records."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from truceline.formats.arrow_file import require_distinct
from truceline.formats.csv_file import CsvFile
from truceline.formats.rejects import refuse, why

__all__ = ["opened_parquet", "parquet_rows", "rows_of"]


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
        TL-R001 if it cannot be read, TL-R006 if two columns have one name.
    """
    file = opened_parquet(data, name)
    require_distinct(file.schema_arrow.names, name)
    try:
        return rows_of(file.read())
    except (OSError, pa.ArrowException, UnicodeDecodeError) as error:
        raise refuse("TL-R001", name, why(error)) from error


def rows_of(table: pa.Table) -> CsvFile:
    """Give the records of a table their numbers, from 1.

    >>> rows_of(pa.table({"report": ["a", "b"]})).numbers
    array([1, 2])
    """
    return CsvFile(table, np.arange(1, len(table) + 1), (), ())

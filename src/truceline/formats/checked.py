"""Files whose cells were checked: Parquet or Arrow IPC that `reports.write_reports` wrote, streamed batch by batch."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from truceline.evidence.columns import LATER, NAMES
from truceline.evidence.extent import Choice
from truceline.formats.arrow_file import ENDINGS, arrow_batches, arrow_count, arrow_schema
from truceline.formats.rejects import refuse, why
from truceline.formats.row_groups import batches_of_groups

__all__ = ["MARK", "checked_rows", "checked_table", "is_checked", "mark_of", "report_batches", "require_kind",
           "said_of"]  # fmt: skip

MARK: Final = b"truceline"


def report_batches(
    path: Path | str, *, columns: Sequence[str] | None = None, rows: int = 2**16, coded: Sequence[str] = (),
    choose: Choice | None = None,
) -> Iterator[pa.RecordBatch]:  # fmt: skip
    """Stream a file that `write_reports` wrote; memory follows the batch, not the file.

    Parameters
    ----------
    columns : sequence of str, optional
        Only these.
    rows : int
        At most so many per batch.
    coded : sequence of str
        Columns whose words are read as places in a dictionary, if the file is Parquet.
    choose : callable, optional
        Is told what is known of each row group of Parquet, and says what has to be read of it.

    Raises
    ------
    EvidenceError
        TL-R001 if it cannot be read; TL-R005 if `write_reports` did not write it: then nobody
        has checked its cells, and `read_reports` has to.
    """
    where = Path(path)
    try:
        if MARK not in _metadata(where) or not set(NAMES) - LATER <= set(_schema(where).names):
            raise refuse("TL-R005", str(path), "its cells were never checked", "read it with read_reports first")
        if _is_arrow(where):
            yield from arrow_batches(where, columns, rows)
            return
        with pq.ParquetFile(where, read_dictionary=list(coded), pre_buffer=False) as file:  # a buffer keeps all it read
            names = columns or file.schema_arrow.names
            yield from batches_of_groups(file, names, rows, choose or _all)
    except (OSError, pa.ArrowException) as error:
        raise refuse("TL-R001", str(path), why(error)) from error


def is_checked(path: Path | str) -> bool:
    """Say whether a file is Parquet or Arrow IPC that `write_reports` wrote."""
    try:
        return MARK in _metadata(Path(path))
    except (OSError, pa.ArrowException):
        return False


def require_kind(path: Path | str, kind: str | None) -> None:
    """Refuse a checked file that is asked for as what it was before.

    Raises
    ------
    EvidenceError
        TL-R016.
    """
    if kind not in (None, "parquet", "arrow"):
        raise refuse("TL-R016", str(path), f"{kind} was asked for, and truceline import wrote it")


def said_of(path: Path | str) -> dict[str, Any]:
    """Read what `write_reports` wrote into the metadata of a file: file, kind, dataset, counts, numbered, compared."""
    return dict(json.loads(_metadata(Path(path))[MARK]))


def mark_of(about: Mapping[str, Any]) -> dict[bytes, bytes]:
    """Write the metadata of a checked file."""
    return {MARK: json.dumps(about, ensure_ascii=False).encode()}


def checked_rows(path: Path) -> int:
    """Count the reports of a checked file."""
    if _is_arrow(path):
        return arrow_count(path)
    return int(pq.read_metadata(path).num_rows)


def checked_table(path: Path) -> pa.Table:
    """Read a checked file as a whole, with the source's own columns."""
    return pa.Table.from_batches(arrow_batches(path), arrow_schema(path)) if _is_arrow(path) else pq.read_table(path)


def _is_arrow(path: Path) -> bool:
    return path.suffix.lower() in ENDINGS


def _schema(path: Path) -> pa.Schema:
    return arrow_schema(path) if _is_arrow(path) else pq.read_schema(path)


def _metadata(path: Path) -> Mapping[bytes, bytes]:
    """Read what is said of a file; what is added to Parquet last does not stand in its schema."""
    return (arrow_schema(path).metadata if _is_arrow(path) else pq.read_metadata(path).metadata) or {}


def _all(_: object) -> None:
    """Read all that is asked for."""

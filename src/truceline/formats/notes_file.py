"""What was found in files of reports, on disk: the list beside an output, and the notes of a file read in parts."""

from __future__ import annotations

import csv
import heapq
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

import pyarrow as pa
import pyarrow.parquet as pq

from truceline.formats.atomic import written
from truceline.formats.rejects import NOTE_SCHEMA, WARNED

__all__ = ["SPOOLED_NOTES", "Notes", "plain_notes", "write_rejects"]

LEFT_OUT, LOADED = "left out", "loaded with a doubt"
COLUMNS: Final = ("row", "fate", "column", "code", "reason", "remedy", "value", "original")
SPOOLED_NOTES: Final = pa.schema(
    [(field.name, field.type.value_type if pa.types.is_dictionary(field.type) else field.type) for field in NOTE_SCHEMA]
    + [("original", pa.string())]
)
"""Notes as they stand on disk: words written out, and the record that was left out."""

Notes: TypeAlias = "pa.Table | Path"
"""Notes by row: a table, or a Parquet file of `SPOOLED_NOTES`."""


def write_rejects(notes: Iterable[Notes], path: Path | str) -> None:
    """Write notes as CSV, by row: what became of the row, code, reason, remedy, the cell, and the record.

    Cell and record are JSON, so that no cell begins like a formula of a spreadsheet. The record of a row that was
    loaded stands in the table and is not written again.
    """
    with written(path) as file:
        text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        for note in heapq.merge(*map(_by_row, notes), key=lambda note: note["row"]):
            value = "" if note["value"] is None else json.dumps(note["value"], ensure_ascii=False)
            fate = LOADED if note["code"].startswith(WARNED) else LEFT_OUT
            words = (note["row"], fate, note["column"], note["code"], note["what"], note["remedy"])
            writer.writerow([*words, value, note.get("original") or ""])
        text.flush()
        text.detach()


def plain_notes(tables: Iterable[pa.Table]) -> pa.Table:
    """Put notes of one part of a file together, by row, as they stand on disk.

    >>> plain_notes([]).num_rows
    0
    """
    parts = []
    for table in tables:
        original = table["original"] if "original" in table.column_names else pa.nulls(len(table), pa.string())
        cells = [original if name == "original" else table[name] for name in SPOOLED_NOTES.names]
        parts.append(pa.table(cells, names=SPOOLED_NOTES.names).cast(SPOOLED_NOTES))
    return pa.concat_tables([SPOOLED_NOTES.empty_table(), *parts]).sort_by("row")


def _by_row(notes: Notes) -> Iterator[Mapping[str, Any]]:
    if isinstance(notes, Path):
        with pq.ParquetFile(notes) as file:
            for batch in file.iter_batches():
                yield from batch.to_pylist()
    else:
        yield from notes.sort_by("row").to_pylist()

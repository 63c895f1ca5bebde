"""Rows whose id stands in the file before: the same row again, or a revision of it."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from truceline.formats.rejects import Flag, flag

__all__ = ["repeats"]


def repeats(table: pa.Table, ids: pa.ChunkedArray, column: str) -> tuple[Flag, ...]:
    """Find rows whose id stands before: the same row again, or another content under it.

    >>> [flag.rows.tolist() for flag in repeats(pa.table({"id": [7, 7, 7], "best": [1, 1, 2]}),
    ...                                         pa.chunked_array([["7", "7", "7"]]), "id")]
    [[1], [2]]
    """
    counts = pc.value_counts(ids.drop_null())
    often = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    again, changed = np.zeros(len(ids), dtype=bool), np.zeros(len(ids), dtype=bool)
    if len(often):
        rows = np.flatnonzero(np.asarray(pc.is_in(ids, often).combine_chunks()))
        seen: dict[str, list[dict[str, object]]] = {}
        names = ids.take(pa.array(rows)).to_pylist()
        for row, name, content in zip(rows.tolist(), names, table.take(pa.array(rows)).to_pylist(), strict=True):
            again[row] = content in seen.get(name, [])
            changed[row] = name in seen and not again[row]
            seen.setdefault(name, []).append(content)
    return flag("TL-R108", again, column, ids), flag("TL-R207", changed, column, ids)

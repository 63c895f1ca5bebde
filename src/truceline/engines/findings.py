"""Verdicts as a table: one row per report x provision x reading, in that order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from truceline.judge.places import Places
from truceline.judge.reasons import codes_of
from truceline.judge.verdict import VERDICTS, Verdicts

__all__ = ["FINDINGS_SCHEMA", "findings_table"]

_WORD = pa.dictionary(pa.int32(), pa.string())
FINDINGS_SCHEMA = pa.schema(
    [
        ("report", pa.string()),
        ("provision", _WORD),
        ("reading", _WORD),
        ("verdict", _WORD),
        ("reasons", _WORD),
        ("line", _WORD),
        ("offset_near_m", pa.float64()),
        ("offset_far_m", pa.float64()),
        ("station_near_m", pa.float64()),
        ("station_far_m", pa.float64()),
    ]
)
"""`reasons` joins codes by ``;``; offsets and stations are those of the report along `line`, null without a line.

Where the terms do not say which side of the line is meant, the offsets are distances.
"""


def findings_table(
    reports: pa.Array, pairs: Sequence[tuple[str, str]], verdicts: Sequence[Verdicts], places: Places,
    lines: Sequence[str], wanted: NDArray[np.int8] | None = None, hidden: NDArray[np.bool_] | None = None,
) -> pa.RecordBatch:  # fmt: skip
    """Write verdicts as rows.

    Parameters
    ----------
    reports : pyarrow string array, length n
    pairs : sequence of (provision, reading), length k
        In the order in which they shall stand for each report.
    verdicts : sequence of Verdicts, length k
        Each for all n reports.
    places : Places
        The n reports as located.
    lines : sequence of str
        Names of the lines by id.
    wanted : ndarray of int8, optional
        Verdicts to keep; all of them without it.
    hidden : ndarray of bool, shape (n,), optional
        Protected reports: two distances from two lines would give their place away, so they have none.

    Returns
    -------
    pyarrow.RecordBatch
        n * k rows of `FINDINGS_SCHEMA`, fewer if only some verdicts are wanted.
    """
    n, k = len(reports), len(pairs)
    verdict = np.stack([one.verdict for one in verdicts], axis=1).ravel() if k else np.zeros(0, dtype=np.int8)
    keep = np.arange(n * k) if wanted is None else np.flatnonzero(np.isin(verdict, wanted))
    row, pair = keep // max(k, 1), keep % max(k, 1)
    line = _stacked([one.line for one in verdicts], keep)
    columns = [
        reports.take(pa.array(row)),
        _words([provision for provision, _ in pairs], pair),
        _words([reading for _, reading in pairs], pair),
        _dictionary(verdict[keep], VERDICTS),
        _reasons(_stacked([one.reasons for one in verdicts], keep)),
        _dictionary(line, lines),
        *_measures(line, row, places, places.unplaced if hidden is None else places.unplaced | hidden),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=FINDINGS_SCHEMA)


def _stacked(columns: list[NDArray[np.generic]], keep: NDArray[np.int64]) -> NDArray[np.generic]:
    return np.stack(columns, axis=1).ravel()[keep] if columns else np.zeros(0, dtype=np.int16)


def _words(names: list[str], index: NDArray[np.int64]) -> pa.Array:
    """Encode repeated names as a dictionary of the distinct ones."""
    distinct = list(dict.fromkeys(names))
    at = np.array([distinct.index(name) for name in names], dtype=np.int32)
    return _dictionary(at[index] if len(names) else np.zeros(0, dtype=np.int32), distinct)


def _dictionary(index: NDArray[np.generic], names: Sequence[str]) -> pa.Array:
    """Encode ids; a negative id is null."""
    indices = pa.array(index.astype(np.int32), mask=np.asarray(index) < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(names), pa.string()))


def _reasons(masks: NDArray[np.generic]) -> pa.Array:
    distinct, index = np.unique(masks, return_inverse=True)
    return _dictionary(index.reshape(-1), [";".join(codes_of(int(mask))) for mask in distinct])


def _measures(
    line: NDArray[np.generic], row: NDArray[np.int64], places: Places, without: NDArray[np.bool_]
) -> list[pa.Array]:
    """Give the offset and station intervals of each row along its own line; null where there is none."""
    values = np.full((4, len(line)), np.nan)
    for number, offsets in places.lines.items():
        if offsets is None:
            continue
        mine = (line == number) & ~without[row]
        for column, found in zip(values, (*offsets.told, offsets.station_low, offsets.station_high), strict=True):
            column[mine] = found[row[mine]]
    return [pa.array(column, mask=~np.isfinite(column)) for column in values]

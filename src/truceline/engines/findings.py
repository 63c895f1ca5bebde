"""Verdicts as a table: long, one row per report x provision x reading, or wide, one row per report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from truceline.engines.rulings import Ruled
from truceline.judge.located import Offsets, Places
from truceline.judge.reasons import codes_of
from truceline.judge.verdict import VERDICTS

__all__ = ["FINDINGS_SCHEMA", "MEASURES", "Judged", "findings_table", "parts_of", "wide_schema", "wide_table"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
_WORD = pa.dictionary(pa.int32(), pa.string())
MEASURES = ("offset_near_m", "offset_far_m", "station_near_m", "station_far_m")
FINDINGS_SCHEMA = pa.schema(
    [
        ("report", pa.string()),
        *(pa.field(name, _WORD, nullable=False) for name in ("provision", "reading", "verdict", "reasons")),
        ("line", _WORD),
        *((name, pa.float64()) for name in MEASURES),
    ]
)
"""`reasons` joins codes by ``;``; offsets and stations are those of the report along `line`, null without a line.

The offset surely lies in [offset_near_m, offset_far_m], positive on the plus side. Where its side is not known, or
the terms do not say which side is meant, it is one of two, plus or minus: then the bounds are -d and d, d being the
farthest distance.
"""


@dataclass(frozen=True)
class Judged:
    """n reports, judged, and all that is told of them.

    `reports` : their ids, a string array. `pairs` : (provision, reading) in the order of the rows for each
    report, and `numbers` : for each the number of its rule in `ruled`. `lines` : names of the lines by id.
    `hidden`, shape (n,) : protected reports, which have no measures, since two distances from two lines
    would give their place away.
    """

    reports: pa.Array
    pairs: Sequence[tuple[str, str]]
    numbers: Sequence[int]
    ruled: Ruled
    places: Places
    lines: Sequence[str]
    hidden: NDArray[np.bool_]

    @cached_property
    def measures(self) -> Floats:
        """Tabulate `MEASURES` by line and report, shape (4, lines + 1, n); the last line stands for none."""
        without = self.places.unplaced | self.hidden
        table = np.full((len(MEASURES), len(self.lines) + 1, len(without)), np.nan)
        for number, offsets in self.places.lines.items():
            if offsets is not None:
                told = (*_bounds(offsets), offsets.station_low, offsets.station_high)
                for column, found in zip(table, told, strict=True):
                    column[number] = np.where(without, np.nan, found)
        return table


def findings_table(judged: Judged, wanted: NDArray[np.int8] | None = None, part: slice = slice(None)) -> pa.RecordBatch:
    """Write verdicts as rows.

    Parameters
    ----------
    judged : Judged
        n reports under k pairs of provision and reading.
    wanted : ndarray of int8, optional
        Verdicts to keep; all of them without it.
    part : slice
        Reports that are written.

    Returns
    -------
    pyarrow.RecordBatch
        n * k rows of `FINDINGS_SCHEMA`, fewer if only some verdicts are wanted.
    """
    ruled = judged.ruled
    row, pair = np.nonzero(_kept(judged, wanted)[ruled.kind[part]])
    row += part.indices(len(ruled.kind))[0]
    there = ruled.kind[row], np.array(judged.numbers, dtype=np.int64)[pair]
    masks, reasons = np.unique(ruled.reasons[there], return_inverse=True)
    line = ruled.line[there]
    columns = [
        judged.reports.take(pa.array(row)),
        _names([provision for provision, _ in judged.pairs], pair),
        _names([reading for _, reading in judged.pairs], pair),
        _coded(ruled.verdict[there], VERDICTS),
        _coded(reasons.reshape(-1), [";".join(codes_of(int(mask))) for mask in masks]),
        _coded(line, judged.lines),
        *(_measure(column[line, row]) for column in judged.measures),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=FINDINGS_SCHEMA)


def parts_of(judged: Judged, wanted: NDArray[np.int8] | None, rows: int) -> Iterator[slice]:
    """Cut reports into parts of which each has at most so many rows in `findings_table`, if one report has no more."""
    often = np.cumsum(_kept(judged, wanted).sum(axis=1)[judged.ruled.kind])
    first = 0
    while first < len(often):
        before = often[first - 1] if first else 0
        last = max(int(np.searchsorted(often, before + rows, "right")), first + 1)
        yield slice(first, last)
        first = last


def _kept(judged: Judged, wanted: NDArray[np.int8] | None) -> NDArray[np.bool_]:
    """Say for every kind of report and pair whether its verdict is wanted, shape (kinds, pairs)."""
    verdict = judged.ruled.verdict[:, np.array(judged.numbers, dtype=np.int64)]
    return np.ones(verdict.shape, dtype=np.bool_) if wanted is None else np.isin(verdict, wanted)


def wide_schema(pairs: Sequence[tuple[str, str]], lines: Sequence[str]) -> pa.Schema:
    """Name the columns of `wide_table`: a verdict per provision and reading, and the measures along every line.

    >>> wide_schema([("halt", "text")], ["river"]).names[:3]
    ['report', 'halt/text', 'river/offset_near_m']
    """
    verdicts = [pa.field(f"{provision}/{reading}", _WORD, nullable=False) for provision, reading in pairs]
    measures = [(f"{line}/{name}", pa.float64()) for line in lines for name in MEASURES]
    return pa.schema([("report", pa.string()), *verdicts, *measures])


def wide_table(judged: Judged) -> pa.RecordBatch:
    """Write verdicts side by side: one row of `wide_schema` per report."""
    verdict = judged.ruled.verdict[judged.ruled.kind].T.astype(np.int32, order="C")
    each = {number: _coded(verdict[number], VERDICTS) for number in dict.fromkeys(judged.numbers)}
    verdicts = [each[number] for number in judged.numbers]
    table = judged.measures
    measures = [_measure(table[column, number]) for number in range(len(judged.lines)) for column in range(len(table))]
    return pa.RecordBatch.from_arrays(
        [judged.reports, *verdicts, *measures], schema=wide_schema(judged.pairs, judged.lines)
    )


def _names(names: Sequence[str], index: Ints) -> pa.Array:
    """Encode repeated names as a dictionary of the distinct ones."""
    distinct = list(dict.fromkeys(names))
    return _coded(np.array([distinct.index(name) for name in names], dtype=np.int32)[index], distinct)


def _coded(index: NDArray[np.generic], names: Sequence[str]) -> pa.Array:
    """Encode ids; a negative id is null."""
    numbers = index.astype(np.int32, copy=False)
    indices = pa.array(numbers, mask=numbers < 0) if numbers.min(initial=0) < 0 else pa.array(numbers)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(names), pa.string()))


def _measure(values: Floats) -> pa.Array:
    unknown = ~np.isfinite(values)
    return pa.array(values, mask=unknown)


def _bounds(offsets: Offsets) -> tuple[Floats, Floats]:
    """Bound the signed offset: from -d to d where the side is not known."""
    doubt = offsets.either | (not offsets.sided)
    _, farthest = offsets.distances
    return np.where(doubt, -farthest, offsets.low), np.where(doubt, farthest, offsets.high)

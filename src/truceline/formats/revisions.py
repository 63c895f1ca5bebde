"""One report in several rows, of one file or of many: equal rows count once, and of revisions the newest is judged.

Rows under one id are one report. What was published by then (`until_us`) is compared; the rest waits.

- Equal rows (all of our columns but the release): one of them is kept.
- Differing rows are revisions. One is newer if it was reported or recorded later, or belongs to a later release, and
  none of these signs says the opposite. The newest is judged; the others are named, listed and left out.
- Where the signs are silent or contradict each other, nobody knows which is the newest. To judge both would count
  one report twice; to judge neither would lose it; to take the last file would make a verdict hang on the order in
  which files were typed. So one row is judged that states only what all of them state (`hull`): its verdict is the
  verdict on every revision, or "cannot be told".

A row that its file calls by its number has no id: it is compared for equality alone.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import Any, Final, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from truceline.basics.counting import counted
from truceline.evidence.columns import LATER, NAMES
from truceline.formats.arrow import REPORT_SCHEMA
from truceline.formats.checked import report_batches
from truceline.formats.hull import hull
from truceline.formats.newest import newest, signs_of
from truceline.formats.report_codes import CODES

__all__ = ["MOST", "Settled", "Source", "Superseded", "settle"]

MOST: Final = 10_000_000
"""Rows of all files together whose ids are compared: 8 bytes of each are held, and as much again to sort them."""
AT_A_TIME: Final = 2**17  # rows with a shared id whose cells are held at a time
CONTENT: Final = tuple(name for name in NAMES if name not in {"report", "dataset_version", *LATER})

Flags = NDArray[np.bool_]
Rows = TypeVar("Rows", pa.Table, pa.RecordBatch)


@dataclass(frozen=True, slots=True)
class Source:
    """Reports to be compared: a table, or a checked Parquet file that is streamed; `numbered` if it has no ids."""

    reports: pa.Table | Path
    numbered: bool = False

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Go through the rows."""
        if isinstance(self.reports, Path):
            return report_batches(self.reports, columns=columns)
        return iter((self.reports.select(list(columns)) if columns else self.reports).to_batches())


@dataclass(frozen=True, slots=True)
class Superseded:
    """A row that is not judged by itself: where it stands, why, in favour of which or with which.

    Sources and rows are counted from 0. `original` is the record as JSON, unless the other row is equal.
    """

    source: int
    row: int
    code: str
    report: str
    by: tuple[int, int]
    original: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """What of each source is judged: all rows but those `gone`, and the `joined` rows (`REPORT_SCHEMA`)."""

    gone: tuple[Flags, ...] = ()
    joined: pa.Table = field(default_factory=REPORT_SCHEMA.empty_table)
    superseded: tuple[Superseded, ...] = ()
    compared: bool = True

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say how many rows are not judged by themselves, and why; or that nothing was compared."""
        if not self.compared:
            return (f"more than {MOST:,} rows: {CODES['TL-R310'].what} (TL-R310); {CODES['TL-R310'].do}",)
        rows = Counter(each.code for each in self.superseded)
        older = len({each.report for each in self.superseded if each.code == "TL-R118"})
        apart = len({each.report for each in self.superseded if each.code == "TL-R223"})
        told = {
            "TL-R117": f"{counted(rows['TL-R117'], 'row')} of a report that stands before, in this or another file: "
            "counted once",
            "TL-R118": f"{counted(older, 'report')} with an earlier revision: the newest one known is judged",
            "TL-R223": f"{counted(apart, 'report')} in rows that differ, none known to be the newest: what they share "
            "is judged",
        }
        return tuple(f"{words} ({code})" for code, words in told.items() if rows[code])

    def left_of(self, source: int, at: int, batch: Rows) -> Rows:
        """Leave out of a batch, which begins at this row of its source, what is not judged."""
        gone = self.gone[source][at : at + batch.num_rows] if self.gone else np.zeros(0, dtype=bool)
        return batch.filter(pa.array(~gone)) if gone.any() else batch


def settle(sources: Sequence[Source], until_us: int | None = None, *, most: int = MOST) -> Settled:
    """Find the rows that share an id, and decide which of them are judged.

    Parameters
    ----------
    sources : sequence of Source
        Streams are read twice: once for their ids, of which a hash is kept, and once for the rows that share one.
    until_us : int, optional
        Only rows published before this instant [us UTC] are revisions of one another; the others are not known yet.
    most : int
        Rows above which nothing is compared (`compared` is false then), as their ids would not fit into memory.

    Examples
    --------
    >>> old, new = ({"report": "a:1", "act": act, "dataset_version": version}
    ...             for act, version in (("clash", "1.0"), ("fire", "1.1")))
    >>> found = settle([Source(pa.Table.from_pylist([new])), Source(pa.Table.from_pylist([old, new]))])
    >>> [gone.tolist() for gone in found.gone], [row.code for row in found.superseded]
    ([[False], [True, True]], ['TL-R118', 'TL-R117'])
    """
    hashes: list[NDArray[np.int64]] = []
    for source in sources:
        hashes.append(_hashes(source))
        if sum(map(len, hashes)) > most:
            return Settled(compared=False)
    gone = tuple(np.zeros(len(each), dtype=bool) for each in hashes)
    shared, rows = _shared(hashes)
    parts = min(len(shared), -(-rows // AT_A_TIME))
    superseded: list[Superseded] = []
    joined: dict[tuple[int, int], dict[str, Any]] = {}
    for part in range(parts):
        wanted = [np.isin(each, shared[part::parts]) for each in hashes]
        found, together = _decided(_Rows.of(sources, wanted), until_us)
        superseded += found
        joined |= together
    for each in superseded:
        gone[each.source][each.row] = True
    table = pa.Table.from_pylist([joined[place] for place in sorted(joined)], schema=REPORT_SCHEMA)
    return Settled(gone, table, tuple(sorted(superseded, key=lambda each: (each.source, each.row))))


def _hashes(source: Source) -> NDArray[np.int64]:
    ids = (batch.column(0).cast(pa.string()).to_pylist() for batch in source.batches(["report"]))
    found = [np.fromiter(map(hash, each), dtype=np.int64, count=len(each)) for each in ids]
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)


def _shared(hashes: Sequence[NDArray[np.int64]]) -> tuple[NDArray[np.int64], int]:
    """Give the hashes that stand more than once, and how many rows have one of them."""
    every = np.sort(np.concatenate([np.empty(0, dtype=np.int64), *hashes]))
    again = every[1:] == every[:-1]
    shared = np.unique(every[1:][again])
    return shared, int(again.sum()) + len(shared)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Rows that may share an id: as they are in their source, in our columns, and where they stand."""

    wholes: tuple[pa.Table, ...]
    ours: pa.Table
    source: NDArray[np.int64]
    row: NDArray[np.int64]
    numbered: Flags

    @classmethod
    def of(cls, sources: Sequence[Source], wanted: Sequence[Flags]) -> _Rows:
        wholes = tuple(_taken(source, rows) for source, rows in zip(sources, wanted, strict=True))
        counts = [len(whole) for whole in wholes]
        source = np.repeat(np.arange(len(wholes)), counts)
        numbered = np.array([each.numbered for each in sources], dtype=bool)[source]
        row = np.concatenate([np.flatnonzero(rows) for rows in wanted])
        return cls(wholes, pa.concat_tables(map(_ours, wholes)), source, row, numbered)

    def at(self, row: int) -> tuple[int, int]:
        """Say where a row stands: source and row."""
        return int(self.source[row]), int(self.row[row])

    def original(self, row: int) -> str:
        """Write the whole record as JSON."""
        source = int(self.source[row])
        record = self.wholes[source].slice(row - int(np.searchsorted(self.source, source)), 1).to_pylist()[0]
        return json.dumps({key: cell for key, cell in record.items() if cell is not None}, ensure_ascii=False,
                          default=str)  # fmt: skip


def _taken(source: Source, wanted: Flags) -> pa.Table:
    if isinstance(source.reports, pa.Table):
        return source.reports.filter(pa.array(wanted))
    parts, at = [], 0
    for batch in source.batches():
        parts.append(pa.Table.from_batches([batch]).filter(pa.array(wanted[at : at + len(batch)])))
        at += len(batch)
    return pa.concat_tables(parts) if parts else REPORT_SCHEMA.empty_table()


def _ours(whole: pa.Table) -> pa.Table:
    return pa.table([
        whole[each.name].cast(each.type) if each.name in whole.column_names else pa.nulls(len(whole), each.type)
        for each in REPORT_SCHEMA
    ], schema=REPORT_SCHEMA)  # fmt: skip


def _decided(rows: _Rows, until_us: int | None) -> tuple[list[Superseded], dict[tuple[int, int], dict[str, Any]]]:
    """Decide for each id: which rows equal another, which have a newer one, which are joined (by their first place)."""
    ids = rows.ours["report"].to_pylist()
    report = _coded(rows.ours["report"])
    content = reduce(_paired, (_coded(rows.ours[name]) for name in CONTENT), report)
    exact = _paired(content, _coded(rows.ours["dataset_version"]))
    _, first, which = np.unique(exact, return_index=True, return_inverse=True)
    stated = np.asarray(rows.ours["report"].is_valid())
    equal = (first[which] != np.arange(len(which))) & stated
    found = [
        Superseded(*rows.at(row), "TL-R117", ids[row], rows.at(int(first[which[row]])))
        for row in np.flatnonzero(equal).tolist()
    ]
    joined: dict[tuple[int, int], dict[str, Any]] = {}
    signs = signs_of(rows.ours)
    left = np.flatnonzero(~equal & stated & ~rows.numbered & _known(rows.ours, until_us))
    for group in _groups(left, report):
        chosen, others = newest([signs[row] for row in group], content[group].tolist())
        members = [group[one] for one in chosen]
        why = {group[one]: (code, members[0]) for one, code in others.items()}
        if len(members) > 1:
            joined[rows.at(members[0])] = hull(rows.ours.take(pa.array(members)).to_pylist())
            why |= {row: ("TL-R223", other) for row, other in zip(members, members[1:] + members[:1], strict=True)}
        found += [
            Superseded(*rows.at(row), code, ids[row], rows.at(by), "" if code == "TL-R117" else rows.original(row))
            for row, (code, by) in why.items()
        ]
    return found, joined


def _groups(rows: NDArray[np.int64], report: NDArray[np.int64]) -> Iterator[list[int]]:
    """Go through the rows of each report that has several."""
    several = rows[np.bincount(report[rows])[report[rows]] > 1]
    order = several[np.argsort(report[several], kind="stable")]
    cuts = np.flatnonzero(np.diff(report[order])) + 1
    return (group.tolist() for group in np.split(order, cuts) if len(group))


def _known(ours: pa.Table, until_us: int | None) -> Flags:
    if until_us is None:
        return np.ones(len(ours), dtype=bool)
    published = pc.coalesce(ours["reported"], ours["recorded"]).cast(pa.int64())
    return np.asarray(pc.fill_null(pc.less(published, until_us), fill_value=False))


def _coded(column: pa.ChunkedArray) -> NDArray[np.int64]:
    """Give the cells of a column numbers: 0 where nothing is stated, and equal ones to equal cells."""
    cells = column.combine_chunks()
    if pa.types.is_list(cells.type):
        cells = pc.binary_join(cells, "\0")
    return np.asarray(pc.fill_null(cells.dictionary_encode().indices.cast(pa.int64()), -1)) + 1


def _paired(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give pairs of numbers numbers: equal ones to equal pairs."""
    if (other == other[0]).all():
        return one
    return np.unique(one * (other.max() + 1) + other, return_inverse=True)[1]

"""A file of reports of any size, read part by part into a checked file: memory follows the part.

What a reader would see of the whole file is kept: which number of a date is the day (`date_proof`), the numbers of
the records, and the sums of all counts. Only these are told of a part: rows that repeat one before (TL-R108,
TL-R207; over parts ids are settled as those of several files are), and positions far from all others (TL-R215).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from truceline.errors import Fault
from truceline.evidence.regions import Regions
from truceline.formats.checked import mark_of
from truceline.formats.notes_file import SPOOLED_NOTES, plain_notes
from truceline.formats.rejects import REJECTED
from truceline.formats.result import ReportsRead

__all__ = ["FIRST", "Spool", "Spooled", "spooled"]

FIRST: Final = 100
"""Notes of each code that are at hand without reading the file of all."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Spooled:
    """A file of reports that was read in parts.

    `path` : the usable rows, as `write_reports` writes them. `notes` : what was found in rows, by row, Parquet of
    `SPOOLED_NOTES`; `first` : the first `FIRST` of each code, and `noted` : how many there are of each. All else is
    as in `ReportsRead`.
    """

    path: Path
    notes: Path
    first: pa.Table
    noted: Mapping[str, int]
    remarks: tuple[Fault, ...]
    counts: Mapping[str, int]
    name: str
    kind: str
    dataset: str | None
    regions: Regions = field(default_factory=Regions.empty)

    @property
    def numbered(self) -> bool:
        """Whether the rows have no ids and are called by their number."""
        return any(fault.code == "TL-R306" for fault in self.remarks)

    def record(self, row: int) -> int:
        """Give the number of the record, from 1, that a row (from 0) comes from."""
        gaps = _gaps(self.notes)
        return row + 1 + int(np.searchsorted(gaps - 1 - np.arange(len(gaps)), row, side="right"))


@dataclass(frozen=True, slots=True)
class Spool:
    """Where a file that is read in parts goes.

    `into` : takes the usable rows, as Parquet, which will be found at `path`; `notes` : a file that is written.
    """

    into: BinaryIO
    path: Path
    notes: Path


def spooled(parts: Iterator[ReportsRead], spool: Spool) -> Spooled:
    """Write the parts of a file, one after the other; there is at least one, and records are numbered through.

    Raises
    ------
    OSError
        If there is no room for it.
    """
    first = next(parts)
    sums = _Sums(first)
    schema = first.table.schema.with_metadata(mark_of({"compared": False}))
    with (
        pq.ParquetWriter(spool.into, schema, compression="zstd") as rows,
        pq.ParquetWriter(spool.notes, SPOOLED_NOTES, compression="zstd") as told,
    ):
        for part in chain([first], parts):
            rows.write_table(part.table.cast(schema), row_group_size=2**17)
            told.write_table(sums.take(part))
        whole = sums.whole(spool.path, spool.notes)
        rows.add_key_value_metadata(mark_of(_about(whole)))
    return whole


def _about(whole: Spooled) -> dict[str, Any]:
    return {"file": Path(whole.name).name, "kind": whole.kind, "dataset": whole.dataset, "counts": dict(whole.counts),
            "numbered": whole.numbered, "compared": False}  # fmt: skip


class _Sums:
    """What adds up over the parts of a file."""

    def __init__(self, first: ReportsRead) -> None:
        self.part, self.counts, self.noted = first, Counter[str](), Counter[str]()
        self.samples: list[pa.Table] = []
        self.remarks: list[Fault] = []
        self.datasets: set[str | None] = set()

    def take(self, part: ReportsRead) -> pa.Table:
        """Add a part, and give its notes."""
        notes = plain_notes([part.rejected, part.warned])
        for code in pc.unique(notes["code"]).to_pylist():
            mine = notes.filter(pc.equal(notes["code"], code))
            self.samples.append(mine.slice(0, max(FIRST - self.noted[code], 0)))
            self.noted[code] += len(mine)
        self.counts.update(part.counts)
        self.remarks += part.remarks
        if len(part.table):
            self.datasets.add(part.dataset)
        return notes

    def whole(self, path: Path, notes: Path) -> Spooled:
        first = pa.concat_tables([SPOOLED_NOTES.empty_table(), *self.samples])
        dataset = next(iter(self.datasets)) if len(self.datasets) == 1 else None
        part = self.part
        return Spooled(path, notes, first, dict(self.noted), _together(self.remarks), dict(self.counts), part.name,
                       part.kind, dataset, part.regions)  # fmt: skip


def _together(remarks: list[Fault]) -> tuple[Fault, ...]:
    """Say once what was said of several parts; rows that a remark counts are added up."""
    found: dict[tuple[str, str], tuple[Fault, int]] = {}
    for one in remarks:
        words, count = _counted(one)
        _, before = found.get((one.code, words), (one, 0))
        found[one.code, words] = one, before + count
    return tuple(
        replace(one, what=f"{words}: {count} rows") if count else one for (_, words), (one, count) in found.items()
    )


def _counted(remark: Fault) -> tuple[str, int]:
    match = re.fullmatch(r"(.*): ([0-9]+) rows", remark.what)
    return (match[1], int(match[2])) if match else (remark.what, 0)


def _gaps(notes: Path) -> NDArray[np.int64]:
    """Give the numbers of the records that were left out, in order."""
    table = pq.read_table(notes, columns=["row", "code"])
    return np.unique(np.asarray(table["row"].filter(pc.starts_with(table["code"], REJECTED))))

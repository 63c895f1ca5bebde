"""What is looked up in a ledger: its state, what changed in it, and reports and statements as they stood."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq
import shapely

from truceline.errors import Fault, LedgerError
from truceline.evidence.checkpoint import Checkpoint, parse_checkpoint
from truceline.evidence.record import SAID, Change, Kind, Record, changes, read_record
from truceline.evidence.regions import Regions
from truceline.evidence.signed_note import parse_note
from truceline.formats.checked import mark_of
from truceline.formats.notes_file import SPOOLED_NOTES
from truceline.formats.report_bodies import table_of
from truceline.formats.spooled import Spooled
from truceline.store.ledger import Ledger, open_ledger
from truceline.store.log_reading import read_checkpoint

__all__ = ["Revised", "State", "bodies", "changed", "regions_in", "reports_in", "state"]

LEDGER: Final = "ledger"
"""What the source of reports is called that is no file."""
_ROWS: Final = 2**15


@dataclass(frozen=True, slots=True)
class State:
    """How a ledger stands: records, and what of them stands, by kind; the signed head; what came after it."""

    name: str
    at: str
    size: int
    records: Mapping[Kind, int]
    standing: Mapping[Kind, int]
    first: str
    last: str
    head: Checkpoint | None

    @property
    def unsealed(self) -> int:
        """How many records no signed head speaks of."""
        return self.size - (self.head.head.size if self.head else 0)


@dataclass(frozen=True, slots=True)
class Revised:
    """A revision that changed something: the record, the one before it (None: it was new), and the fields."""

    record: Record
    before: Record | None
    changes: tuple[Change, ...]


def state(folder: Path | str) -> State:
    """Say how a ledger stands."""
    with closing(open_ledger(folder)) as ledger:
        return _state(ledger)


def _state(ledger: Ledger) -> State:
    counts: Counter[Kind] = Counter()
    size, first, last = 0, "", ""
    for record in ledger.records():
        counts[record.kind] += 1
        first = first or record.recorded
        size, last = record.index + 1, record.recorded
    standing = {kind: sum(_is_given(content) for _, content, _ in ledger.standing_contents(kind)) for kind in counts}
    return State(ledger.settings.name, ledger.database.at, max(size, ledger.size()), counts, standing, first, last,
                 _head(ledger))  # fmt: skip


def _head(ledger: Ledger) -> Checkpoint | None:
    try:
        data = read_checkpoint(ledger.log)
    except LedgerError:
        return None
    return parse_checkpoint(parse_note(data, str(ledger.log)).text, str(ledger.log))


def changed(ledger: Ledger, *, since_us: int | None = None, until_us: int | None = None) -> Iterator[Revised]:
    """Go through what was put down in a time, each against what stood under its id right before.

    Imports, erasures and polygons are left out: they say how a record came, not what it says.
    """
    begin = ledger.size(since_us) if since_us is not None else 0
    end = ledger.size(until_us)
    before: dict[tuple[str, str], Record] = {}
    for record in ledger.records(0, end):
        if record.kind not in SAID:
            continue
        key = record.kind, record.id
        if record.index >= begin:
            last = before.get(key)
            yield Revised(record, last, changes(last.body if last else {}, record.body))
        before[key] = record


def bodies(ledger: Ledger, kind: Kind, until_us: int | None = None) -> tuple[Mapping[str, str], ...]:
    """Give the rows of statements, judgements or grades as they stood before an instant (None: now)."""
    found = ledger.standing(kind, ledger.size(until_us))
    return tuple({name: str(cell) for name, cell in record.body.items()} for record in found)


def reports_in(folder: Path | str, until_us: int | None = None) -> Spooled:
    """Write the reports of a ledger, as they stood before an instant (None: now), into a file that a check streams.

    The file goes with the value. Protected reports are left out: nobody can judge what is sealed.

    Raises
    ------
    LedgerError
        If it is no ledger, or its database says no.
    """
    ledger = open_ledger(folder)
    private = Path(tempfile.mkdtemp(prefix="truceline-"))
    try:
        size = ledger.size(until_us)
        path = private / "reports.parquet"
        rows = _write(ledger, size, path)
        pq.write_table(SPOOLED_NOTES.empty_table(), private / "notes.parquet")
        counts = {"read": rows, "kept": rows, "rejected": 0, "warned": 0}
        notes, none = private / "notes.parquet", SPOOLED_NOTES.empty_table()
        regions = regions_in(ledger, size)
        found = Spooled(path, notes, none, {}, (), counts, str(folder), LEDGER, None, regions)
    except BaseException:
        shutil.rmtree(private, ignore_errors=True)
        raise
    finally:
        ledger.close()
    weakref.finalize(found, shutil.rmtree, private, ignore_errors=True)
    return found


def regions_in(ledger: Ledger, size: int | None = None) -> Regions:
    """Give the polygons that stood among the first records (None: all).

    Raises
    ------
    LedgerError
        TL-L067, if one cannot be read back.
    """
    found = list(ledger.standing("region", size))
    try:
        polygons = tuple(_polygons(str(record.body["wkb"])) for record in found)
        errors = tuple(float(str(record.body["uncertainty_m"])) for record in found)
    except (KeyError, ValueError, shapely.errors.ShapelyError):
        remedy = "run: truceline verify, and compare with a copy"
        raise LedgerError([Fault(str(ledger.folder), "TL-L067", "a polygon cannot be read back", remedy)]) from None
    return Regions(tuple(record.id for record in found), polygons, errors, "")


def _write(ledger: Ledger, size: int, path: Path) -> int:
    own = _own(ledger, size)
    schema = table_of([], own).schema
    mark = mark_of({"file": str(ledger.folder), "kind": LEDGER, "dataset": None, "compared": False})
    rows = 0
    with pq.ParquetWriter(path, schema.with_metadata(mark), compression="zstd") as file:
        for batch in _batches(ledger, size):
            table = table_of(batch, own).cast(schema)
            file.write_table(table.replace_schema_metadata(mark), row_group_size=2**17)
            rows += len(table)
    return rows


def _batches(ledger: Ledger, size: int) -> Iterator[list[tuple[bytes, str]]]:
    """Go through the stored contents of the reports that stand, some at a time."""
    given = (
        (content, "") for _, content, envelope in ledger.standing_contents("report", size)
        if _is_given(content) and (envelope is None or read_record(0, content).body.get("release") != "protected")
    )  # fmt: skip
    while batch := list(islice(given, _ROWS)):
        yield batch


def _is_given(content: bytes) -> bool:
    """Say whether a record is no retraction: behind this member its one text has only words, without bare quotes."""
    return content.rpartition(b',"given":')[2].startswith(b"true")


def _own(ledger: Ledger, size: int) -> dict[str, str]:
    """Name the source's own columns of all imports; where two disagree on a type, the cells stay words."""
    types: dict[str, str] = {}
    for record in ledger.standing("import", size):
        columns = record.body.get("columns")
        for name, kind in columns.items() if isinstance(columns, Mapping) else ():
            types[name] = str(kind) if types.get(name, kind) == kind else "string"
    return types


def _polygons(wkb: str) -> tuple[tuple[shapely.geometry.base.BaseGeometry, ...], ...]:
    parts = shapely.get_parts(shapely.from_wkb(wkb))
    return tuple(tuple(shapely.get_coordinates(ring) for ring in (part.exterior, *part.interiors)) for part in parts)

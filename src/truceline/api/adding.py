"""Files taken into a ledger: reports, statements, judgements, grades."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, fields
from importlib.metadata import version
from itertools import count, islice
from pathlib import Path
from typing import Final, Literal, get_args

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from truceline.api.input_files import sha256_of
from truceline.api.later import Later
from truceline.api.ledger import key_beside, now_us
from truceline.api.ledger_rows import statements_of, without_refused
from truceline.api.taking import Asked, Reports, taken_in
from truceline.errors import Fault, LedgerError
from truceline.evidence.canonical import Json, composed
from truceline.evidence.checkpoint import Checkpoint
from truceline.evidence.record import Draft, Kind
from truceline.evidence.regions import Regions
from truceline.evidence.toponyms import Toponyms
from truceline.formats.apart import needs_child, read_apart
from truceline.formats.checked import report_batches
from truceline.formats.grades_file import GradesRead, read_grades
from truceline.formats.judgements_file import read_judgements
from truceline.formats.report_bodies import bodies_of, own_types
from truceline.formats.rows_file import RowsRead
from truceline.formats.sandbox import Limits
from truceline.formats.spooled import Spooled
from truceline.formats.statements_file import read_statements
from truceline.store.appending import Hiding
from truceline.store.intake import Added, Given, Row, take_in
from truceline.store.ledger import Ledger, open_ledger
from truceline.store.signing import Signer, open_signer

__all__ = ["WHAT", "AddedFile", "What", "add"]

What = Literal["reports", "statements", "judgements", "grades"]
WHAT: Final[tuple[str, ...]] = get_args(What)
_ROWS: Final = 5_000
_SHEETS: Final[Mapping[str, tuple[Kind, Callable[[Path | str], RowsRead]]]] = {
    "statements": ("statement", read_statements),
    "judgements": ("judgement", read_judgements),
    "grades": ("grade", read_grades),
}


@dataclass(frozen=True, slots=True)
class AddedFile:
    """What became of a file: how it was read, what became of its rows, and the signed head (None: not sealed yet).

    `not_sealed` : why it was not sealed.
    """

    read: Reports | Spooled | RowsRead
    added: Added
    head: Checkpoint | None
    not_sealed: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class _Taking:
    """Where rows go, who adds them, when, and how their protected parts are sealed."""

    ledger: Ledger
    by: str
    clock: Callable[[], int]
    seen: Callable[[int], None]
    hiding: Hiding | None
    since: str | None = None

    def take(self, given: Given, rows: Iterator[Row]) -> Added:
        """Put rows down; a protected one needs somebody who could open it."""
        return take_in(self.ledger, given, rows, self.clock, self.hiding, self.seen)


def add(  # noqa: PLR0913 - one argument per option of the command
    folder: Path | str, what: What, path: Path | str, *, asked: Asked | None = None, by: str = "",
    key: Path | str | None = None, clock: Callable[[], int] = now_us, seen: Callable[[int], None] = lambda _: None,
    since: str | None = None,
) -> AddedFile:  # fmt: skip
    """Take a file into a ledger, and seal it. Good rows are put down; the others are listed, as by any reader.

    Parameters
    ----------
    folder : path
        Of the ledger.
    what : str
        "reports", "statements", "judgements" or "grades".
    path : path
    asked : Asked, optional
        How a file of reports is read.
    by : str
        Who adds it: a person or a role.
    key : path, optional
        That signs; beside the folder by default. Without one the records are put down, and not sealed yet.
    clock : callable
        Gives the time, in microseconds since 1970 UTC.
    seen : callable
        Is told how many rows are done.
    since : str, optional
        Only reports that lie wholly on or after this day, by the clock of `asked`; how many were left out stands in the
        record of the import.

    Raises
    ------
    EvidenceError
        If the file cannot be used at all.
    LedgerError
        If the ledger cannot be used; TL-L070 for reports without ids, TL-L041 if rows are protected and no recipient is
        named.
    """
    with closing(open_ledger(folder)) as ledger:
        signer, missing = _signer(folder, key)
        taking = _Taking(ledger, by, clock, seen, _hiding(ledger, signer), since)
        read, added = _reports(taking, path, asked or Asked()) if what == "reports" else _sheet(taking, what, path)
        return AddedFile(read, added, ledger.seal(signer) if signer else None, missing)


def _signer(folder: Path | str, key: Path | str | None) -> tuple[Signer | None, tuple[Fault, ...]]:
    """Open the key; one that nobody named may be elsewhere."""
    if key is None and not key_beside(folder).exists():
        what = "the key is not here, so the records are put down and not sealed yet"
        return None, (Fault(str(key_beside(folder)), "TL-L072", what, "run: truceline seal --ledger DIR --key FILE"),)
    return open_signer(key or key_beside(folder)), ()


def _hiding(ledger: Ledger, signer: Signer | None) -> Hiding | None:
    """Say how protected parts are sealed; what recognises them again is drawn from the key."""
    if signer is None or not ledger.settings.recipients:
        return None
    secret = hmac.digest(signer.key.secret, b"truceline/recognise/v1", "sha256")
    return Hiding(ledger.settings.recipients, secret)


def _reports(taking: _Taking, path: Path | str, asked: Asked) -> tuple[Reports | Spooled | RowsRead, Added]:
    read = _apart(path, asked) if needs_child(path, asked.kind) else taken_in(path, asked, lambda _: None)
    if read.numbered:
        what = "its reports have no ids: a ledger could not tell a changed report from another one"
        raise LedgerError([Fault(read.name, "TL-L070", what, "name the column of the ids in a mapping file")])
    schema = read.table.schema if isinstance(read, Reports) else pq.read_schema(read.path)
    own: dict[str, Json] = {**own_types(schema)}
    about = {"file": composed(Path(read.name).name), "read_as": read.kind, "columns": own, **_how(asked)}
    later = Later.of(taking.since, asked.zone)
    given = Given("report", _digest(path, taking.hiding), about | later.about(_begins(read)), taking.by, read.name)
    _put_regions(taking, read.regions)
    return read, taking.take(given, _rows(read, later))


def _apart(path: Path | str, asked: Asked) -> Reports:
    """Read what large libraries have to read in a process apart: whoever made the file may be nobody's friend."""
    if isinstance(asked.places, Toponyms):
        msg = "a process apart reads the gazetteer itself: name its file"
        raise TypeError(msg)
    size = Path(path).stat().st_size
    limits = Limits(memory_bytes=2**32 + 64 * size, seconds=120 + size / 2**18)
    read = read_apart(
        path, asked.kind, zone=asked.zone, regions=asked.regions, mapping=asked.mapping, dataset=asked.dataset,
        version=asked.version, limits=limits, places=asked.places, place_as=asked.place_as,
    )  # fmt: skip
    return Reports(**{field.name: getattr(read, field.name) for field in fields(read)})


def _begins(read: Reports | Spooled) -> pa.ChunkedArray:
    """Give the begin of each report."""
    return read.table["from"] if isinstance(read, Reports) else pq.read_table(read.path, columns=["from"])["from"]


def _rows(read: Reports | Spooled, later: Later) -> Iterator[Row]:
    if isinstance(read, Reports):
        numbers, batches = iter(read.numbers.tolist()), iter(read.table.to_batches(max_chunksize=_ROWS))
    else:
        numbers, batches = map(read.record, count()), report_batches(read.path, rows=_ROWS)
    for whole in batches:
        batch, kept = later.of_batch(whole, list(islice(numbers, whole.num_rows)))
        for id_, number, body in zip(batch.column("report").to_pylist(), kept, bodies_of(batch), strict=True):
            yield composed(id_), number, body


def _sheet(taking: _Taking, what: What, path: Path | str) -> tuple[Reports | Spooled | RowsRead, Added]:
    kind, reader = _SHEETS[what]
    read = reader(path)
    if isinstance(read, GradesRead):
        read = without_refused(read, statements_of(taking.ledger))
    about = {"file": composed(Path(read.name).name), "read_as": what, "version": version("truceline")}
    refused = {row.row for row in read.rejected}
    numbers = (number for number in count(1) if number not in refused)
    bodies = ({composed(name): composed(cell) for name, cell in row.items()} for row in read.rows)
    rows = ((_id(body), number, body) for number, body in zip(numbers, bodies, strict=False))
    return read, taking.take(Given(kind, _digest(path, taking.hiding), about, taking.by, read.name), rows)


def _id(row: Mapping[str, str]) -> str:
    """Give the id of a row; a grade is that of one thing, by one person, on one day."""
    named = row.get("id") or row.get("stmt_id")
    return composed(named or "/".join(row.get(name, "") for name in ("of", "by", "decided")))


def _put_regions(taking: _Taking, regions: Regions) -> None:
    """Put down the polygons that reports refer to."""
    known = zip(regions.ids, regions.polygons, regions.uncertainties, strict=True)
    bodies = {id_: {"wkb": _wkb(polygons), "uncertainty_m": repr(error)} for id_, polygons, error in known}
    if bodies:
        taking.ledger.append([Draft("region", composed(id_), body, by=taking.by) for id_, body in bodies.items()],
                             taking.clock())  # fmt: skip


def _wkb(polygons: Sequence[Sequence[object]]) -> str:
    made = shapely.MultiPolygon([shapely.Polygon(shell, holes) for shell, *holes in polygons])
    return str(shapely.to_wkb(made, hex=True))


def _how(asked: Asked) -> dict[str, Json]:
    """Say how a file was read, as far as it can change what was read."""
    chosen = {"zone": asked.zone, "dataset": asked.dataset, "release": asked.version}
    files = {"mapping": asked.mapping, "regions": asked.regions, "places": asked.places}
    hashes = {name: sha256_of(Path(path)) for name, path in files.items() if isinstance(path, str | Path)}
    said: dict[str, Json] = {name: value for name, value in {**chosen, **hashes}.items() if value}
    return {**said, "version": version("truceline")}


def _digest(path: Path | str, hiding: Hiding | None) -> str:
    """Give the hash of a file; where rows may be protected only who holds the key can compute it.

    A plain one would give a protected row of a short file away: its words could be guessed until the hash fits.
    """
    plain = sha256_of(Path(path))
    return plain if hiding is None else f"hmac:{hmac.digest(hiding.secret, plain.encode(), 'sha256').hex()}"

"""A ledger: a folder with its settings, its database (or where that is) and its signed log.

What is put down is on the disk when `append` returns. It stands in the log once `seal` has signed; whatever comes
between is sealed the next time. Nothing that was put down is ever changed: a day's knowledge is the records up to a
number.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from truceline.errors import Fault, LedgerError, UsageError
from truceline.evidence.checkpoint import Checkpoint
from truceline.evidence.record import Draft, Kind, Record, read_record
from truceline.evidence.signed_note import VerifierKey, parse_key
from truceline.store.appending import Hiding, Receipt, append
from truceline.store.database import Database, open_database
from truceline.store.durable import make_folder, put
from truceline.store.log_files import seal
from truceline.store.searching import contents, end_of, size_on, standing_of, standing_rows
from truceline.store.signing import Signer
from truceline.store.vault import Recipient, parse_recipients

__all__ = [
    "SETTINGS",
    "Ledger",
    "Settings",
    "begun",
    "demand_apart",
    "is_ledger",
    "make_ledger",
    "open_ledger",
    "read_settings",
]

SETTINGS: Final = "ledger.json"
_FILE: Final = "ledger.sqlite"
_FORMAT: Final = "truceline-ledger/1"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a ledger says of itself.

    `name` : that of its log. `database` : the name of a file in the folder, or the URL of a database.
    `keys` : the public keys of the log, the newest first. `recipients` : for whom protected parts are sealed.
    `without_sealed` : it was restored from an archive that left protected parts out.
    """

    name: str
    database: str
    keys: tuple[VerifierKey, ...]
    recipients: tuple[Recipient, ...] = ()
    without_sealed: bool = False

    def text(self) -> bytes:
        """Write the settings as JSON."""
        said = {
            "format": _FORMAT, "name": self.name, "database": self.database,
            "keys": [str(key) for key in self.keys], "recipients": [str(one) for one in self.recipients],
        }  # fmt: skip
        marks = {"without_sealed": True} if self.without_sealed else {}
        return (json.dumps({**said, **marks}, ensure_ascii=False, indent=2) + "\n").encode()


@dataclass(frozen=True)
class Ledger:
    """An open ledger."""

    folder: Path
    settings: Settings
    database: Database

    @property
    def log(self) -> Path:
        """The folder of the signed log."""
        return self.folder / "log"

    def append(
        self, drafts: Sequence[Draft], now_us: int, hiding: Hiding | None = None, first: Draft | None = None
    ) -> list[Receipt]:
        """Put drafts down in one transaction; they are on the disk when this returns (`appending.append`).

        Raises
        ------
        LedgerError
            TL-L003 for a body that has no single text; TL-L060 or TL-L061 if the database says no.
        """
        with self.database.writing() as connection:
            return append(connection, drafts, now_us, hiding, first)

    def seal(self, signer: Signer) -> Checkpoint:
        """Add to the log what was put down since, and sign it (`log_files.seal`).

        Raises
        ------
        LedgerError
            TL-L031, if this is not the key that signs now; and as `log_files.seal`.
        """
        if signer.key.verifier != self.settings.keys[0]:
            what = f"the key {signer.key.verifier} does not sign this ledger, {self.settings.keys[0]} does"
            raise LedgerError([Fault(str(self.folder), "TL-L031", what, "name the key of this ledger, and the newest")])
        return seal(self.log, self.commitments, signer, self.settings.keys)

    def commitments(self, begin: int) -> Iterator[bytes]:
        """Go through the entries of the log, from an index on, as the database has them."""
        with self.database.reading() as connection:
            for row in contents(connection, begin, end_of(connection)[0]):
                yield bytes(row.commitment)

    def size(self, until_us: int | None = None) -> int:
        """Say how many records there were before an instant (None: now)."""
        with self.database.reading() as connection:
            return size_on(connection, until_us)

    def records(self, begin: int = 0, end: int | None = None) -> Iterator[Record]:
        """Go through all records by number; those that were erased are left out."""
        with self.database.reading() as connection:
            for row in contents(connection, begin, end_of(connection)[0] if end is None else end):
                if row.content is not None:
                    yield read_record(row.seq, row.content)

    def standing(self, kind: Kind, size: int | None = None) -> Iterator[Record]:
        """Go through what stands among the first records (None: all): the last given one of each id, in order.

        Where rows of one file have one id, all of them stand.
        """
        for index, content, _ in self.standing_contents(kind, size):
            record = read_record(index, content)
            if record.given:
                yield record

    def standing_as(self, kind: Kind, id_: str) -> tuple[Record, ...]:
        """Give what stands of one id; several rows where one file has them, and none where it was withdrawn."""
        with self.database.reading() as connection:
            rows = [row for row in standing_of(connection, kind, [id_]) if row.content is not None]
            return tuple(record for row in rows if (record := read_record(row.seq, row.content)).given)

    def standing_contents(self, kind: Kind, size: int | None = None) -> Iterator[tuple[int, bytes, bytes | None]]:
        """Go through what stands as it is stored: number, content, and envelope or None. Retractions are there too."""
        with self.database.reading() as connection:
            for row in standing_rows(connection, kind, end_of(connection)[0] if size is None else size):
                if isinstance(row.content, bytes):
                    yield row.seq, row.content, row.envelope
                elif row.content is not None:
                    read_record(row.seq, b"")  # a damaged file holds anything: told as what cannot be read

    def with_settings(self, **changed: object) -> Ledger:
        """Change what the ledger says of itself, on the disk too."""
        settings = replace(self.settings, **changed)  # type: ignore[arg-type] # as the caller says
        put(self.folder / SETTINGS, settings.text())
        return replace(self, settings=settings)

    def close(self) -> None:
        """End all connections."""
        self.database.close()


def make_ledger(
    folder: str | Path, keys: Sequence[VerifierKey], *, database: str | None = None,
    recipients: Sequence[Recipient] = (),
) -> Ledger:  # fmt: skip
    """Make a new ledger; its settings are written last, so that what was begun and not finished is none.

    Raises
    ------
    LedgerError
        TL-L064, if there is one already, or records stand in the database; TL-L060 to TL-L063 for its database;
        TL-L030 if the disk does not take it.
    """
    ledger = begun(folder, Settings(keys[0].name, "", tuple(keys), tuple(recipients)), database)
    with _closed_on_error(ledger.database):
        put(ledger.folder / SETTINGS, ledger.settings.text())
    return ledger


def begun(folder: str | Path, settings: Settings, database: str | None = None) -> Ledger:
    """Make the folder and the tables of a new ledger; it is one once its settings are written.

    Raises
    ------
    LedgerError
        As `make_ledger`.
    """
    folder = Path(folder)
    if (folder / SETTINGS).exists():
        raise LedgerError([Fault(str(folder), "TL-L064", "there is a ledger here already", "name another folder")])
    make_folder(folder)
    settings = replace(settings, database=database or _FILE)
    ledger = Ledger(folder, settings, _database(folder, settings))
    with _closed_on_error(ledger.database):
        ledger.database.migrate()
        if ledger.size():
            what = "records stand here already: those of a ledger, or of one whose restoring was broken off"
            raise LedgerError([Fault(ledger.database.at, "TL-L064", what, "name another folder or database")])
    return ledger


def demand_apart(key: Path, folder: Path) -> None:
    """See that a key is not kept in the folder of its ledger.

    Raises
    ------
    UsageError
        TL-L016, if it would be.
    """
    if key.resolve().is_relative_to(folder.resolve()):
        what = "the key would lie in the folder of the ledger: whoever takes the folder could sign"
        raise UsageError([Fault(str(key), "TL-L016", what, "keep it elsewhere, best on another machine")])


def is_ledger(folder: str | Path) -> bool:
    """Say whether a folder is that of a ledger."""
    return (Path(folder) / SETTINGS).is_file()


def open_ledger(folder: str | Path, *, current: bool = True) -> Ledger:
    """Open a ledger.

    Parameters
    ----------
    folder : path
    current : bool
        Whether its tables have to be those of this version.

    Raises
    ------
    LedgerError
        TL-L065, if there is none, its database is not there, or its settings cannot be read; TL-L060 to TL-L063 for
        its database.
    """
    folder = Path(folder)
    settings = _settings(folder)
    database = _database(folder, settings)
    if database.is_file and not (folder / settings.database).is_file():  # else SQLite would begin an empty one
        what = "the database of the ledger is not here"
        raise LedgerError([Fault(database.at, "TL-L065", what, "bring back the newest copy of it")])
    if current:
        with _closed_on_error(database):
            database.demand_current()
    return Ledger(folder, settings, database)


@contextmanager
def _closed_on_error(database: Database) -> Iterator[None]:
    try:
        yield
    except BaseException:
        database.close()
        raise


def _database(folder: Path, settings: Settings) -> Database:
    return open_database(settings.database if "://" in settings.database else folder / settings.database)


def read_settings(data: bytes, at: str) -> Settings:
    """Read what a ledger says of itself.

    Raises
    ------
    LedgerError
        TL-L065, if it cannot be read.
    """
    try:
        said = json.loads(data)
        if said["format"] != _FORMAT:
            raise _no_ledger(at, f"this is a ledger of another format ({str(said['format'])[:40]})")
        keys = tuple(parse_key(key) for key in said["keys"])
        recipients = parse_recipients(said["recipients"], at) if said["recipients"] else ()
        without = said.get("without_sealed") is True
        return Settings(str(said["name"]), str(said["database"]), keys, recipients, without)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _no_ledger(at, "this is not what a ledger says of itself") from None


def _settings(folder: Path) -> Settings:
    path = folder / SETTINGS
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _no_ledger(str(path), f"there is no ledger here ({error.strerror})") from None
    return read_settings(data, str(path))


def _no_ledger(at: str, what: str) -> LedgerError:
    return LedgerError([Fault(at, "TL-L065", what, "name the folder that `truceline init` made")])

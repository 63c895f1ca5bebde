"""Verify a ledger: its signed log, and that its database holds what stands there, record by record.

The log alone shows what was put down. The database is held against it entry by entry; what a record says, against the
commitment in its entry; and what the tables say about it, against what it says itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from truceline.basics.counting import counted
from truceline.errors import Fault, LedgerError
from truceline.evidence.commitment import check_opening
from truceline.evidence.record import Record, read_record
from truceline.evidence.signed_note import VerifierKey
from truceline.store.ledger import Ledger
from truceline.store.log_check import LogCheck, verify_log
from truceline.store.log_reading import read_entries
from truceline.store.searching import contents, end_of, strays
from truceline.store.vault import Identity, opened

__all__ = ["LedgerCheck", "check_ledger"]

_KEEP: Final = "keep everything as it is, compare with a copy, and ask whoever keeps the ledger"
MOST: Final = 100
"""Faults of the database that are told one by one."""


@dataclass(frozen=True, slots=True)
class LedgerCheck:
    """What was found in a ledger.

    `log` : what was found in its signed log. `faults` : what is wrong in the database, at most `MOST`; `first_bad` :
    the number of the first record that is not as it was put down, from 0. `records` : how many there are; `unsealed` :
    those that no signed head speaks of yet; `erased` : those whose content was destroyed, by an erasure that stands in
    the ledger; `sealed` : those with a protected part, `opened` : how many of these could be opened and were right,
    `left_out` : how many are not in this ledger, which was restored from an archive without them.
    """

    log: LogCheck
    faults: tuple[Fault, ...]
    records: int = 0
    unsealed: int = 0
    erased: int = 0
    sealed: int = 0
    opened: int = 0
    first_bad: int | None = None
    left_out: int = 0

    @property
    def intact(self) -> bool:
        """Whether nothing is wrong."""
        return self.log.intact and not self.faults

    def demand(self) -> None:
        """Raise what is wrong as a `LedgerError`, if anything is."""
        if not self.intact:
            raise LedgerError([*self.log.faults, *self.faults])

    def __str__(self) -> str:
        """Say in plain words what was found, and what that does not show."""
        lines = [str(self.log), *map(str, self.faults)]
        if self.first_bad is not None:
            lines.append(f"The first record that is not as it was put down is number {self.first_bad}, counted from 0.")
        if not self.faults:
            lines.insert(1, f"{counted(self.records, 'record')} in the database: each is the one that was put down.")
        if self.unsealed:
            lines.append(f"{counted(self.unsealed, 'record')} came after the signed head; the next seal takes them in.")
        if self.erased:
            lines.append(f"{counted(self.erased, 'record')} erased: the places stand, the contents are gone.")
        if closed := self.sealed - self.opened - self.left_out:
            lines.append(f"{counted(closed, 'protected part')} not opened: no identity was named, or it did not fit.")
        if self.left_out:
            lines.append(f"{counted(self.left_out, 'protected part')} left out of the archive that this came from.")
        return "\n".join(lines)


def check_ledger(
    ledger: Ledger, keys: Sequence[VerifierKey] | None = None, heads: Mapping[str, bytes] | None = None,
    identities: Sequence[Identity] = (),
) -> LedgerCheck:  # fmt: skip
    """Hold the database against the log, and the log against its signed head and older ones.

    Parameters
    ----------
    ledger : Ledger
    keys : sequence of VerifierKey, optional
        Those that may have signed; by default those that the ledger names itself. Somebody who rewrote it may have
        named another one there: take the key from where you keep your heads.
    heads : mapping of str to bytes, optional
        Signed heads that were kept from before (`log_check.verify_log`).
    identities : sequence of Identity, optional
        What opens protected parts; without them only their outsides are seen.

    Returns
    -------
    LedgerCheck
        Faults of the database are TL-L066: a record is not that of the log; TL-L067: what it says is not what was
        committed to, or what the tables say about it; TL-L068: its content is gone, and no erasure says so, or the
        other way round; TL-L069: it is out of order; TL-L061: the file of the database is damaged.

    Raises
    ------
    LedgerError
        TL-L028, if there is no log; TL-L060 to TL-L063 for the database.
    """
    log = verify_log(ledger.log, tuple(keys or ledger.settings.keys), heads)
    signed = log.checkpoint.head.size if log.checkpoint else 0
    looking = _Looking(str(ledger.database.at), identities, ledger.settings.without_sealed)
    damage = [Fault(ledger.database.at, "TL-L061", f"its file is damaged ({line})", _KEEP)
              for line in ledger.database.damage()]  # fmt: skip
    with ledger.database.reading() as connection:
        size, _ = end_of(connection)
        entries = _entries(ledger, signed)
        for number, row in enumerate(contents(connection, 0, size)):
            looking.look(number, row, next(entries, None))
        looking.look_at_erasures()
        for number in strays(connection):
            looking.tell(number, "TL-L066", "something is kept under this number, and no record stands there")
    if size < signed:
        what = f"the log speaks of {signed} records, the database has {size}: its end was cut off"
        looking.tell(size, "TL-L066", what)
    return LedgerCheck(
        log, (*damage, *looking.faults), size, max(size - signed, 0), looking.erased, looking.sealed, looking.opened,
        looking.first_bad, looking.left_out,
    )  # fmt: skip


def _entries(ledger: Ledger, size: int) -> Iterator[bytes | None]:
    """Go through the entries of the log, as far as they can be read; what cannot be is a fault of the log already."""
    try:
        yield from read_entries(ledger.log, size)
    except LedgerError:
        return


@dataclass
class _Looking:
    """What was seen on the way through the records."""

    at: str
    identities: Sequence[Identity]
    without_sealed: bool
    faults: list[Fault] = field(default_factory=list)
    first_bad: int | None = None
    erased: int = 0
    sealed: int = 0
    opened: int = 0
    left_out: int = 0
    _recorded: int = -(2**63)
    _gone: dict[int, tuple[int, str]] = field(default_factory=dict)
    _told: dict[int, tuple[int, str]] = field(default_factory=dict)

    def look(self, number: int, row: Any, entry: bytes | None) -> None:
        """Look at one record, at its place and in its order."""
        if not _of_their_types(row):
            self.tell(number, "TL-L067", "what the tables say about it is not of the types that it must be")
            return
        if entry is not None and bytes(row.commitment) != entry:
            self.tell(row.seq, "TL-L066", "this is not the record of the log: it was changed, moved, or put in")
        if row.seq != number or row.recorded < self._recorded:
            self.tell(number, "TL-L069", "records before it are missing, or it was put down before them")
        self._recorded = row.recorded
        if row.by_seq is not None:
            self._gone[row.seq] = row.by_seq, f"{row.kind}:{row.id}"
        if row.content is not None:
            self._look_into(row)
        elif row.by_seq is None:
            self.tell(row.seq, "TL-L068", "its content is gone, and no erasure says so")
        else:
            self.erased += 1
        if row.by_seq is not None and (row.content is not None or row.envelope is not None):
            self.tell(row.seq, "TL-L068", "it counts as erased, and what it says is there")

    def look_at_erasures(self) -> None:
        """Hold what counts as erased against what the records of erasures say."""
        for number in sorted(self._gone.keys() | self._told.keys()):
            if self._gone.get(number) != self._told.get(number):
                self.tell(number, "TL-L068", "that it counts as erased, and what the erasures say, differ")

    def _look_into(self, row: Any) -> None:
        """Hold what a record says against its commitment, and against what the tables say about it."""
        try:
            check_opening(bytes(row.commitment), bytes(row.nonce), bytes(row.content))
            record = read_record(row.seq, row.content)
        except (LedgerError, ValueError, KeyError, TypeError):
            self.tell(row.seq, "TL-L067", "what it says is not what was committed to")
            return
        said = record.kind, record.id, record.revision, record.recorded_us, record.source[0]
        if said != (row.kind, row.id, row.revision, row.recorded, row.source):
            self.tell(row.seq, "TL-L067", "what the tables say about it is not what it says itself")
        if record.kind == "erasure":
            numbers = record.body.get("records")
            for number in numbers if isinstance(numbers, list) else ():
                self._told[int(str(number))] = row.seq, record.id
        if record.sealed or row.envelope is not None:
            self._look_at_sealed(row, record)

    def _look_at_sealed(self, row: Any, record: Record) -> None:
        self.sealed += 1
        if record.sealed and row.envelope is None and self.without_sealed:
            self.left_out += 1
        elif not record.sealed or row.envelope is None:
            self.tell(row.seq, "TL-L068", "its protected part is gone, or has no commitment, and no erasure says so")
        elif self.identities:
            try:
                opened(bytes(row.envelope), self.identities, bytes.fromhex(record.sealed), f"record {row.seq}")
                self.opened += 1
            except LedgerError as error:
                self.tell(row.seq, "TL-L067", f"its protected part: {error.faults[0].what}")

    def tell(self, number: int, code: str, what: str) -> None:
        """Keep a fault, and the first bad record."""
        self.first_bad = number if self.first_bad is None else min(self.first_bad, number)
        if len(self.faults) < MOST:
            self.faults.append(Fault(f"{self.at} record {number}", code, what, _KEEP))


def _of_their_types(row: Any) -> bool:
    """Say whether a row holds numbers, words and bytes where it must; a damaged file may hold anything."""
    numbers = (row.seq, row.revision, row.recorded, *(() if row.by_seq is None else (row.by_seq,)))
    maybe = (row.nonce, row.content, row.envelope, row.same)
    words = (row.kind, row.id, row.source)
    return (
        all(isinstance(one, int) for one in numbers)
        and all(isinstance(one, str) for one in words)
        and isinstance(row.commitment, bytes)
        and all(one is None or isinstance(one, bytes) for one in maybe)
    )

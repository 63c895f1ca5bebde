"""Verify a log from its stored bytes: every entry is hashed anew, and every older head that somebody kept must fit.

Without an older head only this is seen: whether the folder holds what its own checkpoint says. Whoever holds the key
can sign another history; the heads that others kept are what shows it. And a verified log is never a verified event: it
says what was put down, in which order and under which key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from truceline.errors import Fault, LedgerError
from truceline.evidence.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from truceline.evidence.merkle import Head, check_consistency, consistency_proof
from truceline.evidence.signed_note import VerifierKey, parse_note
from truceline.store.log_reading import CHECKPOINT, hashes_of, read_checkpoint
from truceline.store.log_recount import Recount
from truceline.store.signing import verifies

__all__ = ["LogCheck", "verify_log"]

_KEEP: Final = "keep both, and ask whoever keeps the log for an explanation"


@dataclass(frozen=True, slots=True)
class LogCheck:
    """What was found in a log.

    `checkpoint` : what it says of itself; None: that cannot be read. `older` : the names of the older heads that it
    continues. `faults` : all that is wrong. `suspects` : the first bad entry is one of those from the first number to
    the one before the second; None: all entries are as signed, or there is nothing to hold them against. `beyond` : how
    many files reach beyond the signed head, as a killed run leaves them; they count for nothing.
    """

    checkpoint: Checkpoint | None
    older: tuple[str, ...]
    faults: tuple[Fault, ...]
    suspects: tuple[int, int] | None = None
    beyond: int = 0

    @property
    def intact(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def demand(self) -> None:
        """Raise what is wrong as a `LedgerError`, if anything is."""
        if self.faults:
            raise LedgerError(self.faults)

    def __str__(self) -> str:
        """Say in plain words what was found, and what that does not show."""
        if self.faults or self.checkpoint is None:
            lines = [str(fault) for fault in self.faults]
            if self.suspects:
                begin, end = self.suspects
                where = f"is entry {begin}" if end - begin == 1 else f"is one of the entries {begin} to {end - 1}"
                lines.append(f"The first bad entry {where}, counted from 0.")
            return "\n".join(lines)
        lines = [f"{self.checkpoint.origin}: {self.checkpoint.head}; every entry is as signed."]
        if self.older:
            lines.append(f"It continues what was signed before: {', '.join(self.older)}.")
        else:
            lines.append("No older head was given, so this does not show whether anything was cut off or rewritten.")
        return "\n".join(
            [*lines, "A verified log is not a verified event: it shows what was put down, not what happened."]
        )


def verify_log(folder: str | Path, keys: Sequence[VerifierKey], heads: Mapping[str, bytes] | None = None) -> LogCheck:
    """Hash all stored entries of a log anew, and hold its checkpoint, its tiles and older heads against them.

    Nothing is written, and nothing that is stored is taken on trust but the keys and the older heads.

    Parameters
    ----------
    folder : path
        Of the log.
    keys : sequence of VerifierKey
        Those that may have signed it.
    heads : mapping of str to bytes, optional
        Signed checkpoints that were kept from before, by the name under which a fault tells of them. An edit, a
        deletion, an insertion, a change of order, a truncation or a fork that was signed again is found by these alone.

    Returns
    -------
    LogCheck
        With all faults: TL-L010, TL-L012 and TL-L013 for heads that cannot be read or are not signed by a key, TL-L031
        for those of another log, TL-L021 and TL-L022 for files, TL-L023 if the entries are not those that were signed,
        TL-L024 and TL-L025 if an older head is not continued, TL-L029 for files that do not belong there.

    Raises
    ------
    LedgerError
        TL-L028, if there is no log in the folder.
    """
    folder = Path(folder)
    at = str(folder / CHECKPOINT)
    checkpoint, faults = _opened(read_checkpoint(folder), keys, at)
    if checkpoint is None:
        return LogCheck(None, (), faults)
    held = Recount(folder, checkpoint.head.size)
    found = list(faults)
    older = _Older(checkpoint, held)
    for name, data in (heads or {}).items():
        found += older.hold(name, data, keys)
    root = held.root(checkpoint.head.size)
    if root is not None and root != checkpoint.head.root:
        what = f"the stored entries make up the root {root.hex()}, and {checkpoint.head.root.hex()} was signed"
        found.append(Fault(at, "TL-L023", what, _KEEP))
    found += held.faults
    doubts = list(older.doubts())
    if not faults and (bad := held.first_bad(checkpoint.head.root)):
        doubts.append(bad)
    suspects = (min(begin for begin, _ in doubts), min(end for _, end in doubts)) if doubts else None
    return LogCheck(checkpoint, tuple(older.fits), tuple(found), suspects, held.beyond)


def _opened(data: bytes, keys: Sequence[VerifierKey], at: str) -> tuple[Checkpoint | None, tuple[Fault, ...]]:
    """Read a signed checkpoint; one whose signature does not hold is read all the same, and its fault is told."""
    try:
        return open_checkpoint(data, keys, verifies, at)[0], ()
    except LedgerError as error:
        try:
            return parse_checkpoint(parse_note(data, at).text, at), error.faults
        except LedgerError:
            return None, error.faults


class _Older:
    """The older heads that a log was held against: the size of each that fits, by its name, and of the rest."""

    def __init__(self, checkpoint: Checkpoint, held: Recount) -> None:
        self.checkpoint, self.held = checkpoint, held
        self.fits = dict[str, int]()
        self.fails = list[int]()

    def hold(self, name: str, data: bytes, keys: Sequence[VerifierKey]) -> tuple[Fault, ...]:
        """Hold the log against one head, and say what does not fit."""
        older, faults = _opened(data, keys, name)
        if older is None or faults:
            return faults
        if older.origin != self.checkpoint.origin:
            what = f"this is a head of the log {older.origin!r}, and not of {self.checkpoint.origin!r}"
            return (Fault(name, "TL-L031", what, "name a head of this log"),)
        head, size = older.head, self.checkpoint.head.size
        root = self.held.root(head.size) if head.size <= size else None
        if root == head.root:
            self.fits[name] = head.size
            return ()
        if not self._signed_continues(head):
            self.fails.append(head.size)
        code, what = "TL-L025", f"the first {head.size} entries of the log are not those that were signed"
        if head.size > size:
            code, what = "TL-L024", f"this head speaks of {head.size} entries, the log of {size}: its end was cut off"
        elif root is None:
            what = f"whether the log continues this head of {head.size} entries cannot be told: not all can be read"
        return (Fault(name, code, what, _KEEP),)

    def _signed_continues(self, head: Head) -> bool:
        """Say whether the tiles prove that what is signed now continues a head: then it casts no doubt of its own."""
        now = self.checkpoint.head
        try:
            check_consistency(head, now, consistency_proof(head.size, now.size, hashes_of(self.held.folder, now.size)))
        except LedgerError:
            return False
        return True

    def doubts(self) -> Iterator[tuple[int, int]]:
        """Give the bounds of the first bad entry that follow from each head that does not fit."""
        size = self.checkpoint.head.size
        for failed in self.fails:
            if failed > size:
                yield size, size + 1
            else:
                yield max((fit for fit in self.fits.values() if fit < failed), default=0), failed

"""The log of commitments as plain files in a folder (C2SP tlog-tiles): a ``checkpoint``, tiles, and the entries.

`seal` lets it grow. It writes tiles, reads them back, computes the root anew from what it has read, checks that the
last signed head is continued, and only then signs; the new head is kept with the key before anybody sees it. Whatever a
killed run has left beyond the last signed head is removed by the next one, which asks for those entries again.

A log like this is *tamper-evident to anyone who holds an older head*. Whoever has folder and key can still write
another one; `log_check.verify_log` with an older head shows it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from truceline.errors import Fault, LedgerError
from truceline.evidence.checkpoint import Checkpoint, open_checkpoint
from truceline.evidence.merkle import (
    EMPTY_ROOT,
    Head,
    check_consistency,
    consistency_proof,
    leaf_hash,
    root_at,
    root_of,
)
from truceline.evidence.signed_note import Note, VerifierKey, sign
from truceline.evidence.tiles import ENTRIES, Tile, full_between, split_tile, tiles_between
from truceline.store.durable import disk_fault, locked, make_folder, put, sync_folder
from truceline.store.log_reading import CHECKPOINT, hashes_of, read_bundle, read_checkpoint, read_tile, tile_files
from truceline.store.log_writing import grow
from truceline.store.signing import Signer, verifies

__all__ = ["EntriesFrom", "check_written", "last_signed", "seal"]

_LOCK: Final = ".lock"
_EMPTY: Final = Head(0, EMPTY_ROOT)

EntriesFrom = Callable[[int], Iterable[bytes]]
"""Gives the entries of a ledger from an index on."""


def seal(
    folder: str | Path, entries_from: EntriesFrom, signer: Signer, former: Sequence[VerifierKey] = ()
) -> Checkpoint:
    """Add entries to a log and sign its new head; a log that does not exist yet is begun.

    Doing it again adds nothing and gives the same head, so it is always safe to try again after a fault.

    Parameters
    ----------
    folder : path
        Of the log. One process at a time writes it.
    entries_from : callable
        Gives the entries from an index on, in order; each at most 65,535 bytes. It is asked for those behind the last
        signed head, and alone that head says which these are. Log commitments (`evidence.commitment`), not content.
    signer : Signer
        The key of the log, and what it signed last.
    former : sequence of VerifierKey
        Keys that signed earlier heads, if the key was changed.

    Returns
    -------
    Checkpoint
        The head as signed; it is on the disk, as are all files that it speaks of.

    Raises
    ------
    LedgerError
        TL-L020 for an entry that is too long; TL-L021 or TL-L022 if what is read back is not what was written; TL-L026
        if another process writes the log; TL-L027 if the folder does not hold what was signed last (an old copy of it
        was restored, or it was changed); TL-L010, TL-L012, TL-L013 or TL-L031 if its checkpoint is none of the key;
        TL-L030 if the disk does not take it. Nothing is signed then.
    """
    folder = Path(folder)
    make_folder(folder)
    with locked(folder / _LOCK), locked(Path(f"{signer.memory}{_LOCK}")):  # nor may one key sign two copies at once
        last = last_signed(folder, signer, former)
        _clear(folder, last.size)
        head = grow(folder, last.size, entries_from(last.size))
        check_written(folder, last, head)
        checkpoint = Checkpoint(signer.key.name, head)
        _publish(folder, sign(str(checkpoint), signer.key.verifier, signer.key.sign), signer)
        _drop_partials(folder, last.size, head.size)
    return checkpoint


def last_signed(folder: Path, signer: Signer, former: Sequence[VerifierKey] = ()) -> Head:
    """Give the newest head that was signed, shown or not, once the folder is seen to hold it.

    Raises
    ------
    LedgerError
        TL-L027, if the folder does not hold it, or the head that is shown and the one kept with the key are of two
        logs; TL-L010, TL-L012, TL-L013 or TL-L031, if one of them cannot be read or is none of the key.
    """
    keys = (signer.key.verifier, *former)
    shown = read_checkpoint(folder) if (folder / CHECKPOINT).exists() else None
    heads = [
        _opened(data, keys, signer, str(path))
        for data, path in ((shown, folder / CHECKPOINT), (signer.last(), signer.memory))
        if data is not None
    ]
    newest = max(heads, key=lambda head: head.size, default=_EMPTY)
    try:
        hash_at = hashes_of(folder, newest.size)
        held = all(root_at(head.size, hash_at) == head.root for head in heads)
    except LedgerError as error:
        raise LedgerError([_behind(folder, newest), *error.faults]) from error
    if not held:
        raise LedgerError([_behind(folder, newest)])
    return newest


def _opened(data: bytes, keys: Sequence[VerifierKey], signer: Signer, at: str) -> Head:
    checkpoint, _ = open_checkpoint(data, keys, verifies, at)
    if checkpoint.origin != signer.key.name:
        what = f"this is a head of the log {checkpoint.origin!r}, and the key is that of {signer.key.name!r}"
        raise LedgerError([Fault(at, "TL-L031", what, "name the folder and the key of one log")])
    return checkpoint.head


def _behind(folder: Path, head: Head) -> Fault:
    what = f"the folder does not hold what was signed last ({head})"
    remedy = "an old copy was restored, or files were changed: bring back the newest copy; signing this would be a fork"
    return Fault(str(folder), "TL-L027", what, remedy)


def _clear(folder: Path, size: int) -> None:
    """Remove what a killed run has left beyond the last signed head; nobody was told that it is safe."""
    beyond = [path for path, tile in tile_files(folder) if tile is not None and tile.end > size]
    with disk_fault(folder):
        for path in (*beyond, *(folder / "tile").rglob(".*.part")):
            path.unlink()
        for changed in {path.parent for path in beyond}:
            sync_folder(changed)  # else a power cut could bring it back among the tiles of other entries


def check_written(folder: Path, old: Head, new: Head) -> None:
    """Check, from stored bytes alone, that what was written since an old head makes up the new one, and no other.

    Raises
    ------
    LedgerError
        TL-L021, if a file cannot be read; TL-L022, if hashes are not those of the stored entries or of the tiles below
        them, or do not make up the root; TL-L002, if the old head is not continued.
    """
    hash_at = hashes_of(folder, new.size)
    for tile in tiles_between(old.size, new.size):
        if tile.level == ENTRIES:
            entries, fault = read_bundle(folder, tile)
            if fault:
                raise LedgerError([fault])
            row = Tile(0, tile.index, tile.width)
            right = split_tile(read_tile(folder, row), row) == tuple(map(leaf_hash, entries))
        elif tile.full:
            right = root_of(split_tile(read_tile(folder, tile), tile)) == hash_at(8 * (tile.level + 1), tile.index)
        else:
            continue
        if not right:
            raise LedgerError([_not_written(folder / str(tile), "what is read back is not what was written")])
    if root_at(new.size, hash_at) != new.root:
        raise LedgerError([_not_written(folder, "what is read back does not make up the root")])
    check_consistency(old, new, consistency_proof(old.size, new.size, hash_at))


def _not_written(path: Path, what: str) -> Fault:
    return Fault(str(path), "TL-L022", what, "nothing was signed; look at the disk and the memory of this machine")


def _publish(folder: Path, note: Note, signer: Signer) -> None:
    """Keep the head with the key, and only then show it."""
    signer.remember(note)
    put(folder / CHECKPOINT, str(note).encode())


def _drop_partials(folder: Path, old: int, new: int) -> None:
    """Remove the partial forms of tiles that are full by now (C2SP allows it; a full tile answers for all of them)."""
    for tile in full_between(old, new):
        shutil.rmtree(folder / f"{tile}.p", ignore_errors=True)

"""Read the files of a log: its checkpoint, tiles and entries, and the proofs that follow from them.

A file of a log may come from anybody. Its length is looked at before it is read, and what cannot be read is told with
the path.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from truceline.errors import Fault, LedgerError
from truceline.evidence.checkpoint import parse_checkpoint
from truceline.evidence.log_proof import LogProof
from truceline.evidence.merkle import HASH_SIZE, HashAt, Head, consistency_proof, inclusion_proof
from truceline.evidence.signed_note import parse_note
from truceline.evidence.tiles import ENTRIES, LONGEST_ENTRY, Tile, hash_reader, tile_at, tiles_between, unbundle

__all__ = [
    "CHECKPOINT",
    "hashes_of",
    "prove_entry",
    "prove_growth",
    "read_bundle",
    "read_bytes",
    "read_checkpoint",
    "read_entries",
    "read_tile",
    "tile_files",
]

CHECKPOINT: Final = "checkpoint"
"""The name of the signed head, in the folder of the log."""

_LONGEST_NOTE: Final = 1_000_000
_REMEDY: Final = "take the file from a copy made before"


def read_checkpoint(folder: Path) -> bytes:
    """Give the bytes of the signed head.

    Raises
    ------
    LedgerError
        TL-L028, if there is none: the folder holds no log; TL-L021, if it cannot be read.
    """
    path = folder / CHECKPOINT
    if not path.exists():
        remedy = "name the folder in which 'checkpoint' and 'tile' stand"
        raise LedgerError([Fault(str(path), "TL-L028", "there is no signed head: this is no log", remedy)])
    return read_bytes(path, _LONGEST_NOTE)


def read_tile(folder: Path, tile: Tile) -> bytes:
    """Give the bytes of a tile of hashes; a partial one may stand in its full form by now.

    Raises
    ------
    LedgerError
        TL-L021, if it is not there, or is not as long as it must be.
    """
    for stored in dict.fromkeys((tile, tile.whole)):
        path = folder / str(stored)
        if path.is_file():
            data = read_bytes(path, stored.width * HASH_SIZE)
            if len(data) == stored.width * HASH_SIZE:
                return data[: tile.width * HASH_SIZE]
            what = f"{len(data)} bytes where {stored.width} hashes have {stored.width * HASH_SIZE}"
            raise LedgerError([Fault(str(path), "TL-L021", what, _REMEDY)])
    raise LedgerError([Fault(str(folder / str(tile)), "TL-L021", "the file is missing", _REMEDY)])


def read_bundle(folder: Path, tile: Tile) -> tuple[tuple[bytes, ...], Fault | None]:
    """Give the entries of a bundle, as far as they can be read, and what is wrong with it (TL-L021), if anything is."""
    for stored in dict.fromkeys((tile, tile.whole)):
        path = folder / str(stored)
        if path.is_file():
            try:
                data = read_bytes(path, stored.width * (2 + LONGEST_ENTRY))
            except LedgerError as error:
                return (), error.faults[0]
            entries, fault = unbundle(data, stored, str(path))
            return entries[: tile.width], fault
    return (), Fault(str(folder / str(tile)), "TL-L021", "the file is missing", _REMEDY)


def read_entries(folder: str | Path, size: int, begin: int = 0) -> Iterator[bytes]:
    """Go through the entries of a log of some size, from one of them on.

    Raises
    ------
    LedgerError
        TL-L021, where one cannot be read. Whether they are what was signed, `log_check.verify_log` says.
    """
    for tile in tiles_between(begin, size):
        if tile.level != ENTRIES:
            return
        entries, fault = read_bundle(Path(folder), tile)
        if fault:
            raise LedgerError([fault])
        yield from entries[max(begin - tile.begin, 0) :]


def hashes_of(folder: Path, size: int) -> HashAt:
    """Give the hashes of full subtrees as the tiles of a log of this size have them; each tile is read once."""
    return hash_reader(size, lambda tile: read_tile(folder, tile))


def prove_entry(folder: str | Path, index: int) -> LogProof:
    """Prove that an entry stands in the log; with its checkpoint under 2 KiB for a log of a million entries.

    Raises
    ------
    LedgerError
        TL-L001, if the log has no such entry; TL-L021, if a tile cannot be read; TL-L028, if there is no log.
    """
    folder = Path(folder)
    note = parse_note(read_checkpoint(folder), str(folder / CHECKPOINT))
    size = parse_checkpoint(note.text, str(folder / CHECKPOINT)).head.size
    return LogProof(index, inclusion_proof(index, size, hashes_of(folder, size)), note)


def prove_growth(folder: str | Path, old: int, new: Head) -> tuple[bytes, ...]:
    """Prove that the log of `old` entries is the beginning of that of a newer head.

    Raises
    ------
    LedgerError
        TL-L002, if the old size is the larger one; TL-L021, if a tile cannot be read.
    """
    return consistency_proof(old, new.size, hashes_of(Path(folder), new.size))


def tile_files(folder: Path) -> Iterator[tuple[Path, Tile | None]]:
    """Go through the files below ``tile``, each with the tile it is (None: it is none); hidden ones are left out."""
    for place, folders, names in os.walk(folder / "tile"):
        folders.sort()
        for name in sorted(names):
            if not name.startswith("."):
                path = Path(place, name)
                yield path, tile_at(path.relative_to(folder).as_posix())


def read_bytes(path: Path, longest: int) -> bytes:
    """Read a file that is no longer than it may be.

    Raises
    ------
    LedgerError
        TL-L021, if it is longer, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(longest + 1)
    except OSError as error:
        what = f"the file cannot be read ({error.strerror or error})"
        raise LedgerError([Fault(str(path), "TL-L021", what, _REMEDY)]) from error
    if len(data) > longest:
        raise LedgerError([Fault(str(path), "TL-L021", f"the file has more than {longest} bytes", _REMEDY)])
    return data

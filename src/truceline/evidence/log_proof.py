"""The proof that an entry stands in a log, as one small text for whoever was given the entry (C2SP tlog-proof)."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from typing import Final

from truceline.errors import Fault, LedgerError
from truceline.evidence.checkpoint import open_checkpoint
from truceline.evidence.merkle import HASH_SIZE, Head, check_inclusion, leaf_hash
from truceline.evidence.signed_note import Note, VerifierKey, Verifies, parse_note, strict_base64

__all__ = ["LogProof", "check_entry", "parse_proof"]

_FIRST: Final = "c2sp.org/tlog-proof@v1"
_INDEX: Final = re.compile(r"index (0|[1-9][0-9]{0,18})", re.ASCII)
_MOST_HASHES: Final = 63
_REMEDY: Final = "take the file from whoever gave it to you, byte for byte"


@dataclass(frozen=True, slots=True)
class LogProof:
    """An index, the hashes beside the way from the entry up to the root, and the signed checkpoint with that root."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: Note

    def __str__(self) -> str:
        """Write it as it stands in a file (`.tlog-proof`)."""
        hashes = "".join(f"{b64encode(one).decode()}\n" for one in self.hashes)
        return f"{_FIRST}\nindex {self.index}\n{hashes}\n{self.checkpoint}"


def parse_proof(data: bytes, at: str = "proof") -> LogProof:
    """Read a proof; it proves nothing until it is checked. A line of opaque `extra` data is allowed, and dropped.

    Raises
    ------
    LedgerError
        TL-L014, with every line of the proof that is wrong; TL-L010, if the checkpoint below it cannot be read.
    """
    above, blank, below = data.partition(b"\n\n")
    lines = above.decode(errors="replace").split("\n")
    extra = 1 if len(lines) > 1 and lines[1].startswith("extra ") else 0
    index = _INDEX.fullmatch(lines[1 + extra]) if len(lines) > 1 + extra else None
    hashes = [strict_base64(line) for line in lines[2 + extra :]]
    faults = []
    if lines[0] != _FIRST or not blank:
        faults.append(Fault(f"{at}:1", "TL-L014", f"this is no proof: it does not begin with {_FIRST}", _REMEDY))
    if index is None:
        faults.append(Fault(f"{at}:{2 + extra}", "TL-L014", "the line of the index is missing", _REMEDY))
    for number, one in enumerate(hashes, start=3 + extra):
        if one is None or len(one) != HASH_SIZE:
            faults.append(Fault(f"{at}:{number}", "TL-L014", f"not the base64 of {HASH_SIZE} bytes", _REMEDY))
    if len(hashes) > _MOST_HASHES:
        faults.append(Fault(at, "TL-L014", f"more than {_MOST_HASHES} hashes", _REMEDY))
    if faults or index is None:
        raise LedgerError(faults)
    return LogProof(int(index[1]), tuple(one for one in hashes if one), parse_note(below, f"{at} (checkpoint)"))


def check_entry(
    entry: bytes, proof: LogProof, keys: tuple[VerifierKey, ...], verifies: Verifies, at: str = "proof"
) -> Head:
    """Check that an entry stands in the log of a key: nothing but the entry, the proof and the key is needed.

    Returns
    -------
    Head
        The head of the log in which it stands.

    Raises
    ------
    LedgerError
        TL-L001, if the entry is not the one at that index; TL-L012 or TL-L013, if the checkpoint is not of the keys.
    """
    checkpoint, _ = open_checkpoint(str(proof.checkpoint).encode(), keys, verifies, at)
    check_inclusion(leaf_hash(entry), proof.index, checkpoint.head, proof.hashes)
    return checkpoint.head

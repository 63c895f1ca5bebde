"""The signed head of a log as text (C2SP tlog-checkpoint): whose log, how many entries, and the root over them.

A checkpoint makes a log *tamper-evident to anyone who holds an older head*: whoever kept yesterday's can show that
today's log does not continue it. It proves who logged what, and not that what was logged is true.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from truceline.errors import Fault, LedgerError
from truceline.evidence.merkle import HASH_SIZE, Head
from truceline.evidence.signed_note import Note, VerifierKey, Verifies, check_signatures, parse_note, strict_base64

__all__ = ["Checkpoint", "open_checkpoint", "parse_checkpoint"]

_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_MOST: Final = 2**63 - 1
_REMEDY: Final = "take the file from whoever keeps the log, byte for byte"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log promises: its origin (the name of the log), its head, and lines that mean nothing to us.

    >>> print(Checkpoint("northbank.example/log", Head(2, bytes(32))), end="")
    northbank.example/log
    2
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    """

    origin: str
    head: Head
    extensions: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Write the text that is signed."""
        lines = (self.origin, str(self.head.size), b64encode(self.head.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def parse_checkpoint(text: str, at: str = "checkpoint") -> Checkpoint:
    r"""Read the text of a checkpoint.

    Raises
    ------
    LedgerError
        TL-L013, once for each line that is wrong.

    Examples
    --------
    >>> parse_checkpoint("northbank.example/log\n007\nAAAA\n")
    Traceback (most recent call last):
    truceline.errors.LedgerError: checkpoint:2: TL-L013 the number of entries is not a plain whole number; ...
    checkpoint:3: TL-L013 the root is not the base64 of 32 bytes; ...
    """
    faults = [Fault(f"{at}:{line}", "TL-L013", what, _REMEDY) for line, what in _wrong(text)]
    if faults:
        raise LedgerError(faults)
    origin, size, root, *extensions = text.removesuffix("\n").split("\n")
    return Checkpoint(origin, Head(int(size), strict_base64(root) or b""), tuple(extensions))


def _wrong(text: str) -> Iterator[tuple[int, str]]:
    lines = text.removesuffix("\n").split("\n")
    for number, line in enumerate(lines, start=1):
        if not line:
            yield number, "an empty line"
    if len(lines) < 3:
        yield len(lines), "a checkpoint has three lines: the name of the log, the number of entries, the root"
        return
    if not _SIZE.fullmatch(lines[1]) or int(lines[1]) > _MOST:
        yield 2, "the number of entries is not a plain whole number"
    if len(strict_base64(lines[2]) or b"") != HASH_SIZE:
        yield 3, f"the root is not the base64 of {HASH_SIZE} bytes"


def open_checkpoint(
    data: bytes, keys: Iterable[VerifierKey], verifies: Verifies, at: str = "checkpoint"
) -> tuple[Checkpoint, Note]:
    """Read a signed checkpoint and check its signatures; the note keeps them all, those of unknown keys too.

    Raises
    ------
    LedgerError
        TL-L010 or TL-L013, if it cannot be read; TL-L012, if no known key has signed it, or a known one has not.
    """
    note = parse_note(data, at)
    check_signatures(note, keys, verifies, at)
    return parse_checkpoint(note.text, at), note

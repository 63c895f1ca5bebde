"""Sealing what must stay protected: one age envelope per record, which only keys kept elsewhere open.

The recipients are public, and stand beside the ledger. Their identities, which open the envelopes, are kept by people
and off the machine of the ledger: whoever seizes it has ciphertext. The record keeps only a commitment.

Inside an envelope stands, in this order: the nonce of the commitment (32 bytes), the length of the content (4 bytes,
the highest first), the content, and zeros until the whole is a multiple of 256 bytes: age hides what is written and not
how long it is. How many recipients there are, an envelope does show.

Python cannot wipe memory: while this runs, secrets stand in it. Open envelopes on a machine that you trust.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyrage

from truceline.errors import Fault, LedgerError
from truceline.evidence.canonical import Json, canonical
from truceline.evidence.commitment import NONCE_SIZE, check_opening, commit
from truceline.store.durable import disk_fault, put

__all__ = ["BLOCK", "Identity", "Recipient", "Sealed", "load_identities", "make_identity", "opened", "parse_recipients",
           "resealed", "save_identity", "sealed"]  # fmt: skip

BLOCK: Final = 256
"""What is inside an envelope is a multiple of so many bytes long."""

_HEAD: Final = NONCE_SIZE + 4
_OWNER_ONLY: Final = 0o600
_SECRET: Final = "AGE-SECRET-KEY-"  # noqa: S105 - how an identity begins, and no secret
_LONGEST: Final = 2**16


@dataclass(frozen=True, slots=True, order=True)
class Recipient:
    """Whom envelopes are closed for: the text of a public key of age, `age1...`."""

    text: str

    def __str__(self) -> str:
        """Write it as age does."""
        return self.text


@dataclass(frozen=True, slots=True)
class Identity:
    """What opens the envelopes of one recipient; the secret is never shown."""

    recipient: Recipient
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A protected part, closed: the envelope, for the vault, and the commitment, for the record."""

    envelope: bytes = field(repr=False)
    commitment: bytes


def make_identity() -> Identity:
    """Make a new identity, of X25519.

    >>> identity = make_identity()
    >>> str(identity.recipient)[:4], "SECRET" in repr(identity)
    ('age1', False)
    """
    key = pyrage.x25519.Identity.generate()
    return Identity(Recipient(str(key.to_public())), str(key))


def save_identity(identity: Identity, path: str | Path) -> None:
    """Keep an identity in a new file that its owner alone can read, which the program age reads too.

    Raises
    ------
    LedgerError
        TL-L040, if there is such a file already: no identity is ever overwritten; TL-L030, if the disk does not take
        it.
    """
    path = Path(path)
    with disk_fault(path):
        try:
            path.touch(_OWNER_ONLY, exist_ok=False)
        except FileExistsError:
            fault = _file_fault(path, "there is a file of this name, and no identity is overwritten", "choose another")
            raise LedgerError([fault]) from None
    text = f"# public key: {identity.recipient}\n{identity.secret}\n"
    put(path, text.encode("ascii"), mode=_OWNER_ONLY)


def load_identities(path: str | Path) -> tuple[Identity, ...]:
    """Read a file of identities as age writes it: one to a line, and lines of comment (`#`).

    Raises
    ------
    LedgerError
        TL-L040, if there is none, others than its owner may read it, or, once for each, a line is no identity. No
        line is ever quoted.
    """
    path = Path(path)
    lines, fault = _lines_of(path)
    found = {number: _identity(line) for number, line in lines.items()}
    remedy = f"give a file of age-keygen: lines that begin with {_SECRET}, or with #"
    faults = [
        Fault(f"{path}:{number}", "TL-L040", "this line is no identity of age", remedy)
        for number, one in found.items()
        if one is None
    ]
    if fault is None and not found:
        fault = _file_fault(path, "no identity stands here", remedy)
    if fault or faults:
        raise LedgerError([fault] if fault else faults)
    return tuple(one for one in found.values() if one is not None)


def parse_recipients(lines: Iterable[str], at: str = "recipients") -> tuple[Recipient, ...]:
    """Read recipients, one to a line; empty lines and comments (`#`) are passed over.

    Raises
    ------
    LedgerError
        TL-L041, once for each line that is no recipient, or the same as one before; and if there is none. A line that
        is an identity is not quoted.

    Examples
    --------
    >>> parse_recipients(["# the archive", "age1nobody"], "vault.txt")
    Traceback (most recent call last):
    truceline.errors.LedgerError: vault.txt:2: TL-L041 'age1nobody' is no recipient of age; copy the whole line ...
    """
    found = dict[Recipient, int]()
    faults = list[Fault]()
    for number, line in enumerate(lines, start=1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        wrong = _recipient_fault(words, found)
        if wrong:
            faults.append(Fault(f"{at}:{number}", "TL-L041", *wrong))
        else:
            found[Recipient(words)] = number
    if not found and not faults:
        faults.append(Fault(at, "TL-L041", "no recipient is named: nobody could open the envelopes", "name one or two"))
    if faults:
        raise LedgerError(faults)
    return tuple(found)


def sealed(part: Mapping[str, Json], nonce: bytes, recipients: Sequence[Recipient], at: str = "record") -> Sealed:
    """Close the protected part of a record for its recipients, and commit to it.

    Parameters
    ----------
    part : mapping
        What must stay protected.
    nonce : bytes, 32 of them
        Of this part alone (`secrets.token_bytes(32)`), never that of the record.
    recipients : sequence of Recipient
        Each of them alone can open it.
    at : str
        What the record is called in a fault.

    Raises
    ------
    LedgerError
        TL-L003, if the part has no single text; TL-L004, if the nonce is not 32 bytes long; TL-L041, if there is no
        recipient.

    Examples
    --------
    >>> identity = make_identity()
    >>> kept = sealed({"source_identity": "a nurse"}, bytes(32), [identity.recipient])
    >>> opened(kept.envelope, [identity], kept.commitment)
    {'source_identity': 'a nurse'}
    """
    content = canonical(part, at)
    commitment = commit(nonce, content)
    return Sealed(_closed(_framed(nonce, content), recipients, at), commitment)


def opened(
    envelope: bytes, identities: Sequence[Identity], commitment: bytes, at: str = "envelope"
) -> Mapping[str, Json]:
    """Open an envelope, and check that it is the one that the record committed to.

    Raises
    ------
    LedgerError
        TL-L042, if none of the identities opens it; TL-L043, if it is damaged or none of ours; TL-L004, if it is not
        what the record committed to: it was exchanged, or moved here from another record.
    """
    nonce, content = _unframed(_plain(envelope, identities, at), at)
    check_opening(commitment, nonce, content, at)
    return _part_of(content, at)


def resealed(
    envelope: bytes, identities: Sequence[Identity], recipients: Sequence[Recipient], at: str = "envelope"
) -> bytes:
    """Close what is in an envelope for other recipients; the commitment stays as it is.

    Whoever holds the old envelope and an old identity can still open that one.

    Raises
    ------
    LedgerError
        TL-L041, TL-L042 or TL-L043, as `sealed` and `opened`.
    """
    plain = _plain(envelope, identities, at)
    _unframed(plain, at)
    return _closed(plain, recipients, at)


def _file_fault(path: Path, what: str, remedy: str) -> Fault:
    return Fault(str(path), "TL-L040", what, remedy)


def _lines_of(path: Path) -> tuple[dict[int, str], Fault | None]:
    """Read the lines of a file of identities that are no comments, by number; or say why it cannot be read."""
    try:
        with path.open("rb") as file:
            mode, data = os.fstat(file.fileno()).st_mode, file.read(_LONGEST)
    except OSError:
        return {}, _file_fault(path, "no file can be read here", "name the file of the identities")
    if stat.S_IMODE(mode) & 0o077:
        return {}, _file_fault(path, "others than its owner may read these identities", f"chmod 600 {path}")
    lines = {number: line.strip() for number, line in enumerate(data.decode("latin-1").split("\n"), start=1)}
    return {number: line for number, line in lines.items() if line and not line.startswith("#")}, None


def _identity(line: str) -> Identity | None:
    """Read an identity; what age says of a bad one is left out, lest it be quoted."""
    try:
        key = pyrage.x25519.Identity.from_str(line)
    except pyrage.IdentityError:
        return None
    return Identity(Recipient(str(key.to_public())), str(key))


def _recipient_fault(words: str, before: Mapping[Recipient, int]) -> tuple[str, str] | None:
    if words.upper().startswith(_SECRET):
        return "this is an identity, which must stay secret, and no recipient", "give its public key, which begins age1"
    if not _closes(words):
        return f"{words[:100]!r} is no recipient of age", "copy the whole line that begins with age1, from age-keygen"
    if Recipient(words) in before:
        return f"this recipient stands in line {before[Recipient(words)]} already", "name another, or leave it out"
    return None


def _closes(words: str) -> bool:
    """Say whether an envelope can be closed for this recipient: a point of low order makes age stop dead."""
    try:
        return bool(pyrage.encrypt(b"", [pyrage.x25519.Recipient.from_str(words)]))
    except pyrage.RecipientError:
        return False
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            return False
        raise


def _closed(plain: bytes, recipients: Sequence[Recipient], at: str) -> bytes:
    if not recipients:
        raise LedgerError([Fault(at, "TL-L041", "no recipient is named: nobody could open it", "name one or two")])
    return bytes(pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(one.text) for one in recipients]))


def _plain(envelope: bytes, identities: Sequence[Identity], at: str) -> bytes:
    """Decrypt an envelope; the words of age are told, which speak of the envelope alone."""
    try:
        return bytes(pyrage.decrypt(envelope, [pyrage.x25519.Identity.from_str(one.secret) for one in identities]))
    except pyrage.DecryptError as error:
        said = str(error).partition("\n")[0]
    if said == "No matching keys found":
        what = "none of the identities opens this envelope"
        raise LedgerError([Fault(at, "TL-L042", what, "name the identity of one of the recipients of that time")])
    raise LedgerError([Fault(at, "TL-L043", f"the envelope is damaged ({said})", "take it from a copy made before")])


def _framed(nonce: bytes, content: bytes) -> bytes:
    """Frame a content: nonce, length, content, zeros.

    >>> len(_framed(bytes(32), bytes(220))), len(_framed(bytes(32), bytes(221)))
    (256, 512)
    """
    whole = nonce + len(content).to_bytes(4) + content
    return whole + bytes(-len(whole) % BLOCK)


def _unframed(plain: bytes, at: str) -> tuple[bytes, bytes]:
    """Give nonce and content; there is one way to frame them, and no other is taken."""
    size = int.from_bytes(plain[NONCE_SIZE:_HEAD])
    nonce, content = plain[:NONCE_SIZE], plain[_HEAD : _HEAD + size]
    if len(nonce) < NONCE_SIZE or _framed(nonce, content) != plain:
        what = "the envelope does not hold nonce, length, content and padding"
        raise LedgerError([Fault(at, "TL-L043", what, "take it from a copy made before; this one is none of ours")])
    return nonce, content


def _part_of(content: bytes, at: str) -> Mapping[str, Json]:
    """Read what was committed to; it has to be the one text of a record."""
    try:
        part = json.loads(content)
        whole = isinstance(part, dict) and canonical(part, at) == content
    except (ValueError, RecursionError, LedgerError):
        part, whole = {}, False
    if not whole:
        what = "what was committed to is no record (canonical JSON)"
        raise LedgerError([Fault(at, "TL-L043", what, "ask whoever sealed it; this one is none of ours")])
    return dict(part)

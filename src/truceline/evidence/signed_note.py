"""Text signed by one or more keys, as text (C2SP signed-note), and the text of the key that checks a signature.

No signature is computed here: whoever signs or checks one hands in the function that does it.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from truceline.errors import Fault, LedgerError

__all__ = [
    "ED25519",
    "Note",
    "Sign",
    "Signature",
    "VerifierKey",
    "Verifies",
    "check_signatures",
    "name_fault",
    "parse_key",
    "parse_note",
    "sign",
    "strict_base64",
]

ED25519: Final = 0x01
"""The byte that stands for signatures by Ed25519."""

_DASH: Final = "\u2014 "
_MOST_SIGNATURES: Final = 100
_MOST_BYTES: Final = 1_000_000
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f]")
_NOTE_REMEDY: Final = "take the file from whoever wrote it, byte for byte"
_KEY_REMEDY: Final = "copy the whole line of the key: name+id+base64"


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """What checks the signatures of one signer: a name, the 32 bytes of an Ed25519 key, and its id of 4 bytes.

    >>> key = parse_key("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    >>> key.name, key.key_id.hex(), str(key).endswith("3U2k")
    ('example.com/foo', '530d903a', True)
    """

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The first 4 bytes of the hash over name, kind and key; it tells keys apart and proves nothing."""
        return sha256(self.name.encode() + b"\n" + self._typed).digest()[:4]

    @property
    def _typed(self) -> bytes:
        return bytes([ED25519]) + self.public

    def __str__(self) -> str:
        """Write it as others read it: ``name+id+base64``."""
        return f"{self.name}+{self.key_id.hex()}+{b64encode(self._typed).decode()}"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature under a note: who says to have made it, with which key, and its bytes."""

    name: str
    key_id: bytes
    signature: bytes

    def __str__(self) -> str:
        """Write its line, without the end of line."""
        return f"{_DASH}{self.name} {b64encode(self.key_id + self.signature).decode()}"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, which ends with its line, and the signatures under it; none of them is checked yet."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        """Write the note as it stands in a file."""
        return self.text + "\n" + "".join(f"{one}\n" for one in self.signatures)


Sign = Callable[[bytes], bytes]
"""Signs bytes."""
Verifies = Callable[[VerifierKey, bytes, bytes], bool]
"""Says whether a signature (the last argument) over bytes was made with a key."""


def sign(text: str, key: VerifierKey, by: Sign) -> Note:
    r"""Sign a text.

    Raises
    ------
    LedgerError
        TL-L010, if the text does not end with its line, or holds control characters.

    Examples
    --------
    >>> print(sign("all quiet\n", VerifierKey("northbank.example/log", bytes(32)), lambda data: b"signed"))
    all quiet
    <BLANKLINE>
    — northbank.example/log e8VIAnNpZ25lZA==
    <BLANKLINE>
    """
    faults = list(_text_faults(text, "note"))
    if faults:
        raise LedgerError(faults)
    return Note(text, (Signature(key.name, key.key_id, by(text.encode())),))


def parse_note(data: bytes, at: str = "note") -> Note:
    r"""Read a note; it means nothing until its signatures are checked.

    Raises
    ------
    LedgerError
        TL-L010, once for each line that is wrong.

    Examples
    --------
    >>> note = parse_note("all quiet\n\n— northbank.example/log e8VIAnNpZ25lZA==\n".encode())
    >>> note.text, note.signatures[0].key_id.hex()
    ('all quiet\n', '7bc54802')
    >>> parse_note(b"all quiet\n", at="checkpoint")
    Traceback (most recent call last):
    truceline.errors.LedgerError: checkpoint: TL-L010 no empty line stands between text and signatures; ...
    """
    whole = _decoded(data, at)
    text, blank, under = whole.rpartition("\n\n")
    if not blank:
        raise _note_error([(at, "no empty line stands between text and signatures")])
    text += "\n"
    first = text.count("\n") + 2
    signatures, faults = [], list(_text_faults(text, at))
    lines = under.removesuffix("\n").split("\n")
    for number, line in enumerate(lines, start=first):
        try:
            signatures.append(_signature(line))
        except ValueError as error:
            faults.append(Fault(f"{at}:{number}", "TL-L010", str(error), _NOTE_REMEDY))
    if not under.endswith("\n"):
        faults.append(Fault(f"{at}:{first + len(lines) - 1}", "TL-L010", "the last line does not end", _NOTE_REMEDY))
    if len(lines) > _MOST_SIGNATURES:
        faults.append(Fault(at, "TL-L010", f"more than {_MOST_SIGNATURES} signatures", _NOTE_REMEDY))
    if faults:
        raise LedgerError(faults)
    return Note(text, tuple(signatures))


def check_signatures(
    note: Note, keys: Iterable[VerifierKey], verifies: Verifies, at: str = "note"
) -> tuple[VerifierKey, ...]:
    """Check the signatures of all keys that are known; those of unknown ones are ignored, as C2SP asks.

    Returns
    -------
    tuple of VerifierKey
        The keys whose signatures hold; at least one.

    Raises
    ------
    LedgerError
        TL-L012, if none of the keys has signed, or a signature said to be of one of them is not.
    """
    known = {(key.name, key.key_id): key for key in keys}
    good, faults = [], []
    for one in note.signatures:
        key = known.get((one.name, one.key_id))
        if key is None:
            continue
        if verifies(key, note.text.encode(), one.signature):
            good.append(key)
        else:
            what = f"the signature of {key.name} does not fit the text"
            faults.append(Fault(at, "TL-L012", what, "the text or the signature was changed: keep the file, and ask"))
    if not good and not faults:
        names = ", ".join(f"{key.name}+{key.key_id.hex()}" for key in known.values()) or "no key was given"
        remedy = "name the key of whoever keeps the log"
        faults.append(Fault(at, "TL-L012", f"no known key has signed it ({names})", remedy))
    if faults:
        raise LedgerError(faults)
    return tuple(dict.fromkeys(good))


def parse_key(text: str, at: str = "key") -> VerifierKey:
    """Read the text of a key, ``name+id+base64``.

    Raises
    ------
    LedgerError
        TL-L011, if it is not one, if its id is not that of its name and bytes, or if it is none of Ed25519.

    Examples
    --------
    >>> parse_key("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", at="log.pub")
    Traceback (most recent call last):
    truceline.errors.LedgerError: log.pub: TL-L011 the id of this key is 530d903a, and not 530d903b; ...
    """
    try:
        return _key(text)
    except ValueError as error:
        raise LedgerError([Fault(at, "TL-L011", str(error), _KEY_REMEDY)]) from None


def _key(text: str) -> VerifierKey:
    """Read the text of a key, or say in a ValueError why it is none."""
    name, _, rest = text.partition("+")
    stated, _, written = rest.partition("+")
    if what := name_fault(name):
        raise ValueError(what)
    typed = strict_base64(written)
    if typed is None or not re.fullmatch("[0-9a-f]{8}", stated):
        msg = "this is no key: it has no id of 8 hexadecimal digits, or no base64"
        raise ValueError(msg)
    if typed[:1] != bytes([ED25519]) or len(typed) != 33:
        msg = "this is no key of Ed25519 (the byte 01, and 32 bytes)"
        raise ValueError(msg)
    key = VerifierKey(name, typed[1:])
    if key.key_id.hex() != stated:
        msg = f"the id of this key is {key.key_id.hex()}, and not {stated}"
        raise ValueError(msg)
    return key


def name_fault(name: str) -> str | None:
    """Say what is wrong with the name of a key; None: nothing.

    >>> name_fault("northbank example")
    'the name of a key is empty, or holds a space, a plus or a control character'
    """
    bad = not name or "+" in name or any(one.isspace() or one < " " for one in name)
    return "the name of a key is empty, or holds a space, a plus or a control character" if bad else None


def strict_base64(text: str) -> bytes | None:
    r"""Decode base64 that has this one text and no other; None: it is not written so.

    >>> strict_base64("AA=="), strict_base64("AB==")
    (b'\x00', None)
    """
    try:
        data = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if b64encode(data).decode() == text else None


def _decoded(data: bytes, at: str) -> str:
    if len(data) > _MOST_BYTES:
        raise _note_error([(at, f"more than {_MOST_BYTES} bytes")])
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _note_error([(f"{at}:{line}", f"byte {error.start} is not UTF-8")]) from None


def _text_faults(text: str, at: str) -> Iterator[Fault]:
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        if _CONTROL.search(line):
            yield Fault(f"{at}:{number}", "TL-L010", "a control character", _NOTE_REMEDY)
    if not text.endswith("\n"):
        yield Fault(at, "TL-L010", "the last line of the text does not end", _NOTE_REMEDY)


def _signature(line: str) -> Signature:
    """Read the line of a signature, or say in a ValueError why it is none."""
    name, _, written = line.removeprefix(_DASH).partition(" ")
    data = strict_base64(written)
    if not line.startswith(_DASH) or data is None or len(data) <= 4:
        msg = "this is no signature: a long dash, a name, and the base64 of an id of 4 bytes and a signature"
        raise ValueError(msg)
    if what := name_fault(name):
        raise ValueError(what)
    return Signature(name, data[:4], data[4:])


def _note_error(faults: Iterable[tuple[str, str]]) -> LedgerError:
    return LedgerError([Fault(at, "TL-L010", what, _NOTE_REMEDY) for at, what in faults])

"""Keys of Ed25519: made, kept in a file that only its owner reads, and used to sign the heads of a log.

The file of a key has one line, as other tools for signed notes write it; beside it lies what it signed last
(`.signed`), apart from the log: a log that was restored from an old copy is recognised by it.
"""

from __future__ import annotations

import stat
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from truceline.errors import Fault, LedgerError
from truceline.evidence.signed_note import ED25519, Note, VerifierKey, name_fault, strict_base64
from truceline.store.durable import disk_fault, put

__all__ = ["Signer", "SigningKey", "load_key", "make_key", "open_signer", "save_key", "verifies"]

_PRIVATE: Final = "PRIVATE+KEY+"
_OWNER_ONLY: Final = 0o600


@dataclass(frozen=True, slots=True)
class SigningKey:
    """What signs the heads of one log: its name, which is that of the log, and a secret of 32 bytes, never shown."""

    name: str
    secret: bytes = field(repr=False)

    @property
    def verifier(self) -> VerifierKey:
        """The key that everybody may know."""
        return VerifierKey(self.name, self._private.public_key().public_bytes_raw())

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.secret)

    def sign(self, data: bytes) -> bytes:
        """Sign bytes; the same bytes have the same signature, of 64 bytes (RFC 8032)."""
        return self._private.sign(data)


def make_key(name: str) -> SigningKey:
    """Make a new key; its name is that of the log, best like an address without `https://`.

    Raises
    ------
    LedgerError
        TL-L011, if it cannot be the name of a key.

    Examples
    --------
    >>> key = make_key("northbank.example/log")
    >>> verifies(key.verifier, b"all quiet", key.sign(b"all quiet"))
    True
    """
    if what := name_fault(name):
        raise LedgerError([Fault(repr(name), "TL-L011", what, "take an address: example.org/log")])
    return SigningKey(name, Ed25519PrivateKey.generate().private_bytes_raw())


def save_key(key: SigningKey, path: str | Path) -> None:
    """Keep a key in a new file that its owner alone can read.

    Raises
    ------
    LedgerError
        TL-L015, if there is such a file already: no key is ever overwritten; TL-L030, if the disk does not take it.
    """
    path = Path(path)
    with disk_fault(path):
        try:
            path.touch(_OWNER_ONLY, exist_ok=False)
        except FileExistsError:
            what = "there is a file of this name, and a key is never overwritten"
            raise _key_error(path, what, "choose another name") from None
    typed = b64encode(bytes([ED25519]) + key.secret).decode()
    put(path, f"{_PRIVATE}{key.name}+{key.verifier.key_id.hex()}+{typed}\n".encode(), mode=_OWNER_ONLY)


def load_key(path: str | Path) -> SigningKey:
    """Read the file of a key.

    Raises
    ------
    LedgerError
        TL-L015, if there is none, it is not one, or others than its owner may read it. The key is never quoted.
    """
    path = Path(path)
    try:
        mode, text = path.stat().st_mode, path.read_text(encoding="ascii")
    except (OSError, ValueError):
        raise _key_error(path, "no key can be read here", "name the file that was made with the log") from None
    if stat.S_IMODE(mode) & 0o077:
        raise _key_error(path, "others than its owner may read this key", f"chmod 600 {path}")
    name, _, rest = text.removesuffix("\n").removeprefix(_PRIVATE).partition("+")
    stated, _, written = rest.partition("+")
    typed = strict_base64(written) or b""
    whole = text.startswith(_PRIVATE) and not name_fault(name) and typed[:1] == bytes([ED25519]) and len(typed) == 33
    key = SigningKey(name, typed[1:]) if whole else None
    if key is None or key.verifier.key_id.hex() != stated:
        raise _key_error(path, "this is no key that signs", "name the file that was made with the log, unchanged")
    return key


@dataclass(frozen=True, slots=True)
class Signer:
    """A key, and the file in which it keeps the last note that it signed, apart from the log.

    Keep that file where the copies of the log are not kept: a log restored from an old copy is recognised by it, and
    is not signed again, which would be a fork.
    """

    key: SigningKey
    memory: Path

    def last(self) -> bytes | None:
        """Give the last note that was signed; None: there is none yet."""
        with disk_fault(self.memory):
            return self.memory.read_bytes() if self.memory.exists() else None

    def remember(self, note: Note) -> None:
        """Keep a note as the last one that was signed, before anybody sees it."""
        put(self.memory, str(note).encode())


def open_signer(path: str | Path) -> Signer:
    """Read the file of a key; what it signed last stands beside it, in a file of its name and `.signed`.

    Raises
    ------
    LedgerError
        TL-L015, if it is no key (`load_key`).
    """
    return Signer(load_key(path), Path(f"{path}.signed"))


def verifies(key: VerifierKey, data: bytes, signature: bytes) -> bool:
    """Say whether a signature over bytes was made with a key.

    >>> verifies(make_key("a").verifier, b"all quiet", bytes(64))
    False
    """
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, data)
    except InvalidSignature:
        return False
    return True


def _key_error(path: Path, what: str, remedy: str) -> LedgerError:
    return LedgerError([Fault(str(path), "TL-L015", what, remedy)])

"""A commitment to a record: what goes into the log instead of the record itself.

A plain hash of a short record can be undone by guessing: date, place and source leave few choices. So each record is
hashed together with a random nonce of 32 bytes that is kept apart. Whoever is given record and nonce can check the
commitment; whoever has the log alone learns nothing. Destroying nonce and content erases the record for good, while the
log and all proofs over it stand.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from truceline.errors import Fault, LedgerError
from truceline.evidence.canonical import Json, canonical

__all__ = ["COMMITMENT_SIZE", "NONCE_SIZE", "Blinded", "blind", "check_opening", "commit"]

NONCE_SIZE: Final = 32
"""Bytes of a nonce, exactly: HMAC would take a shorter one for a longer one that ends in zeros."""
COMMITMENT_SIZE: Final = 32
"""Bytes of a commitment."""

_DOMAIN: Final = b"truceline/record/v1\n"
"""Keeps the commitment to a record apart from any other HMAC that somebody may compute with the same key."""


@dataclass(frozen=True, slots=True)
class Blinded:
    """A record ready to be kept: the bytes that were hashed, the nonce, and the commitment, which alone is logged.

    Neither content nor nonce is shown when it is printed.
    """

    content: bytes = field(repr=False)
    nonce: bytes = field(repr=False)
    commitment: bytes


def blind(record: Mapping[str, Json], nonce: bytes, at: str = "record") -> Blinded:
    """Commit to a record; keep `content` as it is, for no other bytes will do.

    Parameters
    ----------
    record : mapping
    nonce : bytes, 32 of them
        From a source of chance that nobody can guess (`secrets.token_bytes(32)`), used once.
    at : str
        What the record is called in a fault.

    Raises
    ------
    LedgerError
        TL-L003, if the record has no single text (`canonical`); TL-L004, if the nonce is not 32 bytes long.

    Examples
    --------
    >>> kept = blind({"act": "presence"}, bytes(32))
    >>> kept.content, kept.commitment.hex()[:16]
    (b'{"act":"presence"}', 'd1e9efca4e8ed464')
    """
    content = canonical(record, at)
    return Blinded(content, nonce, commit(nonce, content))


def commit(nonce: bytes, content: bytes) -> bytes:
    r"""Give the commitment to bytes: HMAC-SHA256 under the nonce, over a fixed first line and the bytes.

    Raises
    ------
    LedgerError
        TL-L004, if the nonce is not 32 bytes long.

    Examples
    --------
    >>> commit(bytes(32), b"{}") == hmac.digest(bytes(32), b"truceline/record/v1\n{}", "sha256")
    True
    """
    if len(nonce) != NONCE_SIZE:
        what = f"a nonce of {len(nonce)} bytes"
        raise LedgerError([Fault("nonce", "TL-L004", what, f"take {NONCE_SIZE} random bytes, and keep them all")])
    return hmac.digest(nonce, _DOMAIN + content, "sha256")


def check_opening(commitment: bytes, nonce: bytes, content: bytes, at: str = "record") -> None:
    """Check that these are the bytes somebody committed to.

    Raises
    ------
    LedgerError
        TL-L004, if they are not, or the nonce is not 32 bytes long.

    Examples
    --------
    >>> check_opening(commit(bytes(32), b"{}"), bytes(32), b"{}")
    >>> check_opening(commit(bytes(32), b"{}"), bytes(32), b"[]", at="entry 7")
    Traceback (most recent call last):
    truceline.errors.LedgerError: entry 7: TL-L004 content and nonce are not those that were committed to; ...
    """
    if not hmac.compare_digest(commit(nonce, content), commitment):
        what = "content and nonce are not those that were committed to"
        raise LedgerError(
            [Fault(at, "TL-L004", what, "look for the exact bytes; a record written anew is another one")]
        )

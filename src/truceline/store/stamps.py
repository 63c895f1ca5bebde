"""Stamps on the heads of a log (RFC 3161): an authority states that it saw these bytes, and when. All of it offline.

A stamp shows that a head existed *before* the time that the authority states: no later log can take its place. It shows
nothing about when anything happened, and it is as good as the authority's word and key. Nothing here sends anything:
`request_of` writes what is to be sent, and `verified` reads the answer.

This is the one file that knows `rfc3161_client` (the extra ``stamps``), and loads it when it is asked for.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from cryptography import x509

from truceline.errors import Fault, LedgerError, UsageError

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

__all__ = ["Stamp", "request_of", "verified"]

_HASHES: Final = {
    f"2.16.840.1.101.3.4.2.{number}": name for number, name in ((1, "sha256"), (2, "sha384"), (3, "sha512"))
}
_GRANTED: Final = 0
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_AGAIN: Final = "send the request again, and keep the answer byte for byte"
_OUTDATED: Final = ("certificate has expired", "certificate is not yet valid")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an authority states of some bytes.

    `time` : when it saw them, by its own clock [microseconds, UTC]; `authority` : its name, as its certificate has it;
    `policy` : under which of its rules, as a dotted number; `serial` : the number of the stamp.
    """

    time: int
    authority: str
    policy: str
    serial: int


def request_of(checkpoint: bytes) -> bytes:
    """Write the request for a stamp (DER): SHA-256 of the bytes, a random number, and the wish for the certificates.

    Parameters
    ----------
    checkpoint : bytes
        The file of the signed head, as it is stored. Only its hash is in the request.

    Raises
    ------
    UsageError
        TL-L050, if the extra is not installed.
    LedgerError
        TL-L053, if there are no bytes.

    Examples
    --------
    >>> hashlib.sha256(b"a head").digest() in request_of(b"a head")
    True
    """
    _require()
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder  # noqa: PLC0415 - an extra, loaded when asked for

    if not checkpoint:
        raise LedgerError([Fault("checkpoint", "TL-L053", "there is nothing to be stamped", "seal the log first")])
    asked = TimestampRequestBuilder().data(checkpoint).hash_algorithm(HashAlgorithm.SHA256)
    return asked.nonce(nonce=True).cert_request(cert_request=True).build().as_bytes()


def verified(token: bytes, checkpoint: bytes, roots: bytes, at: str = "stamp") -> Stamp:
    """Check a stamp on bytes against archived roots, without a network.

    The certificates need to have been valid at the time that is stamped, not today: a stamp outlives them. Whether one
    of them was revoked since is not asked. A stamp given for an earlier request over the same bytes is as good, so the
    random number of the request is not compared.

    Parameters
    ----------
    token : bytes
        The answer of the authority (a TimeStampResp, DER), over SHA-256, SHA-384 or SHA-512.
    checkpoint : bytes
        The file of the signed head, as it is stored.
    roots : bytes
        The certificates that you trust, self-signed, in PEM. The others come with the stamp.
    at : str
        What the stamp is called in a fault.

    Raises
    ------
    UsageError
        TL-L050, if the extra is not installed.
    LedgerError
        TL-L051, if it cannot be read; TL-L052, if the authority refused; TL-L053, if it is on other bytes; TL-L054, if
        it was changed, or leads to none of the roots; TL-L055, if a certificate was not valid at that time; TL-L056, if
        `roots` are no certificates. There is no stamp then.
    """
    _require()
    trusted = _certificates(roots)
    try:
        return _stamp(token, checkpoint, trusted, at)
    except LedgerError:
        raise
    except Exception as error:  # noqa: BLE001 - foreign parsers of foreign bytes raise what they like: all of it refuses
        what = f"this is no answer of a time-stamping authority in strict DER ({str(error)[:100]})"
        remedy = "keep the answer byte for byte (a TimeStampResp); if it is, take another authority"
        raise LedgerError([Fault(at, "TL-L051", what, remedy)]) from None


def _require() -> None:
    try:
        import rfc3161_client  # noqa: F401, PLC0415 - an extra, loaded when asked for
    except ImportError:
        what = "stamps need a library that is not installed"
        raise UsageError([Fault("stamps", "TL-L050", what, 'pip install "truceline[stamps]"')]) from None


def _certificates(roots: bytes) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(roots)
    except ValueError:
        what, remedy = "no certificates in PEM", "give the file of the authority's root: -----BEGIN CERTIFICATE-----"
        raise LedgerError([Fault("roots", "TL-L056", what, remedy)]) from None


def _stamp(token: bytes, checkpoint: bytes, roots: list[x509.Certificate], at: str) -> Stamp:
    from rfc3161_client import decode_timestamp_response  # noqa: PLC0415 - an extra, loaded when asked for

    answer = decode_timestamp_response(token)
    if answer.status != _GRANTED:
        said = ascii("; ".join(answer.status_string))[:200]
        raise LedgerError(
            [Fault(at, "TL-L052", f"the authority gave no stamp (status {answer.status}: {said})", _AGAIN)]
        )
    info = answer.tst_info
    digest = _digest_of(checkpoint, info.message_imprint.hash_algorithm.dotted_string, at)
    if digest != info.message_imprint.message:
        raise LedgerError([Fault(at, "TL-L053", "the stamp is on other bytes", "name the head that was sent")])
    _check_chain(answer, digest, roots, at)
    authority = _signer_of(answer, at).subject.rfc4514_string()
    return Stamp(_micros(info.gen_time), authority, info.policy.dotted_string, info.serial_number)


def _digest_of(checkpoint: bytes, algorithm: str, at: str) -> bytes:
    if algorithm not in _HASHES:
        what = f"the stamp is on a hash that is not taken ({algorithm})"
        raise LedgerError([Fault(at, "TL-L053", what, "ask for a stamp on SHA-256")])
    return hashlib.new(_HASHES[algorithm], checkpoint).digest()


def _check_chain(answer: TimeStampResponse, digest: bytes, roots: list[x509.Certificate], at: str) -> None:
    from rfc3161_client import VerificationError, VerifierBuilder  # noqa: PLC0415 - an extra, loaded when asked for

    try:
        VerifierBuilder(roots=roots).build().verify(answer, digest)
    except VerificationError as error:
        said = str(error)
    else:
        return
    if any(words in said for words in _OUTDATED):
        what = "a certificate of the authority was not valid at the time that the stamp states"
        raise LedgerError([Fault(at, "TL-L055", what, "ask for another stamp, and tell the authority")])
    what = f"the stamp was changed, or leads to none of the roots ({said.rpartition('error: ')[2][:80]})"
    raise LedgerError([Fault(at, "TL-L054", what, "name the root of the authority that gave it; keep the stamp")])


def _signer_of(answer: TimeStampResponse, at: str) -> x509.Certificate:
    """Give the certificate that signed: the one with the issuer and the number that the signature names.

    Certificates in a stamp are not signed over: a second one of that number could lend the stamp another name.
    """
    [signer] = answer.signed_data.signer_infos
    named = [
        one
        for one in map(x509.load_der_x509_certificate, answer.signed_data.certificates)
        if (one.issuer, one.serial_number) == (signer.issuer, signer.serial_number)
    ]
    if len(named) != 1:
        what = f"{len(named)} certificates in it bear the number of the signer"
        raise LedgerError([Fault(at, "TL-L054", what, "keep the stamp, and ask whoever gave it to you")])
    return named[0]


def _micros(time: datetime) -> int:
    """Give a moment in microseconds since 1970.

    >>> _micros(datetime(1970, 1, 1, 0, 0, 1, 500000, tzinfo=UTC))
    1500000
    """
    return (time.astimezone(UTC) - _EPOCH) // timedelta(microseconds=1)

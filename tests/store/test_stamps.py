"""Stamps: what an authority stated is told as it stated it, and what it did not state is never shown as stamped."""

import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509

from truceline.errors import LedgerError, UsageError
from truceline.store.stamps import Stamp, request_of, verified

pytest.importorskip("rfc3161_client")
DATA = Path(__file__).parents[1] / "data" / "stamps"
HEAD, ROOT, GRANTED = (DATA / name for name in ("checkpoint", "root.pem", "granted.tsr"))
MADE = datetime(2026, 11, 23, 4, 24, 18, tzinfo=UTC)  # as `openssl ts -reply -in granted.tsr -text` says


def checked(
    stamp: str | bytes = GRANTED.read_bytes(), head: bytes = HEAD.read_bytes(), root: str = "root.pem"
) -> Stamp:
    """Verify a stamp of the test authority, given by its name or its bytes."""
    token = stamp if isinstance(stamp, bytes) else (DATA / stamp).read_bytes()
    return verified(token, head, (DATA / root).read_bytes(), "head.tsr")


def test_a_stamp_tells_what_the_authority_stated():
    """Time, name, policy and number are those that another program reads from it."""
    stamp = checked()

    assert stamp == Stamp(int(MADE.timestamp() * 1e6), "O=Test authority,CN=Test stamps", "1.2.3.4.1", 2)


def test_a_stamp_outlives_its_certificates():
    """The certificates of the authority were valid for an hour, the root too; a stamp of that hour holds for good."""
    [root] = x509.load_pem_x509_certificates(ROOT.read_bytes())

    assert root.not_valid_before_utc < MADE < root.not_valid_after_utc
    assert not root.not_valid_before_utc < datetime.now(UTC) < root.not_valid_after_utc
    assert checked().serial == 2


def test_a_stamp_on_sha512_is_as_good():
    """An authority may be asked by another program, over a longer hash."""
    assert checked("sha512.tsr").authority == "O=Test authority,CN=Test stamps"


@pytest.mark.parametrize(
    ("stamp", "said"),
    [("bare.tst", "TL-L051 this is no answer of a time-stamping authority"),
     ("refused.tsr", "TL-L052 the authority gave no stamp .status 2: 'Message digest algorithm is not supported.'"),
     ("late.tsr", "TL-L055 a certificate of the authority was not valid at the time that the stamp states"),
     ("mail.tsr", "TL-L054 the stamp was changed, or leads to none of the roots .unsuitable certificate purpose"),
     ("doubled.tsr", "TL-L054 2 certificates in it bear the number of the signer"),
     (b"", "TL-L051"), (b"\x30\x80", "TL-L051"), (b"not found", "TL-L051"), (GRANTED.read_bytes() + b"\0", "TL-L051")],
    ids=lambda one: one if isinstance(one, str) and one.isascii() else "bytes",
)  # fmt: skip
def test_what_is_no_stamp(stamp, said):
    """It is refused with its place: nothing is ever shown as stamped that is not."""
    with pytest.raises(LedgerError, match=f"^head.tsr: {said}"):
        checked(stamp)


def test_a_stamp_of_other_bytes():
    """A head with one byte more, and an empty one, are not the head that was stamped."""
    for other in (HEAD.read_bytes() + b"\n", b""):
        with pytest.raises(LedgerError, match=r"^head.tsr: TL-L053 the stamp is on other bytes"):
            checked(head=other)


def test_a_stamp_over_a_weak_hash():
    """The number of the hash is changed to one that is not taken: refused as such, before anything else is asked."""
    number = bytes.fromhex("0609608648016503040201")  # sha256, as an object identifier
    weak = GRANTED.read_bytes().replace(number, number[:-1] + b"\x04")  # sha224

    with pytest.raises(LedgerError, match=r"TL-L053 the stamp is on a hash that is not taken \(2.16.840.1.101.3.4.2.4"):
        checked(weak)


def test_an_unknown_root():
    """A root of the same name and another key is not trusted; a certificate that is no root is none either."""
    with pytest.raises(LedgerError, match=r"TL-L054 .*\(unable to get local issuer certificate"):
        checked(root="stranger.pem")
    with pytest.raises(LedgerError, match="roots: TL-L056 no certificates in PEM"):
        checked(root="checkpoint")


def test_a_changed_stamp_is_seen_or_says_the_same():
    """Each byte changed: it is refused, or was no part of what is stated (a version, the name of a hash)."""
    whole, same, count = GRANTED.read_bytes(), checked(), 0
    for at in range(len(whole)):
        try:
            found = checked(whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :])
        except LedgerError as error:
            count += 1
            [fault] = error
            assert (fault.at, fault.code[:6]) == ("head.tsr", "TL-L05")
        else:
            assert found == same
    assert count > 0.99 * len(whole)


def test_a_request_asks_for_what_is_stored():
    """The request has the SHA-256 of the bytes, a fresh number, and asks for the certificates; bytes are needed."""
    from rfc3161_client._rust import parse_timestamp_request  # noqa: PLC0415 - with the extra alone

    one, other = (parse_timestamp_request(request_of(HEAD.read_bytes())) for _ in range(2))

    assert one.message_imprint.message.hex() == "9ecaa9b4d1cce6a31bdd8fc699a0f4ae79d69a95032c5b1742dbf2265726705d"
    assert one.cert_req
    assert one.nonce != other.nonce
    with pytest.raises(LedgerError, match="checkpoint: TL-L053 there is nothing to be stamped"):
        request_of(b"")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="asks another program")
def test_another_program_agrees(tmp_path):
    """OpenSSL reads our request, and finds the same stamp good at the time at which it was made."""
    asked = tmp_path / "head.tsq"
    asked.write_bytes(request_of(HEAD.read_bytes()))
    read = subprocess.run(
        ["openssl", "ts", "-query", "-in", asked, "-text"], capture_output=True, text=True, check=True
    )
    options = ["-data", HEAD, "-in", GRANTED, "-CAfile", ROOT, "-attime", str(int(MADE.timestamp()))]
    found = subprocess.run(["openssl", "ts", "-verify", *options], capture_output=True, text=True, check=False)

    assert "Certificate required: yes" in read.stdout
    assert (found.returncode, found.stdout.strip()[:16]) == (0, "Verification: OK")


def test_without_the_library(monkeypatch):
    """It says what to install; nothing else of the package needs it."""
    monkeypatch.setitem(sys.modules, "rfc3161_client", None)
    for attempt in (lambda: request_of(b"a head"), checked):
        with pytest.raises(UsageError, match=r'stamps: TL-L050 .*; pip install "truceline\[stamps\]"'):
            attempt()


def test_the_library_is_loaded_when_it_is_asked_for():
    """Importing the module does not load it."""
    code = "import sys, truceline.store.stamps; print('rfc3161_client' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout.strip() == "False"

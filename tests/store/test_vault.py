"""The vault: what is sealed opens with the right identity alone, is what was committed to, and shows nothing else."""

import base64
import hmac
import secrets
import subprocess
import sys
import traceback

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given, settings
from hypothesis import strategies as st

from pages import ROOT
from truceline.errors import LedgerError
from truceline.evidence.canonical import canonical
from truceline.evidence.commitment import commit
from truceline.store.vault import (
    BLOCK,
    Identity,
    Recipient,
    load_identities,
    make_identity,
    opened,
    parse_recipients,
    resealed,
    save_identity,
    sealed,
)

ONE, OTHER = make_identity(), make_identity()
NONCE = bytes(range(32))
PART = {"source_identity": "a nurse of the east clinic", "release": "protected"}
LOW_ORDER = "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq5cu47z"  # the point 0: anybody could open it
LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def saved(tmp_path, text: str):
    """Write a file of identities for its owner alone."""
    path = tmp_path / "vault.key"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return path


def secret_bytes(identity: Identity) -> bytes:
    """Decode the 32 bytes of an identity from its Bech32 text; the checksum is passed over."""
    bits = "".join(f"{LETTERS.index(one):05b}" for one in identity.secret.lower().partition("key-1")[2][:-6])
    return bytes(int(bits[at : at + 8], 2) for at in range(0, 256, 8))


def derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    """Derive 32 bytes with HKDF-SHA256, as age does throughout."""
    return HKDF(SHA256(), 32, salt, info).derive(key)


def read_by_hand(envelope: bytes, identity: Identity) -> bytes:
    """Open an envelope by the specification of age (c2sp.org/age) and `cryptography` alone; one chunk, one stanza."""
    header, _, rest = envelope.partition(b"\n--- ")
    mac, _, payload = rest.partition(b"\n")
    lines = header.split(b"\n")
    at = next(number for number, line in enumerate(lines) if line.startswith(b"-> X25519 "))
    share, wrapped = (base64.b64decode(text + b"=") for text in (lines[at].split()[2], lines[at + 1]))
    key = X25519PrivateKey.from_private_bytes(secret_bytes(identity))
    own = key.public_key().public_bytes_raw()
    common = key.exchange(X25519PublicKey.from_public_bytes(share))
    wrap = derived(common, share + own, b"age-encryption.org/v1/X25519")
    file_key = ChaCha20Poly1305(wrap).decrypt(bytes(12), wrapped, None)
    said = hmac.digest(derived(file_key, b"", b"header"), header + b"\n---", "sha256")
    assert said == base64.b64decode(mac + b"=")
    return ChaCha20Poly1305(derived(file_key, payload[:16], b"payload")).decrypt(
        bytes(11) + b"\x01", payload[16:], None
    )


def test_an_independent_reader_of_age_opens_it():
    """The envelope is age as specified, and inside stand nonce, length, content and zeros."""
    content = canonical(PART)
    plain = read_by_hand(sealed(PART, NONCE, [ONE.recipient]).envelope, ONE)

    assert plain == (NONCE + len(content).to_bytes(4) + content).ljust(BLOCK, b"\0")


def test_each_recipient_opens_it_and_nobody_else():
    """Two recipients can, each alone, among other identities too; a third cannot, nor nobody."""
    kept = sealed(PART, NONCE, [ONE.recipient, OTHER.recipient])
    stranger = make_identity()

    assert opened(kept.envelope, [ONE], kept.commitment) == PART
    assert opened(kept.envelope, [stranger, OTHER], kept.commitment) == PART
    for wrong in ([stranger], []):
        with pytest.raises(LedgerError, match="record 7: TL-L042 none of the identities opens this envelope"):
            opened(kept.envelope, wrong, kept.commitment, "record 7")


def test_the_commitment_is_that_of_the_canonical_text():
    """It is `commit` over the nonce and the canonical JSON, whoever the recipients are; the envelope always differs."""
    first, second = (sealed(PART, NONCE, [ONE.recipient]) for _ in range(2))

    assert first.commitment == second.commitment == commit(NONCE, canonical(PART))
    assert first.envelope != second.envelope


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.none() | st.integers(-9, 9) | st.text("Nb\u00e9 ", max_size=400))
)
@settings(max_examples=40)
def test_what_is_sealed_comes_back(part):
    """Any record comes back as it was, and what is encrypted is a whole number of blocks long."""
    kept = sealed(part, NONCE, [ONE.recipient])
    plain = pyrage.decrypt(kept.envelope, [pyrage.x25519.Identity.from_str(ONE.secret)])

    assert opened(kept.envelope, [ONE], kept.commitment) == part
    assert len(plain) % BLOCK == 0


def test_the_length_says_only_how_many_blocks():
    """The plain text takes the least whole number of blocks: nonce, 4 bytes and content."""
    key = pyrage.x25519.Identity.from_str(ONE.secret)
    sizes = {
        letters: len(pyrage.decrypt(sealed({"a": "x" * letters}, NONCE, [ONE.recipient]).envelope, [key]))
        for letters in (0, 212, 213, 468, 469)
    }

    assert sizes == {0: 256, 212: 256, 213: 512, 468: 512, 469: 768}  # {"a":""} has 8 bytes: 32 + 4 + 8 + 212 = 256


def test_a_rotation_changes_who_opens_it_and_nothing_else():
    """The new recipient opens the new envelope, the old one does not, and the commitment holds."""
    kept = sealed(PART, NONCE, [ONE.recipient])
    turned = resealed(kept.envelope, [ONE], [OTHER.recipient])

    assert opened(turned, [OTHER], kept.commitment) == PART
    with pytest.raises(LedgerError, match="TL-L042"):
        opened(turned, [ONE], kept.commitment)
    with pytest.raises(LedgerError, match="TL-L042"):
        resealed(kept.envelope, [OTHER], [OTHER.recipient])
    with pytest.raises(LedgerError, match="record 7: TL-L041 no recipient is named"):
        resealed(kept.envelope, [ONE], [], "record 7")


def test_an_envelope_of_another_record_is_seen():
    """Moved to another record it does not fit its commitment, and nothing of it is shown."""
    first, second = sealed(PART, NONCE, [ONE.recipient]), sealed(PART, bytes(32), [ONE.recipient])
    with pytest.raises(LedgerError, match=r"^record 7: TL-L004 content and nonce are not those that were committed to"):
        opened(second.envelope, [ONE], first.commitment, "record 7")


def test_every_changed_byte_is_seen():
    """Each bit of a small envelope flipped, and each cut of it: refused with its place, never opened."""
    kept = sealed({"a": "b"}, NONCE, [ONE.recipient])
    whole = kept.envelope
    flipped = [whole[:at] + bytes([whole[at] ^ 1 << at % 8]) + whole[at + 1 :] for at in range(len(whole))]
    for wrong in (*flipped, *(whole[:at] for at in range(len(whole))), whole + b"\0"):
        with pytest.raises(LedgerError, match=r"^record 7: TL-L04[23] "):
            opened(wrong, [ONE], kept.commitment, "record 7")


FOREIGN = {
    "empty": b"",
    "no frame": b"hello",
    "length beyond the end": NONCE + (999).to_bytes(4) + bytes(220),
    "a block too many": (NONCE + (2).to_bytes(4) + b"{}").ljust(2 * BLOCK, b"\0"),
    "no zeros": (NONCE + (2).to_bytes(4) + b"{}").ljust(BLOCK, b"x"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_an_envelope_that_is_none_of_ours(name):
    """There is one way to frame a content: any other is refused, on rotation too."""
    envelope = pyrage.encrypt(FOREIGN[name], [pyrage.x25519.Recipient.from_str(ONE.recipient.text)])
    for attempt in (lambda: opened(envelope, [ONE], bytes(32)), lambda: resealed(envelope, [ONE], [OTHER.recipient])):
        with pytest.raises(LedgerError, match="TL-L043 the envelope does not hold nonce, length, content and padding"):
            attempt()


@pytest.mark.parametrize("content", [b"[]", b'{"a": 1}', b'{"a":1.5}', b'{"a":NaN}', b"\xff", b"[" * 9999, b"7"])
def test_what_was_committed_to_has_to_be_a_record(content):
    """Somebody else may have sealed and committed to what is no canonical record; it is refused, not passed on."""
    plain = NONCE + len(content).to_bytes(4) + content
    plain += bytes(-len(plain) % BLOCK)
    envelope = pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(ONE.recipient.text)])
    with pytest.raises(LedgerError, match="TL-L043 what was committed to is no record"):
        opened(envelope, [ONE], commit(NONCE, content))


def test_sealing_refuses_what_cannot_be_kept():
    """A float, a short nonce and an empty list of recipients are refused before anything is encrypted."""
    with pytest.raises(LedgerError, match=r"report q7 \$.a: TL-L003"):
        sealed({"a": 1.5}, NONCE, [ONE.recipient], "report q7")
    with pytest.raises(LedgerError, match="TL-L004 a nonce of 3 bytes"):
        sealed(PART, b"abc", [ONE.recipient])
    with pytest.raises(LedgerError, match="report q7: TL-L041 no recipient is named"):
        sealed(PART, NONCE, [], "report q7")


def test_a_saved_identity_is_read_again(tmp_path):
    """It stands in a file of age, for its owner alone; several files joined are one file of several identities."""
    paths = [tmp_path / "one.key", tmp_path / "other.key"]
    for identity, path in zip((ONE, OTHER), paths, strict=True):
        save_identity(identity, path)
    joined = saved(tmp_path, "\n".join(path.read_text(encoding="ascii") for path in paths))

    assert paths[0].read_text(encoding="ascii") == f"# public key: {ONE.recipient}\n{ONE.secret}\n"
    assert paths[0].stat().st_mode & 0o777 == 0o600
    assert load_identities(paths[0]) == (ONE,)
    assert load_identities(joined) == (ONE, OTHER)


def test_an_identity_is_never_overwritten_and_for_its_owner_alone(tmp_path):
    """A file of the name stays as it is; rights for others are refused; no file is a fault, not a traceback."""
    path = tmp_path / "vault.key"
    save_identity(ONE, path)
    with pytest.raises(LedgerError, match="TL-L040 there is a file of this name"):
        save_identity(OTHER, path)
    kept = load_identities(path)
    path.chmod(0o640)

    assert kept == (ONE,)
    with pytest.raises(LedgerError, match="TL-L040 others than its owner may read these identities; chmod 600"):
        load_identities(path)
    with pytest.raises(LedgerError, match="TL-L040 no file can be read here"):
        load_identities(tmp_path / "none")
    with pytest.raises(LedgerError, match="TL-L030"):
        save_identity(ONE, tmp_path / "none" / "vault.key")


def test_all_faulty_lines_of_a_file_of_identities_come_at_once(tmp_path):
    """Each is named by its line and none is quoted; a file without any identity is refused too."""
    damaged = ONE.secret[:-1] + ("Q" if ONE.secret[-1] != "Q" else "P")
    path = saved(tmp_path, f"# mine\n{damaged}\n{OTHER.secret}\n\u00e9\n{ONE.recipient}\n")
    with pytest.raises(LedgerError) as raised:
        load_identities(path)
    with pytest.raises(LedgerError, match="TL-L040 no identity stands here"):
        load_identities(saved(tmp_path, "# nothing yet\n\n"))

    assert [(fault.at, fault.code) for fault in raised.value] == [(f"{path}:{line}", "TL-L040") for line in (2, 4, 5)]
    assert damaged[16:30] not in str(raised.value)


def test_recipients_are_read():
    """Blank lines and comments are passed over."""
    lines = ["# the archive", f" {ONE.recipient} ", "", str(OTHER.recipient)]

    assert parse_recipients(lines) == (ONE.recipient, OTHER.recipient)


def test_all_faulty_recipients_come_at_once():
    """Words, a slip, an identity, one that stands twice, a point that makes age stop: each named, no secret quoted."""
    slip = str(ONE.recipient)[:-1] + ("q" if str(ONE.recipient)[-1] != "q" else "p")
    lines = ["nobody", slip, ONE.secret, str(OTHER.recipient), str(OTHER.recipient), LOW_ORDER]
    with pytest.raises(LedgerError) as raised:
        parse_recipients(lines, "vault.txt")
    with pytest.raises(LedgerError, match="recipients: TL-L041 no recipient is named"):
        parse_recipients(["# none"])

    assert [fault.at for fault in raised.value] == [f"vault.txt:{line}" for line in (1, 2, 3, 5, 6)]
    assert {fault.code for fault in raised.value} == {"TL-L041"}
    assert ONE.secret[16:30] not in str(raised.value)


def test_an_interrupt_is_no_bad_recipient(monkeypatch):
    """What is not a stop of age itself goes on."""
    monkeypatch.setattr(pyrage, "encrypt", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        parse_recipients([str(ONE.recipient)])


CANARY = "CANARY" + secrets.token_hex(8)


def forms(secret: str | bytes) -> set[str]:
    """Write a secret as somebody could find it: plain, in hexadecimal, in base64 at each offset."""
    data = secret.encode() if isinstance(secret, str) else secret
    turned = {base64.b64encode(bytes(skip) + data).decode()[4:-4] for skip in range(3)}
    return {data.decode("latin-1").lower(), data.hex(), repr(data).lower(), *map(str.lower, turned)}


def texts_of(attempt) -> list[str]:
    """Run something that fails, and give all that can be seen of the failure."""
    try:
        attempt()
    except LedgerError as error:
        linked = [one for one in (error, error.__cause__, error.__context__) if one is not None]
        return [*map(str, linked), *map(repr, linked), "".join(traceback.format_exception(error)), repr(error.args)]
    return ["no fault"]


def test_no_secret_is_shown(tmp_path):
    """Neither what is sealed nor the secret of an identity stands in any repr, error or traceback, however written."""
    kept = sealed({"source_identity": CANARY}, NONCE, [ONE.recipient])
    damaged = kept.envelope[:-1] + bytes([kept.envelope[-1] ^ 1])
    key = saved(tmp_path, f"{ONE.secret}x\n")
    open_to_all = tmp_path / "open.key"
    open_to_all.write_text(ONE.secret, encoding="ascii")
    open_to_all.chmod(0o644)
    attempts = [
        lambda: opened(damaged, [ONE], kept.commitment),
        lambda: opened(kept.envelope, [OTHER], kept.commitment),
        lambda: opened(kept.envelope, [ONE], bytes(32)),
        lambda: resealed(damaged, [ONE], [OTHER.recipient]),
        lambda: sealed({"a": CANARY, "b": 1.5}, NONCE, [ONE.recipient]),
        lambda: sealed({"a": CANARY}, NONCE, []),
        lambda: sealed({"a": CANARY}, NONCE + b"x", [ONE.recipient]),
        lambda: load_identities(key),
        lambda: load_identities(open_to_all),
        lambda: save_identity(ONE, key),
        lambda: parse_recipients([ONE.secret]),
    ]
    failures = [texts_of(attempt) for attempt in attempts]
    shown = [repr(kept), str(kept), repr(ONE), str(ONE), f"{ONE}", repr([ONE])]
    seen = "\n".join([*shown, *(text for texts in failures for text in texts), kept.envelope.decode("latin-1")])
    hidden = forms(CANARY) | forms(ONE.secret) | forms(secret_bytes(ONE)) | forms(NONCE)

    assert ["no fault"] not in failures
    assert {form for form in hidden if form in seen.lower()} == set()


def test_one_module_knows_age():
    """No other file of the package imports the library."""
    found = [path.name for path in (ROOT / "src").rglob("*.py") if "import pyrage" in path.read_text(encoding="utf-8")]

    assert found == ["vault.py"]


def test_a_traceback_of_a_process_shows_no_secret():
    """A program that does not catch the fault ends with a traceback without what was sealed."""
    code = (
        "import sys; from truceline.store.vault import *; one, other = make_identity(), make_identity();"
        "kept = sealed({'a': sys.argv[1]}, bytes(32), [one.recipient]); opened(kept.envelope, [other], kept.commitment)"
    )
    run = subprocess.run([sys.executable, "-c", code, CANARY], capture_output=True, text=True, check=False)

    assert "TL-L042" in run.stderr
    assert CANARY not in run.stderr + run.stdout


def test_recipients_have_an_order_and_a_text():
    """They are values: equal by their text, sortable, printed as age writes them."""
    assert Recipient("age1a") < Recipient("age1b")
    assert str(Recipient("age1a")) == "age1a"

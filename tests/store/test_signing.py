"""Keys: as other tools write them, for their owner alone, never shown and never overwritten."""

import json
from pathlib import Path

import pytest

from truceline.errors import LedgerError
from truceline.evidence.signed_note import parse_key, sign
from truceline.store.signing import SigningKey, load_key, make_key, open_signer, save_key, verifies

GO = json.loads((Path(__file__).parents[1] / "data" / "log" / "notes.json").read_text(encoding="utf-8"))["go"]


def test_the_published_secret_is_read(tmp_path):
    """The file of a key is what golang.org/x/mod writes; it is written back byte for byte."""
    path = tmp_path / "log.key"
    path.write_text(GO["secret"] + "\n", encoding="ascii")
    path.chmod(0o600)
    key = load_key(path)
    save_key(key, tmp_path / "again.key")

    assert key.verifier == parse_key(GO["keys"][0])
    assert (tmp_path / "again.key").read_bytes() == path.read_bytes()


def test_a_new_key_signs(tmp_path):
    """A key is made, kept and read again; what it signed holds, and with one bit changed it does not."""
    key = make_key("northbank.example/log")
    save_key(key, tmp_path / "log.key")
    read = load_key(tmp_path / "log.key")
    signature = read.sign(b"all quiet")

    assert read == key != make_key("northbank.example/log")
    assert verifies(key.verifier, b"all quiet", signature)
    assert not verifies(key.verifier, b"all quieT", signature)
    assert not verifies(key.verifier, b"all quiet", signature[:-1])
    assert not verifies(make_key("northbank.example/log").verifier, b"all quiet", signature)


def test_a_key_is_for_its_owner_alone(tmp_path):
    """It is kept with the rights 0600, and refused once others may read it."""
    path = tmp_path / "log.key"
    save_key(make_key("log"), path)
    mode = path.stat().st_mode & 0o777
    path.chmod(0o640)

    assert mode == 0o600
    with pytest.raises(LedgerError, match="TL-L015 others than its owner may read this key; chmod 600"):
        load_key(path)


def test_a_key_is_never_overwritten(tmp_path):
    """A file of the name stays as it is."""
    save_key(make_key("log"), tmp_path / "log.key")
    before = (tmp_path / "log.key").read_bytes()
    with pytest.raises(LedgerError, match="TL-L015 there is a file of this name"):
        save_key(make_key("log"), tmp_path / "log.key")

    assert (tmp_path / "log.key").read_bytes() == before


NO_KEYS = ["", "x", GO["keys"][0], GO["secret"][:-4], GO["secret"].replace("c74f", "c74e"),
           GO["secret"].replace("+AYE", "+ZYE"), "\u00e9", "PRIVATE+KEY++c74f20a3+AA=="]  # fmt: skip


@pytest.mark.parametrize("text", NO_KEYS)
def test_what_is_no_key_that_signs(tmp_path, text):
    """It is refused with its place, and never quoted: it may be a key with a slip."""
    path = tmp_path / "log.key"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(LedgerError, match=r"log\.key: TL-L015") as raised:
        load_key(path)

    assert "AYEKF" not in str(raised.value)


def test_a_file_that_is_not_there(tmp_path):
    """It is a fault of the key, not a traceback; where a key cannot be kept, of the disk."""
    with pytest.raises(LedgerError, match="TL-L015 no key can be read here"):
        load_key(tmp_path / "none")
    with pytest.raises(LedgerError, match="TL-L030"):
        save_key(make_key("log"), tmp_path / "none" / "log.key")


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\n"])
def test_a_name_that_cannot_be(name):
    """The name stands in every head, between spaces."""
    with pytest.raises(LedgerError, match="TL-L011"):
        make_key(name)


def test_the_secret_is_not_printed():
    """What is shown of a key has no secret in it."""
    assert "secret" not in repr(SigningKey("log", b"s" * 32))
    assert "sss" not in repr(SigningKey("log", b"s" * 32))


def test_a_signer_remembers(tmp_path):
    """What was signed last is kept beside the key."""
    save_key(make_key("log"), tmp_path / "log.key")
    signer = open_signer(tmp_path / "log.key")
    before = signer.last()
    note = sign("all quiet\n", signer.key.verifier, signer.key.sign)
    signer.remember(note)

    assert before is None
    assert open_signer(tmp_path / "log.key").last() == str(note).encode()
    assert (tmp_path / "log.key.signed").exists()

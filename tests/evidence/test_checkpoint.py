"""Checkpoints: one that is in use, and what is none."""

import json
from base64 import b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.errors import LedgerError
from truceline.evidence.checkpoint import Checkpoint, open_checkpoint, parse_checkpoint
from truceline.evidence.merkle import EMPTY_ROOT, Head
from truceline.evidence.signed_note import parse_key, sign
from truceline.store.signing import make_key, verifies

SUMDB = json.loads((Path(__file__).parents[1] / "data" / "log" / "notes.json").read_text(encoding="utf-8"))["sumdb"]
ROOT = b64encode(EMPTY_ROOT).decode()


def test_a_checkpoint_in_use():
    """A head of Go's checksum database is read and its signature holds; one entry more, and it does not."""
    checkpoint, note = open_checkpoint(SUMDB["note"].encode(), [parse_key(SUMDB["key"])], verifies)

    assert (checkpoint.origin, checkpoint.head.size) == ("go.sum database tree", 20_852_163)
    assert checkpoint.head.root.hex() == "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62"
    assert (str(checkpoint), str(note)) == (note.text, SUMDB["note"])
    with pytest.raises(LedgerError, match=r"TL-L012 the signature of sum\.golang\.org does not fit"):
        open_checkpoint(SUMDB["note"].replace("163", "164").encode(), [parse_key(SUMDB["key"])], verifies)


@given(st.integers(0, 2**63 - 1), st.binary(min_size=32, max_size=32), st.lists(st.sampled_from("ab "), max_size=2))
def test_what_is_written_is_read(size, root, extensions):
    """A checkpoint comes back as it was, lines that mean nothing to us included."""
    checkpoint = Checkpoint("northbank.example/log", Head(size, root), tuple(extensions))
    key = make_key("northbank.example/log")
    data = str(sign(str(checkpoint), key.verifier, key.sign)).encode()

    assert open_checkpoint(data, [key.verifier], verifies)[0] == checkpoint


@pytest.mark.parametrize("size", ["", "-1", "+1", "01", "1.0", "1e3", "1_000", " 1", "\u0661", str(2**63)])
def test_a_size_is_plain_digits(size):
    """No sign, zero in front, grouping, or digits of another script; and no more than fits in 63 bits."""
    with pytest.raises(LedgerError, match="head:2: TL-L013"):
        parse_checkpoint(f"log\n{size}\n{ROOT}\n", "head")


@pytest.mark.parametrize("root", [ROOT[:-1], ROOT[4:], ROOT[:-2] + "V=", "*" * 44, ROOT + "AAAA"])
def test_a_root_is_base64_of_32_bytes(root):
    """Another length, another alphabet, or a second form of the same bytes is refused."""
    with pytest.raises(LedgerError, match="head:3: TL-L013 the root is not the base64 of 32 bytes"):
        parse_checkpoint(f"log\n1\n{root}\n", "head")


def test_all_faults_come_at_once():
    """Each line that is wrong is named; a text of less than three lines is told so."""
    with pytest.raises(LedgerError) as raised:
        parse_checkpoint("\nx\nAA\n\n")
    with pytest.raises(LedgerError, match="checkpoint:2: TL-L013 a checkpoint has three lines"):
        parse_checkpoint("log\n1\n")

    assert [fault.at for fault in raised.value] == [f"checkpoint:{line}" for line in (1, 4, 2, 3)]


def test_signed_nonsense_is_no_checkpoint():
    """A good signature does not make a checkpoint of any text."""
    key = make_key("northbank.example/log")
    note = sign("all quiet\n", key.verifier, key.sign)
    with pytest.raises(LedgerError, match="TL-L013"):
        open_checkpoint(str(note).encode(), [key.verifier], verifies)

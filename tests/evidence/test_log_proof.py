"""Proofs as a file: whoever has entry, proof and key needs nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.errors import LedgerError
from truceline.evidence.checkpoint import Checkpoint
from truceline.evidence.log_proof import LogProof, check_entry, parse_proof
from truceline.evidence.merkle import Head, inclusion_proof, leaf_hash, root_of
from truceline.evidence.signed_note import sign
from truceline.store.signing import make_key, verifies

KEY = make_key("northbank.example/log")
DATA = [str(number).encode() for number in range(20)]
LEAVES = [leaf_hash(one) for one in DATA]


def proof(index, size=20):
    """Prove an entry of a log of 20."""
    head = Head(size, root_of(LEAVES[:size]))
    note = sign(str(Checkpoint(KEY.name, head)), KEY.verifier, KEY.sign)
    path = inclusion_proof(index, size, lambda level, place: root_of(LEAVES[place << level : (place + 1) << level]))
    return LogProof(index, path, note)


@pytest.mark.parametrize(("index", "size"), [(0, 1), (0, 20), (7, 20), (19, 20)])
def test_it_convinces_by_itself(index, size):
    """Written, read and checked, it shows the entry in the log of the key, and no other entry."""
    made = proof(index, size)
    read = parse_proof(str(made).encode())

    assert read == made
    assert check_entry(DATA[index], read, (KEY.verifier,), verifies).size == size
    with pytest.raises(LedgerError, match=f"entry {index}: TL-L001"):
        check_entry(b"another", read, (KEY.verifier,), verifies)
    with pytest.raises(LedgerError, match="TL-L012"):
        check_entry(DATA[index], read, (make_key(KEY.name).verifier,), verifies)


def test_the_form_is_that_of_c2sp():
    """The first line, the index, the hashes from below, an empty line, the checkpoint; extra data is allowed."""
    made = str(proof(7))
    lines = made.split("\n")

    assert lines[:2] == ["c2sp.org/tlog-proof@v1", "index 7"]
    assert lines[lines.index("") + 1] == KEY.name
    assert parse_proof(made.replace("index", "extra YWJj\nindex", 1).encode()) == proof(7)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda text: text.replace("@v1", "@v2"), "proof:1"),
        (lambda text: text.replace("index 7", "index 07"), "proof:2"),
        (lambda text: text.replace("index 7", "extra YWJj\nindex x"), "proof:3"),
        (lambda text: text.replace("index 7\n", "index 7\nAAAA\n"), "proof:3"),
        (lambda text: text.replace("index 7\n", "index 7\n" + ("A" * 43 + "=\n") * 64), "proof"),
        (lambda text: text.partition("\n\n")[0], "proof:1"),
        (lambda _: "", "proof:1"),
    ],
)
def test_what_is_no_proof(change, place):
    """Each line that is wrong is named."""
    with pytest.raises(LedgerError) as raised:
        parse_proof(change(str(proof(7))).encode())

    assert raised.value.faults[0].at == place
    assert {fault.code for fault in raised.value} == {"TL-L014"}


@settings(max_examples=100)
@given(st.data())
def test_a_turned_bit_is_no_proof(data):
    """No bit of the file can be turned over without its being refused."""
    good = str(proof(11)).encode()
    bit = data.draw(st.integers(0, len(good) * 8 - 1))
    turned = bytes(one ^ (1 << bit % 8 if place == bit // 8 else 0) for place, one in enumerate(good))

    with pytest.raises(LedgerError):
        check_entry(DATA[11], parse_proof(turned), (KEY.verifier,), verifies)

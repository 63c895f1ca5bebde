"""Single bits: each one of a log that is turned over is found, by both verifiers."""

import os
import random

import pytest

from logs import entries, files, sealed, second_opinion
from truceline.store.log_check import verify_log

SAMPLE = int(os.environ.get("TRUCELINE_FLIPS", "600"))
"""How many bits are turned; 0: all of them, which takes most of an hour."""


def bits(folder):
    """Choose bits: file, byte and bit; all of the checkpoint, and of the rest as many as are asked for."""
    every = [(path, byte, bit) for path in files(folder) for byte in range(path.stat().st_size) for bit in range(8)]
    if not SAMPLE:
        return every
    head = [one for one in every if one[0].name == "checkpoint"]
    return [*random.Random(3).sample(head, min(len(head), SAMPLE // 3)), *random.Random(4).sample(every, SAMPLE)]


@pytest.mark.slow
def test_every_bit_counts(tmp_path):
    """Whatever single bit of a log of 200 entries is turned over, both verifiers say that something is wrong."""
    folder = tmp_path / "log"
    signer, heads = sealed(folder, entries(200), 150, 200)
    key, old = signer.key.verifier, heads[150]
    missed = []
    for path, byte, bit in bits(folder):
        good = path.read_bytes()
        path.write_bytes(good[:byte] + bytes([good[byte] ^ 1 << bit]) + good[byte + 1 :])
        first = verify_log(folder, [key], {"old": old})
        if first.intact or not second_opinion(folder, key, [old])[0]:
            missed.append((path, byte, bit))
        path.write_bytes(good)

    assert missed == []
    assert verify_log(folder, [key], {"old": old}).intact


@pytest.mark.slow
def test_a_bit_of_an_entry_names_the_entry(tmp_path):
    """A bit in the bytes of an entry, or in its length, is told as this very entry, by both verifiers."""
    folder = tmp_path / "log"
    signer, _ = sealed(folder, entries(200))
    path = folder / "tile/entries/000.p/200"
    good, key = path.read_bytes(), signer.key.verifier
    wrong = []
    for byte in random.Random(5).sample(range(len(good)), 100):
        path.write_bytes(good[:byte] + bytes([good[byte] ^ 1 << byte % 8]) + good[byte + 1 :])
        number = byte // 34
        if {verify_log(folder, [key]).suspects, second_opinion(folder, key)[1]} != {(number, number + 1)}:
            wrong.append(byte)

    assert wrong == []

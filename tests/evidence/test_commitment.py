"""Commitments: they open to one record alone, show nothing of it, and survive its erasure."""

import hashlib
import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.errors import LedgerError
from truceline.evidence.commitment import Blinded, blind, check_opening, commit

RECORD = {"act": "presence", "by": "Northbank Army", "lon": "35.8312000", "lat": "32.7001000"}
nonces = st.binary(min_size=32, max_size=32)


def test_it_is_hmac_with_a_first_line_of_its_own():
    """HMAC-SHA256 (RFC 2104) by its definition, over ``truceline/record/v1`` and the bytes kept."""
    nonce = bytes(range(32))
    kept = blind(RECORD, nonce)
    inner = hashlib.sha256(bytes(b ^ 0x36 for b in nonce.ljust(64, b"\0")) + b"truceline/record/v1\n" + kept.content)
    outer = hashlib.sha256(bytes(b ^ 0x5C for b in nonce.ljust(64, b"\0")) + inner.digest()).digest()

    assert kept == Blinded(kept.content, nonce, outer)
    assert kept.content.startswith(b'{"act":"presence","by":"Northbank Army"')
    assert outer != hmac.digest(nonce, kept.content, "sha256")


@settings(max_examples=50)
@given(nonces, nonces, st.integers(0, 255))
def test_it_opens_to_one_pair_alone(nonce, other, bit):
    """The record and its nonce open it; another nonce, or a bit changed in either, does not."""
    kept = blind(RECORD, nonce)
    check_opening(kept.commitment, nonce, kept.content)
    turned = bytes(b ^ (1 << bit % 8 if place == bit // 8 else 0) for place, b in enumerate(nonce))

    assert (commit(other, kept.content) == kept.commitment) == (other == nonce)
    for wrong in ((turned, kept.content), (nonce, kept.content[:-1] + b"]")):
        with pytest.raises(LedgerError, match="entry 7: TL-L004 content and nonce are not those"):
            check_opening(kept.commitment, *wrong, at="entry 7")


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_nonce_has_32_bytes(length):
    """A shorter nonce would do for a longer one that ends in zeros, so only one length is taken."""
    with pytest.raises(LedgerError, match=f"TL-L004 a nonce of {length} bytes; take 32 random bytes"):
        commit(bytes(length), b"{}")


def test_a_guess_finds_the_record_only_without_the_nonce():
    """Control: a plain hash of a record of few choices is undone by trying them; a commitment is not."""
    days = [blind(RECORD | {"day": day}, bytes([1]) * 32) for day in range(1, 32)]
    plain = {hashlib.sha256(one.content).digest() for one in days}
    guessed = {commit(bytes(32), one.content) for one in days}

    assert hashlib.sha256(days[12].content).digest() in plain
    assert days[12].commitment not in guessed


def test_nothing_secret_is_printed():
    """Neither the content nor the nonce stands in what a log or a traceback shows of it."""
    shown = repr(blind(RECORD, b"n" * 32))

    assert "presence" not in shown
    assert "nnnn" not in shown

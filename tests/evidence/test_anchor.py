"""Anchors: found where they were set, or orphans; never moved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.evidence.anchor import look_up, sha256_of
from truceline.evidence.statement import Citation

TEXT = "The forces stay five km away. So the envoy said, and the forces stay."
QUOTE = Citation("five km", "stay ", " away", sha256_of(TEXT))


def test_in_the_copy_that_was_quoted():
    """The quote is found with its place, and the copy is the same byte by byte."""
    found = look_up(QUOTE, TEXT)

    assert (found.state, found.begins, found.same_copy) == ("found", TEXT.index("five km"), True)


def test_in_another_copy_it_is_found_and_said():
    """A copy that changed elsewhere still holds the quote, and is not called the same."""
    found = look_up(QUOTE, "News. " + TEXT)

    assert (found.state, found.same_copy, found.why) == ("found", False, "in another copy than was quoted")
    assert look_up(Citation("five km"), TEXT).why.startswith("no hash was kept")
    assert look_up(QUOTE, TEXT, sha256="0" * 64).same_copy is False


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The forces stay ten km away.", "does not stand"),
        ("The forces keep five km away.", "among other words"),
        (TEXT + TEXT, "more than once"),
        ("", "does not stand"),
    ],
)
def test_an_orphan_says_why(text, why):
    """Changed words, changed surroundings and a second place make an orphan without a place."""
    orphan = look_up(QUOTE, text)

    assert (orphan.state, orphan.begins) == ("orphan", None)
    assert why in orphan.why


@given(
    st.text(max_size=40), st.text(max_size=10), st.text(min_size=1, max_size=10).filter(str.strip), st.text(max_size=10)
)
def test_what_is_found_stands_there(text, prefix, exact, suffix):
    """Whatever the text, the place given is that of the quote."""
    found = look_up(Citation(exact, prefix, suffix), text)

    assert found.begins is None or text[found.begins :].startswith(exact + suffix)
    assert (found.state == "found") == (text.count(prefix + exact + suffix) == 1 and found.begins is not None)


@pytest.mark.parametrize(
    ("exact", "sha256", "why"), [("", "", "0 words"), ("x" * 251, "", "251 characters"), ("x", "ab", "no SHA-256")]
)
def test_what_cannot_be_kept(exact, sha256, why):
    """A quote is short and not empty, and a hash is a hash."""
    with pytest.raises(ValueError, match=why):
        Citation(exact, sha256=sha256)

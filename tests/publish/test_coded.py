"""Short columns read back: nothing is lost by writing them shortly."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from truceline.publish.coded import ALPHABET, coded, letters, runs, shortened


def numbers(packed):
    """Read back what `letters` wrote."""
    text, width = packed["text"], packed["width"]
    digits = [ALPHABET.index(character) for character in text]
    return [sum(digit * 90**place for place, digit in enumerate(reversed(digits[at : at + width])))
            for at in range(0, len(text), width)]  # fmt: skip


@given(st.lists(st.integers(min_value=0, max_value=800_000), max_size=20))
def test_numbers_read_back_from_letters(given_numbers):
    """Whatever their size, and without a character that JSON or a script element would mind."""
    packed = letters(given_numbers)

    assert numbers(packed) == given_numbers
    assert not set(packed["text"]) & set('"\\<')


@given(st.lists(st.none() | st.text(max_size=3) | st.lists(st.text(max_size=2), max_size=2), max_size=30))
def test_a_coded_column_reads_back(column):
    """Values and codes give the column again, also for lists, None and empty columns."""
    packed = coded(column)

    assert column == (packed if isinstance(packed, list) else [packed["of"][code] for code in numbers(packed)])


@given(st.lists(st.text(alphabet="ab:=", max_size=6), max_size=12))
def test_shortened_names_read_back(names):
    """A name that begins otherwise, or with "=" after the shared beginning, is written in full."""
    packed = shortened(names)
    read = [name[1:] if name.startswith("=") else packed["after"] + name for name in packed["of"]]

    assert read == names


@given(st.lists(st.integers(min_value=0, max_value=30), max_size=20))
def test_runs_read_back(given_numbers):
    """Also where numbers repeat or fall."""
    read = [first + step for first, length in runs(given_numbers) for step in range(length)]

    assert read == given_numbers

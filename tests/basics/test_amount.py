"""Numbers of things: the words stay, and they mean what the convention of distances makes of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from truceline.basics.amount import PATTERN, Amount, AmountText, ends_of, parse_amount

# By hand: half of the last digit that is not a nought, one at least.
SAID = [
    ("about 3,500", 3450, 3550),
    ("around 3500", 3450, 3550),
    ("some 22,000", 21500, 22500),
    ("roughly 1,000", 500, 1500),
    ("~120", 115, 125),
    ("about 75", 74, 76),
    ("about 1", 1, 2),
    ("about 0", 0, 1),
    ("3,500", 3500, 3500),
    ("3400..3600", 3400, 3600),
    ("3,400 to 3,600", 3400, 3600),
    ("10-20", 10, 20),
    ("about 3,400 to 3,600", 3350, 3650),
]


@pytest.mark.parametrize(("words", "low", "high"), SAID)
def test_words_mean_a_range_of_numbers(words, low, high):
    """As said, with the bounds that follow; the schema takes what the parser takes."""
    amount = parse_amount(f" {words} ")

    assert amount == Amount(words, low, high)
    assert (str(amount), ends_of(amount)) == (words, (low, high))
    assert re.search(PATTERN, words)


@pytest.mark.parametrize(
    "words", ["", "75", "many", "about", "3,50", "3 500", "-1", "7.5", "20..10", "about 3,500 men", "1,2,3"]
)
def test_other_words_are_no_number(words):
    """The fault says what to write."""
    with pytest.raises(ValueError, match="; write "):
        parse_amount(words)


def test_bounds_that_are_none_are_refused():
    """Neither below nothing nor backwards."""
    for low, high in ((-1, 3), (4, 3)):
        with pytest.raises(ValueError, match="no number of things"):
            Amount("x", low, high)


@given(st.integers(1, 10**9))
def test_a_rounded_number_may_mean_itself(number):
    """It lies within its bounds, which lie around it and are not further off than half of it."""
    low, high = ends_of(parse_amount(f"about {number:,}"))

    assert low <= number < high
    assert high - number <= max(1, number // 2 + 1)
    assert ends_of(number) == (number, number)


def test_a_document_reads_it_and_gives_its_words_back():
    """What is no number is refused in plain words."""
    kind = TypeAdapter(AmountText)
    amount = kind.validate_python("about 200")

    assert kind.validate_python(amount) is amount
    assert kind.dump_python(amount) == "about 200"
    assert kind.json_schema()["pattern"] == PATTERN
    with pytest.raises(ValidationError, match="such as 75, 'about 3,500' or "):
        kind.validate_python("about 3,50")

"""One text for one record: RFC 8785, against an independent writer, and what has no single text is refused."""

import json
import unicodedata
from collections import OrderedDict
from decimal import Decimal
from enum import IntEnum

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.errors import LedgerError
from truceline.evidence.canonical import canonical

EXACT = 2**53 - 1


def composed(words):
    """Keep words in composed form."""
    return unicodedata.normalize("NFC", words)


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8).map(composed)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-EXACT, EXACT) | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=200)
@given(st.dictionaries(words, values, max_size=5))
def test_the_text_is_that_of_rfc_8785(record):
    """Trail of Bits' writer of RFC 8785 gives the same bytes for every record that we accept."""
    assert canonical(record) == rfc8785.dumps(record)


def test_keys_are_sorted_as_utf_16():
    """As in RFC 8785, 3.2.3: a character beyond U+FFFF comes before U+FB01 (there U+FB33, which is not composed)."""
    record = {"\u20ac": 1, "\r": 2, "\ufb01": 7, "1": 3, "\U0001f600": 4, "\u0080": 5, "\u00f6": 6}

    assert list(json.loads(canonical(record))) == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb01"]


def test_the_order_of_a_mapping_means_nothing():
    """Two mappings with the same content have the same text, and tuples are lists."""
    assert canonical({"b": (1, 2), "a": None}) == canonical(OrderedDict(a=None, b=[1, 2])) == b'{"a":null,"b":[1,2]}'


class Kind(IntEnum):
    """A number with a name."""

    ONE = 1


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (35.8312, "a float has no single text"),
        (float("nan"), "a float has no single text"),
        (-0.0, "a float has no single text"),
        (EXACT + 1, "a whole number beyond"),
        (-EXACT - 1, "a whole number beyond"),
        ("e\u0301", "not in Unicode's composed form"),
        ("\ud83d", "half of a character pair"),
        (b"bytes", "bytes is no value of JSON"),
        (Decimal("1.5"), "Decimal is no value of JSON"),
        ({1, 2}, "set is no value of JSON"),
    ],
)
def test_what_has_two_texts_is_refused(value, what):
    """The fault names the place and the kind, and never quotes the value, which may be a secret."""
    with pytest.raises(LedgerError, match=what) as raised:
        canonical({"a": [{"b": value}]}, at="report q7")

    [fault] = raised.value.faults
    assert fault.at == "report q7 $.a[0].b"
    assert fault.code == "TL-L003"
    assert str(value) not in fault.what


def test_all_faults_come_at_once():
    """Keys are looked at too, and a key that cannot be printed is shown by its code."""
    with pytest.raises(LedgerError) as raised:
        canonical({"e\u0301": 1.0, "\ud83d": 2, 7: "x", "fine": 3})

    assert [(fault.at, fault.what.split(" ")[0]) for fault in raised.value] == [
        ("record $.'e\\u0301' (the key)", "words"),
        ("record $.'e\\u0301'", "a"),
        ("record $.'\\ud83d' (the key)", "half"),
        ("record $.7 (the key)", "int"),
    ]


def test_the_edges_are_accepted():
    """The largest whole numbers, named numbers, and 64 levels are no fault; 65 levels are."""
    deep = []
    for _ in range(63):
        deep = [deep]

    assert canonical({"n": EXACT, "m": -EXACT, "k": Kind.ONE}) == b'{"k":1,"m":-9007199254740991,"n":9007199254740991}'
    assert canonical({"deep": deep}).endswith(b"]}")
    with pytest.raises(LedgerError, match="nested deeper than 64"):
        canonical({"deep": [deep]})


def test_mappings_within_mappings_have_an_end_too():
    """65 mappings within each other are refused with their place, as lists are."""
    deep = {"end": 1.5}
    for _ in range(65):
        deep = {"in": deep}
    with pytest.raises(LedgerError, match="nested deeper than 64"):
        canonical(deep)

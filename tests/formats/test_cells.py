"""Cells as numbers: what is none is refused, and never becomes a value in silence."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.formats.cells import code_column, numbers, text_column, wholes, words, yes_or_no


def column(values, kind=None):
    """Make a column."""
    return pa.chunked_array([pa.array(values, kind)])


@pytest.mark.parametrize(
    "text",
    [
        "nan",
        "NaN",
        "inf",
        "-Infinity",
        "1e400",
        "-1e999",
        "1_000",
        "\uff11\uff12",
        "٣",
        "0x1F",
        "12,5",
        "1 2",
        "--1",
        ".",
    ],
)
def test_no_number_is_made_of_what_is_none(text):
    """The cell is bad, and its value is not used."""
    values, given_, bad = numbers(column([text]))

    assert bad.all()
    assert not given_.any()
    assert values.tolist() == [0.0]


@settings(max_examples=60)
@given(st.floats(-1e15, 1e15).map(lambda x: round(x, 6)))
def test_plain_numbers_keep_their_value(number):
    """As Python reads them."""
    text = f"{number:.6f}"
    values, given_, _ = numbers(column([f" {text} "]))

    assert given_.all()
    assert values[0] == float(text)


def test_typed_columns_are_checked_as_well():
    """NaN and infinity are bad, null is empty, and whole numbers stay whole."""
    values, given_, bad = numbers(column([1.5, float("nan"), None, float("inf")]))
    counts, _, bad_counts = wholes(column([3.0, 2.5, None, 1e300]))
    big, _, _ = numbers(column([2**60], pa.int64()))
    exact, _, _ = numbers(column([Decimal("1.25")]))

    assert (values.tolist(), given_.tolist()) == ([1.5, 0.0, 0.0, 0.0], [True, False, False, False])
    assert bad.tolist() == [False, True, False, True]
    assert counts.tolist() == [3, 0, 0, 0]
    assert bad_counts.tolist() == [False, True, False, True]
    assert (big[0], exact[0]) == (2.0**60, 1.25)


@pytest.mark.parametrize(("text", "number"), [("+5", 5), ("-1", -1), ("7.00", 7), ("5.5", None), ("1e3", None)])
def test_whole_numbers(text, number):
    """5.0 is whole, 5.5 and 1e3 are not written as one."""
    values, given_, bad = wholes(column([text]))

    assert bool(bad[0]) == (number is None)
    assert (values[0] if given_[0] else None) == number


def test_an_empty_column_is_no_fault():
    """No rows, no numbers."""
    assert numbers(column([], pa.string()))[0].tolist() == []
    assert wholes(column([], pa.string()))[0].tolist() == []


def test_yes_and_no():
    """Typed columns pass; a word that is neither is bad."""
    typed, bad = yes_or_no(column([True, None]))
    read, bad_read = yes_or_no(column([" Yes", "0", "", "perhaps"]))

    assert typed.to_pylist() == [True, None]
    assert not bad.any()
    assert read.to_pylist() == [True, False, None, None]
    assert bad_read.tolist() == [False, False, False, True]


def test_words_are_trimmed_and_missing_columns_are_empty():
    """Numbers become words; a column that is not there has no words."""
    assert words(column([7, None])).to_pylist() == ["7", None]
    assert text_column(pa.table({"a": [1]}), "b").to_pylist() == [None]
    assert np.asarray(text_column(pa.table({"a": [" x "]}), "a")).tolist() == ["x"]


def test_codes_are_the_same_as_numbers_and_as_text():
    """Data frames turn whole numbers into 1.0 where a cell is empty."""
    typed = code_column(pa.table({"id": [1.0, 123456789012.0, None, 2.5]}), "id")

    assert typed.to_pylist() == ["1", "123456789012", None, "2.5"]
    assert code_column(pa.table({"id": [7]}), "id").to_pylist() == ["7"]
    assert code_column(pa.table({"id": [7]}), "none").to_pylist() == [None]

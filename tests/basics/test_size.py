"""Calibres and ranges in their own words: which sizes are meant, at the very ends too."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from truceline.basics.size import (
    CALIBRE_PATTERN,
    CalibreText,
    RangeText,
    Size,
    parse_calibre,
    parse_range,
)  # fmt: skip

HUNDRED = (math.nextafter(100.0, 0.0), 100.0, math.nextafter(100.0, math.inf))


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("100 mm", [False, True, False]),
        ("= 100 mm", [False, True, False]),
        (">=100 mm", [False, True, True]),
        ("\u2265 100 mm", [False, True, True]),
        ("at least 100 mm", [False, True, True]),
        ("100 mm or more", [False, True, True]),
        ("100\u00a0mm and more", [False, True, True]),
        ("over 100 mm", [False, False, True]),
        ("more than 10 cm", [False, False, True]),
        ("<100 mm", [True, False, False]),
        ("under 100 mm", [True, False, False]),
        ("up to 100 mm", [True, True, False]),
        ("100 mm or less", [True, True, False]),
        ("82..100 mm", [True, True, False]),
        ("10 cm to 120 mm", [False, True, True]),
    ],
)
def test_a_bound_belongs_where_the_words_put_it(words, meant):
    """A gun of exactly 100 mm is "100 and more" and not "over 100"; the next number on either side is another size."""
    size = parse_calibre(words)

    assert [size.lo <= one <= size.hi for one in HUNDRED] == meant


@pytest.mark.parametrize(
    ("words", "millimetres"), [("3 in", 76.2), ("12.7 mm", 12.7), ("15.5 cm", 155.0), ("4.2 inches", 106.68)]
)
def test_units_of_calibre_are_exact(words, millimetres):
    """An inch is 25.4 mm."""
    assert parse_calibre(words) == Size(words, millimetres, millimetres)


@pytest.mark.parametrize(("words", "metres"), [("15.4 km", 15_400.0), ("20 mi", 32_186.88), ("1 nmi", 1852.0)])
def test_units_of_range_are_exact(words, metres):
    """A mile is the statute mile."""
    assert parse_range(words) == Size(words, metres, metres)


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        (">=100 mm", "100 mm or more"),
        ("100 mm and more", "100 mm or more"),
        ("<20 km", "under 20 km"),
        ("more than 20 km", "over 20 km"),
        ("122mm", "122 mm"),
        ("15 to 16 km", "15 km to 16 km"),
    ],
)
def test_a_size_is_told_without_signs(words, plain):
    """As a sentence has it; the words themselves are kept."""
    size = (parse_range if words.endswith("km") else parse_calibre)(words)

    assert size.plain == plain
    assert str(size) == words


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("122", "'122' is not a calibre"),
        ("around 100 mm", "'around 100 mm' is not a calibre"),
        ("-100 mm", "'-100 mm' is not a calibre"),
        (">82..100 mm", "'>82..100 mm' is not a calibre"),
        ("15 km", "'15 km' is not a calibre"),
        ("1,5 cm", "'1,5 cm' is not a calibre"),
        ("", "'' is not a calibre"),
        ("120..82 mm", "'120..82 mm' leaves no size at all"),
        ("<0 mm", "'<0 mm' leaves no size at all"),
    ],
)
def test_other_words_are_refused(words, what):
    """With what to write instead."""
    with pytest.raises(ValueError, match=r"; write ") as refused:
        parse_calibre(words)

    assert str(refused.value).startswith(what)


@pytest.mark.parametrize(("low", "high"), [(2.0, 1.0), (-1.0, 1.0), (math.nan, 1.0), (0.0, math.nan)])
def test_bounds_that_are_none_are_refused(low, high):
    """Backwards, below nothing, or not a number."""
    with pytest.raises(ValueError, match="no size"):
        Size("some", low, high)


def test_a_file_may_hold_the_words_and_nothing_else():
    """A size that was read already stays as it is; a list or a number is none."""
    calibre, reach = TypeAdapter(CalibreText), TypeAdapter(RangeText)
    size = calibre.validate_python("122 mm")

    assert calibre.validate_python(size) is size
    assert reach.dump_python(reach.validate_python(">20 km")) == ">20 km"
    assert calibre.json_schema()["pattern"] == CALIBRE_PATTERN
    with pytest.raises(ValidationError, match="is not a range"):
        reach.validate_python(["20 km"])


@given(
    st.sampled_from(["", ">=", "<=", ">", "<", "over ", "under "]), st.integers(1, 10**6), st.sampled_from(["mm", "cm"])
)
def test_what_is_told_plainly_means_the_same(sign, number, unit):
    """Reading the plain words again gives the same sizes."""
    size = parse_calibre(f"{sign}{number} {unit}")
    again = parse_calibre(size.plain)

    assert (again.lo, again.hi) == (size.lo, size.hi)

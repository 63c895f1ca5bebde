"""Distances: the words stay, the bounds are those of the words, and nothing is guessed."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from truceline.basics.quantity import FOOT, MILE, NAUTICAL_MILE, PATTERN, YARD, Distance, DistanceText, parse_distance

METRES = {"km": "1000", "m": "1", "mi": "1609.344", "miles": "1609.344", "nmi": "1852", "yd": "0.9144", "ft": "0.3048"}
numbers = st.decimals(min_value=0, max_value=99999, places=2).map(str) | st.integers(0, 10**6).map(str)
units = st.sampled_from(sorted(METRES))

# By hand: 3 mi = 3 x 1609.344 m; 18.5 mi = 29772.864 m and 19.5 mi = 31382.208 m; 500 yd = 457.2 m.
SAID = [
    ("3 mi", 4828.032, 4828.032, "exact"),
    ("0 km", 0.0, 0.0, "exact"),
    ("5km", 5000.0, 5000.0, "exact"),
    ("500 yards", 457.2, 457.2, "exact"),
    ("2 nmi", 3704.0, 3704.0, "exact"),
    ("3 nautical miles", 5556.0, 5556.0, "exact"),
    ("1 statute mile", 1609.344, 1609.344, "exact"),
    ("100 feet", 30.48, 30.48, "exact"),
    ("3..4 mi", 4828.032, 6437.376, "range"),
    ("3 to 4 miles", 4828.032, 6437.376, "range"),
    ("5-7 km", 5000.0, 7000.0, "range"),
    ("5 \u2013 7\u2009km", 5000.0, 7000.0, "range"),
    ("500 m to 2 km", 500.0, 2000.0, "range"),
    ("around 19 miles", 29772.864, 31382.208, "rounded"),
    ("about 2.5 km", 2450.0, 2550.0, "rounded"),
    ("around 5-7 km", 4500.0, 7500.0, "rounded"),
    ("around 0 km", 0.0, 500.0, "rounded"),
    ("up to 30 km", 0.0, 30000.0, "up_to"),
    ("up to around 30 km", 0.0, 30500.0, "up_to"),
    ("undisclosed", 0.0, math.inf, "undisclosed"),
    ("a few kilometres", 0.0, math.inf, "vague"),
    ("up to several hundred metres", 0.0, math.inf, "vague"),
    ("(50 km - gap)/2", 0.0, math.inf, "formula"),
]
REFUSED = [
    ("", "write a number and a unit"),
    ("3", "add the unit"),
    ("3..4", "add the unit"),
    ("3,5 km", "write a point for decimals"),
    ("1,000 m", "nothing between thousands"),
    ("-5 km", "without a sign"),
    ("7..5 km", "write the smaller number first"),
    ("2 km to 500 m", "write the smaller number first"),
    ("3 leagues", "a number and a unit"),
    ("three-ish miles", "write digits and a unit"),
    ("3 nm", "write 'nmi'"),
    ("\uff15 km", "write digits and a unit"),
    ("1_000 m", "a number and a unit"),
    ("1e3 m", "a number and a unit"),
    ("nan km", "write digits and a unit"),
    ("inf", "write digits and a unit"),
    ("3 mi or so", "a number and a unit"),
    ("9999999999 km", "a number and a unit"),
]


@pytest.mark.parametrize(("words", "lo", "hi", "form"), SAID)
def test_words_bound_what_they_say(words, lo, hi, form):
    """Each way of saying a distance has the bounds worked out by hand."""
    distance = parse_distance(words)

    assert distance == Distance(words, lo, hi, form)


@pytest.mark.parametrize(("words", "remedy"), REFUSED)
def test_what_is_no_distance_is_refused_with_a_remedy(words, remedy):
    """Nothing is guessed; the message says what is wrong and what to write."""
    with pytest.raises(ValueError, match="; ") as refused:
        parse_distance(words)

    assert remedy in str(refused.value).partition("; ")[2]


@given(numbers, numbers, units)
def test_a_range_converts_exactly(one, other, unit):
    """Bounds are the exact product of the number and the unit, rounded once to a float."""
    first, last = sorted((one, other), key=Fraction)
    distance = parse_distance(f"{first} to {last} {unit}")

    assert distance.lo == float(Fraction(first) * Fraction(METRES[unit]))
    assert distance.hi == float(Fraction(last) * Fraction(METRES[unit]))
    assert distance.lo <= distance.hi


@given(numbers, units)
def test_rounding_widens_by_half_of_the_last_digit(number, unit):
    """A rounded number lies inside its bounds, which are one last digit apart unless they touch zero."""
    exact, rounded = parse_distance(f"{number} {unit}"), parse_distance(f"around {number} {unit}")
    step = Fraction(1, 10 ** len(number.partition(".")[2])) * Fraction(METRES[unit])

    assert rounded.lo <= exact.lo <= rounded.hi
    assert rounded.hi - rounded.lo <= float(step) * (1 + 1e-9) + 1e-9


@given(st.from_regex(PATTERN, fullmatch=True))
def test_the_schema_accepts_what_the_parser_accepts(words):
    """Whatever fits the pattern of the JSON Schema is a distance, or a range written backwards."""
    distance = told = None
    try:
        distance = parse_distance(words)
    except ValueError as error:
        told = str(error)

    assert distance or "runs backwards" in told
    assert not distance or parse_distance(distance.words) == distance


def test_the_units_are_the_international_ones():
    """The public constants are those of the parser."""
    units = {"mi": MILE, "nmi": NAUTICAL_MILE, "yd": YARD, "ft": FOOT}

    assert all(parse_distance(f"1 {name}").lo == metres for name, metres in units.items())


@pytest.mark.parametrize(("lo", "hi"), [(2, 1), (-1, 1), (math.nan, 1), (0, math.nan), (math.inf, math.inf)])
def test_bounds_that_are_no_bounds_are_refused(lo, hi):
    """Backwards, negative, endless from the start, or NaN."""
    with pytest.raises(ValueError, match="no distance"):
        Distance("x", lo, hi, "exact")


def test_a_document_keeps_the_words():
    """The pydantic type takes words or a distance and gives back the words."""
    words = TypeAdapter(DistanceText)
    distance = words.validate_python("around 19 miles")

    assert words.validate_python(distance) is distance
    assert words.dump_python(distance) == str(distance) == "around 19 miles"
    assert words.json_schema()["pattern"] == PATTERN


@pytest.mark.parametrize("value", [5, None, "5"])
def test_a_document_refuses_a_number_without_a_unit(value):
    """A number is no distance, typed or not."""
    with pytest.raises(ValidationError, match="is not a distance; "):
        TypeAdapter(DistanceText).validate_python(value)

"""Computed depths: what their words work out to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.basics.formula import formula_of
from truceline.basics.quantity import parse_distance

KM = {"km": "1000.0", "mi": "1609.344", "m": "1.0"}


@st.composite
def formulas(draw):
    """Draw a formula as it is written, and as arithmetic."""
    number, unit = draw(st.integers(0, 99)), draw(st.sampled_from([*KM]))
    inner, worth = draw(st.sampled_from([
        ("gap", "gap"), (f"{number} {unit} - gap", f"{number} * {KM[unit]} - gap"),
        (f"{number}{unit} + gap", f"{number} * {KM[unit]} + gap"),
    ]))  # fmt: skip
    parts = draw(st.none() | st.integers(1, 9))
    if draw(st.booleans()):
        inner, worth = f"({inner})", f"({worth})"
    return inner + (f"/{parts}" if parts else ""), worth + (f"/{parts}" if parts else "")


@given(formulas(), st.integers(0, 200_000))
def test_a_formula_works_out_as_arithmetic_does(formula, gap):
    """Brackets first, then division; a depth below zero is none."""
    words, worth = formula

    assert formula_of(parse_distance(words)).of(gap) == pytest.approx(max(eval(worth, {"gap": gap}), 0.0))  # noqa: S307


def test_a_distance_that_is_no_formula_is_refused():
    """A plain distance has nothing to be worked out."""
    with pytest.raises(ValueError, match="no formula"):
        formula_of(parse_distance("5 km"))

"""Figures in other units: the same one, or another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.basics.quantity import MILE
from truceline.evidence.figures import parse_value, same_figure, unit_of


@given(st.integers(1, 500))
def test_a_right_conversion_is_the_same_figure(km):
    """Kilometres in miles, rounded to the mile, are the same figure; one mile more or less is not, from 3 km up."""
    miles = round(km * 1000 / MILE)

    assert same_figure(parse_value(f"{km} km"), parse_value(f"{miles} mi"))
    assert same_figure(parse_value(f"{miles} mi"), parse_value(f"{km} km"))
    assert not same_figure(parse_value(f"{km} km"), parse_value(f"{miles + 2} mi"))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("5-7 km", "3.1..4.3 mi", True),
        ("30 km", "19 mi", True),
        ("30 km", "18 mi", False),
        ("50 km", "30 mi", False),
        ("19 mi", "18 mi", False),
        ("60..80 km", "37..50 mi", True),
        ("60 km", "60..80 km", False),
        ("several miles", "several miles", True),
        ("several miles", "3 mi", False),
        ("5 km", "2017-11-08", False),
        ("2017-11-08", "2017-11", True),
        ("2017-11-08", "2017-11-10", False),
    ],
)
def test_figures(one, other, same):
    """Examples that can be worked out by hand."""
    assert same_figure(parse_value(one), parse_value(other)) is same


def test_words_without_a_number_have_no_unit():
    """A vague distance has none, and what is no value is refused."""
    assert unit_of(parse_value("several miles")) == 0.0
    with pytest.raises(ValueError, match="is not a distance"):
        parse_value("nearby")

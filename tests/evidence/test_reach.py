"""Distances that somebody estimated: what surely holds of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.evidence.reach import reach_of


@pytest.mark.parametrize(
    ("words", "lo", "hi"),
    [
        ("3km", 2500.0, 3500.0), ("3 km", 2500.0, 3500.0), ("3KM", 2500.0, 3500.0), ("10 km", 9500.0, 10500.0),
        ("2.5 km", 2450.0, 2550.0), ("350m", 345.0, 355.0), ("300 metres", 250.0, 350.0), ("355 meters", 354.5, 355.5),
        ("1000 m", 500.0, 1500.0), ("3-5km", 2500.0, 5500.0), ("3 to 5 km", 2500.0, 5500.0),
        ("3 km to 5 km", 2500.0, 5500.0), ("between 3 and 5 km", 2500.0, 5500.0), ("800 m - 1.2 km", 750.0, 1250.0),
        ("about 3km", 2500.0, 3500.0), ("approx. 3 km", 2500.0, 3500.0), ("~3 kilometres", 2500.0, 3500.0),
        ("up to 3 km", 0.0, 3500.0), ("less than about 3 km", 0.0, 3500.0), ("0 km", 0.0, 500.0), ("0 m", 0.0, 0.5),
        ("2 miles", 2414.016, 4023.36), ("1 mi", 804.672, 2414.016), ("2 nautical miles", 2778.0, 4630.0),
        ("500 yards", 411.48, 502.92), ("200 ft", 45.72, 76.2),
    ],
)  # fmt: skip
def test_half_of_the_last_digit_is_added_on_both_sides(words, lo, hi):
    """Zeros at the end of metres, yards and feet are no digits: nobody paces 300 m to the metre."""
    found = reach_of(words)

    assert (found.lo, found.hi) == pytest.approx((lo, hi), abs=1e-9)
    assert found.words == words


@pytest.mark.parametrize(
    "words", ["5-3 km", "3", "km", "three km", "3 leagues", "-3 km", "3,5 km", "2000 km", "1e3 m", "3 kmh", ""]
)
def test_what_is_no_distance_is_refused(words):
    """Without a unit, backwards, in words, too far for anybody."""
    with pytest.raises(ValueError, match=r"is no distance|runs backwards|farther than 1,000 km"):
        reach_of(words)


@given(st.integers(1, 600), st.sampled_from(["km", "miles", "m", "yards"]))
def test_whatever_rounds_to_the_number_lies_within(number, unit):
    """A distance that was rounded to the digits written is covered, to its very ends."""
    one = {"km": 1000.0, "miles": 1609.344, "m": 1.0, "yards": 0.9144}[unit]
    found = reach_of(f"{number} {unit}")

    assert found.lo <= (number - 0.5) * one + 1e-9
    assert found.hi >= (number + 0.5) * one - 1e-9

"""How far away something was, in the words of an observer: "3km" was rounded, so it is from 2.5 to 3.5 km."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from truceline.basics.quantity import parse_distance

__all__ = ["DISTANCE", "Reach", "reach_of"]

_UNIT: Final = (
    "kilomet(?:re|er)s?|kms?|nautical miles?|nmi|(?:statute )?miles?|mi|met(?:re|er)s?|m|yards?|yds?|feet|foot|ft"
)
_NUMBER: Final = r"[0-9]{1,6}(?:\.[0-9]{1,3})?"
_ABOUT: Final = r"(?:(?:about|approximately|approx\.?|around|roughly|some|circa|ca\.?|~) ?)?"
_UP_TO: Final = "(?:up to|at most|no more than|less than|under) "
DISTANCE: Final = (
    rf"(?:between {_NUMBER} ?(?:(?:{_UNIT}) )?and {_NUMBER} ?(?:{_UNIT})"
    rf"|(?:{_UP_TO})?{_ABOUT}{_NUMBER} ?(?:(?:{_UNIT}) ?)?(?:(?:-|\.\.|to) ?{_NUMBER} ?)?(?:{_UNIT}))(?![a-z])"
)
"""A distance within a longer text, in any case; no group of it has a name or a number."""
_FIGURE: Final = re.compile(rf"({_NUMBER}) ?({_UNIT})?(?![a-z])", re.IGNORECASE)
_FARTHEST: Final = 1e6
"""Metres: nobody sees farther, and on the other side of the earth a bearing leads everywhere."""
_COARSE: Final = 500.0
"""Of a number in units as long as this [m] every digit counts, of one in shorter units no zero at its end does."""


@dataclass(frozen=True, slots=True)
class Reach:
    """A distance in its own words, and the metres between which it surely lies."""

    lo: float
    hi: float
    words: str


def reach_of(words: str) -> Reach:
    """Read a distance that was estimated or rounded: half of the last digit is added on both sides.

    Zeros at the end of a number of metres, yards or feet are no digits: "350 m" is known to 10 m, and "10 km" to 1 km.
    "Up to" begins at 0. What is "about 3km" was rounded no more than "3km".

    Raises
    ------
    ValueError
        If the words are no distance (`DISTANCE`), one that runs backwards or above 1,000 km; it reads ``what; remedy``.

    Examples
    --------
    >>> reach_of("3km"), reach_of("3-5 km").hi, reach_of("350m").lo
    (Reach(lo=2500.0, hi=3500.0, words='3km'), 5500.0, 345.0)
    >>> reach_of("up to 2 miles").lo, reach_of("0.5 km").hi
    (0.0, 550.0)
    """
    if not re.fullmatch(DISTANCE, words, re.IGNORECASE):
        msg = f"{words!r} is no distance; write a number and a unit, such as '3 km' or '350 m'"
        raise ValueError(msg)
    figures = _FIGURE.findall(words)
    unit = figures[-1][1]
    bounds = [_bounds(number, own or unit) for number, own in figures]
    if bounds[0][0] > bounds[-1][0]:
        msg = f"{words!r} runs backwards; write the smaller number first"
        raise ValueError(msg)
    if bounds[-1][1] > _FARTHEST:
        msg = f"{words!r} is farther than 1,000 km; name a place that is nearer"
        raise ValueError(msg)
    first = 0.0 if re.match(_UP_TO, words, re.IGNORECASE) else bounds[0][0]
    return Reach(first, bounds[-1][1], words)


def _bounds(number: str, unit: str) -> tuple[float, float]:
    """Give the least and the most metres that round to a number.

    >>> _bounds("10", "km"), _bounds("1000", "m"), _bounds("2.5", "km")
    ((9500.0, 10500.0), (500.0, 1500.0), (2450.0, 2550.0))
    """
    metres = Fraction(parse_distance(f"1 {unit.casefold()}").hi).limit_denominator(10**6)
    whole, _, decimals = number.partition(".")
    zeros = 0 if decimals or metres >= _COARSE else len(whole) - len(whole.rstrip("0"))
    half = Fraction(10) ** (min(zeros, len(whole) - 1) - len(decimals)) / 2
    exact = Fraction(number)
    return float(max(exact - half, Fraction(0)) * metres), float((exact + half) * metres)

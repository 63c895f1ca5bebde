"""Figures in statements: whether two of them may be the same one, told in other units.

"30 km" becomes 18, 18.6 or 19 miles on its way. A conversion may be off by half of the last digit of the
coarser of the two; anything more is another figure.
"""

from __future__ import annotations

import re

from truceline.basics.quantity import Distance, parse_distance
from truceline.basics.time import Moment, parse_moment

__all__ = ["Value", "parse_value", "same_figure", "unit_of"]

Value = Distance | Moment

_NUMBER = r"[0-9]+(?:\.([0-9]+))?"
_FIGURES = ("exact", "range", "rounded", "up_to")


def parse_value(words: str) -> Value:
    """Read a value as a distance or as a moment, from the words in which it was said.

    Raises
    ------
    ValueError
        If it is neither; the message reads ``what is wrong; what to write``.

    Examples
    --------
    >>> parse_value("5-7 km").hi, parse_value("2017-11-08").words
    (7000.0, '2017-11-08')
    """
    if words.strip().isdigit():  # 1500 is no year: a number without a unit is a fault
        return parse_distance(words)
    try:
        return parse_moment(words)
    except ValueError:
        return parse_distance(words)


def same_figure(one: Value, other: Value) -> bool:
    """Say whether two values may be one figure.

    In one unit the numbers must be equal; in two units each bound may differ by half of the last digit
    of the coarser one. Moments may be one if they share an instant; bare dates are compared as dates. What has no
    number ("several miles") is the same only in the same words.

    >>> same_figure(parse_value("5..30 km"), parse_value("3..19 mi"))
    True
    >>> same_figure(parse_value("30 km"), parse_value("18 mi")), same_figure(parse_value("5 km"), parse_value("5 mi"))
    (False, False)
    """
    if isinstance(one, Moment) or isinstance(other, Moment):
        return isinstance(one, Moment) and isinstance(other, Moment) and _share_an_instant(one, other)
    if one.form not in _FIGURES or other.form not in _FIGURES:
        return one.words == other.words
    if unit_of(one) == unit_of(other):
        return (one.lo, one.hi) == (other.lo, other.hi)
    slack = max(_half_of_last_digit(one), _half_of_last_digit(other))
    return abs(one.lo - other.lo) <= slack and abs(one.hi - other.hi) <= slack


def unit_of(distance: Distance) -> float:
    """Give the metres in the unit of a distance, that of its last number; 0 where it has no number.

    >>> unit_of(parse_distance("3 to 4 miles"))
    1609.344
    """
    unit = re.search(rf"{_NUMBER}\s*([a-z ]+?)\s*$", distance.words)
    return parse_distance(f"1 {unit[2]}").lo if unit and distance.form in _FIGURES else 0.0


def _half_of_last_digit(distance: Distance) -> float:
    digits = [len(match[1] or "") for match in re.finditer(_NUMBER, distance.words)]
    return float(unit_of(distance) / (2 * 10 ** min(digits)))


def _share_an_instant(one: Moment, other: Moment) -> bool:
    bare = all(each.start is None or each.start.tzinfo is None for each in (one, other))
    a, b = (each.span("UTC" if bare else None, {}) for each in (one, other))
    return a == b or (a.start_us < b.end_us and b.start_us < a.end_us)

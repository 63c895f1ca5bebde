"""Distances as they were said: the words, and what they bound in metres.

"3 to 4 miles" is no number but a range; "around 19 miles" is [18.5, 19.5) miles. The words are kept and
converted only for computing, so that a retelling in another unit never replaces them. Numbers are
ASCII decimals converted as exact fractions: 3 mi is 4828.032 m, whatever the platform.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any, Literal, get_args

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

__all__ = ["FOOT", "MILE", "NAUTICAL_MILE", "PATTERN", "YARD", "Distance", "DistanceText", "Form", "parse_distance"]

MILE, NAUTICAL_MILE, YARD, FOOT = 1609.344, 1852.0, 0.9144, 0.3048

Form = Literal["exact", "range", "rounded", "up_to", "undisclosed", "formula", "vague"]


@dataclass(frozen=True, slots=True)
class Distance:
    """A distance in its own words, with bounds ``lo <= hi`` in metres (`hi` may be infinite).

    >>> Distance("3 to 4 mi", 4828.032, 6437.376, "range")
    Distance(words='3 to 4 mi', lo=4828.032, hi=6437.376, form='range')
    """

    words: str
    lo: float
    hi: float
    form: Form

    def __post_init__(self) -> None:
        """Refuse bounds that are no bounds; NaN fails here too."""
        if not (0.0 <= self.lo <= self.hi and self.lo < math.inf and self.form in get_args(Form)):
            msg = f"no distance: from {self.lo} to {self.hi} metres, form {self.form!r}"
            raise ValueError(msg)

    def __str__(self) -> str:
        """Give back the words as said."""
        return self.words


_METRES = {
    Fraction("1000"): ("km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"),
    Fraction("1852"): ("nmi", "nautical mile", "nautical miles"),
    Fraction("1609.344"): ("mi", "mile", "miles", "statute mile", "statute miles"),
    Fraction("0.9144"): ("yd", "yds", "yard", "yards"),
    Fraction("0.3048"): ("ft", "foot", "feet"),
    Fraction("1"): ("m", "metre", "metres", "meter", "meters"),
}
_UNITS = {name: metres for metres, names in _METRES.items() for name in names}

# One grammar for the parser and for the JSON Schema: only what Python and ECMAScript expressions share.
_GAP = "[ \u00a0\u2009\u202f]"  # a space, or a no-break, thin or narrow no-break one
_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,6})?"
_UNIT = "(?:" + "|".join(sorted(_UNITS, key=len, reverse=True)) + ")"
_ROUND = "(?:around|about|roughly|approximately|some|~)"
_UP_TO = "(?:up to|at most|no more than|less than)"
_DASH = rf"(?:{_GAP}*(?:\.\.|-|\u2013){_GAP}*|{_GAP}+to{_GAP}+)"
_FEW = "(?:a few|several|some|a couple of|tens of|dozens of|hundreds of)(?: hundred| thousand)?"
_PLAIN = rf"(?:{_UP_TO}{_GAP}+)?(?:{_ROUND}{_GAP}*)?{_NUMBER}{_GAP}*{_UNIT}"
_RANGE = rf"(?:{_ROUND}{_GAP}*)?{_NUMBER}(?:{_GAP}*{_UNIT})?{_DASH}{_NUMBER}{_GAP}*{_UNIT}"
_VAGUE = rf"(?:{_UP_TO}{_GAP}+)?{_FEW}{_GAP}+{_UNIT}"
_WITH_GAP = rf"{_NUMBER}{_GAP}*{_UNIT}{_GAP}*[+-]{_GAP}*gap"
_FORMULA = rf"(?:gap|{_WITH_GAP}|\({_WITH_GAP}\)|\(gap\)){_GAP}*(?:/{_GAP}*[1-9][0-9]?)?"
PATTERN = rf"^\s*(?:undisclosed|{_PLAIN}|{_RANGE}|{_VAGUE}|{_FORMULA})\s*$"

_AS_PLAIN = re.compile(rf"(?P<up>{_UP_TO}{_GAP}+)?(?P<round>{_ROUND}{_GAP}*)?(?P<lo>{_NUMBER}){_GAP}*(?P<unit>{_UNIT})")
_AS_RANGE = re.compile(
    rf"(?P<round>{_ROUND}{_GAP}*)?(?P<lo>{_NUMBER})(?:{_GAP}*(?P<lo_unit>{_UNIT}))?"
    rf"{_DASH}(?P<hi>{_NUMBER}){_GAP}*(?P<unit>{_UNIT})"
)


def parse_distance(text: str) -> Distance:
    """Read a distance from the words in which it was said.

    Parameters
    ----------
    text : str
        "3 mi", "3..4 mi", "5-7 km", "around 19 miles", "up to around 30 km", "500 yards", "2 nmi",
        "undisclosed", "several miles", or a computed depth such as "(50 km - gap)/2".

    Returns
    -------
    Distance
        Bounds in metres. A rounded number covers half of its last digit on either side; "up to"
        begins at 0; what has no number (undisclosed, vague, computed) is (0, inf). A mile is the
        statute mile unless the words say nautical.

    Raises
    ------
    ValueError
        If the words are no distance; the message reads ``what is wrong; what to write``.

    Examples
    --------
    >>> parse_distance("3 to 4 miles")
    Distance(words='3 to 4 miles', lo=4828.032, hi=6437.376, form='range')
    >>> parse_distance("up to around 30 km").hi
    30500.0
    """
    words = text.strip()
    if match := _AS_PLAIN.fullmatch(words):
        return _plain(words, match)
    if match := _AS_RANGE.fullmatch(words):
        return _range(words, match)
    if words == "undisclosed":
        return Distance(words, 0.0, math.inf, "undisclosed")
    if re.fullmatch(_VAGUE, words):
        return Distance(words, 0.0, math.inf, "vague")
    if re.fullmatch(_FORMULA, words):
        return Distance(words, 0.0, math.inf, "formula")
    raise ValueError(_trouble(words))


def _plain(words: str, match: re.Match[str]) -> Distance:
    number, unit = Fraction(match["lo"]), _UNITS[match["unit"]]
    slack = _half_of_last_digit(match["lo"]) if match["round"] else Fraction(0)
    lo = Fraction(0) if match["up"] else max(Fraction(0), number - slack)
    form: Form = "up_to" if match["up"] else "rounded" if match["round"] else "exact"
    return Distance(words, float(lo * unit), float((number + slack) * unit), form)


def _range(words: str, match: re.Match[str]) -> Distance:
    unit = _UNITS[match["unit"]]
    lo_unit = _UNITS[match["lo_unit"]] if match["lo_unit"] else unit
    lo, hi = Fraction(match["lo"]) * lo_unit, Fraction(match["hi"]) * unit
    if lo > hi:
        msg = f"'{words}' runs backwards; write the smaller number first"
        raise ValueError(msg)
    if match["round"]:
        lo = max(Fraction(0), lo - _half_of_last_digit(match["lo"]) * lo_unit)
        hi += _half_of_last_digit(match["hi"]) * unit
    return Distance(words, float(lo), float(hi), "rounded" if match["round"] else "range")


def _half_of_last_digit(number: str) -> Fraction:
    """Half a unit of the last digit written: 0.5 for "19", 0.05 for "2.5".

    >>> _half_of_last_digit("2.5")
    Fraction(1, 20)
    """
    return Fraction(1, 2 * 10 ** len(number.partition(".")[2]))


_TROUBLES = (
    (r"\s*", "write a number and a unit, such as '3 mi'"),
    (r".*[0-9],[0-9].*", "write a point for decimals ('3.5 km') and nothing between thousands ('1000 m')"),
    (r"[-\u2212\u2013].*", "write the distance without a sign: 'plus' of the line says on which side"),
    (rf"{_NUMBER}(?:{_DASH}{_NUMBER})?", "add the unit: km, m, mi, nmi, yd or ft"),
    (r".*[0-9]\s*(?:nm|NM)", "write 'nmi' for nautical miles"),
    (r"(?!.*[0-9]).*\w.*", "write digits and a unit ('3 mi', '3 to 4 mi'), or 'undisclosed'"),
)


def _trouble(words: str) -> str:
    usual = "write a number and a unit (km, m, mi, nmi, yd, ft), a range ('3 to 4 mi') or 'undisclosed'"
    remedy = next((remedy for pattern, remedy in _TROUBLES if re.fullmatch(pattern, words)), usual)
    return f"{words[:60]!r} is not a distance; {remedy}"


def _read(value: Any) -> Distance:
    if isinstance(value, Distance):
        return value
    try:
        return parse_distance(value if isinstance(value, str) else "")
    except ValueError as error:
        what, _, remedy = str(error).rpartition("; ")
        raise PydanticCustomError("distance", "{what}; {remedy}", {"what": what, "remedy": remedy}) from error


DistanceText = Annotated[
    Distance,
    PlainValidator(_read),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({
        "type": "string",
        "pattern": PATTERN,
        "title": "Distance",
        "description": "a number and a unit as said: 3 mi, 3 to 4 mi, around 19 miles, up to 30 km, undisclosed",
    }),
]  # fmt: skip

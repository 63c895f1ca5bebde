"""Calibres and ranges of weapons as they were said: the words, and the stretch of sizes that they mean.

"100 mm" is that calibre, ">=100 mm" and "100 mm or more" begin at it, "over 100 mm" leaves it out. A gun
of exactly 100 mm is therefore in one clause and not in another: the words decide, and they are kept.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated, Any, Final

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

__all__ = ["CALIBRE_PATTERN", "RANGE_PATTERN", "CalibreText", "RangeText", "Size", "parse_calibre", "parse_range"]


@dataclass(frozen=True, slots=True)
class Size:
    """A stretch of sizes in its own words, from `lo` to `hi`, both included: millimetres of calibre, metres of range.

    What lies beyond an end is a number of the machine away: "over 20 km" begins at the first one above 20000.

    >>> Size("122 mm", 122.0, 122.0)
    Size(words='122 mm', lo=122.0, hi=122.0)
    """

    words: str
    lo: float
    hi: float

    def __post_init__(self) -> None:
        """Refuse bounds that are no bounds; NaN fails here too."""
        if not 0.0 <= self.lo <= self.hi:
            msg = f"no size: from {self.lo} to {self.hi}"
            raise ValueError(msg)

    def __str__(self) -> str:
        """Give back the words as said."""
        return self.words

    @property
    def plain(self) -> str:
        """Say it without signs.

        >>> parse_calibre(">=100 mm").plain, parse_range("<20 km").plain, parse_calibre("82..120 mm").plain
        ('100 mm or more', 'under 20 km', '82 mm to 120 mm')
        """
        figures, sign = _figures(self.words)
        return _SAID[sign].format(" to ".join(f"{number} {unit}" for number, unit in figures))


Units = Mapping[str, int | Fraction]

# One grammar for the reader and for the JSON Schema: only what Python and ECMAScript expressions share.
_GAP = "[ \u00a0\u2009\u202f]"
_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,6})?"
_DASH = rf"(?:{_GAP}*(?:\.\.|-|\u2013){_GAP}*|{_GAP}+to{_GAP}+)"
_BEFORE: Final = {
    "": "", "=": "", "<=": "<=", "\u2264": "<=", ">=": ">=", "\u2265": ">=", "<": "<", ">": ">", "over": ">",
    "above": ">", "more than": ">", "at least": ">=", "under": "<", "below": "<", "less than": "<", "up to": "<=",
    "at most": "<=",
}  # fmt: skip
_AFTER: Final = {"or more": ">=", "and more": ">=", "or less": "<=", "and less": "<="}
_SAID: Final = {"": "{}", "<=": "{} or less", ">=": "{} or more", "<": "under {}", ">": "over {}"}
_CALIBRE: Units = {
    "mm": 1, "millimetres": 1, "millimeters": 1, "cm": 10, "centimetres": 10, "centimeters": 10,
    "in": Fraction("25.4"), "inches": Fraction("25.4"),
}  # fmt: skip
_RANGE: Units = {
    "km": 1000, "kilometres": 1000, "kilometers": 1000, "nmi": 1852, "nautical miles": 1852,
    "mi": Fraction("1609.344"), "miles": Fraction("1609.344"), "m": 1, "metres": 1, "meters": 1,
    "yd": Fraction("0.9144"), "yards": Fraction("0.9144"), "ft": Fraction("0.3048"), "feet": Fraction("0.3048"),
}  # fmt: skip


def _either(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(filter(None, words), key=len, reverse=True)) + ")"


def _pattern(units: Units) -> str:
    unit = _either(units)
    one = rf"(?:{_either(_BEFORE)}{_GAP}*)?{_NUMBER}{_GAP}*{unit}|{_NUMBER}{_GAP}*{unit}{_GAP}+{_either(_AFTER)}"
    return rf"^\s*(?:{one}|{_NUMBER}(?:{_GAP}*{unit})?{_DASH}{_NUMBER}{_GAP}*{unit})\s*$"


CALIBRE_PATTERN: Final = _pattern(_CALIBRE)
RANGE_PATTERN: Final = _pattern(_RANGE)
_FIGURE: Final = re.compile(rf"({_NUMBER}){_GAP}*({_either([*_CALIBRE, *_RANGE])})?")


def parse_calibre(text: str) -> Size:
    """Read a calibre: "122 mm", ">=100 mm", "under 100 mm", "82..120 mm" (both included), "3 in".

    Returns
    -------
    Size
        In millimetres, exact: 3 in is 76.2 mm.

    Raises
    ------
    ValueError
        If the words are no calibre; the message reads ``what is wrong; what to write``.

    Examples
    --------
    >>> parse_calibre("<=120 mm")
    Size(words='<=120 mm', lo=0.0, hi=120.0)
    >>> parse_calibre("over 100 mm").lo > 100.0
    True
    """
    return _parsed(text, _CALIBRE, CALIBRE_PATTERN, "a calibre", "mm, cm or in, such as '122 mm' or '>=100 mm'")


def parse_range(text: str) -> Size:
    """Read how far a weapon reaches: "15.4 km", ">20 km", "15..17 km" (both included).

    Returns
    -------
    Size
        In metres; a mile is the statute mile unless the words say nautical.

    Raises
    ------
    ValueError
        If the words are no range; the message reads ``what is wrong; what to write``.

    Examples
    --------
    >>> parse_range("<=20 km")
    Size(words='<=20 km', lo=0.0, hi=20000.0)
    """
    return _parsed(text, _RANGE, RANGE_PATTERN, "a range", "km, m, mi, nmi, yd or ft, such as '15.4 km' or '>20 km'")


def _parsed(text: str, units: Units, pattern: str, kind: str, usual: str) -> Size:
    if not re.match(pattern, text):
        msg = f"{text.strip()[:60]!r} is not {kind}; write plain digits and {usual}"
        raise ValueError(msg)
    words = text.strip()
    figures, sign = _figures(words)
    sizes = [float(Fraction(number) * units[unit]) for number, unit in figures]
    low, high = sizes[0], sizes[-1]
    if low > high or (sign == "<" and low == 0.0):
        msg = f"{words!r} leaves no size at all; write the smaller number first"
        raise ValueError(msg)
    begins = {"<": 0.0, "<=": 0.0, ">": math.nextafter(low, math.inf)}.get(sign, low)
    ends = {">": math.inf, ">=": math.inf, "<": math.nextafter(high, 0.0)}.get(sign, high)
    return Size(words, begins, ends)


def _figures(words: str) -> tuple[list[tuple[str, str]], str]:
    """Take words apart: one number or two, each with its unit, and the sign that goes with a single one.

    >>> _figures("82..120 mm"), _figures("100 mm or more")
    (([('82', 'mm'), ('120', 'mm')], ''), ([('100', 'mm')], '>='))
    """
    found = _FIGURE.findall(words)
    first, last = _FIGURE.search(words), found[-1][1]
    before = words[: first.start()] if first is not None else ""
    sign = _BEFORE[re.sub(_GAP, " ", before).strip()]
    after = next((same for said, same in _AFTER.items() if words.endswith(said)), "")
    return [(number, unit or last) for number, unit in found], sign or after


def _reader(parse: Any) -> Any:
    def read(value: Any) -> Size:
        if isinstance(value, Size):
            return value
        try:
            found: Size = parse(value if isinstance(value, str) else "")
        except ValueError as error:
            what, _, remedy = str(error).rpartition("; ")
            raise PydanticCustomError("size", "{what}; {remedy}", {"what": what, "remedy": remedy}) from error
        return found

    return read


CalibreText = Annotated[
    Size,
    PlainValidator(_reader(parse_calibre)),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({
        "type": "string", "pattern": CALIBRE_PATTERN, "title": "Calibre",
        "description": "a calibre as said: 122 mm, >=100 mm, over 100 mm, 82..120 mm",
    }),
]  # fmt: skip
RangeText = Annotated[
    Size,
    PlainValidator(_reader(parse_range)),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({
        "type": "string", "pattern": RANGE_PATTERN, "title": "Range",
        "description": "how far a weapon reaches, as said: 15.4 km, >20 km, 15..17 km",
    }),
]  # fmt: skip

"""Distances inside running words, and whether two of them can be the same distance.

"5-7 kilometers (3-4 miles)" says one thing twice: seven kilometres are 4.35 miles. Two figures that are
told as one agree if neither of their ends differs by more than `TOLERANCE`, which leaves room for
rounding to whole units and no more.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, product
from typing import NamedTuple

from truceline.basics.quantity import parse_distance
from truceline.terms.lint.phrases import metric

__all__ = ["TOLERANCE", "Figure", "agree", "apart", "conversions", "figures"]

TOLERANCE = 0.05

_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_METRIC = "km|kms|kilomet(?:re|er)s?|m|met(?:re|er)s?"
_OTHER = "nmi|mi|(?:nautical |statute )?miles?|yd|yds|yards?|ft|foot|feet"
# Neither a speed nor an area; a comma stands before thousands.
_FIGURE = re.compile(
    rf"(?<![\w.,])(?P<number>{_NUMBER}(?: ?(?:\.\.|-|\u2013| to ) ?{_NUMBER})?) ?(?:(?P<metric>{_METRIC})|{_OTHER})"
    r"(?![\w\u00b2\u00b3]|/[a-z]| per )"
)
_JOINT = re.compile(r"\W*(?:[(\[/=\u2248]|\b(?:or|are|is|i\.e\.)\b)\W*(?:about|around|roughly|some)?\W*")

_TO = re.compile(r" ?(?:to|-|\u2013|\.\.) ?")


class Figure(NamedTuple):
    """A distance in running words: the words, its ends in metres, whether it is metric, and where it stands."""

    words: str
    lo: float
    hi: float
    is_metric: bool
    start: int
    end: int

    def __str__(self) -> str:
        """Quote the words, with kilometres beside what is not metric."""
        return f"'{self.words}'" if self.is_metric else f"'{self.words}' ({metric(self.lo, self.hi)})"


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[Figure, ...]:
    """Find the distances in running words; "around" and "up to" are left aside, for the number itself is compared.

    >>> [figure.words for figure in figures("5-7 kms and up to around 30 kms, not 90 km/h")]
    ['5-7 kms', '30 kms']
    """
    words = " ".join(text.split())
    return tuple(figure for match in _FIGURE.finditer(words) for figure in _figure(match))


def _figure(match: re.Match[str]) -> Iterator[Figure]:
    try:
        distance = parse_distance(match[0].replace(",", ""))
    except ValueError:  # it runs backwards, or has more digits than a distance
        return
    yield Figure(match[0], distance.lo, distance.hi, match["metric"] is not None, match.start(), match.end())


def conversions(text: str) -> Iterator[tuple[Figure, Figure]]:
    """Find neighbours that say one distance in two systems of units.

    >>> [(str(a), str(b)) for a, b in conversions("7km (4.5 miles), then 3 miles on foot")]
    [("'7km'", "'4.5 miles' (7.2 km)")]
    >>> [(str(a), str(b)) for a, b in conversions("15km to 25km (9-15 miles)")]
    [("'15km to 25km'", "'9-15 miles' (14.5 to 24.1 km)")]
    >>> [(str(a), str(b)) for a, b in conversions("25km to 15km (9 miles)")]
    [("'15km'", "'9 miles' (14.5 km)")]
    """
    words, found = " ".join(text.split()), figures(text)
    for at, (first, second) in enumerate(pairwise(found)):
        if first.is_metric != second.is_metric and _JOINT.fullmatch(words[first.end : second.start]):
            firsts = [first, *_as_range(words, found[max(at - 1, 0) : at + 1])]
            seconds = [second, *_as_range(words, found[at + 1 : at + 3])]
            yield min(product(firsts, seconds), key=lambda pair: apart(*pair))


def _as_range(words: str, two: tuple[Figure, ...]) -> Iterator[Figure]:
    """Read two figures as one range whose unit stands twice, such as "15km to 25km", if they are one."""
    if len(two) == 2 and two[0].is_metric == two[1].is_metric and _TO.fullmatch(words[two[0].end : two[1].start]):
        first, last = two
        if first.hi <= last.lo:
            yield Figure(words[first.start : last.end], first.lo, last.hi, first.is_metric, first.start, last.end)


def apart(first: Figure, second: Figure) -> float:
    """Say by which share the ends of two figures differ, at the worse end; 0.0 if they are the same.

    >>> [first], [second] = figures("5-7 km"), figures("3-4 miles")
    >>> round(apart(first, second), 3)
    0.087
    """
    return max(_ratio(first.lo, second.lo), _ratio(first.hi, second.hi)) - 1.0


def agree(first: Figure, second: Figure) -> bool:
    """Say whether two figures can be one distance, told twice."""
    return apart(first, second) <= TOLERANCE


def _ratio(first: float, second: float) -> float:
    low, high = sorted((first, second))
    if low == high:
        return 1.0
    return high / low if low > 0.0 else math.inf

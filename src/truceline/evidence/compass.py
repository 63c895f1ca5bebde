"""Points of the compass as words say them, and how wide each is: "north-west" is no line but a sector."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations
from typing import Final, Literal

__all__ = ["SIDE", "Bearing", "Points", "bearing_of", "side_of"]

Points = Literal[4, 8, 16]
"""How many points of the compass an author tells apart."""
SIDE: Final = 90.0
"""Half of what "the southern part" is: everything on that side of the middle."""

_ROSE: Final = ("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW")
_LETTERS: Final = {"north": "N", "east": "E", "south": "S", "west": "W"}
_LETTER: Final = re.compile("northern|eastern|southern|western|north|east|south|west|[nesw]")


@dataclass(frozen=True, slots=True)
class Bearing:
    """A sector of directions: from `middle` - `half` to `middle` + `half`, degrees clockwise from north; its `name`."""

    middle: float
    half: float
    name: str


def bearing_of(words: str, points: Points = 8) -> Bearing:
    """Read a point of the compass.

    Parameters
    ----------
    words : str
        "NW", "north-west", "North West", "northwest", "nnw", "north-north-west".
    points : {4, 8, 16}
        How many points the author tells apart. One of sixteen is 11.25 degrees wide on either side, one of eight 22.5,
        one of four 45. A word that only a finer rose has shows that the author uses it for this word.

    Raises
    ------
    ValueError
        If the words are no point of the compass, or a point with its words swapped; it reads ``what; remedy``.

    Examples
    --------
    >>> bearing_of("north-west"), bearing_of("N", 4).half, bearing_of("nnw").half
    (Bearing(middle=315.0, half=22.5, name='north-west'), 45.0, 11.25)
    >>> bearing_of("west-north")
    Traceback (most recent call last):
    ValueError: 'west-north' is no point of the compass; write north-west
    """
    letters = _letters(words)
    if letters not in _ROSE:
        remedy = f"write {' or '.join(_meant(letters)) or 'one of sixteen, such as N, NE, NNE or north-west'}"
        msg = f"{words.strip()!r} is no point of the compass; {remedy}"
        raise ValueError(msg)
    half = 180.0 / max(points, {1: 4, 2: 8, 3: 16}[len(letters)])
    return Bearing(_ROSE.index(letters) * 22.5, half, _name(letters))


def side_of(words: str) -> Bearing:
    """Read which side of a place is meant: all of it on that side of the middle.

    >>> side_of("south-western")
    Bearing(middle=225.0, half=90.0, name='south-west')
    """
    found = bearing_of(words)
    return Bearing(found.middle, SIDE, found.name)


def _letters(words: str) -> str:
    """Write words as letters, or nothing if anything else stands among them."""
    plain = re.sub(r"[\s.\-]+", "", words.casefold())
    if re.sub(_LETTER, "", plain):
        return ""
    return "".join(part[0].upper() for part in _LETTER.findall(plain))


def _meant(letters: str) -> Iterable[str]:
    """Name the points that have the same letters in another order."""
    orders = ("".join(order) for order in permutations(letters)) if len(letters) in (2, 3) else ()
    return [_name(one) for one in dict.fromkeys(orders) if one in _ROSE]


def _name(letters: str) -> str:
    words = {letter: word for word, letter in _LETTERS.items()}
    return "-".join(words[letter] for letter in letters)

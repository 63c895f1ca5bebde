"""Named places: where each is, how far it reaches, and by which words it may be called."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from truceline.evidence.regions import Ring

__all__ = ["MARKS", "Toponym", "Toponyms", "name_key"]

MARKS: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
                              | dict.fromkeys("\u2018\u2019\u02bc\u0060", "'"))  # fmt: skip
"""Kinds of dashes and apostrophes, as one of each."""
_DISTRICT: Final = r"^(?:the|in) |\b(?:district|region|province|county|oblast|raion|rayon)\b"


@dataclass(frozen=True, slots=True, eq=False)
class Toponym:
    """One named place: its centre in degrees, and the radius [m] within which all of it lies (None: not known).

    `also` : further names. `kind` : what it is, such as town. `admin` : the districts in which it lies. `polygons` :
    its boundary, where it is known, each polygon an outer ring and its holes; the disc then holds all of it.
    """

    name: str
    lon: float
    lat: float
    radius: float | None = None
    also: tuple[str, ...] = ()
    kind: str = ""
    admin: tuple[str, ...] = ()
    polygons: tuple[tuple[Ring, ...], ...] = field(default=(), repr=False)

    def __str__(self) -> str:
        """Tell it from others of its name.

        >>> print(Toponym("Northton", 20.5, 10.0, kind="village", admin=("North District",)))
        Northton (village, North District; 20.50000, 10.00000)
        """
        words = ", ".join(filter(None, (self.kind, *self.admin)))
        return f"{self.name} ({words}{'; ' if words else ''}{self.lon:.5f}, {self.lat:.5f})"

    def is_called(self, words: str) -> bool:
        """Say whether words are one of its names."""
        return name_key(words) in map(name_key, (self.name, *self.also))

    def is_told_by(self, words: str) -> bool:
        """Say whether words are its kind or one of its districts, with or without the word for one.

        >>> village = Toponym("Northton", 20.5, 10.0, kind="village", admin=("Ford District",))
        >>> [village.is_told_by(words) for words in ("ford district", "Ford", "the village", "Inn")]
        [True, True, True, False]
        """
        asked = _district(words)
        return bool(asked) and asked in map(_district, (self.kind, *self.admin))


@dataclass(frozen=True)
class Toponyms:
    """Named places of one `source`."""

    places: tuple[Toponym, ...]
    source: str = ""

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[Toponym, ...]]:
        found: dict[str, list[Toponym]] = defaultdict(list)
        for place in self.places:
            for key in dict.fromkeys(map(name_key, (place.name, *place.also))):
                found[key].append(place)
        return {key: tuple(places) for key, places in found.items()}

    def called(self, name: str) -> tuple[Toponym, ...]:
        """Find all places of a name; there may be none, or several.

        >>> towns = Toponyms((Toponym("Northton", 20.0, 10.0), Toponym("Mill", 21.0, 10.0, also=("NORTHTON",))))
        >>> [place.name for place in towns.called("northton ")], towns.called("Inn")
        (['Northton', 'Mill'], ())
        """
        return self._by_name.get(name_key(name), ())


def name_key(name: str) -> str:
    """Fold a name: case, blanks, and the kinds of dashes and apostrophes make no difference; every letter does.

    >>> name_key("O\u2019Toole\u2013Inn ")
    "o'toole-inn"
    """
    return " ".join(unicodedata.normalize("NFC", name).translate(MARKS).casefold().split())


def _district(words: str) -> str:
    """Fold a district or a kind without the word for one."""
    return re.sub(_DISTRICT, "", name_key(words)).strip()

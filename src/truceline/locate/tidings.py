"""What is said where a place cannot be found: which places share its name, and how far its words lie apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from truceline.evidence.toponyms import Toponym
from truceline.locate.ecef import GEOD
from truceline.locate.sector import Sector

__all__ = ["contradiction_words", "several_words"]

MOST: Final = 5
POINTS: Final = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


def several_words(name: str, places: Sequence[Toponym]) -> str:
    """Name the places that share a name, the first few of them.

    >>> several_words("Mill", [Toponym("Mill", 20.0, 10.0), Toponym("Mill", 21.0, 10.0, kind="town")])
    "'Mill' may be Mill (20.00000, 10.00000), Mill (town; 21.00000, 10.00000)"
    """
    more = f" and {len(places) - MOST} more" if len(places) > MOST else ""
    return f"{name!r} may be {', '.join(map(str, places[:MOST]))}{more}"


def contradiction_words(place: Toponym, sector: Sector, name: str, words: str) -> str:
    """Tell how far a place lies from a reference, and how far the words say it does.

    >>> sector = Sector(20.0, 10.0, 2500.0, 3500.0, 0.0, 22.5)
    >>> contradiction_words(Toponym("Mill", 20.1, 10.0), sector, "Ford", "3km north")
    'Mill (20.10000, 10.00000) lies 11.0 km east (90 degrees) of Ford, and the words say 3km north'
    """
    bearing, _, away = GEOD.inv(sector.lon, sector.lat, place.lon, place.lat)
    point = POINTS[math.floor(bearing / 45.0 + 0.5) % len(POINTS)]
    return (
        f"{place} lies {away / 1000.0:,.1f} km {point} ({bearing % 360.0:.0f} degrees) of {name}, "
        f"and the words say {words}"
    )

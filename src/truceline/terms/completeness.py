"""What each kind of entry must say together: rules across the keys of one entry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from truceline.basics.quantity import Distance
from truceline.terms.model import ORIGIN, PATCH, SENTENCE, Provision, Reading, Shape, Source
from truceline.terms.parts import Parts
from truceline.terms.timed import BOUNDS, CHANGES, Amendment, Waiver, waivers_of
from truceline.terms.trouble import Steps, Trouble, shown
from truceline.terms.where import Band

MOST_WAIVERS = 31
"""The judge keeps two bits for each."""

__all__ = ["computed_distances", "incomplete"]


def incomplete(parts: Parts) -> Iterator[Trouble]:
    """Find entries that lack what they rest on, or that say nothing; all of them stand in the JSON Schema too."""
    for steps, part in parts:
        if isinstance(part, Provision):
            yield from _provision(part, steps)
        elif isinstance(part, Band) and (part.away is None) == (part.sectors is None):
            what = "a band with neither 'away' nor 'sectors'" if part.away is None else "both 'away' and 'sectors'"
            remedy = "give the depth once: 'away: 5 km', or 'sectors: [...]' where it varies"
            yield Trouble(steps, "TL-E019", what, remedy)
        elif isinstance(part, Reading) and _says_nothing(part, PATCH):
            remedy = f"add one of {', '.join(PATCH)}"
            yield Trouble(steps, "TL-E036", "the reading changes nothing and keeps nothing", remedy)
        elif isinstance(part, Amendment) and _says_nothing(part, CHANGES):
            yield Trouble(steps, "TL-E036", "the amendment changes nothing", f"add one of {', '.join(CHANGES)}")
        elif isinstance(part, Waiver) and _says_nothing(part, ("who", "where", "from_", "until")):
            remedy = f"add one of {', '.join(BOUNDS)}; a name alone needs no mapping"
            yield Trouble(steps, "TL-E081", "the exception says neither whom, nor where, nor when it spares", remedy)
        elif isinstance(part, Source) and _says_nothing(part, ORIGIN):
            remedy = f"add one of {', '.join(ORIGIN)}"
            yield Trouble(steps, "TL-E037", "the source says neither who said it nor what it is", remedy)
        elif isinstance(part, Shape) and (part.file is None) == (part.coordinates is None):
            yield Trouble(steps, "TL-E038", "a shape comes from one place", "write either 'file' or 'coordinates'")


def computed_distances(parts: Parts) -> Iterator[Trouble]:
    """Find distances that somebody computed: no text says them, so that they belong to a reading."""
    for steps, part in parts:
        if isinstance(part, Distance) and part.form == "formula":
            yield Trouble(steps, "TL-E039", f"{shown(part.words)} is computed", "put it into a reading, under 'set'")


def _provision(provision: Provision, steps: Steps) -> Iterator[Trouble]:
    if provision.source is None:
        remedy = "name what it rests on: 'source: s.name', or 'source: memory' where that is still to be found"
        yield Trouble(steps, "TL-E017", "the provision has no 'source'", remedy)
    if _says_nothing(provision, SENTENCE):
        what, remedy = "the provision neither bounds nor demands anything", f"add one of {', '.join(SENTENCE)}"
        yield Trouble(steps, "TL-E018", what, f"{remedy}; a ban is 'at_most: 0'")
    if len(waivers_of(provision.except_)) > MOST_WAIVERS:
        what, remedy = f"more than {MOST_WAIVERS} exceptions with bounds of their own", "put some of them together"
        yield Trouble((*steps, "except"), "TL-E006", what, remedy)


def _says_nothing(part: Any, keys: tuple[str, ...]) -> bool:
    return all(getattr(part, key) in (None, ()) for key in keys)

"""The boundaries of areas from which a text measures: each is a line of its own, seen from without or from within."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from truceline.terms.base import names_in
from truceline.terms.model import Area, Document, Line
from truceline.terms.parts import parts_of
from truceline.terms.where import Around

__all__ = ["Rim", "Side", "is_outward", "rim_name", "rims_in", "side_of"]

Side = Literal["outside", "inside"]
"""On which side of a boundary offsets are positive."""
_SECTIONS = ("zones", "provisions", "demands")


class Rim(NamedTuple):
    """The boundary of an area as a line: its name, that of the area, and the line."""

    name: str
    area: str
    line: Line


def rim_name(area: str, side: Side) -> str:
    """Name the boundary of an area, by the side on which offsets are positive.

    >>> rim_name("camp", "outside")
    'camp@outside'
    """
    return f"{area}@{side}"


def is_outward(name: str) -> bool:
    """Say whether offsets from a boundary are positive outside, by its name.

    >>> is_outward("camp@outside"), is_outward("camp@inside")
    (True, False)
    """
    return name.rpartition("@")[2].startswith("outside")


def side_of(around: Around) -> Side:
    """Say on which side of the boundary a ground is measured: it is the outside unless a belt lies within.

    >>> from truceline.basics.quantity import parse_distance
    >>> side_of(Around(around="camp", away=parse_distance("2 km"), belt="inside"))
    'inside'
    """
    return "inside" if around.belt == "inside" else "outside"


def rims_in(text: Document) -> Iterator[Rim]:
    """List the boundaries from which a text measures, each as often as it does."""
    for section in _SECTIONS:
        for _, part in parts_of(getattr(text, section)):
            if isinstance(part, Around):
                named = (name for name in (*names_in(part.around), *part.unsure) if name in text.areas)
                yield from (_rim(name, text.areas[name], side_of(part)) for name in named)


def _rim(name: str, area: Area, side: Side) -> Rim:
    line = Line.model_construct(
        title=f"the boundary of {area.title or name}", plus=side, geometry=area.geometry, uncertainty=area.uncertainty,
        source=area.source,
    )  # fmt: skip
    return Rim(rim_name(name, side), name, line)

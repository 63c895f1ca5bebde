"""Every band and every depth that the rules of a text use, with its path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from truceline.basics.quantity import Distance
from truceline.terms.base import names_in
from truceline.terms.bounds import parts_of
from truceline.terms.model import Document
from truceline.terms.trouble import Steps
from truceline.terms.where import Along, Around, Away, Band, Where

__all__ = ["Depth", "bands", "depths"]


class Depth(NamedTuple):
    """How far from which line or area, as written under `path`; `clause` is the provision or zone, as a dotted path."""

    path: str
    clause: str
    line: str
    away: Distance | Away


def bands(text: Document) -> Iterator[tuple[str, Band | Along | Around]]:
    """Go through the bands, corridors and ground round areas of zones and provisions; what was demanded is no rule."""
    grounds: list[tuple[Steps, Where | None]] = [(("zones", name), zone) for name, zone in text.zones.items()]
    grounds += [(("provisions", name, "where"), clause.where) for name, clause in text.provisions.items()]
    for at, ground in grounds:
        for steps, part in () if isinstance(ground, str) else parts_of(ground, at):
            if isinstance(part, Band | Along | Around):
                yield ".".join(map(str, steps)), part


def depths(text: Document) -> Iterator[Depth]:
    """Go through the depths of all bands, sector by sector, the distances from areas, and the widths of corridors."""
    for path, band in bands(text):
        clause = ".".join(path.split(".")[:2])
        if isinstance(band, Along):
            if band.width is not None:
                yield Depth(f"{path}.width", clause, band.along, band.width)
            continue
        if isinstance(band, Around):
            yield Depth(f"{path}.away", clause, " or ".join((*names_in(band.around), *band.unsure)), band.away)
            continue
        line = band.line if isinstance(band.line, str) else " or ".join(band.line)
        if band.away is not None:
            yield Depth(f"{path}.away", clause, line, band.away)
        for index, sector in enumerate(band.sectors or ()):
            yield Depth(f"{path}.sectors.{index}.away", clause, line, sector.away)

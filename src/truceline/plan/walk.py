"""A ground taken apart: the grounds that it is made of, and the same ground with its bands changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from truceline.plan.tables import All, Any_, Around, Band, Dated, Depth, Except, OneOf, Replaced, Where

__all__ = ["depths_of", "every_part", "parts_of", "with_bands"]


def parts_of(where: Where) -> tuple[Where, ...]:
    """List the grounds of which one is made; a band, an area or a strip has no parts, the ground round an area a band.

    >>> from truceline.plan.tables import Aloft, Anywhere
    >>> parts_of(All((Aloft(), Anywhere())))
    (Aloft(), Anywhere())
    """
    if isinstance(where, OneOf | Any_ | All):
        return where.parts
    if isinstance(where, Dated | Replaced):
        return tuple(part.where for part in where.parts)
    if isinstance(where, Around):
        return (where.band,)
    return (where.of, where.but_not) if isinstance(where, Except) else ()


def every_part(wheres: Iterable[Where]) -> Iterator[Where]:
    """Go through grounds and all their parts, each before its own parts."""
    for where in wheres:
        yield where
        yield from every_part(parts_of(where))


def with_bands(where: Where, change: Callable[[Band], Band]) -> Where:
    """Give the same ground with each of its bands changed."""
    if isinstance(where, Band):
        return change(where)
    if isinstance(where, OneOf | Any_ | All):
        return type(where)(tuple(with_bands(part, change) for part in where.parts))
    if isinstance(where, Dated):
        return Dated(tuple(replace(part, where=with_bands(part.where, change)) for part in where.parts))
    if isinstance(where, Replaced):
        parts = (replace(part, where=with_bands(part.where, change)) for part in where.parts)
        return Replaced(where.line, tuple(parts))
    if isinstance(where, Around):
        return replace(where, band=change(where.band))
    if isinstance(where, Except):
        return Except(with_bands(where.of, change), with_bands(where.but_not, change))
    return where


def depths_of(band: Band) -> tuple[Depth, ...]:
    """List the depths of a band: its own, and those of its sectors."""
    return (band.depth, *(sector.depth for sector in band.sectors))

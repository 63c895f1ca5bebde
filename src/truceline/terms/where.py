"""WHERE, as written: a band along a line or round an area, named places, between two lines, or a combination."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Discriminator, Field, Tag

from truceline.terms.base import (
    DistanceText,
    Entry,
    Flag,
    Name,
    OneOrMany,
    OpenDistance,
    Part,
    SourceName,
    Words,
    one_of,
)  # fmt: skip

__all__ = [
    "AllOf", "Along", "AnyOf", "Around", "Away", "Band", "Between", "ExceptFor", "Places", "Replaces", "Sector",
    "Where",
]  # fmt: skip

How = Literal["exact", "rounded", "undecided", "varies", "choice", "average", "undisclosed"]


class Away(Part):
    """How far from the line: [from, to); `how` says what a range means, `least` is the smallest sector's depth.

    A computed depth, such as ``(50 km - gap)/2``, follows the gap between two lines: those of the two `sides`, or the
    two that `gap` names.
    """

    from_: OpenDistance | None = Field(default=None, alias="from")
    to: DistanceText
    how: How | None = None
    least: DistanceText | None = None
    depends_on: Words | None = None
    gap: tuple[Name, Name] | None = Field(default=None, description="the two lines whose distance is the gap")


Depth = Annotated[
    Annotated[DistanceText, Tag("(text)")] | Annotated[Away, Tag("(mapping)")],
    one_of("a distance ('5 km') or {from: ..., to: ..., how: ...}"),
]


class Sector(Entry):
    """A stretch of stations with its own depth."""

    from_: DistanceText | None = Field(default=None, alias="from", description="station at which it begins")
    until: DistanceText | None = Field(default=None, description="station at which it ends")
    away: Depth
    title: Words | None = None


class Band(Entry, json_schema_extra={"oneOf": [{"required": ["away"]}, {"required": ["sectors"]}]}):
    """The ground within a distance of a line, on its plus side unless `both_sides`."""

    line: OneOrMany[Name]
    away: Depth | None = None
    sectors: tuple[Sector, ...] | None = None
    both_sides: Flag = False
    ends: Literal["round", "flat"] | None = None
    air: Flag = Field(default=False, description="the air above it: only what flies is in it")
    source: OneOrMany[SourceName] | None = None


class Places(Entry):
    """Named areas: surely meant, or `unsure`."""

    places: tuple[Words, ...]
    unsure: tuple[Words, ...] = ()
    source: OneOrMany[SourceName] | None = None


class Around(Entry):
    """The ground within a distance of named areas, each measured by itself; what lies in an area is at no distance.

    With a `belt` only the ground on one side of the boundary is meant, or on both, up to that distance from it.
    """

    around: OneOrMany[Words]
    unsure: tuple[Words, ...] = ()
    away: Depth
    belt: Literal["outside", "inside", "both"] | None = Field(
        default=None, description="only along the boundary: on its outside, on its inside or on both sides"
    )
    air: Flag = Field(default=False, description="the air above it: only what flies is in it")
    source: OneOrMany[SourceName] | None = None


class Between(Entry):
    """The ground between two lines."""

    between: tuple[Name, Name]
    source: OneOrMany[SourceName] | None = None


class Along(Entry):
    """A corridor: `width` is both sides together."""

    along: Name
    width: DistanceText | None = None
    air: Flag = Field(default=False, description="the air above it: only what flies is in it")
    source: OneOrMany[SourceName] | None = None


class AnyOf(Entry):
    """Inside at least one of these."""

    any: tuple[Where, ...]


class AllOf(Entry):
    """Inside every one of these."""

    all: tuple[Where, ...]


class ExceptFor(Entry):
    """Inside `of` and outside `but_not`."""

    of: Where
    but_not: Where


class Replaces(Entry):
    """A part of another line that this line rules: a `sector` among the `places` of that line, or two stations.

    It rules where both lines are named: ``line: [A, A1]``.
    """

    line: Name
    sector: Words | None = Field(default=None, description="a place of that line, from one station to another")
    from_: DistanceText | None = Field(default=None, alias="from", description="station at which it begins")
    until: DistanceText | None = Field(default=None, description="station at which it ends")


_FORMS: dict[type[BaseModel], str] = {
    Band: "line",
    Places: "places",
    Around: "around",
    Between: "between",
    Along: "along",
    AnyOf: "any",
    AllOf: "all",
    ExceptFor: "of",
}


def kind_of(value: Any) -> str | None:
    """Say which form of WHERE a value has, so that a fault names one form and not nine."""
    if isinstance(value, str):
        return "(zone)"
    if isinstance(value, dict):
        form = next((form for form in _FORMS.values() if form in value), None)
    else:
        form = _FORMS.get(type(value))
    return f"({form})" if form else None


Where = Annotated[
    Annotated[Words, Tag("(zone)")]
    | Annotated[Band, Tag("(line)")]
    | Annotated[Places, Tag("(places)")]
    | Annotated[Around, Tag("(around)")]
    | Annotated[Between, Tag("(between)")]
    | Annotated[Along, Tag("(along)")]
    | Annotated[AnyOf, Tag("(any)")]
    | Annotated[AllOf, Tag("(all)")]
    | Annotated[ExceptFor, Tag("(of)")],
    Discriminator(
        kind_of,
        custom_error_type="kind",
        custom_error_message="a zone's name, or a mapping with line, places, around, between, along, any, all or of",
    ),
]

for _model in (AnyOf, AllOf, ExceptFor):
    _model.model_rebuild()

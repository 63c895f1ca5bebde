"""The agreement as a document: the sentence of every rule, and what it rests on.

WHO does WHAT, WHERE, WHEN, at most N / at least N times, unless EXCEPT, if IF, UNDER an
instrument, with its SOURCE. The classes below are the single source of the language: the loader
validates with them and ``truceline schema`` prints their JSON Schema. Words stay as written;
what needs a line, an instrument or a set by its name is resolved in `terms.resolve`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, Tag
from pydantic_core import PydanticCustomError

from truceline.terms.base import (
    KEY_PATTERN,
    Count,
    Degrees,
    DistanceText,
    Entry,
    Flag,
    Free,
    Key,
    LanguageVersion,
    Least,
    LineName,
    MomentText,
    Most,
    Name,
    Names,
    OneOrMany,
    OpenMoment,
    Part,
    PlaceName,
    Short,
    SourceKey,
    SourceName,
    Words,
    one_of,
)  # fmt: skip
from truceline.terms.covers import CoverText, Topic
from truceline.terms.slot import Slot, geometry_kind
from truceline.terms.things import Make, Thing, What
from truceline.terms.timed import Amendment, Condition, Exceptions, Renewal
from truceline.terms.where import Replaces, Where

__all__ = [
    "Actor", "Area", "Demand", "Document", "Heading", "Instrument", "Line", "Make", "Mechanism", "Membership", "Party",
    "Period", "Provision", "Reading", "Shape", "Side", "Slot", "Source", "Stance", "Term", "Thing",
]  # fmt: skip

Sources = OneOrMany[SourceName]

SENTENCE = ("at_most", "at_least", "trend", "monitorable", "reserves")
PATCH = ("set", "add", "denies", "keeps", "table")
ORIGIN = ("by", "kind", "of", "via")


def _one_of_keys(keys: tuple[str, ...]) -> list[Any]:
    return [{"required": [key]} for key in keys]


_Free = Annotated[dict[str, Free], Tag("(mapping)")]
_Text = Annotated[Words, Tag("(text)")]


class Heading(Entry):
    """The deal as a whole: its id, title and class (cessation, preliminary or definitive)."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: Words
    class_: Literal["cessation", "preliminary", "definitive", "other"] = Field(alias="class")
    status: Words | None = None
    zone: Words | None = Field(default=None, description="IANA time zone of bare dates, such as 'Atlantic/Azores'")
    language: Words | None = None
    shows_note: Words | None = Field(default=None, description="what the shipped reports can and cannot show")


class Instrument(Entry, extra="allow"):
    """One text of the deal: when agreed, signed and in force, and what it amends; further keys are kept."""

    __pydantic_extra__: dict[str, Free] = Field(init=False)

    title: Words | None = None
    signed: MomentText | None = None
    agreed: MomentText | None = None
    date: MomentText | None = None
    in_force: MomentText | None = None
    text: Words | None = None
    maps: Words | None = None
    amends: OneOrMany[Name] | None = None
    adds_to: OneOrMany[Name] | None = None
    endorses: OneOrMany[Name] | None = None


class Party(Entry):
    """What a party is to the deal; a list of roles is short for ``{role: [...]}``."""

    role: Annotated[
        _Text
        | Annotated[tuple[Words, ...], Field(min_length=1), Tag("(list)")]
        | Annotated[dict[Key, Words], Tag("(mapping)")],
        one_of("a role such as 'signatory', or a list of roles"),
    ]
    title: Words | None = None
    consent: Sources | None = Field(default=None, description="the source in which an addressee consents")
    said_otherwise: Sources | None = None
    reading: dict[Key, Words] | None = None


def _roles(value: Any) -> Any:
    return {"role": value} if isinstance(value, (str, list, tuple)) else value


PartyText = Annotated[
    Party, Short(_roles, {"type": ["string", "array"], "minLength": 1, "minItems": 1, "items": {"type": "string"}})
]


class Actor(Entry):
    """An atom to which reports are coded; `also` lists the names that data sets use for it."""

    title: Words | None = None
    of: Name | None = Field(default=None, description="the party it belongs to")
    also: tuple[Words, ...] = ()


def _actors(value: Any) -> Any:
    """Take a list of names for a mapping with empty entries; a name given twice stays a fault."""
    if not isinstance(value, (list, tuple)):
        return value
    names = [item for item in value if isinstance(item, str)]
    if len(set(names)) != len(value):
        raise PydanticCustomError("kind", "a list of different names, or a mapping of names")
    return {name: {} for name in names}


_NAMES = {"type": "array", "uniqueItems": True, "items": {"type": "string", "pattern": KEY_PATTERN}}
Actors = Annotated[dict[Key, Actor], Short(_actors, _NAMES)]


class Spell(Entry):
    """One member of a set for a part of the time."""

    who: Name
    from_: MomentText | None = Field(default=None, alias="from")
    until: MomentText | None = None
    source: Sources | None = None


Member = Annotated[
    Annotated[Name, Tag("(text)")] | Annotated[Spell, Tag("(mapping)")],
    one_of("an actor's name, or {who: ..., from: ..., until: ...}"),
]


class Membership(Entry):
    """A set of actors: surely `in`, `unsure`, all else out; a member may be bounded in time."""

    in_: tuple[Member, ...] = Field(alias="in")
    unsure: tuple[Member, ...] = ()
    title: Words | None = None
    source: Sources | None = None


class Shape(Part, json_schema_extra={"oneOf": _one_of_keys(("file", "coordinates"))}):
    """Where a geometry is found: a feature of a GeoJSON file beside the terms, or coordinates [lon, lat]."""

    file: Words | None = None
    id: Words | None = None
    coordinates: tuple[tuple[Degrees, Degrees], ...] | None = None


GeometryWord = Literal["public", "undisclosed", "contested", "annexed", "unmarked"]
Geometry = Annotated[
    Annotated[GeometryWord, Tag("(text)")] | Annotated[Slot, Tag("(slot)")] | Annotated[Shape, Tag("(mapping)")],
    one_of(
        "{file: lines.geojson, id: x}, {slot: name, words: ...}, or one of public, undisclosed, contested, annexed, "
        "unmarked", geometry_kind,
    ),
]  # fmt: skip


class Area(Entry):
    """A named place or polygon; `uncertainty` is the error of its boundary."""

    title: Words | None = None
    geometry: Geometry
    uncertainty: DistanceText | None = None
    source: Sources | None = None


class Version(Entry):
    """The course of a moving line from a date on."""

    from_: MomentText = Field(alias="from")
    geometry: Geometry
    source: Sources | None = None


Course = Annotated[
    Annotated[MomentText, Tag("(text)")] | Annotated[Version, Tag("(mapping)")],
    one_of("a date, or {from: ..., geometry: ...}"),
]


class Line(Entry):
    """A reference line; offsets are positive on its `plus` side (a compass point, left or right)."""

    title: Words
    plus: Words
    geometry: Geometry = "undisclosed"
    one_of: tuple[LineName, ...] | None = Field(default=None, description="candidate lines; no speaker says which")
    uncertainty: DistanceText | None = None
    edges: Literal["geodesic", "lonlat"] | None = None
    versions: tuple[Course, ...] | None = None
    replaces: Replaces | None = None
    moving: Flag | None = None
    places: dict[Words, DistanceText] | None = Field(default=None, description="names along the line, by station")
    source: Sources | None = None


class Side(Entry):
    """One row of `each_side`: whose side, measured from which line."""

    who: Name
    line: OneOrMany[Name]


class Period(Entry):
    """WHEN: from (or by) and until; ``from: none`` says that no date was given."""

    from_: OpenMoment | None = Field(default=None, alias="from")
    by: OpenMoment | None = None
    until: OpenMoment | None = None


class Provision(Entry, json_schema_extra={"required": ["who", "what", "source"], "anyOf": _one_of_keys(SENTENCE)}):
    """One rule: who does what, where, when, how often, unless, if, under what, said by whom."""

    title: Words | None = Field(default=None, description="a short name of the rule, for people")
    who: OneOrMany[Words]
    what: What
    where: Where | None = None
    when: Period | None = None
    at_most: Most | None = Field(default=None, description="75, or as it was said: 'about 3,500', '3400..3600'")
    at_least: Least | None = None
    trend: Literal["down", "not_up"] | None = None
    to: Count | None = Field(default=None, description="the level a trend ends at")
    except_: Exceptions = Field(default=(), alias="except")
    if_: OneOrMany[Words] | None = Field(default=None, alias="if", description="conditions, 'not NAME', or words")
    after: OneOrMany[Words] | None = None
    together_with: OneOrMany[Words] | None = None
    baseline: Annotated[_Text | _Free, one_of("words, or {line: ..., version: ...}")] | None = None
    each_side: Flag = False
    through: OneOrMany[Name] | None = Field(default=None, description="parties bound to bring it about")
    under: OneOrMany[Name] | None = None
    verify: OneOrMany[Words] | None = None
    monitorable: Literal["full", "partly", "none"] | None = None
    because: Words | None = None
    proxy: Words | None = None
    reserves: Words | None = None
    words: Words | None = Field(default=None, description="the clause as it was written or said, <= 25 words")
    source: Sources | None = None


class Reading(Entry, json_schema_extra={"anyOf": _one_of_keys(PATCH)}):
    """How one holder reads the text: a patch on the document, never a party's conduct."""

    holder: Words
    source: Sources | None = None
    set: dict[str, Free] | None = None
    add: dict[str, Free] | None = None
    denies: Names | None = None
    keeps: OneOrMany[Words] | None = None
    table: dict[str, Free] | None = None
    else_: dict[str, Free] | None = Field(default=None, alias="else")
    until: MomentText | None = None
    scope: OneOrMany[Words] | None = Field(
        default=None, description="as to whom, or what ground, it denies: actors, sets, parties, zones, areas; or words"
    )
    lint: Words | None = None
    title: Words | None = None


class Demand(Entry):
    """A distance asked or offered and never agreed: swept, never judged."""

    by: Name
    where: Where
    source: Sources
    who: OneOrMany[Words] | None = None
    what: Words | None = None
    except_: tuple[Words, ...] = Field(default=(), alias="except")
    told_as: tuple[Words, ...] = ()
    answer: Words | None = None
    claims: Words | None = None


class Stance(Entry):
    """The position of anybody to the deal or to one of its parts."""

    actor: Words
    to: Words
    is_: Literal[
        "accepts", "rejects", "not bound", "interprets", "offers", "demands", "forecasts", "denies", "acquiesces",
        "reaffirms",
    ] = Field(alias="is")  # fmt: skip
    said: MomentText | None = None
    source: Sources


class Mechanism(Entry, extra="allow"):
    """Who checks what, how often, by what means, reporting to whom; further keys are kept."""

    __pydantic_extra__: dict[str, Free] = Field(init=False)

    source: Sources | None = None


class Term(Entry, extra="allow"):
    """Duration, renewal and lapse of the whole deal; further keys are kept."""

    __pydantic_extra__: dict[str, Free] = Field(init=False)

    lasts: Words | None = Field(default=None, description="how long: '60 d', '150 h', '6 months'")
    from_: MomentText | None = Field(default=None, alias="from", description="since when it is counted")
    until: OpenMoment | None = None
    renewed: tuple[Renewal, ...] = ()
    source: Sources | None = None


class Source(Entry, json_schema_extra={"anyOf": _one_of_keys(ORIGIN)}):
    """Who said it (`by`), when, through which carriers in order (`via`), resting on what (`of`)."""

    by: OneOrMany[Words] | None = None
    said: MomentText | None = None
    known_from: MomentText | None = Field(default=None, description="the day from which it could be known")
    via: tuple[Words, ...] = ()
    of: tuple[SourceName, ...] = ()
    kind: Literal["primary", "press", "secondary", "official"] | None = None
    lang: Words | None = None
    words: Words | None = None
    url: Words | None = None
    grade: str | None = Field(default=None, pattern=r"^[A-F][1-6]$")
    check: Literal["confirmed", "unconfirmed"] | None = None


class Document(Part):
    """One agreement file, as written, every entry checked for its form."""

    truceline: LanguageVersion
    agreement: Heading
    instruments: dict[Key, Instrument]
    parties: dict[Key, PartyText]
    actors: Actors = Field(default_factory=dict)
    sets: dict[Key, Membership] = Field(default_factory=dict)
    models: dict[Key, Make] = Field(default_factory=dict)
    things: dict[Key, Thing] = Field(default_factory=dict)
    areas: dict[PlaceName, Area] = Field(default_factory=dict)
    lines: dict[Key, Line] = Field(default_factory=dict)
    sides: dict[Key, Side] = Field(default_factory=dict)
    zones: dict[Key, Where] = Field(default_factory=dict)
    conditions: dict[Key, Condition] = Field(default_factory=dict)
    provisions: dict[Key, Provision]
    amendments: dict[Key, Amendment] = Field(default_factory=dict)
    readings: dict[Key, Reading] = Field(default_factory=dict)
    demands: dict[Key, Demand] = Field(default_factory=dict)
    stances: tuple[Stance, ...] = ()
    mechanism: dict[Key, Mechanism] = Field(default_factory=dict)
    term: Term | None = None
    open: dict[Key, Words] = Field(default_factory=dict)
    covers: dict[Topic, CoverText] = Field(default_factory=dict)
    sources: dict[SourceKey, Source]

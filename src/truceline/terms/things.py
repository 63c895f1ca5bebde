"""WHAT, as far as it is a thing: kinds, makes, sizes and classes of weapons and objects.

A class takes in whatever fits one of its selectors and leaves out what fits `but_not`: so the special
goes before the general, and where it does the text says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema
from pydantic_core import PydanticCustomError

from truceline.basics.size import CalibreText, RangeText
from truceline.evidence.kinds import KINDS
from truceline.terms.base import Entry, Free, OneOrMany, Part, PlaceName, SourceName, Words, by_kind, one_of
from truceline.terms.trouble import guess

__all__ = ["Make", "Selector", "Sized", "Sizes", "Thing", "What", "selectors_in", "words_in"]

SIZES = ("calibre", "range")


class Sizes(Part):
    """Which calibres and ranges are meant: ``{calibre: ">=100 mm", range: "<=20 km"}``; none: any."""

    calibre: CalibreText | None = None
    range: RangeText | None = None


Sized = Annotated[dict[PlaceName, Sizes], Field(min_length=1, max_length=1)]
Selector = Annotated[
    Annotated[Words, Tag("(text)")] | Annotated[Sized, Tag("(mapping)")],
    one_of("a kind, a make, a class, or one of them by size, such as {gun: {calibre: '122 mm'}}"),
]


def _some(value: Any) -> Any:
    """Refuse an empty list by itself: counted after its entries, one of wrong entries alone would be told twice."""
    if isinstance(value, list | tuple) and not value:
        raise PydanticCustomError("too_short", "at least one entry")
    return value


Several = Annotated[tuple[Selector, ...], BeforeValidator(_some), Field(json_schema_extra={"minItems": 1})]


class Thing(Entry):
    """A class of weapons or objects: `any` of these, `but_not` those; the special goes before the general."""

    any: Several
    but_not: (
        Annotated[
            Annotated[Words, Tag("(text)")] | Annotated[Sized, Tag("(mapping)")] | Annotated[Several, Tag("(list)")],
            one_of("a kind, a make, a class, or a list of them"),
        ]
        | None
    ) = None
    title: Words | None = None


class Make(Entry):
    """A make or type of a weapon, and what the terms know of it; `also` lists the words of reports for it."""

    kind: Words = Field(description="a kind of the tree of things, such as gun")
    calibre: CalibreText | None = None
    range: RangeText | None = None
    also: tuple[Words, ...] = ()
    title: Words | None = None
    source: OneOrMany[SourceName] | None = None


def _form(value: Any) -> str:
    """Tell a class and a thing by size from other mappings, which are words that nobody has defined."""
    if isinstance(value, Thing):
        return "(any)"
    form = by_kind(value)
    if form != "(mapping)":
        return form
    if "any" in value:
        return "(any)"
    return "(sizes)" if len(value) == 1 and all(_is_by_size(*entry) for entry in value.items()) else form


def _is_by_size(name: str, value: Any) -> bool:
    if isinstance(value, Sizes) or value == {}:
        return True
    if not isinstance(value, Mapping):
        return False
    return any(key in SIZES or (name in KINDS and guess(key, SIZES) is not None) for key in value)


_BY_SIZE = {"type": "object", "anyOf": [{"required": [size]} for size in SIZES]}
_LOOSE = {
    "type": "object", "minProperties": 1, "not": {"required": ["any"]},
    "additionalProperties": {"allOf": [{"x-name": "Free"}, {"not": _BY_SIZE}]},
}  # fmt: skip
What = Annotated[
    Annotated[Words, Tag("(text)")]
    | Annotated[Several, Tag("(list)")]
    | Annotated[Thing, Tag("(any)")]
    | Annotated[Sized, Tag("(sizes)")]
    | Annotated[dict[str, Free], WithJsonSchema(_LOOSE), Tag("(mapping)")],
    Discriminator(
        _form, custom_error_type="kind", custom_error_message="an act, a thing, a thing by size, or a list of them"
    ),
]


def selectors_in(value: Any) -> tuple[Any, ...]:
    """Give one selector, several or none as a tuple.

    >>> selectors_in("tank"), selectors_in(("tank", "gun")), selectors_in(None)
    (('tank',), ('tank', 'gun'), ())
    """
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def words_in(thing: Thing) -> tuple[str, ...]:
    """List the words of the selectors of a class, those of what it leaves out included.

    >>> words_in(Thing(any=("tank", {"gun": {"calibre": "122 mm"}}), but_not="light"))
    ('tank', 'gun', 'light')
    """
    parts = (*thing.any, *selectors_in(thing.but_not))
    return tuple(word for part in parts for word in ((part,) if isinstance(part, str) else part))

"""WHAT in plain words: which weapon, of which calibre and range, and what a class is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from truceline.basics.size import Size
from truceline.terms.model import Document
from truceline.terms.names import folded
from truceline.terms.thing_references import makes_of
from truceline.terms.things import Make, Sizes, Thing, selectors_in

__all__ = ["make_words", "selector_words", "size_words", "what_words"]

DEEPEST = 2
"""Classes within classes whose parts are told; those within them go by their names."""


def what_words(what: Any, text: Document | None = None, depth: int = DEEPEST) -> str:
    """Write the act or the thing as it stands in the terms; of the classes of `text` also what they are made of.

    With a `depth` of 0 classes are told by title alone.

    >>> what_words({"gun": Sizes.model_validate({"calibre": "<=122 mm", "range": ">20 km"})})
    'gun of 122 mm or less with a range of over 20 km'
    >>> what_words(("fire", "surface_to_air_missile"))
    'fire, surface to air missile'
    """
    if isinstance(what, Thing):
        return _class_words(what, text, depth)
    if isinstance(what, Mapping) and not all(isinstance(size, Sizes) for size in what.values()):
        return ", ".join(_loose_words(key, value) for key, value in what.items())
    return ", ".join(selector_words(part, text, depth) for part in selectors_in(what))


def selector_words(selector: str | Mapping[str, Sizes], text: Document | None, depth: int = 0) -> str:
    """Write one selector; to a `depth` of classes within classes with what these are made of."""
    if isinstance(selector, str):
        return _named(selector, text, depth)
    ((word, sizes),) = selector.items()
    parts = [_named(word, text, depth), f"of {sizes.calibre.plain}" if sizes.calibre else "",
             f"with a range of {sizes.range.plain}" if sizes.range else ""]  # fmt: skip
    return " ".join(part for part in parts if part)


def make_words(name: str, make: Make) -> str:
    """Say what the terms know of a make.

    >>> make_words("K_7", Make.model_validate({"kind": "gun", "calibre": "122 mm"}))
    'K 7: gun, calibre 122 mm, range not stated'
    """
    known = f"calibre {size_words(make.calibre)}, range {size_words(make.range)}"
    return f"{make.title or name.replace('_', ' ')}: {make.kind.replace('_', ' ')}, {known}"


def size_words(size: Size | None) -> str:
    """Write a size, or that there is none."""
    return "not stated" if size is None else size.plain


def _named(word: str, text: Document | None, depth: int) -> str:
    """Give a class by its title or its name, a make by its title, a kind and other words as they are."""
    plain = word.replace("_", " ")
    if text is None:
        return plain
    if word in text.things:
        thing = text.things[word]
        inner = f" ({_class_words(thing, text, depth - 1)})" if depth > 0 else ""
        return f"{thing.title or plain}{inner}"
    make = text.models.get(makes_of(text).get(folded(word), ""))
    return (make.title if make is not None else None) or plain


def _class_words(thing: Thing, text: Document | None, depth: int) -> str:
    meant, left_out = (", ".join(selector_words(part, text, depth) for part in parts)
                       for parts in (thing.any, selectors_in(thing.but_not)))  # fmt: skip
    return f"{meant}, but not {left_out}" if left_out else meant


def _loose_words(key: str, value: Any) -> str:
    name = key.replace("_", " ")
    return f"{name} ({_loose(value)})" if isinstance(value, Mapping) else f"{name} {_loose(value)}"


def _loose(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_loose(part)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return " or ".join(_loose(part) for part in value)
    return str(value)

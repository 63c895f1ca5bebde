"""The parts of a document, each with its path as the file writes it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from pydantic import BaseModel

from truceline.basics.quantity import Distance
from truceline.basics.time import Moment
from truceline.terms.trouble import Steps

__all__ = ["Parts", "entries_of", "parts_of"]

Parts = list[tuple[Steps, Any]]


def parts_of(value: Any, steps: Steps = ()) -> Parts:
    """List everything that a document or a part of it says, parents first, in the order of the document.

    >>> from truceline.terms.where import Places
    >>> [(steps, part) for steps, part in parts_of(Places(places=("Mill", "Ford")), ("zones", "z"))][1:]
    [(('zones', 'z', 'places'), ('Mill', 'Ford')), (('zones', 'z', 'places', 0), 'Mill'),
     (('zones', 'z', 'places', 1), 'Ford'), (('zones', 'z', 'unsure'), ())]
    """
    found: Parts = []
    pending: Parts = [(steps, value)]
    while pending:
        at, part = pending.pop()
        if part is not None:
            found.append((at, part))
            pending.extend([((*at, step), below) for step, below in _below(part)][::-1])
    return found


def entries_of(document: BaseModel) -> Parts:
    """List the entries, zones, moments and distances of a document, without its words and numbers."""
    return [found for found in parts_of(document) if isinstance(found[1], (BaseModel, Moment, Distance))]


def _below(part: Any) -> Iterable[tuple[Any, Any]]:
    if isinstance(part, BaseModel):
        values = vars(part)
        return [(alias, values[name]) for name, alias in _aliases(type(part))]
    if isinstance(part, dict):
        return part.items()
    return enumerate(part) if isinstance(part, tuple) else ()


@cache
def _aliases(kind: type[BaseModel]) -> tuple[tuple[str, str], ...]:
    return tuple((name, field.alias or name) for name, field in kind.model_fields.items())

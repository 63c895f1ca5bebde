"""What changes with time: conditions, exceptions for a time, renewals of the term, and amendments of the text."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, Tag

from truceline.terms.base import (
    Entry,
    Free,
    MomentText,
    Names,
    OneOrMany,
    OpenMoment,
    SourceName,
    Words,
    names_in,
    one_of,
)
from truceline.terms.trouble import is_token
from truceline.terms.where import Where

__all__ = [
    "Amendment", "Condition", "Exceptions", "Renewal", "Stretch", "Waiver", "changes_of", "condition_in",
    "excepted_names", "waivers_of",
]  # fmt: skip

Sources = OneOrMany[SourceName]

BOUNDS = ("who", "where", "from", "until")
CHANGES = ("set", "add", "drops")


def _some_of(keys: tuple[str, ...]) -> list[dict[str, list[str]]]:
    return [{"required": [key]} for key in keys]


class Stretch(Entry):
    """A part of the time in which a condition was met or unmet, or of which nobody can tell."""

    from_: MomentText | None = Field(default=None, alias="from")
    until: MomentText | None = None
    is_: Literal["met", "unmet", "unknown"] = Field(alias="is")
    source: Sources | None = Field(default=None, description="who says so; without one, the condition's own source")


class Condition(Entry):
    """Something on which provisions hang (`if`, `after`, `together_with`); outside every stretch nobody can tell."""

    title: Words | None = None
    words: Words | None = Field(default=None, description="the condition as it was written or said")
    is_: tuple[Stretch, ...] = Field(default=(), alias="is")
    source: Sources


class Waiver(Entry, json_schema_extra={"anyOf": _some_of(BOUNDS)}):
    """An exception for somebody, somewhere or for a time: it spares only what fits all that it states."""

    who: OneOrMany[Words] | None = None
    where: Where | None = None
    from_: MomentText | None = Field(default=None, alias="from")
    until: MomentText | None = None
    words: Words | None = None
    source: Sources | None = None


class Renewal(Entry):
    """A later end of the whole deal, on which somebody agreed."""

    until: OpenMoment
    agreed: MomentText | None = None
    source: Sources


class Amendment(Entry, json_schema_extra={"anyOf": _some_of(CHANGES)}):
    """A change of the text on which the parties agreed: a patch with a date and a source."""

    title: Words | None = None
    agreed: MomentText
    source: Sources
    set: dict[str, Free] | None = None
    add: dict[str, Free] | None = None
    drops: Names | None = Field(default=None, description="provisions that no longer stand")
    words: Words | None = None


_Text = Annotated[Words, Tag("(text)")]
_Waiver = Annotated[Waiver, Tag("(mapping)")]
_FORMS = "a name, or {who: ..., where: ..., from: ..., until: ...}"
_Exception = Annotated[_Text | _Waiver, one_of(_FORMS)]

# An empty list is of use here: a reading may do away with the exceptions.
Exceptions = Annotated[
    _Text | _Waiver | Annotated[tuple[_Exception, ...], Tag("(list)")], one_of(f"{_FORMS}, or a list of them")
]


def changes_of(amendment: Amendment) -> dict[str, object]:
    """Give what an amendment sets, by path, and what it drops: that is none at all.

    >>> changes_of(Amendment.model_construct(set={"provisions.leave.at_most": "2"}, drops="tolls"))
    {'provisions.leave.at_most': '2', 'provisions.tolls': None}
    """
    return {**(amendment.set or {}), **{f"provisions.{name}": None for name in names_in(amendment.drops)}}


def excepted_names(exceptions: Exceptions) -> tuple[str, ...]:
    """List the plain names and words among exceptions.

    >>> excepted_names(("guides", Waiver(who="scouts"))), excepted_names("guides")
    (('guides',), ('guides',))
    """
    return tuple(one for one in _listed(exceptions) if isinstance(one, str))


def waivers_of(exceptions: Exceptions) -> tuple[Waiver, ...]:
    """List the exceptions that state whom, where or when they spare.

    >>> waivers_of(("guides", Waiver(who="scouts")))[0].who
    'scouts'
    """
    return tuple(one for one in _listed(exceptions) if isinstance(one, Waiver))


def condition_in(words: str) -> tuple[str, bool] | None:
    """Read the name of a condition, and whether it must not be met; None where the words are no name.

    >>> condition_in("observers_in"), condition_in("not observers_in"), condition_in("the observers are there")
    (('observers_in', True), ('observers_in', False), None)
    """
    head, _, rest = words.partition(" ")
    if head == "not" and is_token(rest.strip()):
        return rest.strip(), False
    return (words, True) if is_token(words) else None


def _listed(exceptions: Exceptions) -> tuple[str | Waiver, ...]:
    return (exceptions,) if isinstance(exceptions, str | Waiver) else exceptions

"""The common ground of the document's classes: frozen, strict about keys, words kept as written.

Every scalar of the file arrives as the string that was written; the types below read it. Their JSON
Schema says what the same scalar is to an editor that types YAML: a whole number, a truth value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
    Tag,
    WithJsonSchema,
)  # fmt: skip
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from truceline.basics.amount import Amount, AmountText
from truceline.basics.quantity import DistanceText
from truceline.basics.time import MomentText
from truceline.terms.node import Quoted

__all__ = [
    "KEY_PATTERN", "AtLeastOne", "Count", "Degrees", "DistanceText", "Entry", "Flag", "Free", "Key", "LanguageVersion",
    "Least", "LineName", "MomentText", "Most", "Name", "Names", "OneOrMany", "OpenDistance", "OpenMoment", "Part",
    "PlaceName", "Short", "SourceKey", "SourceName", "Words", "by_kind", "names_in", "one_of",
]  # fmt: skip

T = TypeVar("T")


class Part(BaseModel):
    """A frozen piece of the document; unknown keys are faults."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False, str_strip_whitespace=True)


@dataclass(frozen=True, slots=True, eq=False)  # hashed by identity, as a union of types wants it
class Short:
    """Marks a type that has a short form: `read` turns it into the full one, `schema` describes it to editors.

    With `full` false the short form is the only one that a file may use.
    """

    read: Callable[[Any], Any]
    schema: dict[str, Any]
    full: bool = True

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read the short form before anything else."""
        return core_schema.no_info_before_validator_function(self.read, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Describe both forms."""
        written = handler(core)
        return {"anyOf": [self.schema, written]} if self.full else self.schema


def by_kind(value: Any) -> str:
    """Tell the forms of a union apart by what was written, so that a fault names one form and not all of them."""
    if isinstance(value, (list, tuple)):
        return "(list)"
    return "(mapping)" if isinstance(value, (dict, BaseModel)) else "(text)"


def one_of(wanted: str, kind: Callable[[Any], str] = by_kind) -> Discriminator:
    """Choose the form of a union by kind; `wanted` says in a fault what may stand there."""
    return Discriminator(kind, custom_error_type="kind", custom_error_message=wanted)


_KEY = r"[a-zA-Z][a-zA-Z0-9_]*"
# To an editor the words 'true' and '7' are no text.
_TEXT: dict[str, Any] = {"title": "Words", "type": ["string", "number", "boolean"], "pattern": r"\S", "maxLength": 2000}


def _as_written(value: Any) -> Any:
    return value


def _whole(value: Any) -> Any:
    if isinstance(value, str) and (isinstance(value, Quoted) or not re.fullmatch("-?[0-9]{1,10}", value)):
        raise PydanticCustomError("number", "a whole number in plain digits without quotes, such as 75")
    return value


def _version(value: Any) -> Any:
    return 1 if value == "1" and not isinstance(value, Quoted) else value


def _degrees(value: Any) -> Any:
    if isinstance(value, str) and (
        isinstance(value, Quoted) or not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,15})?", value)
    ):
        raise PydanticCustomError("number", "decimal degrees without quotes, such as 35.82")
    return value


def _flag(value: Any) -> Any:
    if isinstance(value, str):
        if isinstance(value, Quoted) or value not in ("true", "false"):
            raise PydanticCustomError("flag", "true or false, without quotes")
        return value == "true"
    return value


KEY_PATTERN = f"^{_KEY}$"
Key = Annotated[str, StringConstraints(pattern=KEY_PATTERN, max_length=100)]
Name = Annotated[str, StringConstraints(pattern=rf"^{_KEY}(\.{_KEY})?$", max_length=100)]
Names = tuple[Name, ...]
# A line of another agreement is named by that agreement's id: "other-1974.A".
LineName = Annotated[str, StringConstraints(pattern=rf"^([a-z0-9][a-z0-9-]*\.)?{_KEY}$", max_length=100)]
PlaceName = Annotated[str, StringConstraints(min_length=1, max_length=200)]
SourceKey = Annotated[str, StringConstraints(pattern=r"^s\.[A-Za-z0-9_]+$", max_length=100)]
SourceName = Annotated[str, StringConstraints(pattern=r"^(s\.[A-Za-z0-9_]+|memory)$", max_length=100)]
Words = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2000, strip_whitespace=True),
    Short(_as_written, _TEXT, full=False),
]
Count = Annotated[int, Field(ge=0), Short(_whole, {"type": "integer", "minimum": 0}, full=False)]
AtLeastOne = Annotated[int, Field(ge=1), Short(_whole, {"type": "integer", "minimum": 1}, full=False)]


def _said_or_plain(value: Any) -> str:
    """Tell a number in words from one in plain digits, and from what is no number at all."""
    said = isinstance(value, Amount) or (isinstance(value, str) and re.search(_SAID, value) is not None)
    return "(said)" if said else "(plain)"


_SAID = r"[0-9] *(?:,|\.\.|-|\u2013| to )|[A-Za-z~] *[0-9]"
# How many at most, and at least: plain digits, or a number as it was said ("about 3,500").
Most = Annotated[Annotated[Count, Tag("(plain)")] | Annotated[AmountText, Tag("(said)")],
                 Discriminator(_said_or_plain)]  # fmt: skip
Least = Annotated[Annotated[AtLeastOne, Tag("(plain)")] | Annotated[AmountText, Tag("(said)")],
                  Discriminator(_said_or_plain)]  # fmt: skip
LanguageVersion = Annotated[Literal[1], Short(_version, {"const": 1}, full=False)]
Flag = Annotated[bool, Short(_flag, {"type": "boolean"}, full=False)]
Degrees = Annotated[float, Field(allow_inf_nan=False), Short(_degrees, {"type": "number"}, full=False)]

# What the language keeps as written and does not look into; `schema` defines it without nulls.
Free = Annotated[Any, WithJsonSchema({"x-name": "Free"})]

OneOrMany = Annotated[
    Annotated[T, Tag("(text)")] | Annotated[tuple[T, ...], Field(min_length=1), Tag("(list)")],
    one_of("one entry, or a list of them"),
]


def names_in(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Give one name, several or none as a tuple: the language lets all of them stand.

    >>> names_in("river"), names_in(None)
    (('river',), ())
    """
    return (value,) if isinstance(value, str) else value or ()


def _none_or_text(value: Any) -> str:
    return "(none)" if value == "none" else "(text)"


_None = Annotated[Literal["none"], Tag("(none)")]
OpenMoment = Annotated[_None | Annotated[MomentText, Tag("(text)")], Discriminator(_none_or_text)]
OpenDistance = Annotated[_None | Annotated[DistanceText, Tag("(text)")], Discriminator(_none_or_text)]


class Entry(Part):
    """A piece that may carry a note for the reader."""

    note: Words | None = None

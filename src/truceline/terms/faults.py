"""What the document's classes refuse, told in plain sentences: never in the words of the library beneath."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Tag
from pydantic_core import ErrorDetails

from truceline.terms.model import Document
from truceline.terms.trouble import Steps, Trouble, guess, shown

__all__ = ["form_trouble", "keys_at"]

_MISSING = {
    "plus": "say on which side of the line offsets are positive: 'plus: east'",
    "source": "name what it rests on: 'source: s.name', or 'source: memory' where that is still to be found",
    "in": "list the members that are surely in: 'in: [...]'",
    "holder": "say whose reading it is: 'holder: ...'",
    "truceline": "start the file with 'truceline: 1'",
    "class": "add 'class: cessation', 'preliminary', 'definitive' or 'other'",
}
_NAMES = {
    "grade": "write a grade from A1 to F6",
    "id": "use lower-case letters, digits and '-', such as 'river-2031'",
    "source": "write a source's name as 's.name', or 'memory'",
    "sources": "write a source's name as 's.name'",
    "of": "write a source's name as 's.name'",
}
_KINDS = {
    "model_type": "a mapping (key: value)",
    "dict_type": "a mapping (key: value)",
    "tuple_type": "a list ([a, b])",
    "string_type": "words",
    "too_short": "at least one entry",
    "too_long": "one entry alone",
}
_UNREAD = {"distance": "TL-E012", "moment": "TL-E013", "size": "TL-E060"}


def form_trouble(error: ErrorDetails) -> Trouble:
    """Say in a sentence what one refused value is and what to write instead."""
    steps: Steps = tuple(step for step in error["loc"] if not _is_tag(step) and step != "[key]")
    tell = _TOLD.get(error["type"], _misplaced)
    return tell(error, steps, next((step for step in reversed(steps) if isinstance(step, str)), "the file"))


def _is_tag(step: Any) -> bool:
    """Say whether a step of the path is the name of a form (see `by_kind`) and not a key of the file."""
    return isinstance(step, str) and step.startswith("(")


def _unknown_key(error: ErrorDetails, steps: Steps, last: str) -> Trouble:
    known = keys_at(error["loc"][:-1])
    meant = guess(last, known)
    remedy = f"did you mean '{meant}'?" if meant else f"the keys here are {', '.join(known)}"
    return Trouble(steps, "TL-E003", f"unknown key {shown(last)}", remedy, key=True)


def _missing(_: ErrorDetails, steps: Steps, last: str) -> Trouble:
    code = "TL-E017" if last == "source" else "TL-E007"
    return Trouble(steps[:-1], code, f"'{last}' is missing", _MISSING.get(last, f"add '{last}: ...'"))


def _unread(error: ErrorDetails, steps: Steps, _: str) -> Trouble:
    return Trouble(steps, _UNREAD[error["type"]], error["ctx"]["what"], error["ctx"]["remedy"])


def _not_among(error: ErrorDetails, steps: Steps, last: str) -> Trouble:
    value, expected = error["input"], error["ctx"]["expected"]
    choices = expected.replace(" or ", ", ").replace("'", "").split(", ")
    meant = guess(value, choices) if isinstance(value, str) else None
    remedy = f"did you mean '{meant}'?" if meant else f"write {expected}"
    return Trouble(steps, "TL-E010", f"{shown(value)} is not a word for '{last}'", remedy)


def _no_name(error: ErrorDetails, steps: Steps, _: str) -> Trouble:
    is_key = error["loc"][-1] == "[key]"
    words = [str(step) for step in steps if isinstance(step, str)]
    remedy = _NAMES.get(words[-2] if is_key else words[-1], "use letters, digits and '_', starting with a letter")
    return Trouble(steps, "TL-E011", f"{shown(error['input'])} is not a name", remedy, key=is_key)


def _no_number(error: ErrorDetails, steps: Steps, last: str) -> Trouble:
    wanted = error["msg"]
    if error["type"] == "greater_than_equal":
        wanted = f"a whole number, {error['ctx']['ge']} or more"
    return Trouble(steps, "TL-E014", f"{shown(error['input'])} does not fit '{last}'", f"write {wanted}")


def _wrong_length(error: ErrorDetails, steps: Steps, last: str) -> Trouble:
    limits = f"write between 1 and {error['ctx'].get('max_length', 2000)} characters"
    return Trouble(steps, "TL-E015", f"{shown(last)} is empty or too long", limits, key=error["loc"][-1] == "[key]")


def _misplaced(error: ErrorDetails, steps: Steps, last: str) -> Trouble:
    wanted = _KINDS.get(error["type"], error["msg"])
    return Trouble(steps, "TL-E008", f"{shown(error['input'])} cannot stand at {shown(last)}", f"write {wanted}")


_TOLD: dict[str, Callable[[ErrorDetails, Steps, str], Trouble]] = {
    "extra_forbidden": _unknown_key,
    "missing": _missing,
    "distance": _unread,
    "moment": _unread,
    "size": _unread,
    "literal_error": _not_among,
    "string_pattern_mismatch": _no_name,
    "number": _no_number,
    "flag": _no_number,
    "greater_than_equal": _no_number,
    "string_too_short": _wrong_length,
    "string_too_long": _wrong_length,
}


def keys_at(loc: Sequence[int | str]) -> list[str]:
    """List the keys that the language knows at a path of the document.

    >>> keys_at(["provisions", "ceasefire", "when"])
    ['by', 'from', 'note', 'until']
    """
    kinds: list[Any] = [Document]
    for step in loc:
        kinds = [below for kind in kinds for below in _below(kind, step)]
    models = (model for kind in kinds for model in _models(kind))
    return sorted({field.alias or name for model in models for name, field in model.model_fields.items()})


def _below(kind: Any, step: int | str) -> Iterator[Any]:
    """Follow one step from a type to the types that may stand there."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield from (field.annotation for name, field in kind.model_fields.items() if (field.alias or name) == step)
        return
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        tag = next((part.tag for part in parts[1:] if isinstance(part, Tag)), None)
        if _is_tag(step) and tag is not None:
            yield from [parts[0]] if tag == step else []
        else:
            yield from _below(parts[0], step)
    elif origin in (Union, types.UnionType):
        yield from (below for part in parts for below in _below(part, step))
    elif origin is dict:
        yield parts[1]
    elif origin is tuple:
        yield parts[0]


def _models(kind: Any) -> Iterator[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    elif get_origin(kind) is Annotated:
        yield from _models(get_args(kind)[0])
    elif get_origin(kind) in (Union, types.UnionType):
        yield from (model for part in get_args(kind) for model in _models(part))

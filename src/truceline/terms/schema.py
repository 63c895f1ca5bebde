"""The JSON Schema of the language, drawn from the same classes that the loader validates with.

An editor reads YAML 1.2 and types it; the schema therefore says integer and boolean where the loader
reads the string as written. What needs the rest of the file (references, circles) is not in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from pydantic import TypeAdapter

from truceline.basics.size import CalibreText, RangeText
from truceline.terms.base import DistanceText, MomentText, Words
from truceline.terms.model import Document

__all__ = ["SCHEMA_ID", "json_schema"]

SCHEMA_ID: Final = "https://truceline.org/schema/terms-1.json"

# What is kept as written may be anything but nothing: a key without a value is a fault.
_FREE: Final = {
    "anyOf": [
        {"type": ["string", "number", "boolean"]},
        {"type": "array", "items": {"$ref": "#/$defs/Free"}},
        {"type": "object", "additionalProperties": {"$ref": "#/$defs/Free"}},
    ]
}
_SHARED: Final[Mapping[str, Any]] = {
    "Distance": TypeAdapter(DistanceText).json_schema(),
    "Calibre": TypeAdapter(CalibreText).json_schema(),
    "Range": TypeAdapter(RangeText).json_schema(),
    "Moment": TypeAdapter(MomentText).json_schema(),
    "Words": TypeAdapter(Words).json_schema(),
    "Free": _FREE,
}

Schema = dict[str, Any]


def json_schema() -> Schema:
    """Give the JSON Schema of a terms file, draft 2020-12.

    >>> schema = json_schema()
    >>> schema["$defs"]["Provision"]["required"]
    ['who', 'what', 'source']
    >>> schema["properties"]["truceline"]["const"]
    1
    """
    schema = _every(Document.model_json_schema(), lambda part: _without_null(_closed(_untitled(_hoisted(part)))))
    definitions = {**schema.pop("$defs"), **_SHARED}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **schema,
        "title": "Truceline terms",
        "$defs": dict(sorted(definitions.items())),
    }


def _every(part: Any, change: Callable[[Schema], Schema]) -> Any:
    """Change every mapping of a schema, from the inside out."""
    if isinstance(part, list):
        return [_every(item, change) for item in part]
    if isinstance(part, dict):
        return change({key: _every(value, change) for key, value in part.items()})
    return part


def _hoisted(part: Schema) -> Schema:
    """Refer to the shared definitions, which are long and stand in many places."""
    name = part.get("x-name", part.get("title"))
    if not isinstance(name, str) or name not in _SHARED:
        return part
    own = {key: part[key] for key in ("description", "default") if key in part}
    return {"$ref": f"#/$defs/{name}", **{key: own[key] for key in own if own[key] != _SHARED[name].get(key)}}


def _untitled(part: Schema) -> Schema:
    """Drop the titles that only repeat the key: an editor shows the description."""
    properties = part.get("properties")
    if not isinstance(properties, dict):
        return part
    plain = {name: {key: value for key, value in entry.items() if key != "title"} for name, entry in properties.items()}
    return {**part, "properties": plain}


def _closed(part: Schema) -> Schema:
    """Refuse the keys that no pattern matches, as the loader does; and let a value fit several forms."""
    if "patternProperties" in part:
        part = {**part, "additionalProperties": False}
    if "oneOf" in part and not any("required" in form for form in part["oneOf"]):
        part = {"anyOf": part["oneOf"], **{key: value for key, value in part.items() if key != "oneOf"}}
    return part


def _without_null(part: Schema) -> Schema:
    """Drop null: a key that may be left out is not a key that may be empty."""
    if part.get("default", 0) is None:
        part = {key: value for key, value in part.items() if key != "default"}
    forms = [form for form in part.get("anyOf", ()) if form != {"type": "null"}]
    if len(forms) == 1:
        return {**forms[0], **{key: value for key, value in part.items() if key != "anyOf"}}
    return {**part, "anyOf": forms} if forms else part

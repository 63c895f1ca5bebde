"""A tree of a file validated: the document that it is, and all faults with their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from pydantic import ValidationError

from truceline.terms.faults import form_trouble
from truceline.terms.model import Document
from truceline.terms.names import Names
from truceline.terms.node import Node, Place
from truceline.terms.readings import Patch, patch_of
from truceline.terms.resolve import troubles_of
from truceline.terms.trouble import Trouble, shown

__all__ = ["Located", "checked", "located", "of_patch", "text_of"]

_EMPTY = ("", "~", "null", "Null", "NULL")  # what YAML 1.2 takes for nothing
_HEADING = {"id": "unnamed", "title": "unnamed", "class": "other"}
_MOST_FAULTS = 1000
_REQUIRED = ("instruments", "parties", "provisions", "sources")
_LABELS = {"readings": "under the reading", "amendments": "with the amendment"}

Located = tuple[Place, Trouble]


def text_of(root: Node) -> Node:
    """Give the text without its readings and amendments, which no patch can change."""
    return replace(root, value={key: node for key, node in root.entries.items() if key not in _LABELS})


def checked(root: Node, *, is_text: bool = False) -> tuple[Document | None, list[Located]]:
    """Validate a tree; where its form is wrong there is no document, but the sound entries are resolved.

    `is_text` is true for the file as it was written.
    """
    found = list(_valueless(root)) if is_text else []
    places = {place for place, _ in found}
    data = root.plain()
    document, errors = _validated(data)
    form = list(located(root, (form_trouble(error) for error in errors)))
    found.extend(item for item in form if item[0] not in places)
    sound = document if document is not None else _validated(_without(data, errors))[0]
    if sound is not None:
        troubles = troubles_of(sound, Names.of(root), is_text=is_text)
        found.extend(located(root, islice(troubles, _MOST_FAULTS)))
    return (None if found else document), found


def _validated(data: Any) -> tuple[Document | None, list[Any]]:
    try:
        return Document.model_validate(data), []
    except ValidationError as error:
        return None, error.errors(include_url=False)


def _without(data: Any, errors: Iterable[Any]) -> Any:
    """Leave out the entries with faults, so that the others can still be resolved."""
    if not isinstance(data, dict):
        return data
    left = {key: dict(value) if isinstance(value, dict) else value for key, value in data.items()}
    for section, *rest in (error["loc"] for error in errors):
        entries = left.get(section)
        if rest and isinstance(entries, dict) and section not in ("agreement", "term"):
            entries.pop(rest[0], None)
        else:
            left.pop(section, None)
    return {"truceline": "1", "agreement": _HEADING, **{key: {} for key in _REQUIRED}, **left}


def _valueless(root: Node) -> Iterator[Located]:
    for steps, node in root.walk():
        if isinstance(node.value, str) and not node.quoted and node.value in _EMPTY:
            last = shown(str(steps[-1])) if steps else "the file"
            yield node.place, Trouble(steps, "TL-E009", f"{last} has no value", "write one, or delete the key")


def located(root: Node, troubles: Iterable[Trouble]) -> Iterator[Located]:
    """Give each trouble its place in the file."""
    for trouble in troubles:
        yield root.nearest(trouble.steps, key=trouble.key), trouble


def of_patch(root: Node, patch: Patch, found: Iterable[Located], told: Iterable[Located]) -> Iterator[Located]:
    """Keep the faults that a patch brings about, at its own place where they would point elsewhere."""
    known, empty = set(), set()
    for place, trouble in told:
        known.add((place, trouble.code, trouble.what))
        if trouble.code == "TL-E009":
            empty.add(place)
    section, name = patch
    node = patch_of(root, patch)
    inside = {below.place for _, below in node.walk()} | {p for _, below in node.walk() for p in below.keys.values()}
    for place, trouble in found:
        if (place, trouble.code, trouble.what) not in known and place not in empty:
            at = place if place in inside else root.nearest(patch, key=True)
            yield at, trouble._replace(what=f"{_LABELS[section]} '{name}': {trouble.what}")

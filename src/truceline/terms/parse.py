"""Tree -> agreement: the text and every reading of it validated; all faults at once, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from pydantic import ValidationError

from truceline.errors import Fault, TermsError
from truceline.terms.agreement import Agreement
from truceline.terms.faults import form_trouble
from truceline.terms.model import Document
from truceline.terms.names import Names
from truceline.terms.node import Node, Place
from truceline.terms.readings import patched, reading_of
from truceline.terms.resolve import troubles_of
from truceline.terms.trouble import Trouble, shown

__all__ = ["read"]

_EMPTY = ("", "~", "null", "Null", "NULL")  # what YAML 1.2 takes for nothing
_HEADING = {"id": "unnamed", "title": "unnamed", "class": "other"}
_MOST_WORK = 300_000  # values times readings; the largest agreement we know has 20 000
_MOST_FAULTS = 1000
_REQUIRED = ("instruments", "parties", "provisions", "sources")

Located = tuple[Place, Trouble]


def read(root: Node, name: str) -> Agreement:
    """Read an agreement from the tree of its file.

    Parameters
    ----------
    root : Node
        The file, every scalar a string as written.
    name : str
        The file's name as it shall stand in faults.

    Raises
    ------
    TermsError
        With every fault of the text and of all its readings, in the order of the file.
    """
    document, found = _checked(root, is_text=True)
    documents: dict[str | None, Document | None] = {None: document}
    section = root.child("readings")
    readings = section.entries if section else {}
    _refuse_too_much(root, [reading for reading in readings if _is_patch(root, reading)], name)
    for reading in readings:
        documents[reading] = document
        if _is_patch(root, reading):
            after, troubles = patched(root, reading)
            text, further = _checked(_text_of(after))
            documents[reading] = text.model_copy(update={"readings": document.readings}) if text and document else None
            found.extend([*_located(root, troubles), *_of_reading(root, reading, further, found)])
    if found:
        ordered = sorted(dict.fromkeys(found), key=lambda item: (item[0], item[1].code))
        raise TermsError(Fault(f"{name}:{line}:{col}", t.code, t.what, t.remedy) for (line, col), t in ordered)
    return Agreement(name, root, {key: text for key, text in documents.items() if text is not None})


def _text_of(root: Node) -> Node:
    """Give the text without its readings, which no reading can change."""
    return replace(root, value={key: node for key, node in root.entries.items() if key != "readings"})


def _is_patch(root: Node, reading: str) -> bool:
    """Say whether the reading changes the text at all; one of a wrong form is told with the text's own faults."""
    verbs = [reading_of(root, reading).child(verb) for verb in ("set", "add")]
    return any(verb is not None and verb.entries for verb in verbs)


def _refuse_too_much(root: Node, readings: Sequence[str], name: str) -> None:
    """Refuse a file that would take long: the whole text is checked once under each reading."""
    if sum(1 for _ in _text_of(root).walk()) * len(readings) > _MOST_WORK:
        line, col = root.nearest(("readings",), key=True)
        what, remedy = f"{len(readings)} readings of so long a text", "split the agreement into several files"
        raise TermsError([Fault(f"{name}:{line}:{col}", "TL-E006", what, remedy)])


def _checked(root: Node, *, is_text: bool = False) -> tuple[Document | None, list[Located]]:
    """Validate a tree; where its form is wrong there is no document, but the sound entries are resolved."""
    found = list(_valueless(root)) if is_text else []
    places = {place for place, _ in found}
    data = root.plain()
    document, errors = _validated(data)
    form = list(_located(root, (form_trouble(error) for error in errors)))
    found.extend(item for item in form if item[0] not in places)
    sound = document if document is not None else _validated(_without(data, errors))[0]
    if sound is not None:
        troubles = troubles_of(sound, Names.of(root), is_text=is_text)
        found.extend(_located(root, islice(troubles, _MOST_FAULTS)))
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


def _located(root: Node, troubles: Iterable[Trouble]) -> Iterator[Located]:
    for trouble in troubles:
        yield root.nearest(trouble.steps, key=trouble.key), trouble


def _of_reading(root: Node, reading: str, found: Iterable[Located], told: Iterable[Located]) -> Iterator[Located]:
    """Keep the faults that the reading brings about, at its own place where they would point elsewhere."""
    known = {(place, trouble.code, trouble.what) for place, trouble in told}
    empty = {place for place, trouble in told if trouble.code == "TL-E009"}
    node = reading_of(root, reading)
    inside = {below.place for _, below in node.walk()} | {p for _, below in node.walk() for p in below.keys.values()}
    for place, trouble in found:
        if (place, trouble.code, trouble.what) not in known and place not in empty:
            at = place if place in inside else root.nearest(("readings", reading), key=True)
            yield at, trouble._replace(what=f"under the reading '{reading}': {trouble.what}")

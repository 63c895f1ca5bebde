"""In which words two versions of a clause differ, and where both are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from truceline.terms import where as written
from truceline.terms.base import Part, names_in
from truceline.terms.model import Document, Provision
from truceline.terms.node import Node
from truceline.terms.node_changes import Change, node_changes, shape_changes
from truceline.terms.versions import Version, reached
from truceline.terms.wording import (
    away_words,
    baseline_words,
    condition_words,
    exception_words,
    limit_words,
    line_words,
    scope_words,
    what_words,
    when_words,
    where_words,
    who_words,
)

__all__ = ["Change", "changes_in", "changes_of_all", "differ_beside"]


Words = Callable[[Provision, Document], str]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the sentence: its field, its key in the file, what holds it, and how it is told."""

    field: str
    key: str
    attributes: tuple[str, ...]
    words: Words


def _conditions(attribute: str) -> Words:
    return lambda one, text: ", ".join(condition_words(each, text) for each in names_in(getattr(one, attribute)))


def _titled(attribute: str, section: str, before: str) -> Words:
    """Name entries of a section by title."""

    def told(one: Provision, text: Document) -> str:
        entries = getattr(text, section)
        names = names_in(getattr(one, attribute))
        titles = [(entries[name].title if name in entries else None) or name for name in names]
        return f"{before} {', '.join(titles)}" if titles else ""

    return told


def _plainly(attribute: str) -> Words:
    def told(one: Provision, _: Document) -> str:
        value = getattr(one, attribute)
        return "" if value is None else ", ".join(value) if isinstance(value, tuple) else str(value)

    return told


_LIMIT = ("at_most", "at_least", "trend", "to")
_PIECES = (
    _Piece("subject", "who", ("who",), lambda one, text: who_words(one.who, text)),
    _Piece("subject", "each_side", ("each_side",), lambda one, _: "each side by itself" if one.each_side else ""),
    _Piece("subject", "through", ("through",), _titled("through", "parties", "to be brought about by")),
    _Piece("act", "what", ("what",), lambda one, _: what_words(one.what)),
    _Piece("ground", "where", (), lambda *_: ""),  # told part by part
    _Piece("ground", "baseline", ("baseline",), baseline_words),
    _Piece("date", "when", ("when",), lambda one, _: when_words(one.when)),
    _Piece("date", "under", ("under",), _titled("under", "instruments", "under")),
    _Piece("limit", "at_most", _LIMIT, lambda one, _: limit_words(one) + ("" if one.to is None else f" to {one.to}")),
    _Piece("exception", "except", ("except_",), lambda one, text: exception_words(one.except_, text)),
    _Piece("condition", "if", ("if_",), _conditions("if_")),
    _Piece("condition", "after", ("after",), _conditions("after")),
    _Piece("condition", "together_with", ("together_with",), _conditions("together_with")),
    _Piece("verify", "verify", ("verify",), lambda one, text: who_words(one.verify or (), text)),
    *(
        _Piece(key, key, (key,), _plainly(key))
        for key in ("title", "words", "monitorable", "because", "proxy", "reserves", "source", "note")
    ),
)  # fmt: skip
_FIELDS = {
    "sets": "subject", "actors": "subject", "parties": "subject", "sides": "subject", "things": "act", "models": "act",
    "zones": "ground", "areas": "ground", "lines": "line", "conditions": "condition", "instruments": "date",
}  # fmt: skip


def changes_in(name: str, one: Version, other: Version) -> tuple[Change, ...]:
    """List in what a clause that both versions have differs: its own words first, then those that it rests on.

    The changes from `other` to `one` are the same with both sides swapped.
    """
    found = [*_denial(name, one, other), *_own(name, one, other)]
    told = {change.path for change in found}
    found += [change for change in _below(name, one, other) if change.path not in told]
    return tuple(found)


def changes_of_all(one: Version, other: Version) -> tuple[Change, ...]:
    """List what differs and concerns every clause: how long the deal holds, its zone of time, the end of a reading."""
    found = [*node_changes("date", "term", one, other), *node_changes("deal", "agreement", one, other)]
    if (one.reading is not None or other.reading is not None) and _until(one) != _until(other):
        found.append(Change("date", "until", _until(one), _until(other), _at_reading(one), _at_reading(other)))
    return tuple(found)


def differ_beside(one: Version, other: Version) -> tuple[str, ...]:
    """List the entries that differ, or that only one has, in all sections but the clauses, as dotted paths."""
    sections = [name for name in Document.model_fields if name not in ("truceline", "agreement", "provisions", "term")]
    return tuple(path for section in sections for path in _apart(section, one.tree, other.tree))


def _apart(section: str, one: Node, other: Node) -> Iterator[str]:
    mine, theirs = one.child(section), other.child(section)
    if (mine.plain() if mine else None) == (theirs.plain() if theirs else None):
        return
    before, after = (node.entries if node else {} for node in (mine, theirs))
    if not before and not after:
        yield section
    for name in {**before, **after}:
        pair = [node.plain() if (node := entries.get(name)) else None for entries in (before, after)]
        if pair[0] != pair[1]:
            yield f"{section}.{name}"


def _until(version: Version) -> str:
    until = version.reading.until if version.reading else None
    return "" if until is None else f"until {until}"


def _at_reading(version: Version) -> str:
    return version.at("readings" if version.under is None else f"readings.{version.under}")


def _denial(name: str, one: Version, other: Version) -> Iterator[Change]:
    before, after = _denied(name, one), _denied(name, other)
    if before != after:
        yield Change("denial", f"provisions.{name}", before, after, _at_denial(name, one), _at_denial(name, other))


def _denied(name: str, version: Version) -> str:
    reading = version.reading
    if reading is None or name not in (reading.denies or ()):
        return "stands"
    return f"denied as to {scope_words(reading, version.text)}" if reading.scope else "denied"


def _at_denial(name: str, version: Version) -> str:
    denied = _denied(name, version) != "stands"
    return version.at(f"readings.{version.under}.denies" if denied else f"provisions.{name}")


def _own(name: str, one: Version, other: Version) -> Iterator[Change]:
    mine, theirs = one.text.provisions[name], other.text.provisions[name]
    for piece in _PIECES:
        path = f"provisions.{name}.{piece.key}"
        if piece.key == "where":
            yield from _where(path, mine.where, theirs.where, one, other)
        elif any(getattr(mine, each) != getattr(theirs, each) for each in piece.attributes):
            keys = [each for each in piece.attributes if getattr(mine, each) != getattr(theirs, each)]
            places = (_at(version, f"provisions.{name}", (piece.key, *keys)) for version in (one, other))
            words = piece.words(mine, one.text), piece.words(theirs, other.text)
            yield Change(piece.field, path, *words, *places)


def _at(version: Version, path: str, keys: tuple[str, ...]) -> str:
    """Find where one of some keys is written, else the entry itself."""
    paths = (f"{path}.{key}" for key in keys)
    return version.at(next((one for one in paths if version.tree.find(one) is not None), path))


Ground = written.Where | None


def _where(path: str, mine: Ground, theirs: Ground, one: Version, other: Version) -> Iterator[Change]:
    """Tell ground part by part where both are a band along a line; of an area the distance alone; else as a whole."""
    (here, before), (there, after) = _resolved(path, mine, one.text), _resolved(path, theirs, other.text)
    if _bare(before) == _bare(after):
        return
    path = here if here == there else path  # a zone that several clauses share is one difference
    if isinstance(before, written.Band) and isinstance(after, written.Band) and before.air == after.air:
        yield from _bands(path, (here, before, one), (there, after, other))
    elif isinstance(before, written.Around) and isinstance(after, written.Around) and _as_far(before, after):
        words = away_words(before.away), away_words(after.away)
        yield Change("depth", f"{path}.away", *words, _at(one, here, ("away",)), _at(other, there, ("away",)))
    else:
        words = where_words(before, one.text), where_words(after, other.text)
        yield Change("ground", path, *words, one.at(here), other.at(there))


def _as_far(before: written.Around, after: written.Around) -> bool:
    """Say whether two grounds round areas differ in the distance alone."""
    return all(getattr(before, key) == getattr(after, key) for key in ("around", "unsure", "belt", "air"))


def _resolved(path: str, where: Ground, text: Document) -> tuple[str, Ground]:
    """Follow the name of a zone to its ground, and to the path at which that is written."""
    seen: set[str] = set()
    while isinstance(where, str) and where in text.zones and where not in seen:
        seen.add(where)
        path, where = f"zones.{where}", text.zones[where]
    return path, where


def _bare(where: Ground) -> Any:
    """Leave out of a ground what says nothing of where it is."""
    hidden = {"note", "source"} & set(type(where).model_fields) if isinstance(where, Part) else set()
    return where.model_copy(update=dict.fromkeys(hidden)) if isinstance(where, Part) else where


_Placed = tuple[str, written.Band, Version]


def _bands(path: str, mine: _Placed, theirs: _Placed) -> Iterator[Change]:
    parts: tuple[tuple[str, tuple[str, ...], Callable[[written.Band, Document], str]], ...] = (
        ("line", ("line",), lambda band, text: line_words(band.line, text)),
        ("depth", ("away", "sectors"), lambda band, _: _depth_words(band)),
        ("ends", ("ends", "both_sides"), lambda band, _: _ends_words(band)),
    )
    (here, before, one), (there, after, other) = mine, theirs
    for field, keys, words in parts:
        if any(getattr(before, key) != getattr(after, key) for key in keys):
            told = words(before, one.text), words(after, other.text)
            yield Change(field, f"{path}.{keys[0]}", *told, _at(one, here, keys), _at(other, there, keys))


def _depth_words(band: written.Band) -> str:
    if band.away is not None:
        return away_words(band.away)
    return "; ".join(_sector_words(each) for each in band.sectors or ())


def _sector_words(sector: written.Sector) -> str:
    begin = f" from {sector.from_}" if sector.from_ is not None else ""
    until = f" until {sector.until}" if sector.until is not None else ""
    return f"{away_words(sector.away)}{begin}{until}"


def _ends_words(band: written.Band) -> str:
    ends = f"{band.ends} ends" if band.ends else "ends not stated"
    return f"{ends}, both sides" if band.both_sides else ends


def _below(name: str, one: Version, other: Version) -> Iterator[Change]:
    """Tell what differs in the entries that the clause rests on in both versions."""
    for section, entry in dict.fromkeys((*reached(one, name), *reached(other, name))):
        yield from _entry(section, entry, one, other)


def _entry(section: str, name: str, one: Version, other: Version) -> Iterator[Change]:
    path = f"{section}.{name}"
    if section == "zones" and name in one.text.zones and name in other.text.zones:
        yield from _where(path, one.text.zones[name], other.text.zones[name], one, other)
        return
    field = _FIELDS.get(section, section)
    found = list(node_changes(field, path, one, other))
    yield from found or shape_changes(field, path, one, other)

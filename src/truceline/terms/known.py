"""A document as it was known by the end of a day: what rests on nothing known by then is left out or left open."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TypeVar

from pydantic import BaseModel

from truceline.basics.time import Moment, Span
from truceline.terms.anchors import anchors_of
from truceline.terms.base import names_in
from truceline.terms.courses import courses_in
from truceline.terms.covers import Cover
from truceline.terms.model import (
    Area,
    Demand,
    Document,
    Line,
    Member,
    Membership,
    Party,
    Provision,
    Reading,
    Spell,
    Term,
)
from truceline.terms.parts import parts_of
from truceline.terms.sources import is_known, without_date
from truceline.terms.timed import Condition, Waiver, excepted_names, waivers_of
from truceline.terms.where import AllOf, AnyOf, ExceptFor, Where

__all__ = ["amendments_known", "as_known", "drawn", "gone", "undated", "undrawn"]

T = TypeVar("T")
Ruling = TypeVar("Ruling", Provision, Demand)

NOT_YET = "ground that was described later"
"""The words in the place of ground that was not described yet."""
RESTING = (
    "parties", "sets", "models", "areas", "lines", "zones", "conditions", "provisions", "amendments", "readings",
    "demands", "stances", "mechanism", "term",
)  # fmt: skip
"""The sections of a document whose entries rest on sources."""


def as_known(document: Document, day: Span) -> Document:
    """Give the document as known by the end of a day; its readings deny and keep only what was known."""
    standing = _on_known_ground(_known_part(document.provisions, document, day), document, day)
    provisions = {name: _excepting(provision, document, day) for name, provision in standing.items()}
    readings = _known_part(document.readings, document, day)
    parts = {
        "parties": {name: _consenting(party, document, day) for name, party in document.parties.items()},
        "sets": {name: _membership(chosen, document, day) for name, chosen in document.sets.items()},
        "term": _term(document, day),
        "conditions": {name: _condition(one, document, day) for name, one in document.conditions.items()},
        "models": _known_part(document.models, document, day),
        "areas": {name: _area(area, document, day) for name, area in document.areas.items()},
        "lines": {name: _line(line, document, day) for name, line in document.lines.items()},
        "zones": {name: _ground(zone, document, day) for name, zone in document.zones.items()},
        "provisions": provisions,
        "readings": {name: _denying_only(provisions, reading) for name, reading in readings.items()},
        "demands": _on_known_ground(_known_part(document.demands, document, day), document, day),
        "stances": tuple(stance for stance in document.stances if is_known(document, stance.source, day)),
        "mechanism": _known_part(document.mechanism, document, day),
        "covers": {topic: _cover(cover, document, day) for topic, cover in document.covers.items()},
    }
    return document.model_copy(update=parts)


def amendments_known(document: Document, day: Span) -> frozenset[str]:
    """Name the amendments that were known by the end of a day: told by then, and agreed no later."""
    told = _known_part(document.amendments, document, day)
    return frozenset(name for name, one in told.items() if _is_agreed(one.agreed, document, day))


def _is_agreed(agreed: Moment | None, document: Document, day: Span) -> bool:
    """Say whether something was agreed by the end of a day, or may have been."""
    anchors = anchors_of(document)
    if agreed is None or (agreed.anchor is not None and agreed.anchor not in anchors):
        return True
    return agreed.span(document.agreement.zone, anchors).start_us < day.end_us


def _term(document: Document, day: Span) -> Term | None:
    """Leave out a term that was told later, and the renewals that were told or agreed later."""
    term = document.term
    if term is None or not is_known(document, term.source, day):
        return None
    renewed = tuple(
        one for one in term.renewed
        if is_known(document, one.source, day) and _is_agreed(one.agreed, document, day)
    )  # fmt: skip
    return term if renewed == term.renewed else term.model_copy(update={"renewed": renewed})


def _condition(condition: Condition, document: Document, day: Span) -> Condition:
    """Leave out what was told of a condition later: nobody could tell then whether it was met."""
    told = tuple(one for one in condition.is_ if is_known(document, one.source or condition.source, day))
    return condition if told == condition.is_ else condition.model_copy(update={"is_": told})


def _excepting(provision: Provision, document: Document, day: Span) -> Provision:
    """Leave out the exceptions that were told later."""
    waivers = waivers_of(provision.except_)
    known = [_waiver(one, document, day) for one in waivers if is_known(document, one.source, day)]
    if known == list(waivers):
        return provision
    return provision.model_copy(update={"except_": (*excepted_names(provision.except_), *known)})


def _waiver(waiver: Waiver, document: Document, day: Span) -> Waiver:
    ground = _ground(waiver.where, document, day)
    return waiver if ground == waiver.where else waiver.model_copy(update={"where": ground})


def _known_part(entries: Mapping[str, T], document: Document, day: Span) -> dict[str, T]:
    return {name: entry for name, entry in entries.items() if is_known(document, getattr(entry, "source", None), day)}


def _on_known_ground(entries: Mapping[str, Ruling], document: Document, day: Span) -> dict[str, Ruling]:
    return {
        name: entry.model_copy(update={"where": _ground(entry.where, document, day)}) for name, entry in entries.items()
    }


def _ground(where: Where | None, document: Document, day: Span) -> Where | None:
    """Leave words in the place of ground that nobody had described yet: nobody could draw it."""
    if where is None or isinstance(where, str):
        return where
    if isinstance(where, AnyOf):
        return where.model_copy(update={"any": tuple(_ground(part, document, day) for part in where.any)})
    if isinstance(where, AllOf):
        return where.model_copy(update={"all": tuple(_ground(part, document, day) for part in where.all)})
    if isinstance(where, ExceptFor):
        parts = {"of": _ground(where.of, document, day), "but_not": _ground(where.but_not, document, day)}
        return where.model_copy(update=parts)
    return where if is_known(document, where.source, day) else NOT_YET


def _area(area: Area, document: Document, day: Span) -> Area:
    return area if is_known(document, area.source, day) else area.model_copy(update={"geometry": "undisclosed"})


def _line(line: Line, document: Document, day: Span) -> Line:
    """Take a line by a later source for undisclosed; of one that was known, leave out the courses told later."""
    if not is_known(document, line.source, day):
        hidden = dict.fromkeys(("one_of", "versions", "replaces", "moving", "places"))
        return line.model_copy(update={**hidden, "geometry": "undisclosed"})
    told = tuple(one for one in line.versions or () if is_known(document, getattr(one, "source", None), day))
    return line if told == (line.versions or ()) else line.model_copy(update={"versions": told or None})


def drawn(texts: Iterable[Document]) -> set[str]:
    """List the lines and areas that some text has, as ``lines.NAME`` and ``areas.NAME``."""
    return {path for text in texts for path, _ in _courses(text)}


def undrawn(texts: Iterable[Document], day: Span) -> set[str]:
    """List the lines and areas whose course rests, in some text, on nothing known by the end of a day."""
    return {path for text in texts for path, one in _courses(text) if not is_known(text, one.source, day)}


def _courses(text: Document) -> Iterator[tuple[str, Line | Area]]:
    yield from ((f"lines.{course.name}", course.line) for _, course in courses_in(text))
    yield from ((f"areas.{name}", area) for name, area in text.areas.items())


def _consenting(party: Party, document: Document, day: Span) -> Party:
    return party if is_known(document, party.consent, day) else party.model_copy(update={"consent": None})


def _cover(cover: Cover, document: Document, day: Span) -> Cover:
    """Take for unknown what a text has on a topic by a later source."""
    return cover if is_known(document, cover.source, day) else Cover.model_validate({"is": "unknown"})


def _membership(chosen: Membership, document: Document, day: Span) -> Membership:
    """Make unsure whose membership was not known yet: what cannot be told is not told from its later bounds."""
    known = is_known(document, chosen.source, day)

    def is_told(member: Member) -> bool:
        return known and not (isinstance(member, Spell) and not is_known(document, member.source, day))

    members = (*chosen.in_, *chosen.unsure)
    untold = (member.who if isinstance(member, Spell) else member for member in members if not is_told(member))
    told = {"in_": tuple(filter(is_told, chosen.in_)), "unsure": tuple(filter(is_told, chosen.unsure))}
    unsure = (*told["unsure"], *dict.fromkeys(untold))
    return chosen.model_copy(update={**told, "unsure": unsure})


def _denying_only(provisions: Container[str], reading: Reading) -> Reading:
    denies = reading.denies and tuple(name for name in reading.denies if name in provisions)
    return reading.model_copy(update={"denies": denies})


def gone(before: Mapping[str | None, Document], after: Mapping[str | None, Document]) -> tuple[str, ...]:
    """List what is missing in the kept documents, as paths in the order of the file."""
    gone = [f"readings.{name}" for name in before if name is not None and name not in after]
    for section in ("provisions", "demands", "mechanism"):
        there = {name: None for reading in after for name in getattr(before[reading], section)}
        left = {name for text in after.values() for name in getattr(text, section)}
        gone += [f"{section}.{name}" for name in there if name not in left]
    pairs = [(before[name], text) for name, text in after.items()]
    gone += dict.fromkeys(path for was, now in pairs for path in _unsaid(was, now))
    stances = before[None].stances
    return (*gone, *(f"stances.{index}" for index, one in enumerate(stances) if one not in after[None].stances))


def undated(texts: Iterable[Document]) -> tuple[str, ...]:
    """List the sources without any date on which something in some text rests, in the order of the file.

    ``memory``, which is no source of the file, comes last.
    """
    every = list(texts)
    found = {name for text in every for name in without_date(text, dict.fromkeys(_cited(text)))}
    order = dict.fromkeys(name for text in every for name in text.sources)
    return tuple(name for name in (*order, *found.difference(order)) if name in found)


def _cited(text: Document) -> Iterator[str]:
    """Go through the sources that decide whether something was known; those in `said_otherwise` never do."""
    for section in RESTING:
        entries = (vars(part) for _, part in parts_of(getattr(text, section)) if isinstance(part, BaseModel))
        yield from (name for said in entries for field in ("source", "consent") for name in names_in(said.get(field)))


def _unsaid(was: Document, now: Document) -> Iterator[str]:
    """List the entries that lost a part and are still there."""
    yield from (f"parties.{name}.consent" for name, party in was.parties.items() if party != now.parties[name])
    for section in ("sets", "areas", "lines", "zones"):
        there, left = getattr(was, section), getattr(now, section)
        yield from (f"{section}.{name}" for name, entry in there.items() if entry != left[name])
    for section in ("provisions", "demands"):
        there, left = getattr(was, section), getattr(now, section)
        yield from (f"{section}.{name}.where" for name, entry in left.items() if entry.where != there[name].where)
    for section, field in (("conditions", "is_"), ("provisions", "except_")):
        there, left = getattr(was, section), getattr(now, section)
        part = ".except" if section == "provisions" else ""
        changed = (name for name, entry in left.items() if getattr(entry, field) != getattr(there[name], field))
        yield from (f"{section}.{name}{part}" for name in changed)
    if was.term != now.term:
        yield "term" if now.term is None else "term.renewed"

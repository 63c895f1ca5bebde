"""What each name in the file refers to; a name that refers to nothing is a fault, with the name probably meant."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from truceline.terms.base import names_in
from truceline.terms.loops import zone_names
from truceline.terms.model import (
    Actor,
    Demand,
    Document,
    Line,
    Membership,
    Provision,
    Reading,
    Side,
    Source,
    Spell,
)
from truceline.terms.names import ANYWHERE, Names
from truceline.terms.parts import Parts, parts_of
from truceline.terms.timed import Waiver, condition_in
from truceline.terms.trouble import Steps, Trouble, each, is_token, shown, unknown
from truceline.terms.where import Along, Around, Away, Band, Between, Where

__all__ = ["reference_troubles"]

_SOURCE_FIELDS = ("source", "consent", "said_otherwise")


def reference_troubles(document: Document, parts: Parts, names: Names) -> Iterator[Trouble]:
    """Find every name that refers to nothing."""
    side_zones = _side_zones(document)
    for steps, part in parts:
        yield from _sources(part, steps, names)
        if isinstance(part, Band | Between | Along):
            yield from _lines_of_zone(part, steps, names)
        elif isinstance(part, Around):
            yield from _areas_of(part, steps, names)
        elif isinstance(part, Membership):
            yield from _members(part, steps, names)
        elif isinstance(part, Provision | Demand):
            yield from _sentence(part, steps, names)
            yield from _sides(part, steps, side_zones, names)
        elif isinstance(part, Actor | Line | Side | Reading):
            yield from _entry(part, steps, names)
    yield from _instruments(document, names)
    yield from _stances(document, names)
    for name, zone in document.zones.items():
        yield from _zone_names(zone, ("zones", name), names)


def _names(
    value: str | Iterable[str] | None, steps: Steps, known: Mapping[str, Any], code: str, kind: str, where: str
) -> Iterator[Trouble]:
    """Check names that must be known whatever they look like."""
    for at, name in each(value, steps):
        if name not in known:
            yield unknown(at, code, name, kind, known, f"declare it under '{where}'")


def _subjects(
    value: str | Iterable[str] | None, steps: Steps, known: Mapping[str, None], also: tuple[str, ...]
) -> Iterator[Trouble]:
    """Check who is meant: one word is a name; several words are free text, whose meaning nobody can check."""
    for at, name in each(value, steps):
        if is_token(name) and name not in known and name not in also:
            remedy = "declare it under 'actors' or 'sets', or describe it in several words"
            yield unknown(at, "TL-E020", name, "an actor, a set or a party", known, remedy)


def _sources(part: Any, steps: Steps, names: Names) -> Iterator[Trouble]:
    known = names.of_sections("sources")
    fields = vars(part) if isinstance(part, BaseModel) else {}
    for field in _SOURCE_FIELDS:
        for at, name in each(fields.get(field), (*steps, field)):
            if name != "memory":
                yield from _names(name, at, known, "TL-E026", "a source", "sources")
    if isinstance(part, Source):
        yield from _names(part.of, (*steps, "of"), known, "TL-E026", "a source", "sources")


def _members(chosen: Membership, steps: Steps, names: Names) -> Iterator[Trouble]:
    for field, members in (("in", chosen.in_), ("unsure", chosen.unsure)):
        for index, member in enumerate(members):
            spell = isinstance(member, Spell)
            at = (*steps, field, index, "who") if spell else (*steps, field, index)
            name = member.who if isinstance(member, Spell) else member
            yield from _names(name, at, names.of_sections("actors", "sets"), "TL-E020", "an actor or a set", "actors")


def _sentence(part: Provision | Demand, steps: Steps, names: Names) -> Iterator[Trouble]:
    known = names.of_sections("actors", "sets", "parties")
    yield from _subjects(part.who, (*steps, "who"), known, ("any", "side.who"))
    known = names.of_sections("actors", "sets", "parties", "zones", "areas")
    yield from _subjects(_names_excepted(part), (*steps, "except"), known, ("side.who",))
    if part.where is not None:
        yield from _zone_names(part.where, (*steps, "where"), names)
    if isinstance(part, Demand):
        known = names.of_sections("parties", "actors", "sets")
        yield from _names(part.by, (*steps, "by"), known, "TL-E025", "a party or an actor", "parties")
    else:
        yield from _links(part, steps, names)


def _links(provision: Provision, steps: Steps, names: Names) -> Iterator[Trouble]:
    instruments, provisions = names.of_sections("instruments"), names.of_sections("provisions")
    yield from _names(provision.under, (*steps, "under"), instruments, "TL-E024", "an instrument", "instruments")
    parties = names.of_sections("parties")
    yield from _names(provision.through, (*steps, "through"), parties, "TL-E025", "a party", "parties")
    for at, waiver in _waivers(provision, steps):
        yield from _waiver(waiver, at, names)
    conditions = names.of_sections("conditions")
    for field, words in (("if", provision.if_), ("after", provision.after)):
        yield from _conditions(words, (*steps, field), conditions, "TL-E080", "a condition")
    either, at = {**provisions, **conditions}, (*steps, "together_with")
    yield from _conditions(provision.together_with, at, either, "TL-E027", "a provision or a condition")
    if isinstance(provision.baseline, Mapping) and "line" in provision.baseline:
        line, at = str(provision.baseline["line"]), (*steps, "baseline", "line")
        if line != "side.line":
            yield from _lines(line, at, names)
        elif not provision.each_side:
            remedy = "add 'each_side: true', so that the rule is read once per row of 'sides'"
            yield Trouble(at, "TL-E029", "'side.line' without 'each_side'", remedy)


def _names_excepted(part: Provision | Demand) -> str | tuple[str, ...]:
    """Give the exceptions that are plain names at their places; others count as words."""
    if isinstance(part.except_, str):
        return part.except_
    listed = part.except_ if isinstance(part.except_, tuple) else ()
    return tuple(one if isinstance(one, str) else "a waiver" for one in listed)


def _waivers(part: Provision | Demand, steps: Steps) -> Iterator[tuple[Steps, Waiver]]:
    """Go through the exceptions that state whom, where or when they spare, with their places."""
    at = (*steps, "except")
    if isinstance(part.except_, Waiver):
        yield at, part.except_
    elif not isinstance(part.except_, str):
        yield from (((*at, index), one) for index, one in enumerate(part.except_) if isinstance(one, Waiver))


def _waiver(waiver: Waiver, steps: Steps, names: Names) -> Iterator[Trouble]:
    known = names.of_sections("actors", "sets", "parties")
    yield from _subjects(waiver.who, (*steps, "who"), known, ("any", "side.who"))
    if waiver.where is not None:
        yield from _zone_names(waiver.where, (*steps, "where"), names)


def _conditions(
    value: str | Iterable[str] | None, steps: Steps, known: Mapping[str, None], code: str, kind: str
) -> Iterator[Trouble]:
    """Check what a rule hangs on: one word, alone or after `not`, is a name; nobody can check any other words."""
    for at, words in each(value, steps):
        named = condition_in(words)
        if named is not None and named[0] not in known:
            remedy = "declare it under 'conditions', or describe it in several words"
            yield unknown(at, code, named[0], kind, known, remedy)


def _lines(value: str | Iterable[str], steps: Steps, names: Names) -> Iterator[Trouble]:
    yield from _names(value, steps, names.of_sections("lines"), "TL-E022", "a line", "lines")


def _lines_of_zone(zone: Band | Between | Along, steps: Steps, names: Names) -> Iterator[Trouble]:
    if isinstance(zone, Band):
        for at, name in each(zone.line, (*steps, "line")):
            if name != "side.line":
                yield from _lines(name, at, names)
        depths = [zone.away, *(sector.away for sector in zone.sectors or ())]
        for gap in (depth.gap for depth in depths if isinstance(depth, Away) and depth.gap is not None):
            yield from _lines(gap, (*steps, "away", "gap"), names)
    elif isinstance(zone, Between):
        yield from _lines(zone.between, (*steps, "between"), names)
    else:
        yield from _lines(zone.along, (*steps, "along"), names)


def _areas_of(around: Around, steps: Steps, names: Names) -> Iterator[Trouble]:
    """Check from which areas a distance is measured; several words are ground that nobody has drawn."""
    known = names.of_sections("areas")
    for at, name in (*each(around.around, (*steps, "around")), *each(around.unsure, (*steps, "unsure"))):
        if is_token(name) and name not in known:
            remedy = "declare it under 'areas', or describe it in several words"
            yield unknown(at, "TL-E023", name, "an area", known, remedy)


def _zone_names(zone: Where, steps: Steps, names: Names) -> Iterator[Trouble]:
    known = names.of_sections("zones", "areas")
    for at, name in zone_names(zone, steps):
        if is_token(name) and name not in known and name not in ANYWHERE:
            remedy = f"declare it under 'zones', or write 'places: [{name}]'"
            yield unknown(at, "TL-E023", name, "a zone or an area", known, remedy)


def _sides(part: Provision | Demand, steps: Steps, side_zones: Container[str], names: Names) -> Iterator[Trouble]:
    each_side = isinstance(part, Provision) and part.each_side
    if each_side and not names.of_sections("sides"):
        remedy = "add 'sides': one row per side, with 'who' and 'line'"
        yield Trouble((*steps, "each_side"), "TL-E029", "'each_side' without 'sides'", remedy)
    elif not each_side:
        uses = [*each(part.who, (*steps, "who")), *each(_names_excepted(part), (*steps, "except"))]
        for at, waiver in _waivers(part, steps):
            uses += each(waiver.who, (*at, "who"))
            grounds = [waiver.where] if waiver.where is not None else []
            uses += [((*at, "where"), "side.line") for where in grounds if _uses_side_line(where, side_zones)]
        if part.where is not None and _uses_side_line(part.where, side_zones):
            uses.append(((*steps, "where"), "side.line"))
        remedy = "add 'each_side: true', so that the rule is read once per row of 'sides'"
        for at, name in uses:
            if name in ("side.who", "side.line"):
                yield Trouble(at, "TL-E029", f"{shown(name)} without 'each_side'", remedy)


def _side_zones(document: Document) -> frozenset[str]:
    """Name the zones that hang on ``side.line``, by themselves or through others."""
    users: dict[str, list[str]] = {}
    for name, zone in document.zones.items():
        for _, part in zone_names(zone):
            users.setdefault(part, []).append(name)
    found = {name for name, zone in document.zones.items() if _uses_side_line(zone, ())}
    pending = list(found)
    while pending:
        fresh = [name for name in users.get(pending.pop(), ()) if name not in found]
        found.update(fresh)
        pending.extend(fresh)
    return frozenset(found)


def _uses_side_line(zone: Where, side_zones: Container[str]) -> bool:
    if any(name in side_zones for _, name in zone_names(zone)):
        return True
    return any(isinstance(band, Band) and "side.line" in names_in(band.line) for _, band in parts_of(zone))


def _entry(part: Actor | Line | Side | Reading, steps: Steps, names: Names) -> Iterator[Trouble]:
    if isinstance(part, Actor):
        parties = names.of_sections("parties")
        yield from _names(part.of, (*steps, "of"), parties, "TL-E025", "a party", "parties")
    elif isinstance(part, Side):
        subjects = names.of_sections("actors", "sets")
        yield from _names(part.who, (*steps, "who"), subjects, "TL-E020", "an actor or a set", "actors")
        yield from _lines(part.line, (*steps, "line"), names)
    elif isinstance(part, Line):
        candidates = tuple(name for name in part.one_of or () if "." not in name)  # 'other-1974.A' is of another file
        yield from _lines(candidates, (*steps, "one_of"), names)
        if part.replaces:
            yield from _lines(part.replaces.line, (*steps, "replaces", "line"), names)
    else:
        provisions = names.of_sections("provisions")
        yield from _names(part.denies, (*steps, "denies"), provisions, "TL-E027", "a provision", "provisions")
        kept = () if part.keeps == "all" else part.keeps
        yield from _names(kept, (*steps, "keeps"), provisions, "TL-E027", "a provision", "provisions")


def _instruments(document: Document, names: Names) -> Iterator[Trouble]:
    known = names.of_sections("instruments")
    for name, instrument in document.instruments.items():
        others = dict.fromkeys(other for other in known if other != name)
        for field in ("amends", "adds_to", "endorses"):
            steps: Steps = ("instruments", name, field)
            value = getattr(instrument, field)
            yield from _names(value, steps, others, "TL-E024", "another instrument", "instruments")


def _stances(document: Document, names: Names) -> Iterator[Trouble]:
    known = names.of_sections("instruments", "provisions", "demands")
    for index, stance in enumerate(document.stances):
        to = None if stance.to == "agreement" else stance.to
        kind = "an instrument, a provision or 'agreement'"
        yield from _names(to, ("stances", index, "to"), known, "TL-E027", kind, "provisions")

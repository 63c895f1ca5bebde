"""How far from which line: the bands of every clause and reading, put together by line, for a drawing without a map."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from truceline.basics.quantity import Distance
from truceline.basics.time import FOREVER, NEVER_BEFORE, Span
from truceline.engines.told_dates import in_words
from truceline.plan.depths import belt_of, depth_of, from_area, sectors_of
from truceline.plan.tables import Course, Depth, Limit
from truceline.terms import where as written
from truceline.terms.agreement import Agreement
from truceline.terms.base import names_in
from truceline.terms.model import Document, Provision
from truceline.terms.rims import rim_name, rims_in, side_of
from truceline.terms.wording import away_words, exception_words, what_words

__all__ = ["Bar", "Panel", "Row", "panels_of"]

_FACING = (Course(-1, Span(NEVER_BEFORE, NEVER_BEFORE), Span(FOREVER, FOREVER)),)
"""Stands for the other line to which a gap is measured: how far it lies nobody asks here."""
STRIP = Depth(Limit(0.0, 0.0), Limit(0.0, 0.0))
_STRIP = "between "


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of distances: `depth` in metres as the judge takes it, and the words; `strip`: between two lines."""

    depth: Depth
    words: str
    both_sides: bool = False
    strip: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One clause under the text and the readings that have the same ground; a demand has no clause and no readings."""

    clause: str
    title: str
    readings: tuple[str, ...]
    bars: tuple[Bar, ...]
    is_demand: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """All that is measured from one line, or that lies between two.

    `toward` is its plus side in words; `drawn`: its course is in the terms; `error_m` bounds how wrong that may be.
    """

    line: str
    toward: str
    drawn: bool
    rows: tuple[Row, ...]
    error_m: float = 0.0

    @property
    def is_strip(self) -> bool:
        """Whether this is the ground between two lines, which has no distance of its own."""
        return any(bar.strip for row in self.rows for bar in row.bars)


Ground = tuple[str, Bar]
"""A line or a pair of lines as written, and a band along it."""


def panels_of(agreement: Agreement) -> tuple[Panel, ...]:
    """List what is measured from which line, clause by clause; readings with the ground of the text are not repeated.

    An agreement that measures nothing has no panels.
    """
    found: dict[str, list[Row]] = {}
    for name in dict.fromkeys(name for text in agreement.documents.values() for name in text.provisions):
        for line, row in _rows(agreement, name):
            found.setdefault(line, []).append(row)
    for line, row in _demands(agreement.document):
        found.setdefault(line, []).append(row)
    every = list(agreement.documents.values())
    return tuple(_panel(line, rows, agreement, every) for line, rows in found.items())


def _rows(agreement: Agreement, name: str) -> Iterator[tuple[str, Row]]:
    """Give one row per different ground of a clause and line, the text first."""
    grounds: dict[tuple[Ground, ...], list[str | None]] = {}
    titles: dict[tuple[Ground, ...], str] = {}
    for reading, text in agreement.documents.items():
        provision = text.provisions.get(name)
        if provision is not None:
            held = tuple(dict.fromkeys(_bands(provision.where, text)))
            grounds.setdefault(held, []).append(reading)
            titles.setdefault(held, _title(name, provision, text))
    plain = next((held for held, readings in grounds.items() if None in readings), None)
    for held, readings in grounds.items():
        named = () if held == plain else tuple(str(reading) for reading in readings)
        for line in dict.fromkeys(line for line, _ in held):
            bars = tuple(bar for one, bar in held if one == line)
            yield line, Row(name, titles[held], named, bars)


def _title(name: str, provision: Provision, text: Document) -> str:
    """Name a clause, how many of what it speaks of, and whom it excepts."""
    called = provision.title or name.replace("_", " ")
    limit = (
        f"at least {provision.at_least}" if provision.at_least is not None
        else f"at most {provision.at_most}" if provision.at_most
        else "none" if provision.at_most == 0 else ""
    )  # fmt: skip
    spared = f"except {exception_words(provision.except_, text)}" if provision.except_ else ""
    said = ", ".join(part for part in (what_words(provision.what, text, 0), limit, spared) if part)
    return f"{called[:1].upper()}{called[1:]}: {said}"


def _bands(where: written.Where | None, text: Document, note: str = "") -> Iterator[Ground]:
    """Go through the bands, corridors and strips of a ground, with what is to be told of each."""
    if isinstance(where, str):
        if where in text.zones:
            yield from _bands(text.zones[where], text, note)
    elif isinstance(where, written.Band):
        yield from ((_key(where.line), bar) for bar in _of_band(where, note))
    elif isinstance(where, written.Along):
        yield where.along, _of_corridor(where, note)
    elif isinstance(where, written.Around):
        yield from _round_areas(where, text, note)
    elif isinstance(where, written.Between):
        yield f"{_STRIP}{_key(where.between)}", Bar(STRIP, f"between the two lines{note}", strip=True)
    elif isinstance(where, written.AnyOf | written.AllOf):
        parts, also = (where.any, ", or elsewhere") if isinstance(where, written.AnyOf) else (where.all, ", in part")
        for part in parts:
            yield from _bands(part, text, also)
    elif isinstance(where, written.ExceptFor):
        yield from _bands(where.of, text, ", with ground taken out")


def _of_band(band: written.Band, note: str) -> Iterator[Bar]:
    above = " (in the air)" if band.air else ""
    both = ", on both sides" if band.both_sides else ""
    if band.away is not None:
        yield Bar(depth_of(band.away, _FACING), f"{_depth_words(band.away)}{both}{above}{note}", band.both_sides)
    for sector in band.sectors or ():
        words = f"{_stretch(sector)}: {_depth_words(sector.away)}"
        depth = sectors_of((_whole(sector),), _FACING)[0].depth
        yield Bar(depth, f"{words}{both}{above}{note}", band.both_sides)


def _depth_words(away: Distance | written.Away) -> str:
    if isinstance(away, written.Away) and away.from_ == "none":
        return "all of the other side" + (f", and nearer than {away.to}" if away.to.hi > 0 else "")
    return in_words(away_words(away))


def _whole(sector: written.Sector) -> written.Sector:
    """Take a sector for the whole of its line: a drawing of distances has no stations."""
    return sector.model_copy(update={"from_": None, "until": None})


def _stretch(sector: written.Sector) -> str:
    begin = f"from km {sector.from_.lo / 1000:g}" if sector.from_ else "from its begin"
    until = f" to km {sector.until.hi / 1000:g}" if sector.until else " on"
    return sector.title or f"{begin}{until} of the line"


def _round_areas(around: written.Around, text: Document, note: str) -> Iterator[Ground]:
    """Give one bar along the boundaries of all areas that are meant, and one along those that are contested."""
    whole = from_area(depth_of(around.away))
    depth = whole if around.belt is None else belt_of(whole)
    itself = ", the area itself included" if math.isinf(depth.near.lo) else ""
    both = ", on both sides" if around.belt == "both" else ""
    words = f"{in_words(away_words(around.away))}{itself}{both}{' (in the air)' if around.air else ''}"
    for names, contested in ((names_in(around.around), ""), (around.unsure, ", contested")):
        if names:
            rims = tuple(rim_name(name, side_of(around)) if name in text.areas else name for name in names)
            yield _key(rims), Bar(depth, f"{words}{contested}{note}", both_sides=bool(both))


def _of_corridor(corridor: written.Along, note: str) -> Bar:
    width, above = corridor.width, " (in the air)" if corridor.air else ""
    if width is None:
        far, words = Limit(0.0, math.inf), "along it; no width is given"
    else:
        far, words = Limit(width.lo / 2, width.hi / 2), f"{in_words(width.words)} wide, both sides together"
    return Bar(Depth(Limit(0.0, 0.0), far), f"{words}{above}{note}", both_sides=True)


def _demands(text: Document) -> Iterator[tuple[str, Row]]:
    for name, demand in text.demands.items():
        asked_by = text.parties[demand.by].title if demand.by in text.parties else None
        held = tuple(dict.fromkeys(_bands(demand.where, text)))
        for line in dict.fromkeys(line for line, _ in held):
            bars = tuple(bar for one, bar in held if one == line)
            yield line, Row(name, asked_by or demand.by, (), bars, is_demand=True)


def _panel(key: str, rows: list[Row], agreement: Agreement, texts: list[Document]) -> Panel:
    """Name the line; where clauses are read once per side it is the own line of each."""
    rims = {rim.name: rim for text in reversed(texts) for rim in rims_in(text)}
    lines = {name: line for text in reversed(texts) for name, line in text.lines.items()}
    lines |= {name: rim.line for name, rim in rims.items()}
    names = key.removeprefix(_STRIP).split(" | ")
    if names == ["side.line"]:
        names = list(dict.fromkeys(one for side in agreement.document.sides.values() for one in names_in(side.line)))
    titles = [lines[name].title if name in lines else name for name in names]
    own, is_strip = key == "side.line", key.startswith(_STRIP)
    title = f"each side's own line ({', '.join(titles)})" if own else (" and " if is_strip else " or ").join(titles)
    meant = [one for name in names for one in ((lines[name].one_of or (name,)) if name in lines else (name,))]
    errors = [lines[one].uncertainty for one in meant if one in lines]
    error = max((one.hi for one in errors if one is not None), default=0.0)
    toward = lines[names[0]].plus if names[0] in lines and (len(names) == 1 or names[0] in rims) else ""
    drawn = all(_is_drawn(f"areas.{rims[name].area}" if name in rims else f"lines.{name}", agreement) for name in meant)
    order = {row.clause: number for number, row in reversed(list(enumerate(rows)))}
    ordered = sorted(rows, key=lambda row: (row.is_demand, order[row.clause]))
    return Panel(title, toward, drawn, tuple(ordered), error if drawn else 0.0)


def _is_drawn(entry: str, agreement: Agreement) -> bool:
    return any(path == entry or path.startswith(f"{entry}@") for path in agreement.shapes)


def _key(names: str | tuple[str, ...]) -> str:
    return " | ".join(names_in(names))

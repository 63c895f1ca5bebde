"""Lines that change: dated courses in order, baselines that exist, gaps between two lines, parts that are replaced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from truceline.basics.quantity import Distance
from truceline.terms.base import names_in
from truceline.terms.courses import begin_of
from truceline.terms.model import Document, Line, Provision
from truceline.terms.parts import Parts
from truceline.terms.trouble import Steps, Trouble, shown
from truceline.terms.where import Along, Around, Away, Band

__all__ = ["gap_troubles", "line_troubles"]


def line_troubles(document: Document, parts: Parts, zone: str | None) -> Iterator[Trouble]:
    """Find courses of which nobody can tell when or where they hold, and baselines that no course is.

    `zone` is the time zone of bare dates, if it is one.
    """
    for steps, part in parts:
        if isinstance(part, Line):
            yield from _versions(part, steps, zone or "UTC")
            yield from _replaces(part, steps)
        elif isinstance(part, Provision):
            yield from _baseline(part, steps, document)
        elif isinstance(part, Around) and isinstance(part.away, Away) and part.away.gap is not None:
            what, remedy = "a distance from an area hangs on no gap", "leave 'gap' out"
            yield Trouble((*steps, "away", "gap"), "TL-E072", what, remedy)


def gap_troubles(document: Document, parts: Parts) -> Iterator[Trouble]:
    """Find depths that follow a gap of which nobody can tell between which two lines."""
    for steps, part in parts:
        if isinstance(part, Band):
            yield from _gap(part, steps, document)
        elif isinstance(part, Around):
            yield from _round_an_area(part, steps)
        elif isinstance(part, Along) and part.width is not None and part.width.form == "formula":
            what, remedy = "a width is not computed from a gap", "write a band of a computed depth"
            yield Trouble((*steps, "width"), "TL-E072", what, remedy)


def _round_an_area(around: Around, steps: Steps) -> Iterator[Trouble]:
    away = around.away
    for key, one in (("from", away.from_), ("to", away.to)) if isinstance(away, Away) else (("", away),):
        if isinstance(one, Distance) and one.form == "formula":
            what, remedy = "a distance from an area is not computed from a gap", "write a band of a computed depth"
            yield Trouble((*steps, "away", *([key] if key else [])), "TL-E072", what, remedy)


def _versions(line: Line, steps: Steps, zone: str | None) -> Iterator[Trouble]:
    versions = line.versions or ()
    moments = [begin_of(version) for version in versions]
    for index, (earlier, later) in enumerate(pairwise(moments), start=1):
        at = (*steps, "versions", index)
        if str(earlier) == str(later):
            what = f"two courses begin on {later}"
            yield Trouble(at, "TL-E070", what, "keep the one that held, or write the hour of each")
        elif not (earlier.anchor or later.anchor) and earlier.span(zone, {}).end_us > later.span(zone, {}).start_us:
            what = f"the course of {later} does not begin after that of {earlier}"
            yield Trouble(at, "TL-E070", what, "put the courses in the order of their dates, none within another")


def _replaces(line: Line, steps: Steps) -> Iterator[Trouble]:
    part = line.replaces
    if part is not None and part.from_ is not None and part.until is not None and part.from_.lo >= part.until.hi:
        what = f"from {part.from_} until {part.until} runs backwards"
        yield Trouble((*steps, "replaces", "until"), "TL-E032", what, "swap the two")


def _baseline(provision: Provision, steps: Steps, document: Document) -> Iterator[Trouble]:
    baseline = provision.baseline
    if provision.trend is not None or not isinstance(baseline, Mapping) or "line" not in baseline:
        return
    version, named = baseline.get("version"), str(baseline["line"])
    rows = [name for row in document.sides.values() for name in names_in(row.line)]
    for name in rows if named == "side.line" else [named]:
        line = document.lines.get(name)
        known = [str(begin_of(one)) for one in (line.versions if line is not None else None) or ()]
        if version is None and known:
            what, remedy = f"the line '{name}' has several courses", f"add 'version: {known[0]}'"
            yield Trouble((*steps, "baseline"), "TL-E071", what, remedy)
        elif version is not None and line is not None and str(version) not in known:
            remedy = f"its versions are {', '.join(known)}" if known else "give it its 'versions', or leave this out"
            what = f"the line '{name}' has no course of {shown(version)}"
            yield Trouble((*steps, "baseline", "version"), "TL-E071", what, remedy)


def _gap(band: Band, steps: Steps, document: Document) -> Iterator[Trouble]:
    sectors = [((*steps, "sectors", index), sector.away) for index, sector in enumerate(band.sectors or ())]
    for at, away in [(steps, band.away), *sectors]:
        whole = away if isinstance(away, Away) else None
        if whole is not None and isinstance(whole.from_, Distance) and whole.from_.form == "formula":
            what, remedy = "a band may end at a computed distance, and not begin there", "write it under 'to'"
            yield Trouble((*at, "away", "from"), "TL-E072", what, remedy)
        reached = whole.to if whole is not None else away
        if isinstance(reached, Distance) and reached.form == "formula":
            yield from _lines_of_gap(band, whole.gap if whole is not None else None, (*at, "away"), document)


def _lines_of_gap(band: Band, gap: tuple[str, str] | None, at: Steps, document: Document) -> Iterator[Trouble]:
    if gap is None:
        if not _has_other_side(band, at, document):
            what = "a gap lies between two lines, and only one is named"
            remedy = "name both: '{to: ..., gap: [one, other]}', or read it once for each of two 'sides'"
            yield Trouble(at, "TL-E072", what, remedy)
        return
    rows = [row.line for row in document.sides.values()]
    own = names_in(band.line) if band.line != "side.line" else tuple(name for row in rows for name in names_in(row))
    if gap[0] == gap[1] or not {*gap} & {*own}:
        what, remedy = "the gap is not one from the line of the band to another", "name that line and the other one"
        yield Trouble((*at, "gap"), "TL-E072", what, remedy)


def _has_other_side(band: Band, at: Steps, document: Document) -> bool:
    """Say whether a band is read for each of two sides: then there is one other line."""
    provision = document.provisions.get(str(at[1])) if at[0] == "provisions" else None
    each_side = provision.each_side if provision is not None else "side.line" in names_in(band.line)
    return each_side and len(document.sides) == 2

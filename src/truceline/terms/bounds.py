"""Bounds that run backwards or overlap, and moments that hang on nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from truceline.basics.quantity import Distance
from truceline.basics.time import Moment
from truceline.terms.line_bounds import line_troubles
from truceline.terms.model import Document, Instrument, Period, Provision, Spell
from truceline.terms.parts import Parts, parts_of
from truceline.terms.timed import Stretch, Waiver
from truceline.terms.trouble import Steps, Trouble, shown, unknown
from truceline.terms.where import Away, Band

__all__ = ["bound_troubles", "parts_of"]


def bound_troubles(document: Document, parts: Parts) -> Iterator[Trouble]:
    """Find bounds that nothing can lie between, sectors that overlap, and moments without a day zero."""
    zone, zone_trouble = _zone(document)
    yield from zone_trouble
    yield from _amendments(document, zone)
    yield from line_troubles(document, parts, zone)
    for steps, part in parts:
        if isinstance(part, Moment):
            yield from _anchor(part, steps, document)
        elif isinstance(part, Period | Spell | Stretch | Waiver):
            yield from _period(part, steps, zone)
        elif isinstance(part, Provision):
            yield from _counts(part, steps)
        elif isinstance(part, Away):
            yield from _depth(part, steps)
        elif isinstance(part, Band) and part.sectors:
            yield from _sectors(part, steps)


def _zone(document: Document) -> tuple[str | None, list[Trouble]]:
    zone = document.agreement.zone
    try:
        if zone is not None:
            ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        remedy = "write a place of the IANA list, such as 'Atlantic/Azores'"
        return None, [Trouble(("agreement", "zone"), "TL-E035", f"{shown(zone)} is not a time zone", remedy)]
    return zone, []


def _amendments(document: Document, zone: str | None) -> Iterator[Trouble]:
    """Find amendments that stand after later ones: they are laid over the text in the order of the file."""
    latest: tuple[str, int] | None = None
    for name, amendment in document.amendments.items():
        if amendment.agreed.anchor is not None:
            continue
        agreed = amendment.agreed.span(zone, {})
        if latest is not None and agreed.end_us <= latest[1]:
            what = f"{shown(name)} was agreed ({amendment.agreed}) before '{latest[0]}', which stands above it"
            yield Trouble(("amendments", name, "agreed"), "TL-E032", what, "put the earlier one first")
        latest = name, agreed.start_us


def _anchor(moment: Moment, steps: Steps, document: Document) -> Iterator[Trouble]:
    if moment.anchor is None:
        return
    instrument = document.instruments.get(moment.anchor)
    if instrument is None and moment.anchor != "D":
        remedy = "count from an instrument, as in 'pkg + 14 d'"
        yield unknown(steps, "TL-E028", moment.anchor, "an instrument", document.instruments, remedy)
    elif instrument is not None and not _is_dated(instrument):
        what = f"{shown(moment.anchor)} has no date to count from"
        yield Trouble(steps, "TL-E028", what, f"give instruments.{moment.anchor} an 'in_force', 'signed' or 'agreed'")


def _is_dated(instrument: Instrument) -> bool:
    dates = (instrument.in_force, instrument.signed, instrument.agreed, instrument.date)
    return any(date is not None for date in dates)


def _period(period: Period | Spell | Stretch | Waiver, steps: Steps, zone: str | None) -> Iterator[Trouble]:
    begin, end = period.from_, period.until
    if not isinstance(begin, Moment) or not isinstance(end, Moment) or begin.anchor or end.anchor:
        return
    if begin.span(zone, {}).start_us > end.span(zone, {}).end_us:
        yield Trouble((*steps, "until"), "TL-E032", f"it ends ({end}) before it begins ({begin})", "swap the dates")


def _counts(provision: Provision, steps: Steps) -> Iterator[Trouble]:
    most, least = provision.at_most, provision.at_least
    if most is not None and least is not None and least > most:
        yield Trouble((*steps, "at_least"), "TL-E032", f"at least {least} and at most {most}", "correct one of them")


def _depth(away: Away, steps: Steps) -> Iterator[Trouble]:
    if isinstance(away.from_, Distance) and away.from_.lo > away.to.hi:
        yield Trouble((*steps, "from"), "TL-E032", f"from {away.from_} to {away.to} runs backwards", "swap the two")


def _sectors(band: Band, steps: Steps) -> Iterator[Trouble]:
    stretches = []
    for index, sector in enumerate(band.sectors or ()):
        begin, end = sector.from_.lo if sector.from_ else 0.0, sector.until.hi if sector.until else math.inf
        at = (*steps, "sectors", index)
        if begin >= end:
            what = f"the sector begins at {sector.from_} and ends at {sector.until}"
            yield Trouble(at, "TL-E032", what, "swap the two")
        else:
            stretches.append((begin, end, at))
    for (_, end, _), (begin, _, at) in zip(sorted(stretches), sorted(stretches)[1:], strict=False):
        if begin < end:
            what = "the sector overlaps another one"
            yield Trouble(at, "TL-E033", what, "let it begin at the station where the other ends")

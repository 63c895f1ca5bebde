"""Bounds that run backwards or overlap, and moments that hang on nothing."""

from __future__ import annotations

import math
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from truceline.basics.amount import Amount, ends_of
from truceline.basics.quantity import Distance
from truceline.basics.time import Moment, Span
from truceline.terms.line_bounds import line_troubles
from truceline.terms.model import Document, Instrument, Period, Provision, Spell
from truceline.terms.parts import Parts, parts_of
from truceline.terms.timed import Stretch, Waiver, changes_of
from truceline.terms.trouble import Steps, Trouble, shown, unknown
from truceline.terms.where import Away, Band

__all__ = ["bound_troubles", "parts_of"]

_DATED = ("instruments", "amendments", "sources", "stances")
"""The sections whose days are those of papers and statements."""


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
    """Find amendments that stand after later ones (the file gives their order), or contradict one of the same day."""
    before: dict[str, Span] = {}
    for name, amendment in document.amendments.items():
        if amendment.agreed.anchor is not None:
            continue
        agreed = amendment.agreed.span(zone, {})
        latest, span = next(reversed(before.items()), (name, agreed))
        if agreed.end_us <= span.start_us and agreed != span:
            what = f"{shown(name)} was agreed ({amendment.agreed}) before '{latest}', which stands above it"
            yield Trouble(("amendments", name, "agreed"), "TL-E032", what, "put the earlier one first")
        for other in (one for one, at in before.items() if at == agreed or _overlap(at, agreed)):
            yield from _contradictions(name, other, document)
        before[name] = agreed


def _overlap(one: Span, other: Span) -> bool:
    return one.start_us < other.end_us and other.start_us < one.end_us


def _contradictions(name: str, other: str, document: Document) -> Iterator[Trouble]:
    """Find what two amendments of one time change differently: nobody can tell which of them was the last."""
    mine, others = (changes_of(document.amendments[one]) for one in (name, other))
    for path, value in mine.items():
        for there, said in others.items():
            if path == there and value == said:
                continue
            if f"{path}.".startswith(f"{there}.") or f"{there}.".startswith(f"{path}."):
                what = f"{shown(name)} changes {shown(path)}, and so does '{other}', agreed at the same time"
                remedy = "state the hour at which each was agreed, or write one amendment"
                yield Trouble(("amendments", name), "TL-E083", what, remedy)


def _anchor(moment: Moment, steps: Steps, document: Document) -> Iterator[Trouble]:
    if moment.anchor is None:
        return
    instrument = document.instruments.get(moment.anchor)
    if instrument is None and moment.anchor in document.conditions:
        if steps[0] in _DATED or steps[-1] == "agreed":
            what = f"{shown(moment.anchor)} is a condition, and no day of a paper hangs on one"
            yield Trouble(steps, "TL-E028", what, "count in the provision: 'when: {from: NAME + 10 d}'")
    elif instrument is None and moment.anchor != "D":
        remedy = "count from an instrument or a condition, as in 'pkg + 14 d'"
        known = {**document.instruments, **document.conditions}
        yield unknown(steps, "TL-E028", moment.anchor, "an instrument or a condition", known, remedy)
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
    if most is not None and least is not None and ends_of(least)[0] > ends_of(most)[1]:
        yield Trouble((*steps, "at_least"), "TL-E032", f"at least {least} and at most {most}", "correct one of them")
    elif most is not None and least is not None:
        what = f"at least {least} and at most {most} in one provision are two rules"
        remedy = "write two provisions, one with 'at_least' and one with 'at_most': each is judged by itself"
        yield Trouble((*steps, "at_least"), "TL-E082", what, remedy)
    if isinstance(least, Amount) and least.lo == 0:
        what, remedy = f"{shown(str(least))} may mean none", "write what is owed at least"
        yield Trouble((*steps, "at_least"), "TL-E014", what, remedy)


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

"""WHEN, compiled: from an instant in one span until an instant in another."""

from __future__ import annotations

from collections.abc import Mapping

from truceline.basics.time import FOREVER, NEVER_BEFORE, Moment, Span
from truceline.plan.tables import When
from truceline.terms.base import names_in
from truceline.terms.model import Document, Instrument, Period, Provision, Reading

__all__ = ["anchors_of", "period_of", "span_of"]


def anchors_of(text: Document) -> dict[str, Span]:
    """Give the span in which each dated instrument came into force: its own day, or no earlier than it was agreed."""
    anchors: dict[str, Span] = {}
    for name, instrument in text.instruments.items():
        begin = _into_force(instrument, text.agreement.zone)
        if begin is not None:
            anchors[name] = begin
    return anchors


def span_of(moment: Moment | None, text: Document) -> Span | None:
    """Resolve a moment with the agreement's zone and instruments; None stays None."""
    return None if moment is None else moment.span(text.agreement.zone, anchors_of(text))


def period_of(provision: Provision, text: Document, reading: Reading | None) -> When:
    """Compile the period of a provision.

    Without a date of its own a provision follows its instruments. Where no date is given at all
    (`from: none`, or an instrument that names no day of entry into force) the rule surely did not
    hold before its instruments were agreed, and from then on nobody can tell.
    """
    stated = provision.when
    begin = _stated(stated, text) if stated else None
    undated = begin is None and stated is not None and "none" in (stated.from_, stated.by)
    if begin is None:
        begin = _begin_of(names_in(provision.under), text, undated=undated)
    return When(begin, _end_of(provision, text, reading), begin.end_us == FOREVER)


def _stated(stated: Period, text: Document) -> Span | None:
    """Take the beginning as stated; between `from` and `by` the rule may hold already, after both it does."""
    first, last = (span_of(_moment(moment), text) for moment in (stated.from_, stated.by))
    if first is None or last is None:
        return first or last
    return Span(first.start_us, max(first.end_us, last.end_us))


def _begin_of(under: tuple[str, ...], text: Document, *, undated: bool) -> Span:
    """Take the instruments' entry into force; if `undated`, only that it cannot precede them."""
    anchors = anchors_of(text)
    spans = [anchors[name] for name in (under or tuple(text.instruments)) if name in anchors]
    if not spans:
        return Span(NEVER_BEFORE, FOREVER)
    earliest = min(span.start_us for span in spans)
    if undated or any(name not in anchors for name in under):
        return Span(earliest, FOREVER)
    return Span(earliest, max(span.end_us for span in spans))


def _end_of(provision: Provision, text: Document, reading: Reading | None) -> Span:
    """Take the earliest of the provision's, the reading's and the whole agreement's end."""
    ends: list[Moment | None] = [
        _moment(provision.when.until) if provision.when else None,
        reading.until if reading else None,
        _moment(text.term.until) if text.term else None,
    ]
    spans = [span for span in (span_of(end, text) for end in ends) if span is not None]
    if not spans:
        lapses = text.term is not None and "lasts" in (text.term.model_extra or {})
        return Span(NEVER_BEFORE if lapses else FOREVER, FOREVER)
    return Span(min(span.start_us for span in spans), min(span.end_us for span in spans))


def _into_force(instrument: Instrument, zone: str | None) -> Span | None:
    """Place the entry into force; a text only known to be signed on a day does not hold before it."""
    if instrument.in_force is not None:
        return _plain(instrument.in_force, zone)
    for moment in (instrument.signed, instrument.agreed, instrument.date):
        day = _plain(moment, zone) if moment is not None else None
        if day is not None:
            return Span(day.start_us, FOREVER)
    return None


def _plain(moment: Moment, zone: str | None) -> Span:
    no_anchors: Mapping[str, Span] = {}
    return moment.span(zone, no_anchors)


def _moment(*candidates: object) -> Moment | None:
    return next((candidate for candidate in candidates if isinstance(candidate, Moment)), None)

"""WHEN, compiled: from an instant in one span until an instant in another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from truceline.basics.time import FOREVER, NEVER_BEFORE, Moment, Span, parse_moment
from truceline.plan.tables import When
from truceline.terms.base import names_in
from truceline.terms.model import Document, Instrument, Period, Provision, Reading, Term

__all__ = ["anchors_of", "bounds_of", "length_of", "made_since", "period_of", "span_of"]

DAY_ZERO = "D"
"""The anchor that is counted from the instruments under which a provision stands."""


def anchors_of(text: Document) -> dict[str, Span]:
    """Give the span in which each dated instrument came into force: its own day, or no earlier than it was agreed."""
    anchors: dict[str, Span] = {}
    for name, instrument in text.instruments.items():
        begin = _into_force(instrument, text.agreement.zone)
        if begin is not None:
            anchors[name] = begin
    return anchors


def span_of(moment: Moment | None, text: Document, under: tuple[str, ...] = ()) -> Span | None:
    """Resolve a moment with the agreement's zone and instruments; None stays None.

    `D` is the time at which the instruments `under` which a provision stands came into force, or all of them.
    """
    if moment is None:
        return None
    anchors = anchors_of(text)
    if moment.anchor == DAY_ZERO:
        anchors.setdefault(DAY_ZERO, _begin_of(under, text, undated=False))
    return moment.span(text.agreement.zone, anchors)


def bounds_of(
    begin: Moment | None, end: Moment | None, text: Document, under: tuple[str, ...] = ()
) -> tuple[Span, Span]:
    """Resolve both ends of a stretch of time; one that is not stated is the beginning or the end of time."""
    first, last = span_of(begin, text, under), span_of(end, text, under)
    return first or Span(NEVER_BEFORE, NEVER_BEFORE), last or Span(FOREVER, FOREVER)


def made_since(text: Document) -> int:
    """Give the earliest instant at which the agreement can have been made; the beginning of time if nothing tells."""
    return min((span.start_us for span in anchors_of(text).values()), default=NEVER_BEFORE)


def period_of(provision: Provision, text: Document, reading: Reading | None) -> When:
    """Compile the period of a provision.

    Without a date of its own a provision follows its instruments. Where no date is given at all
    (`from: none`, or an instrument that names no day of entry into force) the rule surely did not
    hold before its instruments were agreed, and from then on nobody can tell.
    """
    stated = provision.when
    under = names_in(provision.under)
    begin = _stated(stated, text, under) if stated else None
    undated = begin is None and stated is not None and "none" in (stated.from_, stated.by)
    if begin is None:
        begin = _begin_of(under, text, undated=undated)
    return When(begin, _end_of(provision, text, reading), begin.end_us == FOREVER)


def _stated(stated: Period, text: Document, under: tuple[str, ...]) -> Span | None:
    """Take the beginning as stated; between `from` and `by` the rule may hold already, after both it does."""
    first, last = (span_of(_moment(moment), text, under) for moment in (stated.from_, stated.by))
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
    own = _moment(provision.when.until) if provision.when else None
    ends = [
        span_of(own, text, names_in(provision.under)),
        span_of(reading.until, text) if reading else None,
        _end_of_term(text.term, text) if text.term else None,
    ]
    return _earliest(ends) or Span(FOREVER, FOREVER)


def _end_of_term(term: Term, text: Document) -> Span | None:
    """Find the end of the whole deal: the last one on which somebody agreed, else as stated, else as counted.

    A length in words that cannot be counted, and a renewal of which only words tell, leave open how long it lasts.
    """
    if term.renewed:
        return span_of(_moment(term.renewed[-1].until), text)
    counted = _counted(term, text) if term.lasts is not None else None
    end = _earliest([span_of(_moment(term.until), text), counted])
    renewal = (term.model_extra or {}).get("renewal", "none")
    return end if end is None or renewal == "none" else Span(end.start_us, FOREVER)


def _counted(term: Term, text: Document) -> Span:
    """Count how long the deal lasts, from when it says, else from the entry into force of its instruments."""
    begin = span_of(term.from_, text) or _begin_of((), text, undated=False)
    length = length_of(term.lasts or "")
    if length is None:
        return Span(begin.start_us, FOREVER)
    return length.span(text.agreement.zone, {DAY_ZERO: begin})


def length_of(words: str) -> Moment | None:
    """Read a length of time as a moment counted from `D`; None where the words cannot be counted.

    >>> length_of("150 h").shift.hours, length_of("60 days").shift.days, length_of("for a while")
    (150, 60, None)
    """
    try:
        return parse_moment(f"{DAY_ZERO} + {words}")
    except ValueError:
        return None


def _earliest(ends: Iterable[Span | None]) -> Span | None:
    """Bound the earliest of several instants; None where there is none."""
    known = [end for end in ends if end is not None]
    return Span(min(end.start_us for end in known), min(end.end_us for end in known)) if known else None


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

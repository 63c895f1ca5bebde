"""WHEN, compiled: from an instant in one span until an instant in another."""

from __future__ import annotations

from collections.abc import Iterable

from truceline.basics.time import FOREVER, Moment, Span, parse_moment
from truceline.plan.anchored import DAY_ZERO, begin_of, counted_from, span_of
from truceline.plan.renewed import last_renewals
from truceline.plan.tables import When
from truceline.terms.base import names_in
from truceline.terms.model import Document, Period, Provision, Reading, Term

__all__ = ["length_of", "period_of"]


def period_of(provision: Provision, text: Document, reading: Reading | None) -> When:
    """Compile the period of a provision.

    Without a date of its own a provision follows its instruments. Where no date is given at all
    (`from: none`, or an instrument that names no day of entry into force) the rule surely did not
    hold before its instruments were agreed, and from then on nobody can tell. So it is where days
    are counted from a condition that may have been met at any time.
    """
    stated = provision.when
    under = names_in(provision.under)
    begin = _stated(stated, text, under) if stated else None
    undated = begin is None and stated is not None and "none" in (stated.from_, stated.by)
    if begin is None:
        begin = begin_of(under, text, undated=undated)
    hung = stated is not None and any(counted_from(moment, text) for moment in (stated.from_, stated.by))
    if hung:  # what was met before there was a deal binds nobody before there is one
        since = begin_of(under, text, undated=True).start_us
        begin = Span(max(begin.start_us, since), max(begin.end_us, since))
    end, end_hung = _end_of(provision, text, reading)
    return When(begin, end, undated=begin.end_us == FOREVER and not hung, hung=(hung, end_hung))


def _stated(stated: Period, text: Document, under: tuple[str, ...]) -> Span | None:
    """Take the beginning as stated; between `from` and `by` the rule may hold already, after both it does."""
    first, last = (span_of(_moment(moment), text, under) for moment in (stated.from_, stated.by))
    if first is None or last is None:
        return first or last
    return Span(first.start_us, max(first.end_us, last.end_us))


def _end_of(provision: Provision, text: Document, reading: Reading | None) -> tuple[Span, bool]:
    """Take the earliest end, of the provision, the reading or the whole deal, and whether a condition moves it."""
    own = _moment(provision.when.until) if provision.when else None
    other = reading.until if reading else None
    every = [
        (span_of(own, text, names_in(provision.under)), counted_from(own, text)),
        (span_of(other, text), counted_from(other, text)),
        (_end_of_term(text.term, text), _condition_of_term(text.term, text)) if text.term else (None, None),
    ]
    end = _earliest([span for span, _ in every]) or Span(FOREVER, FOREVER)
    return end, any(span and name and span.start_us < end.end_us for span, name in every)


def _condition_of_term(term: Term, text: Document) -> str | None:
    """Name a condition on which the end of the whole deal hangs."""
    stated = [term.until, term.from_ if term.lasts else None]
    moments = [one.until for one in last_renewals(term, text)] if term.renewed else stated
    return next((name for moment in moments if (name := counted_from(moment, text))), None)


def _end_of_term(term: Term, text: Document) -> Span | None:
    """Find the end of the whole deal: the last one on which somebody agreed, else as stated, else as counted.

    Where nobody can tell which of several renewals was the last, it ends at one of their ends.
    A length in words that cannot be counted, and a renewal of which only words tell, leave open how long it lasts.
    """
    if term.renewed:
        ends = [span_of(_moment(one.until), text) or Span(FOREVER, FOREVER) for one in last_renewals(term, text)]
        return Span(min(end.start_us for end in ends), max(end.end_us for end in ends))
    counted = _counted(term, text) if term.lasts is not None else None
    end = _earliest([span_of(_moment(term.until), text), counted])
    renewal = (term.model_extra or {}).get("renewal", "none")
    return end if end is None or renewal == "none" else Span(end.start_us, FOREVER)


def _counted(term: Term, text: Document) -> Span:
    """Count how long the deal lasts, from when it says, else from the entry into force of its instruments."""
    begin = span_of(term.from_, text) or begin_of((), text, undated=False)
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


def _moment(*candidates: object) -> Moment | None:
    return next((candidate for candidate in candidates if isinstance(candidate, Moment)), None)

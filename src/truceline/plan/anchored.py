"""Moments of a text as spans: dates, days counted from an instrument, and days counted from a condition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from truceline.basics.time import FOREVER, NEVER_BEFORE, Moment, Span
from truceline.plan.timeline import Timeline, came_true, told
from truceline.terms.anchors import anchors_of
from truceline.terms.model import Document
from truceline.terms.timed import Condition

__all__ = [
    "DAY_ZERO", "begin_of", "bounds_of", "condition_line", "counted_from", "made_since", "span_of",
]  # fmt: skip

DAY_ZERO = "D"
"""The anchor that is counted from the instruments under which a provision stands."""

TRUTHS = {"met": 1, "unmet": -1, "unknown": 0}

Met = Mapping[str, Span]
"""The span in which each condition was first met."""


def span_of(moment: Moment | None, text: Document, under: tuple[str, ...] = ()) -> Span | None:
    """Resolve a moment with the agreement's zone, instruments and conditions; None stays None.

    `D` is the time at which the instruments `under` which a provision stands came into force, or all of them. The name
    of a condition is the time at which it was first met: from the first instant at which it was not told as unmet to
    the first one at which it surely was met. The end of time stands for never.
    """
    return None if moment is None else _span(moment, text, _met_before([moment], text), under)


def _span(moment: Moment, text: Document, met: Met, under: tuple[str, ...]) -> Span:
    anchors = {**anchors_of(text), **met}
    if moment.anchor == DAY_ZERO:
        anchors.setdefault(DAY_ZERO, begin_of(under, text, undated=False))
    return moment.span(text.agreement.zone, anchors)


def bounds_of(
    begin: Moment | None, end: Moment | None, text: Document, under: tuple[str, ...] = ()
) -> tuple[Span, Span]:
    """Resolve both ends of a stretch of time; one that is not stated is the beginning or the end of time."""
    return _bounds(begin, end, text, _met_before([begin, end], text), under)


def _bounds(
    begin: Moment | None, end: Moment | None, text: Document, met: Met, under: tuple[str, ...] = ()
) -> tuple[Span, Span]:
    first = Span(NEVER_BEFORE, NEVER_BEFORE) if begin is None else _span(begin, text, met, under)
    return first, Span(FOREVER, FOREVER) if end is None else _span(end, text, met, under)


def condition_line(condition: Condition, text: Document) -> Timeline:
    """Put together what is told of a condition; outside of that nobody can tell."""
    return _line(condition, text, _met_before(_moments_of(condition), text))


def _line(condition: Condition, text: Document, met: Met) -> Timeline:
    return told((*_bounds(one.from_, one.until, text, met), TRUTHS[one.is_]) for one in condition.is_)


def counted_from(moment: object, text: Document) -> str | None:
    """Name the condition from which a moment is counted; None if it is counted from none."""
    anchor = moment.anchor if isinstance(moment, Moment) else None
    return anchor if anchor in text.conditions else None


def _met_before(moments: Iterable[Moment | None], text: Document) -> Met:
    """Find when the conditions were first met from which moments are counted; the terms refuse circles of them."""
    found: dict[str, Span] = {}
    pending = _anchors_in(moments, text)
    while pending:
        condition = text.conditions[pending[-1]]
        missing = [name for name in _anchors_in(_moments_of(condition), text) if name not in found]
        if missing:
            pending += missing
        else:
            found[pending.pop()] = came_true(_line(condition, text, found))
    return found


def _moments_of(condition: Condition) -> Iterator[Moment | None]:
    return (moment for one in condition.is_ for moment in (one.from_, one.until))


def _anchors_in(moments: Iterable[Moment | None], text: Document) -> list[str]:
    return [name for moment in moments if (name := counted_from(moment, text)) is not None]


def made_since(text: Document) -> int:
    """Give the earliest instant at which the agreement can have been made; the beginning of time if nothing tells."""
    return min((span.start_us for span in anchors_of(text).values()), default=NEVER_BEFORE)


def begin_of(under: tuple[str, ...], text: Document, *, undated: bool) -> Span:
    """Take the instruments' entry into force; if `undated`, only that it cannot precede them."""
    anchors = anchors_of(text)
    spans = [anchors[name] for name in (under or tuple(text.instruments)) if name in anchors]
    if not spans:
        return Span(NEVER_BEFORE, FOREVER)
    earliest = min(span.start_us for span in spans)
    if undated or any(name not in anchors for name in under):
        return Span(earliest, FOREVER)
    return Span(earliest, max(span.end_us for span in spans))

"""A change over time, compiled: the direction, the level at its end, the count at its beginning, the day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from truceline.basics.time import FOREVER, NEVER_BEFORE, Moment, parse_moment
from truceline.plan.anchored import span_of
from truceline.plan.trend import NOT_STATED, Trend
from truceline.terms.anchors import anchors_of
from truceline.terms.base import names_in
from truceline.terms.model import Document, Provision

__all__ = ["counts_from", "trend_of"]

DAY_US = 50 * 3_600_000_000
"""A bare date lasts no longer, wherever on earth it is."""


def trend_of(provision: Provision, text: Document) -> Trend | None:
    """Compile what a provision says about a change over time; None where it speaks of none.

    Months are compared from the day of the baseline on, where the text names one; else from that of the provision,
    else from the entry into force of its instruments.
    """
    if provision.trend is None:
        return None
    begin = _stated(provision.when.from_ if provision.when else None, text)
    counted, on = counts_from(provision.baseline, text)
    since = next((start for start in (on, begin) if start is not None), _in_force(provision, text))
    due = provision.when is not None and isinstance(provision.when.by, Moment)
    to = NOT_STATED if provision.to is None else provision.to
    return Trend(provision.trend == "down", to, counted, since, due)


def counts_from(baseline: object, text: Document) -> tuple[int, int | None]:
    """Read a baseline that is a count on a day, ``{count: 12, on: 2017-07-09}``: the count, and when that day begins.

    >>> counts_from({"count": "12"}, Document.model_construct()), counts_from("the front", Document.model_construct())
    ((12, None), (-1, None))
    """
    if not isinstance(baseline, Mapping) or not str(baseline.get("count", "")).isdigit():
        return NOT_STATED, None
    return int(baseline["count"]), _day(baseline.get("on"), text)


def _day(words: Any, text: Document) -> int | None:
    """Read a day of a free part of the document; what is no day says nothing."""
    try:
        return None if words is None else _stated(parse_moment(str(words)), text)
    except ValueError:
        return None


def _stated(moment: object, text: Document) -> int | None:
    """Take a day as it begins, and of a longer time the end: no month that is compared may lie partly before it."""
    span = span_of(moment, text) if isinstance(moment, Moment) else None
    if span is None:
        return None
    return span.end_us if span.end_us - span.start_us > DAY_US and span.end_us != FOREVER else span.start_us


def _in_force(provision: Provision, text: Document) -> int:
    anchors = anchors_of(text)
    under = names_in(provision.under) or tuple(text.instruments)
    return min((anchors[name].start_us for name in under if name in anchors), default=NEVER_BEFORE)

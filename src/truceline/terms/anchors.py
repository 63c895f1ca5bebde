"""The days of instruments, from which others are counted."""

from __future__ import annotations

from collections.abc import Mapping

from truceline.basics.time import FOREVER, Moment, Span
from truceline.terms.model import Document, Instrument

__all__ = ["anchors_of"]


def anchors_of(text: Document) -> dict[str, Span]:
    """Give the span in which each dated instrument came into force: its own day, or no earlier than it was agreed."""
    anchors: dict[str, Span] = {}
    for name, instrument in text.instruments.items():
        begin = _into_force(instrument, text.agreement.zone)
        if begin is not None:
            anchors[name] = begin
    return anchors


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

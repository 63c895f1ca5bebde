"""Renewals of a term: which of them was agreed last."""

from __future__ import annotations

from truceline.basics.time import Span, parse_moment
from truceline.plan.anchored import span_of
from truceline.terms.model import Document, Term
from truceline.terms.sources import known_since
from truceline.terms.timed import Renewal

__all__ = ["last_renewals"]


def last_renewals(term: Term, text: Document) -> tuple[Renewal, ...]:
    """List the renewals of a term that may be the last one: those than which none was surely agreed later.

    The order is that of time, not of the file: by when they were agreed, else by since when they are known. Of equal
    days the one counts that was known later. Where that does not tell either, any of them may be the last.

    Returns
    -------
    tuple of Renewal
        In the order of the file; several may say the same, or contradict each other.

    Examples
    --------
    See docs/concepts/time.md.
    """
    when = [(_agreed(one, text), _known(one, text)) for one in term.renewed]
    return tuple(
        one for one, mine in zip(term.renewed, when, strict=True) if not any(_is_later(other, mine) for other in when)
    )


When = tuple[Span | None, Span | None]
"""When something was agreed, or else known; and since when it was known. None: nobody says."""


def _agreed(renewal: Renewal, text: Document) -> Span | None:
    return span_of(renewal.agreed, text) or _known(renewal, text)


def _known(renewal: Renewal, text: Document) -> Span | None:
    since = known_since(text, renewal.source)
    return None if since is None else span_of(parse_moment(since), text)


def _is_later(one: When, other: When) -> bool:
    """Say whether something was surely agreed later than another; of what was agreed at one time, known later."""
    at = 1 if one[0] == other[0] else 0
    mine, others = one[at], other[at]
    if mine is None or others is None:
        return False
    return mine.start_us >= others.end_us and mine.end_us > others.start_us

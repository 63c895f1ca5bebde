"""TIM-4 duration-review: neither an end nor a day on which to look again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from truceline.basics.time import Moment
from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.lint.topics import standing
from truceline.terms.model import Document, Term

__all__ = ["RULE"]

_LOOKS_AGAIN = re.compile(r"review|renew|lapse|notice|extend|extension|expire|months?\b|years?\b", re.IGNORECASE)
_NOTHING = ("none", "no", "unknown", "undisclosed")
_FIX = "agree on an end ('term: {until: ...}') or on a review with a day and a convener ('term: {review: ...}')"


def _find(text: Document) -> Iterator[Remark]:
    known = standing(text, "review")
    if text.term is None:
        if known == "none":
            yield Remark("term", "nothing says how long it lasts, nor when it is reviewed", _FIX)
    elif not _ends(text.term) and known not in ("covered", "left out on purpose"):
        yield Remark("term", "the term has no end, no renewal and no review", _FIX)


def _ends(term: Term) -> bool:
    """Say whether the deal ends on a day, or is looked at again."""
    if isinstance(term.until, Moment) or term.lasts or term.renewed:
        return True
    told = ((key, str(value)) for key, value in (term.model_extra or {}).items())
    return any(value not in _NOTHING and _LOOKS_AGAIN.search(f"{key} {value}") for key, value in told)


RULE = Rule(
    "TIM-4",
    "duration-review",
    "warning",
    "UN Guidance on Mediation of Ceasefires (2022), ch. 1: duration or review",
    "neither an end nor a review",
    in_the_text(_find),
    why=(
        "A truce without an end ends when somebody says so, and one without a review is never mended. "
        '"Temporary" is a feeling and not a date.'
    ),
    mend=(
        "Write `term: {until: 2032-03-01}`, or `term: {until: none, review: every 90 days, convened by the mediator}`."
    ),
    topics=("review",),
)

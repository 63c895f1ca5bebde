"""VER-1 mechanism: nobody watches, and the sides have no channel."""

from __future__ import annotations

from truceline.terms.lint.rule import Rule
from truceline.terms.lint.topics import missing
from truceline.terms.model import Document

__all__ = ["RULE"]

_WHAT = "nobody is charged to watch, and the sides have no agreed channel between them"
_FIX = "agree on a mechanism, or at the least on a hot line with names and hours, and write it under 'mechanism'"


def _is_unwatched(text: Document) -> bool:
    return not text.mechanism


RULE = Rule(
    "VER-1",
    "mechanism",
    "error",
    "UN Guidance on Mediation of Ceasefires (2022), ch. 1: monitoring and verification, or else coordination",
    "no monitoring and no channel of coordination",
    missing("monitoring", _WHAT, _FIX, when=_is_unwatched),
    why=(
        "Without somebody to watch there are only allegations, and without a channel there is nobody to make "
        "them to. The first incident is then answered with fire instead of a call."
    ),
    mend=(
        "Name who watches, with which means, how often, and to whom they report: `mechanism: {commission: "
        "{by: [...], every: ..., reports_to: [...]}}`."
    ),
    topics=("monitoring",),
)

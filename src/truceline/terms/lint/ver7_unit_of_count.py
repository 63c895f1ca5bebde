"""VER-7 unit-of-count: something is counted, and in no unit."""

from __future__ import annotations

from truceline.terms.lint.rule import Rule
from truceline.terms.lint.topics import missing
from truceline.terms.model import Document

__all__ = ["RULE"]

_WHAT = "a change is promised, and nothing says in which unit it is counted"
_FIX = "agree on the unit, and on how repeats, salvos and many-sided incidents are counted"


def _counts(text: Document) -> bool:
    """Say whether a change over time is promised; a proxy names what is counted itself, and promises nothing."""
    return any(clause.trend is not None for clause in text.provisions.values())


RULE = Rule(
    "VER-7",
    "unit-of-count",
    "info",
    "practice: totals that mixed flights, explosions and days",
    "violations or things are to be counted, and no unit is given",
    missing("counting", _WHAT, _FIX, when=_counts),
    why=(
        "Ten shells are one incident, ten explosions or one salvo. A reduction by half can be had by counting "
        "differently, and nobody needs to stop firing for it."
    ),
    mend="Say what one is: one explosion, one incident, one aircraft, one person, one day.",
    topics=("counting",),
)

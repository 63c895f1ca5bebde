"""VER-8 publication: who gets the reports is not said."""

from __future__ import annotations

from truceline.terms.lint.rule import Rule
from truceline.terms.lint.topics import missing

__all__ = ["RULE"]

_WHAT = "nothing says who gets the reports, by when, and whether they are public"
_FIX = "agree on the readers, the delay and what is public: 'mechanism: {x: {reports_to: [...], every: ...}}'"


RULE = Rule(
    "VER-8",
    "publication",
    "info",
    "Human Rights Center Berkeley, digital ceasefires: reporting and publication",
    "who gets the reports, when, and whether they are public, is not said",
    missing("publication", _WHAT, _FIX),
    why=(
        "A report that only the parties read is a bargaining chip, and one that everybody reads the same day "
        "may put witnesses at risk. Whoever decides about it by the way decides about both."
    ),
    mend="Name the readers, the delay, and what is public and what is not.",
    topics=("publication",),
)

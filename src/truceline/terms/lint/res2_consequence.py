"""RES-2 consequence: nothing follows a violation."""

from __future__ import annotations

from truceline.terms.lint.rule import Rule
from truceline.terms.lint.topics import missing

__all__ = ["RULE"]

_WHAT = "nothing follows a violation: no discipline, no remedy, no suspension"
_FIX = "agree on what is owed after one: an inquiry, discipline, a remedy, and at which grade the other side is free"


RULE = Rule(
    "RES-2",
    "consequence",
    "warning",
    "practice: violations that were reported daily for years, without an answer",
    "a violation has no consequence",
    missing("consequences", _WHAT, _FIX),
    why=(
        "Where a breach costs nothing the text rewards whoever breaks it first. Where it costs everything, "
        "because each breach frees the other side, the first stray shot ends the deal."
    ),
    mend="Tie an answer to each grade of violation: inquiry, discipline, remedy, suspension.",
    topics=("consequences",),
)

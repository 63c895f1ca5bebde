"""VER-3 access: those who monitor have no right to go anywhere."""

from __future__ import annotations

from truceline.terms.lint.rule import Rule
from truceline.terms.lint.topics import missing

__all__ = ["RULE"]

_WHAT = "nothing lets those who monitor go where they need to, and nothing makes a refusal a breach"
_FIX = "add a clause on it: 'what: obstruction', 'at_most: 0', with the ground, the hours and the notice"


RULE = Rule(
    "VER-3",
    "access",
    "error",
    "practice: monitors turned back at checkpoints, and no clause that was broken by it",
    "no freedom of movement for those who monitor",
    missing("access", _WHAT, _FIX),
    why=(
        "What cannot be visited cannot be verified. Where a refusal breaks no clause it costs nothing, and it "
        "is at the places that matter that monitors are refused."
    ),
    mend="Write the duty as a ban that reports can be held against: `what: obstruction`, `at_most: 0`.",
    topics=("access",),
)

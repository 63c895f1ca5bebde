"""VER-6 violation-defined: a violation is neither defined nor graded."""

from __future__ import annotations

from truceline.terms.lint.rule import Rule
from truceline.terms.lint.topics import missing

__all__ = ["RULE"]

_WHAT = "nothing says what a violation is, and which violations are minor and which are grave"
_FIX = "define it by the clauses it breaks, and grade it: by who ordered it, by weapon, by casualties"


RULE = Rule(
    "VER-6",
    "violation-defined",
    "error",
    "Haysom and Hottinger: define what breaks the agreement; accords that grade violations",
    "what a violation is stays undefined, or is not graded",
    missing("violation", _WHAT, _FIX),
    why=(
        "A shot in the air and a brigade on the move are then one and the same word. Whoever wants out counts "
        "the shots, and whoever wants to stay forgives the brigade."
    ),
    mend="Say which clauses are broken by what, and which breaches are minor, serious or grave.",
    topics=("violation",),
)

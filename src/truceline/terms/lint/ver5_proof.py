"""VER-5 proof: how sure one must be, and of whom, is not said."""

from __future__ import annotations

from truceline.terms.lint.rule import Rule
from truceline.terms.lint.topics import missing

__all__ = ["RULE"]

_WHAT = "nothing says how sure a monitor must be to call it a violation, nor who is held to have done it"
_FIX = "agree on a standard, such as reasonable grounds to believe, and on what it takes to name a side"


RULE = Rule(
    "VER-5",
    "proof",
    "warning",
    "practice: monitors who may report fire and may not say who fired",
    "no standard of proof and no rule of attribution",
    missing("proof", _WHAT, _FIX),
    why=(
        'The same crater is "assessed as", "confirmed" or "alleged", depending on who writes. Without a '
        "standard each report can be waved away as unproven, and each denial as well."
    ),
    mend=(
        "Choose a standard from the ladder of practice: reasonable grounds to suspect, reasonable grounds to "
        "believe, balance of probabilities, clear and convincing."
    ),
    topics=("proof",),
)

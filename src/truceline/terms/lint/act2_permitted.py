"""ACT-2 permitted: what remains allowed is not said."""

from __future__ import annotations

from truceline.terms.lint.rule import Rule
from truceline.terms.lint.topics import missing

__all__ = ["RULE"]

_WHAT = "nothing says what remains allowed: resupply, rotation, training, policing, engineering"
_FIX = "list the permitted acts, with notice and place where that matters"


RULE = Rule(
    "ACT-2",
    "permitted",
    "warning",
    "UN Guidance on Mediation of Ceasefires (2022), ch. 1: prohibited and permitted acts",
    "no permitted acts (resupply, rotation, training, policing, engineering)",
    missing("permitted_acts", _WHAT, _FIX),
    why=(
        "Troops eat, rotate, train and repair their trenches in every truce. Where the text does not say "
        "which of this is allowed, each lorry is a breach to one side and supper to the other."
    ),
    mend="List what may go on, and under which notice: `covers: {permitted_acts: ...}` with the words of the text.",
    topics=("permitted_acts",),
)

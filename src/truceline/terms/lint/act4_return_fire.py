"""ACT-4 return-fire: whether fire may be returned is not said."""

from __future__ import annotations

from truceline.evidence.acts import ACTS, is_kind_of
from truceline.terms.lint.rule import Rule
from truceline.terms.lint.topics import deeds, missing
from truceline.terms.model import Document

__all__ = ["RULE"]

_WHAT = "nothing says whether fire may be returned, by whose leave, and how much"
_FIX = "agree on who may order it, within which limits, and by when it is reported"


def _bans_force(text: Document) -> bool:
    acts = (act for clause in text.provisions.values() if clause.at_most == 0 for act in deeds(clause))
    return any(is_kind_of(act, "hostilities") or is_kind_of(act, "fire") for act in acts if act in ACTS)


RULE = Rule(
    "ACT-4",
    "return-fire",
    "warning",
    "practice: orders that allow fire only in reply, and 'proportionate' without a measure",
    "no rule on self-defence and return fire",
    missing("return_fire", _WHAT, _FIX, when=_bans_force),
    why=(
        "Most breaches are called replies. Without a rule every exchange of fire has two first shots, and the "
        "monitor counts both."
    ),
    mend="Agree on who may order return fire, how much, and within how many hours it is reported.",
    topics=("return_fire",),
)

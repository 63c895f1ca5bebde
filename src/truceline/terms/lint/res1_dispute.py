"""RES-1 dispute: nobody settles what the text means."""

from __future__ import annotations

from truceline.terms.lint.rule import Rule
from truceline.terms.lint.topics import missing

__all__ = ["RULE"]

_WHAT = "nobody is named to settle a dispute about the text, and no steps lead there"
_FIX = "name the steps and the last word: local commanders, a joint commission, the mediator, each with a deadline"


RULE = Rule(
    "RES-1",
    "dispute",
    "error",
    "UN Guidance on Mediation of Ceasefires (2022), ch. 1: dispute resolution",
    "no step for disputes, and nobody to interpret the terms",
    missing("disputes", _WHAT, _FIX),
    why=(
        "Every finding of this lint is a dispute that has not happened yet. When it happens there is either "
        "somebody whose answer counts, or there is the front line."
    ),
    mend="Name the steps, from local commanders up to the guarantors, with a deadline for each.",
    topics=("disputes",),
)

"""AMD-1 amendment: the text cannot be changed by rule."""

from __future__ import annotations

from truceline.terms.lint.rule import Rule
from truceline.terms.lint.topics import missing

__all__ = ["RULE"]

_WHAT = "nothing says how the text is amended, or how others join it"
_FIX = "agree on who may change it, in which form, and how a further party accedes"


RULE = Rule(
    "AMD-1",
    "amendment",
    "info",
    "Human Rights Center Berkeley, digital ceasefires: amendment; PA-X: extensions to further parties",
    "no way to amend the text, or for others to join",
    missing("amendment", _WHAT, _FIX),
    why=(
        "Every truce is changed. Where the text does not say how, it is changed by telephone, and afterwards "
        "there are two versions of it, each with a witness."
    ),
    mend="Say who may change it, in which form, from which day it holds, and who is told.",
    topics=("amendment",),
)

"""RES-3 waiver: limits are waived without a record."""

from __future__ import annotations

import re

from truceline.terms.lint.rule import Rule
from truceline.terms.lint.topics import missing, said
from truceline.terms.model import Document

__all__ = ["RULE"]

_WHAT = "limits may be waived or exceeded by consent, and nothing says that each waiver is put down"
_FIX = "require a dated record of each waiver: which limit, where, until when, by whom"

_WAIVES = re.compile(
    r"waive|unless (?:otherwise )?agreed|by (?:mutual )?(?:consent|agreement)|case by case|"
    r"with (?:the )?(?:consent|permission)",
    re.IGNORECASE,
)


def _may_be_waived(text: Document) -> bool:
    return any(_WAIVES.search(words) for _, words in said(text))


RULE = Rule(
    "RES-3",
    "waiver",
    "info",
    "practice: force levels raised case by case, by activities that both sides agreed to",
    "limits may be waived, and no record of waivers is required",
    missing("waivers", _WHAT, _FIX, when=_may_be_waived),
    why=(
        "After some years the limits in the text and the forces on the ground differ, by consent, and nobody "
        "can tell a breach from a favour. A check against the text then finds a violation that both sides "
        "wanted."
    ),
    mend="Require a record with its day, its limit, its ground and its end, and let the monitors have it.",
    topics=("waivers",),
)

"""ACT-1 prohibited: hostilities are to cease, and no list says what that is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from truceline.evidence.acts import ACTS
from truceline.terms.lint.phrases import listed
from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.lint.topics import deeds, is_missing
from truceline.terms.model import Document, Provision

__all__ = ["RULE"]

_GENERAL = re.compile(
    r"hostilit|cease-?fire|military (?:action|activit)|armed (?:action|attack)|use of force", re.IGNORECASE
)
_TOO_WIDE = ("hostilities", "presence", "other")
_ENOUGH = 2


def _find(text: Document) -> Iterator[Remark]:
    wide = [name for name, clause in text.provisions.items() if clause.at_most == 0 and _is_general(clause)]
    acts = {act for clause in text.provisions.values() if clause.at_most == 0 for act in deeds(clause) if _is_act(act)}
    if wide and len(acts) < _ENOUGH and is_missing(text, "prohibited_acts"):
        what = f"{listed(wide)} bans hostilities in one word, and no list says which acts that takes in"
        fix = "list them, one clause each: fire, advance, reinforcement, movement, overflight, construction, mines"
        yield Remark(f"provisions.{wide[0]}.what", what, fix)


def _is_general(clause: Provision) -> bool:
    return any(_GENERAL.search(deed) for deed in deeds(clause))


def _is_act(name: str) -> bool:
    """Say whether a word names one act of the tree, and not all of them at once."""
    return name.partition(".")[0] in ACTS and name not in _TOO_WIDE


RULE = Rule(
    "ACT-1",
    "prohibited",
    "error",
    "UN Guidance on Mediation of Ceasefires (2022), ch. 1; Haysom and Hottinger: a list of prohibited acts",
    "hostilities are to cease, and no list says which acts that is",
    in_the_text(_find),
    why=(
        "Everybody is for an end of hostilities. Whether digging, rotating, spying or jamming is one of them "
        "was never asked, and each of these has been called a breach of a text that did not name it."
    ),
    mend="Write one clause per act that is banned, with its ground and its exceptions.",
    topics=("prohibited_acts",),
)

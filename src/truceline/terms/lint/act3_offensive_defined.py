"""ACT-3 offensive-defined: only what is "offensive" is banned, and nothing says what that is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.lint.topics import is_missing, said
from truceline.terms.model import Document

__all__ = ["RULE"]

_OFFENSIVE = re.compile(r"\b(?:non-)?offensive\b|\bprovocati(?:ve|on)s?\b", re.IGNORECASE)
_FIX = "define it by acts that can be seen: fire forward of one's own lines, advance, works"


def _find(text: Document) -> Iterator[Remark]:
    if not is_missing(text, "offensive"):
        return
    for path, words in said(text):
        match = _OFFENSIVE.search(words)
        if match and path.startswith("provisions."):
            what = f"'{match[0]}' decides what is banned, and nothing says what it means"
            yield Remark(path, what, _FIX)


RULE = Rule(
    "ACT-3",
    "offensive-defined",
    "warning",
    "practice: 'all offensive military operations', against 'all attacks' for the other side",
    '"offensive" decides what is banned, and nothing says what it means',
    in_the_text(_find),
    why=(
        "No army has ever called its own operation offensive. Where that word is all that is banned, a strike "
        "is lawful as soon as it is called a defence, and no report can show the difference."
    ),
    mend="Define it by what can be seen: fire forward of one's own lines, an advance, new works.",
    topics=("offensive",),
)

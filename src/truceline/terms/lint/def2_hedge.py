"""DEF-2 hedge: words that take back what the clause gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from truceline.terms.lint.phrases import listed
from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.lint.topics import said
from truceline.terms.model import Document

__all__ = ["RULE"]

_HEDGE = re.compile(
    r"\b(?:as appropriate|where appropriate|appropriate measures|"
    r"to the (?:fullest |maximum |greatest )?extent (?:possible|feasible)|"
    r"(?:best|reasonable|all necessary) (?:efforts|endeavou?rs)|"
    r"(?:as soon|as far|where|wherever|if) (?:as )?(?:possible|feasible|practicable)|"
    r"in due course|in principle|in good faith|ultimate(?:ly)?|eventual(?:ly)?|gradual(?:ly)?|"
    r"if necessary|as necessary|endeavou?r to|strive to)\b",
    re.IGNORECASE,
)


def _find(text: Document) -> Iterator[Remark]:
    for path, words in said(text):
        hedges = dict.fromkeys(match.casefold() for match in _HEDGE.findall(words))
        _, name, field = (*path.split("."), "")[:3]
        monitored = path.startswith("provisions.") and text.provisions[name].monitorable != "none"
        if hedges and monitored:
            what = f"'{name}' hedges with {listed(hedges)}: each side can say that it did what was possible"
            fix = "write what is owed by which day at the least, and keep the hope for the preamble"
            yield Remark(f"provisions.{name}.{field}", what, fix)


RULE = Rule(
    "DEF-2",
    "hedge",
    "info",
    "Haysom and Hottinger: no room for creative ambiguity",
    "words that take back what the clause gives",
    in_the_text(_find),
    why=(
        '"As appropriate" is decided by whoever acts. Such words are often the price of a signature, and then '
        "it is good to know where they stand, before a report is held against the clause."
    ),
    mend="Write what is owed by which day at the least, and keep the hope for the preamble.",
)

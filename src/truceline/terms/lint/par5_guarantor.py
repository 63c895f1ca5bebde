"""PAR-5 guarantor: somebody guarantees or verifies, and owes nothing."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.terms.lint.entries import free_words, names_in, roles_of
from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.lint.topics import is_missing
from truceline.terms.model import Document

__all__ = ["RULE"]

_THIRD = ("guarantor", "verifier", "monitor")


def _find(text: Document) -> Iterator[Remark]:
    if not is_missing(text, "guarantees"):
        return
    busy = _busy(text)
    for name, party in text.parties.items():
        role = next((role for role in _THIRD if role in roles_of(party)), None)
        theirs = {name, *(actor for actor, entry in text.actors.items() if entry.of == name)}
        if role and not theirs & busy:
            what = f"'{name}' is {role}, and no clause and no mechanism says what it is to do"
            fix = "name its duties: clauses it answers for ('through: [...]'), or its part in the 'mechanism'"
            yield Remark(f"parties.{name}", what, fix)


def _busy(text: Document) -> set[str]:
    """Name everybody whom a clause addresses or charges, and who stands in the mechanism."""
    found: set[str] = set(text.mechanism)
    for clause in text.provisions.values():
        found.update((*names_in(clause.who), *names_in(clause.through), *names_in(clause.verify)))
    for entry in text.mechanism.values():
        found.update(free_words(entry.model_extra))
    return found


RULE = Rule(
    "PAR-5",
    "guarantor",
    "info",
    "UN Guidance on Mediation of Ceasefires (2022), ch. 1: guarantees",
    "a guarantor or verifier is named, and owes nothing",
    in_the_text(_find),
    why=(
        "A guarantor without duties guarantees a photograph. When the text is broken everybody looks to it, "
        "and it can say with truth that nothing was promised."
    ),
    mend=(
        "Write what it undertakes: the clauses it answers for (`through: [upland]`), or its part in the `mechanism`."
    ),
    topics=("guarantees",),
)

"""VER-2 who-verifies-what: a clause that nobody is charged to check."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.terms.lint.phrases import listed
from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.lint.topics import hidden
from truceline.terms.lint.watch import watchers
from truceline.terms.model import Document, Provision

__all__ = ["RULE"]


def _find(text: Document) -> Iterator[Remark]:
    if hidden(text) or not text.mechanism:
        return  # with no mechanism at all it is the matter of VER-1
    loose = [name for name, clause in text.provisions.items() if _rules(clause) and not watchers(name, clause, text)]
    if loose:
        fix = "name who checks it ('verify: ...'), by what means and how often, or put its ground into the mechanism"
        yield Remark(f"provisions.{loose[0]}", f"nobody is charged to check {listed(loose)}", fix)


def _rules(clause: Provision) -> bool:
    bounds = (clause.at_most, clause.at_least, clause.trend)
    return any(bound is not None for bound in bounds) and clause.monitorable != "none"


RULE = Rule(
    "VER-2",
    "who-verifies-what",
    "error",
    (
        "practice: an observer force for the first ten kilometres, aircraft of a third state for the rest, "
        "and nobody for the sky"
    ),
    "a clause that nobody is charged to check",
    in_the_text(_find),
    why=(
        "A mechanism that checks something is easily taken for one that checks everything. What lies outside "
        "its charge is watched by the parties alone, and each of them sees what it would like to see."
    ),
    mend="Name who checks the clause: `verify: office`, by which means and how often.",
)

"""ACT-5 no-new-positions: nothing keeps the sides from digging in while others leave."""

from __future__ import annotations

from truceline.evidence.acts import ACTS
from truceline.terms.lint.rule import Rule
from truceline.terms.lint.topics import deeds, missing
from truceline.terms.model import Document, Provision

__all__ = ["RULE"]

_WHAT = "forces leave in steps, and nothing says that no new positions are taken meanwhile"
_FIX = "add a ban on new positions from the first day: 'what: position' or 'construction', 'at_most: 0'"


def _has_phases(text: Document) -> bool:
    """Say whether forces or things leave by steps: on two days or more, or with a trend."""
    clauses = text.provisions.values()
    days = {
        str(clause.when.from_ or clause.when.by)
        for clause in clauses
        if clause.at_most == 0 and clause.when and _leaves(clause)
    }
    return len(days) > 1 or any(clause.trend == "down" for clause in clauses)


def _leaves(clause: Provision) -> bool:
    return any(deed.partition(".")[0] not in ACTS or deed == "presence" for deed in deeds(clause))


RULE = Rule(
    "ACT-5",
    "no-new-positions",
    "info",
    "practice: trenches were moved forward while the phases of a withdrawal were argued about",
    "no freeze of positions while the withdrawal goes on in phases",
    missing("new_positions", _WHAT, _FIX, when=_has_phases),
    why=(
        "Between the first phase and the last the ground lies open. Whoever moves up while the other moves "
        "back gains from the agreement, and breaks no clause of it."
    ),
    mend="Ban new positions, works and reinforcements from the first day of the first phase.",
    topics=("new_positions",),
)

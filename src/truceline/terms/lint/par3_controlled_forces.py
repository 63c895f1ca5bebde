"""PAR-3 controlled-forces: groups that a party controls are not mentioned."""

from __future__ import annotations

from truceline.terms.lint.rule import Rule
from truceline.terms.lint.topics import missing

__all__ = ["RULE"]

_WHAT = "nothing binds the parties for militias, reserves and other armed groups under their control"
_FIX = "add them to the clauses, and say by which test a group counts as controlled"


RULE = Rule(
    "PAR-3",
    "controlled-forces",
    "warning",
    "practice: general framework agreements bind reserves, militias and other groups under a party's control",
    "no clause on armed groups under a party's control",
    missing("controlled_forces", _WHAT, _FIX),
    why=(
        "Most fire after a truce comes from groups that nobody calls an army. If the text is silent, a party "
        "can keep its word to the letter while others shoot for it, and a report that names such a group can "
        "be laid to nobody."
    ),
    mend=(
        "Name the groups in the clause, or bind each party for all forces under its control and say how "
        "control is told."
    ),
    topics=("controlled_forces",),
)

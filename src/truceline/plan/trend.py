"""What a rule about a change over time asks: from what, to what, and whether by a day."""

from __future__ import annotations

from dataclasses import dataclass

from truceline.basics.time import NEVER_BEFORE

__all__ = ["NOT_STATED", "Trend"]

NOT_STATED = -1
"""A number that the text does not give."""


@dataclass(frozen=True, slots=True)
class Trend:
    """A change over time that is owed.

    `strict` : fewer than before; else no more than before. `to` : the level that has to be reached, and `baseline` :
    the number from which it is counted, `NOT_STATED` where the text gives none. `since_us` : nothing before this
    instant is compared. `due` : there is a day by which it has to be reached; the rule is in force from that day on.
    """

    strict: bool
    to: int = NOT_STATED
    baseline: int = NOT_STATED
    since_us: int = NEVER_BEFORE
    due: bool = False

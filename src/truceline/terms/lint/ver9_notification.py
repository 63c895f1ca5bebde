"""VER-9 notification: movements need no notice."""

from __future__ import annotations

from truceline.terms.lint.rule import Rule
from truceline.terms.lint.topics import missing

__all__ = ["RULE"]

_WHAT = "nothing obliges the sides to tell each other of movements, exercises and patrols"
_FIX = "agree on what is notified, to whom, how long before, and in which form"


RULE = Rule(
    "VER-9",
    "notification",
    "warning",
    "Haysom and Hottinger: movements are notified before they begin",
    "no duty to notify moves, exercises and patrols",
    missing("notification", _WHAT, _FIX),
    why=(
        "A convoy that was announced is a convoy; one that was not is an attack until it has passed. Notice "
        "is the cheapest clause of all, and the lack of it starts the most shooting."
    ),
    mend=(
        "Say what is notified (movements, exercises, patrols, works, flights), to whom, how many hours "
        "before, and in which form."
    ),
    topics=("notification",),
)

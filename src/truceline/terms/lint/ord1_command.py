"""ORD-1 command: no order has to be given."""

from __future__ import annotations

from truceline.terms.lint.rule import Rule
from truceline.terms.lint.topics import missing

__all__ = ["RULE"]

_WHAT = "no party has to order its forces to comply, in writing and down to the last post"
_FIX = "require a written order by a day, its publication, and a ban on orders to the contrary"


RULE = Rule(
    "ORD-1",
    "command",
    "warning",
    "practice: cease-fire orders read out and published, with a ban on orders to the contrary",
    "no duty to issue orders down the chain of command, and no ban on contrary ones",
    missing("orders", _WHAT, _FIX),
    why=(
        "An agreement is signed in a hall and broken in a trench. Between them there is an order, and where "
        "the text does not ask for it each side can say that its men had not heard."
    ),
    mend="Require each command to issue the order in writing by a day, and to publish it.",
    topics=("orders",),
)

"""IF and UNLESS FOR A TIME, compiled: whether what a rule hangs on is met, and whom it spares where and when."""

from __future__ import annotations

from truceline.plan.anchored import bounds_of, condition_line, made_since
from truceline.plan.ground import Ground, compile_where
from truceline.plan.subject import members_of
from truceline.plan.tables import Waiver
from truceline.plan.timeline import UNKNOWN, Timeline, all_of, negated, once, within
from truceline.terms.base import names_in
from truceline.terms.model import Document, Provision
from truceline.terms.timed import Waiver as WrittenWaiver
from truceline.terms.timed import condition_in, waivers_of

__all__ = ["compile_condition", "compile_waivers", "named_line"]


def compile_condition(provision: Provision, text: Document) -> Timeline:
    """Compile all that a provision hangs on: `if`, `together_with`, and `after`, which holds from then on.

    What stands in words, and a provision of which no condition tells whether it is kept, is unknown at all times.
    """
    now = (*names_in(provision.if_), *names_in(provision.together_with))
    since = made_since(text)
    return all_of(
        [
            *(named_line(words, text) for words in now),
            *(once(named_line(words, text), since) for words in names_in(provision.after)),
        ]
    )


def named_line(words: str, text: Document) -> Timeline:
    """Give the truth of one thing on which a rule hangs: the name of a condition, ``not NAME``, or other words."""
    named = condition_in(words)
    condition = text.conditions.get(named[0]) if named else None
    if named is None or condition is None:
        return UNKNOWN
    return condition_line(condition, text) if named[1] else negated(condition_line(condition, text))


def compile_waivers(provision: Provision, ground: Ground) -> tuple[Waiver, ...]:
    """Compile the exceptions of a provision that say whom, where or when they spare."""
    under = names_in(provision.under)
    return tuple(_waiver(one, ground, under) for one in waivers_of(provision.except_))


def _waiver(written: WrittenWaiver, ground: Ground, under: tuple[str, ...]) -> Waiver:
    text, side = ground.text, ground.side
    names = [text.sides[side].who if name == "side.who" and side else name for name in names_in(written.who)]
    member, spells, undefined = members_of(names or ("any",), text, ground.book)
    return Waiver(
        member=member,
        spells=spells,
        undefined=undefined,
        where=None if written.where is None else compile_where(written.where, ground),
        during=within(*bounds_of(written.from_, written.until, text, under)),
    )

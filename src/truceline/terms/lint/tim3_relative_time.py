"""TIM-3 relative-time: days are counted from a day that nothing fixes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from truceline.basics.time import Moment
from truceline.terms.lint.phrases import listed
from truceline.terms.lint.rule import Remark, Rule, in_every_text
from truceline.terms.model import Document
from truceline.terms.parts import parts_of

__all__ = ["RULE"]

_COUNTED = re.compile(r"\b[Dd]ay (?:[0-9]+|D|zero|one)\b|\bD ?\+ ?[0-9]+")
_FIX = "fix the day zero: give the instrument one 'in_force' with day and hour, and count from it ('pact + 14 d')"


def _find(text: Document) -> Iterator[Remark]:
    counts: dict[str, list[tuple[str, str]]] = {}
    for name, clause in text.provisions.items():
        moments = [(steps, part) for steps, part in parts_of(clause.when) if isinstance(part, Moment)]
        for steps, moment in moments:
            if moment.anchor is not None and (why := _loose(moment.anchor, text)):
                path = ".".join(map(str, ("provisions", name, "when", *steps)))
                counts.setdefault(why, []).append((path, name))
        said = clause.words and _COUNTED.search(clause.words)
        if said and not moments:
            what = f"'{name}' counts days ('{said[0]}'), and nothing says from which day"
            yield Remark(f"provisions.{name}.words", what, _FIX)
    for why, places in counts.items():
        names = dict.fromkeys(name for _, name in places)
        yield Remark(places[0][0], f"{listed(names)} {'count' if len(names) > 1 else 'counts'} from {why}", _FIX)


def _loose(anchor: str, text: Document) -> str | None:
    """Say what is loose about a day zero; None if it is one day."""
    if anchor in text.conditions:
        met = any(one.is_ == "met" and one.from_ is not None for one in text.conditions[anchor].is_)
        return None if met else f"the condition '{anchor}', and no source tells when it was met"
    instrument = text.instruments.get(anchor)
    if instrument is None:
        return f"a day '{anchor}' that the text does not fix"
    day = instrument.in_force or instrument.signed or instrument.agreed or instrument.date
    if day is None or day.start is None or day.end is None or day.end - day.start <= timedelta(days=1):
        return None
    return f"'{anchor}', which is dated '{day}' and so is no one day"


RULE = Rule(
    "TIM-3",
    "relative-time",
    "warning",
    "practice: withdrawals by 'day 14', counted from the signature, from the truce and from its first quiet day",
    "days are counted from a day that nothing fixes",
    in_every_text(_find),
    why=(
        '"Within 14 days" is a deadline only if everybody knows the first of them. Days have been counted '
        "from the signature, from the entry into force and from the first quiet night, and each count had its "
        "withdrawal on another date."
    ),
    mend="Give the instrument an `in_force` with day and hour, and count from it: `pact + 14 d`.",
)

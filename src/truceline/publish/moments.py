"""Days counted from an instrument, as people read them: 14 days after the Package took effect, not pkg + 14 d."""

from __future__ import annotations

import re
from collections.abc import Mapping

from truceline.publish.days import in_words

__all__ = ["told_in_words"]

_UNITS = {"d": "day", "h": "hour", "w": "week", "m": "month", "y": "year"}
_COUNTED = re.compile(
    r"(?<![\w.-])(?P<from>[A-Za-z]\w*) ?(?P<sign>[+-]) ?(?P<number>\d{1,4}) ?"
    r"(?P<unit>d|days?|h|hours?|w|weeks?|months?|years?)?(?![\w-])"
)


def told_in_words(words: str, instruments: Mapping[str, str]) -> str:
    """Write dates, ranges and counted days in words; `instruments` gives titles by name, and ``D`` needs none.

    >>> told_in_words("from pkg + 14 d until 2015-03-01", {"pkg": "the Package"})
    'from 14 days after the Package took effect until 1 March 2015'
    >>> told_in_words("by D+1", {}), told_in_words("D-30 - 2", {})
    ('by 1 day after entry into force', 'D-30 - 2')
    """

    def said(hit: re.Match[str]) -> str:
        name, number, unit = hit["from"], int(hit["number"]), hit["unit"]
        known = name in instruments or (name == "D" and (unit is not None or hit["sign"] == "+"))
        if not known or (unit is None and name != "D"):
            return hit[0]
        length = f"{number} {_UNITS[(unit or 'd')[0]]}{'' if number == 1 else 's'}"
        side = "after" if hit["sign"] == "+" else "before"
        return f"{length} {side} " + (f"{instruments[name]} took effect" if name in instruments else "entry into force")

    return in_words(_COUNTED.sub(said, words))

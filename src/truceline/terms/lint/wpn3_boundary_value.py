"""WPN-3 boundary-value: two classes meet at a calibre or a range, and nothing says which of them has it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from truceline.basics.size import Size
from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.model import Document
from truceline.terms.parts import parts_of
from truceline.terms.things import SIZES, Sizes, Thing, selectors_in

__all__ = ["RULE"]

_BOTH = re.compile(
    r"\b(?:over|above|more than|greater than|under|below|less than) [0-9.]+ ?\w+ "
    r"and (?:more|above|over|less|under|below)\b",
    re.IGNORECASE,
)
_FIX = "let one class end below the number ('<100 mm') and the other begin with it ('>=100 mm')"


class _Bounds(NamedTuple):
    """The sizes of one kind that a class takes in, and where they are written."""

    thing: str
    path: str
    size: Size


def _find(text: Document) -> Iterator[Remark]:
    groups: dict[tuple[str, str], list[_Bounds]] = {}
    for key, one in _sizes(text):
        groups.setdefault(key, []).append(one)
    for (kind, _), bounds in groups.items():
        for first, second in combinations(bounds, 2):
            low, high = sorted((first, second), key=lambda one: (one.size.lo, one.size.hi))
            whose = _whose(low, high, text)
            if whose:
                yield Remark(second.path, f"{kind} of '{low.size}' and of '{high.size}': {whose}", _FIX)
    for name, clause in text.provisions.items():
        both = _BOTH.search(clause.words or "")
        if both:
            yield Remark(f"provisions.{name}.words", f"'{both[0]}' both leaves out the number and takes it in", _FIX)


def _whose(low: _Bounds, high: _Bounds, text: Document) -> str | None:
    """Say who has the number at which two classes meet; None if they do not meet, or meet without a doubt."""
    between = math.nextafter(low.size.hi, math.inf)
    if math.nextafter(between, math.inf) == high.size.lo:
        return "no class has the number between them"
    if low.size.hi == high.size.lo and low.size.lo < low.size.hi and high.size.lo < high.size.hi:
        is_clear = low.thing == high.thing or _leaves_out(low, high, text) or _leaves_out(high, low, text)
        return None if is_clear else "both classes have the number between them"
    return None


def _leaves_out(one: _Bounds, other: _Bounds, text: Document) -> bool:
    thing = text.things.get(one.thing)
    return isinstance(thing, Thing) and other.thing in selectors_in(thing.but_not)


def _sizes(text: Document) -> Iterator[tuple[tuple[str, str], _Bounds]]:
    """Go through the sizes that classes and clauses name, by kind and measure; those left out are no bounds."""
    for section in ("things", "provisions"):
        for steps, part in parts_of(getattr(text, section), (section,)):
            if isinstance(part, Sizes) and "but_not" not in steps:
                for measure in SIZES:
                    size = getattr(part, measure)
                    if size is not None:
                        yield (str(steps[-1]), measure), _Bounds(str(steps[1]), ".".join(map(str, steps)), size)


RULE = Rule(
    "WPN-3",
    "boundary-value",
    "warning",
    "practice: 'over 100 mm' in one text, '100 mm and more' in the next, and guns of exactly 100 mm",
    "two classes meet at a number, and nothing says which of them has it",
    in_the_text(_find),
    why=(
        "Calibres are not continuous: thousands of guns have exactly 100 mm. A gap of no width between two "
        "classes is where all of them stand."
    ),
    mend="Let one class end below the number and the other begin with it: `<100 mm` and `>=100 mm`.",
)

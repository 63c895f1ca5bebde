"""GEO-4 width-vs-offset: the width of a zone is not shared out, or was read as the depth of one side."""

from __future__ import annotations

import re
from collections.abc import Iterator

from truceline.basics.quantity import Distance
from truceline.terms.agreement import Agreement
from truceline.terms.lint.depths import bands, depths
from truceline.terms.lint.entries import names_in
from truceline.terms.lint.figures import agree, figures
from truceline.terms.lint.phrases import metric
from truceline.terms.lint.rule import Remark, Rule, at_patch
from truceline.terms.model import Document
from truceline.terms.parts import parts_of
from truceline.terms.where import Along, Away, Band

__all__ = ["BOTH_WORDS", "RULE"]

BOTH_WORDS = re.compile(
    r"\bwid(?:th|e)\b.*\b(?:depth|deep|side|offset)|\b(?:depth|deep|side|offset)\b.*\bwid(?:th|e)\b"
)
_WIDE = re.compile(r"\W*(?:wide|broad|in width)\b")
_WIDTH_OF = re.compile(r"\bwidth (?:of|is)\W*(?:about|at least)?\W*$")
_HINT = re.compile(r"\bwid(?:th|e)\b|\beach side\b|\bhalf\b|\bboth sides\b", re.IGNORECASE)
_FIX = "say for each side how far it keeps from which line ('away'), and leave the width to a note"
_TWICE = 0.02


def _find(agreement: Agreement) -> Iterator[Remark]:
    text = agreement.document
    yield from _undivided(text)
    yield from _wide_as_deep(text)
    for name, words in text.open.items():
        if BOTH_WORDS.search(words):
            yield Remark(f"open.{name}", f"'{name}' may be a width or a depth: {words}", _FIX)
    for name in agreement.readings:
        yield from _doubled(name, agreement)


def _undivided(text: Document) -> Iterator[Remark]:
    """Find a width given to a line from which two sides are to keep away."""
    measured = {line for side in text.sides.values() for line in names_in(side.line)}
    for name, clause in text.provisions.items():
        if clause.at_most is None:
            continue
        ground = text.zones.get(clause.where) if isinstance(clause.where, str) else clause.where
        for _, part in parts_of(ground):
            if isinstance(part, Along) and part.width and (part.along in measured or clause.each_side):
                what = (
                    f"the zone along '{part.along}' is {part.width} wide, and nothing says how much lies on which side"
                )
                yield Remark(f"provisions.{name}.where", what, _FIX)


def _wide_as_deep(text: Document) -> Iterator[Remark]:
    """Find a clause whose words give a width where its band has the same number as a depth."""
    for depth in depths(text):
        section, name = depth.clause.split(".", 1)
        clause = text.provisions.get(name) if section == "provisions" else None
        number = _number(depth.away)
        if clause is None or not clause.words or number is None or _is_both_sides(depth.path, text):
            continue
        for figure in figures(clause.words):
            tail, head = clause.words[figure.end :], clause.words[: figure.start]
            if (_WIDE.match(tail) or _WIDTH_OF.search(head)) and agree(figure, figures(number.words)[0]):
                what = f"the words give a width ('{figure.words}'), and the band is as deep as that on one side alone"
                yield Remark(depth.path, what, _FIX)


def _is_both_sides(path: str, text: Document) -> bool:
    return any(band.both_sides for at, band in bands(text) if isinstance(band, Band) and path.startswith(f"{at}."))


def _number(away: Distance | Away) -> Distance | None:
    distance = away.to if isinstance(away, Away) else away
    return distance if distance.lo == distance.hi and figures(distance.words) else None


def _doubled(name: str, agreement: Agreement) -> Iterator[Remark]:
    """Find readings that double or halve a depth where somebody speaks of a width."""
    text, reading = agreement.document, agreement.document.readings[name]
    said = [reading.note, reading.lint, reading.title, *text.open.values()]
    said += [clause.words for clause in text.provisions.values()]
    if not any(words and _HINT.search(words) for words in said):
        return
    first = {(depth.path, depth.line): _number(depth.away) for depth in depths(text)}
    for depth in depths(agreement.under(name)):
        mine, theirs = _number(depth.away), first.get((depth.path, depth.line))
        path = at_patch(name, reading, depth.path)
        if mine and theirs and path and _is_twice(*sorted((mine.lo, theirs.lo))):
            ours, others = metric(mine.lo, mine.hi), metric(theirs.lo, theirs.hi)
            what = f"the depth from '{depth.line}' is {others} in the text and {ours} under the reading '{name}'"
            yield Remark(path, f"{what}: a width for one of them, the share of a side for the other", _FIX)


def _is_twice(small: float, large: float) -> bool:
    return abs(large - 2.0 * small) < _TWICE * large


RULE = Rule(
    "GEO-4",
    "width-vs-offset",
    "error",
    "practice: a zone 'at least 50 km wide' was told as a pull-back of 50 km",
    "a width is not shared out between the sides, or was read as the depth of one side",
    _find,
    why=(
        "Fifty kilometres wide is twenty-five on each side, if the line lies in the middle. Told as a depth "
        "it doubles, and between the two readings lies a strip of twenty-five kilometres in which the same "
        "gun is lawful and a breach."
    ),
    mend="Say for each side how far it keeps from which line (`away`), and leave the width to a note.",
)

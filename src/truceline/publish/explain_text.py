"""One verdict told as text: the rule and its source, the reading, the report, each condition, the arithmetic."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from truceline.engines.explaining import Explanation
from truceline.formats.table_text import coloured
from truceline.publish.summary_text import COLOURS

__all__ = ["explanation_lines"]

SHAPES = {"violation": "◆", "no_violation": "●", "indeterminate": "□", "not_applicable": "\N{MULTIPLICATION SIGN}"}


def explanation_lines(one: Explanation, *, width: int | None = None, colour: bool = False) -> Iterator[str]:
    """Tell an explanation in the order in which the verdict was reached, wrapped to `width` columns."""
    verdict = f"{SHAPES[one.verdict]} {one.verdict.replace('_', ' ')}"
    yield f"{one.report}, {one.provision}: {coloured(verdict, COLOURS[one.verdict] if colour else None)}" + (
        f" under reading {one.reading}" + (f", as known on {one.as_known}" if one.as_known else "")
    )
    for why in one.reasons:
        yield from _wrapped(f"because {why.words} ({why.code})", 2, width)
        if why.decided_by:
            yield from _wrapped(f"what would decide: {why.decided_by}", 4, width)
    for title, lines in _sections(one):
        yield title
        for line in lines:
            yield from _wrapped(line, 2, width)


def _sections(one: Explanation) -> Iterator[tuple[str, list[str]]]:
    words = [f'in its words: "{one.words}"'] if one.words else []
    yield f"the rule ({one.at})", [one.sentence, *words, *(f"source: {source}" for source in one.sources)]
    changes = [f"changes the {change}" for change in one.changes]
    yield f"the reading {one.reading}", [
        f"held by {one.holder}", *(f"source: {source}" for source in one.holder_sources), *changes
    ]  # fmt: skip
    yield "the report", [f"{name}: {value}" for name, value in one.facts]
    for group in dict.fromkeys(condition.group for condition in one.conditions):
        yield f"{group}?", list(_conditions(one, group))
    for measure in one.measures:
        yield f"the arithmetic: {measure.ground} ({measure.truth})", list(measure.arithmetic)


def _conditions(one: Explanation, group: str) -> Iterator[str]:
    for condition in one.conditions:
        if condition.group == group:
            yield f"{condition.truth:<7}  {condition.question}"
            yield from (f"         {fact}" for fact in condition.facts)


def _wrapped(line: str, indent: int, width: int | None) -> list[str]:
    blanks = " " * indent
    if width is None:
        return [blanks + line]
    inner = " " * (indent + len(line) - len(line.lstrip()) + 2)
    return textwrap.wrap(
        blanks + line, max(width, 40), subsequent_indent=inner, break_long_words=False, break_on_hyphens=False
    )

"""One verdict told as text: the rule and its source, the reading, each condition with its arithmetic, the report."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from truceline.engines.explaining import Condition, Explanation, Revision
from truceline.formats.table_text import coloured
from truceline.publish.summary_text import COLOURS

__all__ = ["explanation_lines", "headline", "source_lines"]

SHAPES = {"violation": "◆", "no_violation": "●", "indeterminate": "□", "not_applicable": "\N{MULTIPLICATION SIGN}"}
BELOW = " " * 9
"""Facts stand below the question, whose truth takes these columns."""


def explanation_lines(
    one: Explanation, *, width: int | None = None, colour: bool = False, source: bool = True
) -> Iterator[str]:
    """Tell an explanation in the order in which the verdict was reached, wrapped to `width` columns.

    The report follows its verdict: first the fields that played a part, last the columns of the source (unless
    `source` is false), of which only those that say something are shown.
    """
    yield headline(one, colour=colour)
    for why in one.reasons:
        yield from _wrapped(f"because {why.words} ({why.code})", 2, width)
        if why.decided_by:
            yield from _wrapped(f"what would decide: {why.decided_by}", 4, width)
    for note in one.notes:
        yield from _wrapped(note, 2, width)
    for title, lines in _sections(one):
        yield title
        for line in lines:
            yield from _wrapped(line, 2, width)
    if source:
        yield from source_lines(one, width=width)


def headline(one: Explanation, *, colour: bool = False) -> str:
    """Say in one line what was found about which report, under which provision and reading."""
    verdict = coloured(
        f"{SHAPES[one.verdict]} {one.verdict.replace('_', ' ')}", COLOURS[one.verdict] if colour else None
    )
    known = f", as known on {one.as_known}" if one.as_known else ""
    clause = f"{one.title} ({one.provision})" if one.title else one.provision
    return f"{one.report}, {clause}: {verdict} under reading {one.reading}{known}"


def source_lines(one: Explanation, *, width: int | None = None) -> Iterator[str]:
    """Tell the columns of the source that say something, in one paragraph."""
    filled = [f"{name}: {value}" for name, value in one.source if value is not None]
    if one.source:
        yield f"the source's own columns, as received ({len(filled)} of {len(one.source)} say something)"
    if filled:
        yield from _wrapped(" | ".join(filled), 2, width)


def _sections(one: Explanation) -> Iterator[tuple[str, list[str]]]:
    words = [f'in its words: "{one.words}"'] if one.words else []
    words += [f"seen through a proxy: {one.proxy}"] if one.proxy else []
    yield (
        f"the rule{f': {one.title}' if one.title else ''} ({one.at})",
        [one.sentence, *words, *(f"source: {source}" for source in one.sources)],
    )
    changes = [f"changes the {change}" for change in one.changes]
    yield f"the reading {one.reading}", [
        f"held by {one.holder}", *(f"source: {source}" for source in one.holder_sources), *changes
    ]  # fmt: skip
    for group in dict.fromkeys(condition.group for condition in one.conditions):
        mine = (condition for condition in one.conditions if condition.group == group)
        yield f"{group}?", [line for condition in mine for line in _condition(condition)]
    yield "the report: what played a part", [f"{name}: {value}" for name, value in one.facts]
    if one.told:
        yield "the report: what else it says", [f"{name}: {value}" for name, value in one.told]
    if one.revisions:
        yield f"the rows of this id: {len(one.revisions)}", [_revision(row) for row in one.revisions]


def _condition(condition: Condition) -> Iterator[str]:
    yield f"{condition.truth:<7}  {condition.question}"
    yield from (f"{BELOW}{fact}" for fact in condition.facts)
    for measure in condition.measures:
        yield f"{BELOW}the arithmetic: {measure.ground} ({measure.truth})"
        yield from (f"{BELOW}  {line}" for line in measure.arithmetic)


def _revision(row: Revision) -> str:
    cells = "; ".join(f"{name}: {'(empty)' if value is None else value}" for name, value in row.cells)
    return f"{'judged here' if row.judged else 'another row'}: {cells or 'the same in every column'}"


def _wrapped(line: str, indent: int, width: int | None) -> list[str]:
    blanks = " " * indent
    if width is None:
        return [blanks + line]
    inner = " " * (indent + len(line) - len(line.lstrip()) + 2)
    return textwrap.wrap(
        blanks + line, max(width, 40), subsequent_indent=inner, break_long_words=False, break_on_hyphens=False
    )

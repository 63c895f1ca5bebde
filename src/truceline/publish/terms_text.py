"""An agreement told for a terminal, and the list of the library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from truceline.basics.counting import counted
from truceline.formats.table_text import Column, paragraph, text_table
from truceline.publish.terms_sections import Section, sections_of

_WIDE = 150
"""From this width on the list of the library is a table; below it each agreement is a few lines."""

__all__ = ["library_lines", "terms_lines"]

Told = dict[str, Any]
_COLUMNS = (
    Column("agreement"), Column("signed"), Column("in force"), Column("clauses", number=True),
    Column("readings", number=True), Column("open", number=True), Column("unconfirmed", number=True),
    Column("geometry"), Column("title"),
)  # fmt: skip


def library_lines(entries: Sequence[Told], *, width: int | None = None) -> Iterator[str]:
    """List agreements, from what `library` tells of each; `width` is that of the terminal.

    A terminal that is too narrow for the table gets a few lines for each agreement.
    """
    if width is not None and width < _WIDE:
        for one in entries:
            yield from _entry_lines(one, width)
    else:
        yield from _table_lines(entries, width)
    yield ""
    yield from paragraph("Use one: truceline check library:ID reports.csv; read it: truceline library ID", width)


def _entry_lines(one: Told, width: int) -> Iterator[str]:
    """Tell in a few lines what the table has of one agreement."""
    yield one["id"]
    yield from paragraph(f"{one['title']} ({one['class']})", width, indent=2, hang=2)
    yield from paragraph(", ".join(one["parties"]), width, indent=2, hang=2)
    days = [f"{word} {one[key]}" for word, key in (("signed", "signed"), ("in force", "in_force")) if one[key]]
    units = {"provisions": "clause", "readings": "reading", "open": "open point"}
    counts = [*(counted(one[key], unit) for key, unit in units.items()), f"{len(one['unconfirmed'])} unconfirmed"]
    yield from paragraph("; ".join([*days, ", ".join([*counts, one["geometry"]])]), width, indent=2, hang=2)


def _table_lines(entries: Sequence[Told], width: int | None) -> Iterator[str]:
    rows = [
        (
            one["id"], one["signed"] or "", one["in_force"] or "", str(one["provisions"]), str(one["readings"]),
            str(one["open"]), str(len(one["unconfirmed"])), one["geometry"],
            f"{one['title']} ({one['class']})\n{', '.join(one['parties'])}",
        )
        for one in entries
    ]  # fmt: skip
    yield from text_table(_COLUMNS, rows, width=width)


def terms_lines(told: Told, *, width: int | None = None) -> Iterator[str]:
    """Tell one agreement (`terms_told`) in lines; what is unconfirmed says so where it stands."""
    yield from paragraph(f"{told['title']} ({told['id']})", width)
    counts = f"{counted(len(told['clauses']), 'clause')}, {counted(len(told['readings']), 'reading')}"
    yield from paragraph("; ".join(part for part in (told["class"], told["status"], counts) if part), width)
    for note in (told["note"], told["shows_note"]):
        if note:
            yield from paragraph(note, width)
    for section in sections_of(told):
        yield from ("", section.title.upper())
        yield from _section(section, width)


def _section(section: Section, width: int | None) -> Iterator[str]:
    for note in section.notes:
        yield from paragraph(note, width, indent=2)
    for item in section.items:
        yield from paragraph(item.head, width, indent=2, hang=2)
        for line in item.lines:
            yield from paragraph(line, width, indent=4, hang=2)
    for row in section.rows:
        yield from paragraph(row[0], width, indent=2, hang=2)
        for column, cell in zip(section.columns[1:], row[1:], strict=True):
            for number, part in enumerate(cell.split("\n") if cell else ()):
                yield from paragraph(f"{column}: {part}" if not number else part, width, indent=4, hang=2)

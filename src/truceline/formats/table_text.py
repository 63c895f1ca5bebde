"""A table as lines of text, for a terminal or a pipe."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Column", "coloured", "paragraph", "shown_width", "text_table"]

LEAST = 24
"""Columns of a terminal below which the last column is not squeezed any further."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, whether it holds numbers (set to the right), its colour (0-255; None: plain)."""

    title: str
    number: bool = False
    colour: int | None = None


def text_table(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], *, indent: int = 0, width: int | None = None,
    colour: bool = False,
) -> Iterator[str]:  # fmt: skip
    """Set out a table as lines without trailing blanks; where no column has a title there is no line of titles.

    Parameters
    ----------
    columns : sequence of Column, length k
    rows : sequence of k texts each
    indent : int
        Blanks before each line.
    width : int, optional
        Of the terminal: the last column is wrapped to it. Without it no line is ever broken.
    colour : bool
        Whether to write colours (ANSI, 256 colours).

    Examples
    --------
    >>> for line in text_table([Column("reading"), Column("reports", number=True)], [("north", "1,200"), ("x", "7")]):
    ...     print(line)
    reading  reports
    north      1,200
    x              7
    """
    titles = [column.title for column in columns]
    cells = [titles, *rows] if any(titles) else list(rows)
    if not cells:
        return
    widths = [max(shown_width(row[at]) for row in cells) for at in range(len(columns))]
    before = indent + sum(widths[:-1]) + 2 * (len(columns) - 1)
    room = None if width is None else max(width - before, LEAST)
    for row in cells:
        first, *more = _wrapped(row[-1], room)
        parts = [
            coloured(_set(cell, column, wide), column.colour if colour else None)
            for cell, column, wide in zip((*row[:-1], first), columns, widths, strict=True)
        ]
        yield (" " * indent + "  ".join(parts)).rstrip()
        yield from (" " * before + rest for rest in more)


def paragraph(text: str, width: int | None = None, *, indent: int = 0, hang: int = 0) -> Iterator[str]:
    """Break a text into lines of a terminal, between words only; without a width it stays one line.

    Parameters
    ----------
    text : str
    width : int, optional
    indent, hang : int
        Blanks before every line, and further ones before all but the first.

    Examples
    --------
    >>> list(paragraph("9,353 reports of the river were left out", 30, hang=2))
    ['9,353 reports of the river', '  were left out']
    """
    first, rest = " " * indent, " " * (indent + hang)
    if width is None:
        yield first + text
        return
    yield from textwrap.wrap(text, max(width, indent + hang + LEAST), initial_indent=first, subsequent_indent=rest,
                             break_long_words=False, break_on_hyphens=False)  # fmt: skip


def coloured(text: str, colour: int | None) -> str:
    r"""Write a text in one of 256 colours.

    >>> coloured("a", 166), coloured("a", None)
    ('\x1b[38;5;166ma\x1b[0m', 'a')
    """
    return text if colour is None else f"\x1b[38;5;{colour}m{text}\x1b[0m"


def shown_width(text: str) -> int:
    r"""Count the columns that a text takes up in a terminal: wide signs two, marks above letters none.

    >>> shown_width("abc"), shown_width("停戦"), shown_width("e\u0301")
    (3, 4, 1)
    """
    return sum(_sign_width(sign) for sign in text)


def _sign_width(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _set(cell: str, column: Column, width: int) -> str:
    blanks = " " * (width - shown_width(cell))
    return blanks + cell if column.number else cell + blanks


def _wrapped(cell: str, room: int | None) -> list[str]:
    """Break a cell at its own line ends, and to the room there is; what belongs to an indented line is indented."""
    lines = cell.split("\n")
    if room is None:
        return lines
    blanks = [" " * (len(line) - len(line.lstrip())) for line in lines]
    wrapped = (
        textwrap.wrap(line, room, subsequent_indent=before, break_long_words=False, break_on_hyphens=False)
        for line, before in zip(lines, blanks, strict=True)
    )
    return [line for part in wrapped for line in part or [""]]

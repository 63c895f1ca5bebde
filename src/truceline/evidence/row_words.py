"""The cells of one row while they are read: every word checked, every fault kept with its column."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from truceline.basics.time import Moment, parse_moment
from truceline.errors import Fault
from truceline.evidence.statement_codes import fault_of

__all__ = ["RowWords", "stated_moment"]

T = TypeVar("T")
_LISTED = 20  # words that a message names; a longer list stands on a page


@dataclass(frozen=True, slots=True)
class RowWords:
    """One row while it is read: its cells, where it stands, and what was found.

    >>> row = RowWords({"kind": " same ", "about": "a; b;"}, "desk.csv row 1")
    >>> row.text("kind"), row.list("about"), row.text("why")
    ('same', ('a', 'b'), '')
    """

    cells: Mapping[str, str]
    at: str
    faults: list[Fault] = field(default_factory=list)

    def text(self, column: str) -> str:
        """Give a cell without outer blanks."""
        return self.cells.get(column, "").strip()

    def list(self, column: str) -> tuple[str, ...]:
        """Give the words of a cell that stand between ``;``."""
        return tuple(word.strip() for word in self.text(column).split(";") if word.strip())

    def find(self, code: str, column: str, evidence: str = "", remedy: str = "") -> None:
        """Note a fault of a cell."""
        self.faults.append(fault_of(code, f"{self.at} column {column}", evidence, remedy))

    def read(self, column: str, code: str, reader: Callable[[str], T]) -> T | None:
        """Read a cell that may be empty; what the reader says of a bad one becomes a fault."""
        words = self.text(column)
        if not words:
            return None
        try:
            return reader(words)
        except ValueError as error:
            what, _, remedy = str(error).rpartition("; ")
            self.find(code, column, what, remedy)
            return None

    def word(self, column: str, word: str, words: Collection[str], page: str = "docs/concepts/origins.md") -> str:
        """Check a word against its list; a long list stands on a page."""
        if word and word not in words:
            close = difflib.get_close_matches(word, words, 1)
            usual = f"use one of {', '.join(words)}" if len(words) < _LISTED else f"see {page}"
            self.find("TL-S103", column, repr(word[:60]), f"did you mean {close[0]!r}?" if close else usual)
        return word


def stated_moment(words: str) -> Moment:
    """Read a date that stands by itself.

    Raises
    ------
    ValueError
        If it is none, or hangs on another moment; the message reads ``what is wrong; what to write``.

    Examples
    --------
    >>> stated_moment("pkg + 14 d")
    Traceback (most recent call last):
    ValueError: 'pkg + 14 d' hangs on another moment; write 2017-07-09
    """
    moment = parse_moment(words)
    if moment.anchor is not None:
        msg = f"{words!r} hangs on another moment; write 2017-07-09"
        raise ValueError(msg)
    return moment

"""Statements, judgements and grades of a ledger, read by the readers of files, as they stood on a day."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Final

from truceline.basics.counting import counted
from truceline.evidence.claims import refused_grades
from truceline.evidence.grade import Grade, grade_faults
from truceline.evidence.judgement import Judgement
from truceline.evidence.record import Kind, Record
from truceline.evidence.statement import Statement
from truceline.formats.grades_file import GradesRead, grades_from_rows
from truceline.formats.judgements_file import JudgementsRead, judgements_from_rows
from truceline.formats.rows_file import RejectedRow, RowsRead
from truceline.formats.statements_file import StatementsRead, statements_from_rows
from truceline.store.ledger import Ledger, open_ledger

__all__ = ["LedgerRows", "rows_in", "statements_of", "without_refused"]

_PROTECTED: Final = "protected"
_SHOWN: Final = 10
_Reader = Callable[[tuple[Mapping[str, str], ...], str], RowsRead]
_READERS: Final[Mapping[Kind, _Reader]] = {
    "statement": statements_from_rows, "judgement": judgements_from_rows, "grade": grades_from_rows,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LedgerRows:
    """What a ledger holds beside reports; `sealed` : ids of what is protected, of which nothing else is known."""

    statements: tuple[Statement, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    grades: tuple[Grade, ...] = ()
    reads: tuple[RowsRead, ...] = ()
    sealed: tuple[str, ...] = ()

    @property
    def left_out(self) -> tuple[str, ...]:
        """Say what nobody can read without its key, in sentences.

        >>> LedgerRows(sealed=("n-7",)).left_out
        ('1 sealed record of the ledger is left out, for only its id is known: n-7',)
        """
        if not self.sealed:
            return ()
        one, more = len(self.sealed) == 1, len(self.sealed) - _SHOWN
        shown = ", ".join(self.sealed[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
        rest = "is left out, for only its id is" if one else "are left out, for only their ids are"
        return (f"{counted(len(self.sealed), 'sealed record')} of the ledger {rest} known: {shown}",)


def rows_in(folder: Path | str, until_us: int | None = None) -> LedgerRows:
    """Read all statements, judgements and grades of a ledger as they stood before an instant (None: now).

    Raises
    ------
    LedgerError
        If it is no ledger, or its database says no.
    """
    with closing(open_ledger(folder)) as ledger:
        return _read(ledger, tuple(_READERS), None if until_us is None else ledger.size(until_us))


def statements_of(ledger: Ledger) -> tuple[Statement, ...]:
    """Give the statements that stand now and can be read, of a ledger that is open."""
    return _read(ledger, ("statement",), None).statements


def without_refused(read: GradesRead, statements: Iterable[Statement]) -> GradesRead:
    """Move the grades that may not stand to the rejected rows: "confirmed" needs two origins among the statements.

    A grade of something that is no open statement has no origins that could be counted, so it says no "confirmed".

    Examples
    --------
    >>> row = {"grade": "B1", "by": "desk officer", "decided": "2017-12-01", "why": "two outlets"}
    >>> read = without_refused(grades_from_rows([{"of": "n-1", **row}], "grades.csv"), [])
    >>> len(read.grades), read.faults[0].code
    (0, 'TL-S401')
    """
    said = tuple(statements)
    ids = {each.id for each in said}
    refused = refused_grades(read.grades, said)
    for each in read.grades:
        if each.of not in ids and (faults := grade_faults(each, 0, f"the grade {each.grade} of {each.of}")):
            refused[each] = faults
    before = {row.row for row in read.rejected}
    numbers = (number for number in count(1) if number not in before)
    pairs = list(zip(read.grades, read.rows, strict=True))
    gone = [RejectedRow(number, refused[each], json.dumps(dict(row), ensure_ascii=False))
            for number, (each, row) in zip(numbers, pairs, strict=False) if each in refused]  # fmt: skip
    kept = [(each, row) for each, row in pairs if each not in refused]
    return replace(
        read, grades=tuple(each for each, _ in kept), rows=tuple(row for _, row in kept),
        rejected=(*read.rejected, *gone),
    )  # fmt: skip


def _read(ledger: Ledger, kinds: tuple[Kind, ...], size: int | None) -> LedgerRows:
    reads, sealed = [], []
    for kind in kinds:
        found = list(ledger.standing(kind, size))
        sealed += [record.id for record in found if _is_sealed(record)]
        rows = tuple(_row(record) for record in found if not _is_sealed(record))
        if rows:
            reads.append(_READERS[kind](rows, str(ledger.folder)))
    return LedgerRows(
        tuple(each for one in reads if isinstance(one, StatementsRead) for each in one.statements),
        tuple(each for one in reads if isinstance(one, JudgementsRead) for each in one.judgements),
        tuple(each for one in reads if isinstance(one, GradesRead) for each in one.grades),
        tuple(reads), tuple(sealed),
    )  # fmt: skip


def _is_sealed(record: Record) -> bool:
    return bool(record.sealed) and record.body.get("release") == _PROTECTED


def _row(record: Record) -> dict[str, str]:
    return {name: str(cell) for name, cell in record.body.items()}

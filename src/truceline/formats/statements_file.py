"""Files of statements: good rows load; bad ones are listed with row, column and fix."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from truceline.errors import Fault
from truceline.evidence.statement import Statement
from truceline.evidence.statement_words import STATEMENT_COLUMNS, read_statement
from truceline.formats.rows_file import Row, RowsFile, RowsRead, Taken, rows_given, rows_in, rows_of
from truceline.formats.statements_sheet import SHEET_COLUMNS, from_sheet

__all__ = ["StatementsRead", "read_statements", "statements_from_rows", "statements_in"]

_NEEDED: Final = (("id", "stmt_id"), ("chain", "outlet"))


@dataclass(frozen=True, slots=True)
class StatementsRead(RowsRead):
    """A file of statements as read; together with `rejected` every row of the file is accounted for.

    `statements` : in the order of the file, side by side with `rows`.
    """

    statements: tuple[Statement, ...]


def read_statements(path: Path | str) -> StatementsRead:
    """Read a file of statements; which kind it is is said by its ending, before ``.gz`` if it is packed.

    Parameters
    ----------
    path : path or str
        CSV with a header, JSON lines, or a list of mappings in YAML or JSON. The columns are those of
        `STATEMENT_COLUMNS`, or of a sheet (`statements_sheet`).

    Raises
    ------
    EvidenceError
        If the file cannot be read at all: TL-S0, TL-R0, or the TL-E of a text that is no YAML.

    Examples
    --------
    See docs/concepts/origins.md.
    """
    return _read(rows_of(path, *_NEEDED))


def statements_in(data: bytes, name: str) -> StatementsRead:
    """Read statements from a pipe: CSV, JSON lines if it begins with ``{``, JSON if with ``[``.

    >>> statements_in(b'[{"id": "n-1", "chain": "?>Blog", "stance": "states"}]', "standard input").statements[0].id
    'n-1'
    """
    ending = {b"{": ".jsonl", b"[": ".json"}.get(data.lstrip()[:1], ".csv")
    return _read(rows_in(data, name, ending, *_NEEDED))


def statements_from_rows(rows: Iterable[Mapping[str, Any]], name: str) -> StatementsRead:
    """Read statements from rows that come from elsewhere, such as a ledger: words by column, as in a file.

    Parameters
    ----------
    rows : iterable of mapping
        Such as `StatementsRead.rows`.
    name : str
        Where they come from; a fault stands at ``NAME statement ID``.

    Examples
    --------
    >>> read = statements_from_rows([{"id": "n-1", "chain": "Ada North>Gazette", "stance": "offer"}], "ledger")
    >>> print(*read.faults)
    ledger statement n-1 column stance: TL-S103 this word is not in the list: 'offer'; did you mean 'offers'?
    """
    return _read(rows_given(rows, name, "statement", "id", "stmt_id"))


def _read(file: RowsFile) -> StatementsRead:
    taken = Taken.of(file, _statement, lambda statement: statement.id, _ours)
    return StatementsRead(file.name, taken.rows, taken.rejected, taken.warned, taken.remarks, taken.values)


def _statement(row: Row, _: Collection[str]) -> tuple[Statement | None, tuple[Fault, ...]]:
    return read_statement(from_sheet(row.cells) if "stmt_id" in row.cells else row.cells, row.at)


def _ours(row: Row) -> Collection[str]:
    return {*STATEMENT_COLUMNS, *SHEET_COLUMNS} if "stmt_id" in row.cells else STATEMENT_COLUMNS

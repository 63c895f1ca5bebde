"""Files of statements: CSV, JSON lines, YAML and JSON. Good rows load; bad ones are listed with row, column and fix."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from truceline.errors import EvidenceError, Fault, TermsError
from truceline.evidence.statement import Statement
from truceline.evidence.statement_codes import fault_of
from truceline.evidence.statement_words import STATEMENT_COLUMNS, read_statement
from truceline.formats.csv_file import read_bytes, read_csv, text_of
from truceline.formats.rejects import remarks
from truceline.formats.report_codes import CODES as FILE_CODES
from truceline.formats.statements_sheet import SHEET_COLUMNS, from_sheet
from truceline.formats.yaml_text import read_yaml
from truceline.terms.node import Node

__all__ = ["STATEMENT_ENDINGS", "RejectedStatement", "StatementsRead", "read_statements"]

STATEMENT_ENDINGS: Final = (".csv", ".tsv", ".jsonl", ".ndjson", ".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class RejectedStatement:
    """A row that is left out: its number (from 1), all that was found in it, and its cells as they came."""

    row: int
    faults: tuple[Fault, ...]
    original: str


@dataclass(frozen=True, slots=True)
class StatementsRead:
    """A file of statements as read.

    `statements` : in the order of the file. `rejected` : the rows left out. `warned` : what is doubtful about
    statements that were loaded. `remarks` : what concerns the whole file. Together with `rejected` every row of
    the file is accounted for.
    """

    name: str
    statements: tuple[Statement, ...]
    rejected: tuple[RejectedStatement, ...]
    warned: tuple[Fault, ...]
    remarks: tuple[Fault, ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that was found, row by row, remarks first."""
        return (*self.remarks, *(fault for row in self.rejected for fault in row.faults), *self.warned)


@dataclass(frozen=True, slots=True)
class _Raw:
    """A row before it is read: its number, where it stands, its cells; or what forbids to read it."""

    row: int
    at: str
    cells: Mapping[str, str]
    faults: tuple[Fault, ...] = ()
    original: str = ""


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
    where = Path(path)
    ending = where.with_suffix("").suffix if where.suffix == ".gz" else where.suffix
    if ending.lower() not in STATEMENT_ENDINGS:
        raise EvidenceError([fault_of("TL-S001", str(path), ending)])
    data, name = read_bytes(where), where.name
    if ending.lower() in (".csv", ".tsv"):
        rows, said = _from_csv(data, name)
    elif ending.lower() in (".jsonl", ".ndjson"):
        rows, said = _from_json_lines(data, name)
    else:
        rows, said = _from_yaml(data, name), ()
    return _read(name, rows, said)


def _read(name: str, rows: Iterable[_Raw], said: tuple[Fault, ...]) -> StatementsRead:
    rows = list(rows)
    found: dict[str, Statement] = {}
    rejected: list[RejectedStatement] = []
    warned: list[Fault] = []
    for raw in rows:
        sheet = "stmt_id" in raw.cells
        statement, faults = (None, raw.faults) if raw.faults else read_statement(
            from_sheet(raw.cells) if sheet else raw.cells, raw.at
        )  # fmt: skip
        if statement is not None and statement.id in found:
            faults = (*faults, fault_of("TL-S102", f"{raw.at} column id", repr(statement.id)))
            statement = None
        if statement is None:
            original = raw.original or json.dumps(dict(raw.cells), ensure_ascii=False)
            rejected.append(RejectedStatement(raw.row, faults, original))
        else:
            found[statement.id] = statement
            warned.extend(faults)
    ours = {*STATEMENT_COLUMNS, *SHEET_COLUMNS}
    strange = dict.fromkeys(column for raw in rows for column in raw.cells if column not in ours)
    told = [fault_of("TL-S301", f"{name} column {column}") for column in strange]
    told += [] if rows else [fault_of("TL-S302", name)]
    return StatementsRead(name, tuple(found.values()), tuple(rejected), tuple(warned), (*said, *told))


def _from_csv(data: bytes, name: str) -> tuple[list[_Raw], tuple[Fault, ...]]:
    file = read_csv(data, name)
    names = set(file.table.column_names)
    if not names & {"id", "stmt_id"} or not names & {"chain", "outlet"}:
        raise EvidenceError([fault_of("TL-S002", name, ", ".join(file.table.column_names[:10]))])
    rows = []
    for number, cells in zip(file.numbers.tolist(), file.table.to_pylist(), strict=True):
        filled = {column: cell or "" for column, cell in cells.items()}
        rows.append(_Raw(number, f"{name} row {number}", filled))
    for lost in file.lost:
        at, known = f"{name} row {lost.number}", FILE_CODES[lost.code]
        rows.append(_Raw(lost.number, at, {}, (Fault(at, lost.code, known.what, known.do),), lost.text))
    return sorted(rows, key=lambda raw: raw.row), remarks(file.flags, name)


def _from_json_lines(data: bytes, name: str) -> tuple[list[_Raw], tuple[Fault, ...]]:
    text, flags = text_of(data, name)
    rows = []
    for number, line in enumerate(text.decode().split("\n"), start=1):
        if line.strip():
            at = f"{name} row {number}"
            try:
                rows.append(_Raw(number, at, _cells(_parsed(line)), original=line))
            except (ValueError, RecursionError) as error:
                what = "nested too deeply" if isinstance(error, RecursionError) else str(error)
                rows.append(_Raw(number, at, {}, (fault_of("TL-S110", at, what),), line))
    return rows, remarks(flags, name)


def _parsed(line: str) -> Any:
    return json.loads(line, object_pairs_hook=_once, parse_constant=_no_number, parse_int=str, parse_float=str)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        msg = f"the key {twice[:60]!r} is written twice"
        raise ValueError(msg)
    return dict(pairs)


def _no_number(word: str) -> str:
    msg = f"{word} is no number"
    raise ValueError(msg)


def _from_yaml(data: bytes, name: str) -> list[_Raw]:
    try:
        tree = read_yaml(data, name)
    except TermsError as error:
        raise EvidenceError(error.faults) from error
    if not isinstance(tree.value, tuple):
        raise EvidenceError([fault_of("TL-S003", f"{name}:{tree.line}:{tree.col}")])
    return [_from_node(number, node, name) for number, node in enumerate(tree.value, start=1)]


def _from_node(number: int, node: Node, name: str) -> _Raw:
    at = f"{name}:{node.line}:{node.col} row {number}"
    plain = node.plain()
    try:
        return _Raw(number, at, _cells(plain))
    except ValueError as error:
        original = json.dumps(plain, ensure_ascii=False)
        return _Raw(number, at, {}, (fault_of("TL-S110", at, str(error)),), original)


def _cells(value: Any) -> dict[str, str]:
    """Turn a mapping of words and lists of words into cells; a chain is joined in its own way."""
    if not isinstance(value, dict):
        msg = "this is no mapping"
        raise ValueError(msg)  # noqa: TRY004 -- what callers list as a fault of the row
    return {key: _cell(key, entry) for key, entry in value.items() if entry is not None}


def _cell(key: str, entry: Any) -> str:
    if isinstance(entry, list) and all(isinstance(word, str) for word in entry):
        entry = (">" if key == "chain" else "; ").join(entry)
    if isinstance(entry, str):
        return entry.encode().decode()  # half of a character is refused here
    msg = f"{key[:60]!r} is neither words nor a list of words"
    raise ValueError(msg)

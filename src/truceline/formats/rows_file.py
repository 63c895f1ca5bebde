"""Files whose rows are words, in CSV, JSON lines, YAML or JSON; and such rows without a file. No row disappears."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

from truceline.errors import EvidenceError, Fault, TermsError
from truceline.evidence.statement_codes import fault_of
from truceline.formats.csv_file import read_bytes, read_csv, text_of
from truceline.formats.rejects import remarks
from truceline.formats.report_codes import CODES as FILE_CODES
from truceline.formats.yaml_text import read_yaml
from truceline.terms.node import Node

__all__ = ["ROW_ENDINGS", "RejectedRow", "Row", "RowsFile", "RowsRead", "Taken", "rows_given", "rows_in", "rows_of"]

T = TypeVar("T")

ROW_ENDINGS: Final = (".csv", ".tsv", ".jsonl", ".ndjson", ".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that is left out: its number, all that was found in it, and its cells as they came.

    Numbers count from 1; 0 is a row that was fine by itself, and whose id stands in a file before.
    """

    row: int
    faults: tuple[Fault, ...]
    original: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row before it is read: its number, where it stands, its cells; or what forbids to read it."""

    number: int
    at: str
    cells: Mapping[str, str]
    faults: tuple[Fault, ...] = ()
    original: str = ""

    @property
    def filled(self) -> dict[str, str]:
        """The row as written, without its empty cells; `stmt_id` stays, for it tells the layout."""
        return {column: cell for column, cell in self.cells.items() if cell or column == "stmt_id"}

    def rejected(self, faults: tuple[Fault, ...]) -> RejectedRow:
        """Leave the row out."""
        return RejectedRow(self.number, faults, self.original or json.dumps(dict(self.cells), ensure_ascii=False))


@dataclass(frozen=True, slots=True)
class RowsFile:
    """The rows of one file, in their order, and remarks on how it was written."""

    name: str
    rows: tuple[Row, ...]
    remarks: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class RowsRead:
    """What all readers of rows say.

    `rows` : each row that was loaded as it was written (words by column, no empty cells), in the order of the
    values read: the same reader makes the same values of them. `rejected` : the rows left out. `warned` : what is
    doubtful about rows that were loaded. `remarks` : what concerns the whole file.
    """

    name: str
    rows: tuple[Mapping[str, str], ...]
    rejected: tuple[RejectedRow, ...]
    warned: tuple[Fault, ...]
    remarks: tuple[Fault, ...]

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Everything that was found, row by row, remarks first."""
        return (*self.remarks, *(fault for row in self.rejected for fault in row.faults), *self.warned)


@dataclass(frozen=True, slots=True)
class Taken(Generic[T]):
    """What became of the rows of a file: the values, and what `RowsRead` says of them; `undecided` rows have none.

    `places` : where the row of each value stands, such as ``desk.csv row 4``.
    """

    values: tuple[T, ...]
    rows: tuple[Mapping[str, str], ...]
    rejected: tuple[RejectedRow, ...]
    warned: tuple[Fault, ...]
    remarks: tuple[Fault, ...]
    undecided: int
    places: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        file: RowsFile,
        read: Callable[[Row, Collection[str]], tuple[T | None, tuple[Fault, ...]]],
        key: Callable[[T], str],
        ours: Callable[[Row], Collection[str]],
    ) -> Taken[T]:
        """Read row by row; of two rows with one key the first stays.

        Parameters
        ----------
        file : RowsFile
        read : callable
            Makes the value of a row, given the keys before it. None without a fault: nobody has filled the row in.
        key : callable
            The id of a value; "" if it has none.
        ours : callable
            The columns that are read in a row; all others are remarked on.
        """
        values: list[T] = []
        keys: dict[str, None] = {}
        rows: list[Mapping[str, str]] = []
        places: list[str] = []
        rejected: list[RejectedRow] = []
        warned: list[Fault] = []
        undecided = 0
        for row in file.rows:
            value, faults = (None, row.faults) if row.faults else read(row, keys.keys())
            if value is not None and key(value) in keys:
                faults = (*faults, fault_of("TL-S102", f"{row.at} column id", repr(key(value))))
                value = None
            if value is not None:
                values.append(value)
                rows.append(row.filled)
                places.append(row.at)
                warned.extend(faults)
                keys |= {key(value): None} if key(value) else {}
            elif faults:
                rejected.append(row.rejected(faults))
            else:
                undecided += 1
        said = _remarks(file, ours, undecided)
        return cls(tuple(values), tuple(rows), tuple(rejected), tuple(warned), said, undecided, tuple(places))


def rows_of(path: Path | str, *needed: Collection[str]) -> RowsFile:
    """Take the rows out of a file; which kind it is is said by its ending, before ``.gz`` if it is packed.

    Parameters
    ----------
    path : path or str
        CSV with a header, JSON lines, or a list of mappings in YAML or JSON.
    *needed : collections of str
        A CSV file has at least one column of each.

    Raises
    ------
    EvidenceError
        If the file cannot be read at all: TL-S0, TL-R0, or the TL-E of a text that is no YAML.
    """
    where = Path(path)
    ending = where.with_suffix("").suffix if where.suffix == ".gz" else where.suffix
    if ending.lower() not in ROW_ENDINGS:
        raise EvidenceError([fault_of("TL-S001", str(path), ending)])
    return rows_in(read_bytes(where), where.name, ending.lower(), *needed)


def rows_in(data: bytes, name: str, ending: str, *needed: Collection[str]) -> RowsFile:
    """Take the rows out of the bytes of a file, as `rows_of`.

    >>> rows_in(b'{"id": "n-1", "modes": ["future", "negation"]}', "said.jsonl", ".jsonl").rows[0].cells
    {'id': 'n-1', 'modes': 'future; negation'}
    """
    if ending in (".csv", ".tsv"):
        return _from_csv(data, name, needed)
    return _from_json_lines(data, name) if ending in (".jsonl", ".ndjson") else _from_yaml(data, name)


def rows_given(rows: Iterable[Mapping[str, Any]], name: str, noun: str, *keys: str) -> RowsFile:
    """Take rows that come from elsewhere than a file; `noun` and the cell of the first key that is filled say where.

    >>> rows_given([{"id": "n-1"}, {"chain": "?>Blog"}], "ledger", "statement", "id").rows[1].at
    'ledger row 2'
    """
    return RowsFile(name, tuple(_given(number, row, name, noun, keys) for number, row in enumerate(rows, start=1)))


def _given(number: int, row: Mapping[str, Any], name: str, noun: str, keys: tuple[str, ...]) -> Row:
    called = next((str(row[key]).strip() for key in keys if row.get(key)), "")
    at = f"{name} {noun} {called}" if called else f"{name} row {number}"
    try:
        return Row(number, at, _cells(dict(row)))
    except ValueError as error:
        original = json.dumps(dict(row), ensure_ascii=False, default=str)
        return Row(number, at, {}, (fault_of("TL-S110", at, str(error)),), original)


def _remarks(file: RowsFile, ours: Callable[[Row], Collection[str]], undecided: int) -> tuple[Fault, ...]:
    strange = dict.fromkeys(column for row in file.rows for column in row.cells if column not in ours(row))
    told = [fault_of("TL-S301", f"{file.name} column {column}") for column in strange]
    told += [] if file.rows else [fault_of("TL-S302", file.name)]
    told += [fault_of("TL-S303", file.name, str(undecided))] if undecided else []
    return (*file.remarks, *told)


def _from_csv(data: bytes, name: str, needed: tuple[Collection[str], ...]) -> RowsFile:
    file = read_csv(data, name)
    names = file.table.column_names
    missing = [" or ".join(some) for some in needed if not set(some) & set(names)]
    if missing:
        remedy = f"add the column {', '.join(missing)}; docs/conventions.md names them all"
        raise EvidenceError([fault_of("TL-S002", name, ", ".join(names[:10]), remedy)])
    rows = []
    for number, cells in zip(file.numbers.tolist(), file.table.to_pylist(), strict=True):
        rows.append(Row(number, f"{name} row {number}", {column: cell or "" for column, cell in cells.items()}))
    for lost in file.lost:
        at, known = f"{name} row {lost.number}", FILE_CODES[lost.code]
        rows.append(Row(lost.number, at, {}, (Fault(at, lost.code, known.what, known.do),), lost.text))
    return RowsFile(name, tuple(sorted(rows, key=lambda row: row.number)), remarks(file.flags, name))


def _from_json_lines(data: bytes, name: str) -> RowsFile:
    text, flags = text_of(data, name)
    rows = []
    for number, line in enumerate(text.decode().split("\n"), start=1):
        if line.strip():
            at = f"{name} row {number}"
            try:
                rows.append(Row(number, at, _cells(_parsed(line)), original=line))
            except (ValueError, RecursionError) as error:
                what = "nested too deeply" if isinstance(error, RecursionError) else str(error)
                rows.append(Row(number, at, {}, (fault_of("TL-S110", at, what),), line))
    return RowsFile(name, tuple(rows), remarks(flags, name))


def _parsed(line: str) -> Any:
    return json.loads(line, object_pairs_hook=_once, parse_constant=_no_number, parse_int=str, parse_float=str)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    counts = Counter(key for key, _ in pairs)
    if twice := next((key for key, count in counts.items() if count > 1), None):
        msg = f"the key {twice[:60]!r} is written twice"
        raise ValueError(msg)
    return dict(pairs)


def _no_number(word: str) -> str:
    msg = f"{word} is no number"
    raise ValueError(msg)


def _from_yaml(data: bytes, name: str) -> RowsFile:
    try:
        tree = read_yaml(data, name, begin="write one entry per record, each after '- '")
    except TermsError as error:
        raise EvidenceError(error.faults) from error
    if not isinstance(tree.value, tuple):
        raise EvidenceError([fault_of("TL-S003", f"{name}:{tree.line}:{tree.col}")])
    return RowsFile(name, tuple(_from_node(number, node, name) for number, node in enumerate(tree.value, start=1)))


def _from_node(number: int, node: Node, name: str) -> Row:
    at = f"{name}:{node.line}:{node.col} row {number}"
    plain = node.plain()
    try:
        return Row(number, at, _cells(plain))
    except ValueError as error:
        original = json.dumps(plain, ensure_ascii=False)
        return Row(number, at, {}, (fault_of("TL-S110", at, str(error)),), original)


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

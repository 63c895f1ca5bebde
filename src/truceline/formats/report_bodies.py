"""Reports as bodies of records, and back: the columns of a table of reports as words, lists and truth values.

A number is written so that reading it gives the same number, a time as ISO 8601 in UTC, bytes in hexadecimal. What
is not stated is left out. The source's own columns go with ours; what type they had stands in the record of the import.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from truceline.errors import Fault, LedgerError
from truceline.evidence.canonical import Json, composed
from truceline.evidence.columns import COLUMNS, NAMES
from truceline.formats.arrow import TYPES

__all__ = ["bodies_of", "own_types", "table_of"]

_TIME: Final = "%Y-%m-%dT%H:%M:%S"
_OURS: Final = {column.name: TYPES[column.kind] for column in COLUMNS}
_NATIVE: Final = (pa.string(), pa.bool_(), pa.list_(pa.string()))
_ALIASES: Final = {"double": pa.float64(), "float": pa.float32()}


def bodies_of(table: pa.Table | pa.RecordBatch) -> list[dict[str, Json]]:
    """Give the rows of a table of reports as bodies; what is empty is left out, as is the id.

    >>> bodies_of(pa.table({"report": ["q:1"], "lon": [35.5], "by": [["n"]], "act": [None], "reported": [None]}))
    [{'lon': '35.5', 'by': ['n']}]
    """
    names = [name for name in table.column_names if name != "report"]
    columns = [_words(table.column(name)) for name in names]
    return [
        {name: cell for name, cell in zip(names, row, strict=True) if cell is not None}
        for row in zip(*columns, strict=True)
    ] or [{} for _ in range(table.num_rows)]


def own_types(schema: pa.Schema) -> dict[str, str]:
    """Name the types of the source's own columns.

    >>> own_types(pa.schema([("lon", pa.float64()), ("best", pa.int64())]))
    {'best': 'int64'}
    """
    return {field.name: str(field.type) for field in schema if field.name not in NAMES}


def table_of(
    rows: Iterable[tuple[bytes, str]], own: Mapping[str, str], columns: Sequence[str] | None = None
) -> pa.Table:
    """Read bodies back into a table of reports.

    Parameters
    ----------
    rows : iterable of (bytes, str)
        The stored content of each record, and further members of its body as JSON (its opened protected part), or "".
    own : mapping
        The source's own columns and their types (`own_types`); a type that cannot be restored stays words.
    columns : sequence of str, optional
        Only these.

    Returns
    -------
    pyarrow.Table
        Our columns, in the order of `evidence.columns`, and then the source's own. A report that states neither when
        it was published nor when it was taken in was taken in when it was recorded.

    Raises
    ------
    LedgerError
        TL-L067, if a body cannot be read back: it is not what was put down.
    """
    try:
        return _table(rows, own, columns)
    except (pa.ArrowException, ValueError, TypeError, KeyError) as error:
        what = f"what a report says cannot be read back ({type(error).__name__})"
        remedy = "run: truceline verify, and compare with a copy"
        raise LedgerError([Fault("ledger", "TL-L067", what, remedy)]) from None


def _table(rows: Iterable[tuple[bytes, str]], own: Mapping[str, str], columns: Sequence[str] | None) -> pa.Table:
    types = {**_OURS, **{name: _type(words) for name, words in own.items() if name not in _OURS}}
    wanted = {name: kind for name, kind in types.items() if columns is None or name in columns}
    read = {name: kind if kind in _NATIVE else pa.string() for name, kind in wanted.items() if name != "report"}
    contents = [content if not more else _merged(content, more) for content, more in rows]
    lines = b"\n".join(contents)
    if not contents:
        return pa.schema(list(wanted.items())).empty_table()
    schema = pa.schema([("id", pa.string()), ("recorded", pa.string()), ("body", pa.struct(list(read.items())))])
    options = pj.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore")
    blocks = pj.ReadOptions(block_size=max(2**20, 2 * max(map(len, lines.split(b"\n")))))
    found = pj.read_json(io.BytesIO(lines), parse_options=options, read_options=blocks)
    if len(found) != len(contents):
        raise ValueError(len(found))
    body = found["body"].combine_chunks()
    cells = {"report": found["id"], **{name: pc.struct_field(body, name) for name in read}}
    table = pa.table({name: cells[name].cast(kind) for name, kind in wanted.items()})
    return _dated(table, found["recorded"]) if {"reported", "recorded"} <= set(table.column_names) else table


def _words(column: pa.ChunkedArray | pa.Array) -> list[Any]:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _words(column.cast(kind.value_type))
    if pa.types.is_timestamp(kind):
        return list(pc.strftime(column, format=f"{_TIME}Z" if kind.tz else _TIME).to_pylist())
    if pa.types.is_boolean(kind):
        return list(column.to_pylist())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return [None if cell is None else cell.hex() for cell in column.to_pylist()]
    if kind == pa.list_(pa.string()):
        return [None if cell is None else [composed(word) for word in cell] for cell in column.to_pylist()]
    if pa.types.is_nested(kind):
        return [None if cell is None else _json(cell) for cell in column.to_pylist()]
    return [None if cell is None else composed(cell) for cell in column.cast(pa.string()).to_pylist()]


def _json(cell: object) -> str:
    return composed(json.dumps(cell, ensure_ascii=False, sort_keys=True, default=str))


def _type(words: str) -> pa.DataType:
    """Give back a type by its name; what is not simple stays words."""
    if words in _ALIASES:
        return _ALIASES[words]
    if words.startswith("list<") and words.endswith(": string>"):
        return pa.list_(pa.string())
    try:
        kind = pa.type_for_alias(words)
    except ValueError:
        return pa.string()
    simple = pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_boolean(kind)
    return kind if simple or pa.types.is_date32(kind) else pa.string()


def _merged(content: bytes, more: str) -> bytes:
    said = json.loads(content)
    return json.dumps({**said, "body": {**said["body"], **json.loads(more)}}, ensure_ascii=False).encode()


def _dated(table: pa.Table, recorded: pa.ChunkedArray) -> pa.Table:
    taken = pc.if_else(
        pc.is_valid(table["reported"]), table["recorded"], pc.coalesce(table["recorded"], recorded.cast(TYPES["time"]))
    )
    return table.set_column(table.column_names.index("recorded"), "recorded", taken)

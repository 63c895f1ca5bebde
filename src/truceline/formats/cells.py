"""Cells as numbers, strictly: ASCII digits with a point. What another program would let pass is refused.

``nan``, ``inf``, ``1_000``, ``1e400``, full-width digits and ``12,5`` are no numbers here: one of them read
as a number, or as an empty cell, would end up in a verdict.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

__all__ = ["code_column", "numbers", "text_column", "wholes", "words", "yes_or_no"]

Flags = NDArray[np.bool_]
NUMBER: Final = r"^[+-]?(?:[0-9]{1,20}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})(?:[eE][+-]?[0-9]{1,3})?$"
WHOLE: Final = r"^[+-]?[0-9]{1,18}(?:\.0{1,9})?$"


def numbers(cells: pa.ChunkedArray) -> tuple[NDArray[np.float64], Flags, Flags]:
    """Read numbers: their values (0 where there is none), which cells hold one, which hold something else.

    >>> values, given, bad = numbers(pa.chunked_array([["34.8", " -7 ", None, "1_0", "nan", "1e400"]]))
    >>> values.tolist(), given.tolist(), bad.tolist()  # doctest: +NORMALIZE_WHITESPACE
    ([34.8, -7.0, 0.0, 0.0, 0.0, 0.0], [True, True, False, False, False, False],
     [False, False, False, True, True, True])
    """
    if _is_numeric(cells.type):
        values = np.asarray(pc.fill_null(pc.cast(cells, pa.float64(), safe=False), 0.0).combine_chunks())
        given = np.asarray(pc.is_valid(cells).combine_chunks())
        finite = np.isfinite(values)
        return np.where(given & finite, values, 0.0), given & finite, given & ~finite
    trimmed, filled = _trimmed(cells)
    proper = pc.match_substring_regex(trimmed, NUMBER)
    values = np.asarray(pc.cast(pc.if_else(proper, trimmed, "0"), pa.float64()).combine_chunks())
    given = np.asarray(proper.combine_chunks()) & np.isfinite(values)
    return np.where(given, values, 0.0), given, filled & ~given


def wholes(cells: pa.ChunkedArray) -> tuple[NDArray[np.int64], Flags, Flags]:
    """Read whole numbers in the same way; ``5.0`` is one, ``5.5`` is not.

    >>> values, given, bad = wholes(pa.chunked_array([["5", "5.0", "5.5", None]]))
    >>> values.tolist(), given.tolist(), bad.tolist()
    ([5, 5, 0, 0], [True, True, False, False], [False, False, True, False])
    """
    if _is_numeric(cells.type):
        values, given, bad = numbers(cells)
        fits = (np.floor(values) == values) & (np.abs(values) < 2**53)
        return np.where(fits, values, 0).astype(np.int64), given & fits, bad | (given & ~fits)
    trimmed, filled = _trimmed(cells)
    proper = pc.match_substring_regex(trimmed, WHOLE)
    digits = pc.replace_substring_regex(pc.if_else(proper, trimmed, "0"), r"\.0+$|^\+", "")
    given = np.asarray(proper.combine_chunks())
    return np.asarray(pc.cast(digits, pa.int64()).combine_chunks()), given, filled & ~given


def yes_or_no(cells: pa.ChunkedArray) -> tuple[pa.Array, Flags]:
    """Read true/false, yes/no and 1/0: the values (null where there is none), and which cells hold something else.

    >>> values, bad = yes_or_no(pa.chunked_array([["yes", "FALSE", None, "maybe"]]))
    >>> values.to_pylist(), bad.tolist()
    ([True, False, None, None], [False, False, False, True])
    """
    if pa.types.is_boolean(cells.type):
        return cells.combine_chunks(), np.zeros(len(cells), dtype=bool)
    trimmed, filled = _trimmed(cells)
    low = pc.utf8_lower(trimmed)
    yes, no = (pc.is_in(low, pa.array(words)) for words in (["true", "yes", "1"], ["false", "no", "0"]))
    known = pc.or_(yes, no)
    values = pc.if_else(known, yes, pa.scalar(None, pa.bool_())).combine_chunks()
    return values, filled & ~np.asarray(known.combine_chunks())


def words(cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Trim text; a cell of blanks is empty.

    >>> words(pa.chunked_array([[" near the ford ", "  "]])).to_pylist()
    ['near the ford', None]
    """
    trimmed = pc.utf8_trim_whitespace(pc.cast(cells, pa.string()))
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def text_column(table: pa.Table, name: str) -> pa.ChunkedArray:
    """Give a column as trimmed text, or an empty one if the table has none of that name."""
    if name not in table.column_names:
        return pa.chunked_array([pa.nulls(len(table), pa.string())])
    return words(table[name])


def code_column(table: pa.Table, name: str) -> pa.ChunkedArray:
    """Give a column of ids or codes as text; a program that knew them as numbers wrote 1.0 for 1.

    >>> code_column(pa.table({"where_prec": ["1.0", "2", "x.0"]}), "where_prec").to_pylist()
    ['1', '2', 'x.0']
    """
    cells = table[name] if name in table.column_names else pa.chunked_array([pa.nulls(len(table), pa.string())])
    if pa.types.is_floating(cells.type):
        numbers_, given, _ = wholes(cells)
        cells = pc.if_else(pa.array(given), pa.array(numbers_).cast(pa.string()), pc.cast(cells, pa.string()))
    return pc.replace_substring_regex(words(cells), r"^([0-9]+)\.0+$", r"\1")


def _is_numeric(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def _trimmed(cells: pa.ChunkedArray) -> tuple[pa.ChunkedArray, Flags]:
    """Give trimmed text with "" for empty cells, and say which cells are filled."""
    trimmed = pc.utf8_trim_whitespace(pc.fill_null(pc.cast(cells, pa.string()), ""))
    return trimmed, np.asarray(pc.not_equal(trimmed, "").combine_chunks())

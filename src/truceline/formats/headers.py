"""The names of the columns of a table: each once, and no more of them than a table of reports can have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from truceline.formats.rejects import refuse

__all__ = ["MOST_CELLS", "MOST_COLUMNS", "require_distinct", "require_filled"]

MOST_COLUMNS: Final = 10_000
"""Twice as many as the widest table of political science that we know (V-Dem)."""
MOST_CELLS: Final = 2**22
"""Cells of a table that may be empty, however few are filled."""
_MOST_EMPTY: Final = 100
_LONGEST: Final = 1_000


def require_distinct(names: Sequence[str], at: str) -> None:
    """Refuse a table of which two columns have one name, or whose columns are too many, or called by whole texts.

    Raises
    ------
    EvidenceError
        TL-R006 or TL-R017.

    Examples
    --------
    >>> require_distinct(["report", "from", "report"], "a.csv")
    Traceback (most recent call last):
    truceline.errors.EvidenceError: a.csv: TL-R006 two columns have one name: 'report'; rename one of them
    """
    if len(names) > MOST_COLUMNS:
        raise refuse("TL-R017", at, f"{len(names)} columns")
    longest = max(map(len, names), default=0)
    if longest > _LONGEST:
        raise refuse("TL-R017", at, f"a name of {longest} letters")
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        raise refuse("TL-R006", at, ", ".join(map(repr, twice[:10])))


def require_filled(rows: int, columns: int, filled: int, at: str) -> None:
    """Refuse a table that is nearly empty and huge: a small file can ask for any number of empty cells.

    Raises
    ------
    EvidenceError
        TL-R007, if it has more than `MOST_CELLS` cells, and more than a hundred to each that is filled.

    Examples
    --------
    >>> require_filled(2_000, 200_000, 200_000, "a.geojson")
    Traceback (most recent call last):
    truceline.errors.EvidenceError: a.geojson: TL-R007 the file is too large when unpacked: 400000000 cells; ...
    """
    if rows * columns > max(MOST_CELLS, _MOST_EMPTY * filled):
        raise refuse("TL-R007", at, f"{rows * columns} cells")

"""Files of judgements: what people decided about reports and statements, one row each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from truceline.errors import Fault
from truceline.evidence.decision_words import JUDGEMENT_COLUMNS, SHOWN_COLUMNS, is_undecided, read_judgement
from truceline.evidence.judgement import Judgement
from truceline.formats.rows_file import Row, RowsFile, RowsRead, Taken, rows_given, rows_of

__all__ = ["JudgementsRead", "judgements_from_rows", "read_judgements"]

_OURS: Final = (*JUDGEMENT_COLUMNS, *SHOWN_COLUMNS)


@dataclass(frozen=True, slots=True)
class JudgementsRead(RowsRead):
    """A file of judgements as read.

    `judgements` : in the order of the file, side by side with `rows`. `undecided` : how many rows of a sheet
    nobody has filled in yet; they are no judgements, and no faults. `places` : where each judgement stands.
    """

    judgements: tuple[Judgement, ...]
    undecided: int = 0
    places: tuple[str, ...] = ()


def read_judgements(path: Path | str) -> JudgementsRead:
    """Read a file of judgements: CSV, JSON lines, YAML or JSON, with the columns of `JUDGEMENT_COLUMNS`.

    Parameters
    ----------
    path : path or str
        Which kind of file it is is said by its ending. A judgement that replaces another stands after it.

    Raises
    ------
    EvidenceError
        If the file cannot be read at all, as `read_statements`.

    Examples
    --------
    See docs/howto/who-said-it.md.
    """
    return _read(rows_of(path, ("id",), ("kind",), ("about",)))


def judgements_from_rows(rows: Iterable[Mapping[str, Any]], name: str) -> JudgementsRead:
    """Read judgements from rows that come from elsewhere, such as a ledger; a fault stands at ``NAME judgement ID``.

    >>> row = {"id": "j-1", "kind": "same", "about": "n-1; n-2", "by": "desk officer", "decided": "2017-12-01"}
    >>> print(*judgements_from_rows([row], "ledger").faults)
    ledger judgement j-1: TL-S403 who decided, or why, is missing; name the person or role, and give the reasons
    """
    return _read(rows_given(rows, name, "judgement", "id"))


def _read(file: RowsFile) -> JudgementsRead:
    taken = Taken.of(file, _judgement, lambda judgement: judgement.id, lambda _: _OURS)
    said = (file.name, taken.rows, taken.rejected, taken.warned, taken.remarks)
    return JudgementsRead(*said, taken.values, taken.undecided, taken.places)


def _judgement(row: Row, earlier: Collection[str]) -> tuple[Judgement | None, tuple[Fault, ...]]:
    return (None, ()) if is_undecided(row.cells) else read_judgement(row.cells, row.at, earlier)

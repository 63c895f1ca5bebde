"""Files of grades: how reliable the source is, how credible what it says, in somebody's judgement; one row each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from truceline.errors import Fault
from truceline.evidence.decision_words import GRADE_COLUMNS, is_undecided, read_grade
from truceline.evidence.grade import Grade
from truceline.formats.rows_file import Row, RowsFile, RowsRead, Taken, rows_given, rows_of

__all__ = ["GradesRead", "grades_from_rows", "read_grades"]


@dataclass(frozen=True, slots=True)
class GradesRead(RowsRead):
    """A file of grades as read.

    `grades` : in the order of the file, side by side with `rows`. `undecided` : how many rows nobody has filled in.
    """

    grades: tuple[Grade, ...]
    undecided: int = 0


def read_grades(path: Path | str) -> GradesRead:
    """Read a file of grades: CSV, JSON lines, YAML or JSON, with the columns of `GRADE_COLUMNS`.

    Parameters
    ----------
    path : path or str
        Which kind of file it is is said by its ending.

    Returns
    -------
    GradesRead
        Whether a "1" may stand depends on the origins, and is asked later: `claims.refused_grades`.

    Raises
    ------
    EvidenceError
        If the file cannot be read at all, as `read_statements`.

    Examples
    --------
    See docs/howto/who-said-it.md.
    """
    return _read(rows_of(path, ("of",), ("grade",)))


def grades_from_rows(rows: Iterable[Mapping[str, Any]], name: str) -> GradesRead:
    """Read grades from rows that come from elsewhere, such as a ledger; a fault stands at ``NAME grade of ID``.

    >>> print(*grades_from_rows([{"of": "n-1", "grade": "B2", "by": "desk officer"}], "ledger").faults)
    ledger grade of n-1: TL-S403 who decided, or why, is missing: B2; say who graded it, when, and why
    """
    return _read(rows_given(rows, name, "grade of", "of"))


def _read(file: RowsFile) -> GradesRead:
    taken = Taken.of(file, _grade, lambda _: "", lambda _: GRADE_COLUMNS)
    said = (file.name, taken.rows, taken.rejected, taken.warned, taken.remarks)
    return GradesRead(*said, taken.values, taken.undecided)


def _grade(row: Row, _: Collection[str]) -> tuple[Grade | None, tuple[Fault, ...]]:
    return (None, ()) if is_undecided(row.cells) else read_grade(row.cells, row.at)

"""How far the true place may lie from the point a data set gives: its codes, as metres or as a region.

The table is data (``evidence/data/precision.csv``), so that a user can see and change it. A code
never means a bare point; a code that names an administrative unit means its polygon, and where
no polygon is at hand the place is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from truceline.errors import EvidenceError, Fault

__all__ = ["Level", "Precision", "PrecisionTable", "precision_table"]

Level = Literal["adm1", "adm2", "country", "unknown"]


@dataclass(frozen=True, slots=True)
class Precision:
    """One code: a radius in metres, or the level of the region; `days` widens the date on both sides."""

    dataset: str
    code: str
    radius_m: float | None = None
    level: Level | None = None
    days: int = 0
    note: str = ""


PrecisionTable = Mapping[tuple[str, str], Precision]


def precision_table(rows: Iterable[Mapping[str, str]], name: str) -> PrecisionTable:
    """Check the rows of a precision table and index them by data set and code.

    `rows` have the columns dataset, code, radius_m, level, days and note, all as text; exactly one
    of radius_m, level and days is filled.

    Raises
    ------
    EvidenceError
        TL-R008, with every row at fault.

    Examples
    --------
    >>> rows = [{"dataset": "d", "code": "1", "radius_m": "2000", "level": "", "days": "", "note": ""}]
    >>> precision_table(rows, "precision.csv")["d", "1"].radius_m
    2000.0
    """
    faults: list[Fault] = []
    table: dict[tuple[str, str], Precision] = {}
    for number, row in enumerate(rows, start=1):
        key = row["dataset"], row["code"]
        wrong = "two rows with one code" if key in table else _trouble(row)
        if wrong:
            remedy = "fill radius_m (whole metres), or level (adm1, adm2, country, unknown), or days"
            faults.append(Fault(f"{name} row {number}", "TL-R008", wrong, remedy))
        else:
            table[key] = _entry(row)
    if faults:
        raise EvidenceError(faults)
    return table


def _trouble(row: Mapping[str, str]) -> str:
    filled = [name for name in ("radius_m", "level", "days") if row[name]]
    if len(filled) != 1:
        return f"{len(filled)} of radius_m, level and days are filled"
    if row["level"] and row["level"] not in get_args(Level):
        return f"'{row['level']}' is no level"
    number = row["radius_m"] or row["days"]
    if number and not (number.isascii() and number.isdigit()):
        return f"'{number}' is no whole number"
    if row["radius_m"] and int(number) == 0:
        return "a radius of 0 m is no place that anybody knows"
    return ""


def _entry(row: Mapping[str, str]) -> Precision:
    level: dict[str, Level] = {name: name for name in get_args(Level)}
    radius = float(row["radius_m"]) if row["radius_m"] else None
    return Precision(row["dataset"], row["code"], radius, level.get(row["level"]), int(row["days"] or 0), row["note"])

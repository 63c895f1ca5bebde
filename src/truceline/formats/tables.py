"""The tables of codes that come with Truceline: precision, acts by event code, names that are no actors.

They are CSV files, so that a user can print them, change them, and give them back in place of ours.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from truceline.evidence.mapping import ActTable, act_table
from truceline.evidence.precision import PrecisionTable, precision_table
from truceline.formats.csv_file import read_bytes, text_of
from truceline.formats.rejects import refuse

__all__ = ["TABLES", "Tables", "acts_by_code", "non_actors", "precisions", "printed", "tables_of"]

TABLES = ("precision", "acts-ucdp-ged", "acts-acled", "non-actors")


@dataclass(frozen=True, slots=True)
class Tables:
    """What the codes of one data set mean: its precision codes, its event codes, names that are no actors."""

    precision: PrecisionTable
    acts: ActTable
    nobody: frozenset[str]


def tables_of(dataset: str, *, precision: Path | None = None, acts: Path | None = None) -> Tables:
    """Load the tables of a data set, ours where the user has no own.

    >>> tables_of("acled").acts["Battles/Armed clash"].act
    'clash'
    """
    return Tables(precisions(precision), acts_by_code(dataset, acts), non_actors(dataset))


def printed(table: str) -> str:
    """Give one of the shipped tables as CSV, to be edited.

    >>> printed("non-actors").splitlines()[0]
    'dataset,name,note'
    """
    return (resources.files("truceline.evidence") / "data" / f"{table}.csv").read_text("utf-8")


@cache
def precisions(path: Path | None = None) -> PrecisionTable:
    """Load a precision table, ours without a path.

    >>> precisions()["ucdp-ged", "2"].radius_m
    25000.0
    """
    columns = ("dataset", "code", "radius_m", "level", "days", "note")
    return precision_table(_rows("precision", path, columns), _name("precision", path))


@cache
def acts_by_code(dataset: str, path: Path | None = None) -> ActTable:
    """Load the acts that a data set's event codes show, ours without a path.

    >>> acts_by_code("acled")["Battles/Armed clash"].act
    'clash'
    """
    table = f"acts-{dataset}"
    return act_table(_rows(table, path, ("code", "act", "maybe", "by", "thing", "note")), _name(table, path))


@cache
def non_actors(dataset: str) -> frozenset[str]:
    """Load the names that a data set puts where actors stand, and that are none.

    >>> sorted(non_actors("ucdp-ged"))
    ['Civilians']
    """
    rows = _rows("non-actors", None, ("dataset", "name"))
    return frozenset(row["name"] for row in rows if row["dataset"] == dataset)


def _name(table: str, path: Path | None) -> str:
    return str(path or f"{table}.csv")


def _rows(table: str, path: Path | None, columns: tuple[str, ...]) -> list[dict[str, str]]:
    text = printed(table) if path is None else text_of(read_bytes(path), str(path))[0].decode()
    reader = csv.DictReader(text.splitlines(), restval="")
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise refuse("TL-R008", _name(table, path), f"it lacks the columns {', '.join(missing)}")
    return [{name: cell.strip() for name, cell in row.items() if isinstance(cell, str)} for row in reader]

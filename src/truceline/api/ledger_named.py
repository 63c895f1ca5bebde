"""Ledgers that are named where files are: found by their folder, and read with libraries that are loaded only then."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from truceline.api.ledger_inputs import LedgerInputs
    from truceline.api.ledger_rows import LedgerRows
    from truceline.formats.spooled import Spooled

__all__ = ["inputs_at", "is_ledger", "reports_at", "root_at", "rows_at"]


def is_ledger(path: Path | str) -> bool:
    """Say whether a path is the folder of a ledger.

    >>> is_ledger("-"), is_ledger("examples/toy")
    (False, False)
    """
    return str(path) != "-" and (Path(path) / "ledger.json").is_file()


def reports_at(folder: Path | str, until_us: int | None = None) -> Spooled:
    """Read the reports of a ledger as they stood before an instant (`ledger_views.reports_in`)."""
    found: Spooled = import_module("truceline.api.ledger_views").reports_in(folder, until_us)
    return found


def rows_at(paths: Iterable[Path | str], until_us: int | None = None) -> tuple[LedgerRows, ...]:
    """Read the statements, judgements and grades of the ledgers among some paths (`ledger_rows.rows_in`)."""
    folders = [path for path in paths if is_ledger(path)]
    return tuple(import_module("truceline.api.ledger_rows").rows_in(folder, until_us) for folder in folders)


def inputs_at(folder: Path | str, until_us: int | None = None) -> LedgerInputs:
    """Look up from which files a ledger has what it holds (`ledger_inputs.inputs_of`)."""
    found: LedgerInputs = import_module("truceline.api.ledger_inputs").inputs_of(folder, until_us)
    return found


def root_at(folder: Path | str, until_us: int | None = None) -> str:
    """Give the root over the records of a ledger (`ledger_inputs.root_of_ledger`)."""
    return str(import_module("truceline.api.ledger_inputs").root_of_ledger(folder, until_us))

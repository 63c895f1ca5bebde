"""What `truceline check` takes in beside reports, and the file of what all reports say together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.basics.counting import counted
from truceline.cli.inputs import check_names, check_options
from truceline.cli.options import Format
from truceline.cli.outputs import format_of, must_end, on_screen, put_rows
from truceline.cli.say import note
from truceline.errors import Fault, UsageError

if TYPE_CHECKING:
    from truceline.api.running import Run
    from truceline.api.unmatched import Unmatched
    from truceline.engines.local import Summary

__all__ = [
    "AccountsOut", "Effort", "Judgements", "beside_from", "put_accounts", "refuse_accounts", "tell_unmatched",
    "unmatched_of",
]  # fmt: skip

Effort = Annotated[
    Path | None, typer.Option("--effort", metavar="FILE", readable=False, help="Who watched which ground, and when.")
]
Judgements = Annotated[
    Path | None,
    typer.Option("--judgements", metavar="FILE", readable=False, help="Which reports tell of the same, and which not."),
]
AccountsOut = Annotated[
    str | None, typer.Option("--accounts", metavar="FILE", help="Write what all reports say together into this file.")
]


def refuse_accounts(
    accounts: str | None, out: str | None, inputs: Sequence[str], effort: Path | None, judgements: Path | None
) -> None:
    """Refuse names of files that cannot be, before anything is read.

    Raises
    ------
    UsageError
        TL-R001 for a file that is not there; TL-E918, TL-E923 for the file of accounts.
    """
    check_options(effort=effort, judgements=judgements)
    if accounts is None:
        return
    if on_screen(accounts):
        remedy = "name a file: --accounts accounts.csv"
        raise UsageError([Fault("--accounts", "TL-E918", "the standard output is for the counts or the rows", remedy)])
    must_end(accounts, ".csv", ".jsonl", ".parquet", option="--accounts")
    check_names([*inputs, *(str(path) for path in (effort, judgements) if path is not None)], accounts)
    if out is not None and Path(accounts).resolve() == Path(out).resolve():
        raise UsageError([Fault("--accounts", "TL-E918", "--out goes into the same file", "choose another name")])


def beside_from(effort: Path | None, judgements: Path | None) -> Callable[[Run], Run]:
    """Read who watched, and what was decided; give what puts both beside the reports of a run.

    Raises
    ------
    EvidenceError
        With all faults of both files.
    """
    if effort is None and judgements is None:
        return lambda run: run
    from truceline.api.effort import beside_of, with_beside

    beside, remarks = beside_of(effort or (), judgements or ())
    note(*map(str, remarks))
    denied = sum(record.denied for record in beside.effort)
    if denied:
        note(f"judged as reports of obstruction: {counted(denied, 'denial')} of access")
    return lambda run: replace(run, setup=with_beside(
        run.setup, replace(beside, since_us=None if run.since is None else run.since.start_us)
    ))  # fmt: skip


def unmatched_of(run: Run) -> tuple[Unmatched, ...]:
    """Find the judgements about reports that are in none of the files; without judgements nothing is loaded."""
    if not run.setup.beside.judgements:
        return ()
    from truceline.api import unmatched

    return unmatched.unmatched_of(run)


def tell_unmatched(found: Sequence[Unmatched]) -> None:
    """Say which judgements are about reports that nobody gave."""
    if found:
        from truceline.api.unmatched import unmatched_lines

        note(*unmatched_lines(found))


def put_accounts(run: Run, counts: Summary, accounts: str | None) -> None:
    """Write what all reports say together."""
    if accounts is None:
        return
    from truceline.api.running import about
    from truceline.engines.accounts import accounts_of, accounts_table, with_written_times

    rows, form = accounts_table(accounts_of(run.setup, counts.counted)), format_of(None, accounts, pages=False)
    put_rows(rows if form is Format.PARQUET else with_written_times(rows), form, accounts, about(run))

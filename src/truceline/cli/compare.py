"""`truceline compare`: what differs between two readings of an agreement, or two versions of a file."""

from __future__ import annotations

from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from truceline.cli import options as opt
from truceline.cli.inputs import asked_of, check_names, files_in_words, tell_reads, terms_of
from truceline.cli.outputs import ROWS, format_of
from truceline.cli.progress import counting, waiting
from truceline.cli.say import binary_output, json_text, show, terminal
from truceline.errors import Fault, UsageError

if TYPE_CHECKING:
    from truceline.api.reading import Asked
    from truceline.engines.pairing import Pair

__all__ = ["compare"]


class Only(StrEnum):
    """What is told and written."""

    DIFFERING = "differing"


Files = Annotated[
    list[str] | None,
    typer.Argument(metavar="[NEW] [REPORTS]...", help="The newer terms, unless --between names two readings; reports."),
]
Between = Annotated[
    tuple[str, str] | None,
    typer.Option("--between", metavar="ONE OTHER", help="Two readings of TERMS; 'text': without any."),
]
Reading = Annotated[
    str | None, typer.Option("--reading", metavar="NAME", help="Compare two files under this reading, not the text.")
]
OnlyOption = Annotated[Only | None, typer.Option("--only", help="Only what has another verdict.")]
Ending = Annotated[bool, typer.Option("--exit-code", help="End with 1 if anything differs.")]


def compare(
    terms: opt.Terms,
    files: Files = None,
    *,
    between: Between = None,
    reading: Reading = None,
    as_known: opt.AsKnown = None,
    only: OnlyOption = None,
    out: opt.Out = None,
    as_json: opt.Json = False,
    exit_code: Ending = False,
    kind: opt.KindOption = opt.Kind.AUTO,
    mapping: opt.Mapping = None,
    zone: opt.Zone = None,
    regions: opt.Regions = None,
    places: opt.Places = None,
    geometry: opt.Geometry = None,
) -> None:
    """Say what differs between two readings, or two versions of a file.

    Which clauses and which words; with reports, which verdicts, and which fields decide.

    Example: truceline compare examples/toy/terms.yaml --between north south examples/toy/reports.csv

    Without --between the second file is the newer version. Ends with 0 whatever differs, unless --exit-code is given.
    """
    from truceline.api.comparing import pair_from
    from truceline.publish.compare_text import compare_lines, differs

    given = list(files or ())
    other = Path(given.pop(0)) if between is None and given else None
    _refuse(given, only, out)
    asked = asked_of(kind, mapping, zone, regions, places=places)
    check_names([str(terms), *([str(other)] if other is not None else []), *given], out, asked)
    with waiting(files_in_words(given or [str(terms)])):
        both = terms_of(terms, geometry), None if other is None else terms_of(other, geometry)
        pair = pair_from(*both, between=between, reading=reading, as_known=as_known)
    told = _compared(pair, both, given, asked, out, only is not None)
    if as_json:
        show(json_text(told).split("\n"))
    else:
        screen = terminal()
        show(compare_lines(told, only=only is not None, width=screen.width, colour=screen.colour))
    if exit_code and differs(told):
        raise typer.Exit(1)


def _compared(
    pair: Pair, both: tuple[Any, Any], reports: list[str], asked: Asked, out: str | None, only: bool
) -> dict[str, Any]:
    """Compare words, and verdicts where there are reports; write the rows that are asked for."""
    from truceline.engines.comparing import words_of
    from truceline.publish.compare_text import compared

    if not reports:
        return compared(pair, words_of(pair))
    from truceline.api.comparing import run_pair, start_pair
    from truceline.engines.flips import ROWS_SCHEMA
    from truceline.formats.findings_file import row_writer

    with waiting(files_in_words(reports)) as seen:
        run = start_pair(pair, both, reports, asked, seen=seen)
    with ExitStack() as stack:
        write = None
        if out is not None:
            file = stack.enter_context(binary_output(out))
            about = {"a": pair.labels[0], "b": pair.labels[1], "agreement": pair.setup.agreement.id}
            write = stack.enter_context(
                row_writer(file, ROWS[format_of(None, out, pages=False)], ROWS_SCHEMA, about)
            ).write
        counted = stack.enter_context(counting("reports", sum(run.files.rows)))
        flips = run_pair(pair, run, write=write, only=only, seen=counted)
    tell_reads(run.files, out)
    return compared(pair, words_of(pair), flips.meetings, flips.reports)


def _refuse(reports: list[str], only: Only | None, out: str | None) -> None:
    """Refuse what is about reports where none are named.

    Raises
    ------
    UsageError
        TL-E934; TL-E918, if the rows would not be rows in a file.
    """
    for option, value in (("--only", only), ("--out", out)):
        if value is not None and not reports:
            raise UsageError(
                [Fault(option, "TL-E934", "this is about verdicts, and no reports are named", "name some")]
            )
    if out is not None and format_of(None, out, pages=False) not in ROWS:
        raise UsageError([Fault("--out", "TL-E918", "these are rows", "end the name in .csv, .jsonl or .parquet")])

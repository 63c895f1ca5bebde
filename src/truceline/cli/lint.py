"""`truceline lint`: name what an agreement leaves open."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from truceline.cli import options as opt
from truceline.cli.inputs import STDIN, asked_of, open_run, tell_reads, terms_of
from truceline.cli.progress import counting
from truceline.cli.say import json_text, show, terminal
from truceline.errors import Fault, UsageError

if TYPE_CHECKING:
    from truceline.api.reading import Asked
    from truceline.terms.agreement import Agreement
    from truceline.terms.lint import Contest, LintFinding

__all__ = ["lint"]


class LintFormat(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"
    LSP = "lsp"
    SARIF = "sarif"


class Least(StrEnum):
    """How grave a finding must be, gravest first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


Only = Annotated[list[str] | None, typer.Option(metavar="RULE", help="Run this rule only; may be repeated.")]
Grave = Annotated[Least, typer.Option("--severity", help="Leave out what is less grave.")]
Form = Annotated[LintFormat, typer.Option("--format", help="Lines to read, or for programs.")]
Explain = Annotated[str | None, typer.Option(metavar="RULE", help="Say what a rule finds and why; needs no TERMS.")]
With = Annotated[
    list[str] | None,
    typer.Option("--reports", metavar="FILE", help="Also see on which of these reports readings differ (RDG-1)."),
]
MaybeTerms = Annotated[
    Path | None,
    typer.Argument(metavar="TERMS", help="The agreement: a file, library:ID, or - for a pipe.", readable=False),
]


def lint(
    terms: MaybeTerms = None,
    *,
    form: Form = LintFormat.TEXT,
    only: Only = None,
    severity: Grave = Least.INFO,
    explain: Explain = None,
    reports: With = None,
    kind: opt.KindOption = opt.Kind.AUTO,
    mapping: opt.Mapping = None,
    zone: opt.Zone = None,
    regions: opt.Regions = None,
    places: opt.Places = None,
    geometry: opt.Geometry = None,
) -> None:
    """Name what an agreement leaves open.

    No timetable, no definition, no geometry, no step for disputes: each gap with its place, its rule and a remedy.

    Example: truceline lint examples/toy/terms.yaml

    Ends with 1 when there are findings of severity error or warning.
    """
    if explain is not None:
        _explain(explain)
        return
    if terms is None:
        remedy = "name the file of terms, or - for a pipe; --explain RULE needs none"
        raise UsageError([Fault("TERMS", "TL-E935", "no agreement is named", remedy)])
    from truceline.terms.lint import chosen
    from truceline.terms.lint import lint as findings_of

    chosen(only, "--only")  # a wrong rule is told before reports are read
    contests = None
    if reports:
        agreement, contests = _checked(terms, reports, asked_of(kind, mapping, zone, regions, places=places), geometry)
    else:
        agreement = terms_of(terms, geometry)
    graver = list(Least)[: list(Least).index(severity) + 1]
    found = tuple(one for one in findings_of(agreement, only=only, contests=contests) if one.severity in graver)
    _write(agreement, found, form, whole=only is None)
    if any(one.severity in ("error", "warning") for one in found):
        raise typer.Exit(1)


def _explain(rule: str) -> None:
    from truceline.publish.lint_text import explain_lines
    from truceline.terms.lint import chosen

    [one] = chosen([rule], "--explain")
    show(explain_lines(one, width=terminal().width))


def _checked(
    terms: Path, reports: list[str], asked: Asked, geometry: list[str] | None
) -> tuple[Agreement, dict[str, Contest]]:
    """Hold the reports against every reading, and count where the readings differ."""
    from truceline.api.running import run_check
    from truceline.engines.contests import contests_of
    from truceline.engines.deciding import Background

    run = open_run(terms, reports, asked, geometry=geometry)
    background = Background()
    with counting("reports", sum(run.files.rows)) as seen:
        summary = run_check(run, seen=seen, look=background.look)
    tell_reads(run.files, None)
    return run.setup.agreement, contests_of(summary, run.setup, background)


def _write(agreement: Agreement, found: tuple[LintFinding, ...], form: LintFormat, *, whole: bool) -> None:
    from truceline import __version__
    from truceline.formats.lint_file import lsp_data, sarif_data
    from truceline.publish.lint_text import lint_lines, rule_address
    from truceline.terms.lint import NOTHING_UNTOLD, untold
    from truceline.terms.lint.ranges import ranges_of

    if form is LintFormat.TEXT:
        screen = terminal()
        silent = untold(agreement) if whole else NOTHING_UNTOLD
        show(lint_lines(found, silent, agreement.name, width=screen.width, colour=screen.colour))
    elif form is LintFormat.JSON:
        fields = ("rule", "severity", "at", "what", "fix", "path")
        show(json_text([{field: getattr(one, field) for field in fields} for one in found]).split("\n"))
    else:
        ranges = ranges_of(agreement, found)
        if form is LintFormat.LSP:
            uri = "untitled:stdin" if agreement.name == STDIN else Path(agreement.name).resolve().as_uri()
            data = lsp_data(found, ranges, uri, rule_address)
        else:
            data = sarif_data(found, ranges, agreement.name, __version__, rule_address)
        show(json_text(data).split("\n"))

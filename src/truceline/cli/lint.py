"""`truceline lint`: name what an agreement leaves open."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from truceline.cli.inputs import terms_of
from truceline.cli.options import Terms
from truceline.cli.say import json_text, show

__all__ = ["lint"]


class LintFormat(StrEnum):
    """How findings are written."""

    TEXT = "text"
    JSON = "json"


def lint(
    terms: Terms,
    form: Annotated[LintFormat, typer.Option("--format", help="Lines to read, or JSON.")] = LintFormat.TEXT,
    only: Annotated[list[str] | None, typer.Option(metavar="RULE", help="Run this rule only; may be repeated.")] = None,
) -> None:
    """Name what an agreement leaves open.

    No timetable, no definition, no geometry, no unit: each gap with its place, its rule and a remedy.

    Example: truceline lint examples/toy/terms.yaml

    Ends with 1 when there are findings of severity error or warning.
    """
    from truceline.api.terms import lint as findings_of

    agreement = terms_of(terms)
    findings = findings_of(agreement, only=only)
    if form is LintFormat.JSON:
        found = [
            {"rule": one.rule, "severity": one.severity, "at": one.at, "what": one.what, "fix": one.fix,
             "path": one.path}
            for one in findings
        ]  # fmt: skip
        show(json_text(found).split("\n"))
    else:
        show(map(str, findings))
        counts = {
            severity: sum(one.severity == severity for one in findings) for severity in ("error", "warning", "info")
        }
        show([f"{agreement.name}: " + ", ".join(f"{count} {severity}" for severity, count in counts.items())])
    if any(one.severity in ("error", "warning") for one in findings):
        raise typer.Exit(1)

"""Findings of the lint for other programs: diagnostics of the Language Server Protocol, and SARIF 2.1.0."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from truceline.terms.lint import RULES, LintFinding, Rule, Severity
from truceline.terms.lint.ranges import Range

__all__ = ["SARIF_SCHEMA", "lsp_data", "sarif_data"]

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

_LSP: Mapping[Severity, int] = {"error": 1, "warning": 2, "info": 3}
_SARIF: Mapping[Severity, str] = {"error": "error", "warning": "warning", "info": "note"}

Address = Callable[[str], str]


def lsp_data(findings: Sequence[LintFinding], ranges: Sequence[Range], uri: str, address: Address) -> dict[str, Any]:
    """Write findings as the parameters of ``textDocument/publishDiagnostics``.

    Lines and characters count from 0; characters are code points (the position encoding ``utf-32``). `address` gives
    the page of a rule.

    >>> one = LintFinding("TIM-2", "error", "deal.yaml:9:5", "no day", "agree on one", "provisions.leave.when")
    >>> data = lsp_data([one], [(9, 5, 9)], "file:///deal.yaml", "https://example.org/{}".format)
    >>> data["diagnostics"][0]["range"]
    {'start': {'line': 8, 'character': 4}, 'end': {'line': 8, 'character': 8}}
    """
    return {
        "uri": uri,
        "diagnostics": [
            {
                "range": {
                    "start": {"line": line - 1, "character": first - 1},
                    "end": {"line": line - 1, "character": behind - 1},
                },
                "severity": _LSP[finding.severity],
                "code": finding.rule,
                "codeDescription": {"href": address(finding.rule)},
                "source": "truceline",
                "message": f"{finding.what}; {finding.fix}",
                "data": {"path": finding.path},
            }
            for finding, (line, first, behind) in zip(findings, ranges, strict=True)
        ],
    }  # fmt: skip


def sarif_data(
    findings: Sequence[LintFinding], ranges: Sequence[Range], name: str, version: str, address: Address
) -> dict[str, Any]:
    """Write findings as one run of a SARIF 2.1.0 log; the rules are all of them, found or not.

    >>> log = sarif_data([], [], "deal.yaml", "1.0", "https://example.org/{}".format)
    >>> log["version"], log["runs"][0]["results"]
    ('2.1.0', [])
    """
    numbers = {rule.id: number for number, rule in enumerate(RULES)}
    driver = {
        "name": "truceline",
        "version": version,
        "informationUri": "https://truceline.org",
        "rules": [_rule(rule, address(rule.id)) for rule in RULES],
    }
    results = [
        {
            "ruleId": finding.rule,
            "ruleIndex": numbers[finding.rule],
            "level": _SARIF[finding.severity],
            "message": {"text": f"{finding.what}; {finding.fix}"},
            "locations": [_location(finding, place, quote(name.replace("\\", "/")))],
        }
        for finding, place in zip(findings, ranges, strict=True)
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: Rule, address: str) -> dict[str, Any]:
    return {
        "id": rule.id,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.mend},
        "helpUri": address,
        "defaultConfiguration": {"level": _SARIF[rule.severity]},
    }


def _location(finding: LintFinding, place: Range, uri: str) -> dict[str, Any]:
    line, first, behind = place
    region = {"startLine": line, "startColumn": first, "endColumn": behind}
    return {
        "physicalLocation": {"artifactLocation": {"uri": uri}, "region": region},
        "logicalLocations": [{"fullyQualifiedName": finding.path}],
    }

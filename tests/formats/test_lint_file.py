"""Findings for other programs: the formats are those that editors and code review know."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from truceline.formats.lint_file import lsp_data, sarif_data
from truceline.formats.terms_file import load
from truceline.terms.lint import RULES, lint
from truceline.terms.lint.ranges import ranges_of

ROOT = Path(__file__).parents[2]
NEEDED = json.loads((ROOT / "tests" / "data" / "sarif" / "sarif-2.1.0-needed.json").read_text(encoding="utf-8"))
PAGE = "https://example.org/{}".format


@pytest.fixture(scope="module")
def truce():
    """Give the truce of which much can be found."""
    return load(ROOT / "tests" / "terms" / "lint" / "loose.yaml")


def test_sarif_has_the_form_of_its_standard(truce):
    """What is written fits the parts of the SARIF 2.1.0 schema that it uses, and nothing else is written."""
    found = lint(truce)
    log = sarif_data(found, ranges_of(truce, found), "a folder/deal & co.yaml", "1.0", PAGE)
    [run] = log["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]

    assert [error.message for error in Draft202012Validator(NEEDED).iter_errors(log)] == []
    assert len(run["results"]) == len(found) > 10
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [rule.id for rule in RULES]
    assert place["artifactLocation"]["uri"] == "a%20folder/deal%20%26%20co.yaml"


def test_diagnostics_count_from_zero(truce):
    """The first line and the first character of a file are 0 to an editor; an end lies behind its start."""
    found = lint(truce)
    diagnostics = lsp_data(found, ranges_of(truce, found), "file:///deal.yaml", PAGE)["diagnostics"]

    for one, finding in zip(diagnostics, found, strict=True):
        line, col = map(int, finding.at.rsplit(":", 2)[1:])

        assert one["range"]["start"] == {"line": line - 1, "character": col - 1}
        assert one["range"]["end"]["line"] == line - 1
        assert one["range"]["end"]["character"] > col - 1
        assert one["codeDescription"]["href"] == PAGE(finding.rule)


def test_severities_keep_their_order(truce):
    """What is graver here is graver there."""
    found = lint(truce)
    ranges = ranges_of(truce, found)
    levels = {one["level"] for one in sarif_data(found, ranges, "deal.yaml", "1.0", PAGE)["runs"][0]["results"]}
    numbers = [one["severity"] for one in lsp_data(found, ranges, "file:///deal.yaml", PAGE)["diagnostics"]]

    assert levels == {"error", "warning", "note"}
    assert numbers == [{"error": 1, "warning": 2, "info": 3}[finding.severity] for finding in found]

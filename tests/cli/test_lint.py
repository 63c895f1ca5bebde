"""`truceline lint`: gaps in the text of an agreement."""

import json
import re

import pytest

FINDING = re.compile(r"terms\.yaml:\d+:\d+: [A-Z]+-\d+ (error|warning|info): .+; .+")
COUNT = r"terms\.yaml: (\d+) error, (\d+) warning, (\d+) info"


def test_the_first_line_says_how_much_is_open(run):
    """A first line for everybody, then the gravest rules, families of clickable lines, and a last line that counts."""
    result = run("lint terms.yaml")
    first, *lines, last = result.stdout.splitlines()
    errors, warnings, infos = map(int, re.fullmatch(COUNT, last).groups())

    assert result.exit_code == 1
    total, counts = errors + warnings + infos, f"{errors} errors, {warnings} warnings, {infos} infos"
    assert first == f"{total} things this text leaves open: {counts}."
    assert sum(bool(FINDING.fullmatch(line)) for line in lines) == errors + warnings + infos
    assert {"Who is bound", "Ground, air and sea", "Checking", "Disputes and consequences"} <= set(lines)
    assert "\x1b" not in result.stdout


def test_findings_as_json(run):
    """`--format json` gives the same findings for programs."""
    found = json.loads(run("lint terms.yaml --format json").stdout)
    told = [line for line in run("lint terms.yaml").stdout.splitlines() if FINDING.fullmatch(line)]

    assert {"rule", "severity", "at", "what", "fix", "path"} == set(found[0])
    assert sorted(f"{one['at']}: {one['rule']} {one['severity']}: {one['what']}; {one['fix']}" for one in found) == (
        sorted(told)
    )


def test_findings_for_editors(run, desk):
    """`--format lsp` names the file by its address, and ranges that hold the words at which a finding stands."""
    data = json.loads(run("lint terms.yaml --format lsp --only GEO-5").stdout)
    lines = (desk / "terms.yaml").read_text(encoding="utf-8").split("\n")
    [one] = data["diagnostics"]
    start, end = one["range"]["start"], one["range"]["end"]

    assert data["uri"] == (desk / "terms.yaml").as_uri()
    assert (one["code"], one["severity"], one["source"]) == ("GEO-5", 2, "truceline")
    assert lines[start["line"]][start["character"] : end["character"]] == "away"


def test_a_pipe_has_no_address(run, desk):
    """What comes from the standard input is an untitled document."""
    data = json.loads(run("lint - --format lsp", input=(desk / "terms.yaml").read_bytes()).stdout)

    assert data["uri"] == "untitled:stdin"


def test_findings_as_sarif(run):
    """`--format sarif` gives one run, in which each result refers to its rule."""
    [log] = json.loads(run("lint terms.yaml --format sarif").stdout)["runs"]
    rules = [rule["id"] for rule in log["tool"]["driver"]["rules"]]

    assert log["results"]
    assert all(rules[one["ruleIndex"]] == one["ruleId"] for one in log["results"])


def test_one_rule_only(run):
    """`--only` runs one rule, and says nothing of what other rules could not be told; without a gap it ends with 0."""
    some, none = run("lint terms.yaml --only GEO-5"), run("lint terms.yaml --only GEO-6")

    assert (some.exit_code, none.exit_code) == (1, 0)
    assert {line.split()[1] for line in some.stdout.splitlines() if FINDING.fullmatch(line)} == {"GEO-5"}
    assert none.stdout == (
        "These rules find nothing that the text leaves open.\n\nterms.yaml: 0 error, 0 warning, 0 info\n"
    )


@pytest.mark.parametrize(("least", "left"), [("error", {"error"}), ("warning", {"error", "warning"})])
def test_what_is_less_grave_can_be_left_out(run, least, left):
    """`--severity` keeps what is as grave or graver."""
    found = json.loads(run(f"lint terms.yaml --severity {least} --format json").stdout)

    assert {one["severity"] for one in found} == left


def test_only_infos_end_with_0(run):
    """An info alone is no reason to stop a script."""
    result = run("lint terms.yaml --only AMD-1")

    assert result.exit_code == 0
    assert result.stdout.startswith("1 thing this text leaves open: 1 info.\n")


def test_a_rule_explains_itself(run):
    """`--explain` needs no terms, and tells what the rule finds, why, and what to do first."""
    result = run("lint --explain VER-3")

    assert result.exit_code == 0
    assert result.stdout.startswith("VER-3 access (error)\n  finds:")
    assert "What cannot be visited cannot be verified." in result.stdout


def test_reports_show_where_readings_differ(run):
    """With reports RDG-1 names the clause, the share of the reports, and the fields that decide."""
    result = run("lint terms.yaml --only RDG-1 --reports reports.csv")

    assert run("lint terms.yaml --only RDG-1").exit_code == 0
    assert result.exit_code == 1
    assert re.search(r"RDG-1 warning: the verdict on '\w+' depends on the reading for \d+ of \d+ report", result.stdout)


@pytest.mark.parametrize(
    ("line", "code"),
    [("lint terms.yaml --only ABC-1", "TL-E051"), ("lint --explain X-1", "TL-E051"), ("lint", "TL-E935")],
)
def test_a_wrong_call_ends_with_2(run, line, code):
    """A rule that does not exist, or no terms at all, is a fault of the call."""
    result = run(line)

    assert result.exit_code == 2
    assert code in result.stderr

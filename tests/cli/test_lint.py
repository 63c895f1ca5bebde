"""`truceline lint`: gaps in the text of an agreement."""

import json
import re


def test_each_finding_is_a_clickable_line(run):
    """Findings are `file:line:col: RULE severity: ...`, a last line counts them, and the exit code is 1."""
    result = run("lint terms.yaml")
    *lines, last = result.stdout.splitlines()

    assert result.exit_code == 1
    assert lines
    assert all(re.match(r"terms\.yaml:\d+:\d+: [A-Z]+-\d+ (error|warning|info): .+; .+", line) for line in lines)
    assert re.fullmatch(r"terms\.yaml: \d+ error, \d+ warning, \d+ info", last)


def test_findings_as_json(run):
    """`--format json` gives the same findings for programs."""
    found = json.loads(run("lint terms.yaml --format json").stdout)

    assert {"rule", "severity", "at", "what", "fix", "path"} == set(found[0])
    assert len(found) == len(run("lint terms.yaml").stdout.splitlines()) - 1


def test_one_rule_only(run):
    """`--only` runs one rule; a text without such a gap ends with 0."""
    some, none = run("lint terms.yaml --only GEO-5"), run("lint terms.yaml --only GEO-6")

    assert (some.exit_code, none.exit_code) == (1, 0)
    assert all(": GEO-5 " in line for line in some.stdout.splitlines()[:-1])
    assert none.stdout == "terms.yaml: 0 error, 0 warning, 0 info\n"


def test_an_unknown_rule_is_a_wrong_call(run):
    """A rule that does not exist ends with 2."""
    result = run("lint terms.yaml --only ABC-1")

    assert result.exit_code == 2
    assert "TL-E051" in result.stderr

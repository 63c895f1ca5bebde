"""`truceline readings`: who reads which clause how."""

import csv
import io
import json


def test_the_readings_stand_side_by_side(run):
    """Clause by clause, with holder, words and sources."""
    shown = run("readings terms.yaml").stdout

    assert "  the text as written: " in shown
    assert "    depth: 3 to 4 miles -> 4 mi\n" in shown
    assert "as it stands under every reading" in shown
    assert "\x1b" not in shown


def test_one_clause_and_one_reading_can_be_chosen(run):
    """And a day."""
    shown = run("readings terms.yaml --provision pull_back --reading south").stdout

    assert "3 mi" in shown
    assert "north\n" not in shown
    assert "so left out: the reading south" in run("readings terms.yaml --as-known 2030-03-01").stdout


def test_forms_for_programs_and_for_meetings(run):
    """CSV, Markdown and JSON hold the same."""
    rows = list(csv.DictReader(io.StringIO(run("readings terms.yaml --format csv").stdout)))
    told = json.loads(run("readings terms.yaml --json").stdout)

    assert {row["reading"] for row in rows} == {"text", "north", "south"}
    assert [clause["id"] for clause in told["clauses"]] == ["pull_back", "quiet"]
    assert "## Pull back (`pull_back`)" in run("readings terms.yaml --format markdown").stdout


def test_a_wrong_name_is_a_wrong_call(run):
    """With what was probably meant."""
    wrong = run("readings terms.yaml --provision pull_bck")

    assert wrong.exit_code == 2
    assert "TL-E904 there is no provision 'pull_bck'; did you mean 'pull_back'?" in wrong.stderr

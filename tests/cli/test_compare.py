"""`truceline compare`: two readings, or two versions of a file."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest


@pytest.fixture
def newer(desk):
    """Lay a newer version beside the terms: other sources, another depth, a clause less."""
    text = (desk / "terms.yaml").read_text(encoding="utf-8").replace("away: 3 to 4 miles", "away: 2 miles")
    text = "\n".join(line for line in text.split("\n") if not line.startswith("  quiet:"))
    (desk / "new.yaml").write_text(text, encoding="utf-8")
    return "new.yaml"


def test_two_readings_are_compared_in_words(run):
    """With the places of both; nothing is read but the terms."""
    shown = run("compare terms.yaml --between north south")

    assert shown.exit_code == 0
    assert "depth: 4 mi -> 3 mi" in shown.stdout
    assert shown.stdout.count("    terms.yaml:") == 1


def test_verdicts_are_compared_where_there_are_reports(run):
    """The fields that decide, and reports."""
    shown = run("compare terms.yaml --between north south reports.csv").stdout

    assert "the verdict differs on 2 of 5 reports" in shown
    assert "◆ violation -> ● no violation, such as b" in shown


def test_two_files_are_compared(run, newer):
    """What only one has is said; another reading of both can be asked for."""
    shown = run(f"compare terms.yaml {newer} reports.csv").stdout

    assert "River truce (river-truce): terms.yaml -> new.yaml" in shown
    assert "only in terms.yaml: anybody: hostilities, in the ford, none at all" in shown
    assert "depth: 3 to 4 miles -> 2 miles" in shown
    assert "depth" not in run(f"compare terms.yaml {newer} --reading north").stdout


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_rows_are_written(run, left, ending):
    """All of them, or those that differ."""
    run(f"compare terms.yaml --between north south reports.csv --only differing -o rows.{ending}")

    assert f"rows.{ending}" in left()
    if ending == "parquet":
        row = pq.read_table("rows.parquet").to_pylist()[0]
        assert (row["verdict_a"], row["verdict_b"], row["fields"]) == ("violation", "no_violation", "depth")
    elif ending == "jsonl":
        row = Path("rows.jsonl").read_text(encoding="utf-8").splitlines()[0]
        assert json.loads(row)["fields"] == ["depth"]
    else:
        assert len(Path("rows.csv").read_text(encoding="utf-8").splitlines()) == 3


def test_the_exit_code_tells_only_if_it_is_asked_to(run):
    """A verdict is a result and no exit code."""
    assert run("compare terms.yaml --between north south reports.csv").exit_code == 0
    assert run("compare terms.yaml --between north south reports.csv --exit-code").exit_code == 1
    assert run("compare terms.yaml terms.yaml reports.csv --exit-code").exit_code == 0


def test_json_holds_all_of_it(run):
    """Counts by verdict, fields, examples."""
    told = json.loads(run("compare terms.yaml --between north south reports.csv --json").stdout)

    assert told["of"] == ["north", "south"]
    assert sum(each["reports"] for each in told["clauses"][0]["verdicts"][0]["counts"]) == 5


def test_a_day_leaves_out_what_came_later(run):
    """Of the terms, with a sentence, and of the reports."""
    known = run("compare terms.yaml --between text north reports.csv --as-known 2030-03-10")

    assert "4 reports" in known.stdout
    assert "Not known on 2030-03-10, so left out: the reading south" in known.stdout


@pytest.mark.parametrize(
    ("line", "code"),
    [("compare terms.yaml", "TL-E960"), ("compare terms.yaml --between north south --reading north", "TL-E960"),
     ("compare terms.yaml --between north sout", "TL-E901"),
     ("compare terms.yaml --between north south -o a.csv", "TL-E934"),
     ("compare terms.yaml --between north south --only differing", "TL-E934"),
     ("compare terms.yaml --between north south reports.csv -o a.txt", "TL-E918"),
     ("compare terms.yaml --between north south reports.csv -o reports.csv", "TL-E923"),
     ("compare - - reports.csv", "TL-E922")],
)  # fmt: skip
def test_what_cannot_be_compared_is_refused(run, line, code):
    """Before anything is written."""
    refused = run(line)

    assert refused.exit_code == 2
    assert code in refused.stderr

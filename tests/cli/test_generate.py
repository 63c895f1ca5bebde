"""Made-up reports from the command line."""

import pytest


def test_made_up_reports_can_be_checked(run, left):
    """What is made is streamed by a check, and the counts are of all."""
    made = run("generate --like reports.csv --rows 50 --seed 3 --zone Etc/GMT-2 -o many.parquet")
    checked = run("check terms.yaml many.parquet --json")

    assert made.exit_code == 0
    assert '"reports": 50' in checked.stdout
    assert left() == ["many.parquet"]


def test_made_up_reports_go_through_a_pipe(run, desk, left):
    """`-o -` streams the very bytes that a file would hold; what is told goes to the standard error."""
    line = "generate --like reports.csv --rows 50 --seed 3 --zone Etc/GMT-2"
    piped = run(f"{line} -o -")
    run(f"{line} -o many.parquet")

    assert piped.stderr == "50 made-up reports like those of reports.csv: standard output\n"
    assert piped.stdout_bytes == (desk / "many.parquet").read_bytes()
    assert left() == ["many.parquet"]


def test_one_report_is_one(run):
    """The plural follows the number."""
    told = run("generate --like reports.csv --rows 1 -o many.parquet").stderr

    assert told == "1 made-up report like those of reports.csv: many.parquet\n"


@pytest.mark.parametrize("wrong", ["--rows 0 -o a.parquet", "--rows 5 -o a.csv", "--rows 5 --seed -1 -o a.parquet",
                                   "--rows 5 --seed 99999999999999999999 -o a.parquet"])  # fmt: skip
def test_a_wrong_call_makes_no_file(run, left, wrong):
    """No rows, another ending and a seed that is none are told, and end with 2."""
    result = run(f"generate --like reports.csv {wrong}")

    assert result.exit_code == 2
    assert left() == []

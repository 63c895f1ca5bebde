"""`truceline import`: a data set in the columns of Truceline."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest


def test_a_file_becomes_checked_parquet(run):
    """Our columns come first, the source's own stay beside them, and the file is a stream for later runs."""
    result = run("import csv reports.csv --zone Etc/GMT-2 --dataset river --version 1.0 -o r.parquet")
    table = pq.read_table("r.parquet")

    assert result.exit_code == 0
    assert "5 of 5 rows of reports.csv (csv): r.parquet" in result.stderr
    assert table["report"].to_pylist()[:2] == ["river:a", "river:b"]
    assert table["note"].to_pylist()[0] == "2.2 km south"
    assert b"truceline" in table.schema.metadata


def test_the_kind_need_not_be_said(run):
    """A file shows what it is."""
    assert run("import reports.csv -o r.parquet").exit_code == 0


def test_refused_rows_are_written_beside_it(run, left):
    """What cannot be used is listed and kept."""
    with Path("reports.csv").open("a", encoding="utf-8") as file:
        file.write("f,2030-03-09,500,9.95,100,,,position,,\n")
    result = run("import reports.csv --zone UTC -o r.parquet")

    assert "TL-R104" in result.stderr
    assert left() == ["r.parquet", "r.parquet.rejects.csv"]


@pytest.mark.parametrize("name", ["n.csv", "n.jsonl", "n", "n.parquet.txt"])
def test_another_ending_is_refused(run, left, name):
    """Parquet is not written under the name of something else."""
    result = run(f"import reports.csv -o {name}")

    assert (result.exit_code, left()) == (2, [])
    assert f"--out: TL-E918 the ending of '{name}' is not that of what is written; end the name in .parquet" in (
        result.stderr
    )


def test_a_device_needs_no_ending(run, left):
    """What is no file has a name of its own."""
    assert run("import reports.csv -o /dev/null").exit_code == 0
    assert left() == []


def test_a_pipe_takes_the_file(run, left):
    """`-o -` streams the Parquet file that a check reads from its standard input; no file named '-' is made."""
    piped = run("import csv reports.csv --zone Etc/GMT-2 -o -")
    run("import csv reports.csv --zone Etc/GMT-2 -o r.parquet")
    through = run("check terms.yaml - --format csv", input=piped.stdout_bytes)

    assert "5 of 5 rows of reports.csv (csv): standard output" in piped.stderr
    assert through.stdout == run("check terms.yaml r.parquet --format csv").stdout
    assert left() == ["r.parquet"]


def test_the_environment_counts_as_for_every_command(run, monkeypatch):
    """TRUCELINE_ZONE and TRUCELINE_REGIONS stand in for the options, and the help says so."""
    monkeypatch.setenv("TRUCELINE_ZONE", "Etc/GMT-2")
    monkeypatch.setenv("TRUCELINE_REGIONS", "map.geojson")
    told = run("import reports.csv -o r.parquet").stderr
    shown = run("import --help").stdout

    assert "TL-R302" not in told
    assert "map.geojson" in told
    assert "TRUCELINE_ZONE" in shown
    assert "TRUCELINE_REGIONS" in shown


def test_without_a_zone_that_is_said(run):
    """A bare date without a zone is every place's day, and the user learns it."""
    assert "TL-R302" in run("import reports.csv -o r.parquet").stderr


@pytest.mark.parametrize("words", ["csv reports.csv more.csv", "novel reports.csv"])
def test_a_kind_and_a_file(run, left, words):
    """More than two words, or an unknown kind, ends with 2."""
    result = run(f"import {words} -o r.parquet")

    assert result.exit_code == 2
    assert "TL-E920" in result.stderr
    assert left() == []

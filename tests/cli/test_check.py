"""`truceline check`: verdicts on the screen, in files, through pipes."""

import csv
import io
import json
import os
import re
import stat
from pathlib import Path

import pyarrow.parquet as pq
import pytest

CHECK = "check terms.yaml reports.csv"


def rows_of(text):
    """Read rows of CSV."""
    return list(csv.DictReader(io.StringIO(text)))


def test_the_counts_are_shown_by_provision_and_reading(run):
    """Without options the screen shows how many of each verdict, per provision, and how many depend on the reading."""
    result = run(CHECK)

    assert result.exit_code == 0
    assert "River truce (river-truce)" in result.stdout
    assert "pull_back: the verdict depends on the reading for 2 of 5 reports" in result.stdout
    assert "quiet: the verdict depends on the reading for none of 5 reports" in result.stdout
    assert "  deciding fields: depth 2\n" in result.stdout
    assert result.stderr == ""


def test_the_verdicts_are_those_of_the_sentence(run):
    """Report b, 5.0 to 6.0 km away, is inside 4 miles, outside 3, and open under the words '3 to 4 miles'."""
    found = {
        (row["report"], row["provision"], row["reading"]): row["verdict"]
        for row in rows_of(run(f"{CHECK} --format csv").stdout)
    }

    assert len(found) == 5 * 2 * 3
    assert [found["b", "pull_back", reading] for reading in ("text", "north", "south")] == [
        "indeterminate", "violation", "no_violation",
    ]  # fmt: skip
    assert {found["a", "pull_back", reading] for reading in ("text", "north", "south")} == {"violation"}
    assert found["d", "pull_back", "north"] == "not_applicable"
    assert found["e", "quiet", "text"] == "violation"


def test_rows_on_the_screen_come_alone(run):
    """Rows can be piped: the counts are not among them, unless asked for, and then on the standard error."""
    plain, told = run(f"{CHECK} --format csv"), run(f"{CHECK} --format csv --summary")

    assert plain.stdout == told.stdout
    assert plain.stderr == ""
    assert "River truce" in told.stderr


@pytest.mark.parametrize("name", ["found.csv", "found.jsonl", "found.parquet"])
def test_the_ending_chooses_the_format(run, left, name):
    """A file takes the format of its ending, holds one row per report, provision and reading, and stands alone."""
    result = run(f"{CHECK} -o {name}")
    count = {
        "found.csv": lambda: len(rows_of(Path(name).read_text(encoding="utf-8"))),
        "found.jsonl": lambda: len([json.loads(line) for line in Path(name).read_bytes().splitlines()]),
        "found.parquet": lambda: pq.read_table(name).num_rows,
    }[name]()

    assert result.exit_code == 0
    assert count == 30
    assert left() == [name]
    assert "River truce" in result.stdout


def test_the_three_formats_say_the_same(run):
    """CSV, JSON lines and Parquet hold the same verdicts and reasons."""
    for name in ("a.csv", "a.jsonl", "a.parquet"):
        run(f"{CHECK} -o {name}")
    from_csv = rows_of(Path("a.csv").read_text(encoding="utf-8"))
    from_json = [json.loads(line) for line in Path("a.jsonl").read_bytes().splitlines()]
    from_parquet = pq.read_table("a.parquet").to_pylist()
    keys = ("report", "provision", "reading", "verdict")

    assert [[row[key] for key in keys] for row in from_csv] == [[row[key] for key in keys] for row in from_json]
    assert [[row[key] for key in keys] for row in from_parquet] == [[row[key] for key in keys] for row in from_json]
    assert [row["reasons"] for row in from_csv] == [";".join(row["reasons"]) for row in from_json]


def test_a_parquet_file_says_what_it_is(run):
    """Its metadata name the agreement, the readings, the reports, the date and what was left out."""
    run(f"{CHECK} --as-known 2030-03-31 --only violation -o a.parquet")
    about = json.loads(pq.read_schema("a.parquet").metadata[b"truceline"])

    assert about["agreement"] == "river-truce"
    assert list(about["readings"]) == ["text", "north", "south"]
    assert about["as_known"] == "2030-03-31"
    assert (about["only"], about["reports"]) == (["violation"], ["reports.csv"])
    assert about["made_with"].startswith("truceline ")


def test_counts_as_json(run):
    """`--json` gives the same counts for programs."""
    counts = json.loads(run(f"{CHECK} --json").stdout)

    assert counts["reports"] == 5
    assert counts["provisions"]["pull_back"]["depends_on_reading"] == 2
    assert counts["provisions"]["pull_back"]["readings"]["south"]["verdicts"]["violation"] == 1


def test_only_some_rows_are_written_and_that_is_said(run):
    """`--only` leaves rows out, says so, and leaves the counts as they are."""
    result = run([*CHECK.split(), "--only", "violation, no violation", "-o", "a.csv"])
    verdicts = {row["verdict"] for row in rows_of(Path("a.csv").read_text(encoding="utf-8"))}

    assert verdicts == {"violation", "no_violation"}
    assert result.stderr == "only rows with violation, no_violation were written; the counts are of all\n"
    assert "pull_back: the verdict depends on the reading for 2 of 5 reports" in result.stdout


def test_some_readings_only(run):
    """`--reading` may be repeated; 'text' is the text without any."""
    counts = json.loads(run(f"{CHECK} --reading text --reading south --json").stdout)

    assert counts["readings"] == ["text", "south"]


def test_as_it_was_known(run):
    """Before the second spokesman spoke there was no second reading, and the last report was not published."""
    result = run(f"{CHECK} --as-known 2030-03-21")

    assert "4 reports under the text and 1 reading, as known on 2030-03-21, 1 not published by then" in result.stdout
    assert "Not known on 2030-03-21, so left out: the reading south\n" in result.stdout


def test_rows_on_the_screen_say_aside_what_was_not_known(run):
    """Rows have no place for it, so the standard error does; so it does for a sweep."""
    words = "Not known on 2030-03-21, so left out: the reading south\n"

    assert run(f"{CHECK} --as-known 2030-03-21 --format csv").stderr == words
    assert run("sweep terms.yaml reports.csv --as-known 2030-03-21 --line river --distances 3mi").stderr == words


def test_sources_without_a_date_are_told_everywhere(run, desk):
    """On the screen, as JSON, on the page and in an explanation: they are taken as known."""
    text = (desk / "terms.yaml").read_text(encoding="utf-8").replace("Northbank spokesman, said: 2030-02-21", "x")
    (desk / "terms.yaml").write_text(text, encoding="utf-8")
    words, known = "1 source of the terms states no date; it is taken as known: s.north", "--as-known 2030-03-21"
    run(f"report terms.yaml reports.csv {known} -o page.html")

    assert f"\nAs known on 2030-03-21: {words}\n" in run(f"{CHECK} {known}").stdout
    assert json.loads(run(f"{CHECK} {known} --json").stdout)["notes"][1] == f"As known on 2030-03-21: {words}"
    assert f">As known on 21 March 2030: {words}<" in (desk / "page.html").read_text(encoding="utf-8")
    assert f"\n  {words}\n" in run(f"explain terms.yaml reports.csv {known} --report a").stdout


def test_reports_before_a_day_are_left_out_and_counted(run):
    """`--since` keeps what lies wholly on or after a day; the heading says how many are left out, else a message."""
    words = "1 report that does not lie wholly on or after 2030-03-01, or states no date, was left out"
    shown = run(f"{CHECK} --since 2030-03-01")
    aside = [run(f"{CHECK} --since 2030-03-01 {option}") for option in ("--json", "--no-summary")]

    assert shown.stdout.split("\n")[1:3] == ["4 reports under the text and 2 readings", words]
    assert shown.stderr == ""
    assert {result.stderr for result in aside} == {f"{words}\n"}


def test_everything_fits_eighty_columns(run, monkeypatch):
    """In a narrow terminal no line is wider, and no number is broken."""
    monkeypatch.setenv("COLUMNS", "80")
    lines = run(f"{CHECK} --as-known 2030-03-21 --since 2030-03-01").stdout.split("\n")

    assert max(map(len, lines)) <= 80
    assert lines[1:3] == [
        "3 reports under the text and 1 reading, as known on 2030-03-21, 1 not published",
        "  by then",
    ]


@pytest.mark.parametrize(
    ("options", "code"),
    [("--reading west", "TL-E901"), ("--as-known soon", "TL-E900"), ("--since soon", "TL-E900"),
     ("--since D+14", "TL-E900"), ("--only guilt", "TL-E919"), ("-o found.doc", "TL-E918"),
     ("--format html", "TL-E918"), ("-o nowhere/found.csv", "TL-E910"), ("--only violation", "TL-E918"),
     ("--wide", "TL-E918"), ("--wide --only violation -o a.csv", "TL-E918"), ("--format csv -o a.parquet", "TL-E918"),
     ("--engine spark", "TL-E918"), ("--engine spark -o a.csv", "TL-E918"),
     ("--master local[2]", "--master: TL-E934"), ("--master local[2] -o a.csv", "--master: TL-E934"),
     ("--engine spark --threads 2 -o a", "--threads: TL-E934"),
     ("--engine spark --format csv -o a", "--format: TL-E934")],
)  # fmt: skip
def test_what_is_wrong_with_the_call_ends_with_2(run, left, options, code):
    """An unknown reading, date, verdict, format or folder ends with 2 and leaves no file."""
    result = run(f"{CHECK} {options}")

    assert result.exit_code == 2
    assert code in result.stderr
    assert left() == []


def test_files_that_cannot_be_read_are_all_named(run):
    """Two bad files give two lines, and 3."""
    result = run("check terms.yaml none.csv reports.csv map.txt")

    assert result.exit_code == 3
    assert ["none.csv: TL-R001" in result.stderr, "map.txt: TL-R001" in result.stderr] == [True, True]


def test_bad_rows_are_listed_and_kept_beside_the_output(run, desk, left):
    """The good rows are checked; the bad ones are named with row, column and remedy and written to a file."""
    with Path("reports.csv").open("a", encoding="utf-8") as file:
        file.write("f,2030-03-09,500,9.95,100,Southbank Army,,position,,\ng,31.31.2030,20.5,9.95,100,,,position,,\n")
    result = run(f"{CHECK} -o a.csv")

    assert result.exit_code == 0
    assert "reports.csv row 6 column lon: TL-R104" in result.stderr
    assert "2 of 7 rows of reports.csv were refused: see a.csv.rejects.csv" in result.stderr
    assert left() == ["a.csv", "a.csv.rejects.csv"]
    assert (desk / "a.csv.rejects.csv").read_text(encoding="utf-8").count("\n") == 3


def test_bad_rows_without_an_output_are_listed_and_that_is_said(run, left):
    """Where nothing is written, the list of the bad rows is not written either, and how to get it is told."""
    with Path("reports.csv").open("a", encoding="utf-8") as file:
        file.write("\n".join(f"f{n},2030-03-09,500,9.95,100,,,position,," for n in range(12)) + "\n")
    result = run(CHECK)

    assert result.stderr.count("column lon: TL-R104") == 10
    assert "12 of 17 rows of reports.csv were refused: write the output to a file" in result.stderr
    assert left() == []


def test_the_standard_input_is_csv(run, desk):
    """`-` reads a pipe; faults name the standard input and no hidden file."""
    good = run("check terms.yaml - --json", input=(desk / "reports.csv").read_bytes())
    bad = run("check terms.yaml -", input=b"nothing,here\n1,2\n")

    assert json.loads(good.stdout)["reports"] == 5
    assert bad.exit_code == 3
    assert bad.stderr.startswith("standard input: TL-R005")


def test_several_files_are_one_check(run, desk):
    """Files come one after the other, streamed or not; counts add up, and a report that stands twice counts once."""
    again = re.sub("(?m)^([a-e]),", r"\1\1,", (desk / "reports.csv").read_text(encoding="utf-8"))
    (desk / "more.csv").write_text(again, encoding="utf-8")
    run("import csv more.csv --zone Etc/GMT-2 -o more.parquet")
    both = json.loads(run("check terms.yaml reports.csv more.parquet --json").stdout)
    twice = json.loads(run("check terms.yaml reports.csv reports.csv --json").stdout)
    rows = rows_of(run("check terms.yaml reports.csv more.parquet --format csv").stdout)

    assert (both["reports"], twice["reports"]) == (10, 5)
    assert [row["verdict"] for row in rows[:30]] == [row["verdict"] for row in rows[30:]]


def test_an_empty_file_gives_noughts(run, desk):
    """No reports, no verdicts: each provision stands there with 0, and that is no fault."""
    (desk / "none.csv").write_text("report,from,lon,lat\n", encoding="utf-8")
    result = run("check terms.yaml none.csv --json")
    counts = json.loads(result.stdout)["provisions"]["quiet"]["readings"]["text"]["verdicts"]

    assert set(counts.values()) == {0}


def test_a_bare_date_is_a_day_of_the_agreement(run, desk):
    """Without --zone a bare date is a day in the zone of the agreement; that zone may be overruled."""
    text = "report,from,lon,lat,radius_m,by,act\nz,2030-03-01,20.5,9.98,9,Southbank Army,position\n"
    (desk / "day.csv").write_text(text, encoding="utf-8")
    ours = rows_of(run("check terms.yaml day.csv --format csv --reading south").stdout)[0]
    theirs = rows_of(run("check terms.yaml day.csv --format csv --reading south --zone Asia/Tokyo").stdout)[0]

    assert ours["verdict"] == "violation"
    assert (theirs["verdict"], theirs["reasons"]) == ("indeterminate", "report_time_coarse")


def test_a_district_is_known_from_the_terms(run, desk):
    """A report that names an area of the terms lies somewhere in it, although the file of the area holds lines too."""
    (desk / "there.csv").write_text("report,from,region,involved,act\nz,2030-03-05,ford,Northbank Army,clash\n",
                                    encoding="utf-8")  # fmt: skip
    rows = rows_of(run("check terms.yaml there.csv --format csv --reading text").stdout)

    assert [row["verdict"] for row in rows if row["provision"] == "quiet"] == ["violation"]


def test_a_report_named_like_a_formula_is_text(run, desk):
    """A spreadsheet does not run the name of a report; the machine formats keep it as it is."""
    (desk / "odd.csv").write_text("report,from,act\n=1+1,2030-03-05,clash\n-5,2030-03-05,clash\n", encoding="utf-8")
    rows = rows_of(run("check terms.yaml odd.csv --format csv --reading text").stdout)
    lines = run("check terms.yaml odd.csv --format jsonl --reading text").stdout.splitlines()

    assert [row["report"] for row in rows[::2]] == ["'=1+1", "-5"]
    assert json.loads(lines[0])["report"] == "=1+1"


def test_the_file_gets_the_rights_of_a_new_file(run):
    """The temporary file behind the scenes does not leave its own rights to the output."""
    run(f"{CHECK} -o a.csv")
    mask = os.umask(0)
    os.umask(mask)

    assert stat.S_IMODE(Path("a.csv").stat().st_mode) == 0o666 & ~mask


def test_the_table_can_be_a_file(run, desk):
    """`-o counts.txt` writes the table of counts, and prints it as after any other file."""
    table = run(CHECK).stdout
    told, quiet = run(f"{CHECK} -o counts.txt"), run(f"{CHECK} -o quiet.txt --no-summary")
    data = run(f"{CHECK} -o beside.txt --json")

    assert told.stdout == table
    assert quiet.stdout == ""
    assert json.loads(data.stdout)["reports"] == 5
    assert {(desk / name).read_text(encoding="utf-8") for name in ("counts.txt", "quiet.txt", "beside.txt")} == {table}


def test_a_page_is_a_format(run, desk):
    """`-o page.html` writes the page and prints the counts."""
    result = run(f"{CHECK} -o page.html")

    assert "River truce" in result.stdout
    assert (desk / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("name", ["ZONE", "REGIONS", "MAPPING"])
def test_machine_settings_may_come_from_the_environment(run, monkeypatch, name):
    """TRUCELINE_ZONE, TRUCELINE_REGIONS and TRUCELINE_MAPPING stand in for the options."""
    monkeypatch.setenv(f"TRUCELINE_{name}", "nowhere/nothing")
    result = run(CHECK)

    assert result.exit_code == 2
    assert "nowhere/nothing" in result.stderr


def test_wide_rows_say_the_same_as_long_ones(run):
    """One row per report, and in every column the verdict of its provision and reading."""
    wide = {row["report"]: row for row in rows_of(run(f"{CHECK} --wide --threads 2 --format csv").stdout)}
    long = rows_of(run(f"{CHECK} --format csv").stdout)

    assert len(wide) * (len(long) // len(wide)) == len(long)
    assert all(wide[row["report"]][f"{row['provision']}/{row['reading']}"] == row["verdict"] for row in long)

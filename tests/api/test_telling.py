"""What is said about files of reports."""

import csv
from pathlib import Path

import pytest

import truceline as tl
from truceline.api.reading import Asked, import_reports, open_files
from truceline.api.telling import lines_about, lines_about_report, write_listings
from world import truce

HEAD = "report,from,lon,lat,radius_m,act,reported\n"
GOOD = "2030-03-05,20.5,9.98,100,fire,2030-03-06\n"
DOUBTED = "2030-03-05,,,,fire,2030-03-06\n"


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """Write files of reports by name, and open them."""
    monkeypatch.chdir(tmp_path)

    def write(*names, **texts):
        for name, text in texts.items():
            Path(f"{name}.csv").write_text(HEAD + text, encoding="utf-8")
            import_reports(f"{name}.csv", Asked(zone="UTC"), f"{name}.parquet")
        return open_files(truce(), names, Asked(zone="UTC"))

    return write


def rows_of(path):
    """Read a listing."""
    with Path(path).open(encoding="utf-8", newline="") as file:
        return [(row["row"], row["fate"], row["code"], row["original"] != "") for row in csv.DictReader(file)]


def test_doubts_are_named_ten_of_each_code(opened):
    """With place, reason and remedy; then how many more there are, and where all of them are."""
    files = opened("a.csv", a="".join(f"{n},{DOUBTED}" for n in range(12)) + f"x,{GOOD}")
    lines = list(lines_about(files, "f.csv"))

    assert len(lines) == 12
    assert lines[0] == (
        "a.csv row 1 column lon: TL-R202 no position: the place is not known; give a position and radius_m, or a region"
    )
    assert lines[-2:] == [
        "... and 2 more of a.csv with TL-R202",
        "... 12 rows of a.csv taken with a doubt (TL-R202 12): see f.csv.rejects.csv",
    ]


def test_one_line_a_code_is_enough_where_nobody_asked_for_rows(opened):
    """As the demo tells it."""
    files = opened("a.csv", a="".join(f"{n},{DOUBTED}" for n in range(12)))

    assert list(lines_about(files, most=0)) == [
        "a.csv, 12 rows: TL-R202 no position: the place is not known; give a position and radius_m, or a region"
    ]


def test_everything_is_listed_beside_the_output(opened):
    """One listing for each file that has something: what became of each row, and the record of those left out."""
    refused = "3,2030-03-05,500,1,100,fire,2030-03-06\n"
    files = opened("a.csv", "b.csv", "c.csv", a=f"1,{DOUBTED}{refused}", b=f"4,{GOOD}", c=f"1,{DOUBTED}")
    write_listings(files, "f.csv")

    assert rows_of("f.csv.rejects.csv") == [
        ("1", "loaded with a doubt", "TL-R202", False), ("2", "left out", "TL-R104", True),
    ]  # fmt: skip
    assert not Path("f.csv.2.rejects.csv").exists()
    assert rows_of("f.csv.3.rejects.csv") == [
        ("1", "loaded with a doubt", "TL-R202", False), ("1", "left out", "TL-R117", False),
    ]  # fmt: skip
    assert "1 of 2 rows of a.csv were refused: see f.csv.rejects.csv" in "\n".join(lines_about(files, "f.csv"))


@pytest.mark.parametrize("first", ["a.csv", "a.parquet"])
def test_a_report_in_two_files_is_told_in_one_line_and_a_revision_by_name(opened, first):
    """Rows are called by their number in the file, also where others of it were refused."""
    bad, later = "0,soon,,,,fire,\n", GOOD.replace("2030-03-06", "2030-03-07")
    opened(a=f"{bad}1,{GOOD}2,{GOOD}", b=f"1,{GOOD}{bad}2,{later}")
    files = opened(first, "b.csv")
    lines = [line for line in lines_about(files) if "TL-R106" not in line and "refused" not in line]
    row = 2 if first == "a.parquet" else 3
    how = "write the output to a file (--out), and the list is written beside it"
    said = (
        "a newer revision of this report is judged: b.csv row 3 ('2'); give the row an id of its own if it is another "
        "report"
    )

    assert lines == [
        f"{first} row {row} column report: TL-R118 {said}",
        f"... 1 row of {first} with the id of another row: {how}",
        f"... 1 row of b.csv with the id of another row: {how}",
        "1 row of a report that stands before, in this or another file: counted once (TL-R117)",
        "1 report with an earlier revision: the newest one known is judged (TL-R118)",
    ]
    assert list(lines_about_report(files, "2")) == lines[:1]
    assert list(lines_about_report(files, "0")) == []


def test_a_file_without_rows_is_told(opened):
    """Streamed or read."""
    assert "a.parquet: TL-R309" in "\n".join(lines_about(opened("a.parquet", a="")))
    assert "a.csv: TL-R309" in "\n".join(lines_about(opened("a.csv", a="")))


def test_a_table_that_was_read_has_each_report_once(opened):
    """In Python as on the command line; a table that was made is taken row by row."""
    opened(a=f"1,{GOOD}2,{GOOD}", b=f"2,{GOOD}")
    deal = truce()
    reads = [tl.read_reports(f"{name}.csv", zone="UTC") for name in "ab"]
    both = tl.check(deal, [*reads, tl.report(name="1", when="2030-03-05", act="fire")])

    assert both.reports["report"].to_pylist() == ["1", "2", "1"]
    assert both.repeated[0] in str(both)
    assert tl.check(deal, reads[0]).repeated == ()
    assert len(tl.check(deal, reads[0].table).batch) == 2

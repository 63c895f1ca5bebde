"""What goes into a command at scale: folders, Arrow, files too large to be held, and what is not read at all."""

import gc
import io
import json
import re
import sys
import tempfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from truceline.formats import csv_parts, parts
from truceline.formats import reports as report_files

HEAD = "report,from,lon,lat,radius_m,involved,by,act,reported,note\n"


@pytest.fixture
def tiny(monkeypatch, tmp_path):
    """Let every file that can be cut be a large one; give the folder of temporary files."""
    monkeypatch.setattr(report_files.kind_in_parts, "__kwdefaults__", {"most": 0})
    monkeypatch.setattr(parts, "ROWS", 3)
    monkeypatch.setattr(csv_parts, "LONGEST", 512)
    folder = tmp_path / ".temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def feed(desk):
    """Write some reports: good ones, one that stands twice, an older revision, and some with faults."""
    rows = (desk / "reports.csv").read_text(encoding="utf-8").splitlines(keepends=True)[1:]
    more = [row.replace("a,", f"a{number},", 1) for number in range(6) for row in rows[:1]]
    bad = ["z1,soon,20.5,9.98,100,,,fire,,\n", "z2,2030-03-05,20.5\n", "z3,2030-03-05,20.5,9.98,,,,fire,,\n"]
    old = ["b,2030-03-06,20.5,9.95028,500,,,position,2030-03-01,\n"]
    (desk / "feed.csv").write_text(HEAD + "".join([*rows, *more, *bad, *old, *rows[:2]]), encoding="utf-8")
    return desk / "feed.csv"


def judged(path):
    """Read findings."""
    return pq.read_table(path).to_pylist()


def test_a_folder_stands_for_its_files(run, desk):
    """They are checked in the order of their names, whatever their kind; check, sweep, report and explain take them."""
    (desk / "in" / "b").mkdir(parents=True)
    (desk / "in" / "_SUCCESS").touch()
    text = (desk / "reports.csv").read_text(encoding="utf-8")
    (desk / "in" / "a.csv").write_text(re.sub("(?m)^([a-e]),", r"\1\1,", text), encoding="utf-8")
    run("import csv reports.csv --zone Etc/GMT-2 -o in/b/c.parquet")
    both, apart = (run(f"check terms.yaml {names} --format csv") for names in ("in", "in/a.csv in/b/c.parquet"))

    assert both.stdout == apart.stdout
    assert both.stdout.count("\n") == 61
    assert run("sweep terms.yaml in --line river --distances 3mi").stdout == run(
        "sweep terms.yaml in/a.csv in/b/c.parquet --line river --distances 3mi").stdout  # fmt: skip
    assert run("explain terms.yaml in --report aa --reading north").exit_code == 0
    assert run("report terms.yaml in -o page.html").exit_code == 0


def test_what_lies_in_a_folder_and_is_no_report_is_told(run, desk):
    """Every such file at once; and no output goes among the inputs."""
    (desk / "in").mkdir()
    (desk / "in" / "a.txt").touch()
    strange, among = run("check terms.yaml in"), run("check terms.yaml in -o in/found.csv")

    assert (strange.exit_code, among.exit_code) == (3, 2)
    assert strange.stderr.startswith("in/a.txt: TL-R014 ")
    assert "TL-E923 the output would lie among the inputs" in among.stderr


def test_arrow_is_imported_and_streamed(run):
    """The findings are those of the file from which it was made."""
    run("import reports.csv --zone Etc/GMT-2 -o r.arrow")
    found = [run(f"check terms.yaml {name} --format csv").stdout for name in ("r.arrow", "reports.csv")]

    assert found[0] == found[1]
    assert Path("r.arrow").read_bytes().startswith(b"ARROW1")


@pytest.mark.parametrize("kind", ["csv", "ucdp", "geoparquet"])
def test_a_kind_that_is_not_that_of_the_file_is_told(run, kind):
    """What import wrote has been read: to ask for another kind was ignored once."""
    run("import reports.csv --zone Etc/GMT-2 -o r.parquet")
    told = run(f"check terms.yaml r.parquet --kind {kind}")

    assert told.exit_code == 3
    assert f"r.parquet: TL-R016 the file is of another kind than was asked for: {kind} was asked for" in told.stderr
    assert run("check terms.yaml r.parquet --kind parquet").exit_code == 0


def test_a_large_file_gives_what_a_small_one_gives(run, feed, tiny, monkeypatch):
    """Findings, counts and the list of rows; only a repeated row of another part has another code."""
    run("check terms.yaml feed.csv -o parts.parquet")
    told, counts = run("check terms.yaml feed.csv"), json.loads(run("check terms.yaml feed.csv --json").stdout)
    gc.collect()
    left = list(tiny.iterdir())
    monkeypatch.setattr(report_files.kind_in_parts, "__kwdefaults__", {"most": parts.WHOLE})
    run("check terms.yaml feed.csv -o whole.parquet")
    whole = json.loads(run("check terms.yaml feed.csv --json").stdout)
    lists = [Path(f"{name}.parquet.rejects.csv").read_text(encoding="utf-8") for name in ("parts", "whole")]

    assert feed.exists()
    assert judged("parts.parquet") == judged("whole.parquet")
    assert counts == whole
    assert left == []
    assert "feed.csv row 12 column from: TL-R106" in told.stderr
    assert "feed.csv row 13: TL-R101" in told.stderr
    assert "feed.csv row 15 column report: TL-R118" in told.stderr
    said = [[line for line in each.splitlines() if not re.search("TL-R117|TL-R108|TL-R207", line)] for each in lists]
    assert said[0] == said[1]


def test_a_large_file_from_a_pipe(run, feed, tiny):
    """It is named as the standard input, and no temporary file is named or left."""
    data = feed.read_bytes()
    piped = run("check terms.yaml - --format csv", input=data)
    plain = run("check terms.yaml feed.csv --format csv")
    gc.collect()

    assert piped.stdout == plain.stdout
    assert "standard input row 12 column from: TL-R106" in piped.stderr
    assert ".temporary" not in piped.stderr
    assert list(tiny.iterdir()) == []


@pytest.mark.parametrize("name", ["big.parquet", "big.arrow"])
def test_a_large_file_is_imported(run, feed, tiny, name):
    """As Parquet or Arrow, with its list beside it; whoever streams it compares its ids."""
    told = run(f"import feed.csv --zone Etc/GMT-2 -o {name}")
    checked = run(f"check terms.yaml {name} -o found.parquet")
    run("check terms.yaml feed.csv -o same.parquet")
    gc.collect()

    assert feed.exists()
    assert told.stderr.splitlines()[-1] == f"15 of 17 rows of feed.csv (csv): {name}"
    assert "TL-R106" in Path(f"{name}.rejects.csv").read_text(encoding="utf-8")
    assert checked.exit_code == 0
    assert judged("found.parquet") == judged("same.parquet")
    assert list(tiny.iterdir()) == []


def test_a_large_file_without_faults_leaves_no_list(run, desk, tiny, left):
    """As a small one; it is imported and nothing is said."""
    (desk / "good.csv").write_text(HEAD + "".join(f"r{n},2030-03-05,20.5,9.98,9,A,,fire,,\n" for n in range(9)))
    run("import good.csv --zone UTC --dataset d -o good.parquet")

    assert tiny.exists()
    assert not [name for name in left() if "rejects" in name]


def test_a_large_file_that_cannot_be_read_leaves_nothing(run, desk, tiny):
    """A fault in its last part is told, and what was read before is gone."""
    rows = "".join(f"r{number},2030-03-05,fire\n" for number in range(99))
    (desk / "broken.csv").write_text(f'report,from,act\n{rows}z,"{rows * 9}', encoding="utf-8")
    broken = run("check terms.yaml broken.csv")

    assert broken.exit_code == 3
    assert "TL-R015 a record of a large file is too long: more than 512 bytes" in broken.stderr
    assert list(tiny.iterdir()) == []


def test_whoever_waits_for_a_large_file_sees_how_far_it_is(run, feed, tiny, monkeypatch):
    """On a terminal: the share that was read, and the time left."""

    class Screen(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setenv("TERM", "xterm")
    from truceline.cli.progress import waiting  # noqa: PLC0415

    monkeypatch.setattr(sys, "stderr", Screen())
    with waiting("reading") as seen:
        seen(0.25)
        seen(0.5)

    assert "50 %" in sys.stderr.getvalue()
    assert feed.exists()
    assert tiny.exists()
    assert callable(run)


def test_what_need_not_be_read_is_counted_and_told(run, desk):
    """The counts are those of a run that reads everything, and a line says what was passed over."""
    rows = "".join(f"early{number},2029-01-01,20.5,9.98,100,Southbank Army,,position,,\n" for number in range(4))
    text = (desk / "reports.csv").read_text(encoding="utf-8").removeprefix(HEAD)
    (desk / "feed.csv").write_text(HEAD + rows + text, encoding="utf-8")
    run("import feed.csv --zone Etc/GMT-2 -o big.parquet")
    pq.write_table(pq.read_table("big.parquet"), "feed.parquet", row_group_size=4)
    streamed = run("check terms.yaml feed.parquet --json")
    whole = json.loads(run("check terms.yaml feed.csv --json").stdout)
    counts = json.loads(streamed.stdout)
    rows = [run(f"check terms.yaml {name} --only violation,indeterminate -o {name}.csv") and Path(f"{name}.csv")
            for name in ("feed.parquet", "feed.csv")]  # fmt: skip

    assert counts.pop("unread") == {"reports": 4, "row_groups": 1}
    assert whole.pop("unread") == {"reports": 0, "row_groups": 0}
    assert counts == whole
    assert "4 reports in 1 row group lie wholly outside the time or the ground of the agreement" in streamed.stderr
    assert rows[0].read_text() == rows[1].read_text()

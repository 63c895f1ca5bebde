"""`truceline duplicates`: pairs are proposed, people decide, nothing is merged."""

import csv
import json
from pathlib import Path

import pyarrow as pa
import pytest

import truceline as tl
from truceline.errors import UsageError
from truceline.formats.judgements_file import read_judgements

REPORTS = """\
report,from,until,lon,lat,radius_m,involved,by,act,origin,place,release
a,2030-03-05,,20.5,9.98,100,Southbank Army,Southbank Army,position,patrol,the mill,
b,2030-03-05,,20.5005,9.98,500,Southbank Army,,position,radio,,
c,2030-03-05T06:00+02:00,2030-03-05T08:00+02:00,20.5,-9.955,25000,Southbank Army,Southbank Army,fire,,,
d,2030-03-05,,-20.5,9.98,100,Scouts,,position,,,
e,,,20.5,9.98,100,,,position,,,
f,2030-03-05T06:00+02:00,2030-03-05T08:00+02:00,20.5,-9.95,100,Southbank Army;Scouts,,fire,,,protected
"""
HEAD = "id,kind,about,by,decided,why\n"
SAME = f"{HEAD}j-1,same,a; b,desk officer,2030-04-01,one patrol\n"
ZONE = "--zone Etc/GMT-2"


@pytest.fixture
def posts(desk):
    """Lay out reports of which some may be one."""
    (desk / "posts.csv").write_text(REPORTS, encoding="utf-8")
    return desk


@pytest.mark.usefixtures("posts")
def test_pairs_are_shown_with_both_reports(run):
    """When, where and how exactly, what and who, by the clock of the zone; and why they may be one."""
    result = run(f"duplicates posts.csv {ZONE}")

    assert result.exit_code == 0
    assert (
        result.stdout
        == """\
2 pairs of 6 reports may be one incident
nothing is proposed for 1 report: no date, no disc, or too wide in place or time

a: 2030-03-05, the mill, 9.9800 N 20.5000 E within 0.1 km, position, by Southbank Army, told by patrol
b: 2030-03-05, 9.9800 N 20.5005 E within 0.5 km, position, Southbank Army involved, told by radio
  24.0 hours in common; 0.1 km apart, within 0.6 km of uncertainty; an actor in common; the same act

c: 2030-03-05 06:00 to 08:00 +02:00, 9.9550 S 20.5000 E within 25.0 km, fire, by Southbank Army
f: protected
  near enough in place and time; how near is not shown, for a report is protected
"""
    )


@pytest.mark.usefixtures("posts")
def test_nothing_of_a_protected_report_goes_out(run, posts):
    """In no form: only that it is one of a pair."""
    run(f"duplicates posts.csv {ZONE} -o pairs.csv")
    data = json.loads(run(f"duplicates posts.csv {ZONE} --json").stdout)
    [pair] = [pair for pair in data["pairs"] if pair["protected"]]

    assert set(pair) == {"id", "one", "other", "protected"}
    assert "9.95 " not in (posts / "pairs.csv").read_text(encoding="utf-8")
    assert "f" not in data["vague"]


@pytest.mark.usefixtures("posts")
def test_pairs_as_data(run):
    """Ids, reasons and the figures behind them."""
    data = json.loads(run(f"duplicates posts.csv {ZONE} --json").stdout)

    assert (data["reports"], data["decided"], data["vague"], data["crowded"]) == (6, 0, ["e"], [])
    names = ("one", "other", "reach_m", "shared_s", "same_doer", "same_act")
    assert {name: data["pairs"][0][name] for name in names} == {
        "one": "a", "other": "b", "reach_m": 600.0, "shared_s": pytest.approx(86_400), "same_doer": False,
        "same_act": True,
    }  # fmt: skip
    assert data["pairs"][0]["apart_m"] == pytest.approx(54.8, abs=0.3)  # 0.0005 degrees of longitude at 10 N


def test_a_sheet_is_written_filled_in_and_read_back(run, posts):
    """One row per pair; those that are filled in are left out afterwards, and the rest keep their ids."""
    result = run(f"duplicates posts.csv {ZONE} -o pairs.csv")
    with (posts / "pairs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert result.stderr.endswith("2 pairs of 6 reports to be decided: pairs.csv\n")
    assert (rows[0]["about"], rows[0]["kind"], rows[0]["by"]) == ("a; b", "", "")
    assert rows[0]["one"].startswith("2030-03-05, the mill")
    assert read_judgements("pairs.csv").undecided == 2
    filled = rows[0] | {"kind": "same", "by": "desk officer", "decided": "2030-04-01", "why": "one patrol"}
    with (posts / "desk.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(filled))
        writer.writeheader()
        writer.writerows([filled, rows[1]])
    run(f"duplicates posts.csv {ZONE} --judgements desk.csv -o left.csv")
    with (posts / "left.csv").open(encoding="utf-8", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == [rows[1]["id"]]


def test_what_was_judged_is_shown(run, posts):
    """Decided pairs are counted, groups and contests are named; the table of reports stays as it is."""
    (posts / "desk.csv").write_text(
        f"{SAME}j-2,not_same,b; a,reviewer,2030-04-02,two posts\nj-3,same,x; y,desk officer,2030-04-01,as told\n"
        "j-4,same,x;,,,\n", encoding="utf-8",
    )  # fmt: skip
    result = run(f"duplicates posts.csv {ZONE} --judgements desk.csv")
    data = json.loads(run(f"duplicates posts.csv {ZONE} --judgements desk.csv --json").stdout)

    assert result.stdout.startswith("1 pair of 6 reports may be one incident; 1 pair decided before and left out\n")
    assert "judged before\n  one incident: x, y\n  contested: a and b (j-1, j-2), not joined\n" in result.stdout
    assert "desk.csv: 3 of 4 rows read, 1 left out" in result.stderr
    assert data["contests"] == [{"one": "a", "other": "b", "joined": False, "judgements": ["j-1", "j-2"]}]
    assert data["groups"] == [{"reports": ["x", "y"], "contested": False}]


def test_a_group_that_somebody_sees_otherwise_is_contested(run, posts):
    """It is one for those who joined it, and the others are named."""
    (posts / "desk.csv").write_text(
        f"{SAME}j-2,not_same,a; b,reviewer,2030-03-02,two posts\n", encoding="utf-8"
    )  # fmt: skip
    told = run(f"duplicates posts.csv {ZONE} --judgements desk.csv").stdout

    assert "one incident (contested): a, b\n  contested: a and b (j-1, j-2), in one group all the same\n" in told


@pytest.mark.usefixtures("posts")
def test_what_is_too_wide_proposes_nothing(run):
    """`--widest` and `--longest` say what is too vague."""
    assert run(f"duplicates posts.csv {ZONE} --widest 0.3km").stdout.startswith("0 pairs of 6")
    assert run(f"duplicates posts.csv {ZONE} --longest 3h").stdout.startswith("1 pair of 6")
    assert "for 2 reports" in run(f"duplicates posts.csv {ZONE} --widest 10km --longest 1week").stdout


def test_many_pairs_are_cut_on_a_screen(run, desk):
    """Twenty are shown, those that share a report together; the sheet has all."""
    lines = [f"{name},2030-03-05,20.5,9.98,100,position" for name in "abcdefgh"]
    (desk / "many.csv").write_text("\n".join(["report,from,lon,lat,radius_m,act", *lines]), encoding="utf-8")
    told = run(f"duplicates many.csv {ZONE}").stdout

    assert told.startswith("28 pairs of 8 reports")
    assert told.count(" in common") == 20
    assert told.count("\na: ") == 1
    assert told.endswith("\n... and 8 more pairs: -o FILE.csv writes a sheet of all of them\n")
    assert run(f"duplicates many.csv {ZONE} -o -").stdout.count("\npair-") == 28


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("duplicates posts.csv --widest wide", 2, "--widest: TL-E941"),
        ("duplicates posts.csv --widest 3-4km", 2, "--widest: TL-E941 '3-4km' is not one distance"),
        ("duplicates posts.csv --longest 3", 2, "--longest: TL-E941 '3' is no length of time"),
        ("duplicates posts.csv --zone Mars/North", 2, "TL-R011"),
        ("duplicates posts.csv --judgements gone.csv", 2, "--judgements gone.csv: TL-R001"),
        ("duplicates posts.csv -o pairs.txt", 2, "TL-E918"),
        ("duplicates posts.csv --json -o pairs.csv", 2, "TL-E918"),
        ("duplicates posts.csv -o posts.csv", 2, "TL-E923"),
        ("duplicates gone.csv", 3, "TL-R001"),
        ("duplicates posts.csv --judgements posts.csv", 3, "posts.csv: TL-S002"),
    ],
)
@pytest.mark.usefixtures("posts")
def test_what_is_refused(run, line, code, told):
    """A wrong call ends with 2, a file that cannot be understood with 3."""
    result = run(line)

    assert result.exit_code == code
    assert told in result.stderr


def test_from_python(posts):
    """Tables and files; judgements as values or as a file; it prints what the command shows."""
    (posts / "desk.csv").write_text(SAME, encoding="utf-8")
    reports = tl.read_reports("posts.csv", zone="Etc/GMT-2")
    found = tl.duplicates(reports, "desk.csv")
    same = tl.duplicates([reports.table.slice(0, 2), reports], read_judgements("desk.csv").judgements)

    assert repr(found) == "<Duplicates: 1 pair of 6 reports to be decided>"
    assert str(found).startswith("1 pair of 6 reports")
    assert same.reports.num_rows == 8
    assert len(tl.duplicates([])) == 0
    assert len(tl.duplicates(pa.table({"report": ["a"]}))) == 0
    with pytest.raises(UsageError, match="TL-E911"):
        tl.duplicates(pa.table({"id": ["a"]}))


def test_checked_files_and_folders(run, posts):
    """What was imported is streamed, and gives the same pairs; an empty file gives none."""
    run(f"import posts.csv {ZONE} -o posts.parquet")
    (posts / "none.csv").write_text("report,from,lon,lat\n", encoding="utf-8")

    assert run("duplicates posts.parquet --json").stdout == run(f"duplicates posts.csv {ZONE} --json").stdout
    assert run(f"duplicates none.csv {ZONE}").stdout == "0 pairs of 0 reports may be one incident\n"


def test_a_crowd_is_told(desk, run):
    """Reports with more than five hundred later ones around them are counted, and not paired."""
    lines = [f"r{number},2030-03-05,20.5,9.98,100,position" for number in range(503)]
    (desk / "crowd.csv").write_text("\n".join(["report,from,lon,lat,radius_m,act", *lines]), encoding="utf-8")

    assert "2 reports with too many others around them" in run(f"duplicates crowd.csv {ZONE}").stdout


def test_the_positions_of_the_example_hold_one_site(run):
    """Six accounts of one site, told in six ways, are fifteen pairs."""
    positions = Path(__file__).parents[2] / "examples" / "south-syria-2017" / "positions.csv"
    told = run(["duplicates", str(positions), "--zone", "Asia/Damascus"]).stdout

    assert told.startswith("15 pairs of 17 reports may be one incident\n")
    assert told.count("\npress-positions:kiswah-08: ") == 1

"""`truceline sweep`: counts by distance."""

import csv
import io

import pyarrow.parquet as pq
import pytest

SWEEP = ["sweep", "terms.yaml", "reports.csv"]


def curve(run, *options):
    """Run a sweep and give (sure, possible) by distance in metres."""
    result = run([*SWEEP, "--format", "csv", *options])
    rows = csv.DictReader(io.StringIO(result.stdout))
    return {float(row["distance_m"]): (int(row["sure"]), int(row["possible"])) for row in rows}


def test_sure_and_possible_within_each_distance(run):
    """Within 3 km lie a and d surely; c, 25 km inexact, possibly; within 30 miles all lie possibly."""
    found = curve(run, "--distances", "3 km,6 km,30 mi")

    assert found == {3000.0: (2, 3), 6000.0: (4, 5), 48280.32: (4, 5)}


def test_steps_up_to_a_distance(run):
    """`--upto` and `--step` give every distance between; both curves only rise."""
    found = curve(run, "--upto", "2 mi", "--step", "0.5 mi")

    assert list(found) == [804.672, 1609.344, 2414.016, 3218.688]
    assert list(found.values()) == sorted(found.values())
    assert all(sure <= possible for sure, possible in found.values())


def test_the_table_shows_kilometres_and_miles(run):
    """On the screen there is a table with both units."""
    result = run([*SWEEP, "--line", "river", "--distances", "3 mi"])

    assert "within the distance of the river (river), reports of everyone" in result.stdout
    assert result.stdout.splitlines()[-1].split() == ["4.828", "3.00", "3", "4", "5"] or "4.828" in result.stdout


def test_points_are_what_a_naive_count_sees(run):
    """`--as-points` takes every coordinate for exact: sure and possible are one."""
    found = curve(run, "--as-points", "--distances", "3 km,6 km")

    assert found == {3000.0: (2, 2), 6000.0: (5, 5)}


def test_only_those_who_name_somebody(run):
    """`--set` counts the reports that name an actor."""
    assert curve(run, "--set", "northbank_army", "--distances", "30 km")[30000.0] == (1, 1)


def test_only_from_a_day_on(run):
    """`--since` leaves out what lies earlier."""
    assert curve(run, "--since", "2030-03-01", "--distances", "3 km")[3000.0] == (1, 2)


def test_months_by_themselves(run):
    """`--months` counts each month of the agreement's calendar."""
    rows = list(csv.DictReader(io.StringIO(run([*SWEEP, "--months", "--distances", "3 km", "--format", "csv"]).stdout)))
    shown = run([*SWEEP, "--months", "--distances", "3 km"]).stdout

    assert [(row["month"], row["sure"]) for row in rows] == [("2030-02", "1"), ("2030-03", "1")]
    assert "2030-02" in shown


def test_both_sides(run, desk):
    """A report 2 km north counts only with --both-sides."""
    (desk / "north.csv").write_text("report,from,lon,lat,radius_m\nn,2030-03-05,20.5,10.018,10\n", encoding="utf-8")
    one = run("sweep terms.yaml north.csv --distances 3km --format csv").stdout.splitlines()[1]
    both = run("sweep terms.yaml north.csv --distances 3km --format csv --both-sides").stdout.splitlines()[1]

    assert one.split(",")[4:] == ["0", "0", "1"]
    assert both.split(",")[4:] == ["1", "1", "1"]


def test_rows_into_a_file(run):
    """`-o` writes rows by the ending of the name."""
    run([*SWEEP, "--upto", "30 mi", "-o", "s.parquet"])

    assert pq.read_table("s.parquet").num_rows == 30


@pytest.mark.parametrize(
    ("options", "named"),
    [(["--upto", "3"], ["--upto"]), (["--upto", "3", "--step", "x"], ["--upto", "--step"]),
     (["--distances", "3,4"], ["--distances", "--distances"]), (["--step", "40 mi"], ["--step"])],
)  # fmt: skip
def test_a_distance_is_named_as_it_was_typed(run, options, named):
    """Whoever typed --upto is not told of --distances."""
    told = run([*SWEEP, *options]).stderr.splitlines()

    assert [line.partition(": TL-E913")[0] for line in told] == named


@pytest.mark.parametrize(
    ("options", "code"),
    [(["-o", "s.html"], "TL-E918"), (["--line", "brook"], "TL-E903"), (["--set", "nobody"], "TL-E902"),
     (["--distances", "3"], "TL-E913"),
     (["--distances", "3 to 4 mi"], "TL-E913"), (["--upto", "3 mi", "--step", "30 mi"], "TL-E913")],
)  # fmt: skip
def test_what_is_wrong_with_the_call_ends_with_2(run, options, code):
    """A line without a course, an unknown set or a distance without a unit ends with 2."""
    result = run([*SWEEP, *options])

    assert result.exit_code == 2
    assert code in result.stderr


@pytest.mark.parametrize("options", ["", "--only violation -o findings.csv", "-o page.html", "--json", "--threads 2"])
def test_a_check_writes_a_sweep_beside_its_result(run, desk, options):
    """In the same pass and whatever else it writes: the rows of the sweep of the default distances."""
    alone = run([*SWEEP, "--format", "csv"]).stdout
    plain = run(f"check terms.yaml reports.csv {options}")
    beside = run(f"check terms.yaml reports.csv {options} --sweep curves.csv")

    assert (desk / "curves.csv").read_text(encoding="utf-8") == alone
    assert beside.stdout == plain.stdout


def test_a_sweep_beside_a_check_knows_of_its_dates(run, desk):
    """What is left out of the check is left out of the sweep."""
    dates = "--since 2030-03-01 --as-known 2030-03-21"
    run(f"check terms.yaml reports.csv {dates} --sweep curves.csv --only violation --format csv")

    assert (desk / "curves.csv").read_text(encoding="utf-8") == run(
        f"sweep terms.yaml reports.csv {dates} --format csv"
    ).stdout


def test_streamed_reports_are_swept_beside_a_check_though_no_rule_speaks_of_them(run, desk):
    """What a check would not read of a checked file is read for its sweep."""
    rows = (f"x{day},2029-01-{day:02d},20.5,9.9{day},100" for day in range(10, 30))
    (desk / "old.csv").write_text("\n".join(["report,from,lon,lat,radius_m", *rows]), encoding="utf-8")
    run("import old.csv -o old.parquet")
    plain = run("check terms.yaml old.parquet --json").stdout
    beside = run("check terms.yaml old.parquet --json --sweep curves.parquet").stdout
    run("sweep terms.yaml old.parquet -o alone.parquet")

    assert '"reports": 20' in plain.partition('"unread"')[2]
    assert '"reports": 0' in beside.partition('"unread"')[2]
    assert plain.partition('"unread"')[0] == beside.partition('"unread"')[0]
    assert pq.read_table("curves.parquet") == pq.read_table("alone.parquet")
    assert pq.read_table("curves.parquet")["sure"].to_pylist()[-1] == 20


@pytest.mark.parametrize(
    ("options", "code"),
    [("--sweep curves.html", "TL-E918"), ("--sweep curves.txt", "TL-E918"), ("--sweep -", "TL-E918"),
     ("--sweep curves", "TL-E918"), ("--sweep a.csv -o ./a.csv", "TL-E918"), ("--sweep reports.csv", "TL-E923"),
     ("--engine spark -o found --sweep a.csv", "TL-E934")],
)  # fmt: skip
def test_what_cannot_stand_beside_a_check_is_refused(run, desk, options, code):
    """Rows in a file of their own, by this machine; nothing is written else."""
    there = sorted(desk.iterdir())
    result = run(f"check terms.yaml reports.csv {options}")

    assert result.exit_code == 2
    assert code in result.stderr
    assert sorted(desk.iterdir()) == there

"""`truceline locate`: station and offset of the rows of a CSV."""

import csv
import io

import pytest

POINTS = "id,lat,lon,note\np1,9.98,20.5,south\np2,10.01,20.25,north\np3,,20.5,\np4,9.98,19.0,beyond\n"


@pytest.fixture
def points(desk):
    """Lay out a file of places."""
    (desk / "points.csv").write_text(POINTS, encoding="utf-8")


def rows_of(text):
    """Read rows of CSV."""
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.usefixtures("points")
def test_every_row_is_kept_and_measured(run):
    """A hundredth of a degree of latitude is 1,106 m; the middle of the line is at half its length."""
    result = run("locate map.geojson --line river points.csv --plus south")
    rows = rows_of(result.stdout)

    assert result.exit_code == 0
    assert [row["id"] for row in rows] == ["p1", "p2", "p3", "p4"]
    assert [row["side"] for row in rows] == ["plus", "minus", "", "unknown"]
    assert float(rows[0]["offset_m"]) == pytest.approx(2 * 1106.05, abs=1)
    assert float(rows[1]["offset_m"]) == pytest.approx(-1106.05, abs=1)
    assert float(rows[0]["station_m"]) == pytest.approx(109_639 / 2, abs=5)
    assert [row["beyond_end"] for row in rows] == ["false", "false", "", "true"]
    assert [row["note"] for row in rows] == ["south", "north", "", "beyond"]


@pytest.mark.usefixtures("points")
def test_a_bad_row_stays_with_its_reason(run):
    """A row without a latitude has empty results, its reason in tl_error, and a line on the standard error."""
    result = run("locate map.geojson --line river points.csv")

    assert rows_of(result.stdout)[2]["tl_error"].startswith("TL-E401")
    assert result.stderr.startswith("points.csv row 3: TL-E401")
    assert "3 of 4 rows measured from river, 1 refused" in result.stderr


@pytest.mark.usefixtures("points")
def test_the_terms_know_what_is_plus(run):
    """From a terms file the line comes with its own plus side; the one with a course need not be named."""
    named = rows_of(run("locate terms.yaml points.csv").stdout)
    turned = rows_of(run("locate terms.yaml points.csv --plus north").stdout)

    assert [named[0]["side"], turned[0]["side"]] == ["plus", "minus"]


@pytest.mark.usefixtures("points")
def test_geojson_takes_the_left_for_plus(run):
    """Without --plus offsets are positive on the left of the way in which a GeoJSON line is drawn: here the north."""
    assert rows_of(run("locate map.geojson points.csv").stdout)[1]["side"] == "plus"


@pytest.mark.usefixtures("points")
def test_the_output_is_a_file_and_the_input_a_pipe(run, desk):
    """`-` reads a pipe, and `-o` writes what would have been printed."""
    run("locate map.geojson points.csv -o out.csv")
    piped = run("locate map.geojson -", input=POINTS)

    assert (desk / "out.csv").read_text(encoding="utf-8") == piped.stdout
    assert piped.stderr.startswith("standard input row 3")


def test_a_csv_ends_in_csv(run, left):
    """A table of text is not written under the name of something else."""
    result = run("locate map.geojson reports.csv -o out.parquet")

    assert (result.exit_code, left()) == (2, [])
    assert "TL-E918" in result.stderr


def test_a_file_in_which_nothing_can_be_used_ends_with_3(run, desk, left):
    """Where no row can be measured there is no output."""
    (desk / "bad.csv").write_text("lon,lat\n500,1\nx,y\n", encoding="utf-8")
    result = run("locate map.geojson bad.csv -o out.csv")

    assert result.exit_code == 3
    assert [line.partition(":")[0] for line in result.stderr.splitlines()] == [
        "bad.csv row 1",
        "bad.csv row 2 column lon",
    ]
    assert left() == ["bad.csv"]


def test_only_the_first_faults_are_listed(run, desk):
    """Ten are shown, the others are counted; all stand in the file."""
    (desk / "many.csv").write_text("lon,lat\n20.5,9.9\n" + "500,1\n" * 15, encoding="utf-8")
    result = run("locate map.geojson many.csv")

    assert result.stderr.count("TL-E402") == 10
    assert "5 more rows" in result.stderr
    assert result.stdout.count("TL-E402") == 15


@pytest.mark.parametrize(
    ("line", "exit_code", "code"),
    [("map.geojson --line ford points.csv", 2, "TL-E903"), ("terms.yaml --line brook points.csv", 2, "TL-E903"),
     ("two.geojson points.csv", 2, "TL-E917"), ("none.geojson points.csv", 3, "TL-E040"),
     ("map.geojson none.csv", 3, "TL-R001"), ("reports.csv points.csv", 3, "TL-E040"),
     ("areas.geojson points.csv", 2, "TL-E903")],
)  # fmt: skip
@pytest.mark.usefixtures("points")
def test_what_is_wrong_is_named(run, desk, line, exit_code, code):
    """An unknown line, several lines, a missing file: each has its code."""
    text = (desk / "map.geojson").read_text(encoding="utf-8")
    (desk / "two.geojson").write_text(text.replace("Polygon", "MultiLineString"), encoding="utf-8")
    (desk / "areas.geojson").write_text('{"type": "FeatureCollection", "features": []}', encoding="utf-8")
    result = run(f"locate {line}")

    assert result.exit_code == exit_code
    assert code in result.stderr

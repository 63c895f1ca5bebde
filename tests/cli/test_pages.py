"""`truceline report`, `demo` and `schema`: things written for others."""

import json

import pytest

from truceline.api import publishing


def test_a_page_is_written(run, desk):
    """One file with the title, the words and the inputs; the screen says where it is."""
    result = run(
        ["report", "terms.yaml", "reports.csv", "-o", "page.html", "--title", "By the river", "--subtitle", "s"]
    )
    page = (desk / "page.html").read_text(encoding="utf-8")

    assert result.stdout == "5 reports under the text and 2 readings: page.html\n"
    assert "By the river" in page
    assert all(name in page for name in ("terms.yaml", "map.geojson", "reports.csv"))


def test_what_was_left_out_stands_on_the_page(run, desk):
    """`--since` leaves reports out, and the page says so."""
    result = run("report terms.yaml reports.csv -o page.html --since 2030-03-01")

    assert "4 reports" in result.stdout
    assert "1 report that does not lie wholly on or after" in (desk / "page.html").read_text(encoding="utf-8")


def test_a_page_names_its_inputs(run, left):
    """A pipe has no name that others could find, so a page does not take it."""
    result = run("report terms.yaml - -o page.html", input="report,from\na,2030-03-05\n")

    assert result.exit_code == 2
    assert "TL-E916" in result.stderr
    assert left() == []


def test_a_page_goes_through_a_pipe(run, desk, left):
    """`-o -` streams the page that `-o page.html` would write; what is told goes to the standard error."""
    run("report terms.yaml reports.csv -o page.html")
    piped = run("report terms.yaml reports.csv -o -")

    assert piped.exit_code == 0
    assert piped.stdout == (desk / "page.html").read_text(encoding="utf-8")
    assert left() == ["page.html"]


def test_a_page_ends_in_html(run, left):
    """A page is not written under the name of a table."""
    result = run("report terms.yaml reports.csv -o page.csv")

    assert (result.exit_code, left()) == (2, [])
    assert "--out: TL-E918 the ending of 'page.csv'" in result.stderr


@pytest.mark.parametrize("line", ["report - reports.csv -o page.html", "check - reports.csv -o page.html"])
def test_a_page_names_its_terms(run, desk, left, line):
    """Terms from a pipe have no name that others could find."""
    result = run(line, input=(desk / "terms.yaml").read_bytes())

    assert (result.exit_code, left()) == (2, [])
    assert "TL-E916" in result.stderr


@pytest.mark.parametrize("text", ["{", "[]", '{"features": [{"properties": {}}]}'])
def test_a_ground_that_cannot_be_read_is_named(run, desk, text):
    """A broken base.geojson is a fault of that file, and no traceback."""
    (desk / "base.geojson").write_text(text, encoding="utf-8")
    result = run("report terms.yaml reports.csv -o page.html")

    assert result.exit_code == 3
    assert "base.geojson, places.geojson: TL-R013" in result.stderr


def test_a_page_has_room_for_so_many(run, left, monkeypatch):
    """Above the limit of a page the user is told what to do instead."""
    monkeypatch.setattr(publishing, "MOST", 4)
    result = run("report terms.yaml reports.csv -o page.html")

    assert result.exit_code == 2
    assert "TL-E915" in result.stderr
    assert left() == []


@pytest.mark.slow
def test_the_demo_runs(run, desk):
    """`truceline demo` checks the example and leaves its page where it says."""
    result = run("demo")

    assert result.exit_code == 0
    assert "The report: out/south-syria-2017/report.html" in result.stdout
    assert "The ledger: out/south-syria-2017/ledger  (7,263 new records)" in result.stdout
    assert "tamper-evident to anyone who holds an older head" in result.stdout
    assert 100_000 < (desk / "out" / "south-syria-2017" / "report.html").stat().st_size < 3_000_000


def test_a_missing_example_is_named(run, desk, monkeypatch, left):
    """An installation without its example says so; no folder is made."""
    monkeypatch.setattr(publishing, "files", lambda _: desk / "lib" / "truceline")
    result = run("demo -o page.html")

    assert result.exit_code == 2
    assert "TL-E921" in result.stderr
    assert left() == []


def test_the_schema_is_printed_and_written(run, desk):
    """The JSON Schema goes to the screen or to a file, the same."""
    shown = run("schema").stdout
    run("schema -o terms.schema.json")

    assert json.loads(shown)["$schema"].endswith("2020-12/schema")
    assert (desk / "terms.schema.json").read_text(encoding="utf-8") == shown


def test_the_schema_ends_in_json(run, left):
    """A schema is not written under the name of a table."""
    result = run("schema -o terms.csv")

    assert (result.exit_code, left()) == (2, [])
    assert "TL-E918" in result.stderr


@pytest.mark.usefixtures("desk")
def test_a_demo_that_may_not_write_says_so(run, desk):
    """A folder that cannot be made is a fault of the call."""
    (desk / "out").touch()
    result = run("demo")

    assert result.exit_code == 2
    assert "TL-E910" in result.stderr

"""Check and explain, in Python."""

import pandas as pd
import pyarrow as pa
import pytest

import truceline as tl
from truceline.api.reading import Asked, import_reports, open_files


def test_the_readings_stand_side_by_side(deal, post):
    """One report, one provision, two renderings, two answers; the field that decides is named."""
    checked = tl.check(deal, post)
    [apart] = checked.disagreements

    assert [(row["reading"], row["verdict"]) for row in checked.findings.to_pylist()] == [
        ("text", "no_violation"), ("north", "violation"),
    ]  # fmt: skip
    assert (apart.provision, apart.fields) == ("pull_back", ("depth",))
    assert checked.summary.depends == {"pull_back": 1}


@pytest.mark.parametrize("reading", ["north", ["north"], ("north",)])
def test_one_reading_or_several(deal, post, reading):
    """A reading may be named as a word or in a list."""
    assert tl.check(deal, post, reading=reading).setup.readings == ("north",)


def test_any_arrow_will_do(deal, post):
    """A table, a batch, a list of tables and a data frame give the same verdicts."""
    wanted = tl.check(deal, post).findings
    instant = pd.to_datetime(["2030-03-06T10:00Z"])
    who = [["Southbank Army"]]
    frame = pd.DataFrame({
        "report": ["report:1"], "lon": [20.5], "lat": [9.95028], "radius_m": [200.0], "act": ["position"],
        "from": instant, "until": instant, "by": who, "involved": who,
    })  # fmt: skip

    assert tl.check(deal, post.to_batches()[0]).findings == wanted
    assert tl.check(deal, [post]).findings == wanted
    assert tl.check(deal, frame).findings == wanted
    assert tl.check(deal, []).findings.num_rows == 0


def test_several_reports_are_joined(deal, post):
    """Reports made one by one are checked together."""
    other = tl.report(name="report:2", by="Northbank Army", when="2030-03-06", zone="UTC", act="position")

    assert tl.check(deal, [post, other]).report_ids.to_pylist() == ["report:1", "report:2"]


def test_as_it_was_known(deal, post):
    """Before the spokesman spoke there was no second reading."""
    known = post.set_column(post.column_names.index("reported"), "reported", pa.array(["2030-03-07"]).cast(pa.date32())
                            .cast(pa.timestamp("us", "UTC")))  # fmt: skip
    checked = tl.check(deal, known, as_known="2030-03-20")

    assert checked.setup.readings == ("text",)
    assert repr(checked).endswith(", as known on 2030-03-20>")
    assert "as known on 2030-03-20" in checked._repr_html_()
    assert "<p>Not known on 2030-03-20, so left out: the reading north</p>" in checked._repr_html_()
    assert str(checked).endswith("Not known on 2030-03-20, so left out: the reading north")


def test_a_result_shows_itself_in_short(deal, post):
    """The repr is one line, print gives the counts, a notebook a table; what a file says is text there."""
    checked = tl.check(deal, post)
    page = checked._repr_html_()

    assert repr(checked) == "<Checked river-truce: 1 report x 1 provision x 2 readings>"
    assert "pull_back: the verdict depends on the reading for 1 of 1 report" in str(checked)
    assert "River &lt;truce&gt;" in page
    assert "<script" not in page
    assert page.count("<tr>") == 3


def test_an_explanation_shows_itself(deal, post):
    """The repr names each verdict, print tells all of it, a notebook folds it."""
    told = tl.explain(deal, post, "report:1")

    assert repr(told) == (
        "<Explanations of report:1: pull_back under text: no_violation; pull_back under north: violation>"
    )
    assert str(told).count("the arithmetic") == 2
    assert told._repr_html_().count("<details") == 2
    assert repr(type(told)()) == "<Explanations of nothing>"


def test_several_rows_with_one_id_are_shown_and_the_newest_is_judged(deal, tmp_path):
    """What was read is judged once, in its newest revision; the explanation shows the other one too."""
    rows = "report,act,from,reported\na:1,fire,2030-03-05,{}\na:1,presence,2030-03-05,{}\n"
    file = tmp_path / "posts.csv"
    file.write_text(rows.format("2030-03-08", "2030-03-07"), encoding="utf-8")
    [one] = tl.explain(deal, tl.read_reports(file, agreement=deal), "a:1", reading="north")
    files = open_files(deal, [str(file)], Asked())
    [same] = tl.explain(deal, files, "a:1", reading="north")

    assert [(row.judged, dict(row.cells)["act"]) for row in one.revisions] == [(True, "fire"), (False, "presence")]
    assert same == one


def test_of_a_checked_parquet_file_all_rows_are_shown_too(deal, tmp_path):
    """A streamed file is looked through for the id."""
    file = tmp_path / "posts.parquet"
    source = tmp_path / "posts.csv"
    source.write_text("report,act,note\na:1,fire,x\na:2,fire,y\n", encoding="utf-8")
    import_reports(source, Asked(zone="UTC"), file)
    [one] = tl.explain(deal, open_files(deal, [str(file)], Asked()), "a:2", reading="north")

    assert one.revisions == ()
    assert dict(one.source)["note"] == "y"


def test_an_agreement_shows_itself(deal):
    """In a notebook as tables; what the file says is text there."""
    page = deal._repr_html_()

    assert isinstance(deal, tl.Agreement)
    assert "River &lt;truce&gt;" in page
    assert "1 provision, 1 reading<" in page


def test_one_provision_under_one_reading(deal, post):
    """Both can be chosen; what is not there is named."""
    [one] = tl.explain(deal, post, "report:1", provision="pull_back", reading="north")

    assert one.verdict == "violation"
    with pytest.raises(tl.UsageError, match=r"TL-E904 .*'peace'.* choose among pull_back"):
        tl.explain(deal, post, "report:1", provision="peace")


def test_a_span_without_an_end_is_told(deal, tmp_path):
    """A report whose event has no last day is explained, and stands on a page, like any other."""
    post = tl.report(by="Southbank Army", lon=20.5, lat=9.98, within="1 km", when="2030-03-05/..", zone="Etc/GMT-2",
                     act="position")  # fmt: skip
    page = tl.write_report(tl.check(deal, post), tmp_path / "page.html")

    assert "until: for ever" in str(tl.explain(deal, post, "report:1"))
    assert "from 5 March 2030 on" in page.read_text(encoding="utf-8")

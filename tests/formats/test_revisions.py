"""One report in several rows."""

import datetime as dt
import json

import pyarrow as pa
import pytest

from truceline.formats import revisions as module
from truceline.formats.reports import read_reports, write_reports
from truceline.formats.revisions import Settled, Source, settle

MOMENT = dt.datetime(2030, 3, 5, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def source(*rows, numbered=False):
    """Make a table of rows."""
    tables = [pa.Table.from_pylist([{"report": "a", **row}]) for row in rows]
    return Source(pa.concat_tables(tables, promote_options="permissive"), numbered)


def gone(settled):
    """List the rows that are not judged, by source."""
    return [each.tolist() for each in settled.gone]


def test_reports_of_other_ids_are_left_alone():
    """Nothing is compared but rows of one id; a row without an id is compared with none."""
    same = settle([source({}, {"report": None}), source({"report": "b"}, {"report": None})])

    assert gone(same) == [[False, False], [False, False]]
    assert same.superseded == same.sentences == ()
    assert settle([]).gone == ()


def test_equal_rows_count_once_and_further_columns_do_not_matter():
    """The first stays; what the source says beside our columns is not compared."""
    settled = settle(
        [source({"act": "fire", "via": ["x", "y"], "note": "1"}), source({"act": "fire", "via": ["x", "y"]})]
    )
    [row] = settled.superseded

    assert gone(settled) == [[False], [True]]
    assert (row.source, row.row, row.code, row.by, row.original) == (1, 0, "TL-R117", (0, 0), "")
    assert settled.sentences == (
        "1 row of a report that stands before, in this or another file: counted once (TL-R117)",
    )


def test_the_newest_revision_is_judged_and_the_others_are_kept_with_their_cells():
    """Each with the place of the one that is judged."""
    settled = settle(
        [source({"act": "fire", "reported": MOMENT, "note": 7}, {"act": "clash", "reported": MOMENT + DAY})]
    )
    [row] = settled.superseded

    assert gone(settled) == [[True, False]]
    assert (row.code, row.report, row.by) == ("TL-R118", "a", (0, 1))
    assert json.loads(row.original)["note"] == 7
    assert settled.sentences == ("1 report with an earlier revision: the newest one known is judged (TL-R118)",)


def test_on_an_earlier_day_an_earlier_revision_is_the_newest():
    """What was published later is no revision yet; it stays, so that it is counted as not known then."""
    rows = source({"act": "fire", "reported": MOMENT}, {"act": "clash", "reported": MOMENT + DAY},
                  {"act": "advance", "recorded": MOMENT - DAY}, {"act": "presence"})  # fmt: skip
    until = int((MOMENT + DAY).timestamp()) * 1_000_000

    assert gone(settle([rows], until)) == [[True, False, True, False]]
    assert settle([rows], until).joined["act"].to_pylist() == [None]
    assert gone(settle([rows], until - 2 * 86_400_000_000)) == [[False] * 4]


def test_rows_of_which_nobody_knows_the_newest_become_one():
    """In the order of their first rows; each row names another one."""
    settled = settle(
        [
            source({"report": "b", "count_lo": 3}, {"count_lo": 1}),
            source({"report": "b", "count_lo": 5}, {"count_lo": 2}),
        ]
    )

    assert gone(settled) == [[True, True], [True, True]]
    assert settled.joined.select(["report", "count_lo"]).to_pylist() == [
        {"report": "b", "count_lo": 3}, {"report": "a", "count_lo": 1},
    ]  # fmt: skip
    assert [(row.code, row.by) for row in settled.superseded] == [
        ("TL-R223", (1, 0)), ("TL-R223", (1, 1)), ("TL-R223", (0, 0)), ("TL-R223", (0, 1)),
    ]  # fmt: skip
    assert settled.sentences[0].startswith("2 reports in rows that differ")


def test_rows_that_are_called_by_their_number_are_only_compared_for_equality():
    """They have no id by which one could be a revision of another."""
    settled = settle([source({"act": "fire"}, numbered=True), source({"act": "clash"}, {"act": "fire"}, numbered=True)])

    assert gone(settled) == [[False], [False, True]]


@pytest.mark.parametrize("at_a_time", [1, 3, 2**17])
def test_streams_give_what_tables_give(tmp_path, monkeypatch, at_a_time):
    """However few rows are held at a time, and in whatever order their hashes come."""
    monkeypatch.setattr(module, "AT_A_TIME", at_a_time)
    path = tmp_path / "a.csv"
    path.write_text("report,from,act\n" + "".join(f"{one},2030,{act}\n" for one in "abcd" for act in ("fire", "clash")))
    read = read_reports(path, zone="UTC")
    stream, _ = write_reports(read, tmp_path / "a.parquet")
    whole = settle([Source(read.table), Source(read.table)])
    mixed = settle([Source(stream), Source(read.table)])

    assert gone(mixed) == gone(whole) == [[True] * 8, [True] * 8]
    assert mixed.joined.equals(whole.joined)
    assert mixed.joined["report"].to_pylist() == list("abcd")
    assert mixed.superseded == whole.superseded


def test_above_a_limit_nothing_is_compared():
    """Ids that do not fit into memory are not compared, and that can be told."""
    settled = settle([source({}), source({})], most=1)
    table = source({}).reports

    assert not settled.compared
    assert settled.left_of(1, 0, table) is table
    assert "TL-R310" in settled.sentences[0]
    assert Settled().compared

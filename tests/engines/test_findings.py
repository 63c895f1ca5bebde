"""Verdicts as a table: one row per report, provision and reading, in that order."""

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from truceline.engines.findings import FINDINGS_SCHEMA, MEASURES, findings_table, wide_schema
from truceline.engines.setup import prepare
from world import amended, at, check, reports, spot

TWO = reports(
    {**spot(30_000.0, 12_000.0, 100.0), **at("2031-06-01"), "by": ["northbank_army"], "act": "presence"},
    {**at("2031-06-01"), "by": ["southbank_army"], "act": "presence"},
)


def test_every_report_has_every_verdict_in_order():
    """Reports in their order, provisions in that of the text, readings in that of the file."""
    found = check(TWO).findings
    pairs = [(row["provision"], row["reading"]) for row in found.to_pylist()]

    assert found.schema == FINDINGS_SCHEMA
    assert found.num_rows == 2 * 8 * 4
    assert found.column("report").to_pylist() == ["r0"] * 32 + ["r1"] * 32
    assert pairs[:5] == [
        ("halt", "text"),
        ("halt", "northview"),
        ("halt", "southview"),
        ("halt", "press"),
        ("empty", "text"),
    ]
    assert pairs[:32] == pairs[32:]


def test_offsets_are_given_along_the_line_that_decided():
    """The report lies 12 km from the river, within 100 m; without a line or a place there is no number."""
    rows = check(TWO).findings.to_pylist()
    [placed] = [row for row in rows if (row["report"], row["provision"], row["reading"]) == ("r0", "few", "text")]
    unplaced = [row for row in rows if row["report"] == "r1" or row["provision"] == "swap"]

    assert placed["line"] == "river"
    assert [round(placed[name]) for name in ("offset_near_m", "offset_far_m")] == [11_900, 12_100]
    assert placed["station_near_m"] < 30_000.0 < placed["station_far_m"]
    assert all(row["offset_near_m"] is None and row["station_far_m"] is None for row in unplaced)


def test_where_the_side_is_not_known_the_offset_may_have_either_sign():
    """Beyond an end of the line, and where the text names no side, the bounds are minus and plus the distance."""
    beyond = check(reports({"lon": 19.9, "lat": 0.0, "radius_m": 100.0, **at("2031-06-01")})).findings.to_pylist()
    front = prepare(amended(("tank, where: {line: river, away", "tank, where: {line: front, away"), readings=False))
    [few] = [row for row in beyond if (row["provision"], row["reading"]) == ("few", "text")]
    [unsided] = [row for row in check(TWO.slice(0, 1), front).findings.to_pylist() if row["provision"] == "few"]

    assert (few["line"], few["offset_near_m"]) == ("river", -few["offset_far_m"])
    assert round(few["offset_far_m"]) == round(0.1 * 111_319.4908 + 100.0)
    assert (unsided["line"], unsided["offset_near_m"]) == ("front", -unsided["offset_far_m"])
    assert unsided["offset_far_m"] > 22_000.0 + 12_000.0


def test_protected_reports_have_verdicts_and_no_measures():
    """Two distances from two lines would give the place away."""
    row = {**spot(30_000.0, 12_000.0, 100.0), **at("2031-06-01"), "by": ["northbank_army"], "act": "presence"}
    [open_, hidden] = (check(reports({**row, "release": word})).findings for word in ("public", "protected"))

    assert hidden.column("verdict").to_pylist() == open_.column("verdict").to_pylist()
    assert hidden.column("offset_near_m").null_count == hidden.column("station_far_m").null_count == hidden.num_rows
    assert open_.column("offset_near_m").null_count < open_.num_rows


def test_only_the_wanted_verdicts_are_written():
    """The rest is left out; the rows that stay are the same."""
    checked = check(TWO)
    wanted = checked.rows(["violation", "not_applicable"])
    whole = checked.findings

    kept = whole.filter(pc.is_in(whole.column("verdict").cast(pa.string()), pa.array(["violation", "not_applicable"])))
    assert wanted.to_pylist() == kept.to_pylist()
    assert 0 < wanted.num_rows < whole.num_rows
    assert checked.rows([]).num_rows == 0


@pytest.mark.parametrize("rows", [1, 5, 1_000])
@pytest.mark.parametrize("wanted", [None, ["violation"], []])
def test_parts_put_together_are_the_whole(rows, wanted):
    """Written in parts, the rows are the same; no part of several reports has more rows than asked."""
    checked = check(pa.concat_tables([TWO] * 3))
    parts = list(checked.parts(wanted, rows))
    written = [checked.rows(wanted, part) for part in parts]

    assert pa.Table.from_batches(written).to_pylist() == checked.rows(wanted).to_pylist()
    assert all(one.num_rows <= rows or part.stop == part.start + 1 for one, part in zip(written, parts, strict=True))


def test_without_rules_or_reports_the_table_is_empty():
    """It keeps its columns."""
    nothing = findings_table(replace(check(TWO).judged, pairs=[], numbers=[]))

    assert nothing.num_rows == 0
    assert nothing.schema == FINDINGS_SCHEMA
    assert check(TWO.slice(0, 0)).findings.num_rows == 0


def test_the_wide_table_says_the_same_as_the_long_one():
    """Each cell is the verdict of its provision and reading; the measures are those along every line."""
    checked = check(TWO)
    wide = checked.wide_rows()
    rows = {row["report"]: row for row in wide.to_pylist()}

    assert wide.schema == wide_schema(checked.judged.pairs, checked.judged.lines)
    for found in checked.findings.to_pylist():
        row = rows[found["report"]]
        assert row[f"{found['provision']}/{found['reading']}"] == found["verdict"]
        assert found["line"] is None or all(row[f"{found['line']}/{name}"] == found[name] for name in MEASURES)

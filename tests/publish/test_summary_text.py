"""The counts as text."""

import json
import re

import pyarrow as pa

from truceline.engines.setup import prepare
from truceline.engines.sweeping import SWEEP_SCHEMA
from truceline.publish.summary_text import summary_data, summary_lines, sweep_lines, with_equal_counts
from world import check, day, reports, spot, truce

ROW = {"by": ["Northbank Forces"], "involved": ["Northbank Forces"], "act": "clash", **day("2031-05-20")}


def some(held=None):
    """Check two reports, one of them without a place."""
    return check(reports({**ROW, **spot(30_000, 12_000, 100)}, ROW), held)


def test_every_verdict_is_counted_once():
    """Each line of counts adds up to the number of reports, and each reading stands in one line."""
    checked = some()
    lines = list(summary_lines(checked.summary, checked.setup))
    counts = [line.split()[:4] for line in lines if line.startswith(" ") and line.split()[0].isdigit()]

    assert lines[:2] == ["Truce of the river (toy-truce)", f"2 reports, {len(checked.setup.readings)} readings"]
    assert counts
    assert {sum(map(int, four)) for four in counts} == {2}


def test_readings_with_the_same_counts_share_a_line():
    """The groups of a provision are all its readings, each once."""
    checked = some()
    summary = checked.summary
    for provision in summary.depends:
        named = [name for names in with_equal_counts(summary, provision) for name in names]

        assert sorted(named) == sorted(reading for name, reading in summary.verdicts if name == provision)


def test_the_reasons_of_open_verdicts_are_named():
    """Indeterminate counts come with their main reasons, the most frequent first."""
    checked = some()

    assert any(
        "indeterminate: " in line and "report_unplaced 1" in line
        for line in summary_lines(checked.summary, checked.setup)
    )


def test_what_was_not_known_is_said():
    """As known on a day: the day, what was not published by then, and what was left out of the text."""
    checked = some(prepare(truce(), as_known="2031-05-01"))
    _, second, *_, last = summary_lines(checked.summary, checked.setup)

    assert "as known on 2031-05-01" in second
    assert "2 published at a date that nobody states" in second
    assert last.startswith("Not known on 2031-05-01, so left out: readings.")


def test_one_reading_is_named():
    """Where only one reading was asked for, the head says which."""
    checked = some(prepare(truce(), readings=["text"]))

    assert list(summary_lines(checked.summary, checked.setup))[1] == "2 reports, reading text"


def test_colours_are_only_paint():
    """The text is the same with colours and without."""
    checked = some()
    painted = list(summary_lines(checked.summary, checked.setup, colour=True))

    assert "\x1b[38;5;166m" in "".join(painted)
    assert [re.sub("\x1b\\[[0-9;]*m", "", line) for line in painted] == list(
        summary_lines(checked.summary, checked.setup)
    )


def test_the_data_hold_every_count():
    """As JSON every provision has every reading with its four verdicts and all reasons."""
    checked = some()
    data = json.loads(json.dumps(summary_data(checked.summary, checked.setup)))

    assert set(data["provisions"]) == {name for name, _ in checked.summary.verdicts}
    for provision in data["provisions"].values():
        assert {sum(reading["verdicts"].values()) for reading in provision["readings"].values()} == {2}


def test_a_sweep_is_a_table_per_line_and_set():
    """Kilometres and miles stand beside each other; a month has its own column."""
    row = {
        "line": "river",
        "set": "everyone",
        "month": None,
        "distance_m": 4828.032,
        "sure": 1,
        "possible": 2,
        "reports": 3000,
    }
    [title, head, line] = sweep_lines(pa.Table.from_pylist([row], schema=SWEEP_SCHEMA))
    monthly = list(sweep_lines(pa.Table.from_pylist([{**row, "month": "2031-05"}], schema=SWEEP_SCHEMA)))

    assert title == "within the distance of river, reports of everyone"
    assert head.split() == ["km", "miles", "surely", "possibly", "of"]
    assert line.split() == ["4.828", "3.00", "1", "2", "3,000"]
    assert monthly[2].split() == ["2031-05", *line.split()]

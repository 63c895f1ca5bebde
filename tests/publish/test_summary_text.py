"""The counts as text."""

import json
import re
from itertools import pairwise

import pyarrow as pa

from truceline.engines.deciding import Background
from truceline.engines.local import Summary
from truceline.engines.setup import prepare
from truceline.engines.sweeping import SWEEP_SCHEMA
from truceline.evidence.datasets import DATASETS
from truceline.formats.terms_file import load_text
from truceline.judge.verdict import VERDICTS
from truceline.publish.summary_clauses import clause_lines
from truceline.publish.summary_text import line_names, summary_data, summary_lines, sweep_lines, with_equal_counts
from world import amended, check, day, reports, spot, truce

ROW = {"by": ["Northbank Forces"], "involved": ["Northbank Forces"], "act": "clash", **day("2031-05-20")}


def some(held=None):
    """Check two reports, one of them without a place."""
    return check(reports({**ROW, **spot(30_000, 12_000, 100)}, ROW), held)


def told(checked, **options):
    """Write the summary of a check as one text."""
    background = Background()
    background.look(checked)
    return "\n".join(summary_lines(checked.summary, checked.setup, background=background, **options))


def test_every_verdict_is_counted_once():
    """Each line of counts adds up to the number of reports."""
    checked = some()
    lines = told(checked).split("\n")
    counts = [re.findall(r"[◆●□\N{MULTIPLICATION SIGN}] +([\d,]+)", line) for line in lines if line.startswith("  ◆")]

    assert lines[:2] == ["Truce of the river (toy-truce)", "2 reports under the text and 3 readings"]
    assert counts
    assert {sum(map(int, four)) for four in counts} == {2}


def test_the_marks_are_explained_once():
    """There is one legend, above all clauses."""
    lines = told(some()).split("\n")
    legend = "◆ violation   ● no violation   □ indeterminate   \N{MULTIPLICATION SIGN} not applicable"

    assert [line for line in lines if "violation" in line and "indeterminate" in line] == [legend]


def test_readings_with_the_same_counts_share_a_line():
    """The groups of a provision are all its readings, each once."""
    checked = some()
    summary = checked.summary
    for provision in summary.depends:
        named = [name for names in with_equal_counts(summary, provision) for name in names]

        assert sorted(named) == sorted(reading for name, reading in summary.verdicts if name == provision)


def test_the_reasons_of_open_verdicts_are_told_in_words():
    """Indeterminate counts come with their main reasons, the most frequent first, and no code."""
    text = told(some())

    assert "□ because (reports):\n" in text
    assert "□ because (reports, range over the readings):\n    0 to 2  " in text
    assert "1  the report states no place that could be located" in text
    assert "report_unplaced" not in text


def test_the_fields_that_decide_stand_beside_the_count():
    """Where the verdict depends on the reading, the next line names the fields, each with a count."""
    lines = told(some()).split("\n")
    after = {line.split(":")[0]: below for line, below in pairwise(lines) if "depends on the reading for" in line}

    assert after["guns"] == "  deciding fields: denial 2, ground 1"
    assert after["halt"].startswith("  ◆")


def test_what_a_data_set_cannot_show_is_told_in_its_own_words():
    """A known data set speaks for itself, above the counts, with the number of its reports."""
    checked = check(reports({**ROW, "dataset": "ucdp-ged"}, ROW))
    about = DATASETS["ucdp-ged"]

    assert f"\n\n{about.title} (1 report): {about.note}\n\n◆" in told(checked)


def test_a_clause_without_a_verdict_is_one_line():
    """What is not judged, or could never be, has a line with the reason in words and no counts."""
    lines = told(some()).split("\n")
    silent = lines[lines.index("No verdict on:") + 1 :]

    assert [line.split(maxsplit=1) for line in silent] == [
        ["spirit", "it speaks of what somebody intends, which nobody can see"]
    ]


def test_many_readings_with_the_same_counts_are_counted():
    """The largest group of readings is counted where it is large; the others are named."""
    names = [f"n{number}" for number in range(7)]
    one, other = {"violation": 1}, {"no_violation": 1}
    counts = {name: dict.fromkeys(VERDICTS, 0) for name in ("text", *names, "last")}
    verdicts = {("halt", name): counts[name] | (other if name == "last" else one) for name in counts}
    summary = Summary(1, verdicts, {key: {} for key in verdicts}, {"halt": 1})
    lines = list(clause_lines("halt", summary, {}))

    assert [line.split("  ")[-1] for line in lines[1:]] == ["the text and 7 readings not named here", "last"]


def test_a_clause_that_is_only_reserved_says_so():
    """What a side kept for itself is no rule, and stands among the clauses without a verdict."""
    agreement = amended(("monitorable: none, because: intent", "reserves: the right to answer"), readings=False)
    checked = check(reports(ROW), prepare(agreement))

    assert told(checked).endswith("spirit  only reserved: the right to answer")


def test_what_was_not_known_is_said():
    """As known on a day: the day, what was not published by then, and what was left out of the text."""
    checked = some(prepare(truce(), as_known="2031-05-01"))
    _, second, *_, last = summary_lines(checked.summary, checked.setup)

    assert "as known on 2031-05-01" in second
    assert "2 published at a date that nobody states" in second
    assert last == (
        "Not known on 2031-05-01, so left out: the readings northview, southview, press; the demands wide, heavy"
    )


def test_sources_without_a_date_are_said_to_be_taken_as_known():
    """In words and, for programs, by name; a run without a date says nothing of the kind."""
    agreement = amended(
        ("s.south: {by: spokesman of Southbank, said: 2031-05-12", "s.south: {by: spokesman of Southbank")
    )
    words = "As known on 2031-05-01: 1 source of the terms states no date; it is taken as known: s.south"
    then, now = (some(prepare(agreement, as_known=day)) for day in ("2031-05-01", None))
    data = summary_data(then.summary, then.setup)

    assert list(summary_lines(then.summary, then.setup))[-1] == words
    assert data["undated_sources"] == ["s.south"]
    assert data["notes"][1] == words
    assert data["notes"][0].startswith("Not known on 2031-05-01, so left out: the readings northview, press")
    assert "taken as known" not in told(now)
    assert summary_data(now.summary, now.setup)["notes"] == []


def test_one_reading_is_named():
    """Where only one reading was asked for, the head says which."""
    checked = some(prepare(truce(), readings=["text"]))

    assert list(summary_lines(checked.summary, checked.setup))[1] == "2 reports under the text"


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


BESIDE_A_CAMP = """
truceline: 1
agreement: {id: camp, title: Camp, class: cessation, zone: UTC}
instruments: {pact: {title: the Pact, signed: 2031-01-15}}
parties: {northbank: {role: signatory}}
lines: {river: {title: the river, plus: south, geometry: {coordinates: [[20.0, 10.0], [21.0, 10.0]]}, edges: lonlat}}
areas: {camp: {title: the camp, geometry: {coordinates: [[20, 10], [21, 10], [21, 11], [20, 10]]}, source: s.t}}
provisions:
  out: {who: any, what: fire, where: {around: camp, away: 2 km}, at_most: 0, source: s.t}
  in: {who: any, what: fire, where: {around: camp, away: 2 km, belt: inside}, at_most: 0, source: s.t}
sources: {s.t: {kind: primary, by: both}}
"""


def test_lines_and_boundaries_go_by_their_titles_in_a_sweep():
    """What lies in an area counts as no distance away from without, where the side counts."""
    held = prepare(load_text(BESIDE_A_CAMP))

    assert line_names(held) == {
        "river": "the river (river)",
        "camp@outside": "the boundary of the camp (camp@outside); what lies in it counts as 0",
        "camp@inside": "the boundary of the camp (camp@inside)",
    }
    assert line_names(held, both_sides=True)["camp@outside"] == "the boundary of the camp (camp@outside)"


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

"""Ground that changes, from the terms to the verdict: courses by date, gaps, baselines, parts of lines, the air."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

import changing
import world
from truceline.engines.local import check_batch
from truceline.engines.setup import prepare
from truceline.engines.sweeping import SweepOptions, demands_table, sweep
from truceline.formats.terms_file import load_text
from truceline.judge.check import judge
from truceline.judge.verdict import VERDICTS
from world import amended, instant, mirrored, reports, spot, swapped, truce, verdicts

GEOD = Geod(ellps="WGS84")
ACTORS = ("northbank_army", "southbank_army", "northbank_scouts", "visitors", "strangers")
EXACTLY = {
    "violation": {"violation"},
    "no_violation": {"no_violation", "not_applicable"},
    "not_applicable": {"not_applicable"},
}
"""What an exact report may give where a blurred one of the same gives a verdict."""


@st.composite
def rows(draw):
    """Draw a report about the river, within some radius, in the weeks in which it moves, or without a date."""
    row = {
        "lon": draw(st.integers(19_900, 21_100)) / 1000,
        "lat": draw(st.integers(-350, 350)) / 1000,
        "radius_m": draw(st.sampled_from([0.0, 200.0, 1_000.0, 3_000.0, 9_000.0])),
        "by": [draw(st.sampled_from(ACTORS))],
        "act": draw(st.sampled_from(["presence", "overflight", "position", "hostilities", "fire.air"])),
        "thing": draw(st.sampled_from([None, "tank", "helicopter"])),
    }
    if draw(st.integers(0, 7)):
        start = instant("2031-05-01") + timedelta(hours=draw(st.integers(0, 24 * 40)))
        length = draw(st.sampled_from([0, 1, 24, 24 * 9]))
        row |= {"from": start, "until": start + timedelta(hours=length)}
    return row


def truly(table, chance, times):
    """Take every dated report so often, each time at one place of its disc and at one instant of its span."""
    whole = table.take(pa.array(np.repeat(np.arange(table.num_rows), times)))
    lon, lat, radius = (whole.column(name).to_numpy() for name in ("lon", "lat", "radius_m"))
    n = len(lon)
    lon, lat, _ = GEOD.fwd(lon, lat, chance.uniform(0, 360, n), radius * np.sqrt(chance.random(n)))
    start, end = (whole.column(name).cast(pa.int64()).fill_null(0).to_numpy() for name in ("from", "until"))
    moment = start + (chance.random(n) * (end - start)).astype(np.int64)
    dated = whole.column("from").is_valid()
    exact = {"lon": lon, "lat": lat, "radius_m": np.zeros(n), "from": moment, "until": moment}
    for name, values in exact.items():
        mask = ~np.asarray(dated) if name in ("from", "until") else None
        column = pa.array(values, mask=mask).cast(whole.schema.field(name).type)
        whole = whole.set_column(whole.column_names.index(name), name, column)
    return whole


@settings(max_examples=15)
@given(st.lists(rows(), min_size=20, max_size=20), st.integers(0, 2**32 - 1))
def test_a_definite_verdict_holds_for_every_true_place_and_instant(drawn, seed):
    """Of 40 places and instants within each report none contradicts it, whichever course held then."""
    table = reports(*drawn)
    coarse, exact = (
        check_batch(changing.held(), one) for one in (table, truly(table, np.random.default_rng(seed), 40))
    )

    for pair in coarse.pairs:
        blurred, sharp = (np.array(VERDICTS)[found.verdicts[pair].verdict] for found in (coarse, exact))
        for verdict, allowed in EXACTLY.items():
            assert set(sharp[np.repeat(blurred == verdict, 40)]) <= allowed, (pair, verdict)


@settings(max_examples=25)
@given(st.lists(rows(), min_size=12, max_size=12))
def test_kinds_of_reports_are_judged_as_each_report_is(drawn):
    """What is looked up by kind is what every rule says to the report itself."""
    found = check_batch(changing.held(), reports(*drawn))

    for (rule, reading), said in found.verdicts.items():
        alone = judge(changing.held().rule(rule, reading), found.batch, found.places)
        assert said.verdict.tolist() == alone.verdict.tolist()
        assert said.reasons.tolist() == alone.reasons.tolist()


SAME = f'versions: [{{from: "2031-05-10T00:00+02:00", {changing.RIVER}}}, {{from: 2031-05-20, {changing.RIVER}}}]'
UNMOVED = prepare(amended((changing.CHANGES[0][0], changing.CHANGES[0][1].replace(changing.MOVED, SAME))))


@settings(max_examples=25)
@given(st.lists(rows(), min_size=12, max_size=12))
def test_a_line_whose_courses_are_all_equal_is_a_line_without_versions(drawn):
    """Verdicts, reasons and deciding fields are the same, dated or not."""
    table = reports(*drawn)
    plain, dated = world.check(table), check_batch(UNMOVED, table)

    assert verdicts(dated) == verdicts(plain)
    assert [one.fields for one in dated.disagreements] == [one.fields for one in plain.disagreements]


MIRRORED = prepare(mirrored(changing.words()))


@settings(max_examples=25)
@given(st.lists(rows(), min_size=8, max_size=8))
def test_a_baseline_is_mirrored_when_the_sides_are_swapped(drawn):
    """What the one side must not cross from here, the other must not cross from there."""
    seen = [{**row, "lat": -row["lat"], "by": [swapped(row["by"][0])]} for row in drawn]
    here, there = (check_batch(held, reports(*some)) for held, some in ((changing.held(), drawn), (MIRRORED, seen)))
    mine, theirs = verdicts(here), verdicts(there)

    for (report, provision, reading), said in mine.items():
        assert theirs[report, swapped(provision), swapped(reading)] == said


def at(offset, when, act="presence", by="northbank_army", **more):
    """Make a report of the army of Northbank at an offset from the first course of the river, on some day."""
    return {**spot(50_000.0, offset), **world.at(when), "act": act, "by": [by], **more}


def test_the_course_of_the_day_decides():
    """The same place is south of the river before it moves north, and north of it after it has moved south."""
    few = check_batch(changing.held(), reports(
        at(-1_000.0, "2031-05-05T00:00"), at(-1_000.0, "2031-05-12T00:00"), at(-1_000.0, "2031-05-25T00:00"),
        at(-1_000.0, "2031-05-20T00:00"), {**at(-1_000.0, "2031-05-05T00:00"), "from": None, "until": None},
    ))  # fmt: skip

    found = [verdicts(few)[f"r{number}", "held", "text"] for number in range(5)]
    assert found == [
        ("violation", "every_condition_met"), ("violation", "every_condition_met"), ("no_violation", "outside"),
        ("indeterminate", "course_unclear"), ("indeterminate", "no_date;course_unclear"),
    ]  # fmt: skip


def test_the_line_told_is_the_course_of_the_day():
    """Findings name the course by which the place was decided."""
    found = check_batch(changing.held(), reports(
        at(1_000.0, "2031-05-05T00:00", "overflight"), at(1_000.0, "2031-05-25T00:00", "overflight"),
    ))  # fmt: skip
    lines = {row["report"]: row["line"] for row in found.findings.to_pylist()
             if (row["provision"], row["reading"]) == ("sky", "text")}  # fmt: skip

    assert lines == {"r0": "river", "r1": "river@2031-05-20"}


def test_only_what_flies_is_in_the_air():
    """A tank on the ground below is not; a helicopter on the ground may have flown; a strike from the air may have."""
    found = check_batch(changing.held(), reports(
        at(1_000.0, "2031-05-05T00:00", "overflight"), at(1_000.0, "2031-05-05T00:00", "movement", thing="tank"),
        at(1_000.0, "2031-05-05T00:00", "movement", thing="helicopter"), at(12_000.0, "2031-05-05T00:00", "overflight"),
    ))  # fmt: skip

    assert [verdicts(found)[f"r{number}", "sky", "text"] for number in range(4)] == [
        ("violation", "every_condition_met"), ("no_violation", "not_aloft"),
        ("indeterminate", "act_unclear"), ("no_violation", "outside"),
    ]  # fmt: skip
    assert [one.fields for one in found.disagreements if one.provision == "sky"] == [("depth",)]


def test_a_baseline_is_crossed_by_its_own_side_alone():
    """North of the north road the army of Northbank is at home; south of it, it has crossed."""
    found = check_batch(changing.held(), reports(
        at(12_000.0, "2031-05-05T00:00"), at(5_000.0, "2031-05-05T00:00"), at(11_057.0, "2031-05-05T00:00"),
    ))  # fmt: skip

    assert [verdicts(found)[f"r{number}", "freeze@north", "text"] for number in range(3)] == [
        ("no_violation", "outside"), ("violation", "every_condition_met"), ("indeterminate", "line_uncertain"),
    ]  # fmt: skip


def test_a_depth_by_the_gap_differs_where_another_line_rules():
    """Some 22 km lie between the roads: 13.9 km deep; where the bypass rules beyond, that or 12.8 km."""
    roads = check_batch(changing.held(), reports(
        at(11_057.0 + 10_000.0, "2031-05-05T00:00"), at(11_057.0 + 13_500.0, "2031-05-05T00:00"),
        at(11_057.0 + 15_000.0, "2031-05-05T00:00"),
    ))  # fmt: skip

    assert [verdicts(roads)[f"r{number}", "behind@north", "northview"] for number in range(3)] == [
        ("violation", "every_condition_met"), ("indeterminate", "line_not_stated"), ("no_violation", "outside"),
    ]  # fmt: skip


def test_as_known_before_a_course_was_told_it_is_none_yet():
    """The river then ran as it last was known to."""
    then = prepare(changing.changing(), as_known="2031-05-30")
    row = {**at(-1_000.0, "2031-05-25T00:00"), "reported": instant("2031-05-25")}

    assert "river@2031-05-20" not in then.book.lines
    assert verdicts(check_batch(then, reports(row)))["r0", "held", "text"] == ("violation", "every_condition_met")


def test_a_sweep_takes_the_newest_course_unless_another_is_named():
    """The counts name the course; the same name twice is one."""
    table = reports(at(1_000.0, "2031-05-05T00:00"))
    options = SweepOptions((2_000.0, 5_000.0))
    found = sweep(changing.held(), table, options).to_pylist()
    named = sweep(changing.held(), table, replace(options, lines=("river@2031-05-10T00:00+02:00", "river"))).to_pylist()

    assert {row["line"] for row in found if row["line"].startswith("river")} == {"river@2031-05-20"}
    assert [(row["line"], row["sure"]) for row in named if row["distance_m"] == 5_000.0] == [
        ("river@2031-05-10T00:00+02:00", 0), ("river@2031-05-20", 1),
    ]  # fmt: skip
    assert {row["inside"] for row in demands_table(check_batch(changing.held(), table)).to_pylist()} == {
        "unknown",
        "outside",
    }


def test_a_course_from_a_file_of_shapes_has_its_own_faults():
    """A version that names no feature is told where it is written."""
    text = changing.words().replace(changing.NORTH, "geometry: {file: none.geojson, id: river}")
    found = []
    try:
        load_text(text, "toy.yaml")
    except Exception as error:  # noqa: BLE001 - its words are looked at
        found = str(error).splitlines()

    assert [line.split(" ")[1] for line in found] == ["TL-E040"]
    assert truce().shapes.keys() < changing.changing().shapes.keys()

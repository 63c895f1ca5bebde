"""The sweep over a table, per line, set and month; and demands, which have no verdict."""

from dataclasses import replace

import pyarrow as pa
import pytest

from truceline.engines.setup import prepare
from truceline.engines.sweeping import EVERYONE, SWEEP_SCHEMA, SweepOptions, counted, demands_table, placed, sweep
from truceline.errors import UsageError
from world import amended, at, check, day, reports, setup, spot, truce

DISTANCES = (4_000.0, 6_000.0, 40_000.0)
REPORTS = reports(
    {**spot(30_000.0, 5_000.0, 500.0), **at("2031-06-01"), "by": ["northbank_army"]},
    {**spot(60_000.0, 5_000.0, 25_000.0), **at("2031-06-30T21:30"), "involved": ["northbank_scouts"]},
    {**spot(60_000.0, 30_000.0, 1_000.0), "from": "2031-06-30", "until": "2031-07-02", "by": ["visitors"]},
    {"by": ["southbank_army"], **at("2031-07-05")},
)


def curves(table=REPORTS, held=None, **options):
    """Sweep the river, or other lines: (sure, possible, reports) of each distance, by line, set and month."""
    rows = sweep(held or setup(), table, SweepOptions(DISTANCES, **{"lines": ("river",), **options})).to_pylist()
    found = {}
    for row in rows:
        key = (row["line"], row["set"], row["month"])
        found.setdefault(key, []).append((row["sure"], row["possible"], row["reports"]))
    return found


def test_one_curve_per_line_and_set():
    """Sure below possible; a report without a place is among the reports and on no curve."""
    assert curves() == {("river", EVERYONE, None): [(0, 1, 4), (1, 2, 4), (2, 3, 4)]}


def test_every_line_with_a_course_by_default():
    """Each under its own name, with the columns of the schema."""
    found = sweep(setup(), REPORTS, SweepOptions(DISTANCES))

    assert found.schema == SWEEP_SCHEMA
    assert list(dict.fromkeys(found.column("line").to_pylist())) == [
        "river",
        "northroad",
        "southroad",
        "brook",
        "front",
    ]


def test_a_set_counts_who_is_named_in_the_report():
    """Surely a member, perhaps one, a member for June only; an actor is a set of one."""
    found = curves(sets=("armies", "guests", "visitors"))

    assert found["river", "armies", None] == [(0, 1, 3), (1, 2, 3), (1, 2, 3)]
    assert found["river", "guests", None] == [(0, 1, 4), (0, 2, 4), (0, 3, 4)]
    assert found["river", "visitors", None] == [(0, 0, 1), (0, 0, 1), (1, 1, 1)]


def test_on_both_sides_only_the_distance_counts():
    """What may lie across the river is then sure from its farthest place on."""
    assert curves(both_sides=True)["river", EVERYONE, None] == [(0, 1, 4), (1, 2, 4), (3, 3, 4)]


def test_as_points_the_naive_count_is_shown():
    """Every coordinate is taken for exact, and the line too: sure and possible are one."""
    assert curves(as_points=True)["river", EVERYONE, None] == [(0, 0, 4), (2, 2, 4), (3, 3, 4)]

    road = curves(reports(spot(30_000.0, 11_057.4 + 3_960.0)), lines=("northroad",))
    assert road["northroad", EVERYONE, None][0] == (0, 1, 1)
    exact = curves(reports(spot(30_000.0, 11_057.4 + 3_960.0)), lines=("northroad",), as_points=True)
    assert exact["northroad", EVERYONE, None][0] == (1, 1, 1)


def test_months_follow_the_calendar_of_the_agreement():
    """21:30 UTC on 30 June is June two hours ahead, 22:30 is July; over two months a report is possible in each."""
    found = curves(months=True)

    assert found["river", EVERYONE, "2031-06"] == [(0, 1, 3), (1, 2, 3), (1, 3, 3)]
    assert found["river", EVERYONE, "2031-07"] == [(0, 0, 2), (0, 0, 2), (0, 1, 2)]
    late = curves(reports({**spot(60_000.0, 5_000.0), **at("2031-06-30T22:30")}), months=True)
    assert list(late) == [("river", EVERYONE, "2031-07")]


def test_without_a_zone_months_are_those_of_utc():
    """And a report without a date is in none of them."""
    held = prepare(amended((", zone: Etc/GMT-2", "")))
    table = reports({**spot(60_000.0, 5_000.0), **at("2031-06-30T22:30")}, spot(60_000.0, 5_000.0))

    assert list(curves(table, held, months=True)) == [("river", EVERYONE, "2031-06")]
    assert curves(REPORTS.slice(0, 0), months=True) == {}


def test_a_report_open_on_a_side_is_possible_in_the_months_of_the_others_and_sure_in_none():
    """Nothing is counted outside the months that the others name; alone, it is in no month."""
    edges = {"start": -(2**62), "end": 2**62}
    plain = reports(*({**spot(60_000.0, 5_000.0), **at(f"2031-{month}-10")} for month in ("06", "07", "08")))
    held = setup()
    whole, places = placed(held, plain, as_points=False)
    options = SweepOptions((6_000.0,), ("river",), months=True)

    def months(*spans):
        """Let the first reports have these times [us] instead; (sure, possible) by month."""
        start, end = whole.start_us.copy(), whole.end_us.copy()
        for row, (begin, until) in enumerate(spans):
            start[row], end[row] = edges.get(begin, begin), edges.get(until, until)
        rows = counted(held, replace(whole, start_us=start, end_us=end), places, options).to_pylist()
        return {row["month"]: (row["sure"], row["possible"]) for row in rows}

    june, august, later = int(whole.start_us[0]), int(whole.start_us[2]), int(whole.end_us[2]) + 10**14
    assert months(("start", "end")) == {"2031-07": (1, 2), "2031-08": (1, 2)}
    assert months((august, "end")) == {"2031-07": (1, 1), "2031-08": (1, 2)}
    assert months(("start", august)) == {"2031-07": (1, 2), "2031-08": (1, 2)}
    assert months(("start", june)) == months((later, "end")) == {"2031-07": (1, 1), "2031-08": (1, 1)}
    assert months(*[("start", "end")] * 3) == {}


def test_reports_not_known_by_a_day_are_not_swept():
    """The curve is that of the reports published by then."""
    table = reports(
        {**spot(30_000.0, 5_000.0), "reported": "2031-05-02"}, {**spot(30_000.0, 5_000.0), "reported": "2031-06-02"}
    )

    assert curves(table, prepare(truce(), as_known="2031-05-11"))["river", EVERYONE, None][-1] == (1, 1, 1)


def test_an_unknown_line_or_set_is_refused_with_those_there_are():
    """A line without a course is as good as none; all unknown lines come at once."""
    with pytest.raises(UsageError, match="there is no line 'hidden' with a published course; choose among river"):
        curves(lines=("river", "hidden"))
    with pytest.raises(UsageError, match="there is no set 'nobody'; choose among everyone, armies, guests"):
        curves(sets=("nobody",))
    with pytest.raises(UsageError) as refused:
        curves(lines=("canal", "ditch"))
    assert len(refused.value.faults) == 2


def test_demands_are_held_against_reports_without_a_verdict():
    """Inside, outside or unknown: who, what and where count, and what is spared is outside."""
    tank = {"act": "presence", "thing": "tank", **at("2031-06-01")}
    table = reports(
        {**spot(60_000.0, 20_000.0), **tank, "by": ["southbank_army"]},
        {**spot(60_000.0, 35_000.0), **tank, "by": ["southbank_army"]},
        {**spot(60_000.0, 20_000.0), **tank, "by": ["northbank_scouts"], "thing": None},
        {**spot(55_000.0, 500.0), **tank, "by": ["southbank_army"]},
        {**spot(60_000.0, 20_000.0), **day("2020-01-01"), "by": ["southbank_army"], "act": "presence"},
    )
    found = demands_table(check(table))

    assert found.column("demand").to_pylist() == ["wide"] * 5 + ["heavy"] * 5
    assert found.column("report").to_pylist() == ["r0", "r1", "r2", "r3", "r4"] * 2
    assert found.column("inside").to_pylist() == [
        "inside", "unknown", "outside", "inside", "inside",
        "inside", "outside", "outside", "outside", "unknown",
    ]  # fmt: skip
    assert demands_table(check(REPORTS.slice(0, 0))).schema.field("inside").type == pa.string()

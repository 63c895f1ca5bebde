"""The sweep over a table, per line, set and month; and demands, which have no verdict."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import settings as tries
from hypothesis import strategies as st

from truceline.engines.setup import prepare
from truceline.engines.sweeping import (
    EVERYONE,
    SWEEP_SCHEMA,
    Curves,
    SweepOptions,
    counted,
    demands_table,
    placed,
    sweep,
)
from truceline.errors import UsageError
from truceline.judge.subjects import names_member
from truceline.plan.subject import members_of
from world import amended, at, check, day, reports, setup, spot, truce

DISTANCES = (4_000.0, 6_000.0, 40_000.0)
REPORTS = reports(
    {**spot(30_000.0, 5_000.0, 500.0), **at("2031-06-01"), "by": ["northbank_army"]},
    {**spot(60_000.0, 5_000.0, 25_000.0), **at("2031-06-30T21:30"), "involved": ["northbank_scouts"]},
    {**spot(60_000.0, 30_000.0, 1_000.0), "from": "2031-06-30", "until": "2031-07-02", "by": ["visitors"]},
    {"by": ["southbank_army"], **at("2031-07-05")},
)
SETS = (EVERYONE, "armies", "guests", "visitors", "northbank_army", "southbank_scouts")
MANY = reports(
    *REPORTS.drop_columns(["report"]).to_pylist(),
    {**spot(10_000.0, -3_000.0, 500.0), **at("2031-06-15"), "by": ["northbank_army", "southbank_army"]},
    {**spot(10_000.0, 3_000.0), "from": "2031-05-15", "until": "2031-09-01", "involved": ["visitors"]},
    {"lon": 19.92, "lat": 0.03, "radius_m": 4_000.0, **at("2031-07-31T22:00"), "involved": ["strangers"]},
    {**spot(50_000.0, 39_000.0, 2_000.0), "by": ["strangers", "visitors"]},
    {**spot(50_000.0, 500.0, 700.0), "from": "2031-07-01", "until": "2031-07-31"},
    {**at("2031-08-10"), "by": ["northbank_scouts"]},
)
OPEN = [(-(2**62), "2031-06-20"), ("2031-07-10", 2**62), (-(2**62), 2**62)]


def opened(table, spans):
    """Add reports that are open on a side: each like one of the table, with another span of time."""
    columns = {name: table[name].to_pylist() for name in ("from", "until")}
    micros = {name: [None if one is None else us_of(one) for one in column] for name, column in columns.items()}
    rows = [place % len(table) for place in range(len(spans))]
    for begin, end in spans:
        micros["from"].append(us_of(begin))
        micros["until"].append(us_of(end))
    whole = pa.concat_tables([table, table.take(rows)])
    for name, column in micros.items():
        times = pa.array(column, pa.int64()).cast(pa.timestamp("us", "UTC"))
        whole = whole.set_column(whole.column_names.index(name), name, times)
    return whole


def us_of(moment):
    """Give an instant in microseconds."""
    if isinstance(moment, int):
        return moment
    moment = datetime.fromisoformat(moment).replace(tzinfo=UTC) if isinstance(moment, str) else moment
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


POOL = opened(MANY, OPEN)
some_rows = st.lists(st.integers(0, len(POOL) - 1), max_size=12)


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


def naive(table, options):
    """Ask about every report by itself, at every distance, for every line, set and month."""
    held = setup()
    batch, places = placed(held, table, as_points=False)
    singles = [batch.take(np.array([row])) for row in range(len(batch))]
    lines = [(held.book.lines[line], offsets) for line, offsets in places.lines.items() if offsets is not None]
    told = {
        (name, month): [counts_by_hand(held, one, name, month) for one in singles]
        for name in options.sets
        for month in (months_by_hand(batch) if options.months else [None])
    }
    return [
        (line, name, month, distance, *within_by_hand(offsets, places.unplaced, counts, distance))
        for line, offsets in lines
        for (name, month), counts in told.items()
        for distance in options.distances_m
    ]


def within_by_hand(offsets, unplaced, counts, distance):
    """Count those of some reports that lie surely, and possibly, within a distance, and all that count."""
    sure = possible = 0
    for row in range(len(counts)):
        low, high = offsets.low[row] - offsets.uncertainty, offsets.high[row] + offsets.uncertainty
        doubt = offsets.either[row] or not offsets.sided
        may = not unplaced[row] and (doubt or high >= 0.0) and max(low, -high, 0.0) < distance
        possible += counts[row] >= 0 and may
        sure += counts[row] == 1 and may and not doubt and low >= 0.0 and high < distance
    return int(sure), int(possible), sum(count >= 0 for count in counts)


def span_by_hand(batch, row=0):
    """Give the first and the last month of a report, two hours ahead of UTC; None where it is open on the side."""
    start, end = int(batch.start_us[row]), max(int(batch.end_us[row]) - 1, int(batch.start_us[row]))
    moments = [None if abs(us) > 10**17 else datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)
               for us in (start, end)]  # fmt: skip
    return [moment and moment.astimezone(timezone(timedelta(hours=2))).strftime("%Y-%m") for moment in moments]


def months_by_hand(batch):
    """List the months in which reports may lie: no earlier and no later than those that are not open."""
    spans = [span_by_hand(batch, row) for row in range(len(batch)) if batch.dated[row]]
    closed = [month for first, last in spans if first and last for month in (first, last)]
    every = [f"2031-{month:02d}" for month in range(1, 13)] if closed else []
    return [month for month in every if min(closed) <= month <= max(closed)
            and any((first or month) <= month <= (last or month) for first, last in spans)]  # fmt: skip


def counts_by_hand(held, one, name, month):
    """Say whether a report counts for a set and a month: 1, 0 or -1."""
    if name == EVERYONE:
        told = 1
    else:
        member, spells, _ = members_of([name], held.agreement.under(None), held.book)
        told = int(names_member(member, spells, one)[0])
    if month is None:
        return told
    first, last = span_by_hand(one) if one.dated[0] else ("9999", "0000")
    if not (first or month) <= month <= (last or month):
        return -1
    return told if first == last == month else min(told, 0)


@tries(max_examples=20)
@given(some_rows, st.booleans(), st.sets(st.sampled_from(SETS), min_size=1))
def test_the_sweep_counts_what_asking_about_every_report_counts(rows, months, sets):
    """For every line, set, month and distance: one pass and the naive loop agree."""
    options = SweepOptions(DISTANCES, sets=tuple(sorted(sets)), months=months)
    table = POOL.take(pa.array(rows, pa.int64()))

    assert [tuple(row.values()) for row in sweep(setup(), table, options).to_pylist()] == naive(table, options)


@tries(max_examples=30)
@given(some_rows, st.lists(st.integers(0, 12), max_size=4), st.booleans(), st.booleans(), st.randoms())
def test_counts_of_batches_add_up_however_reports_are_cut(rows, cuts, months, as_points, order):
    """Batches of any size, empty ones too, in any order: the sum is the sweep of the whole."""
    options = SweepOptions(DISTANCES, sets=SETS, months=months, as_points=as_points)
    table = POOL.take(pa.array(rows, pa.int64()))
    edges = sorted([0, *(min(cut, len(table)) for cut in cuts), len(table)])
    parts = [table.slice(begin, end - begin) for begin, end in pairwise(edges)]
    order.shuffle(parts)
    found = Curves(setup(), options)
    for part in parts:
        found.add(found.of(part))

    assert found.table == sweep(setup(), table, options)


@pytest.mark.parametrize("as_points", [False, True])
def test_a_check_that_is_looked_at_is_swept(as_points):
    """The reports of each batch, where they were located for the check, or as points."""
    options = SweepOptions(DISTANCES, sets=SETS, months=True, as_points=as_points)
    beside = Curves(setup(), options)
    for part in (MANY.slice(0, 3), MANY.slice(3)):
        beside.look(check(part))

    assert beside.table == sweep(setup(), MANY, options)


@pytest.mark.parametrize("options", [
    {}, {"months": True}, {"sets": ("armies",)}, {"sets": ("guests",)}, {"as_points": True, "both_sides": True},
])  # fmt: skip
def test_the_columns_named_are_all_that_is_needed(options):
    """Without the others the counts are the same; the time is asked for months, and for members for a time."""
    found = Curves(setup(), SweepOptions(DISTANCES, **options))
    found.add(found.of(MANY.select(list(found.columns))))

    assert found.table == sweep(setup(), MANY, SweepOptions(DISTANCES, **options))
    assert ("from" in found.columns) == bool(options.get("months") or options.get("sets") == ("guests",))
    assert ("by" in found.columns) == ("sets" in options)


def test_each_line_and_each_set_is_swept_once():
    """However often it is named; lines stand in the order of the agreement, sets in that of the call."""
    found = sweep(
        setup(), REPORTS, SweepOptions((1.0,), ("northroad", "river", "river"), ("guests", EVERYONE, "guests"))
    )

    assert found["line"].to_pylist() == ["river", "river", "northroad", "northroad"]
    assert found["set"].to_pylist() == ["guests", EVERYONE] * 2


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

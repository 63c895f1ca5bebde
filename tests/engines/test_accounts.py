"""Accounts over all reports: numbers, records of effort and months, and the laws that they keep."""

from dataclasses import replace
from datetime import timedelta

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallies import APART, DESK, FIRE, FLOOR, INSIDE, INSPECTION, WATCHED, beside, linked, row
from truceline.engines.accounts import ACCOUNTS_SCHEMA, accounts_of, accounts_table
from truceline.engines.local import EMPTY
from truceline.engines.setup import prepare
from world import TERMS, amended, at, check, day, instant, mirrored, reports, setup, swapped


def test_a_ceiling_is_broken_by_one_report_or_by_several_that_were_told_apart():
    """4 of 3; 2 and 2 of which somebody said that they are different; and not 2 and 2 without that."""
    two = reports({**INSIDE, "count_lo": 2}, {**INSIDE, "count_lo": 2})

    assert row(check(reports({**INSIDE, "count_lo": 4})), "few").verdict == "violation"
    assert row(check(two), "few").verdict == "indeterminate"
    assert row(check(two), "few").words == "2 surely inside + 2 possibly; the limit is 3: cannot tell"
    broken = row(check(two, beside(setup(), judgements=[APART])), "few")
    assert (broken.verdict, broken.reasons, broken.count_lo) == ("violation", ("more_than_allowed",), 4)
    assert (broken.counted, broken.judgements) == (("r0", "r1"), ("j-1",))


def test_readings_have_their_own_limits():
    """4 break a limit of 3, and not one of 5."""
    checked = check(reports({**INSIDE, "count_lo": 4}))

    assert [row(checked, "few", reading=name).verdict for name in ("text", "press")] == ["violation", "indeterminate"]


def test_reports_of_other_hours_are_said_to_be_apart():
    """The judgement says that they were there at one time; the account says how far apart they were seen."""
    table = reports({**INSIDE, "count_lo": 2}, {**INSIDE, "count_lo": 2, **at("2031-06-03T10:00")})
    words = row(check(table, beside(setup(), judgements=[APART])), "few").words

    assert "judged to be different, there at one time (j-1); the reports themselves lie 48 hours apart" in words


def test_the_times_of_protected_reports_are_not_told():
    """Neither from when to when they lie, nor how far apart."""
    table = reports({**INSIDE, "count_lo": 2}, {**INSIDE, "count_lo": 2, **at("2031-06-03T10:00")})
    marked = table.set_column(table.column_names.index("release"), "release", pa.array(["protected", "public"]))
    found = row(check(marked, beside(setup(), judgements=[APART])), "few")

    assert (found.verdict, found.from_us, found.until_us) == ("violation", None, None)
    assert "hours apart" not in found.words


def test_a_report_without_a_date_has_no_window():
    """It may have been in force: then it counts, possibly."""
    undated = {name: value for name, value in INSIDE.items() if name not in ("from", "until")}
    found = row(check(reports({**undated, "count_lo": 9})), "few")

    assert (found.verdict, found.count_lo, found.from_us) == ("indeterminate", 0, None)
    assert found.words == "0 surely inside + 9 possibly; the limit is 3: cannot tell"


def test_a_floor_is_reached_by_what_is_surely_there():
    """3 of 3; 2 are not enough, nor too few, as nobody looked everywhere."""
    assert row(check(reports({**INSIDE, "count_lo": 3}), FLOOR), "few").words == "3 surely inside; 3 are owed: enough"
    assert row(check(reports({**INSIDE, "count_lo": 3}), FLOOR), "few").verdict == "no_violation"
    assert row(check(reports({**INSIDE, "count_lo": 2}), FLOOR), "few").verdict == "indeterminate"


def test_a_denied_rule_is_not_applicable():
    """Whatever was counted."""
    held = prepare(amended(("denies: [guns]}", "denies: [few, fewer]}")))
    checked = check(reports({**INSIDE, "count_lo": 9}), held)

    assert [row(checked, name, reading="northview").verdict for name in ("few", "fewer")] == ["not_applicable"] * 2
    assert row(checked, "few", reading="northview").reasons == ("denied",)


def monthly(*counts, **more):
    """Make sightings of presence in Northton, so many in each month from June on."""
    here = {"act": "presence", "by": ["northbank_army"], "lon": 20.35, "lat": 0.1, "radius_m": 100.0} | more
    return [{**here, **at(f"2031-{month:02}-{10 + number % 10}T10:00")}
            for month, count in enumerate(counts, start=6) for number in range(count)]  # fmt: skip


def test_a_trend_is_told_by_months_beside_the_verdict():
    """12, 12 and 15 are not falling; there is no date by which they had to fall."""
    found = row(check(reports(*monthly(12, 12, 15))), "fewer")

    assert (found.verdict, found.reasons, found.trend) == ("no_violation", ("no_due_date",), "not falling")
    assert (found.ratio, round(found.ratio_low, 2), round(found.ratio_high, 2)) == (1.25, 0.55, 2.92)
    assert found.words.startswith("12, 12, 15 surely in 2031-06 to 2031-08; trend not falling; the last month is 1.25")
    assert [one.count_lo for one in check(reports(*monthly(12, 12, 15))).accounts_told
            if (one.provision, one.reading, one.window) == ("fewer", "text", "month")] == [12, 12, 15]  # fmt: skip


def test_months_with_other_reports_are_not_compared():
    """Half as many reports of one source may be half as much watching."""
    found = row(check(reports(*monthly(12, 6))), "fewer")

    assert (found.trend, found.ratio, found.reasons) == ("cannot tell", None, ("no_due_date", "coverage_changed"))
    assert "coverage changed: a source that is not named told 12 reports in 2031-06 and 6 in 2031-07" in found.words


def test_equal_watch_makes_months_comparable():
    """With as many hours of patrol, half as many sightings are half as many; what was denied is no watch."""
    watch = [{"id": f"p-{month}", "by": "patrols", "from": f"2031-0{month}-01", "until": f"2031-0{month}-10",
              "zone": "towns"} for month in (6, 7)]  # fmt: skip
    found = row(check(reports(*monthly(12, 6)), beside(setup(), watch)), "fewer")
    denied = [watch[0], watch[1] | {"denied": "yes"}]

    assert (found.trend, found.ratio) == ("falling", 0.5)
    assert row(check(reports(*monthly(12, 6)), beside(setup(), denied)), "fewer").trend == "cannot tell"


def test_a_pass_of_an_instant_counts_as_a_watch_of_no_hours():
    """It is there, and adds nothing to the hours."""
    times = {month: f"2031-0{month}-05T10:00Z" for month in (6, 7)}
    passes = [{"id": f"s-{month}", "by": "satellite", "from": time, "until": time, "zone": "towns"}
              for month, time in times.items()]  # fmt: skip
    checked = check(reports(*monthly(12, 12)), beside(setup(), passes))

    assert row(checked, "fewer", "2031-06").words == "12 surely; satellite watched 0 hours"


def test_what_may_count_and_what_may_lie_in_another_month_is_told():
    """A wide place may be outside; a long time may lie in two months."""
    wide = {**monthly(1)[0], "radius_m": 50_000.0}
    long = {**monthly(1)[0], "from": "2031-06-20", "until": "2031-07-20"}
    checked = check(reports(*monthly(12, 12), wide, long))

    assert row(checked, "fewer", "2031-06").words == "12 surely + 2 possibly; nobody recorded who watched"
    assert "1 report may lie in more than one month" in row(checked, "fewer").words


@pytest.mark.parametrize("decided", [[], [APART | {"about": "r12; r13"}]])
@pytest.mark.parametrize(
    ("spans", "most"),
    [
        ([("2031-06-20", "2031-07-20")], [5, 5, 4]), ([(None, None)], [5, 5, 5]),
        ([("2031-05-20", "2031-06-20")], [5, 4, 4]), ([("2031-06-20", "2031-08-20"), (None, None)], [6, 6, 6]),
        ([("2031-07-20", "2031-08-02"), ("2031-07-01", "2031-07-02")], [4, 6, 5]),
    ],
)  # fmt: skip
def test_a_month_possibly_holds_every_report_that_may_lie_in_it(spans, most, decided):
    """Those of two months are in the upper bound of both, those without a date in all, whether judged about or not."""
    loose = [{**monthly(1)[0], "from": begin, "until": end} for begin, end in spans]
    rows = check(reports(*monthly(4, 4, 4), *loose), beside(setup(), judgements=decided)).accounts_told
    months = [one for one in rows if (one.provision, one.reading, one.window) == ("fewer", "text", "month")]

    assert [one.count_hi for one in months] == most
    assert sum(one.count_lo for one in months) in (12, 13)


def test_what_may_lie_in_a_month_counts_once_with_what_tells_of_the_same():
    """A report without a date was judged to be the same as one of June: in June it adds nothing, in July it may."""
    same = {"id": "j-1", "kind": "same", "about": "r0; r8", **DESK}
    undated = {**monthly(1)[0], "from": None, "until": None}
    checked = check(reports(*monthly(4, 4), undated), beside(setup(), judgements=[same]))

    assert [row(checked, "fewer", month).count_hi for month in ("2031-06", "2031-07")] == [4, 5]
    assert "1 report may lie in more than one month" in row(checked, "fewer").words


@pytest.mark.parametrize("decided", [[], [APART | {"about": "r21; r22"}]])
def test_a_fall_is_told_only_where_no_report_of_an_unclear_month_can_undo_it(decided):
    """12 and 9, and 4 that may be of the second month, whether people judged about them or not: nobody can tell."""
    long = {**monthly(1)[0], "from": "2031-06-20", "until": "2031-07-20"}
    few, many = (row(check(reports(*monthly(12, 9), *[long] * n), beside(setup(), judgements=decided)), "fewer")
                 for n in (2, 4))  # fmt: skip

    assert (few.trend, many.trend) == ("falling", "cannot tell")


def test_one_month_is_no_series():
    """Nor is none."""
    assert "one month shows no change" in row(check(reports(*monthly(3))), "fewer").words
    assert row(check(reports()), "fewer").words.startswith("nothing is known of any month; one month shows no change")


def test_many_months_are_told_by_the_first_and_the_last():
    """More than a dozen are not listed; they have their rows."""
    held = prepare(amended(("term: {until: 2032-01-01, source: s.text}\n", "")))
    rows = [{**monthly(1)[0], **at(f"{2031 + month // 12}-{month % 12 + 1:02}-10T10:00")} for month in range(5, 19)]

    assert row(check(reports(*rows), held), "fewer").words.startswith(
        "1, 1 surely in the first and the last of 2031-06 to 2032-07"
    )


def test_what_was_judged_to_be_the_same_counts_once_in_a_month():
    """Two logs of one patrol."""
    same = {"id": "j-1", "kind": "same", "about": "r0; r1", **DESK}
    checked = check(reports(*monthly(12, 12)), beside(setup(), judgements=[same]))

    assert row(checked, "fewer", "2031-06").count_lo == 11


DUE = "fewer: {who: armies, what: presence, where: towns, trend: down, under: truce, source: s.text}"


def due(words):
    """Give the truce with a trend that is due."""
    return prepare(amended((DUE, DUE.replace("trend: down", words)), readings=False))


@pytest.mark.parametrize(
    ("words", "verdict", "reason"),
    [
        ("trend: down, to: 0, when: {by: 2031-07-01}", "violation", "level_exceeded"),
        ("trend: down, to: 1, when: {by: 2031-07-01}", "indeterminate", "count_incomplete"),
        ("trend: down, baseline: {count: 1, on: 2031-06-01}, when: {by: 2031-07-01}", "violation", "level_exceeded"),
        (
            "trend: not_up, baseline: {count: 1, on: 2031-06-01}, when: {by: 2031-07-01}",
            "indeterminate",
            "count_incomplete",
        ),
        ("trend: not_up, baseline: the front of May, when: {by: 2031-07-01}", "indeterminate", "count_incomplete"),
        ("trend: down, to: 0, when: {by: none}", "no_violation", "no_due_date"),
        ("trend: down, to: 0, when: {from: 2031-06-01}", "no_violation", "no_due_date"),
        ("trend: down, to: 0, when: {by: 2031-11-01}", "indeterminate", "count_incomplete"),
    ],
)
def test_what_is_due_is_broken_only_by_what_is_surely_there_afterwards(words, verdict, reason):
    """More than the level, or as many as at the beginning, after the day; sightings never show that it was reached."""
    found = row(check(reports(*monthly(5, 5)), due(words)), "fewer")

    assert (found.verdict, found.reasons) == (verdict, (reason,))


def test_a_trend_that_may_not_rise():
    """Equal counts are not rising."""
    found = row(check(reports(*monthly(5, 5)), due("trend: not_up, when: {by: 2031-07-01}")), "fewer")

    assert found.trend == "not rising"
    assert "what is due by then: cannot tell" in found.words


def test_a_trend_is_compared_from_its_baseline_on():
    """What lay before the day of the baseline is no month of it."""
    found = row(check(reports(*monthly(9, 5, 5)), due("trend: down, baseline: {count: 5, on: 2031-07-01}")), "fewer")

    assert found.words.startswith("5, 5 surely in 2031-07 to 2031-08")


def test_a_table_of_accounts_has_its_columns():
    """Lists are joined by semicolons, instants are in UTC."""
    told = check(
        reports({**INSIDE, "count_lo": 2}, {**INSIDE, "count_lo": 2}), beside(setup(), judgements=[APART])
    ).accounts_told
    [found] = [one for one in accounts_table(told).to_pylist() if (one["provision"], one["reading"]) == ("few", "text")]

    assert accounts_table(told).schema == ACCOUNTS_SCHEMA
    assert (found["counted"], found["judgements"], found["count_hi"]) == ("r0;r1", "j-1", None)
    assert found["from"] == instant("2031-06-01T10:00")


@st.composite
def sightings(draw):
    """Draw a sighting of tanks or of fire, near the river, in June or July."""
    start = instant("2031-06-01") + timedelta(hours=draw(st.integers(0, 24 * 50)))
    what = draw(st.sampled_from([{"thing": "tank", "act": "presence"}, {"act": "fire"}, {"act": "presence"}]))
    low = draw(st.integers(0, 3))
    return {
        **what, "lon": draw(st.sampled_from([20.35, 20.5, 20.75])),
        "lat": draw(st.sampled_from([0.1, 0.15, -0.1, -0.17])), "radius_m": draw(st.sampled_from([100.0, 4_000.0])),
        "from": start,
        "until": start + timedelta(hours=draw(st.sampled_from([0, 24, 24 * 30]))),
        "by": [draw(st.sampled_from(["northbank_army", "southbank_army", "northbank_scouts", "strangers"]))],
        "count_lo": low, "count_hi": low + draw(st.integers(0, 2)),
        "effort": draw(st.sampled_from([None, "i-1", "p-1", "lost"])),
    }  # fmt: skip


def table_of(rows):
    """Make a table of sightings."""
    table = reports(*({name: value for name, value in one.items() if name != "effort"} for one in rows))
    return linked(table, *(one["effort"] for one in rows))


TOLD_APART = [
    {"id": "j-1", "kind": "not_same", "about": "r0; r1; r2", **DESK},
    {"id": "j-2", "kind": "same", "about": "r3; r4", **DESK},
    {"id": "j-3", "kind": "not_same", "about": "r4; r5", **DESK},
]
DENIED = {"id": "d-1", "by": "patrols", "from": "2031-07-01", "until": "2031-07-02", "zone": "towns", "denied": "yes"}
LOG = [
    INSPECTION | {"until": "2031-06-20"}, WATCHED | {"id": "p-1", "by": "patrols", "until": "2031-07-10"}, DENIED,
]  # fmt: skip
KNOWING, JUDGED = beside(setup(), LOG, TOLD_APART), beside(setup(), judgements=TOLD_APART)
some = st.lists(sightings(), min_size=6, max_size=9)


@settings(max_examples=15, deadline=None)
@given(some, st.randoms(use_true_random=False))
def test_the_order_of_reports_never_matters(rows, chance):
    """Nor in how many batches they come: the counts add up."""
    table = table_of(rows)
    order = list(range(len(rows)))
    chance.shuffle(order)
    whole = check(table, KNOWING).summary
    parts = [check(table.slice(*part), KNOWING).summary for part in ((0, 2), (2, 3), (5, len(rows) - 5))]

    assert accounts_of(KNOWING, check(table.take(pa.array(order)), KNOWING).summary.counted) == accounts_of(
        KNOWING, whole.counted
    )
    assert sum(parts, EMPTY) == whole


@settings(max_examples=15, deadline=None)
@given(some, sightings())
def test_a_report_more_never_removes_a_sure_breach(rows, more):
    """Nor makes any sure number smaller, of all reports."""
    before, after = (check(table_of(these), JUDGED).accounts_told for these in (rows, [*rows, more]))
    later = {(one.provision, one.reading, one.window, one.name): one for one in after}

    for one in before:
        if one.window == "all" and one.kind == "ceiling":
            found = later[one.provision, one.reading, one.window, one.name]
            assert found.count_lo >= one.count_lo
            assert one.verdict != "violation" or found.verdict == "violation"


@settings(max_examples=15, deadline=None)
@given(some)
def test_effort_never_turns_a_violation_into_none(rows):
    """Who watched adds rows; the verdict on all reports it leaves as it is. And no number is above its bound."""
    without, knowing = (check(table_of(rows), held).accounts_told for held in (JUDGED, KNOWING))
    later = {(one.provision, one.reading): one for one in knowing if one.window == "all"}

    for one in without:
        if one.window == "all" and one.verdict == "violation":
            assert later[one.provision, one.reading].verdict == "violation"
    assert all(one.count_hi is None or one.count_lo <= one.count_hi for one in knowing)


@settings(max_examples=10, deadline=None)
@given(some)
def test_swapping_the_parties_mirrors_every_account(rows):
    """Names, sides and ground the other way round: the same numbers, verdicts and words."""
    other = [{**one, "lat": -one["lat"], "by": [swapped(name) for name in one["by"]]} for one in rows]
    log = [{name: swapped(cell) for name, cell in record.items()} for record in LOG]
    there = beside(prepare(mirrored(TERMS)), log, TOLD_APART)
    here = {
        replace(one, provision=swapped(one.provision), reading=swapped(one.reading))
        for one in check(table_of(rows), KNOWING).accounts_told
    }

    assert here == set(check(table_of(other), there).accounts_told)


def test_days_are_those_of_the_agreement():
    """A watch of a bare day covers that local day, not the one in UTC."""
    late = {**FIRE, **at("2031-06-01T23:00")}  # 1 o'clock on the next day there

    assert row(check(reports(late), beside(setup(), [WATCHED])), "halt", "i-1").reasons == ("watched_nothing_seen",)
    assert (
        row(check(reports({**FIRE, **day("2031-06-01")}), beside(setup(), [WATCHED])), "halt", "i-1").verdict
        == "indeterminate"
    )


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("trend: down, baseline: {count: 9, on: 2031-06-01}", "2031-06"),
        ("trend: down, baseline: {count: 9, on: 2031-06-02}", "2031-07"),
        ("trend: down, baseline: {count: 9, on: 2031-06}", "2031-07"),
        ("trend: down, when: {from: 2031-06-15}", "2031-07"), ("trend: down, when: {from: 2031-06}", "2031-07"),
        ("trend: down, when: {from: 2031-06-15}, baseline: {count: 9, on: 2031-06-01}", "2031-06"),
    ],
)  # fmt: skip
def test_a_month_that_may_lie_partly_before_the_start_is_not_compared(words, first):
    """Neither that of the baseline nor that of the rule is counted as if it were whole."""
    rows = check(reports(*monthly(5, 5, 5)), due(words)).accounts_told
    names = [one.name for one in rows if (one.provision, one.reading, one.window) == ("fewer", "text", "month")]

    assert (names[0], names[-1]) == (first, "2031-08")

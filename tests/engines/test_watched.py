"""Accounts of records of effort: what an inspection bounds, what silence says, and what keeps either open."""

from dataclasses import replace

import pytest

from tallies import APART, AT_LEAST, FIRE, FLOOR, INSIDE, INSPECTION, WATCHED, beside, linked, row
from truceline.engines.accounts import accounts_of
from truceline.engines.local import Tally
from truceline.engines.setup import prepare
from world import amended, at, check, instant, reports, setup, spot


@pytest.mark.parametrize(
    ("held", "count", "verdict", "reason"),
    [
        (setup(), 3, "no_violation", "within_limit"), (setup(), 4, "violation", "more_than_allowed"),
        (FLOOR, 3, "no_violation", "enough_shown"), (FLOOR, 2, "violation", "fewer_than_owed"),
    ],
)  # fmt: skip
def test_a_complete_inspection_settles_a_number_while_it_lasted(held, count, verdict, reason):
    """Of what it found, no more and no less."""
    table = linked(reports({**INSIDE, "count_lo": count, "count_hi": count}), "i-1")
    found = row(check(table, beside(held, [INSPECTION])), "few", "i-1")

    assert (found.verdict, found.reasons, found.window) == (verdict, (reason,), "record")
    assert (found.count_lo, found.count_hi) == (count, count)


@pytest.mark.parametrize(
    ("held", "count", "words"),
    [
        (FLOOR, 2, "a complete {} found at most 2; 3 are owed: too few at that time"),
        (setup(), 3, "a complete {} found at most 3; the limit is 3: kept at that time"),
    ],
)
@pytest.mark.parametrize(("means", "told"), [("patrol", "patrol"), ("inspection", "inspection"), ("", "watch")])
def test_what_a_complete_watch_found_is_told_in_the_word_for_its_means(held, count, words, means, told):
    """A patrol is no inspection; where nothing says how they watched, it was a watch."""
    table = linked(reports({**INSIDE, "count_lo": count, "count_hi": count}), "i-1")
    found = row(check(table, beside(held, [INSPECTION | {"means": means}])), "few", "i-1")

    assert found.words.endswith(words.format(told))


@pytest.mark.parametrize("held", [setup(), FLOOR])
def test_what_others_saw_may_be_more_where_not_every_sum_was_tried(monkeypatch, held):
    """An inspection found 2; whether others surely saw more was not looked at to the end: it bounds nothing."""
    decided = [APART | {"about": "r1; r2; r3"}]
    ones = [{**INSIDE, "count_lo": 1, "count_hi": 1}] * 3
    table = linked(reports({**INSIDE, "count_lo": 2, "count_hi": 2}, *ones), "i-1", "x", "x", "x")
    monkeypatch.setattr("truceline.judge.counts.LOOKS", 1)
    checked = check(table, beside(held, [INSPECTION], decided))

    assert (row(checked, "few", "i-1").verdict, row(checked, "few", "i-1").count_hi) == ("indeterminate", None)
    assert row(checked, "few").words.endswith("not every sum was tried: there may have been more")


def test_an_inspection_that_is_told_in_several_reports_is_added_up():
    """2 here and 2 there may be 4; where one of them states no bound there is none."""
    two = {**INSIDE, "count_lo": 2, "count_hi": 2}
    both = check(linked(reports(two, two), "i-1", "i-1"), beside(setup(), [INSPECTION]))
    open_ = check(linked(reports({**INSIDE, "count_lo": 2}), "i-1"), beside(setup(), [INSPECTION]))

    assert (row(both, "few", "i-1").verdict, row(both, "few", "i-1").count_hi) == ("indeterminate", 4)
    assert row(open_, "few", "i-1").count_hi is None


MISSING = [
    ({"complete": "no"}, "watched_in_part"), ({"shows": "fire"}, "means_cannot_show"),
    ({"zone": "Northton"}, "ground_in_part"), ({"complete": "no", "denied": "yes"}, "access_denied"),
    ({"zone": "", "lon": "20.3", "lat": "0.05", "radius_m": "90000"}, "ground_in_part"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "reason"), MISSING)
def test_what_is_missing_in_an_inspection_is_said(cells, reason):
    """It was not complete, could not show it, saw another ground, or was not let in."""
    table = linked(reports({**INSIDE, "count_lo": 1, "count_hi": 1}), "i-1")
    found = row(check(table, beside(setup(), [INSPECTION | cells])), "few", "i-1")

    assert (found.verdict, found.reasons) == ("indeterminate", (reason,))


def test_what_others_saw_at_the_time_of_an_inspection_counts_against_it():
    """The inspection found 3; a patrol surely saw 5: the inspection did not find all, and proves nothing kept."""
    three, five = ({**INSIDE, "count_lo": count, "count_hi": count} for count in (3, 5))
    checked = check(linked(reports(three, five), "i-1", "other"), beside(setup(), [INSPECTION]))

    assert row(checked, "few").verdict == "violation"
    assert (row(checked, "few", "i-1").verdict, row(checked, "few", "i-1").reasons) == (
        "indeterminate",
        ("seen_and_open",),
    )


def test_an_act_that_is_owed_may_be_done_at_another_time():
    """Who watched one day and saw none of it has not shown that it was never done."""
    held = prepare(amended(("what: tank, where", "what: delivery, where"), *AT_LEAST))
    found = row(check(reports(), beside(held, [INSPECTION | {"shows": "delivery"}])), "few", "i-1")

    assert (found.verdict, found.reasons) == ("indeterminate", ("count_incomplete",))
    assert found.words.endswith("what is owed may be done at another: cannot tell")


PATROL = {**INSPECTION, "id": "p-1", "by": "patrols", "complete": "no"}


@pytest.mark.parametrize("held", [setup(), FLOOR])
def test_an_inspection_that_missed_what_others_saw_bounds_nothing(held):
    """It found 1 and a patrol surely saw 2: who missed that may have missed more, below a ceiling or above a floor."""
    one, two = ({**INSIDE, "count_lo": count, "count_hi": count} for count in (1, 2))
    found = row(check(linked(reports(one, two), "i-1", "p-1"), beside(held, [INSPECTION, PATROL])), "few", "i-1")

    assert (found.verdict, found.reasons, found.count_hi) == ("indeterminate", ("seen_and_open",), None)


@pytest.mark.parametrize(("days", "verdict"), [(("01", "01"), "indeterminate"), (("01", "03"), "no_violation")])
def test_what_others_surely_saw_together_counts_against_an_inspection(days, verdict):
    """2 and 2 at one time while it found 2: it missed some of them; of another day they are no matter of it."""
    two = [{**INSIDE, "count_lo": 2, "count_hi": 2, **at(f"2031-06-{day}T10:00")} for day in days]
    table = linked(reports(*two, {**INSIDE, "count_lo": 2, "count_hi": 2}), "p-1", "p-1", "i-1")
    found = row(check(table, beside(setup(), [INSPECTION, PATROL], [APART])), "few", "i-1")

    assert found.verdict == verdict


def test_what_another_record_perhaps_shows_keeps_a_watch_open():
    """A watch that saw nothing is no answer to a patrol's report that may tell of it there and then."""
    perhaps = linked(reports({**FIRE, "by": ["northbank_scouts"]}), "p-1")
    found = row(check(perhaps, beside(setup(), [WATCHED, {**PATROL, "zone": "Northton"}])), "halt", "i-1")

    assert (found.verdict, found.reasons, found.count_hi) == ("indeterminate", ("seen_and_open",), None)


def test_a_floor_needs_a_rule_that_speaks():
    """Nothing was missing where nothing was owed yet; where it may have been owed nobody can tell."""
    early = INSPECTION | {"from": "2031-04-01", "until": "2031-04-01"}
    turn = INSPECTION | {"from": "2031-05-02", "until": "2031-05-02"}

    assert row(check(reports(), beside(FLOOR, [early])), "few", "i-1").reasons == ("not_in_force",)
    assert row(check(reports(), beside(FLOOR, [turn])), "few", "i-1").reasons == ("rule_may_not_speak",)
    assert row(check(reports(), beside(FLOOR, [INSPECTION])), "few", "i-1").verdict == "violation"


def test_silence_is_no_violation_only_where_somebody_watched():
    """A complete watch that saw nothing; one that was not complete says nothing, and without any there is no row."""
    quiet = check(reports(), beside(setup(), [WATCHED]))
    partly = check(reports(), beside(setup(), [WATCHED | {"complete": "no"}]))

    assert (row(quiet, "halt", "i-1").verdict, row(quiet, "halt", "i-1").reasons) == (
        "no_violation",
        ("watched_nothing_seen",),
    )
    assert row(partly, "halt", "i-1").reasons == ("watched_in_part",)
    assert not [one for one in check(reports()).accounts_told if one.provision == "halt"]


def test_what_was_seen_while_they_watched_is_a_violation_or_open():
    """Named by the record and sure: a violation. Perhaps there and then: open. Elsewhere or later: nothing seen."""
    seen = check(linked(reports(FIRE), "i-1"), beside(setup(), [WATCHED]))
    unlinked = check(reports(FIRE), beside(setup(), [WATCHED]))
    of_others = check(linked(reports(FIRE), "other"), beside(setup(), [WATCHED]))
    later = check(reports({**FIRE, **at("2031-06-02T10:00")}), beside(setup(), [WATCHED]))
    elsewhere = check(reports({**FIRE, "lon": 20.75, "lat": -0.1}), beside(setup(), [WATCHED]))

    assert row(seen, "halt", "i-1").verdict == "violation"
    assert row(unlinked, "halt", "i-1").reasons == ("seen_and_open",)
    assert row(of_others, "halt", "i-1").reasons == ("seen_and_open",)
    assert row(later, "halt", "i-1").reasons == ("watched_nothing_seen",)
    assert row(elsewhere, "halt", "i-1").reasons == ("watched_nothing_seen",)


def test_a_record_has_no_row_for_rules_of_other_ground():
    """Whoever watched far away from the towns says nothing about them."""
    far = WATCHED | {"zone": "", "lon": "25", "lat": "5", "radius_m": "1000"}
    told = {one.provision for one in check(reports(), beside(setup(), [far])).accounts_told if one.window == "record"}

    assert "halt" not in told


PUBLISHED = {"reported": "2031-06-03T10:00Z"}
NIGHT = int(instant("2031-06-04T00:00").timestamp()) * 1_000_000


@pytest.mark.parametrize("held", [setup(), FLOOR])
@pytest.mark.parametrize(
    ("late", "effort", "open_"),
    [
        ({}, None, True), (at("2031-06-09T10:00"), "i-1", True), (at("2031-06-09T10:00"), None, False),
        ({"from": None, "until": None}, None, True), ({"reported": None}, None, True),
        (spot(30_000, 500_000), None, False),
    ],
)  # fmt: skip
def test_what_was_not_published_yet_may_tell_of_an_inspection(held, late, effort, open_):
    """Known on the third: it found 2. A report of the tenth that may tell of its stretch leaves that open."""
    two = {**INSIDE, "count_lo": 2, "count_hi": 2, **PUBLISHED}
    table = linked(reports(two, {**two, "reported": "2031-06-10T10:00Z", **late}), "i-1", effort)
    then = replace(beside(held, [INSPECTION]), known_until_us=NIGHT)
    found = row(check(table, then), "few", "i-1")
    settled = ("no_violation", "within_limit") if held is setup() else ("violation", "fewer_than_owed")

    assert (found.verdict, *found.reasons) == (("indeterminate", "reports_left_out") if open_ else settled)
    assert (found.count_hi is None) is open_
    assert found.words.endswith("left out by their date") is open_


def test_batches_keep_what_was_left_out():
    """Whichever of them it was in."""
    two = {**INSIDE, "count_lo": 2, "count_hi": 2, **PUBLISHED}
    then = replace(beside(FLOOR, [INSPECTION]), known_until_us=NIGHT)
    tables = [linked(reports(one), "i-1") for one in (two, {**two, "reported": "2031-06-10T10:00Z"})]
    tally = Tally(then)
    for table in tables:
        tally = tally.with_batch(check(table, then))
    found = [one.reasons for one in accounts_of(then, tally.counted)
             if (one.provision, one.reading, one.name) == ("few", "text", "i-1")]  # fmt: skip

    assert found == [("reports_left_out",)]

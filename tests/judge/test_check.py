"""One rule and its reports: two groups of conditions, one verdict each, and why."""

from dataclasses import replace

import numpy as np
import pytest

import strategies as some
from truceline.basics.time import FOREVER, Span
from truceline.evidence.acts import ACT_IDS
from truceline.evidence.datasets import DATASETS
from truceline.evidence.kinds import KINDS
from truceline.judge.check import judge
from truceline.judge.reasons import codes_of
from truceline.judge.verdict import VERDICTS, Counts
from truceline.plan.tables import InArea, Kind, Nowhere, What, When
from truceline.plan.timeline import UNKNOWN

TANK = tuple(KINDS).index("tank")
NOT_YET = When(Span(10, 10), Span(FOREVER, FOREVER), undated=False)


def verdict(rule, **fact):
    """Judge one report: verdict and reasons."""
    facts = [some.fact(**fact)]
    found = judge(rule, some.batch_of(facts), some.places_of(facts))
    return VERDICTS[found.verdict[0]], codes_of(int(found.reasons[0]))


def blind_to_presence(dataset):
    """Make the table of a rule that one data set cannot show."""
    blind = np.zeros(len(DATASETS) + 1, dtype=np.bool_)
    blind[dataset] = True
    return What((ACT_IDS["presence"],), blind)


def test_everything_met_is_a_violation():
    """Both groups true throughout, and the one reason says so."""
    assert verdict(some.ban()) == ("violation", ("every_condition_met",))


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (some.ban(when=NOT_YET), "not_in_force"),
        (some.ban(who=replace(some.everybody, bound=-some.everybody.bound)), "not_bound"),
        (some.ban(denied=True), "denied"),
    ],
)
def test_a_rule_that_does_not_speak_is_not_applicable(rule, reason):
    """Not in force, not bound, denied: that is not "permitted", and what was done does not matter then."""
    assert verdict(rule) == ("not_applicable", (reason,))
    assert verdict(rule, act=ACT_IDS["detention"]) == ("not_applicable", (reason,))


def test_all_reasons_of_a_silent_rule_are_given():
    """Not yet in force and denied: both are said, and a reason of the other group is not."""
    assert verdict(some.ban(InArea(0, contested=False), when=NOT_YET, denied=True)) == (
        "not_applicable",
        ("not_in_force", "denied"),
    )


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        (some.ban(who=replace(some.everybody, member=-some.everybody.member)), "not_subject"),
        (some.ban(what=What((ACT_IDS["fire.air"],), some.being_there.blind)), "not_the_act"),
        (some.ban(InArea(0, contested=False)), "outside"),
        (some.ban(who=replace(some.everybody, excepted=-some.everybody.excepted)), "excepted"),
    ],
)
def test_one_condition_not_met_is_no_violation(rule, reason):
    """Not addressed, not the act, outside, excepted."""
    assert verdict(rule, act=ACT_IDS["position"], areas=(-1, -1)) == ("no_violation", (reason,))


def test_an_excepted_ground_spares():
    """Inside the ground and inside the hole; a hole nobody can draw leaves it open."""
    assert verdict(some.ban(except_where=InArea(0, contested=False)), areas=(1, 1)) == ("no_violation", ("excepted",))
    assert verdict(some.ban(except_where=Nowhere("area_undefined"))) == ("indeterminate", ("area_undefined",))


def test_a_condition_of_which_nobody_knows_never_makes_a_violation():
    """Outside the ground the rule is surely not broken, condition or not; a table of weapons is not judged yet."""
    assert verdict(some.ban(condition=UNKNOWN)) == ("indeterminate", ("condition_unknown",))
    assert verdict(some.ban(InArea(0, contested=False), condition=UNKNOWN)) == ("no_violation", ("outside",))
    assert verdict(some.ban(unjudged=True)) == ("indeterminate", ("not_judged_yet",))


def test_the_reasons_of_everything_unknown_are_joined():
    """What is unclear, where is unclear: either would have to be settled."""
    rule = some.ban(InArea(0, contested=False))

    assert verdict(rule, act=-1, areas=(0, 0)) == ("indeterminate", ("act_unclear", "report_too_coarse"))


def test_what_a_source_cannot_show_is_never_no_violation():
    """A data set without power gives no verdict, whatever it says; another one does; a silent rule stays silent."""
    rule = some.ban(InArea(0, contested=False), what=blind_to_presence(0))

    assert verdict(rule, dataset=0) == ("indeterminate", ("source_cannot_show",))
    assert verdict(rule, dataset=1) == ("no_violation", ("outside",))
    assert verdict(rule, dataset=-1) == ("no_violation", ("outside",))
    assert verdict(replace(rule, denied=True), dataset=0) == ("not_applicable", ("denied",))


CEILING = some.ban(kind=Kind.CEILING, limit=75, what=What((), some.being_there.blind, things=(TANK,)))
FLOOR = replace(CEILING, kind=Kind.FLOOR, limit=12)
OPEN = ("indeterminate", ("count_incomplete",))
ENOUGH = ("no_violation", ("enough_shown",))


@pytest.mark.parametrize(("count", "broken"), [(-1, False), (0, False), (60, False), (75, False), (76, True)])
def test_a_sighting_can_break_a_ceiling_and_never_keep_it(count, broken):
    """N is allowed, N + 1 is not; fewer prove nothing."""
    assert verdict(CEILING, thing=TANK, count=count) == (("violation", ("every_condition_met",)) if broken else OPEN)


def test_a_ceiling_is_broken_only_by_what_is_surely_counted():
    """Other things, a thing not stated, a place not sure, and a number of acts break no ceiling of tanks."""
    of_acts = replace(CEILING, what=some.being_there)
    mixed = replace(CEILING, what=replace(CEILING.what, acts=(ACT_IDS["fire"],)))

    assert verdict(CEILING, thing=-1, count=80) == ("indeterminate", ("thing_not_stated", "count_incomplete"))
    assert verdict(CEILING, thing=tuple(KINDS).index("mortar"), count=80) == OPEN
    assert verdict(of_acts, count=80) == OPEN
    assert verdict(mixed, act=ACT_IDS["fire"], count=80) == OPEN


def test_a_number_that_would_break_a_ceiling_says_what_is_open():
    """More than N, perhaps inside: a more exact place would decide; fewer than N decide nothing wherever they are."""
    inside = replace(CEILING, where=InArea(0, contested=False))

    assert verdict(inside, thing=TANK, count=80, areas=(0, 0)) == (
        "indeterminate", ("report_too_coarse", "count_incomplete")
    )  # fmt: skip
    assert verdict(inside, thing=TANK, count=60, areas=(0, 0)) == OPEN
    assert verdict(inside, thing=TANK, count=80, areas=(-1, -1)) == OPEN


@pytest.mark.parametrize(("count", "kept"), [(-1, False), (0, False), (11, False), (12, True), (90, True)])
def test_a_sighting_can_show_what_is_owed_and_never_that_it_is_missing(count, kept):
    """N are enough; fewer prove nothing, for nobody may have looked at the others."""
    assert verdict(FLOOR, thing=TANK, count=count) == (ENOUGH if kept else OPEN)


@pytest.mark.parametrize(
    ("rule", "count", "found"),
    [
        (replace(CEILING, limit=70, slack=10), 81, ("violation", ("every_condition_met",))),
        (replace(CEILING, limit=70, slack=10), 80, ("indeterminate", ("count_incomplete", "number_rounded"))),
        (replace(CEILING, limit=70, slack=10), 71, ("indeterminate", ("count_incomplete", "number_rounded"))),
        (replace(CEILING, limit=70, slack=10), 70, OPEN),
        (replace(FLOOR, limit=10, slack=4), 14, ENOUGH),
        (replace(FLOOR, limit=10, slack=4), 13, ("indeterminate", ("count_incomplete", "number_rounded"))),
        (replace(FLOOR, limit=10, slack=4), 9, OPEN),
    ],
)
def test_between_the_numbers_that_the_words_may_mean_nobody_can_tell(rule, count, found):
    """Because of the text; beyond them it is as if it said one number."""
    assert verdict(rule, thing=TANK, count=count) == found


def test_a_rounded_number_leaves_what_lies_elsewhere_alone():
    """What is not the act adds no reason of the text."""
    rounded = replace(CEILING, limit=70, slack=10)

    assert verdict(rounded, thing=tuple(KINDS).index("mortar"), count=75) == OPEN


def test_one_act_is_enough_where_one_is_owed():
    """A thing without a number is one at least, none is none; a number says nothing about acts."""
    once = replace(FLOOR, limit=1)
    of_acts = replace(FLOOR, what=some.being_there)

    assert verdict(once, thing=TANK) == ENOUGH
    assert verdict(once, thing=TANK, count=0) == OPEN
    assert verdict(replace(of_acts, limit=1)) == ENOUGH
    assert verdict(replace(of_acts, limit=2), count=80) == OPEN
    assert verdict(replace(once, denied=True), thing=TANK) == ("not_applicable", ("denied",))


COUNTED = [
    ({}, some.ban(), Counts.SURE),
    ({}, some.ban(InArea(0, contested=False)), Counts.MAY),
    ({"areas": (-1, -1)}, some.ban(InArea(0, contested=False)), Counts.NO),
    ({}, some.ban(when=NOT_YET), Counts.NO),
    ({}, some.ban(when=NOT_YET, kind=Kind.TREND), Counts.SHOWN),
    ({}, some.ban(when=When(Span(-5, FOREVER), Span(FOREVER, FOREVER), undated=True)), Counts.SHOWN),
    ({}, some.ban(kind=Kind.TREND), Counts.SURE),
    ({"dataset": 0}, some.ban(what=blind_to_presence(0)), Counts.MAY),
    ({}, some.ban(denied=True), Counts.NO),
]


@pytest.mark.parametrize(("stated", "rule", "counts"), COUNTED)
def test_whether_a_report_counts_over_all_reports(stated, rule, counts):
    """Surely, surely but for the time, possibly, or not; what a data set cannot show never counts surely."""
    facts = [some.fact(**({"areas": (0, 0)} | stated))]
    found = judge(rule, some.batch_of(facts), some.places_of(facts))

    assert found.counted.tolist() == [counts]


def test_a_ceiling_not_in_force_does_not_speak():
    """Not even to say that the count is incomplete."""
    assert verdict(replace(CEILING, when=NOT_YET), thing=TANK, count=80) == ("not_applicable", ("not_in_force",))


def test_a_change_over_time_needs_a_series():
    """No single report shows one, whatever it tells; and what asks for no number is not judged yet."""
    inside = InArea(0, contested=False)

    assert verdict(some.ban(inside, kind=Kind.TREND), areas=(1, 1)) == ("indeterminate", ("series_needed",))
    assert verdict(some.ban(inside, kind=Kind.TREND), areas=(-1, -1)) == ("indeterminate", ("series_needed",))
    assert verdict(some.ban(inside, kind=Kind.LATER), areas=(1, 1)) == ("indeterminate", ("not_judged_yet",))


def test_the_line_that_was_measured_is_told():
    """A band names its line, an area none."""
    facts = [some.fact()]
    batch, places = some.batch_of(facts), some.places_of(facts)
    band = some.Band(1, some.Depth(some.Limit(0.0, 0.0), some.Limit(9.0, 9.0)), (), both_sides=False, round_ends=None)

    assert judge(some.ban(band), batch, places).line.tolist() == [1]
    assert judge(some.ban(InArea(0, contested=False)), batch, places).line.tolist() == [-1]

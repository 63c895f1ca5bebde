"""Lines that change: dated courses, parts that another line rules, gaps to another line, baselines, the air."""

import math

import pytest

from truceline.basics.time import FOREVER, NEVER_BEFORE, Span
from truceline.plan.compile import book_of, compile_plan
from truceline.plan.courses import Station, stations_of
from truceline.plan.demand import compile_demands
from truceline.plan.depths import ACROSS
from truceline.plan.ground import Ground, compile_where, ground_of
from truceline.plan.tables import (
    All,
    Aloft,
    Anywhere,
    Band,
    Between,
    Course,
    Dated,
    Depth,
    Era,
    Gap,
    Limit,
    Nowhere,
    OneOf,
    Replaced,
    Stretch,
)  # fmt: skip
from truceline.terms.where import Replaces
from world import amended

ALWAYS, NEVER = Span(NEVER_BEFORE, NEVER_BEFORE), Span(FOREVER, FOREVER)
ROAD = "geometry: {coordinates: [[20.0, 0.1], [21.0, 0.1]]}"
FIVE = Depth(Limit(0.0, 0.0), Limit(5000.0, 5000.0))
MAY, JUNE = '"2031-05-20T00:00+02:00"', "2031-06-10"
DATED = f"versions: [{{from: {MAY}, {ROAD}}}, {{from: {JUNE}, {ROAD}}}]"
MOVED = f"  moved: {{title: moved line, plus: north, {ROAD}, {DATED}}}\n"


def zone(words, lines="", *changes, side=None, newest=False):
    """Compile a zone, written as the ground of the provision `few`, beside further lines."""
    where = ("where: {line: river, away: 20 km, both_sides: true, ends: flat}", f"where: {words}")
    agreement = amended(where, ("lines:\n", f"lines:\n{lines}"), *changes, readings=False)
    text, book = agreement.under(None), book_of(agreement)
    return compile_where(text.provisions["few"].where, Ground(text, book, side, newest)), book.lines


def band(line, depth=FIVE):
    """Make the table of a band of open ends."""
    return Band(line, depth, (), both_sides=False, round_ends=None)


def test_a_line_with_dated_courses_is_asked_by_time():
    """Its own course until the first date, then each until the next; a bare day is the whole of that day."""
    found, lines = zone("{line: moved, away: 5 km}", MOVED)
    first, second = (
        Span(1_936_994_400_000_000, 1_936_994_400_000_000),
        Span(1_938_808_800_000_000, 1_938_895_200_000_000),
    )

    assert lines[:3] == ("moved", "moved@2031-05-20T00:00+02:00", "moved@2031-06-10")
    assert found == Dated((Era(band(0), ALWAYS, first), Era(band(1), first, second), Era(band(2), second, NEVER)))


def test_counted_days_are_put_in_order():
    """The course of day 50 comes after that of day 10, wherever it stands in the file."""
    later, sooner = (f"{{from: truce + {days} d, {ROAD}}}" for days in (50, 10))
    line = f"  moved: {{title: moved line, plus: north, {ROAD}, versions: [{later}, {sooner}]}}\n"
    found, _ = zone("{line: moved, away: 5 km}", line)
    days = [era.begin.start_us // 86_400_000_000 for era in found.parts[1:]]

    assert [era.where for era in found.parts] == [band(0), band(2), band(1)]
    assert days[1] - days[0] == 40
    assert [era.end for era in found.parts] == [*(era.begin for era in found.parts[1:]), NEVER]


def test_of_two_courses_on_vague_days_either_may_be_the_later():
    """One counts from a paper that took effect nobody knows when, one has a day: neither surely ends the other."""
    vague, sure = f"{{from: annex + 1 d, {ROAD}}}", f"{{from: {JUNE}, {ROAD}}}"
    line = f"  moved: {{title: moved line, plus: north, {ROAD}, versions: [{vague}, {sure}]}}\n"
    found, _ = zone("{line: moved, away: 5 km}", line)
    base, first, second = found.parts

    assert (base.end.start_us, base.end.end_us) == (first.begin.start_us, second.begin.end_us)
    assert first.end == Span(second.begin.start_us, FOREVER)
    assert second.end == Span(second.begin.start_us, FOREVER)


def test_a_demand_asks_for_the_newest_course():
    """Whenever the reports are; it asks for what is to come."""
    demand = ("where: {line: river, away: 30..40 km}", "where: {line: moved, away: 5 km}")
    agreement = amended(demand, ("lines:\n", f"lines:\n{MOVED}"), readings=False)

    assert zone("{line: moved, away: 5 km}", MOVED, newest=True)[0] == band(2)
    assert compile_demands(agreement.under(None), book_of(agreement))["wide"].where == band(2)


def test_a_line_that_moves_without_a_date_cannot_be_measured_from():
    """One whose course nobody published is undisclosed as before."""
    moving = f"  moved: {{title: moved line, plus: north, {ROAD}, moving: true}}\n"
    hidden = "  moved: {title: moved line, plus: north, moving: true}\n"

    assert zone("{line: moved, away: 5 km}", moving)[0] == Nowhere("line_moves")
    assert zone("{line: moved, away: 5 km}", hidden)[0] == band(0)


def test_a_date_without_a_course_leaves_open_of_which_day_the_drawn_one_is():
    """Neither before it nor after it can anything be measured; after the next date it can."""
    line = f"  moved: {{title: moved line, plus: north, {ROAD}, versions: [2031-05-20, {{from: {JUNE}, {ROAD}}}]}}\n"
    found, _ = zone("{line: moved, away: 5 km}", line)

    assert [part.where for part in found.parts] == [Nowhere("line_moves"), band(1), band(2)]


def test_between_lines_that_change_every_pair_has_its_time():
    """The strip of each course of the one and each of the other."""
    found, _ = zone("{between: [moved, river]}", MOVED)

    assert [part.where for part in found.parts] == [Between(0, 3), Between(1, 3), Between(2, 3)]


BYPASS = "  bypass: {title: bypass, plus: north, replaces: {line: river, from: 10 km, until: 20 to 21 km}}\n"


def test_a_line_rules_the_part_of_another_one_that_it_replaces():
    """Where both are named; between the stations of an end that is not told exactly, either may."""
    found, _ = zone("{line: [river, bypass], away: 5 km}", BYPASS)
    parts = [(0.0, 10_000.0, 1), (10_000.0, 21_000.0, 0), (20_000.0, math.inf, 1)]

    assert found == Replaced(1, tuple(Stretch(begin, end, band(line)) for begin, end, line in parts))
    assert zone("{line: river, away: 5 km}", BYPASS)[0] == band(1)
    assert zone("{line: bypass, away: 5 km}", BYPASS)[0] == band(0)
    assert zone("{line: [river, bypass, northroad], away: 5 km}", BYPASS)[0] == OneOf((found, band(2)))


def test_a_part_to_the_end_of_a_line_leaves_none_of_it_beyond():
    """Without `until` it reaches the end; from the first station on nothing comes before it."""
    whole = "  bypass: {title: bypass, plus: north, replaces: {line: river, from: 0 km}}\n"

    assert zone("{line: [river, bypass], away: 5 km}", whole)[0] == Replaced(1, (Stretch(0.0, math.inf, band(0)),))


def test_a_part_may_be_named_by_a_place_of_the_line():
    """One that is no stretch, or that nobody placed, may be any part of it."""
    drawn = ("plus: north, geometry: {coordinates: [[20.0, 0.0], [21.0, 0.0]]}",
             "plus: north, geometry: {coordinates: [[20.0, 0.0], [21.0, 0.0]]}, places: {Mill: 3..9 km}")  # fmt: skip
    text = amended(drawn, readings=False).under(None)
    mill, ford = (Replaces(line="river", sector=name) for name in ("Mill", "Ford"))

    assert stations_of(mill, text) == (Station(3000.0, 3000.0), Station(9000.0, 9000.0))
    assert stations_of(ford, text) == (Station(0.0, math.inf), Station(0.0, math.inf))
    assert stations_of(Replaces(line="nowhere", sector="Mill"), text) == (Station(0.0, math.inf),) * 2


def reading(patch, *changes, lines=""):
    """Compile the provision `behind` of each side as a reading has it."""
    north = "northview: {holder: northbank, source: s.north, set: {provisions.behind.where.away: 5 km,\n"
    agreement = amended((north, north.replace("5 km", patch)), ("lines:\n", f"lines:\n{lines}"), *changes)
    book = book_of(agreement)
    rules = compile_plan(agreement, "northview", book).rules
    return [rule.where for rule in rules if book.rules[rule.rule].provision == "behind"]


def test_a_computed_depth_follows_the_gap_to_the_line_of_the_other_side():
    """Half of what is left of 50 km; along the whole line it is 25 km at most."""
    [north, south] = reading('"(50 km - gap)/2"')
    gap = Gap(25_000.0, -0.5, (Course(2, ALWAYS, NEVER),))

    assert north == band(1, Depth(Limit(0.0, 0.0), Limit(0.0, 25_000.0), "report_too_coarse", gap))
    assert south.depth.gap.to == (Course(1, ALWAYS, NEVER),)


def test_a_computed_depth_may_name_its_two_lines():
    """One that grows with the gap has no bound but the lines themselves."""
    [north, south] = reading('{to: "3 km + gap/4", gap: [side_road, river]}'.replace("side_road", "northroad"))

    assert north.depth.far == Limit(3000.0, math.inf)
    assert north.depth.gap == Gap(3000.0, 0.25, (Course(0, ALWAYS, NEVER),))
    assert south.depth.gap.to == (Course(1, ALWAYS, NEVER),)


def test_the_gap_to_a_line_that_changes_is_that_to_its_course_of_the_time():
    """A course that nobody drew is one too, with why it cannot be measured to; so are the parts of a line."""
    sides = ("south: {who: southbank_army, line: southroad}", "south: {who: southbank_army, line: moved}")
    [north, _] = reading('"(50 km - gap)/2"', sides, lines=MOVED)
    lost = f"  moved: {{title: moved line, plus: north, {ROAD}, moving: true}}\n"
    [still, _] = reading('"(50 km - gap)/2"', sides, lines=lost)
    parts = ("south: {who: southbank_army, line: southroad}", "south: {who: southbank_army, line: [river, bypass]}")
    [split, _] = reading('"(50 km - gap)/2"', parts, lines=BYPASS)

    assert [course.line for course in north.depth.gap.to] == [0, 1, 2]
    assert north.depth.gap.to[1].begin.start_us == 1_936_994_400_000_000
    assert still.depth.gap.to == (Course(-1, ALWAYS, NEVER, "line_moves"),)
    assert [course.line for course in split.depth.gap.to] == [1, 0]


def beyond(baseline, *changes, lines="", provision="behind", side="north"):
    """Compile the baseline of a provision alone: its ground without one is anywhere."""
    where = "where: {line: side.line, away: 3..4 mi}, at_most: 0,"
    agreement = amended((where, f"at_most: 0, baseline: {baseline},"), ("lines:\n", f"lines:\n{lines}"), *changes,
                        readings=False)  # fmt: skip
    text = agreement.under(None)
    return ground_of(text.provisions[provision], Ground(text, book_of(agreement), side))


BOTH = (("north: {who: northbank_army, line: northroad}", "north: {who: northbank_army, line: moved}"),
        ("south: {who: southbank_army, line: southroad}", "south: {who: southbank_army, line: moved}"))  # fmt: skip


def across(line):
    """Make the ground beyond a line."""
    return Band(line, ACROSS, (), both_sides=False, round_ends=True)


def test_a_baseline_is_crossed_from_the_side_of_the_row():
    """The row's own line, by its name or as `side.line`; of another side's line nobody can tell the side."""
    assert beyond("{line: side.line}") == across(1)
    assert beyond("{line: northroad}") == across(1)
    assert beyond("{line: southroad}") == Nowhere("side_not_stated")
    assert beyond("{line: river}", side=None) == Nowhere("side_not_stated")
    assert beyond("{line: hidden}") == Nowhere("line_undisclosed")
    assert beyond("where the posts stood") == beyond("{day: 2031-05-01}") == Nowhere("area_undefined")


@pytest.mark.parametrize(("version", "line"), [(MAY, 1), (JUNE, 2)])
def test_a_baseline_is_the_course_of_its_date(version, line):
    """Whenever the report is; one that was not known yet is undisclosed."""
    found = beyond(f"{{line: side.line, version: {version}}}", *BOTH, lines=MOVED)

    assert found == across(line)


def test_a_baseline_bounds_the_ground_of_its_provision():
    """Only of that the part beyond counts; what a change over time is compared with is no ground."""
    ground = ("towns, trend: down, under: truce,", "towns, trend: down, baseline: {line: river}, under: truce,")
    agreement = amended(ground, readings=False)
    text = agreement.under(None)
    few = ("where: {line: river, away: 20 km, both_sides: true, ends: flat}, at_most: 3,",
           "where: strip, each_side: true, at_most: 0, baseline: {line: side.line},")  # fmt: skip
    frozen = amended(few, readings=False)

    assert not isinstance(ground_of(text.provisions["fewer"], Ground(text, book_of(agreement))), All)
    held = Ground(frozen.under(None), book_of(frozen), "south")
    assert ground_of(frozen.under(None).provisions["few"], held) == All((Between(1, 2), across(2)))


def test_a_baseline_by_a_later_source_is_undisclosed():
    """Of a version that nobody knew of yet no course is known."""
    later = MOVED.replace(f"from: {JUNE}, ", f"from: {JUNE}, source: s.press, ")
    where = "where: {line: side.line, away: 3..4 mi}, at_most: 0,"
    agreement = amended((where, f"at_most: 0, baseline: {{line: side.line, version: {JUNE}}},"), *BOTH,
                        ("lines:\n", f"lines:\n{later}"), readings=False)  # fmt: skip
    then = agreement.as_known(Span(0, 1_937_000_000_000_000))
    text = then.under(None)

    assert ground_of(text.provisions["behind"], Ground(text, book_of(then), "north")) == Nowhere("line_undisclosed")


def test_a_zone_in_the_air_is_the_same_band_for_what_flies():
    """So is a corridor."""
    found, _ = zone("{line: river, away: 5 km, air: true}")
    corridor, _ = zone("{along: river, width: 10 km, air: true}")

    assert found == All((band(0), Aloft()))
    assert corridor == All((Band(0, FIVE, (), both_sides=True, round_ends=None), Aloft()))
    assert zone("anywhere")[0] == Anywhere()

"""Bands by line: what the drawing is made of says what the judge takes, and repeats nothing."""

import math

from truceline.formats.terms_file import load_text
from truceline.publish.zones import panels_of
from world import TERMS, amended, truce

HEAD = """\
truceline: 1
agreement: {id: least, title: The least, class: cessation}
instruments: {truce: {signed: 2031-05-01}}
parties: {northbank: {title: Northbank, role: signatory}}
sources: {}
lines:
  front: {title: the front, plus: north}
  road: {title: the road, plus: away from town, geometry: {coordinates: [[20, 10], [21, 10]]}, uncertainty: 200 m}
"""


def panels(*provisions, more=""):
    """Draw the ground of some bans on presence."""
    rules = [f"  p{number}: {{who: any, what: presence, at_most: 0, source: memory, where: {where}}}"
             for number, where in enumerate(provisions)]  # fmt: skip
    return panels_of(load_text("\n".join([HEAD, "provisions:", *rules, more])))


def bars(panel):
    """List what is drawn in a panel: metres surely and possibly, and the words."""
    return [
        (bar.depth.near.lo, bar.depth.far.lo, bar.depth.far.hi, bar.words) for row in panel.rows for bar in row.bars
    ]


def test_a_reading_is_drawn_where_its_ground_differs():
    """The text first, then the readings that change it; those that do not are not repeated."""
    found = {panel.line: panel for panel in panels_of(truce())}
    own = found["each side's own line (north road, south road)"]
    border = found["the border"]

    assert [(row.clause, row.readings) for row in own.rows] == [("behind", ()), ("behind", ("northview",))]
    assert bars(own) == [(0.0, 4828.032, 6437.376, "3 to 4 mi"), (0.0, 5000.0, 5000.0, "5 km")]
    assert [row.readings for row in border.rows] == [("southview",)]
    assert own.rows[0].title == "Behind: presence, none"


def test_demands_stand_behind_the_clauses():
    """What was asked and never agreed comes last, under the name of who asked."""
    river = next(panel for panel in panels_of(truce()) if panel.line == "the river")

    assert [row.title for row in river.rows if row.is_demand] == ["northbank", "southbank"]
    assert [row.is_demand for row in river.rows] == sorted(row.is_demand for row in river.rows)


def test_sectors_and_sides_are_told():
    """A band by sectors has a bar for each; both sides, the air and whole other sides say so."""
    [front] = panels(
        "{line: front, sectors: [{until: 50 km, away: 3 km}, {title: the ford, from: 50 km, away: 10 to 15 km}]}",
        "{line: front, away: 5 km, both_sides: true, air: true}",
        "{line: front, away: {from: none, to: 2 km}}",
    )

    assert bars(front) == [
        (0.0, 3000.0, 3000.0, "from its begin to km 50 of the line: 3 km"),
        (0.0, 10_000.0, 15_000.0, "the ford: 10 to 15 km"),
        (0.0, 5000.0, 5000.0, "5 km, on both sides (in the air)"),
        (-math.inf, 2000.0, 2000.0, "all of the other side, and nearer than 2 km"),
    ]
    assert (front.toward, front.drawn, front.error_m) == ("north", False, 0.0)


def test_corridors_and_strips_are_told():
    """A width lies half on either side; the ground between two lines has no distance of its own."""
    road, strip = panels("{along: road, width: 5 km}", "{along: road}", "{between: [front, road]}")

    assert bars(road) == [
        (0.0, 2500.0, 2500.0, "5 km wide, both sides together"), (0.0, 0.0, math.inf, "along it; no width is given"),
    ]  # fmt: skip
    assert (road.drawn, road.error_m) == (True, 200.0)
    assert strip.is_strip
    assert strip.line == "the front and the road"


def test_ground_round_areas_is_drawn_from_their_boundaries():
    """A panel for each side, and for the contested ones; what is named in words alone is told by its words."""
    ring = "[[20, 10], [21, 10], [21, 11], [20, 10]]"
    camp = f"areas: {{camp: {{title: the camp, uncertainty: 50 m, geometry: {{coordinates: {ring}}}}}}}"
    outside, ford, within = panels(
        "{around: camp, away: 5 km}", "{around: camp, belt: both, away: 2 km, air: true}",
        "{around: the old ford, unsure: [camp], away: 3 km}", "{around: camp, belt: inside, away: 1 km}",
        more=camp,
    )  # fmt: skip
    whole = -math.inf

    assert (outside.line, outside.toward, outside.drawn, outside.error_m) == (
        "the boundary of the camp", "outside", True, 50.0
    )  # fmt: skip
    assert bars(outside) == [
        (whole, 5000.0, 5000.0, "5 km, the area itself included"),
        (0.0, 2000.0, 2000.0, "2 km, on both sides (in the air)"),
        (whole, 3000.0, 3000.0, "3 km, the area itself included, contested"),
    ]  # fmt: skip
    assert (ford.line, ford.toward, ford.drawn) == ("the old ford", "", False)
    assert (within.toward, bars(within)) == ("inside", [(0.0, 1000.0, 1000.0, "1 km")])


def test_combined_grounds_say_that_there_is_more():
    """One of several grounds, a part of one, and one with a hole are not drawn as if they were all."""
    [front] = panels(
        "{any: [{line: front, away: 1 km}, anywhere]}",
        "{all: [{line: front, away: 2 km}, anywhere]}",
        "{of: {line: front, away: 3 km}, but_not: anywhere}",
        "{line: front, away: undisclosed}",
    )

    assert [bar[3] for bar in bars(front)] == [
        "1 km, or elsewhere", "2 km, in part", "3 km, with ground taken out", "an undisclosed distance",
    ]  # fmt: skip


def test_a_computed_depth_is_bounded_as_the_judge_bounds_it():
    """Half of what is left of 50 km is never more than 25, wherever the other line runs."""
    away = '{to: "(50 km - gap)/2", gap: [front, road]}'
    more = f"readings: {{north: {{holder: northbank, source: memory, set: {{provisions.p0.where.away: {away}}}}}}}"
    [front] = panels("{line: front, away: 25 km}", more=more)

    assert bars(front)[1][1:3] == (0.0, 25_000.0)


def test_what_measures_nothing_has_no_panels():
    """Named places and everywhere are no distances."""
    assert panels("anywhere") == ()


def test_limits_and_exceptions_stand_in_the_title():
    """How many, and who is spared."""
    few = next(row for panel in panels_of(truce()) for row in panel.rows if row.clause == "few")
    at_least = amended(("at_most: 3", "at_least: 3, except: visitors"), readings=False)
    owed = next(row for panel in panels_of(at_least) for row in panel.rows if row.clause == "few")

    assert few.title == "Few: tank, at most 3"
    assert owed.title == "Few: tank, at least 3, except visitors"
    assert "few:" in TERMS

"""WHERE, compiled: distances by what their words mean, lines by what they stand for, zones by their parts."""

import math

import pytest

from truceline.basics.quantity import parse_distance
from truceline.plan.compile import book_of
from truceline.plan.depths import NO_BAND, depth_of
from truceline.plan.ground import Ground, compile_where, excepted_ground
from truceline.plan.tables import (
    All,
    Aloft,
    Any_,
    Anywhere,
    Around,
    Band,
    Between,
    Depth,
    Except,
    InArea,
    Limit,
    Nowhere,
    OneOf,
    SectorDepth,
)  # fmt: skip
from truceline.terms import where as written
from world import amended, truce

ZERO = Limit(0.0, 0.0)
RIVER, NORTHROAD, SOUTHROAD, HIDDEN = 0, 1, 2, 6
NORTHTON, SOUTHTON, BRIDGE = 0, 1, 2


def zone(words, *changes, side=None):
    """Compile a zone, written as the ground of the provision `few`."""
    where = ("where: {line: river, away: 20 km, both_sides: true, ends: flat}", f"where: {words}")
    agreement = amended(where, *changes, readings=False)
    text = agreement.under(None)
    return compile_where(text.provisions["few"].where, Ground(text, book_of(agreement), side))


def band(depth, line=RIVER, **terms):
    """Make the table of a band."""
    return Band(**{"line": line, "depth": depth, "sectors": (), "both_sides": False, "round_ends": None, **terms})


@pytest.mark.parametrize(
    ("words", "how", "far", "reason"),
    [
        ("5 km", None, Limit(5000.0, 5000.0), "term_too_vague"),
        ("5 km", "exact", Limit(5000.0, 5000.0), "term_too_vague"),
        ("3..4 km", "undecided", Limit(3000.0, 4000.0), "term_too_vague"),
        ("3..4 km", "varies", Limit(3000.0, 4000.0), "term_too_vague"),
        ("around 4 km", "rounded", Limit(3500.0, 4500.0), "term_too_vague"),
        ("3..4 km", "choice", Limit(3000.0, 3000.0), "term_too_vague"),
        ("5 km", "average", Limit(0.0, math.inf), "term_too_vague"),
        ("5 km", "undisclosed", Limit(0.0, math.inf), "distance_undisclosed"),
        ("undisclosed", None, Limit(0.0, math.inf), "distance_undisclosed"),
        ("(50 km - gap)/2", None, Limit(0.0, math.inf), "line_undisclosed"),
        ("(50 km - gap)/2", "rounded", Limit(0.0, math.inf), "term_too_vague"),
        ("several miles", None, Limit(0.0, math.inf), "term_too_vague"),
    ],
)
def test_a_distance_bounds_what_its_words_mean(words, how, far, reason):
    """Surely and possibly banned up to; the obliged side's choice is the smaller, an average bounds nothing."""
    assert depth_of(written.Away(to=words, how=how)) == Depth(ZERO, far, reason)


def test_a_depth_may_begin_away_from_the_line_or_beyond_it():
    """From 2 to 3 km, and from nowhere."""
    assert depth_of(written.Away.model_validate({"from": "2..3 km", "to": "9 km"})).near == Limit(2000.0, 3000.0)
    assert depth_of(written.Away.model_validate({"from": "none", "to": "9 km"})).near == Limit(-math.inf, -math.inf)
    assert depth_of(parse_distance("9 km")) == Depth(ZERO, Limit(9000.0, 9000.0))


def test_a_band_says_which_line_how_deep_on_which_sides_and_how_it_ends():
    """Ends that are not stated stay open."""
    five = depth_of(parse_distance("5 km"))

    assert zone("{line: river, away: 5 km}") == band(five)
    assert zone("{line: river, away: 5 km, both_sides: true, ends: round}") == band(
        five, both_sides=True, round_ends=True
    )
    assert zone("{line: river, away: 5 km, ends: flat}") == band(five, round_ends=False)


def test_a_line_that_is_one_of_several_stands_for_all_of_them():
    """No speaker says which; a list of lines is the same, and each is named once."""
    five = depth_of(parse_distance("5 km"))
    both = OneOf((band(five), band(five, line=NORTHROAD)))

    assert zone("{line: border, away: 5 km}") == both
    assert zone("{line: [border, river], away: 5 km}") == both


def test_a_candidate_line_of_another_agreement_stays_a_candidate():
    """Its course is not in this file, so that it leaves the ground open."""
    change = ("one_of: [river, northroad]", "one_of: [river, other-1990.front]")

    assert zone("{line: border, away: 5 km}", change) == OneOf((
        band(depth_of(parse_distance("5 km"))), Nowhere("line_undisclosed")
    ))  # fmt: skip


def test_a_line_of_the_side_is_that_of_its_row():
    """In a list, too; without a row there is no line."""
    five = depth_of(parse_distance("5 km"))
    text, book = truce().under(None), book_of(truce())
    behind = text.provisions["behind"].where

    assert compile_where(behind, Ground(text, book, "south")).line == SOUTHROAD
    assert Ground(text, book, "north").line_names(("side.line", "river")) == ("northroad", "river")
    assert compile_where(behind, Ground(text, book)) == Nowhere("line_undisclosed")
    assert zone("{line: hidden, away: 5 km}") == band(five, line=HIDDEN)


def test_sectors_are_put_in_order_and_their_gaps_have_no_band():
    """A stretch that no sector covers, and what lies beyond the last one, is not banned at all."""
    found = zone(
        "{line: river, sectors: [{from: 30 km, until: 50 km, away: 2 km}, {from: 5 km, until: 20 km, away: 1 km}]}"
    )
    one, two = (depth_of(parse_distance(words)) for words in ("1 km", "2 km"))

    assert found.sectors == (
        SectorDepth(0.0, 5000.0, NO_BAND),
        SectorDepth(5000.0, 20000.0, one),
        SectorDepth(20000.0, 30000.0, NO_BAND),
        SectorDepth(30000.0, 50000.0, two),
        SectorDepth(50000.0, math.inf, NO_BAND),
    )
    assert found.depth == Depth(ZERO, Limit(1000.0, 2000.0))


def test_sectors_without_a_beginning_or_an_end_reach_the_ends_of_the_line():
    """From the first station to the last, nothing is left over."""
    found = zone("{line: river, sectors: [{until: 20 km, away: 1 km}, {from: 20 km, away: 2 km}]}")

    assert [(one.begin, one.end) for one in found.sectors] == [(0.0, 20000.0), (20000.0, math.inf)]


def test_places_are_areas_sure_or_contested_or_words():
    """Words that are no area have no boundary; no words at all have none either."""
    assert zone("{places: [Northton, somewhere], unsure: [Bridge]}") == Any_((
        InArea(NORTHTON, False), Nowhere("area_undefined"), InArea(BRIDGE, True)
    ))  # fmt: skip
    assert zone("{places: []}") == Nowhere("area_undefined")


def test_near_an_area_begins_in_it_and_a_belt_at_its_boundary():
    """What lies in the area is at no distance from it; a belt has a side, and no more of the other than it says."""
    whole, five = Limit(-math.inf, -math.inf), Limit(5000.0, 5000.0)

    def near(words):
        found = zone(f"{{around: Bridge, {words}}}")
        assert (type(found), found.area, found.contested) == (Around, BRIDGE, False)
        assert found.band.round_ends
        assert found.band.line == HIDDEN + 1  # behind the lines of the text
        return found.band.depth.near, found.band.depth.far, found.band.both_sides

    assert near("away: 5 km") == (whole, five, False)
    assert near("away: {from: none, to: 5 km}") == (whole, five, False)
    assert near("away: {from: 0 m, to: 5 km}") == (whole, five, False)
    assert near("away: {from: 2 km, to: 5 km}") == (Limit(2000.0, 2000.0), five, False)
    assert near("away: {from: undisclosed, to: 5 km}") == (Limit(-math.inf, math.inf), five, False)
    assert near("away: undisclosed") == (whole, Limit(0.0, math.inf), False)
    assert near("belt: outside, away: 5 km") == (ZERO, five, False)
    assert near("belt: inside, away: {from: none, to: 5 km}") == (ZERO, five, False)
    assert near("belt: both, away: 5 km") == (ZERO, five, True)


def test_each_area_is_measured_by_itself():
    """Several are alternatives of which any will do; contested ones stay contested, words have no boundary."""
    found = zone("{around: [Northton, the old ford], unsure: [Bridge], away: 5 km}")

    assert [type(part) for part in found.parts] == [Around, Nowhere, Around]
    assert [part.contested for part in found.parts[::2]] == [False, True]
    assert found.parts[0].band.line != found.parts[2].band.line
    assert zone("{around: the old ford, away: 5 km}") == Nowhere("area_undefined")
    air = zone("{around: Bridge, away: 5 km, air: true}")
    assert air == All((zone("{around: Bridge, away: 5 km}"), Aloft()))


def test_a_zone_by_name():
    """A zone, an area, anywhere, and words that say nowhere in particular; no ground at all is anywhere."""
    text, book = truce().under(None), book_of(truce())

    assert zone("strip") == Between(NORTHROAD, SOUTHROAD)
    assert zone("Southton") == InArea(SOUTHTON, False)
    assert zone("anywhere") == zone("everywhere") == Anywhere()
    assert zone("along the hills") == Nowhere("area_undefined")
    assert compile_where(None, Ground(text, book)) == Anywhere()


def test_between_lines_that_are_several_or_unknown():
    """Every pair is a candidate; a line of another agreement leaves it open, first or second."""
    other = ("one_of: [river, northroad]", "one_of: [river, other-1990.front]")

    assert zone("{between: [border, southroad]}") == OneOf((Between(RIVER, SOUTHROAD), Between(NORTHROAD, SOUTHROAD)))
    assert zone("{between: [border, southroad]}", other) == OneOf((
        Between(RIVER, SOUTHROAD), Nowhere("line_undisclosed")
    ))  # fmt: skip
    assert zone("{between: [southroad, border]}", other) == OneOf((
        Between(SOUTHROAD, RIVER), Nowhere("line_undisclosed")
    ))  # fmt: skip


def test_a_corridor_has_half_its_width_on_either_side():
    """Whether it goes round the ends is not stated; a width that is not stated is undisclosed."""
    wide = Depth(ZERO, Limit(91.44, 91.44))
    unknown = Depth(ZERO, Limit(0.0, math.inf), "distance_undisclosed")
    other = ("one_of: [river, northroad]", "one_of: [other-1990.front]")

    assert zone("{along: river, width: 200 yards}") == band(wide, both_sides=True, round_ends=None)
    assert zone("{along: river}") == band(unknown, both_sides=True, round_ends=None)
    assert zone("{along: border, width: 200 yards}", other) == Nowhere("line_undisclosed")


def test_combinations_keep_their_parts():
    """Any, all, except; of an empty list nobody can say what is meant."""
    town, strip = InArea(NORTHTON, False), Between(NORTHROAD, SOUTHROAD)

    assert zone("{any: [Northton, strip]}") == Any_((town, strip))
    assert zone("{all: [Northton, strip]}") == All((town, strip))
    assert zone("{of: strip, but_not: Northton}") == Except(strip, town)
    assert zone("{any: []}") == zone("{all: []}") == Nowhere("area_undefined")


def test_exceptions_that_are_ground():
    """Zones and areas; actors are excepted elsewhere."""
    ground = Ground(truce().under(None), book_of(truce()))
    bridge, strip = InArea(BRIDGE, False), Between(NORTHROAD, SOUTHROAD)

    assert excepted_ground("Bridge", ground) == bridge
    assert excepted_ground(("Bridge", "strip", "visitors"), ground) == Any_((bridge, strip))
    assert excepted_ground(("visitors",), ground) is None


def test_a_sector_whose_ends_are_not_told_exactly_may_be_there_or_not():
    """Between the earliest and the latest station of its end there is both the band and none."""
    found = zone("{line: river, sectors: [{from: 40..60 km, away: 5 km}]}")
    stretches = [(sector.begin, sector.end, sector.depth == NO_BAND) for sector in found.sectors]

    assert stretches == [(0.0, 40_000.0, True), (40_000.0, math.inf, False), (40_000.0, 60_000.0, True)]


@pytest.mark.parametrize(
    ("away", "far"),
    [
        ("{to: 30 km, how: varies, least: 5..7 km}", Limit(5000.0, 30_000.0)),
        ("{to: 30 km, how: varies}", Limit(0.0, 30_000.0)),
        ("{to: 5..30 km, how: varies, least: 5..7 km}", Limit(5000.0, 30_000.0)),
        ("{to: 5 km, how: rounded}", Limit(4500.0, 5500.0)),
        ("{to: undisclosed, how: choice}", Limit(0.0, math.inf)),
        ("{to: 5..7 km, how: choice}", Limit(5000.0, 5000.0)),
    ],
)
def test_what_a_range_means_bounds_the_depth(away, far):
    """A depth is sure only up to its least; a choice among open distances leaves all open."""
    assert zone(f"{{line: river, away: {away}}}").depth.far == far

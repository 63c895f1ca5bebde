"""The atlas: lines and areas charted once, reports and regions located on them."""

from dataclasses import replace

import numpy as np
import pytest

from truceline.engines.atlas import atlas_of, places_of
from truceline.engines.coding import coded
from truceline.engines.setup import prepare
from truceline.evidence.regions import Regions
from truceline.locate.disc import locate_discs
from truceline.plan.compile import book_of
from world import amended, reports, setup, spot, truce, under
from world import check as checked

RIVER, NORTHROAD, SOUTHROAD, BROOK, BORDER, FRONT, HIDDEN = range(7)
NORTHTON, SOUTHTON, BRIDGE, MILL = range(4)


def square(west, south, east, north):
    """Make a region of four corners, as regions are kept."""
    ring = np.array([[west, south], [east, south], [east, north], [west, north], [west, south]])
    return ((ring,),)


REGIONS = Regions(
    ids=("north", "across", "bridge"),
    polygons=(square(20.3, 0.02, 20.6, 0.08), square(20.3, -0.05, 20.6, 0.05), square(20.46, -0.01, 20.54, 0.01)),
    uncertainties=(100.0, 0.0, 0.0),
    source="districts.geojson",
)


def located(*rows, regions=REGIONS):
    """Locate some reports on the toy truce."""
    held = prepare(truce(), regions=regions)
    return places_of(coded(reports(*rows), held.book, held.atlas.region_ids), held.atlas)


def test_every_line_with_a_course_is_charted():
    """A line that is one of several, and one whose course is not public, have none of their own."""
    lines = setup().atlas.lines

    assert [line is None for line in lines] == [False, False, False, False, True, False, True]
    assert lines[NORTHROAD].line.uncertainty == 50.0
    assert lines[RIVER].line.uncertainty == 0.0


def test_a_side_that_is_only_words_is_no_side():
    """Distances from such a line count, its sides do not."""
    places = located(spot(30_000.0, 5_000.0))

    assert not setup().atlas.lines[FRONT].sided
    assert not places.lines[FRONT].sided
    assert places.lines[RIVER].sided


def test_a_line_is_asked_for_the_sectors_of_its_rules():
    """Those of every reading, each once; the first 50 km of the river are one."""
    assert setup().atlas.lines[RIVER].sectors == ((0.0, 50_000.0), (50_000.0, np.inf))

    near = (
        located(spot(30_000.0, 5_000.0), spot(70_000.0, 5_000.0), spot(50_000.0, 5_000.0, 500.0)).lines[RIVER].sectors
    )
    assert near[0.0, 50_000.0].tolist() == [True, False, True]
    assert near[50_000.0, np.inf].tolist() == [False, True, True]


def test_areas_without_a_boundary_are_not_charted():
    """And nobody can tell who lies in them; the uncertainty of the others is theirs."""
    atlas = setup().atlas
    places = located(spot(30_000.0, 12_000.0))

    assert atlas.areas[MILL] is None
    assert atlas.areas[SOUTHTON].uncertainty == 500.0
    assert places.areas[MILL] is None
    assert [places.areas[area].tolist() for area in (NORTHTON, SOUTHTON, BRIDGE)] == [[1], [-1], [-1]]


def test_the_ground_between_two_lines_faces_both():
    """The strip lies on the minus side of either road, whose plus sides look outward; lines askew have none."""
    askew = amended(("strip: {between: [northroad, southroad]}", "strip: {between: [brook, northroad]}"))
    hidden = amended(("strip: {between: [northroad, southroad]}", "strip: {between: [hidden, northroad]}"))

    assert setup().atlas.between == {(NORTHROAD, SOUTHROAD): (-1, -1)}
    assert prepare(hidden).atlas.between == {(HIDDEN, NORTHROAD): None}
    assert prepare(askew).atlas.between == {(BROOK, NORTHROAD): None}


def test_lines_that_cross_have_no_ground_between_them():
    """A part of each lies on either side of the other."""
    crossing = amended(
        ("strip: {between: [northroad, southroad]}", "strip: {between: [brook, northroad]}"),
        ("[20.5, 0.1], [20.8, 0.3]", "[20.5, -0.1], [20.8, 0.3]"),
    )

    assert prepare(crossing).atlas.between == {(BROOK, NORTHROAD): None}


def test_a_report_without_a_place_is_nowhere_and_anywhere():
    """Any offset, any station, in no area surely and out of none."""
    places = located({}, {"region": "unheard of"}, {"region": "north"})
    river = places.lines[RIVER]

    assert places.unplaced.tolist() == [True, True, False]
    assert (river.low[0], river.high[0], bool(river.either[0])) == (0.0, np.inf, True)
    assert places.areas[NORTHTON].tolist()[:2] == [0, 0]


def test_a_report_in_a_region_lies_somewhere_in_it():
    """The region north of the river is north of it; the one across it may be on either side."""
    river = located({"region": "north"}, {"region": "across"}, {"region": "north"}).lines[RIVER]

    assert 0.0 < river.low[0] < 2211.0
    assert 8845.0 < river.high[0] < 9500.0
    assert not river.either[0]
    assert river.low[1] < -5000.0 < 5000.0 < river.high[1]
    assert (river.low[0], river.high[0]) == (river.low[2], river.high[2])


def test_a_region_is_asked_against_an_area_as_a_whole():
    """Inside the bridge, outside the towns or across a boundary; an area without one leaves it open."""
    places = located({"region": "bridge"}, {"region": "across"}, {"region": "north"})

    assert places.areas[BRIDGE].tolist() == [1, 0, 0]
    assert places.areas[SOUTHTON].tolist() == [-1, -1, -1]
    assert prepare(truce(), regions=REGIONS).atlas.region_in(MILL, 0) == 0


def test_a_region_is_located_once():
    """What was found is remembered, on lines and in areas."""
    atlas = prepare(truce(), regions=REGIONS).atlas

    assert atlas.region_on(RIVER, 0) is atlas.region_on(RIVER, 0)
    assert atlas.region_in(BRIDGE, 2) == atlas.region_in(BRIDGE, 2) == 1
    with pytest.raises(KeyError, match="without a course"):
        atlas.region_on(HIDDEN, 0)


def test_a_region_cut_from_the_file_of_an_area_shares_its_border():
    """As drawn, the region is the area: with two sources its border would be in doubt, with one it is not."""
    agreement = amended(("[20.45, 0.02], [20.45, -0.02]]}}", "[20.45, 0.02], [20.45, -0.02]]}, uncertainty: 200 m}"))
    shapes = {**agreement.shapes, "areas.Bridge": replace(agreement.shapes["areas.Bridge"], source="map.geojson#7")}
    agreement = replace(agreement, shapes=shapes)
    bridge = square(20.45, -0.02, 20.55, 0.02)
    answers = [
        atlas_of(agreement, book_of(agreement), (), Regions(("b",), (bridge,), (0.0,), source)).region_in(BRIDGE, 0)
        for source in ("map.geojson", "other.geojson")
    ]

    assert answers == [1, 0]


def test_lines_and_areas_that_only_a_reading_has_are_charted_too():
    """Their rules can be judged under it."""
    added = """{lines.canal: {title: canal, plus: north, geometry: {coordinates: [[20.0, 0.05], [21.0, 0.05]]}},
        areas.Dock: {geometry: {coordinates: [[20.1, 0.1], [20.2, 0.1], [20.2, 0.2], [20.1, 0.1]]}},
        provisions.quay: {who: any, what: presence, at_most: 0, under: truce, where: {line: canal, away: 3 km}}}"""
    held = prepare(amended(("denies: [guns]}", f"denies: [guns], add: {added}}}")))
    near = reports({**spot(30_000.0, 6_000.0), "from": "2031-06-01", "until": "2031-06-01", "by": ["northbank_army"],
                    "act": "presence"})  # fmt: skip

    assert held.atlas.lines[-1] is not None
    assert held.atlas.areas[-1] is not None
    assert under(checked(near, held), "quay", "northview") == [("violation", "every_condition_met")]


def test_a_disc_that_several_reports_share_is_located_once(monkeypatch):
    """Each gets what it would get by itself; another radius is another disc."""
    asked = []

    def counting(line, lon, *rest, **terms):
        asked.append(len(lon))
        return locate_discs(line, lon, *rest, **terms)

    monkeypatch.setattr("truceline.engines.atlas.locate_discs", counting)
    here, wide, there = spot(30_000.0, 5_000.0), spot(30_000.0, 5_000.0, 700.0), spot(70_000.0, -5_000.0)
    river = located(here, there, here, {}, wide, here, {}).lines[RIVER]

    assert set(asked) == {4}
    assert river.low.round(-1).tolist() == [5_000.0, -5_000.0, 5_000.0, 0.0, 4_300.0, 5_000.0, 0.0]
    assert river.high.tolist()[3] == river.high.tolist()[6] == np.inf
    assert located().lines[RIVER].low.tolist() == []


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"lon": 20.75, "lat": -0.3, "radius_m": 0.0}, "area_uncertain"),
        ({"lon": 20.75, "lat": -0.302, "radius_m": 0.0}, "area_uncertain"),
        ({"lon": 20.75, "lat": -0.302, "radius_m": 400.0}, "report_too_coarse"),
    ],
)
def test_the_edge_of_an_area_that_is_not_known_exactly_is_the_reason_where_it_alone_leaves_a_report_open(row, reason):
    """Southton is known to 500 m; a disc of 400 m crosses its edge as drawn."""
    seen = {"act": "presence", "by": ["northbank_army"], "from": "2031-06-01T10:00Z", "until": "2031-06-01T10:00Z"}
    found = checked(reports({**row, **seen}))
    places = found.places

    assert places.areas[SOUTHTON].tolist() == [0]
    assert places.edges[SOUTHTON].tolist() == [reason == "area_uncertain"]
    assert list(places.edges) == [SOUTHTON]

"""Distances from areas, from the words to the verdict: exact places, coarse ones, regions, and what is told of them."""

from functools import cache

import numpy as np
import pyarrow as pa
import pytest
import shapely

from oracle import Walk
from truceline.api.effort import with_beside
from truceline.engines.atlas import places_of
from truceline.engines.coding import coded
from truceline.engines.explaining import explain
from truceline.engines.flips import Flips
from truceline.engines.local import check_batch
from truceline.engines.outlines import drawn
from truceline.engines.pairing import pair_of
from truceline.engines.pruning import NOTHING, Sieve
from truceline.engines.setup import prepare
from truceline.engines.sweeping import SweepOptions, sweep
from truceline.evidence.effort import Beside
from truceline.evidence.extent import Extent
from truceline.evidence.regions import Regions
from truceline.formats.effort_file import effort_from_rows
from truceline.formats.terms_file import load_text
from truceline.judge.places import judge_where
from world import reports, under
from zoo import GEOD, Shape

CAMP = [(20.0, 0.0), (20.1, 0.0), (20.1, 0.1), (20.05, 0.03), (20.0, 0.1), (20.0, 0.0)]
MILL = [(20.3, 0.0), (20.4, 0.0), (20.4, 0.1), (20.3, 0.0)]
TERMS = f"""
truceline: 1
agreement: {{id: camps, title: The camps, class: cessation}}
instruments: {{truce: {{signed: 2031-05-01, in_force: "2031-05-02T12:00Z"}}}}
parties: {{northbank: [signatory], southbank: [signatory]}}
actors: {{northbank_army: {{of: northbank}}, southbank_army: {{of: southbank}}}}
areas:
  camp: {{title: the camp, geometry: {{coordinates: {[[*xy] for xy in CAMP]}}}}}
  mill: {{geometry: {{coordinates: {[[*xy] for xy in MILL]}}}, uncertainty: 200 m}}
  hidden: {{geometry: undisclosed}}
zones: {{round: {{around: mill, away: 3 km}}}}
provisions:
  near: {{who: any, what: presence, where: {{around: camp, away: 5 km}}, at_most: 0, under: truce, source: s.t}}
  ring: {{who: any, what: presence, where: {{around: [camp, mill], away: {{from: 2 km, to: 5..6 km}}}}, at_most: 0,
    under: truce, source: s.t}}
  outside: {{who: any, what: presence, where: {{around: camp, away: 5 km, belt: outside}}, at_most: 0, under: truce,
    source: s.t}}
  inside: {{who: any, what: presence, where: {{around: camp, away: 2 km, belt: inside}}, at_most: 0, under: truce,
    source: s.t}}
  both: {{who: any, what: presence, where: {{around: camp, away: 2 km, belt: both}}, at_most: 0, under: truce,
    source: s.t}}
  contested: {{who: any, what: presence, where: {{around: mill, unsure: [camp], away: 5 km}}, at_most: 0, under: truce,
    source: s.t}}
  lost: {{who: any, what: presence, where: {{around: hidden, away: 5 km}}, at_most: 0, under: truce, source: s.t}}
readings:
  farther: {{holder: southbank, source: s.t, set: {{provisions.near.where.away: 7 km}}}}
sources: {{s.t: {{kind: primary, said: 2031-05-01}}}}
"""
SPANS = {
    "near": (-np.inf, 5000.0, 5000.0), "outside": (0.0, 5000.0, 5000.0), "inside": (-2000.0, 0.0, 0.0),
    "both": (-2000.0, 2000.0, 2000.0),
}  # fmt: skip
"""Offsets from the boundary of the camp, positive outside, of the clauses that have one number."""


@cache
def deal(*changes):
    """Give the camps, with some words replaced."""
    text = TERMS
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return load_text(text, "camps.yaml")


@cache
def held(**terms):
    """Give the camps, ready to be checked."""
    return prepare(deal(), **terms)


def seen(lon, lat, radius, **more):
    """Make reports of presence at some places."""
    day = {"from": "2031-06-01T10:00Z", "until": "2031-06-01T10:00Z", "by": ["northbank_army"], "act": "presence"}
    rows = zip(*np.broadcast_arrays(lon, lat, radius), strict=True)
    return reports(*({"lon": float(x), "lat": float(y), "radius_m": float(r), **day, **more} for x, y, r in rows))


def verdicts(table, provision, reading="text", setup=None):
    """Give the verdicts of a clause by word, one per report."""
    return [verdict for verdict, _ in under(check_batch(setup or held(), table), provision, reading)]


def scattered(n, seed, wide=0.12):
    """Draw places around both areas."""
    chance = np.random.default_rng(seed)
    return chance.uniform(20.0 - wide, 20.4 + wide, n), chance.uniform(-wide, 0.1 + wide, n)


class Drawn(Shape):
    """The boundary of the camp in degrees, as it is written."""

    def lonlat(self):
        """Give the ring."""
        return [CAMP]


def offsets(lon, lat):
    """Measure offsets from the boundary of the camp by a slow search, signed by a drawing of it: positive outside."""
    walk, camp = Walk(Drawn(())), shapely.Polygon(CAMP)
    return np.array([
        walk.nearest(x, y).distance * (-1.0 if camp.covers(shapely.Point(x, y)) else 1.0)
        for x, y in zip(lon, lat, strict=True)
    ])  # fmt: skip


@pytest.mark.parametrize("provision", SPANS)
def test_exact_places_are_judged_by_their_distance(provision):
    """Another way to measure gives the same verdict of every place that is not within a few centimetres of a limit."""
    lon, lat = scattered(150, seed=3, wide=0.06)
    offset, (low, high, _) = offsets(lon, lat), SPANS[provision]
    clear = (np.abs(offset[:, None] - [low, high, 0.0]) > 0.05).all(axis=1)
    inside = (offset >= low) & (offset < high)
    found = verdicts(seen(lon, lat, 0.0), provision)

    assert clear.sum() > 140
    assert inside.any()
    assert not inside.all()
    assert [one for one, mine in zip(found, clear, strict=True) if mine] == [
        "violation" if within else "no_violation" for within in inside[clear]
    ]


@pytest.mark.parametrize("provision", [*SPANS, "ring", "contested", "lost"])
def test_a_blurred_place_never_flips_a_verdict(provision):
    """What is said of a disc is said of every place in it; of some discs nothing can be said."""
    chance = np.random.default_rng(4)
    lon, lat = scattered(120, seed=5)
    radius = chance.choice([50.0, 500.0, 2_000.0, 6_000.0], 120)
    coarse = verdicts(seen(lon, lat, radius), provision)
    bearing, way = chance.uniform(0.0, 360.0, 120 * 20), np.repeat(radius, 20) * np.sqrt(chance.random(120 * 20))
    x, y, _ = GEOD.fwd(np.repeat(lon, 20), np.repeat(lat, 20), bearing, way)
    sharp = np.reshape(verdicts(seen(x, y, 0.0), provision), (120, 20))

    for said, true in zip(coarse, sharp, strict=True):
        assert said == "indeterminate" or set(true) == {said}


def test_what_leaves_it_open_is_named():
    """The place, the number, the contest, or the boundary."""
    south = check_batch(held(), seen([20.05] * 3, [-0.04, -0.05, -0.01], [2_000.0, 0.0, 0.0]))

    assert under(south, "near")[0] == ("indeterminate", "report_too_coarse")
    assert under(south, "ring")[1] == ("indeterminate", "term_too_vague")
    assert under(south, "contested")[2] == ("indeterminate", "area_contested")
    assert under(south, "lost")[0] == ("indeterminate", "area_undefined")
    mill = check_batch(held(), seen([20.35], [-0.0185], 0.0))
    assert under(mill, "ring") == [("indeterminate", "area_uncertain")]


def test_of_an_area_no_part_of_a_line_is_asked_for():
    """One agreed distance would decide it: an area has one boundary."""
    [one] = explain(held(), seen([20.05], [-0.05], 0.0), "r0", "ring", "text").reasons

    assert (one.code, one.decided_by) == ("term_too_vague", "one agreed distance here")


def test_a_region_is_in_its_own_area_and_in_no_belt_within_a_neighbour():
    """A report that says only "in the camp" is near the camp, whatever discs cover it."""
    beside = [(20.1, 0.0), (20.15, 0.0), (20.15, 0.1), (20.1, 0.1), (20.1, 0.0)]
    polygons = ([[np.array(CAMP)]], [[np.array(beside)]])
    setup = prepare(deal(), regions=Regions(("camp", "beside"), polygons, (0.0, 0.0), "areas.camp"))
    table = seen([np.nan] * 2, [np.nan] * 2, np.nan)
    table = table.set_column(table.column_names.index("region"), "region", pa.array(["camp", "beside"]))

    assert verdicts(table, "near", setup=setup) == ["violation", "indeterminate"]
    assert verdicts(table, "near", "farther", setup=setup) == ["violation", "violation"]
    assert verdicts(table, "inside", setup=setup)[0] == "indeterminate"


def test_a_sweep_knows_that_a_region_is_the_area_itself():
    """Who is "in the camp" is within every distance of it, in a sweep as in a check."""
    regions = Regions(("camp",), ([[np.array(CAMP)]],), (0.0,), "areas.camp")
    table = seen([np.nan], [np.nan], np.nan)
    table = table.set_column(table.column_names.index("region"), "region", pa.array(["camp"]))
    setup = prepare(deal(), regions=regions)
    [row] = sweep(setup, table, SweepOptions((100.0,), lines=("camp",))).to_pylist()

    assert (row["sure"], row["possible"]) == (1, 1)


def test_every_kind_is_what_each_report_is_alone():
    """What is looked up by kind is what the judge says of each report by itself."""
    lon, lat = scattered(300, seed=6)
    table = seen(lon, lat, np.random.default_rng(7).choice([0.0, 300.0, 3_000.0, np.nan], 300))
    checked = check_batch(held(), table)
    batch = coded(table, held().book, {})
    places = places_of(batch, held().atlas)
    quick = places_of(batch, prepare(deal(), quick=True).atlas)

    for plan in held().plans:
        for rule in plan.rules:
            answer = judge_where(rule.where, places)
            name = str(held().book.rules[rule.rule])
            by_kind = [verdict for verdict, _ in under(checked, name, held().readings[plan.reading])]
            words = {1: "violation", 0: "indeterminate", -1: "no_violation"}

            assert by_kind == [words[int(truth)] for truth in answer.truth]
            assert np.array_equal(judge_where(rule.where, quick).truth, answer.truth)


def test_a_sweep_counts_what_lies_in_the_area_as_nearest():
    """As many are surely, and possibly, within a distance as a clause of it finds; by both sides it is a belt."""
    lon, lat = scattered(200, seed=8)
    table = seen(lon, lat, 400.0)
    options = SweepOptions((2_000.0, 5_000.0), lines=("camp",))
    near = verdicts(table, "near")
    counts = {row["distance_m"]: row for row in sweep(held(), table, options).to_pylist()}
    both = sweep(held(), table, SweepOptions((2_000.0, 5_000.0), lines=("camp",), both_sides=True)).to_pylist()
    belt = verdicts(table, "both")

    assert counts[5_000.0]["line"] == "camp@outside"
    assert counts[5_000.0]["sure"] == near.count("violation")
    assert counts[5_000.0]["possible"] == len(near) - near.count("no_violation")
    assert both[0]["sure"] == belt.count("violation")
    lines = {row["line"] for row in sweep(held(), table, SweepOptions((2_000.0,))).to_pylist()}
    assert lines == {"camp@outside", "mill@outside"}


def test_the_arithmetic_is_told():
    """The distance from the edge, its exactness, and how far the words reach."""
    table = seen([20.05, 20.35], [-0.04, -0.05], [2_000.0, 0.0])
    near = explain(held(), table, "r0", "near", "text").measures[0]
    ring = explain(held(), table, "r1", "ring", "text").measures
    told = {name: explain(held(), table, "r0", name, "text").measures[-1].arithmetic[-1] for name in ("inside", "both")}

    assert near.ground == "within a distance of area the camp [camp]"
    assert near.arithmetic == (
        "outside, 2,423 to 6,423 m (1.51 to 3.99 miles) from its edge; centre 4,423 m outside ± 2,000 m",
        "surely in the zone inside the area, and outside to below 5,000 m (3.107 miles) from its edge",
        "unknown, because the place of the report is not exact enough for the limit",
    )
    assert [figure.name for figure in near.figures] == [
        "offset_near_m", "offset_far_m", "surely_to_m", "possibly_to_m"
    ]  # fmt: skip
    assert ring[1].arithmetic[2:] == (
        (
            "surely in the zone outside from 2,000 m (1.243 miles) to below 5,000 m (3.107 miles) from its edge; "
            "possibly in the zone outside from 2,000 m (1.243 miles) to below 6,000 m (3.728 miles) from its edge"
        ),
        "unknown, because the text leaves the distance open where the report lies",
    )
    assert told["inside"] == "surely in the zone inside from 0 m to below 2,000 m (1.243 miles) from its edge"
    assert told["both"] == "surely in the zone on both sides from 0 m to below 2,000 m (1.243 miles) from its edge"
    lost = explain(held(), table, "r0", "lost", "text").measures[0]
    assert lost.truth == "unknown"
    assert not lost.figures


def test_an_undisclosed_distance_is_told_without_a_limit():
    """Nothing but the area itself is sure."""
    setup = prepare(deal(("near: {who: any, what: presence, where: {around: camp, away: 5 km}",
                          "near: {who: any, what: presence, where: {around: camp, away: undisclosed}")))  # fmt: skip
    table = seen([20.03, 20.05], [0.01, -0.05], 0.0)

    assert verdicts(table, "near", setup=setup) == ["violation", "indeterminate"]
    assert explain(setup, table, "r1", "near", "text").measures[0].arithmetic[1] == (
        "surely in the zone inside the area; "
        "possibly in the zone inside the area, and outside without a limit from its edge"
    )


@pytest.mark.parametrize("provision", [*SPANS, "ring"])
def test_what_is_drawn_is_what_is_judged(provision):
    """Of 2,000 places all but a few near the outlines lie inside by the drawing exactly if they do by the rule."""
    lon, lat = scattered(2000, seed=9, wide=0.08)
    rule = held().rule(held().book.rule_ids[next(r for r in held().book.rules if str(r) == provision)], "text")
    sharp = prepare(deal(("uncertainty: 200 m", "uncertainty: 0 m")))
    places = places_of(coded(seen(lon, lat, 0.0), sharp.book, {}), sharp.atlas)
    truth, shapes = judge_where(rule.where, places).truth, drawn(rule.where, sharp.atlas)

    for name, meant in (("sure", truth == 1), ("possible", truth >= 0)):
        inside = np.zeros(2000, dtype=bool)
        for shape in shapes:  # each by itself: an outline within another one is a hole
            mine = np.zeros(2000, dtype=bool)
            for ring in getattr(shape, name):
                mine ^= shapely.contains_xy(shapely.Polygon(ring), lon, lat)
            inside |= mine
        assert meant.sum() > 20
        assert (inside != meant).mean() < 0.02


def test_a_ground_without_a_limit_or_a_boundary_has_no_outline():
    """It is listed all the same."""
    both = "any: [{around: hidden, away: 5 km}, {around: mill, away: undisclosed}]"
    setup = prepare(deal(("around: hidden, away: 5 km", both)))
    rule = next(rule for rule in setup.plans[0].rules if str(setup.book.rules[rule.rule]) == "lost")

    assert [(one.sure, one.possible) for one in drawn(rule.where, setup.atlas)] == [((), ()), ((), ())]


def test_an_area_that_is_drawn_anew_is_measured_anew():
    """Two versions of a file with the same name for two outlines: each clause asks its own."""
    smaller = deal((str([[*xy] for xy in CAMP]), "[[20.0, 0.05], [20.1, 0.05], [20.1, 0.1], [20.0, 0.05]]"))
    table = seen([20.05], [-0.01], 0.0)
    for one, other in ((deal(), smaller), (smaller, deal())):
        pair = pair_of(one, other)
        flips = Flips(pair, lambda _: None)
        flips.look(check_batch(pair.setup, table))
        [near] = [meeting for meeting in flips.meetings if str(meeting.provision) == "near"]

        assert list(near.flips) == [("violation", "no_violation") if one is not smaller else
                                    ("no_violation", "violation")]  # fmt: skip


def test_a_distance_that_only_the_later_text_has_is_from_the_later_outline():
    """Though the earlier text draws an area of that name as well."""
    earlier = deal((", belt: inside}", ", belt: outside}"), (str([[*xy] for xy in CAMP]),
                   "[[20.0, 0.05], [20.1, 0.05], [20.1, 0.1], [20.0, 0.05]]"))  # fmt: skip
    pair = pair_of(earlier, deal())
    flips = Flips(pair, lambda _: None)
    flips.look(check_batch(pair.setup, seen([20.05], [0.01], 0.0)))

    assert [list(meeting.flips) for meeting in flips.meetings if str(meeting.provision) == "inside"] == [
        [("no_violation", "violation")]
    ]


def test_a_distance_that_differs_by_reading_decides_as_a_depth():
    """From the same boundary it is the depth alone."""
    [found] = check_batch(held(), seen([20.05], [-0.055], 0.0)).disagreements

    assert {*found.fields} == {"depth"}


def test_far_parts_of_a_file_are_left_unread_and_those_in_an_area_are_not():
    """The area itself belongs to the ground, however large it is."""
    large = deal((str([[*xy] for xy in CAMP]), "[[0.0, 0.0], [40.0, 0.0], [40.0, 40.0], [0.0, 40.0], [0.0, 0.0]]"))
    sieve = Sieve(prepare(large), NOTHING)

    assert sieve(Extent(9, box=(20.0, 20.0, 21.0, 21.0), radius=100.0)) is None
    assert sieve(Extent(9, box=(-60.0, 20.0, -59.0, 21.0), radius=100.0)) is not None
    assert Sieve(held(), NOTHING)(Extent(9, box=(20.0, -0.05, 20.1, -0.04), radius=100.0)) is None


def test_who_watched_the_ground_round_an_area_watched_no_other():
    """A record names the zone; reports that surely lie off it are none of what was watched."""
    rows = [{"id": "p", "by": "patrols", "from": "2031-06-01", "until": "2031-06-01", "complete": "yes",
             "shows": "presence", "zone": "round"}]  # fmt: skip
    watched = with_beside(held(), Beside(effort_from_rows(rows, "log").records))
    [watch] = watched.counter.watches
    table = seen([20.35, 20.35, 20.05], [-0.02, -0.05, 0.05], 0.0)
    batch = coded(table, watched.book, {})

    assert watch.meets(batch, places_of(batch, watched.atlas), watched.atlas).tolist() == [True, False, False]

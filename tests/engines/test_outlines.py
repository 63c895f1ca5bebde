"""Outlines for the map: what is drawn agrees with what is judged, a few metres apart."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from truceline.engines.atlas import places_of
from truceline.engines.coding import coded
from truceline.engines.outlines import bands_of, drawn
from truceline.judge.places import judge_where
from truceline.plan.tables import All, Any_, Band, Depth, Except, InArea, Limit, Nowhere, OneOf, SectorDepth
from world import reports, setup

RIVER, NORTHROAD, SOUTHROAD, BROOK, BORDER, FRONT, HIDDEN = range(7)
ATLAS = setup().atlas
SIX_TO_NINE = Depth(Limit(0.0, 0.0), Limit(6000.0, 9000.0))
FAR = Depth(Limit(3000.0, 4000.0), Limit(9000.0, 12000.0))
SECTORS = (SectorDepth(0.0, 50_000.0, SIX_TO_NINE), SectorDepth(50_000.0, np.inf, FAR))


def band(line=RIVER, depth=SIX_TO_NINE, **terms):
    """Make a band."""
    return Band(**{"line": line, "depth": depth, "sectors": (), "both_sides": False, "round_ends": False, **terms})


def ground(shapes, name):
    """Join the drawn polygons; an outline within another one is a hole."""
    rings = [shapely.Polygon(ring) for shape in shapes for ring in getattr(shape, name)]
    whole = shapely.Polygon()
    for ring in rings:
        whole = whole.symmetric_difference(ring)
    return whole


def scattered():
    """Make 2,000 exact places around the river: longitude, latitude and the reports, located."""
    chance = np.random.default_rng(7)
    lon, lat = chance.uniform(19.85, 21.15, 2000), chance.uniform(-0.15, 0.25, 2000)
    table = reports(*({"lon": x, "lat": y, "radius_m": 0.0} for x, y in zip(lon, lat, strict=True)))
    places = places_of(coded(table, setup().book, {}), ATLAS)
    sharp = {number: one and replace(one, uncertainty=0.0) for number, one in places.lines.items()}
    return lon, lat, replace(places, lines=sharp)


SCATTERED = scattered()


@pytest.mark.parametrize(
    "where",
    [
        band(),
        band(depth=FAR),
        band(round_ends=True),
        band(round_ends=None),
        band(both_sides=True),
        band(both_sides=True, round_ends=True, depth=FAR),
        band(line=BROOK),
        band(line=SOUTHROAD, round_ends=True),
        band(sectors=SECTORS),
        band(sectors=SECTORS, round_ends=True),
    ],
)
def test_what_is_drawn_is_what_is_judged(where):
    """Of 2,000 places all but a few near the outlines lie inside by the drawing exactly if they do by the rule."""
    lon, lat, places = SCATTERED
    truth, shapes = judge_where(where, places).truth, drawn(where, ATLAS)
    sure, possible = (shapely.contains_xy(ground(shapes, name), lon, lat) for name in ("sure", "possible"))

    assert (truth == 1).sum() > 20
    assert (sure != (truth == 1)).mean() < 0.012
    assert (possible != (truth >= 0)).mean() < 0.012


def test_a_band_is_drawn_once():
    """However the ground is put together; areas and words have no band."""
    one, two = band(), band(line=BROOK)
    where = Any_(
        (OneOf((one, two)), All((one, InArea(0, contested=False))), Except(two, one), Nowhere("area_undefined"))
    )

    assert bands_of(where) == (one, two)
    assert [shape.line for shape in drawn(where, ATLAS)] == [RIVER, BROOK]


def test_sectors_are_drawn_one_by_one_with_their_stations():
    """A sector without a band, or beyond the end of the line, is not drawn."""
    nothing = Depth(Limit(np.inf, np.inf), Limit(np.inf, np.inf))
    sectors = (SectorDepth(0.0, 10_000.0, nothing), SectorDepth(10_000.0, 50_000.0, SIX_TO_NINE),
               SectorDepth(50_000.0, np.inf, FAR))  # fmt: skip
    beyond = (SectorDepth(0.0, 500_000.0, SIX_TO_NINE), SectorDepth(500_000.0, np.inf, FAR))

    assert [(one.station_begin, one.station_end) for one in drawn(band(sectors=sectors), ATLAS)] == [
        (10_000.0, 50_000.0), (50_000.0, None)
    ]  # fmt: skip
    assert [one.station_begin for one in drawn(band(sectors=beyond), ATLAS)] == [0.0]


@pytest.mark.parametrize(
    "where",
    [
        band(line=HIDDEN),
        band(line=HIDDEN, sectors=SECTORS[:1]),
        band(depth=Depth(Limit(0.0, 0.0), Limit(0.0, np.inf))),
        band(depth=Depth(Limit(-np.inf, -np.inf), Limit(0.0, 0.0))),
    ],
)
def test_what_has_no_outline_is_listed_without_one(where):
    """No course, no limit on one side, the whole other side."""
    [shape] = drawn(where, ATLAS)

    assert (shape.sure, shape.possible) == ((), ())


def test_what_is_surely_nothing_has_only_a_possible_outline():
    """Up to 9 km is possibly banned, and surely nothing is."""
    [shape] = drawn(band(depth=Depth(Limit(0.0, 0.0), Limit(0.0, 9000.0))), ATLAS)

    assert shape.sure == ()
    assert len(shape.possible) == 1

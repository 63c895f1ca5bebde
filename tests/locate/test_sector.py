"""Sectors: whatever the words allow lies in the disc and in the polygon, and neither is much larger than need be."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.locate.ecef import GEOD
from truceline.locate.sector import Sector, enclosing_disc, outside_of, sector_polygon, to_flat

places = {"lon": st.floats(-180.0, 180.0), "lat": st.floats(-80.0, 80.0)}
near = st.floats(0.0, 120_000.0)
widths = st.sampled_from([11.25, 22.5, 45.0, 90.0])
footprints = st.just(0.0) | st.floats(1.0, 20_000.0)
bearings = st.floats(0.0, 360.0)


@st.composite
def sectors(draw, spreads=footprints):
    """Draw a sector: up to 150 km away, seen from a place of up to 20 km."""
    begin, more = draw(near), draw(st.floats(1.0, 30_000.0))
    at = {name: draw(one) for name, one in places.items()}
    return Sector(**at, near=begin, far=begin + more, middle=draw(bearings), half=draw(widths), spread=draw(spreads))


def members(sector, count, seed=0):
    """Draw places that the words allow, many of them at the ends of what they allow."""
    chance = np.random.default_rng(seed)

    def between(low, high):
        return np.clip(chance.uniform(low - (high - low) / 4, high + (high - low) / 4, count), low, high)

    lon, lat = np.full(count, sector.lon), np.full(count, sector.lat)
    seen = GEOD.fwd(lon, lat, chance.uniform(0.0, 360.0, count), between(0.0, sector.spread))
    turned = between(sector.middle - sector.half, sector.middle + sector.half)
    return GEOD.fwd(seen[0], seen[1], turned, between(sector.near, sector.far))[:2]


def assert_held(sector, count, seed=0):
    """Hold all members against the disc and the polygon."""
    lon, lat = members(sector, count, seed)
    disc, ring = enclosing_disc(sector), sector_polygon(sector)
    away = GEOD.inv(np.full(count, disc.lon), np.full(count, disc.lat), lon, lat)[2]

    assert np.max(away) <= disc.radius
    if ring is None:
        return
    turns = np.round((ring[:, 0] - sector.lon) / 360.0), np.round((np.asarray(lon) - sector.lon) / 360.0)
    drawn = shapely.Polygon(np.stack([ring[:, 0] - 360.0 * turns[0], ring[:, 1]], axis=-1))
    shapely.prepare(drawn)

    assert drawn.is_valid
    assert shapely.intersects_xy(drawn, lon - 360.0 * turns[1], lat).all()


@given(sectors(), st.integers(0, 2**32))
@settings(max_examples=60)
def test_every_place_that_the_words_allow_lies_in_the_disc_and_the_polygon(sector, seed):
    """Wherever in its footprint the reference point lies, up to the rounding of the distance and the bearing."""
    assert_held(sector, 200, seed)


@pytest.mark.parametrize(
    "sector",
    [
        Sector(39.3, 48.6, 56_500.0, 57_500.0, 225.0, 22.5, 10_000.0),
        Sector(39.3, 48.6, 2_500.0, 5_500.0, 315.0, 22.5, 2_000.0),
        Sector(20.0, 10.0, 345.0, 355.0, 0.0, 11.25, 1_100.0),
        Sector(179.9, -17.0, 20_000.0, 90_000.0, 90.0, 45.0, 3_000.0),
        Sector(15.0, 78.2, 99_500.0, 100_500.0, 292.5, 11.25, 8_000.0),
        Sector(10.0, 88.7, 1_000.0, 60_000.0, 0.0, 22.5, 20_000.0),
        Sector(10.0, 88.9, 1_000.0, 60_000.0, 0.0, 22.5, 60_000.0),
        Sector(10.0, 40.0, 0.0, 5_000.0, 0.0, 180.0, 2_000.0),
    ],
)
def test_ten_thousand_members_lie_in_the_disc_and_the_polygon(sector):
    """Of towns and posts, across the antimeridian, in the Arctic, over the pole, and without any direction."""
    assert_held(sector, 10_000)


@given(sectors(spreads=st.just(0.0)))
@settings(max_examples=40)
def test_the_disc_is_the_smallest(sector):
    """A smaller one would have its middle elsewhere, and leave out a member on the other side: they touch all round."""
    disc = enclosing_disc(sector)
    flat = to_flat(disc.lon, disc.lat, *members(sector, 4000))
    touching = flat[np.hypot(*flat.T) >= disc.radius * 0.998 - 0.05]
    angles = np.sort(np.degrees(np.arctan2(*touching.T)))
    gaps = np.diff(angles, append=angles[0] + 360.0)

    assert gaps.max() <= 183.0


@given(sectors())
@settings(max_examples=40)
def test_the_polygon_hugs_the_sector(sector):
    """No corner of it lies farther out than two drifts, three metres and a hundredth of its reach."""
    ring = sector_polygon(sector)
    if ring is None:
        assert abs(sector.lat) + math.degrees((sector.far + sector.drift) / 6.33e6) > 89.0
        return
    outside = outside_of(sector, ring[:, 0], ring[:, 1])

    assert np.max(outside) <= 2.0 * sector.drift + 3.0 + 0.01 * (sector.far + sector.drift)


@given(sectors(spreads=st.just(0.0)), st.integers(0, 2**32))
@settings(max_examples=40)
def test_a_member_lies_nowhere_outside(sector, seed):
    """As seen from its middle, what lies in a sector is no metre outside, and what lies beyond its end is."""
    lon, lat = members(sector, 50, seed)
    beyond = GEOD.fwd(sector.lon, sector.lat, sector.middle, sector.far + 700.0)

    assert np.max(outside_of(sector, lon, lat)) < 1e-3
    assert outside_of(sector, beyond[0], beyond[1])[0] == pytest.approx(700.0, abs=1e-3)
    if sector.near > 1.0:
        assert outside_of(sector, sector.lon, sector.lat)[0] == pytest.approx(sector.near, abs=1e-3)


def test_near_a_pole_a_bearing_is_no_bound():
    """Whoever stands within a kilometre of the pole may look anywhere: the disc is that of all directions."""
    sector = Sector(10.0, 89.995, 2_500.0, 3_500.0, 0.0, 22.5, 2_000.0)

    assert math.isinf(sector.drift)
    assert enclosing_disc(sector).radius == 5_500.001
    assert sector_polygon(sector) is None

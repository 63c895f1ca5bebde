"""How far apart two lines lie: bounds that no place of a report can break."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from truceline.engines.gaps import gap_table, gaps_of, widest
from truceline.judge.located import Offsets
from truceline.locate.disc import locate_discs
from truceline.locate.line import locate_points, reference_line

GEOD = Geod(ellps="WGS84")


@st.composite
def lines(draw, middle):
    """Draw a bent line of one part or two about a latitude, some 100 km long."""
    lats = draw(st.lists(st.integers(-80, 80), min_size=6, max_size=6))
    course = [(20.0 + 0.2 * number, middle + lat / 1000) for number, lat in enumerate(lats)]
    parts = [course] if draw(st.booleans()) else [course[:3], [(lon + 0.03, lat) for lon, lat in course[3:]]]
    return reference_line(parts, plus="north")


def seen(line, lon, lat, radius):
    """Locate discs on a line, as an atlas does."""
    found = locate_discs(line, lon, lat, radius)
    names = ("low", "high", "either", "abeam", "station_low", "station_high")
    return Offsets(**{name: getattr(found, name) for name in names}, sectors={}, uncertainty=line.uncertainty)


@settings(max_examples=10)
@given(lines(45.0), lines(45.2), st.integers(0, 2**32 - 1))
def test_the_bounds_hold_the_gap_at_the_foot_of_every_true_place(line, other, seed):
    """Of 12 places in each of 12 discs the gap at the nearest point of the line is measured slowly, and held."""
    chance = np.random.default_rng(seed)
    lon, lat = chance.uniform(20.0, 21.0, 12), chance.uniform(44.9, 45.3, 12)
    radius = chance.choice([0.0, 50.0, 2_000.0, 20_000.0], 12)
    gaps = gaps_of(gap_table(line, other), seen(line, lon, lat, radius))
    row = np.repeat(np.arange(12), 12)
    true_lon, true_lat, _ = GEOD.fwd(
        lon[row], lat[row], chance.uniform(0, 360, 144), radius[row] * np.sqrt(chance.random(144))
    )
    feet = locate_points(line, true_lon, true_lat)
    gap = brute(other, feet.foot_lon, feet.foot_lat)

    assert np.all(gaps.low[row] <= gap + 0.05)
    assert np.all(gap <= gaps.high[row] + 3.0)  # the walk along the other line stops every 50 m
    assert np.all(gaps.high - gaps.low >= 0.0)


def brute(other, lon, lat):
    """Walk along a line and take the nearest stop."""
    stops = []
    for part in other.parts:
        for (west, south), (east, north) in pairwise(part):
            share = np.linspace(0.0, 1.0, int(GEOD.inv(west, south, east, north)[2] / 50.0) + 2)
            stops.append(np.stack([west + (east - west) * share, south + (north - south) * share]))
    walk_lon, walk_lat = np.concatenate(stops, axis=1)
    far = [GEOD.inv(np.full(len(walk_lon), x), np.full(len(walk_lon), y), walk_lon, walk_lat)[2].min()
           for x, y in zip(lon, lat, strict=True)]  # fmt: skip
    return np.array(far)


def parallels(*errors):
    """Give two lines along parallels, 11,057.43 m apart."""
    return [reference_line([[(20.0, lat), (21.0, lat)]], plus="north", uncertainty=error)
            for lat, error in zip((0.0, 0.1), errors or (0.0, 0.0), strict=True)]  # fmt: skip


def test_at_an_exact_place_the_gap_is_exact():
    """Of a coarse one it has bounds; the errors of both lines are told beside."""
    line, other = parallels()
    exact, coarse = (gaps_of(gap_table(line, other), seen(line, [20.5], [0.05], [radius])) for radius in (0.0, 2e3))
    wide = gaps_of(gap_table(*parallels(30.0, 20.0)), seen(line, [20.5], [0.05], [0.0]))

    assert np.allclose([exact.low, exact.high], 11_057.43, atol=0.01)
    assert coarse.low[0] < 11_057.43 < coarse.high[0]
    assert (exact.uncertainty, wide.uncertainty) == (0.0, 50.0)


def test_a_place_that_nobody_knows_has_the_gap_of_the_whole_line():
    """Its foot may be anywhere on the line."""
    line, other = parallels()
    table = gap_table(line, other)
    gaps = gaps_of(table, seen(line, [20.5], [0.05], [np.inf]))

    assert (gaps.low[0], gaps.high[0]) == widest(table)


def test_a_foot_at_the_seam_of_two_parts_may_be_on_either():
    """Their stations meet, their places do not: both gaps come into question."""
    line = reference_line([[(20.0, 0.0), (20.5, 0.0)], [(20.6, 0.05), (21.0, 0.05)]], plus="north")
    _, other = parallels()
    seam = line.pieces.station[line.pieces.part == 1][:1]
    nowhere = np.zeros(1)
    offsets = Offsets(nowhere, nowhere, np.zeros(1, bool), np.ones(1, np.int8), seam - 1e-6, seam + 1e-6, {}, 0.0)
    gaps = gaps_of(gap_table(line, other), offsets)

    assert gaps.low[0] < 5_600.0
    assert gaps.high[0] > 11_000.0

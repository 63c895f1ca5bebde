"""Footprints with a boundary: the disc round them, a side of them, an edge of them."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.errors import GeometryError
from truceline.evidence.compass import side_of
from truceline.locate.ecef import GEOD
from truceline.locate.footprint import disc_round, edge_round, side_of_polygons

SQUARE = [(20.0, 10.0), (20.02, 10.0), (20.02, 10.02), (20.0, 10.02), (20.0, 10.0)]
FAR = [(20.1, 10.0), (20.12, 10.0), (20.12, 10.02), (20.1, 10.02), (20.1, 10.0)]
HOLE = [(20.005, 10.005), (20.005, 10.015), (20.015, 10.015), (20.015, 10.005), (20.005, 10.005)]
SIDES = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


def away(disc, lon, lat):
    """Measure from the middle of a disc."""
    lon = np.atleast_1d(lon)
    return GEOD.inv(np.full(lon.shape, disc.lon), np.full(lon.shape, disc.lat), lon, np.atleast_1d(lat))[2]


def inside(polygons, count=2000):
    """Draw places within polygons."""
    chance = np.random.default_rng(7)
    shape = shapely.union_all([shapely.Polygon(rings[0], rings[1:]) for rings in polygons])
    west, south, east, north = shape.bounds
    lon, lat = chance.uniform(west, east, count), chance.uniform(south, north, count)
    held = shapely.intersects_xy(shape, lon, lat)
    return lon[held], lat[held]


@pytest.mark.parametrize("polygons", [[[SQUARE]], [[SQUARE, HOLE]], [[SQUARE], [FAR]]])
def test_the_disc_round_polygons_holds_all_of_them(polygons):
    """Holes and several polygons make no difference."""
    disc = disc_round(polygons)

    assert np.max(away(disc, *inside(polygons))) <= disc.radius


@given(st.floats(0.001, 3.0), st.floats(0.001, 2.0), st.floats(-75.0, 75.0), st.floats(-180.0, 180.0))
@settings(max_examples=40)
def test_edges_that_are_long_bend_and_are_held_too(wide, high, lat, lon):
    """An edge that is straight in longitude and latitude is no shortest way."""
    box = [(lon, lat), (lon + wide, lat), (lon + wide, lat + high), (lon, lat + high)]
    wrapped = [((east + 180.0) % 360.0 - 180.0, north) for east, north in box]
    disc = disc_round([[wrapped]])
    share = np.linspace(0.0, 1.0, 101)

    assert np.max(away(disc, lon + wide * share, np.full(101, lat))) <= disc.radius
    assert np.max(away(disc, lon + wide * share, np.full(101, lat + high))) <= disc.radius


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("polygons", [[[SQUARE]], [[SQUARE, HOLE]], [[SQUARE], [FAR]]])
def test_a_side_holds_what_lies_on_that_side(side, polygons):
    """Every place of the footprint whose bearing from the middle is within 90 degrees."""
    whole, half = disc_round(polygons), side_of(side)
    lon, lat = inside(polygons)
    bearing = GEOD.inv(np.full(lon.shape, whole.lon), np.full(lon.shape, whole.lat), lon, lat)[0]
    here = np.abs((bearing - half.middle + 180.0) % 360.0 - 180.0) <= half.half
    disc, parts = side_of_polygons(polygons, half)
    drawn = shapely.union_all([shapely.Polygon(*rings) for rings in parts])

    assert here.any()
    assert np.max(away(disc, lon[here], lat[here])) <= disc.radius
    assert shapely.intersects_xy(drawn, lon[here], lat[here]).all()
    assert disc.radius < whole.radius


@pytest.mark.parametrize(
    ("side", "corners"),
    [("south", [0, 1]), ("east", [1, 2]), ("north", [2, 3]), ("west", [3, 0])],
)
def test_an_edge_is_where_the_way_out_leads_there(side, corners):
    """The southern edge of a square is its lower side."""
    disc = edge_round([[SQUARE, HOLE]], side_of(side))
    held = {at for at, corner in enumerate(SQUARE[:4]) if away(disc, *corner)[0] <= disc.radius}

    assert held == set(corners)


def test_a_ring_that_crosses_itself_is_refused():
    """Its inside is nobody's."""
    with pytest.raises(GeometryError, match="not valid"):
        disc_round([[[(20.0, 10.0), (20.1, 10.1), (20.1, 10.0), (20.0, 10.1)]]])

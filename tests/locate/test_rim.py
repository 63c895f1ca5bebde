"""The boundary of an area as a line: signed distances that hold for every true position, whatever the shape."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from oracle import Walk
from truceline.basics.truth import Truth
from truceline.errors import GeometryError
from truceline.locate.area import depths_in_area, reference_area, region_in_area
from truceline.locate.rim import discs_from_rim, region_from_rim, rim_of
from zoo import GEOD, PLOTS, Shape, laid

SQUARE = [[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]]
BAY = PLOTS["bay"]
RINGS = [[*ring, ring[0]] for polygon in BAY.polygons for ring in polygon]
WALK = Walk(Shape(tuple(RINGS), BAY.at))
DRAWN = shapely.Polygon([laid(BAY.at, *xy) for xy in RINGS[0]])


@settings(max_examples=40, deadline=None)
@given(st.floats(-60.0, 60.0), st.floats(-60.0, 60.0))
def test_a_sharp_place_lies_as_far_from_the_boundary_as_a_slow_search_finds(x, y):
    """The distance is the geodesic within two centimetres, and its sign that of a drawing of the polygon."""
    lon, lat = laid(BAY.at, x, y)
    there = discs_from_rim(rim_of(BAY.area(), outward=True), [lon], [lat], 0.0)
    true = WALK.nearest(lon, lat).distance * (-1.0 if DRAWN.covers(shapely.Point(lon, lat)) else 1.0)

    assert there.low[0] == there.high[0]
    assert abs(there.low[0] - true) < 0.02


@pytest.mark.parametrize("machine_code", [False, True])
@pytest.mark.parametrize("name", PLOTS)
def test_no_true_position_lies_outside_the_bounds(name, machine_code):
    """Of a disc every place has an offset, and a nearest point, that the bounds allow; in machine code as well."""
    plot, random = PLOTS[name], np.random.default_rng(31)
    area = plot.area()
    rim = rim_of(area, outward=True)
    lon, lat = np.array([laid(plot.at, *xy) for xy in random.uniform(-50.0, 50.0, (60, 2))]).T
    radius = np.exp(random.uniform(np.log(5.0), np.log(10e3), 60))
    there = discs_from_rim(rim, lon, lat, radius, machine_code=machine_code)
    centres = [np.repeat(column, 25) for column in (lon, lat)]
    true = GEOD.fwd(*centres, random.uniform(0.0, 360.0, 1500), np.repeat(radius, 25) * random.uniform(0.0, 1.0, 1500))
    depth, point = depths_in_area(area, *true[:2]), discs_from_rim(rim, *true[:2], 0.0)
    low, high, first, last = (
        np.repeat(bound, 25) for bound in (there.low, there.high, there.station_low, there.station_high)
    )

    assert not there.either.any()
    assert (there.abeam == 1).all()
    assert np.all((low - 0.1 <= -depth) & (-depth <= high + 0.1))
    assert np.all((first - 0.1 <= point.station_low) & (point.station_high <= last + 0.1))


def test_seen_from_within_all_signs_are_turned():
    """The plus side of the same boundary is the inside."""
    area, random = PLOTS["hole"].area(), np.random.default_rng(32)
    lon, lat = np.array([laid(PLOTS["hole"].at, *xy) for xy in random.uniform(-30.0, 30.0, (100, 2))]).T
    without = discs_from_rim(rim_of(area, outward=True), lon, lat, 700.0)
    within = discs_from_rim(rim_of(area, outward=False), lon, lat, 700.0)

    assert np.allclose(within.low, -without.high, rtol=0.0, atol=1e-9)
    assert np.allclose(within.high, -without.low, rtol=0.0, atol=1e-9)


def test_a_place_of_which_nothing_is_known_lies_at_any_distance():
    """And one that is no place is refused; an error without bounds is as large as the Earth."""
    rim = rim_of(reference_area([SQUARE], uncertainty=np.inf), outward=True)
    there = discs_from_rim(rim, [0.5, 0.5], [0.1, 0.1], [np.inf, 0.0])

    assert (there.low[0], there.high[0]) == (-np.inf, np.inf)
    assert np.isfinite([there.low[1], rim.line.uncertainty]).all()
    with pytest.raises(GeometryError):
        discs_from_rim(rim, [np.nan], [0.1], 0.0)
    with pytest.raises(GeometryError):
        discs_from_rim(rim, [0.5], [0.1], -1.0)


@pytest.mark.parametrize("outward", [True, False])
@pytest.mark.parametrize("name", ["square", "hole", "bay", "two"])
def test_no_place_of_a_region_lies_outside_its_bounds(name, outward):
    """Of a region no more is said than holds for every place in it and in its uncertainty."""
    area, random = PLOTS[name].area(), np.random.default_rng(33)
    west, south, east, north = area.shape.bounds
    corner = west + 0.6 * (east - west), south + 0.2 * (north - south)
    box = shapely.box(*corner, corner[0] + 0.2, corner[1] + 0.1)
    region = reference_area([[np.array(box.exterior.coords)]], uncertainty=300.0)
    rim = rim_of(area, outward=outward)
    there = region_from_rim(rim, region)
    x, y = random.uniform(*box.bounds[::2], 300), random.uniform(*box.bounds[1::2], 300)
    lon, lat, _ = GEOD.fwd(x, y, random.uniform(0.0, 360.0, 300), random.uniform(0.0, 300.0, 300))
    true = discs_from_rim(rim, lon, lat, 0.0)

    assert there.low[0] <= true.low.min()
    assert true.high.max() <= there.high[0]
    assert there.station_low[0] <= true.station_low.min()


@pytest.mark.parametrize(
    ("west", "lies", "low", "high"), [(0.4, Truth.TRUE, None, 0.0), (1.0, Truth.FALSE, 0.0, None)]
)  # fmt: skip
def test_what_is_sure_of_a_region_narrows_its_bounds(west, lies, low, high):
    """One that lies in the area has no place outside it, though the discs that cover it reach beyond."""
    square = reference_area([SQUARE])
    region = reference_area([[[(west, 0.2), (west + 0.6, 0.2), (west + 0.6, 0.5), (west, 0.5)]]])
    rim = rim_of(square, outward=True)
    loose, tight = region_from_rim(rim, region), region_from_rim(rim, region, lies=lies)

    assert region_in_area(region, square, same_source=True) is lies
    assert (tight.low[0] == low) or (low is None and tight.low[0] == loose.low[0])
    assert (tight.high[0] == high) or (high is None and tight.high[0] == loose.high[0])
    assert loose.low[0] < tight.low[0] or tight.high[0] < loose.high[0]

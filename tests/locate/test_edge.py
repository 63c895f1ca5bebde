"""The edge of an area: the bounds hold for every true position, and are the distance itself for a sharp one."""

import numpy as np
import pytest

from truceline.errors import GeometryError
from truceline.locate.area import depths_in_area, discs_in_area, reference_area
from truceline.locate.edge import discs_to_edge, region_to_edge
from zoo import GEOD, PLOTS, laid


@pytest.mark.parametrize("name", PLOTS)
def test_no_true_position_lies_outside_the_bounds(name):
    """Whatever the shape, a place in the disc lies as far from the edge as the bounds allow."""
    plot, random = PLOTS[name], np.random.default_rng(11)
    area = plot.area()
    lon, lat = np.array([laid(plot.at, *xy) for xy in random.uniform(-50.0, 50.0, (80, 2))]).T
    radius = np.exp(random.uniform(np.log(5.0), np.log(10e3), 80))
    low, high = (np.repeat(bound, 30) for bound in discs_to_edge(area, lon, lat, radius))
    centres = [np.repeat(column, 30) for column in (lon, lat)]
    true = GEOD.fwd(*centres, random.uniform(0.0, 360.0, 2400), np.repeat(radius, 30) * random.uniform(0.0, 1.0, 2400))
    depth = depths_in_area(area, *true[:2])

    assert np.all((low - 0.1 <= depth) & (depth <= high + 0.1))


def test_the_bounds_say_what_the_truth_says():
    """Surely inside is a lower bound above zero, surely outside an upper bound below it."""
    plot, random = PLOTS["hole"], np.random.default_rng(12)
    lon, lat = np.array([laid(plot.at, *xy) for xy in random.uniform(-30.0, 30.0, (200, 2))]).T
    low, high = discs_to_edge(plot.area(), lon, lat, 3_000.0)

    assert np.array_equal(discs_in_area(plot.area(), lon, lat, 3_000.0), (low >= 0.0).astype(int) - (high < 0.0))


def test_a_sharp_place_has_one_distance_and_an_unknown_one_none():
    """No radius, no interval; an endless one says nothing."""
    square = reference_area([[[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]]])
    low, high = discs_to_edge(square, [0.5, 0.5], [0.1, 0.1], [0.0, np.inf])

    assert low[0] == high[0] == depths_in_area(square, [0.5], [0.1])[0]
    assert (low[1], high[1]) == (-np.inf, np.inf)
    with pytest.raises(GeometryError):
        discs_to_edge(square, [0.5], [0.1], [-1.0])


def test_a_region_has_the_bounds_of_all_its_places():
    """Of a region that lies across an edge some places are inside, some outside."""
    square = reference_area([[[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]]])
    across = reference_area([[[(0.4, -0.2), (0.6, -0.2), (0.6, 0.1), (0.4, 0.1)]]], uncertainty=500.0)
    low, high = region_to_edge(square, across)
    lon, lat = np.meshgrid(np.linspace(0.4, 0.6, 9), np.linspace(-0.2, 0.1, 9))
    depth = depths_in_area(square, lon.ravel(), lat.ravel())

    assert low <= depth.min() - 500.0
    assert high >= depth.max() + 500.0
    assert high - low < 1.3 * (np.ptp(depth) + 1_000.0)

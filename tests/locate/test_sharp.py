"""Doubts that come from the edge of an area alone."""

import numpy as np
import pytest

from truceline.locate.area import discs_in_area, reference_area
from truceline.locate.sharp import open_by_edge

SQUARE = [[[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]]]


@pytest.mark.parametrize(
    ("lat", "radius", "uncertainty", "by_edge"),
    [
        (0.002, 0.0, 500.0, True), (0.002, 100.0, 500.0, True), (-0.002, 100.0, 500.0, True),
        (0.002, 300.0, 500.0, False), (0.02, 0.0, 500.0, False), (0.002, 0.0, 0.0, False), (0.002, 300.0, 0.0, False),
        (0.002, np.inf, 500.0, False),
    ],
)  # fmt: skip
def test_only_what_an_exact_edge_would_settle_is_open_by_the_edge(lat, radius, uncertainty, by_edge):
    """About 221 m from the edge: a disc of 300 m crosses it anyway, and 2 km away nothing is open."""
    area = reference_area(SQUARE, uncertainty=uncertainty)
    disc = np.array([0.5]), np.array([lat]), np.array([radius])

    assert open_by_edge(area, *disc, discs_in_area(area, *disc)).tolist() == [by_edge]

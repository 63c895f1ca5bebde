"""Regions: polygons in which reports lie."""

import numpy as np

from truceline.evidence.regions import Regions


def test_no_regions_are_none_at_all():
    """Every column is empty, and there is no file."""
    nothing = Regions.empty()

    assert (nothing.ids, nothing.polygons, nothing.uncertainties, nothing.source) == ((), (), (), "")


def test_regions_stand_side_by_side():
    """Ids, polygons and errors by position; the shapes are left out of what is printed."""
    ring = np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]])
    two = Regions(("east", "west"), (((ring,),), ((ring,),)), (0.0, 250.0), "districts.geojson")

    assert [len(column) for column in (two.ids, two.polygons, two.uncertainties)] == [2, 2, 2]
    assert "0.25" not in repr(two)
    assert "districts.geojson" in repr(two)

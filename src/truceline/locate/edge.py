"""The edge of an area: how far inside it, or outside it, a report may lie."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from truceline.locate.area import Area, depths_in_area
from truceline.locate.checks import require_lengths
from truceline.locate.ecef import Floats
from truceline.locate.region import cover

__all__ = ["discs_to_edge", "region_to_edge"]


def discs_to_edge(area: Area, lon: ArrayLike, lat: ArrayLike, radius: ArrayLike) -> tuple[Floats, Floats]:
    """Bound how far true positions within a radius of n places lie from the edge of an area.

    Parameters
    ----------
    area : Area
        Its uncertainty is not added: the drawn edge is measured.
    lon, lat : array_like of float, shape (n,)
        Centres, degrees, EPSG:4326.
    radius : array_like of float, shape (n,) or ()
        Metres; inf where nothing is known of the place.

    Returns
    -------
    low, high : ndarray of float64, shape (n,)
        Metres to the edge, positive inside and negative outside: every position in the disc lies in [low, high].

    Raises
    ------
    GeometryError
        Naming every coordinate or radius that cannot be used.

    Notes
    -----
    Sound: over a metre of ground the distance to the edge changes by a metre at most, and on the way across the
    edge it is zero. Where the radius is zero both bounds are the geodesic distance itself, as exact as
    `line.locate_points`.

    Examples
    --------
    A degree of the meridian from the equator is 110,574.39 m long:

    >>> from truceline.locate.area import reference_area
    >>> square = reference_area([[[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]]])
    >>> low, high = discs_to_edge(square, [0.5, 0.5], [0.1, -0.1], 2000.0)
    >>> low.round(1), high.round(1)
    (array([  9057.4, -13057.4]), array([13057.4, -9057.4]))
    """
    require_lengths(radius, at="radius", endless=True)
    depth = depths_in_area(area, lon, lat)
    spread = np.broadcast_to(np.asarray(radius, dtype=np.float64), depth.shape)
    return depth - spread, depth + spread


def region_to_edge(area: Area, region: Area) -> tuple[float, float]:
    """Bound how far a true position somewhere in a region lies from the edge of an area [m], as `discs_to_edge`.

    Sound for every place of the region and of its uncertainty: what the discs of its cover say together, so that
    either bound may be too wide by the diameter of such a disc.

    >>> from truceline.locate.area import reference_area
    >>> square = reference_area([[[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]]])
    >>> south = reference_area([[[(0.0, -2.0), (1.0, -2.0), (1.0, -1.0), (0.0, -1.0)]]])
    >>> [round(bound, -4) for bound in region_to_edge(square, south)]
    [-220000.0, -110000.0]
    """
    low, high = discs_to_edge(area, *cover(region))
    return float(low.min()), float(high.max())

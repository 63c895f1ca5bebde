"""Areas: polygons on the ellipsoid, and whether places, discs and regions lie in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import ArrayLike

from truceline.basics.truth import Truth, Truths
from truceline.locate.checks import require_coordinates, require_lengths
from truceline.locate.ecef import Floats, to_lonlat
from truceline.locate.line import ReferenceLine, locate_points, reference_line
from truceline.locate.nets import Nets, nets_round, settled
from truceline.locate.pieces import Edges
from truceline.locate.polygons import holds, rings_of, shape_of, turned

__all__ = ["Area", "depths_in_area", "discs_in_area", "reference_area", "region_in_area"]

NEGLIGIBLE = 1e-6
"""Of two polygons with one source, an overlap below this share of the smaller is a rounding error."""
TOUCHING = 1e-5
"""Boundaries with one source that come as near as this [degrees; a metre or less] have a border in common."""

BLOCK = 2**17
"""So many discs are settled at once: memory follows this, not their number."""


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """One or more polygons; made by `reference_area`.

    `shape` : the polygons in degrees, edges straight in longitude and latitude; longitudes run on
    across the antimeridian. `boundary` : all rings, as a line whose plus side is inside.
    `uncertainty` : the true boundary lies within so many metres of the drawn one.
    `nets` and `covers` remember what was worked out once; no answer depends on what they hold.
    """

    name: str
    shape: shapely.MultiPolygon
    boundary: ReferenceLine
    uncertainty: float
    nets: Nets = field(repr=False)
    covers: dict[int, tuple[Floats, Floats, Floats]] = field(default_factory=dict, repr=False)


def reference_area(
    polygons: Sequence[Sequence[ArrayLike]],
    *,
    edges: Edges = "lonlat",
    uncertainty: float = 0.0,
    repair: bool = False,
    name: str = "area",
) -> Area:
    """Make an area from polygons as GeoJSON writes a MultiPolygon; several are one area together.

    Parameters
    ----------
    polygons : sequence of sequences of array_like, shape (k, 2)
        Each polygon is its outer ring, then its holes: longitude and latitude in degrees. An edge
        over more than 180 degrees of longitude takes the short way round.
    edges : {"lonlat", "geodesic"}
        What an edge is: straight in longitude and latitude, as in GeoJSON, or the shortest way.
    uncertainty : float
        The true boundary lies within so many metres of the drawn one.
    repair : bool
        Take an invalid polygon apart where it crosses itself, instead of refusing it.
    name : str
        Stands in messages.

    Raises
    ------
    GeometryError
        With all faults: bad coordinates, a ring of fewer than three distinct vertices or round a
        pole, a ring that crosses itself, an uncertainty that is no length.

    Examples
    --------
    >>> square = reference_area([[[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]]])
    >>> depths_in_area(square, [0.5, 0.5], [0.1, -0.1]).round(1)
    array([ 11057.4, -11057.4])
    """
    require_lengths(uncertainty, at=f"{name} uncertainty", endless=True)
    shape = shape_of(polygons, edges=edges, repair=repair, name=name)
    boundary = reference_line(rings_of(shape), plus="left", name=f"boundary of {name}")
    return Area(name, shape, boundary, float(uncertainty), nets_round(shape, boundary.pieces))


def depths_in_area(area: Area, lon: ArrayLike, lat: ArrayLike, *, machine_code: bool | None = None) -> Floats:
    """Measure how deep n places lie in an area: metres to its boundary, negative outside.

    The boundary belongs to the area. Accuracy and `machine_code` as in `line.locate_points`.

    >>> square = reference_area([[[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]]])
    >>> depths_in_area(square, [0.5], [0.0])
    array([0.])
    """
    require_coordinates(lon, lat)
    distance = locate_points(area.boundary, lon, lat, machine_code=machine_code).distance
    return np.where(holds(area.shape, lon, lat), distance, -distance)


def discs_in_area(area: Area, lon: ArrayLike, lat: ArrayLike, radius: ArrayLike) -> Truths:
    """Say of true positions within a radius [m] of n places whether they lie in an area.

    Returns 1 where all of the disc lies inside, however the boundary runs within its uncertainty, -1
    where all of it lies outside, else 0. The boundary belongs to the area. An endless radius gives 0.

    >>> square = reference_area([[[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]]])
    >>> discs_in_area(square, [0.5, 0.5, 0.5], [0.1, 0.01, -0.1], 2000.0)
    array([ 1,  0, -1], dtype=int8)

    Raises
    ------
    GeometryError
        Naming every coordinate or radius that cannot be used.
    """
    require_lengths(radius, at="radius", endless=True)
    require_coordinates(lon, lat)
    east, north = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    margin = np.broadcast_to(np.asarray(radius, dtype=np.float64) + area.uncertainty, east.shape)
    truths = np.empty(east.shape, dtype=np.int8)
    for begin in range(0, len(truths), BLOCK):
        some = slice(begin, begin + BLOCK)
        truths[some] = _truths_of(area, east[some], north[some], margin[some])
    return truths


def _truths_of(area: Area, lon: Floats, lat: Floats, margin: Floats) -> Truths:
    """Say of n discs whether they lie in an area: what their cells do not settle is measured, always in one way."""
    truths, rows = settled(area.nets, area.shape, area.boundary.pieces, lon, lat, margin)
    depth = depths_in_area(area, lon[rows], lat[rows], machine_code=False)
    truths[rows] = (depth >= margin[rows]).astype(np.int8) - (-depth > margin[rows]).astype(np.int8)
    return truths


def region_in_area(region: Area, area: Area, *, same_source: bool = False) -> Truth:
    """Say of a true position somewhere in a region whether it lies in an area.

    True if all of the region lies in the area, false if none of it does, wherever both boundaries run
    within their uncertainties.

    With `same_source` both are cut from one map, and a border that both show is one true border. So
    where their boundaries meet, uncertainties do not matter: the two are the same, neighbours, or
    part and whole, and overlaps below a millionth of the smaller are rounding. Boundaries that do
    not meet have nothing in common that one map could settle: there the uncertainties count.

    >>> west = reference_area([[[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]]], uncertainty=500.0)
    >>> east = reference_area([[[(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (1.0, 1.0)]]], uncertainty=500.0)
    >>> region_in_area(east, west).name, region_in_area(east, west, same_source=True).name
    ('UNKNOWN', 'FALSE')
    """
    copies = [turned(region.shape, degrees) for degrees in (-360.0, 0.0, 360.0)]
    if same_source and shapely.distance(area.shape.boundary, shapely.boundary(copies)).min() <= TOUCHING:
        common = float(shapely.area(shapely.intersection(area.shape, copies)).sum())
        rounding = NEGLIGIBLE * min(region.shape.area, area.shape.area)
        return Truth(int(region.shape.area - common <= rounding) - int(common <= rounding))
    clear = _apart(region, area)
    if clear and shapely.covers(area.shape, copies).any():
        return Truth.TRUE
    return Truth.FALSE if clear and shapely.disjoint(area.shape, copies).all() else Truth.UNKNOWN


def _apart(one: Area, other: Area) -> bool:
    """Say whether two boundaries that do not cross stay farther apart than both their uncertainties.

    They are nearest at a vertex of one of them.
    """
    margin = one.uncertainty + other.uncertainty
    return margin == 0.0 or (_clear_of(one, other, margin) and _clear_of(other, one, margin))


def _clear_of(area: Area, other: Area, margin: float) -> bool:
    """Say whether the boundary of an area is farther than a margin [m] from all vertices of another."""
    lon, lat = to_lonlat(other.boundary.pieces.start)
    truths, rows = settled(area.nets, area.shape, area.boundary.pieces, lon, lat, np.full(lon.shape, margin))
    if not np.delete(truths, rows).all():
        return False
    return bool((locate_points(area.boundary, lon[rows], lat[rows], machine_code=False).distance > margin).all())

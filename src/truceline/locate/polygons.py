"""Polygons as files write them: checked, unrolled across the antimeridian, and never mended unasked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from truceline.errors import Fault, GeometryError
from truceline.locate.checks import coordinate_faults
from truceline.locate.ecef import Floats
from truceline.locate.line import vertices_of
from truceline.locate.pieces import Edges, cut

__all__ = ["holds", "rings_of", "shape_of", "turned"]


def shape_of(polygons: Sequence[Sequence[ArrayLike]], *, edges: Edges, repair: bool, name: str) -> shapely.MultiPolygon:
    """Make one shape of polygons, each an outer ring and its holes in degrees of lon/lat.

    The longitudes run on across the antimeridian; what polygons share is dissolved, so that a cut
    along the antimeridian is no border. Raises a `GeometryError` with all faults; see `area.reference_area`.

    >>> east, west = [(179, 0), (180, 0), (180, 1)], [(-180, 0), (-179, 0), (-180, 1)]
    >>> shape_of([[east], [west]], edges="lonlat", repair=False, name="isle").bounds
    (179.0, 0.0, 181.0, 1.0)
    """
    drawn = [[vertices_of(ring) for ring in polygon] for polygon in polygons]
    _require(_ring_faults(drawn, name))
    shapes = [_polygon(rings, edges) for rings in drawn]
    if repair:
        shapes = [shapely.make_valid(shape, method="structure", keep_collapsed=False) for shape in shapes]
    _require(_shape_faults(shapes, name))
    whole = shapely.union_all([_turned_to(shape, shapes[0]) for shape in shapes])
    return shapely.orient_polygons(shapely.multipolygons(shapely.get_parts(whole)))


def rings_of(shape: shapely.MultiPolygon) -> list[Floats]:
    """List all rings of a shape, longitudes in -180..180, its inside on their left.

    >>> [ring] = rings_of(shapely.multipolygons([shapely.box(179.0, 0.0, 181.0, 1.0)]))
    >>> ring.tolist()
    [[-179.0, 0.0], [-179.0, 1.0], [179.0, 1.0], [179.0, 0.0], [-179.0, 0.0]]
    """
    rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(shape))]
    return [np.where(np.abs(ring) > 180.0, ring - 360.0 * np.sign(ring), ring) for ring in rings]


def holds(shape: shapely.MultiPolygon, lon: ArrayLike, lat: ArrayLike) -> NDArray[np.bool_]:
    """Say of n places, longitudes in -180..180, whether a shape holds them; its boundary belongs to it.

    >>> holds(shapely.multipolygons([shapely.box(179.0, 0.0, 181.0, 1.0)]), [-179.5, 180.0, 178.0], [0.5, 0.0, 0.5])
    array([ True,  True, False])
    """
    shapely.prepare(shape)
    east, north = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    within = np.zeros(east.shape, dtype=np.bool_)
    for turn in _turns(shape):
        within |= shapely.intersects_xy(shape, east + turn, north)
    return within


def turned(shape: shapely.Geometry, degrees: float) -> shapely.Geometry:
    """Add degrees to all longitudes of a shape.

    >>> turned(shapely.Point(-179.0, 5.0), 360.0)
    <POINT (181 5)>
    """
    return shapely.transform(shape, lambda lonlat: np.add(lonlat, (degrees, 0.0)))


def _turns(shape: shapely.MultiPolygon) -> list[float]:
    """List the full turns by which longitudes in -180..180 may have to be shifted to meet a shape."""
    west, _, east, _ = shape.bounds
    return [turn for turn in (-360.0, 0.0, 360.0) if west <= 180.0 + turn and east >= -180.0 + turn]


def _require(faults: Iterable[Fault]) -> None:
    found = tuple(faults)
    if found:
        raise GeometryError(found)


def _ring_faults(polygons: Sequence[Sequence[Floats]], name: str) -> Iterator[Fault]:
    if not polygons:
        yield Fault(name, "TL-E410", "the area has no polygon", "draw at least one")
    for number, rings in enumerate(polygons, start=1):
        if not rings:
            yield Fault(f"{name} polygon {number}", "TL-E410", "the polygon has no ring", "give its outer ring")
        for order, ring in enumerate(rings, start=1):
            yield from _faults_of(ring, f"{name} polygon {number} ring {order}")


def _faults_of(ring: Floats, at: str) -> Iterator[Fault]:
    faults = coordinate_faults(*ring.T, at=f"{at} vertex")
    yield from faults
    if not faults and len(np.unique(ring, axis=0)) < 3:
        yield Fault(at, "TL-E410", "the ring has fewer than three distinct vertices", "give at least three")
    elif not faults and not _unrolls(ring):
        what = "the ring runs round a pole, or an edge spans half the globe"
        yield Fault(at, "TL-E410", what, "cut the polygon along a meridian, or add vertices")


def _unrolls(ring: Floats) -> bool:
    lon = _unrolled(ring)[:, 0]
    return bool(abs(lon[-1] - lon[0]) < 180.0 and (np.abs(np.diff(lon)) < 180.0).all())


def _shape_faults(shapes: Sequence[shapely.Geometry], name: str) -> Iterator[Fault]:
    for number, shape in enumerate(shapes, start=1):
        if shape.is_empty or not shape.is_valid:
            why = "nothing is left of it" if shape.is_empty else shapely.is_valid_reason(shape)
            remedy = "correct it there, or allow the repair, which takes it apart where it crosses itself"
            yield Fault(f"{name} polygon {number}", "TL-E411", f"the polygon is not valid: {why}", remedy)


def _unrolled(ring: Floats) -> Floats:
    """Close a ring, and let its longitudes run on across the antimeridian.

    Whole turns are added: longitudes summed up step by step would be rounded, and the ring left open.
    """
    lon, lat = np.concatenate([ring, ring[:1]]).T
    turns = np.cumsum(np.round(np.diff(lon, prepend=lon[:1]) / 360.0))
    return np.stack([lon - 360.0 * turns, lat], axis=-1)


def _polygon(rings: Sequence[Floats], edges: Edges) -> shapely.Polygon:
    if edges == "geodesic":
        rings = [cut(np.concatenate([ring, ring[:1]]), edges) for ring in rings]
    outer, *holes = (shapely.linearrings(_unrolled(ring)) for ring in rings)
    return shapely.Polygon(outer, [_turned_to(hole, outer) for hole in holes])


def _turned_to(shape: shapely.Geometry, beside: shapely.Geometry) -> shapely.Geometry:
    """Turn a shape by full circles of longitude until it lies beside another."""
    (west, _, east, _), (left, _, right, _) = shape.bounds, beside.bounds
    return turned(shape, 360.0 * round((left + right - west - east) / 720.0))

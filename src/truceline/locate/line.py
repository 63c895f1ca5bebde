"""The reference line: geodesic station, offset and side of places on the ellipsoid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import get_args

import numpy as np
from numpy.typing import ArrayLike

from truceline.errors import Fault, GeometryError
from truceline.locate.chain import chained, opposed
from truceline.locate.checks import coordinate_faults, require_coordinates, require_lengths
from truceline.locate.ecef import Floats, length_of, to_ecef
from truceline.locate.pieces import COINCIDE, Edges, Pieces, join
from truceline.locate.quick import POINTS, pays, quick_points
from truceline.locate.reference import Points, ReferenceLine, measured
from truceline.locate.sides import Plus, headings, left_is_plus, sides_are_clear

__all__ = ["Points", "ReferenceLine", "locate_points", "reference_line", "vertices_of"]


def reference_line(
    parts: Sequence[ArrayLike],
    *,
    plus: Plus,
    edges: Edges = "lonlat",
    uncertainty: float = 0.0,
    name: str = "line",
) -> ReferenceLine:
    """Make a line to measure from.

    Parameters
    ----------
    parts : sequence of array_like, shape (k, 2)
        Vertices of each part: longitude and latitude in degrees, EPSG:4326. Parts that meet head to
        tail become one; a part that returns to its first vertex is a ring and has no ends.
    plus : str
        The side on which offsets are positive: "left" or "right" of the direction in which the line
        is drawn, or a compass point such as "east" or "north-east".
    edges : {"lonlat", "geodesic"}
        What an edge between two vertices is: straight in longitude and latitude, as in GeoJSON, or
        the shortest way. An edge over more than 180 degrees of longitude takes the short way round.
    uncertainty : float
        The true line lies within so many metres of the drawn one.
    name : str
        Stands in messages.

    Raises
    ------
    GeometryError
        With all faults: coordinates that are missing or out of range, fewer than two distinct
        vertices, touching parts drawn in opposite directions, a compass point that the line does
        not settle, an uncertainty that is no length.

    Examples
    --------
    A degree of the equator is 111,319.49 m long:

    >>> reference_line([[(0.0, 0.0), (1.0, 0.0)]], plus="north").length.__round__(2)
    111319.49
    """
    require_lengths(uncertainty, at=f"{name} uncertainty", endless=True)
    arrays = [vertices_of(part) for part in parts]
    _require(_vertex_faults(arrays, plus, name))
    drawn = chained([_distinct(part) for part in arrays])
    _require(opposed(drawn, name))
    pieces = join(drawn, edges)
    courses = _courses(pieces)
    left = [left_is_plus(course, plus) for course in courses]
    _require(_unsettled(part, plus, name) for part, is_left in enumerate(left, start=1) if is_left is None)
    closed = [bool(length_of(course[-1] - course[0]) < COINCIDE) for course in courses]
    return ReferenceLine(
        name=name,
        parts=drawn,
        edges=edges,
        uncertainty=float(uncertainty),
        length=float(pieces.stretch.sum()),
        signs=np.array([1 if is_left else -1 for is_left in left], dtype=np.int8),
        closed=np.array(closed),
        clear=np.array([sides_are_clear(course, closed=ring) for course, ring in zip(courses, closed, strict=True)]),
        pieces=pieces,
        turns=np.concatenate([headings(course) for course in courses]),
    )


def locate_points(line: ReferenceLine, lon: ArrayLike, lat: ArrayLike, *, machine_code: bool | None = None) -> Points:
    """Measure places from a line: station, offset, side.

    Parameters
    ----------
    line : ReferenceLine
        The drawn line; its uncertainty plays no part here.
    lon, lat : array_like of float, shape (n,)
        Degrees, EPSG:4326.
    machine_code : bool, optional
        Whether compiled code is used where it is installed; by default, if the places are so many
        that it pays. Both ways say the same to a tenth of a millimetre up to 100 km from the line,
        a centimetre up to 500. State it for batches that are parts of one work: what is said of a
        place then never depends, to the last bit, on the size of its batch.

    Returns
    -------
    Points
        Arrays of shape (n,). A place within a millimetre of the line is on its plus side. Of equally
        near feet the one with the lowest station is taken. At a vertex the side follows the sum of
        the normals of both edges. The side is unknown beyond an end, and off the tip of a
        switchback whose edges lie on each other.

    Raises
    ------
    GeometryError
        Naming every place whose coordinates are missing or out of range.

    Notes
    -----
    The distance is geodesic and within 1 m or 1e-5 of the shortest one up to 500 km from the line,
    at any latitude and across the antimeridian: the foot is sought through the earth, where the way
    to it differs from the geodesic by the flattening of the earth alone.

    Examples
    --------
    On the equator a degree of longitude is 111,319.49 m; the first degree of a meridian is 110,574.39 m:

    >>> equator = reference_line([[(0.0, 0.0), (2.0, 0.0)]], plus="north")
    >>> there = locate_points(equator, [1.0, 1.0], [1.0, -1.0])
    >>> there.station.round(2), there.offset.round(2)
    (array([111319.49, 111319.49]), array([ 110574.39, -110574.39]))
    """
    east, north = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    found = quick_points(line, east, north) if pays(POINTS, line, east, machine_code=machine_code) else None
    if found is None:
        require_coordinates(east, north)
        found = measured(line, east, north)
    return found


def _require(faults: Iterable[Fault]) -> None:
    found = tuple(faults)
    if found:
        raise GeometryError(found)


def vertices_of(part: ArrayLike) -> Floats:
    """Take vertices as they come from a file, as an array of shape (k, 2): heights play no part.

    >>> vertices_of([(36.0, 33.0, 850.0)])
    array([[36., 33.]])
    """
    vertices = np.asarray(part, dtype=np.float64)
    return vertices[:, :2] if len(vertices) else np.zeros((0, 2))


def _vertex_faults(parts: Sequence[Floats], plus: Plus, name: str) -> Iterator[Fault]:
    if plus not in get_args(Plus):
        yield Fault(name, "TL-E406", f"'{plus}' is not a side of a line", f"write one of {', '.join(get_args(Plus))}")
    if not parts:
        yield Fault(name, "TL-E407", "the line has no vertices", "give at least two")
    for number, part in enumerate(parts, start=1):
        faults = coordinate_faults(*part.T, at=f"{name} part {number} vertex")
        yield from faults
        if not faults and (len(part) < 2 or np.ptp(to_ecef(*part.T), axis=0).max() <= COINCIDE):
            yield Fault(f"{name} part {number}", "TL-E407", "the part has no length", "give two distinct vertices")


def _unsettled(part: int, plus: Plus, name: str) -> Fault:
    what = f"the line runs along '{plus}', or back to where it began, so it has no {plus} side"
    return Fault(f"{name} part {part}", "TL-E406", what, "write left or right of the direction in which it is drawn")


def _distinct(part: Floats) -> Floats:
    """Leave out vertices that repeat the one before."""
    kept: Floats = part[np.append(True, np.diff(part, axis=0).any(axis=1))]
    return kept


def _courses(pieces: Pieces) -> list[Floats]:
    """Give every part as points in space: where its pieces begin, and where the last one ends."""
    firsts = np.flatnonzero(np.diff(pieces.part)) + 1
    runs = zip(np.split(pieces.start, firsts), np.split(pieces.until(), firsts), strict=True)
    return [np.concatenate([starts, ends[-1:]]) for starts, ends in runs]

"""The quick way to measure many places: machine code over tables that are made once for a line."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from truceline.locate.checks import coordinate_faults, require_coordinates
from truceline.locate.ecef import Floats
from truceline.locate.reference import Points, ReferenceLine, measured

if TYPE_CHECKING:
    from truceline.locate.kernel import Index

__all__ = [
    "DISCS",
    "POINTS",
    "KnownLine",
    "as_given",
    "index_of",
    "installed",
    "known",
    "pays",
    "quick_points",
    "require_places",
    "room",
]

POINTS = 5e7
"""Loading the machine code takes as long as measuring so many pairs of place and piece without it."""

DISCS = 1e7
"""The same for discs."""

MOST_LINES = 64
"""The tables of so many lines are kept."""


@dataclass(frozen=True, slots=True)
class KnownLine:
    """A line that is known again, by the digest of all that its measuring depends on, when it is made anew."""

    digest: bytes
    line: ReferenceLine = field(compare=False)


def pays(worth: float, line: ReferenceLine, places: Floats, *, machine_code: bool | None) -> bool:
    """Say whether to use machine code for n places: if that is wished, or they are many; and if it can be had."""
    wished = places.size * len(line.pieces.length) >= worth if machine_code is None else machine_code
    return wished and places.ndim == 1 and installed()


@lru_cache(maxsize=1)
def installed() -> bool:
    """Say whether machine code can be had."""
    try:
        from truceline.locate import compiled  # noqa: F401, PLC0415 (numba may be missing, and is slow to load)
    except ImportError:
        return False
    return True


def known(line: ReferenceLine) -> KnownLine:
    """Take the digest of a line; its name and the vertices it was drawn from play no part.

    >>> from truceline.locate.line import reference_line
    >>> one, other = (reference_line([[(0.0, 0.0), (1.0, 0.0)]], plus="north", name=name) for name in "ab")
    >>> known(one) == known(other)
    True
    """
    digest = blake2b(np.array([line.length, line.uncertainty]).tobytes())
    pieces = line.pieces
    tables = (pieces.start, pieces.along, pieces.length, pieces.station, pieces.stretch)
    for table in (*tables, pieces.before, pieces.after, pieces.part, line.signs, line.clear, line.turns):
        digest.update(np.ascontiguousarray(table).data)
    return KnownLine(digest.digest(), line)


@lru_cache(maxsize=MOST_LINES)
def index_of(line: KnownLine) -> Index:
    """Make the tables of a line, or give those made before."""
    from truceline.locate.cells import cells_of  # noqa: PLC0415
    from truceline.locate.kernel import Index  # noqa: PLC0415
    from truceline.locate.tables import earth, line_table, strokes_of  # noqa: PLC0415

    strokes = strokes_of(line.line.pieces)
    return Index(earth(), line_table(line.line), strokes, cells_of(strokes))


def room() -> tuple[NDArray[Any], ...]:
    """Give room for one block of places: a `kernel.Block`."""
    from truceline.locate.kernel import BLOCK  # noqa: PLC0415

    numbers = np.empty((5, BLOCK))
    code, piece = np.zeros((2, BLOCK), dtype=np.int32)
    side, beyond = np.zeros(BLOCK, dtype=np.int8), np.zeros(BLOCK, dtype=np.bool_)
    return code, np.zeros((BLOCK, 3)), piece, *numbers[:4], side, beyond


def as_given(column: Floats) -> Floats:
    """Give numbers that stand side by side and may not be written: of such alone the machine code knows."""
    given = np.ascontiguousarray(column).view()
    given.flags.writeable = False
    return given


def require_places(lon: Floats, lat: Floats, rows: NDArray[np.int64]) -> None:
    """Raise a `GeometryError` that names everything among n columns that is no place; `rows` holds all of those."""
    if coordinate_faults(lon[rows], lat[rows], at="place"):
        require_coordinates(lon, lat)


def quick_points(line: ReferenceLine, lon: Floats, lat: Floats) -> Points:
    """Measure n places as `reference.measured` does; where the machine code is not sure, that is asked.

    Raises a `GeometryError` that names all that are no places.
    """
    from truceline.locate.kernel import measure  # noqa: PLC0415

    lon, lat = as_given(lon), as_given(lat)
    station, offset, distance, foot_lon, foot_lat = (np.empty(len(lon)) for _ in range(5))
    side, beyond = np.empty(len(lon), dtype=np.int8), np.empty(len(lon), dtype=np.bool_)
    points = Points(station, offset, distance, side, beyond, foot_lon, foot_lat)
    rest = np.empty(len(lon) + 1, dtype=np.int64)
    columns = (lon, lat, station, offset, distance, side, beyond, foot_lon, foot_lat)
    count = measure(index_of(known(line)), columns, room(), rest)
    if count:
        rows = rest[:count]
        require_places(lon, lat, rows)
        slow = measured(line, lon[rows], lat[rows])
        for name in Points.__slots__:
            getattr(points, name)[rows] = getattr(slow, name)
    return points

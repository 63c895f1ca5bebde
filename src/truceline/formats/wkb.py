"""Geometries as WKB, read so that a crafted one cannot crash the program.

The library underneath calls itself for every geometry within a geometry: 900 kB of brackets use up its stack. So what
is long enough for that is looked through before: points, lines and polygons hold no other geometries, and a
multipolygon may hold polygons alone. Anything else is of no use to a report.
"""

from __future__ import annotations

import struct
from typing import Final

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from truceline.formats.rejects import refuse

__all__ = ["UNUSABLE", "from_wkb"]

UNUSABLE: Final = shapely.LineString([(0, 0), (1, 1)])
"""Stands for a geometry that no report can use."""

_SIMPLE: Final = (1, 2, 3)
_POLYGON, _MULTIPOLYGON = 3, 6
_SHALLOW: Final = 10_000
"""Bytes in which no nesting is so deep that it could matter."""
_HEIGHT, _MEASURE, _SYSTEM = 0x80000000, 0x40000000, 0x20000000  # the flags of extended WKB


def from_wkb(cells: pa.ChunkedArray, at: str) -> NDArray[np.object_]:
    """Read geometries, None where there is none; one that cannot be built becomes a line, which no report can use.

    Raises
    ------
    EvidenceError
        TL-R018 if the cells are no bytes.

    Examples
    --------
    >>> point, cloud = bytes.fromhex("0101000000" + "00" * 16), b"cloud"
    >>> print(*from_wkb(pa.chunked_array([[point, None, cloud]]), "a.parquet column geometry"))
    POINT (0 0) None LINESTRING (0 0, 1 1)
    """
    if not (pa.types.is_binary(cells.type) or pa.types.is_large_binary(cells.type)):
        raise refuse("TL-R018", at, str(cells.type), "write geometries as WKB")
    values = [
        data if data is None or len(data) <= _SHALLOW or _is_flat(data) else b"nested" for data in cells.to_pylist()
    ]
    made = np.empty(len(values), dtype=object)
    made[:] = shapely.from_wkb(np.array([None, *values], dtype=object), on_invalid="ignore")[1:]
    given = np.array([data is not None for data in values], dtype=bool)
    made[given & shapely.is_missing(made)] = UNUSABLE
    return made


def _is_flat(data: bytes) -> bool:
    """Say whether a geometry is simple, or made of polygons alone.

    >>> _is_flat(shapely.to_wkb(shapely.from_wkt("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))")))
    True
    >>> _is_flat(shapely.to_wkb(shapely.from_wkt("GEOMETRYCOLLECTION (POINT (0 0))")))
    False
    """
    try:
        order, kind, _, at = _head(data, 0)
        if kind != _MULTIPOLYGON:
            return kind in _SIMPLE
        (count,) = struct.unpack_from(f"{order}I", data, at)
        at += 4
        for _ in range(count):
            at = _behind_polygon(data, at)
    except (struct.error, ValueError):
        return False
    return True


def _behind_polygon(data: bytes, at: int) -> int:
    """Give the place behind the polygon that begins at a place."""
    order, kind, size, at = _head(data, at)
    if kind != _POLYGON:
        msg = "no polygon"
        raise ValueError(msg)
    (rings,) = struct.unpack_from(f"{order}I", data, at)
    at += 4
    for _ in range(rings):
        (points,) = struct.unpack_from(f"{order}I", data, at)
        at += 4 + points * size
    return at


def _head(data: bytes, at: int) -> tuple[str, int, int, int]:
    """Read what a geometry begins with: order of bytes, kind, bytes of one position, and the place behind."""
    order = "<" if data[at : at + 1] == b"\1" else ">"
    (written,) = struct.unpack_from(f"{order}I", data, at + 1)
    iso, kind = divmod(written & 0x1FFFFFFF, 1000)
    flags = bool(written & _HEIGHT) + bool(written & _MEASURE)
    size = 8 * (2 + flags + (0, 1, 1, 2)[iso % 4])
    return order, kind, size, at + (9 if written & _SYSTEM else 5)

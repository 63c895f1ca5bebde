"""Courses of lines and outlines of areas as plain numbers, with the file they come from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["AreaShape", "LineShape", "Polygon", "Ring"]

Ring = NDArray[np.float64]
"""Longitude and latitude in degrees (EPSG:4326), shape (k, 2); of a polygon closed, first point = last point."""

Polygon = tuple[Ring, ...]
"""The exterior first, then the holes."""


@dataclass(frozen=True, slots=True, eq=False)
class LineShape:
    """The course of a line, in one part or several; `source` says whence, such as "lines.geojson#contact"."""

    parts: tuple[Ring, ...]
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class AreaShape:
    """The outline of an area, in one polygon or several; `source` says whence, such as "areas.geojson#SY.DR"."""

    polygons: tuple[Polygon, ...]
    source: str

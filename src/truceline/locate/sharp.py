"""Which doubts about an area come from its boundary alone: without its error the answer would be known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from truceline.basics.truth import Truths
from truceline.locate.area import Area, discs_in_area
from truceline.locate.ecef import Floats

__all__ = ["open_by_edge"]


def open_by_edge(area: Area, lon: Floats, lat: Floats, radius: Floats, truths: Truths) -> NDArray[np.bool_]:
    """Mark the discs of which only the error of the boundary leaves open whether they lie in an area.

    Parameters
    ----------
    area : Area
    lon, lat, radius : ndarray of float64, shape (n,)
        Degrees and metres.
    truths : ndarray of int8, shape (n,)
        What `discs_in_area` says of them.

    Returns
    -------
    ndarray of bool, shape (n,)
        True where all of the disc lies on one side of the boundary as it was drawn, and the answer is not known.

    Examples
    --------
    >>> from truceline.locate.area import reference_area
    >>> square = reference_area([[[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]]], uncertainty=500.0)
    >>> lon, lat, radius = np.full(3, 0.5), np.array([0.002, 0.0, 0.1]), np.full(3, 100.0)
    >>> open_by_edge(square, lon, lat, radius, discs_in_area(square, lon, lat, radius))
    array([ True, False, False])
    """
    marks = np.zeros(len(truths), dtype=np.bool_)
    if area.uncertainty:
        rows = np.flatnonzero((truths == 0) & np.isfinite(radius))
        drawn = replace(area, uncertainty=0.0)
        marks[rows] = discs_in_area(drawn, lon[rows], lat[rows], radius[rows]) != 0
    return marks

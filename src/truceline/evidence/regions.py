"""Regions: polygons in which a report surely lies, where its source gives no more than a district."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

__all__ = ["Regions"]

Ring = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Regions:
    """Named polygons by position: ids, rings and the error of each boundary in metres.

    `polygons[i]` holds one polygon or several, each an exterior ring and its holes, arrays of shape
    (k, 2) in lon/lat. `source` names the file, so that two regions of one partition can be told
    from two that merely resemble each other.

    >>> Regions.empty().ids
    ()
    """

    ids: tuple[str, ...]
    polygons: tuple[tuple[tuple[Ring, ...], ...], ...] = field(repr=False)
    uncertainties: tuple[float, ...]
    source: str

    @classmethod
    def empty(cls) -> Regions:
        """Give a set without any region."""
        return cls((), (), (), "")

"""Coordinates that cannot be, or can hardly be, what was meant."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from truceline.errors import Fault, GeometryError

__all__ = [
    "CODES", "Doubt", "bad_coordinates", "coordinate_faults", "require_coordinates", "require_lengths",
    "require_ranges",
]  # fmt: skip

MOST_FAULTS = 100
"""After so many faults of one kind the list stops: the column is wrong, not its rows."""


class Doubt(IntEnum):
    """What is wrong with a pair of coordinates; the words are in `CODES`."""

    NONE = 0
    MISSING = 1
    OUT_OF_RANGE = 2
    SWAPPED = 3
    NULL_ISLAND = 4


CODES: Mapping[Doubt, tuple[str, str, str]] = {
    Doubt.MISSING: ("TL-E401", "a coordinate is missing or not a number", "give degrees, or leave the place out"),
    Doubt.OUT_OF_RANGE: ("TL-E402", "a coordinate is out of range", "give lon -180..180 and lat -90..90 in degrees"),
    Doubt.SWAPPED: ("TL-E402", "longitude and latitude look swapped", "give the longitude first, then the latitude"),
    Doubt.NULL_ISLAND: ("TL-E403", "lon 0, lat 0 is in the sea: it stands for 'no place'", "leave the place out"),
}
"""For each doubt: the code of the fault, what is wrong, and the remedy."""


def bad_coordinates(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.int8]:
    """Say for each of n places what is wrong with it (`Doubt`), 0 where nothing is.

    A swap is suspected only where it would explain a latitude beyond 90 degrees; lon 0, lat 0 is a
    possible place, but nearly always an empty field.

    >>> bad_coordinates([35.9, np.nan, 500.0, 33.1, 0.0], [33.1, 33.1, 33.1, 135.9, 0.0])
    array([0, 1, 2, 3, 4], dtype=int8)
    """
    east, north = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    doubts = np.where((east == 0.0) & (north == 0.0), Doubt.NULL_ISLAND, Doubt.NONE).astype(np.int8)
    far = ~((np.abs(east) <= 180.0) & (np.abs(north) <= 90.0))
    doubts[far] = Doubt.OUT_OF_RANGE
    doubts[far & (np.abs(north) <= 180.0) & (np.abs(east) <= 90.0)] = Doubt.SWAPPED
    doubts[np.isnan(east) | np.isnan(north)] = Doubt.MISSING
    return doubts


def coordinate_faults(lon: ArrayLike, lat: ArrayLike, *, at: str) -> list[Fault]:
    """List the places that cannot be used, counted from 1; lon 0, lat 0 can.

    >>> print(coordinate_faults([35.9, 500.0], [33.1, 33.1], at="line vertex")[0])
    line vertex 2: TL-E402 a coordinate is out of range: 500.0, 33.1; give lon -180..180 and lat -90..90 in degrees
    """
    doubts = bad_coordinates(lon, lat)
    bad = np.flatnonzero((doubts != Doubt.NONE) & (doubts != Doubt.NULL_ISLAND))
    pairs = np.stack([np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)], axis=-1)
    faults = []
    for row in bad[:MOST_FAULTS].tolist():
        code, what, remedy = CODES[Doubt(doubts[row])]
        faults.append(Fault(f"{at} {row + 1}", code, f"{what}: {pairs[row, 0]}, {pairs[row, 1]}", remedy))
    return faults


def require_coordinates(lon: ArrayLike, lat: ArrayLike) -> None:
    """Raise a `GeometryError` that names every place which cannot be located.

    >>> require_coordinates([35.9], [33.1])
    """
    faults = coordinate_faults(lon, lat, at="place")
    if faults:
        raise GeometryError(faults)


def require_lengths(values: ArrayLike, *, at: str, endless: bool = False) -> None:
    """Raise a `GeometryError` unless all values are lengths: not negative, not NaN, not endless unless allowed.

    >>> require_lengths([-1.0], at="radius")
    Traceback (most recent call last):
    truceline.errors.GeometryError: radius 1: TL-E404 -1.0 is not a length in metres; give 0 or more
    """
    lengths = np.atleast_1d(np.asarray(values, dtype=np.float64))
    bad = np.flatnonzero(~((lengths >= 0.0) & (endless | (lengths < np.inf))))
    if bad.size:
        raise GeometryError(
            Fault(f"{at} {row + 1}", "TL-E404", f"{lengths[row]} is not a length in metres", "give 0 or more")
            for row in bad[:MOST_FAULTS].tolist()
        )


def require_ranges(sectors: ArrayLike) -> NDArray[np.float64]:
    """Give ranges of stations as an array of shape (k, 2); raise a `GeometryError` unless begin < end in all.

    >>> require_ranges([(0.0, 500.0), (500.0, np.inf)])
    array([[  0., 500.],
           [500.,  inf]])
    """
    ranges = np.asarray(sectors, dtype=np.float64).reshape(-1, 2)
    bad = np.flatnonzero(~(ranges[:, 0] < ranges[:, 1]))
    if bad.size:
        raise GeometryError(
            Fault(f"sector {row + 1}", "TL-E409", f"no station lies between {low} and {high}", "begin below the end")
            for row, (low, high) in zip(bad.tolist(), ranges[bad].tolist(), strict=True)
        )
    return ranges

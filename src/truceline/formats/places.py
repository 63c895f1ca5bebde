"""Where reports say something was: positions checked, precision codes turned into a disc or a region.

A point is no place. A place is the region if one is known, else the disc around the point if a
radius is, else unknown; the point of the source is kept beside it all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from truceline.basics.counting import counted
from truceline.evidence.precision import PrecisionTable
from truceline.formats.cells import numbers
from truceline.formats.gazetteer import Gazetteer
from truceline.formats.rejects import Flag, flag, remark

__all__ = ["Extents", "Positions", "extents", "positions"]

Flags = NDArray[np.bool_]
AROUND: Final = {"adm2": ("adm2", "adm1", "country"), "adm1": ("adm1", "country"), "country": ("country",)}
FEW: Final = 20  # rows below which nothing can be said to be far from the others


@dataclass(frozen=True, slots=True)
class Positions:
    """n positions in degrees; 0, 0 where not `given`; `empty` where the file says nothing at all."""

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    given: Flags
    empty: Flags
    flags: tuple[Flag, ...]

    @property
    def columns(self) -> dict[str, pa.Array]:
        """The columns lon and lat."""
        return {"lon": pa.array(self.lon, mask=~self.given), "lat": pa.array(self.lat, mask=~self.given)}


@dataclass(frozen=True, slots=True)
class Extents:
    """How far the place may be from the point: a radius [m] or the id of a region; null where not known."""

    radius: pa.Array
    region: pa.Array
    flags: tuple[Flag, ...]


def positions(lon: pa.ChunkedArray, lat: pa.ChunkedArray, names: tuple[str, str] = ("lon", "lat")) -> Positions:
    """Check positions; those that cannot be, and 0, 0, are none.

    >>> found = positions(pa.chunked_array([["36.7", "0", "34.8"]]), pa.chunked_array([["34.8", "0", "136.7"]]))
    >>> found.given.tolist(), [(each.code, each.rows.tolist()) for each in found.flags if len(each.rows)]
    ([True, False, False], [('TL-R105', [2]), ('TL-R201', [1])])
    """
    x, x_given, x_bad = numbers(lon)
    y, y_given, y_bad = numbers(lat)
    both = x_given & y_given
    inside = (np.abs(x) <= 180) & (np.abs(y) <= 90)
    swapped = both & ~inside & (np.abs(x) <= 90) & (np.abs(y) <= 180)
    nowhere = both & (x == 0) & (y == 0)
    given = both & inside & ~nowhere
    empty = ~(x_given | y_given | x_bad | y_bad)
    flags = (
        flag("TL-R103", x_bad, names[0], lon),
        flag("TL-R103", y_bad, names[1], lat),
        flag("TL-R104", both & ~inside & ~swapped, names[0], _pairs(lon, lat)),
        flag("TL-R105", swapped, names[0], _pairs(lon, lat)),
        flag("TL-R110", (x_given ^ y_given) & ~(x_bad | y_bad), names[0]),
        flag("TL-R201", nowhere, names[0]),
        flag("TL-R215", given & _strays(x, y, given), names[0], _pairs(lon, lat)),
    )
    return Positions(np.where(given, x, 0.0), np.where(given, y, 0.0), given, empty, flags)


def extents(
    codes: pa.ChunkedArray,
    dataset: str,
    table: PrecisionTable,
    named: Mapping[str, pa.ChunkedArray],
    regions: Gazetteer,
    column: str,
) -> Extents:
    """Turn precision codes into radii and regions.

    Parameters
    ----------
    codes : ChunkedArray of string
        The data set's precision codes.
    named : mapping of level to ChunkedArray of string
        The names of the administrative unit of each row, by level (adm1, adm2, country). Where no
        region of a level is known, the next wider one stands in.
    column : str
        The name of the column of codes, for messages.
    """
    present = [code for code in pc.unique(codes).to_pylist() if code is not None]
    known = {code: table[dataset, code] for code in present if (dataset, code) in table}
    radius, region = pa.nulls(len(codes), pa.float64()), pa.nulls(len(codes), pa.string())
    asked, sought = np.zeros(len(codes), dtype=bool), pa.nulls(len(codes), pa.string())
    for code, meaning in known.items():
        here = pc.fill_null(pc.equal(codes, code), fill_value=False).combine_chunks()
        if meaning.radius_m is not None:
            radius = pc.if_else(here, meaning.radius_m, radius)
        elif meaning.level not in {None, "unknown"}:
            asked |= np.asarray(here)
            region = pc.if_else(here, _found(named, str(meaning.level), regions), region)
            sought = pc.if_else(here, _named(named, str(meaning.level), len(codes)), sought)
    other = ~np.asarray(pc.is_in(codes, pa.array(list(known), pa.string())).combine_chunks())
    missing = asked & np.asarray(pc.is_null(region))
    flags = [flag("TL-R203", other, column, codes)]
    if len(regions):
        nameless = np.asarray(pc.is_null(sought))
        flags.append(flag("TL-R204", missing & ~nameless, "region", pa.chunked_array([sought])))
        flags.append(replace(flag("TL-R204", missing & nameless, "region"), evidence="the row names none"))
    elif missing.any():
        flags.append(remark("TL-R305", counted(int(missing.sum()), "row")))
    return Extents(radius, region, tuple(flags))


def _found(named: Mapping[str, pa.ChunkedArray], level: str, regions: Gazetteer) -> pa.Array:
    """Find the regions of one level; where none is known, the next one around it holds the place as surely."""
    around = [wider for wider in AROUND[level] if wider in named]
    return pc.coalesce(*(regions.called(named[wider].to_pylist(), wider) for wider in around))


def _named(named: Mapping[str, pa.ChunkedArray], level: str, count: int) -> pa.Array:
    """Give the names that were looked for at one level: of the unit itself, else of the next one around it."""
    around = [pc.if_else(pc.equal(named[wider], ""), None, named[wider]) for wider in AROUND[level] if wider in named]
    found = pc.coalesce(*around) if around else pa.nulls(count, pa.string())
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def _pairs(lon: pa.ChunkedArray, lat: pa.ChunkedArray) -> pa.ChunkedArray:
    """Show both coordinates of a row in one cell."""
    return pc.binary_join_element_wise(pc.cast(lon, pa.string()), pc.cast(lat, pa.string()), ", ")


def _strays(x: NDArray[np.float64], y: NDArray[np.float64], given: Flags) -> Flags:
    """Mark positions far from nine tenths of the others that would be among them with their axes swapped.

    "Far" is one more width (and 1 degree) outside the box from the 5th to the 95th percentile.
    """
    if np.sum(given) < FEW:
        return np.zeros(len(x), dtype=bool)
    boxes = [np.percentile(values[given], [5, 95]) for values in (x, y)]
    (west, east), (south, north) = ((low - (high - low) - 1, high + (high - low) + 1) for low, high in boxes)
    inside = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    strays: Flags = ~inside & (y >= west) & (y <= east) & (x >= south) & (x <= north)
    return strays

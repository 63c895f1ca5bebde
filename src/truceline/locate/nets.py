"""Nets of cells round an area: most discs are settled by the cell in which their middle lies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from truceline.basics.truth import Truths
from truceline.locate.ecef import FLATTEST, GEOD, Floats, to_ecef
from truceline.locate.pieces import Ints, Pieces
from truceline.locate.polygons import holds
from truceline.locate.shortlist import Shortlists, away_from, lengthened, no_shortlists, whole

__all__ = ["Nets", "nets_round", "settled"]

ACROSS = 128
"""A net has so many columns and rows of cells."""

STEPS = (8, 32, ACROSS)
"""Shortlists are drawn up from large cells to small ones: so many columns and rows of them."""

LONGEST = 128
"""A cell for which more pieces matter gets no shortlist: it would save little and fill the memory."""

SMALLEST = 1e-3
"""No net is narrower than this on either side of its middle [degrees]."""

SLACK = 0.05
"""The pieces of a boundary run within two centimetres of it; rounding errors are far smaller [m]."""

SHARPEST = GEOD.b**2 / GEOD.a
"""The smallest radius of curvature anywhere on the ellipsoid [m]: along the meridians at the equator."""


@dataclass(frozen=True, slots=True, eq=False)
class Nets:
    """Nets of cells round an area, each twice as wide as the one within; made by `nets_round`.

    The first net lies over the area, the last over the whole earth. `middle` : their common middle,
    lon/lat. `half` : half the width and half the height of the first [degrees]. By cell: `low`,
    `high` : every place in it is so far from the boundary of the area at least and at most [m];
    `inside` : 1 or -1, right for all of the cell where `low` is positive. `lists` : shortlists of the
    earth, of the large cells and of the cells. All this is worked out when the first place asks for
    it: a handful of places costs a handful of cells, and what is found does not depend on who asks.
    """

    middle: tuple[float, float]
    half: tuple[float, float]
    low: Floats
    high: Floats
    inside: NDArray[np.int8]
    lists: list[Shortlists]


def nets_round(shape: shapely.MultiPolygon, pieces: Pieces) -> Nets:
    """Lay nets of cells round the polygons of an area with this boundary; nothing is known of the cells yet.

    >>> from truceline.locate.pieces import join
    >>> from truceline.locate.polygons import rings_of
    >>> square = shapely.multipolygons([shapely.box(179.0, 0.0, 181.0, 1.0)])
    >>> nets = nets_round(square, join(rings_of(square), "lonlat"))
    >>> nets.middle, nets.half, len(nets.low) // ACROSS**2
    ((180.0, 0.5), (1.0, 0.5), 10)
    """
    west, south, east, north = shape.bounds
    half = max((east - west) / 2.0, SMALLEST), max((north - south) / 2.0, SMALLEST)
    count = 1 + int(np.frexp(180.0 / min(half))[1])
    low, high = np.zeros((2, count * ACROSS**2))
    lists = [whole(pieces), *(no_shortlists(count * across**2) for across in STEPS)]
    middle = (west + east) / 2.0, (south + north) / 2.0
    return Nets(middle, half, low, high, np.zeros(len(low), dtype=np.int8), lists)


def settled(
    nets: Nets, shape: shapely.MultiPolygon, pieces: Pieces, lon: Floats, lat: Floats, margin: Floats
) -> tuple[Truths, Ints]:
    """Say of n discs whether they lie in the area, and list those that must be measured to say it.

    `margin` : the radius, with all that is uncertain beside [m]. A disc is inside or outside if its
    margin is less than every distance in its cell, neither if it is more. Between the two only the
    pieces on the shortlist of the cell are looked at: what is open then all but touches the boundary.
    """
    which = _cells_at(nets, lon, lat)
    lists = _worked_out(nets, shape, pieces, which)
    clear = nets.low[which] > margin
    truths: Truths = np.where(clear, nets.inside[which], np.int8(0))
    rows = np.flatnonzero(~(clear | (nets.high[which] < margin)))
    short = lists.count[which[rows]] > 0
    left, rows = rows[~short], rows[short]
    away = away_from(lists, which[rows], pieces, to_ecef(lon[rows], lat[rows]))
    clear = away - SLACK > margin[rows]
    truths[rows[clear]] = _sides(shape, lon[rows[clear]], lat[rows[clear]])
    return truths, np.concatenate([left, rows[~(clear | (_arc_limit(away + SLACK) < margin[rows]))]])


def _sides(shape: shapely.MultiPolygon, lon: Floats, lat: Floats) -> Truths:
    """Say of places off the boundary on which side of it they lie: 1 inside, -1 outside."""
    truths: Truths = np.where(holds(shape, lon, lat), np.int8(1), np.int8(-1))
    return truths


def _cells_at(nets: Nets, lon: Floats, lat: Floats) -> Ints:
    """Find the cells in which places lie: of the smallest net that reaches so far."""
    east = lon - nets.middle[0]
    east -= 360.0 * np.rint(east / 360.0)
    x, y = east / nets.half[0], (lat - nets.middle[1]) / nets.half[1]
    net = np.maximum(np.frexp(np.maximum(np.abs(x), np.abs(y)))[1], 0)
    scale = np.ldexp(ACROSS / 2, -net)
    column, row = (np.minimum(along * scale + ACROSS / 2, ACROSS - 1).astype(np.intp) for along in (x, y))
    return (net * ACROSS + row) * ACROSS + column


def _worked_out(nets: Nets, shape: shapely.MultiPolygon, pieces: Pieces, which: Ints) -> Shortlists:
    """Work out the cells that are asked for and not known yet; give shortlists that hold theirs.

    Between the middle of a cell and any place in it the distance changes by no more than their way.
    Distances are measured through the earth: the way over the ground is longer, but shorter than if
    the earth were bent everywhere as sharply as it is anywhere (Schur's theorem).
    """
    lists = nets.lists[-1]
    new = _lacking(lists, which)
    if not len(new):
        return lists
    lists, away, spread = _drawn_up(nets, pieces, len(STEPS), lists, new)
    lon, lat, _ = _middles(nets, new, ACROSS)
    nets.low[new] = away - spread
    nets.high[new] = _arc_limit(away + spread)
    nets.inside[new] = _sides(shape, lon, lat)
    nets.lists[-1] = lists
    return lists


def _lacking(lists: Shortlists, which: Ints) -> Ints:
    """List those of some cells that have no shortlist yet, each once."""
    asked = np.zeros(lists.count.shape, dtype=np.bool_)
    asked[which] = True
    return np.flatnonzero(asked & (lists.count == 0))


def _drawn_up(
    nets: Nets, pieces: Pieces, step: int, lists: Shortlists, new: Ints
) -> tuple[Shortlists, Floats, Floats]:  # fmt: skip
    """Add the shortlists of new cells, `STEPS[step - 1]` across a net, drawn up from those of the larger cells.

    Returns the longer shortlists; how far the middles of the new cells are from the boundary,
    through the earth; and how far their places are from the middles at most [m].
    """
    across = STEPS[step - 1]
    above, around = nets.lists[step - 1], np.zeros_like(new)
    if step > 1:
        around = _around(new, across, STEPS[step - 2])
        lacking = _lacking(above, around)
        if len(lacking):
            above, *_ = _drawn_up(nets, pieces, step - 1, above, lacking)
            nets.lists[step - 1] = above
    lon, lat, spread = _middles(nets, new, across)
    longest = LONGEST if across == ACROSS else len(pieces.length)
    longer, away = lengthened(lists, new, pieces, to_ecef(lon, lat), spread, (above, around), longest)
    return longer, away, spread


def _around(which: Ints, across: int, fewer: int) -> Ints:
    """Find the larger cells, `fewer` across a net, in which cells lie."""
    net, row, column = which // across**2, which // across % across, which % across
    return (net * fewer + row * fewer // across) * fewer + column * fewer // across


def _middles(nets: Nets, which: Ints, across: int) -> tuple[Floats, Floats, Floats]:
    """Give the middles of cells [degrees], and how far from there their places lie at most [m].

    The straight way in longitude and latitude is no shorter than the shortest one; its length is
    bounded by the largest radius of curvature and the longest parallel of the cell.
    """
    net, row, column = which // across**2, which // across % across, which % across
    wide, high = (np.ldexp(2.0 * half / across, net) for half in nets.half)
    west, east = np.clip((np.stack([column, column + 1]) - across / 2) * wide, -180.0, 180.0)
    south, north = np.clip(nets.middle[1] + (np.stack([row, row + 1]) - across / 2) * high, -90.0, 90.0)
    lon, lat = nets.middle[0] + (west + east) / 2.0, (south + north) / 2.0
    nearest_equator = np.where(south * north < 0.0, 0.0, np.minimum(np.abs(south), np.abs(north)))
    across_it = (east - west) / 2.0 * np.cos(np.radians(nearest_equator))
    spread = FLATTEST * np.radians(np.hypot(across_it, (north - south) / 2.0)) + SLACK
    return lon - 360.0 * np.rint(lon / 360.0), lat, spread


def _arc_limit(chord: Floats) -> Floats:
    """Bound the way over the ground between two places by the straight way through the earth [m]."""
    share = chord / (2.0 * SHARPEST)
    limit: Floats = np.where(share < 0.95, 2.0 * SHARPEST * np.arcsin(np.minimum(share, 0.95)), np.inf)
    return limit

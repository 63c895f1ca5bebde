"""The candidates of a disc: every stretch of the line that can be nearest to a position in it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from truceline.locate.ecef import Floats, chord_limit, length_of, to_ecef
from truceline.locate.line import Points, ReferenceLine
from truceline.locate.nearest import Reached, reached
from truceline.locate.pieces import Pieces

__all__ = ["Seen", "seen_from"]

Bools = NDArray[np.bool_]

FARTHEST = 3e6
"""Beyond so many metres the whole line is a candidate."""

SAME = 1e-6
"""Points nearer to each other [m] are one."""

RIGHT_ANGLE = 90.0
"""Pieces whose directions differ by less [degrees] have one common side."""


class Seen(NamedTuple):
    """What the candidates of n discs say; the fields are explained at `disc.Located`."""

    either: Bools
    station_low: Floats
    station_high: Floats
    abeam: NDArray[np.int8]
    sectors: Bools


class Discs(NamedTuple):
    """n discs: middle and foot in space; `reach` of the candidates and `margin` of the position [m]."""

    middle: Floats
    foot: Floats
    reach: Floats
    margin: Floats
    beyond: Bools

    def at(self, rows: NDArray[np.intp] | Bools) -> Discs:
        """Pick some of them."""
        return Discs._make(column[rows] for column in self)


def seen_from(line: ReferenceLine, middle: Floats, centre: Points, radius: Floats, ranges: Floats) -> Seen:
    """Gather what the candidates of n discs say; `centre` is what `locate_points` says of their middles.

    The nearest point of a position in the disc lies, through the earth, within the radius plus the
    chord of (distance + radius) of its middle. A line that is uncertain by u may be nearest where
    the drawn one is farther by up to 2 u. Without radius and uncertainty the foot is all there is.
    """
    slack = radius + 2.0 * line.uncertainty
    seen = _exactly(line, centre, ranges)
    far = ~(centre.distance + slack <= FARTHEST)
    lost, rows = np.flatnonzero((slack > 0.0) & far), np.flatnonzero((slack > 0.0) & ~far)
    _put(seen, lost, _anything(line, len(lost), ranges))
    foot = to_ecef(centre.foot_lon, centre.foot_lat)
    reach = radius + chord_limit(centre.distance + slack)
    discs = Discs(middle, foot, reach, radius + line.uncertainty, centre.beyond_end).at(rows)
    for near in reached(line.pieces, discs.middle, discs.reach):
        _put(seen, rows[near.rows], _gathered(line, near, discs.at(near.rows), ranges))
    return seen


def _put(seen: Seen, rows: NDArray[np.intp], found: Seen) -> None:
    """Write what some discs say into the rows that stand for them."""
    seen.either[rows], seen.abeam[rows], seen.sectors[rows] = found.either, found.abeam, found.sectors
    seen.station_low[rows], seen.station_high[rows] = found.station_low, found.station_high


def _anything(line: ReferenceLine, n: int, ranges: Floats) -> Seen:
    """Say what holds wherever the n positions are: only that a nearest point lies on the line."""
    sectors = np.tile((ranges[:, 0] <= line.length) & (ranges[:, 1] > 0.0), (n, 1))
    return Seen(np.ones(n, np.bool_), np.zeros(n), np.full(n, line.length), np.zeros(n, np.int8), sectors)


def _exactly(line: ReferenceLine, centre: Points, ranges: Floats) -> Seen:
    """Say what holds of sharp positions on a sharp line."""
    station = centre.station[:, None]
    sectors = (ranges[:, 0] <= station) & ((station < ranges[:, 1]) | (ranges[:, 1] >= line.length))
    abeam = np.where(centre.beyond_end, -1, 1).astype(np.int8)
    return Seen(centre.side == 0, centre.station.copy(), centre.station.copy(), abeam, sectors)


def _gathered(line: ReferenceLine, near: Reached, discs: Discs, ranges: Floats) -> Seen:
    """Cut the candidate stretches out of the pieces near some discs, and sum up what they say."""
    pieces, those = line.pieces, near.those
    within = near.away <= discs.reach[:, None]
    half = np.sqrt(np.maximum(np.square(discs.reach)[:, None] - (near.square - np.square(near.along)), 0.0))
    begin = np.clip(near.along - half, 0.0, pieces.length[those])
    end = np.clip(near.along + half, 0.0, pieces.length[those])
    at_end = (begin <= 0.0) & (pieces.before[those] < 0) | (end >= pieces.length[those]) & (pieces.after[those] < 0)
    ended = _may_end(line, near, within & at_end, discs)
    begin, end = pieces.stations(those, begin), pieces.stations(those, end)
    sectors = [(within & (begin <= high) & (end >= low)).any(axis=1) for low, high in ranges]
    past = _all_beyond(line, near, within, discs)
    return Seen(
        ended | ~_one_sided(line, near, within),
        np.where(within, begin, np.inf).min(axis=1),
        np.where(within, end, -np.inf).max(axis=1),
        np.where(ended, -past.astype(np.int8), 1).astype(np.int8),
        np.reshape(sectors, (len(ranges), len(ended))).T,
    )


def _may_end(line: ReferenceLine, near: Reached, at_end: Bools, discs: Discs) -> Bools:
    """Say whether a position in a disc may have an end of the line for its nearest point.

    Not if some other point of the line is surely nearer to all of the disc: the disc lies past the
    plane half way between the two, and by so much that the line's uncertainty cannot matter.
    """
    pieces, ended = line.pieces, np.zeros(len(at_end), dtype=np.bool_)
    corners = np.concatenate([pieces.start[near.those], pieces.until()[near.those[-1:]]])
    radius = discs.margin - line.uncertainty
    for column in np.flatnonzero(at_end.any(axis=0)):
        piece, rows = near.those[column], np.flatnonzero(at_end[:, column] & ~ended)
        for end in _ends_of(pieces, piece):
            way = corners - end
            far = np.maximum(length_of(way), SAME)
            past = (discs.middle[rows] - end) @ (way / far[:, None]).T - far / 2.0 - radius[rows, None]
            to_end = length_of(discs.middle[rows] - end)
            to_corner = length_of(discs.middle[rows, None, :] - corners)
            nearer_by = 2.0 * past * far / (to_end[:, None] + to_corner + 2.0 * radius[rows, None] + SAME)
            needed = 2.0 * line.uncertainty + 0.1 + 1e-5 * to_end
            ended[rows] |= ~(nearer_by > needed[:, None]).any(axis=1)
    return ended


def _ends_of(pieces: Pieces, piece: int) -> list[Floats]:
    """List the ends of the line on one piece."""
    ends = [pieces.start[piece]] if pieces.before[piece] < 0 else []
    return [*ends, pieces.until()[piece]] if pieces.after[piece] < 0 else ends


def _one_sided(line: ReferenceLine, near: Reached, within: Bools) -> Bools:
    """Say whether all candidates belong to one part with a common side.

    Either the side of the part is clear everywhere, or all of it from the first candidate to the
    last runs within a right angle: extended straight on, away from the disc, it parts the plane.
    """
    first = near.those[np.argmax(within, axis=1)]
    last = near.those[within.shape[1] - 1 - np.argmax(within[:, ::-1], axis=1)]
    part = line.pieces.part[first]
    one = part == line.pieces.part[last]
    known: Bools = one & line.clear[part]
    asked = np.flatnonzero(one & ~known)
    stretches, which = np.unique(np.stack([first[asked], last[asked]]), axis=1, return_inverse=True)
    straight = [np.ptp(line.turns[begin : end + 1]) < RIGHT_ANGLE for begin, end in stretches.T]
    known[asked] = np.array(straight, dtype=np.bool_)[which.ravel()]
    return known


def _all_beyond(line: ReferenceLine, near: Reached, within: Bools, discs: Discs) -> Bools:
    """Say whether every position in a disc lies beyond the end which is the foot of its middle.

    So it is if from that end no candidate lies towards any of them: then the end is the nearest.
    """
    beyond = np.zeros(len(within), dtype=np.bool_)
    corners = np.concatenate([line.pieces.start[near.those], line.pieces.until()[near.those]])
    ends, which = np.unique(discs.foot[discs.beyond], axis=0, return_inverse=True)
    for number, end in enumerate(ends):
        rows = np.flatnonzero(discs.beyond)[which.ravel() == number]
        way = corners - end
        far = length_of(way)
        towards = (discs.middle[rows] - end) @ (way / np.maximum(far, SAME)[:, None]).T
        away = (towards + discs.margin[rows, None] <= 0.0) | (far <= SAME)
        beyond[rows] = (away | ~np.tile(within[rows], 2)).all(axis=1)
    return beyond

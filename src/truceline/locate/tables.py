"""A line and the earth as plain tables of numbers, for the compiled inner loops."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from truceline.locate.ecef import E2, Floats, dot, length_of, to_ecef, to_lonlat, upward
from truceline.locate.pieces import Ints, Pieces
from truceline.locate.reference import ReferenceLine

__all__ = ["FEW", "PER_DEGREE", "Earth", "Line", "Strokes", "earth", "line_table", "strokes_of"]

PER_DEGREE = 10
"""The tables of the earth have so many rows for a degree."""

ORDER = 5
"""So many terms give a place within a tenth of a degree to a millionth of a millimetre."""

FEW = 8
"""A stroke holds at most so many pieces."""

STRAIGHT = 1.5e-3
"""Pieces that turn by less [radians] may belong to one stroke."""

EVEN = 1e-3
"""Pieces of one stroke differ in length by less than this share."""

MISPLACED = 1e-9
"""A foot may be drawn so many degrees from where it lies: a tenth of a millimetre."""

Small = NDArray[np.int32]


class Earth(NamedTuple):
    """Points in space as polynomials.

    `rows` : (1800, 10); distance from the axis 0-4, and height over the equator 5-9, in every tenth of
    a degree of latitude. `columns` : (3600, 2), cosine and sine of the middles of every tenth of longitude.
    """

    rows: Floats
    columns: Floats


class Line(NamedTuple):
    """m pieces of a line, one in a row.

    `pieces` : (m, 8); start 0-2, direction 3-5, length 6. `ground` : (m + 1, 10); station 0, metres
    on the ground per metre of the chord 1, half its curvature 2, longitude of the foot as a polynomial
    3-5, latitude 6-8, and whether these two may be used 9; in the last row, the station where the line
    ends. `ways` : (2 m, 3), the level direction to the plus side, then, where each piece begins, the sum
    of these directions of the pieces that meet there. `joined` : (m, 2), pieces before and after, -1 at an end.
    """

    pieces: Floats
    ground: Floats
    ways: Floats
    joined: Small


class Strokes(NamedTuple):
    """k strokes: runs of pieces of one edge, so even that one chord stands for them.

    `chords` : (k, 12); start 0-2, direction 3-5, length 6, pieces per metre 7; no place of the run
    is farther than 8 from the chord [m], none of its pieces turned from it by more than 9 [radians],
    none of its joints more than 10 from where even pieces would have it [m]. 11 is the most that any
    stroke has in 8.
    `held` : (k, 4); first piece, number of pieces, stroke before, stroke after (-1 at an end).
    """

    chords: Floats
    held: Small


def earth() -> Earth:
    """Make the tables of the earth."""
    nodes = np.cos((np.arange(ORDER) + 0.5) * np.pi / ORDER)
    middles = (np.arange(180 * PER_DEGREE) + 0.5) / PER_DEGREE - 90.0
    points = to_ecef(0.0, middles[None, :] + nodes[:, None] / (2 * PER_DEGREE))
    terms = np.linalg.solve(np.vander(nodes, increasing=True), points.reshape(ORDER, -1)).reshape(points.shape)
    turns = np.radians((np.arange(360 * PER_DEGREE) + 0.5) / PER_DEGREE - 180.0)
    rows = np.concatenate([terms[:, :, 0].T, terms[:, :, 2].T], axis=1)
    return Earth(np.ascontiguousarray(rows), np.stack([np.cos(turns), np.sin(turns)], axis=1))


def line_table(line: ReferenceLine) -> Line:
    """Write the pieces of a line into one table."""
    pieces = line.pieces
    middle = pieces.start + pieces.along * (pieces.length / 2.0)[:, None]
    signs = line.signs[pieces.part].astype(np.float64)[:, None]
    before = np.where((pieces.before >= 0)[:, None], pieces.along[pieces.before], 0.0)
    lon, lat, plain = _footprints(pieces)
    empty = np.zeros((len(lon), 1))
    scalars = np.stack([pieces.station, pieces.stretch / pieces.length, _curvature(pieces, middle) / 2.0], axis=1)
    ways = np.cross(upward(middle), pieces.along) * signs
    ground = np.pad(np.concatenate([scalars, lon, lat, plain[:, None]], axis=1), ((0, 1), (0, 0)))
    ground[-1, 0] = pieces.station[-1] + pieces.stretch[-1]
    table = np.concatenate([pieces.start, pieces.along, pieces.length[:, None], empty], axis=1)
    joints = np.cross(upward(pieces.start), pieces.along + before) * signs
    ways = np.concatenate([ways, joints])
    joined = np.stack([pieces.before, pieces.after], axis=1).astype(np.int32)
    return Line(np.ascontiguousarray(table), np.ascontiguousarray(ground), np.ascontiguousarray(ways), joined)


def _curvature(pieces: Pieces, middle: Floats) -> Floats:
    """Say how the ground curves along each piece [1/m]."""
    squeezed = np.array([1.0, 1.0, 1.0 / (1.0 - E2)])
    return np.asarray(dot(pieces.along, pieces.along * squeezed) / length_of(middle * squeezed), dtype=np.float64)


def _footprints(pieces: Pieces) -> tuple[Floats, Floats, Floats]:
    """Fit parabolas, shape (m, 3), to the longitude and latitude along each piece; say which of them may be used."""
    shares = np.array([0.0, 0.5, 1.0, 0.25, 0.75])
    way = pieces.along * pieces.length[:, None]
    places = np.stack(to_lonlat(pieces.start[:, None] + way[:, None] * shares[:, None]))
    places[0] = np.unwrap(places[0], period=360.0, axis=1)
    first, middle, last = places[:, :, 0], places[:, :, 1], places[:, :, 2]
    terms = np.stack([first, 4.0 * middle - 3.0 * first - last, 2.0 * (first + last - 2.0 * middle)], axis=-1)
    drawn = np.einsum("...k,sk->...s", terms, np.vander(shares, 3, increasing=True))
    level = np.cos(np.radians(places[1]))
    wrong = np.maximum(np.abs(drawn - places)[0] * level, np.abs(drawn - places)[1]).max(axis=1)
    lon, lat = terms / np.stack([np.ones_like(pieces.length), pieces.length, pieces.length**2], axis=1)
    return lon, lat, (wrong <= MISPLACED).astype(np.float64)


def strokes_of(pieces: Pieces) -> Strokes:
    """Gather the pieces of a line into strokes."""
    first = _firsts(pieces)
    last = np.append(first[1:], len(pieces.length)) - 1
    until = pieces.until()
    chord = until[last] - pieces.start[first]
    length = length_of(chord)
    along, count = chord / length[:, None], last - first + 1
    stroke = np.repeat(np.arange(len(first)), count)
    gap = pieces.start - pieces.start[first][stroke]
    on = dot(gap, along[stroke])
    aside = np.maximum.reduceat(length_of(gap - along[stroke] * on[:, None]), first)
    turned = np.maximum.reduceat(length_of(pieces.along - along[stroke]), first)
    even = (np.arange(len(stroke)) - first[stroke]) * (length / count)[stroke]
    uneven = np.maximum.reduceat(np.abs(on - even), first)
    before, after = (_stroke_at(stroke, joined) for joined in (pieces.before[first], pieces.after[last]))
    aside = aside * 1.001
    scalars = (length, count / length, aside, turned * 1.01, uneven * 1.001 + 1e-3, np.full(len(aside), aside.max()))
    chords = np.concatenate([pieces.start[first], along, np.stack(scalars, axis=1)], axis=1)
    held = np.stack([first, count, before, after], axis=1).astype(np.int32)
    return Strokes(np.ascontiguousarray(chords), np.ascontiguousarray(held))


def _firsts(pieces: Pieces) -> Ints:
    """Say with which pieces strokes begin: at corners, where the measure changes, and after so many pieces."""
    order = np.arange(len(pieces.length))
    turn = length_of(pieces.along - np.roll(pieces.along, 1, axis=0))
    share = np.abs(pieces.length / np.roll(pieces.length, 1) - 1.0)
    runs_on = (pieces.before == order - 1) & (order > 0) & (turn < STRAIGHT) & (share < EVEN)
    since = order - np.maximum.accumulate(np.where(runs_on, 0, order))
    return np.flatnonzero(since % FEW == 0)


def _stroke_at(stroke: Ints, piece: Ints) -> Ints:
    return np.where(piece >= 0, stroke[piece], -1)

"""What a disc must know of a line beforehand: its runs, its free ends, and how far it has one side."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

import numpy as np
import shapely

from truceline.locate.candidates import RIGHT_ANGLE, SAME
from truceline.locate.ecef import Floats, dot, length_of
from truceline.locate.pieces import Ints, Pieces
from truceline.locate.reference import ReferenceLine
from truceline.locate.tables import Small

__all__ = ["FIRST_RAYS", "MOST_ENDS", "Runs", "Tips", "tips_of"]

LEVELS = 3
"""The pieces lie in runs of 8, of 64 and of 512."""

MOST_ENDS = 8
"""A line with more free ends is left to the slow way."""

MOST_RAYS = 24
"""So many rays hold all directions from an end to the line; where it takes more they are not used."""


FIRST_RAYS = 16
"""The first rays are drawn to so many pieces, the next to twice as many."""

LEAST_DEPTH = 0.05
"""Directions within some 87 degrees of one are seen from there; where they spread more, rays are not known."""


class Runs(NamedTuple):
    """Runs of 8, of 64 and of 512 pieces, each between its two tips no farther from their chord than its width.

    `chords` : (b, 8); start 0-2, direction 3-5, length 6, width 7 [m]. `first` : (3,), where each size begins.
    """

    chords: Floats
    first: Small


class Tips(NamedTuple):
    """Tables about a line of m pieces, as it is seen from discs.

    `ends` : (e, 3), the free ends. `end_pieces` : (e, 2), the piece of each, and 1 where it is its
    start, -1 where its end. `corners` : (e, c, 4), all corners of the line from the nearest to the
    farthest from each end, and how far each is. `rays` : (e, l, 24, 3), directions from an end that hold
    between them those to the first 16, 32, 64 ... pieces from there on; `ray_count` : (e, l), how many,
    0 for unknown. `one_sided` : (m,), the last piece up to which the line from this one on has a common
    side. `extent` : length and uncertainty [m].
    """

    runs: Runs
    ends: Floats
    end_pieces: Small
    corners: Floats
    rays: Floats
    ray_count: Small
    one_sided: Small
    extent: Floats


def tips_of(line: ReferenceLine) -> Tips:
    """Make the tables."""
    pieces = line.pieces
    groups = [_runs(pieces, 8 ** (level + 1)) for level in range(LEVELS)]
    starts = np.cumsum([0] + [len(group) for group in groups])[:LEVELS]
    until = pieces.until()
    first, last = np.flatnonzero(pieces.before < 0), np.flatnonzero(pieces.after < 0)
    ends = np.concatenate([pieces.start[first], until[last]])
    end_pieces = np.stack([np.append(first, last), np.repeat([1, -1], [len(first), len(last)])], axis=1)
    places = np.concatenate([pieces.start, until[last]])
    rays = [_fans(pieces, end, *piece) for end, piece in zip(ends, end_pieces.tolist(), strict=True)]
    levels = len(_counts(pieces))
    return Tips(
        Runs(np.concatenate(groups), starts.astype(np.int32)),
        ends,
        end_pieces.astype(np.int32),
        np.array([_sorted(end, places) for end in ends]).reshape(len(ends), len(places), 4),
        np.array([[_filled(one) for one in fan] for fan in rays]).reshape(len(ends), levels, MOST_RAYS, 3),
        np.array([[len(one) for one in fan] for fan in rays], dtype=np.int32).reshape(len(ends), levels),
        _one_sided(line).astype(np.int32),
        np.array([line.length, line.uncertainty]),
    )


def _runs(pieces: Pieces, size: int) -> Floats:
    """Lay a chord through every so many pieces."""
    first = np.arange(0, len(pieces.length), size)
    last = np.append(first[1:], len(pieces.length)) - 1
    start, until = pieces.start, pieces.until()
    chord = until[last] - start[first]
    length = length_of(chord)
    along = chord / np.maximum(length, SAME)[:, None]
    run = np.repeat(np.arange(len(first)), last - first + 1)
    aside = np.zeros(len(run))
    for tips in (start, until):
        gap = tips - start[first][run]
        foot = np.clip(dot(gap, along[run]), 0.0, length[run])
        aside = np.maximum(aside, length_of(gap - along[run] * foot[:, None]))
    width = np.maximum.reduceat(aside, first) + 1e-3
    return np.concatenate([start[first], along, length[:, None], width[:, None]], axis=1)


def _sorted(end: Floats, places: Floats) -> Floats:
    """Sort corners by how far they are from an end, and write that beside them."""
    far = length_of(places - end)
    return np.column_stack([places, far])[np.argsort(far, kind="stable")]


def _counts(pieces: Pieces) -> list[int]:
    """List for how many pieces rays are drawn: 16, 32, 64 ... until these are all."""
    doublings = int(np.ceil(np.log2(max(len(pieces.length) / FIRST_RAYS, 1.0))))
    return [FIRST_RAYS << level for level in range(doublings + 1)]


def _fans(pieces: Pieces, end: Floats, piece: int, onward: int) -> list[Floats]:
    """Give the rays of an end for ever more pieces from there on."""
    tips, fans = np.stack([pieces.start, pieces.until()], axis=1), []
    for count in _counts(pieces):
        some = tips[piece : piece + count] if onward > 0 else tips[max(piece + 1 - count, 0) : piece + 1]
        fans.append(_rays(some.reshape(-1, 3) - end))
    return fans


def _rays(ways: Floats) -> Floats:
    """Pick of some directions those that hold all others between them: the corners of their hull."""
    far = length_of(ways)
    ways = ways[far > SAME] / far[far > SAME, None]
    one = ways[np.argmin(ways @ ways.mean(axis=0))]
    axis = one + ways[np.argmin(ways @ one)]
    depth = ways @ axis / max(float(length_of(axis)), SAME)
    if depth.min() < LEAST_DEPTH:
        return np.zeros((0, 3))
    across = np.linalg.svd(axis[None])[2][1:]
    flat = ways @ across.T / depth[:, None]
    hull = np.unique(shapely.get_coordinates(shapely.convex_hull(shapely.multipoints(flat))), axis=0)
    if len(hull) > MOST_RAYS:
        return np.zeros((0, 3))
    rays: Floats = ways[np.unique((flat[:, None] == hull[None]).all(axis=-1).argmax(axis=0))]
    return rays


def _filled(rays: Floats) -> Floats:
    return np.pad(rays, ((0, MOST_RAYS - len(rays)), (0, 0)))


def _one_sided(line: ReferenceLine) -> Ints:
    """Say for each piece up to which other the line has a common side: its part is clear, or runs straight enough."""
    until = np.empty(len(line.turns), dtype=np.intp)
    for number, clear in enumerate(line.clear):
        [rows] = np.nonzero(line.pieces.part == number)
        until[rows] = rows[-1] if clear else rows[0] + _straight_until(line.turns[rows])
    return until


def _straight_until(turns: Floats) -> Ints:
    """Say for each piece how far the pieces from there on run within a right angle; -1 where that is unknown."""
    until, end = np.full(len(turns), -1), 0
    least, most = deque[int](), deque[int]()
    if np.isnan(turns).any():
        return until
    for begin in range(len(turns)):
        while end < len(turns):
            low = min(turns[end], turns[least[0]]) if least else turns[end]
            high = max(turns[end], turns[most[0]]) if most else turns[end]
            if not high - low < RIGHT_ANGLE:
                break
            while least and turns[least[-1]] >= turns[end]:
                least.pop()
            while most and turns[most[-1]] <= turns[end]:
                most.pop()
            least.append(end)
            most.append(end)
            end += 1
        until[begin] = end - 1
        for held in (least, most):
            if held[0] == begin:
                held.popleft()
    return until

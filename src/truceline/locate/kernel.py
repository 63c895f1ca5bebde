"""The compiled inner loop of points: what `line.locate_points` does, for millions of places.

It goes over the places in blocks, one question after the other: in such short loops the processor
works on many places at once.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from truceline.locate.cells import BITS, FINE, MOST, UNIT, Cells
from truceline.locate.compiled import compiled, woven
from truceline.locate.ecef import E2, GEOD, Floats
from truceline.locate.sides import ABEAM, BLUNT
from truceline.locate.tables import PER_DEGREE, Earth, Line, Small, Strokes

__all__ = [
    "BLOCK",
    "Arrays",
    "Block",
    "Columns",
    "Index",
    "measure",
    "measure_block",
    "on_piece",
    "plain",
    "station_at",
]

BLOCK = 256
"""Places are measured in blocks of so many."""

A, B, SECOND = GEOD.a, GEOD.b, E2 / (1.0 - E2)
WIDTH = np.radians(0.5 / PER_DEGREE)

TIE = 1e-5
"""Where feet in two places are equally near within this [m] the slow way decides."""

APART = 1e-6
"""Feet nearer to each other along the line [m] are one."""

ON = 0.5
"""So close to the line [m] the slow way decides."""

Arrays = tuple[NDArray[Any], ...]


class Index(NamedTuple):
    """All that is known of a line beforehand."""

    earth: Earth
    line: Line
    strokes: Strokes
    cells: Cells


class Block(NamedTuple):
    """Room for what is found out about the places of a block, besides what `line.Points` explains.

    `code` : what `Cells` knows there. `point` : (256, 3), in space. `piece` : on which the foot lies, -1
    where the slow way must decide. `along` : of the foot on it; `away` : through the earth [m].
    """

    code: Small
    point: Floats
    piece: Small
    along: Floats
    away: Floats
    station: Floats
    distance: Floats
    side: NDArray[np.int8]
    beyond: NDArray[np.bool_]


class Columns(NamedTuple):
    """n places, and what is said of them; the fields are those of `line.Points`."""

    lon: Floats
    lat: Floats
    station: Floats
    offset: Floats
    distance: Floats
    side: NDArray[np.int8]
    beyond_end: NDArray[np.bool_]
    foot_lon: Floats
    foot_lat: Floats


def measure(index: Index, columns: Arrays, block: Arrays, rest: NDArray[np.int64]) -> int:
    """Fill in the `Columns`; give how many places are left to the slow way, and their rows in `rest`."""
    return measure_all(plain(index), columns, block, rest)


def plain(index: Index) -> tuple[Arrays, ...]:
    """Take the names off the tables: the machine code that is kept on disk shall know of no class of ours."""
    return tuple(tuple(tables) for tables in index)


@compiled
def measure_all(tables: tuple[Arrays, ...], given: Arrays, workroom: Arrays, rest: NDArray[np.int64]) -> int:
    """Do what `measure` says."""
    index = Index(Earth(*tables[0]), Line(*tables[1]), Strokes(*tables[2]), Cells(*tables[3]))
    columns, block, left, ground = Columns(*given), Block(*workroom), 0, index.line.ground
    for begin in range(0, len(columns.lon), BLOCK):
        size = min(BLOCK, len(columns.lon) - begin)
        measure_block(index, columns.lon, columns.lat, begin, size, block)
        for place in range(size):
            row, piece, along = begin + place, max(block.piece[place], 0), block.along[place]
            columns.station[row], columns.distance[row] = block.station[place], block.distance[place]
            columns.offset[row] = -block.distance[place] if block.side[place] < 0 else block.distance[place]
            columns.side[row], columns.beyond_end[row] = block.side[place], block.beyond[place]
            lon = ground[piece, 3] + along * (ground[piece, 4] + along * ground[piece, 5])
            columns.foot_lon[row] = lon - 360.0 if lon > 180.0 else lon + 360.0 if lon < -180.0 else lon
            lat = ground[piece, 6] + along * (ground[piece, 7] + along * ground[piece, 8])
            columns.foot_lat[row] = min(max(lat, -90.0), 90.0)
            rest[left] = row
            left += block.piece[place] < 0
    return left


@woven
def measure_block(index: Index, lon: Floats, lat: Floats, begin: int, size: int, block: Block) -> None:
    """Find out all about the places of one block."""
    look_up(index.cells, lon, lat, begin, size, block)
    stand(index.earth, lon, lat, begin, size, block)
    find_feet(index, size, block)
    tell_all(index.line, size, block)


@woven
def find_feet(index: Index, size: int, block: Block) -> None:
    """Find the nearest piece and the foot of every place of a block; piece -1 where the slow way must decide."""
    for place in range(size):
        find_stroke(index, place, block)
    for place in range(size):
        refine(index, place, block)


@woven
def tell_all(line: Line, size: int, block: Block) -> None:
    """Work out the columns of every place of a block."""
    for place in range(size):
        tell(line, place, block)


@woven
def look_up(cells: Cells, lon: Floats, lat: Floats, begin: int, size: int, block: Block) -> None:
    """Find the finest cell that holds each place; code 0 where there is none, or no such place."""
    corner, grid = cells.corner, cells.grid
    for place in range(size):
        east, north = lon[begin + place], lat[begin + place]
        block.code[place] = 0
        if not (abs(east) <= 180.0 and abs(north) <= 90.0):
            continue
        column, row = min(int((east + 180.0) * FINE), 360 * FINE - 1), int((north + 90.0) * FINE)
        down, right = row // UNIT - corner[0], column // UNIT - corner[1]
        if 0 <= down < corner[2] and 0 <= right < corner[3]:
            code, shift = grid[down * corner[3] + right], 2
            while code < 0:
                code = grid[(((row >> shift) & 3) << 2) + ((column >> shift) & 3) - code]
                shift -= 2
            block.code[place] = code


@woven
def stand(earth: Earth, lon: Floats, lat: Floats, begin: int, size: int, block: Block) -> None:
    """Turn degrees into points in space."""
    rows, columns, point = earth.rows, earth.columns, block.point
    for place in range(size):
        east, north = (lon[begin + place] + 180.0) * PER_DEGREE, (lat[begin + place] + 90.0) * PER_DEGREE
        if block.code[place] == 0:
            continue
        column = min(int(east), 360 * PER_DEGREE - 1)
        row = min(int(north), 180 * PER_DEGREE - 1)
        turn, x = ((east - column) * 2.0 - 1.0) * WIDTH, (north - row) * 2.0 - 1.0
        radius = rows[row, 0] + x * (rows[row, 1] + x * (rows[row, 2] + x * (rows[row, 3] + x * rows[row, 4])))
        height = rows[row, 5] + x * (rows[row, 6] + x * (rows[row, 7] + x * (rows[row, 8] + x * rows[row, 9])))
        square = turn * turn
        sine = turn * (1.0 - square * (1.0 / 6.0) * (1.0 - square * 0.05))
        cosine = 1.0 - square * 0.5 * (1.0 - square * (1.0 / 12.0))
        point[place, 0] = radius * (columns[column, 0] * cosine - columns[column, 1] * sine)
        point[place, 1] = radius * (columns[column, 1] * cosine + columns[column, 0] * sine)
        point[place, 2] = height


@woven
def find_stroke(index: Index, place: int, block: Block) -> None:
    """Find the stroke whose chord is nearest to a place; -1 where another may have the nearest piece."""
    code, x, y, z = block.code[place], block.point[place, 0], block.point[place, 1], block.point[place, 2]
    listed, chords = index.cells.listed, index.strokes.chords
    stroke, best, second = -1, np.inf, np.inf
    for entry in range(code >> BITS, (code >> BITS) + (code & MOST)):
        square = on_piece(chords, listed[entry], x, y, z)[1]
        second = min(second, max(best, square))
        stroke = listed[entry] if square < best else stroke
        best = min(best, square)
    gap, doubt = second - best, 2.0 * chords[stroke, 11] + TIE
    block.piece[place] = -1 if gap * gap < 4.0 * doubt * doubt * second else stroke


@woven
def refine(index: Index, place: int, block: Block) -> None:
    """Find the nearest piece, and the foot on it, of the strokes that come into question."""
    code, stroke = block.code[place], block.piece[place]
    x, y, z = block.point[place, 0], block.point[place, 1], block.point[place, 2]
    if stroke >= 0:
        piece, foot, best = on_stroke(index, stroke, x, y, z)
    elif code > 0:
        piece, foot, best = weigh(index, code, x, y, z)
    else:
        piece, foot, best = -1, 0.0, np.inf
    slow = piece < 0 or best < ON * ON or index.line.ground[piece, 9] == 0.0
    block.piece[place] = -1 if slow else piece
    block.along[place] = foot


@woven
def weigh(index: Index, code: int, x: float, y: float, z: float) -> tuple[int, float, float]:
    """Weigh all strokes of a cell; piece -1 where two feet in different places are equally near."""
    ground = index.line.ground
    piece, foot, best, doubt = -1, 0.0, np.inf, False
    for entry in range(code >> BITS, (code >> BITS) + (code & MOST)):
        near, along, square = on_stroke(index, index.cells.listed[entry], x, y, z)
        doubt &= square >= best or not differ(square, best)
        doubt |= equally_near(ground, square, best, (near, along), (piece, foot))
        if square < best:
            piece, foot, best = near, along, square
        if near < 0:
            return -1, foot, best
    return -1 if doubt else piece, foot, best


@woven
def on_stroke(index: Index, stroke: int, x: float, y: float, z: float) -> tuple[int, float, float]:
    """Find the nearest piece of a stroke, the foot and the squared distance; piece -1 as for `weigh`.

    A piece may be the nearest as far from the foot on the chord as it may be turned from that.
    """
    chords, first, last = index.strokes.chords, index.strokes.held[stroke, 0], index.strokes.held[stroke, 1] - 1.0
    east, north, up = x - chords[stroke, 0], y - chords[stroke, 1], z - chords[stroke, 2]
    along = east * chords[stroke, 3] + north * chords[stroke, 4] + up * chords[stroke, 5]
    spread = (abs(east) + abs(north) + abs(up) + chords[stroke, 6]) * chords[stroke, 9] + chords[stroke, 10]
    piece = first + int(min(max((along - spread) * chords[stroke, 7], 0.0), last))
    end = first + int(min(max((along + spread) * chords[stroke, 7], 0.0), last))
    foot, least = on_piece(index.line.pieces, piece, x, y, z)
    for other in range(piece + 1, end + 1):
        onward, square = on_piece(index.line.pieces, other, x, y, z)
        doubt = equally_near(index.line.ground, square, least, (other, onward), (piece, foot))
        if square < least:
            piece, foot, least = other, onward, square
        if doubt:
            return -1, foot, least
    return piece, foot, least


@woven
def equally_near(
    ground: Floats, square: float, least: float, foot: tuple[int, float], other: tuple[int, float]
) -> bool:
    """Say whether two feet (pieces, and how far along them) in different places are equally near."""
    if differ(square, least):
        return False
    here = ground[foot[0], 0] + ground[foot[0], 1] * foot[1]
    there = ground[other[0], 0] + ground[other[0], 1] * other[1]
    return bool(abs(here - there) > APART)


@woven
def differ(square: float, least: float) -> bool:
    """Say whether two squared distances are those of feet that are not equally near."""
    return bool((square - least) * (square - least) >= 4.0 * TIE * TIE * square)


@woven
def on_piece(pieces: Floats, piece: int, x: float, y: float, z: float) -> tuple[float, float]:
    """Find the foot on a piece, and the squared distance."""
    x, y, z = x - pieces[piece, 0], y - pieces[piece, 1], z - pieces[piece, 2]
    along = x * pieces[piece, 3] + y * pieces[piece, 4] + z * pieces[piece, 5]
    foot = min(max(along, 0.0), pieces[piece, 6])
    return foot, x * x + y * y + z * z - foot * (2.0 * along - foot)


@woven
def station_at(line: Line, piece: int, along: float) -> float:
    """Give the station of a foot: at the end of a piece, to the last bit that of the next one."""
    ground, ends = line.ground, along >= line.pieces[piece, 6]
    return float(ground[piece + 1, 0] if ends else ground[piece, 0] + ground[piece, 1] * along)


@woven
def tell(line: Line, place: int, block: Block) -> None:
    """Work out station, geodesic distance and side of a place, and whether it lies beyond an end.

    The chord between two places bends to the geodesic as the ground curves along it half way. The
    foot lies on the chord of its piece, up to two centimetres below the ground.
    """
    pieces, piece, along = line.pieces, max(block.piece[place], 0), block.along[place]
    low = pieces[piece, 2] + pieces[piece, 5] * along
    x = block.point[place, 0] - pieces[piece, 0] - pieces[piece, 3] * along
    y = block.point[place, 1] - pieces[piece, 1] - pieces[piece, 4] * along
    z = block.point[place, 2] - low
    square, deep = x * x + y * y + z * z, line.ground[piece, 2] * along * (pieces[piece, 6] - along)
    middle = (low + block.point[place, 2]) * (0.5 / B)
    across = square + SECOND * z * z
    curved = across * across * ((1.0 - E2) / (A * A)) / (square * (1.0 - E2 + E2 * middle * middle))
    chord = np.sqrt(square - deep * deep + deep * across * (1.0 / A))
    bent = 1.0 + curved * (1.0 / 24.0 + curved * (3.0 / 640.0 + curved * (5.0 / 7168.0)))
    block.distance[place], block.away[place] = chord * bent, np.sqrt(square)
    block.station[place] = station_at(line, piece, along)
    begins, ends, after = along <= 0.0, along >= pieces[piece, 6], line.joined[piece, 1]
    onward = x * pieces[piece, 3] + y * pieces[piece, 4] + z * pieces[piece, 5]
    beyond = (begins & (line.joined[piece, 0] < 0) & (onward < -ABEAM)) | (ends & (after < 0) & (onward > ABEAM))
    joint = after if ends else piece
    way = len(pieces) + joint if (begins | ends) & (joint >= 0) else piece
    left = x * line.ways[way, 0] + y * line.ways[way, 1] + z * line.ways[way, 2]
    blunt = left * left <= BLUNT * BLUNT * square
    block.beyond[place] = beyond
    block.side[place] = 0 if beyond | blunt else 1 if left > 0.0 else -1

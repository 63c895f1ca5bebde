"""The compiled inner loop of discs: what `disc.locate_discs` does, for millions of discs."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from truceline.locate.candidates import FARTHEST, SAME
from truceline.locate.cells import Cells
from truceline.locate.compiled import compiled, woven
from truceline.locate.ecef import FLATTEST, Floats
from truceline.locate.kernel import BLOCK, Arrays, Block, Index, measure_block, on_piece, plain, station_at
from truceline.locate.tables import Earth, Line, Strokes
from truceline.locate.tips import FIRST_RAYS, Runs, Tips

__all__ = ["Answers", "Discs", "bound"]


class Discs(NamedTuple):
    """n discs, and ranges of stations (k, 2), as `disc.locate_discs` takes them."""

    lon: Floats
    lat: Floats
    radius: Floats
    ranges: Floats


class Ball(NamedTuple):
    """A place in space, and how far from it the line may matter [m]."""

    x: float
    y: float
    z: float
    reach: float


class Answers(NamedTuple):
    """Columns to be filled in; the fields are those of `disc.Located`."""

    low: Floats
    high: Floats
    either: NDArray[np.bool_]
    station_low: Floats
    station_high: Floats
    abeam: NDArray[np.int8]
    sectors: NDArray[np.bool_]


def bound(known: tuple[Index, Tips], discs: Arrays, answers: Arrays, block: Arrays, rest: NDArray[np.int64]) -> int:
    """Fill in the `Answers` to `Discs`; give how many are left to the slow way, and their rows in `rest`."""
    index, tips = known
    return bound_all(plain(index), ((*tips.runs,), *tips[1:]), discs, answers, (block, rest))


@compiled
def bound_all(
    tables: tuple[Arrays, ...],
    tips_tables: Any,
    given: Arrays,
    wanted: Arrays,
    workroom: tuple[Arrays, NDArray[np.int64]],
) -> int:
    """Do what `bound` says."""
    index = Index(Earth(*tables[0]), Line(*tables[1]), Strokes(*tables[2]), Cells(*tables[3]))
    tips, discs, answers = Tips(Runs(*tips_tables[0]), *tips_tables[1:]), Discs(*given), Answers(*wanted)
    block, rest, left = Block(*workroom[0]), workroom[1], 0
    for begin in range(0, len(discs.lon), BLOCK):
        size = min(BLOCK, len(discs.lon) - begin)
        measure_block(index, discs.lon, discs.lat, begin, size, block)
        see_all(index.line, tips, discs, answers, block, begin, size)
        for place in range(size):
            rest[left] = begin + place
            left += block.piece[place] < 0
    return left


@woven
def see_all(line: Line, tips: Tips, discs: Discs, answers: Answers, block: Block, begin: int, size: int) -> None:
    """Say of every disc in a block what its candidates say."""
    for place in range(size):
        row = begin + place
        if block.piece[place] < 0:
            continue
        radius, distance = discs.radius[row], block.distance[place]
        if not radius >= 0.0:
            block.piece[place] = -1
            continue
        slack = radius + 2.0 * tips.extent[1]
        if not slack > 0.0:
            exactly(tips, discs, answers, block, row, place)
        elif not distance + slack <= FARTHEST:
            anything(tips, discs, answers, row)
        else:
            gather(line, tips, discs, answers, block, row, place)
        if answers.either[row]:
            answers.low[row], answers.high[row] = max(distance - radius, 0.0), distance + radius
        else:
            offset = -distance if block.side[place] < 0 else distance
            answers.low[row], answers.high[row] = offset - radius, offset + radius


@woven
def exactly(tips: Tips, discs: Discs, answers: Answers, block: Block, row: int, place: int) -> None:
    """Say what holds of a sharp position on a sharp line."""
    station = block.station[place]
    answers.station_low[row], answers.station_high[row] = station, station
    answers.either[row] = block.side[place] == 0
    answers.abeam[row] = -1 if block.beyond[place] else 1
    for sector in range(len(discs.ranges)):
        low, high = discs.ranges[sector, 0], discs.ranges[sector, 1]
        answers.sectors[row, sector] = low <= station and (station < high or high >= tips.extent[0])


@woven
def anything(tips: Tips, discs: Discs, answers: Answers, row: int) -> None:
    """Say what holds wherever the position is."""
    answers.station_low[row], answers.station_high[row] = 0.0, tips.extent[0]
    answers.either[row], answers.abeam[row] = True, 0
    for sector in range(len(discs.ranges)):
        low, high = discs.ranges[sector, 0], discs.ranges[sector, 1]
        answers.sectors[row, sector] = low <= tips.extent[0] and high > 0.0


@woven
def gather(line: Line, tips: Tips, discs: Discs, answers: Answers, block: Block, row: int, place: int) -> None:
    """Say what the stretches of the line within reach say, from the first of them to the last."""
    radius, uncertainty, foot = discs.radius[row], tips.extent[1], block.station[place]
    reach = radius + chord_limit(block.distance[place] + radius + 2.0 * uncertainty)
    ball = Ball(block.point[place, 0], block.point[place, 1], block.point[place, 2], reach)
    first, last = first_within(line.pieces, tips.runs, ball, 0), last_within(line.pieces, tips.runs, ball)
    low, high = stretch(line, first, ball)[0], stretch(line, last, ball)[1]
    answers.station_low[row], answers.station_high[row] = low, high
    ended, beyond = False, False
    for end in range(len(tips.ends)):
        ended = ended or may_end(tips, end, ball, radius, block.away[place])
    if block.beyond[place]:
        end = end_at(tips, block.piece[place], 1 if block.along[place] <= 0.0 else -1)
        beyond = all_beyond(line, tips, end, ball, radius + uncertainty, first, last)
    answers.either[row] = ended or last > tips.one_sided[first]
    answers.abeam[row] = (-1 if beyond else 0) if ended else 1
    for sector in range(len(discs.ranges)):
        begin, end = discs.ranges[sector, 0], discs.ranges[sector, 1]
        touched = begin <= low <= end or begin <= high <= end or begin <= foot <= end
        if not touched and low < begin and end < high:
            touched = touches(line, tips, ball, begin, end)
        answers.sectors[row, sector] = touched


@woven
def chord_limit(distance: float) -> float:
    """Bound the straight way through the earth, as `ecef.chord_limit` does, for distances up to 3000 km [m]."""
    half = distance * (0.5 / FLATTEST)
    square = half * half
    sine = 1.0 - square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0 * (1.0 - square / 72.0)))
    return distance * sine * (1.0 + 1e-6) + 0.03


@woven
def may_reach(runs: Runs, level: int, run: int, ball: Ball) -> bool:
    """Say whether some piece of a run may be within reach: none is farther from its chord than its width."""
    row, chords = runs.first[level] + run, runs.chords
    x, y, z = ball.x - chords[row, 0], ball.y - chords[row, 1], ball.z - chords[row, 2]
    along = x * chords[row, 3] + y * chords[row, 4] + z * chords[row, 5]
    foot = min(max(along, 0.0), chords[row, 6])
    reach = ball.reach + chords[row, 7]
    return bool(x * x + y * y + z * z - foot * (2.0 * along - foot) <= reach * reach)


@woven
def within(pieces: Floats, piece: int, ball: Ball) -> bool:
    """Say whether a piece is within reach."""
    return on_piece(pieces, piece, ball.x, ball.y, ball.z)[1] <= ball.reach * ball.reach


@woven
def first_within(pieces: Floats, runs: Runs, ball: Ball, start: int) -> int:
    """Find the first piece within reach, from a piece on; their number if there is none."""
    total = len(pieces)
    for wide in range(start >> 9, ((total - 1) >> 9) + 1):
        if not may_reach(runs, 2, wide, ball):
            continue
        for middle in range(max(wide << 3, start >> 6), min((wide << 3) + 7, (total - 1) >> 6) + 1):
            if not may_reach(runs, 1, middle, ball):
                continue
            for short in range(max(middle << 3, start >> 3), min((middle << 3) + 7, (total - 1) >> 3) + 1):
                if not may_reach(runs, 0, short, ball):
                    continue
                for piece in range(max(short << 3, start), min((short << 3) + 8, total)):
                    if within(pieces, piece, ball):
                        return piece
    return total


@woven
def last_within(pieces: Floats, runs: Runs, ball: Ball) -> int:
    """Find the last piece within reach; there is one, the nearest."""
    last = len(pieces) - 1
    for wide in range(last >> 9, -1, -1):
        if not may_reach(runs, 2, wide, ball):
            continue
        for middle in range(min((wide << 3) + 7, last >> 6), (wide << 3) - 1, -1):
            if not may_reach(runs, 1, middle, ball):
                continue
            for short in range(min((middle << 3) + 7, last >> 3), (middle << 3) - 1, -1):
                if not may_reach(runs, 0, short, ball):
                    continue
                for piece in range(min((short << 3) + 7, last), (short << 3) - 1, -1):
                    if within(pieces, piece, ball):
                        return piece
    return 0


@woven
def stretch(line: Line, piece: int, ball: Ball) -> tuple[float, float]:
    """Cut out of a piece what lies within reach, as stations."""
    pieces = line.pieces
    x, y, z = ball.x - pieces[piece, 0], ball.y - pieces[piece, 1], ball.z - pieces[piece, 2]
    along = x * pieces[piece, 3] + y * pieces[piece, 4] + z * pieces[piece, 5]
    half = np.sqrt(max(ball.reach * ball.reach - (x * x + y * y + z * z - along * along), 0.0))
    begin = min(max(along - half, 0.0), pieces[piece, 6])
    end = min(max(along + half, 0.0), pieces[piece, 6])
    return station_at(line, piece, begin), station_at(line, piece, end)


@woven
def touches(line: Line, tips: Tips, ball: Ball, begin: float, end: float) -> bool:
    """Say whether some of a range of stations is within reach, beginning with a piece that may end where it begins."""
    low, high = 0, len(line.pieces) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if line.ground[middle, 0] < begin:
            low = middle
        else:
            high = middle - 1
    piece = first_within(line.pieces, tips.runs, ball, low)
    while piece < len(line.pieces) and line.ground[piece, 0] <= end:
        here, there = stretch(line, piece, ball)
        if here <= end and there >= begin:
            return True
        piece = first_within(line.pieces, tips.runs, ball, piece + 1)
    return False


@woven
def may_end(tips: Tips, end: int, ball: Ball, radius: float, away: float) -> bool:
    """Say whether a position in the disc may have an end of the line for its nearest point.

    As `candidates` does it: not if some corner is surely nearer. None is that lies farther from the
    end than the squares of the distances to end and line allow.
    """
    x, y, z = ball.x - tips.ends[end, 0], ball.y - tips.ends[end, 1], ball.z - tips.ends[end, 2]
    square = x * x + y * y + z * z
    if square > ball.reach * ball.reach:
        return False
    to_end = np.sqrt(square)
    needed = 2.0 * tips.extent[1] + 0.1 + 1e-5 * to_end
    farthest = (square - away * away) / (2.0 * radius) + SAME
    corner, corners = 0 if to_end - away > needed else tips.corners.shape[1], tips.corners
    while corner < corners.shape[1] and corners[end, corner, 3] <= farthest:
        far = max(corners[end, corner, 3], SAME)
        a = corners[end, corner, 0] - tips.ends[end, 0]
        b = corners[end, corner, 1] - tips.ends[end, 1]
        c = corners[end, corner, 2] - tips.ends[end, 2]
        past = (x * a + y * b + z * c) / far - far / 2.0 - radius
        if past > 0.0:
            to_corner = np.sqrt((x - a) ** 2 + (y - b) ** 2 + (z - c) ** 2)
            if 2.0 * past * far > needed * (to_end + to_corner + 2.0 * radius + SAME):
                return False
        corner += 1
    return True


@woven
def end_at(tips: Tips, piece: int, onward: int) -> int:
    """Find the end that a piece begins (onward = 1) or ends with (-1)."""
    end = 0
    while tips.end_pieces[end, 0] != piece or tips.end_pieces[end, 1] != onward:
        end += 1
    return end


@woven
def all_beyond(line: Line, tips: Tips, end: int, ball: Ball, margin: float, first: int, last: int) -> bool:
    """Say whether every position in the disc lies beyond the end which is the foot of its middle.

    So it is if from that end no piece within reach lies towards any of them. None does if no ray of
    the end does; otherwise one looks at the pieces within reach, from the first to the last.
    """
    onward, level = tips.end_pieces[end, 1], 0
    if (first if onward > 0 else last) == tips.end_pieces[end, 0]:
        while FIRST_RAYS << level <= last - first:
            level += 1
        if not leads_towards(tips, end, level, ball, margin):
            return True
    other = first if onward > 0 else last
    while first <= other <= last:
        if within(line.pieces, other, ball) and opposes(line.pieces, tips.ends, end, other, ball, margin):
            return False
        other += onward
    return True


@woven
def leads_towards(tips: Tips, end: int, level: int, ball: Ball, margin: float) -> bool:
    """Say whether a ray of an end may lead towards some position of a disc; it may where the rays are not known."""
    x, y, z = ball.x - tips.ends[end, 0], ball.y - tips.ends[end, 1], ball.z - tips.ends[end, 2]
    rays = tips.rays
    for ray in range(tips.ray_count[end, level]):
        if x * rays[end, level, ray, 0] + y * rays[end, level, ray, 1] + z * rays[end, level, ray, 2] + margin > 0.0:
            return True
    return bool(tips.ray_count[end, level] == 0)


@woven
def opposes(pieces: Floats, ends: Floats, end: int, piece: int, ball: Ball, margin: float) -> bool:
    """Say whether a tip of a piece lies towards some position of a disc, seen from an end."""
    for share in (0.0, pieces[piece, 6]):
        a = pieces[piece, 0] + pieces[piece, 3] * share - ends[end, 0]
        b = pieces[piece, 1] + pieces[piece, 4] * share - ends[end, 1]
        c = pieces[piece, 2] + pieces[piece, 5] * share - ends[end, 2]
        far = np.sqrt(a * a + b * b + c * c)
        towards = (ball.x - ends[end, 0]) * a + (ball.y - ends[end, 1]) * b + (ball.z - ends[end, 2]) * c
        if far > SAME and towards + margin * far > 0.0:
            return True
    return False

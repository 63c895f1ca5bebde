"""The sieve: which strokes of a line can be nearest to any place of a cell."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from truceline.locate.compiled import compiled, woven
from truceline.locate.ecef import Floats
from truceline.locate.tables import Small, Strokes

__all__ = ["sift"]


class Asked(NamedTuple):
    """The strokes that come into question for n cells, and room to work in.

    `spans` : (n, 2), where in `waiting` those of each cell begin and end. `away` : (k, 5), for the
    distances of the marks of one cell. `best` : (5,), for the nearest stroke to each of them.
    """

    spans: Small
    waiting: Small
    away: Floats
    best: Small


class Cell(NamedTuple):
    """One of them."""

    number: int
    begin: int
    end: int


SURE = 1e-3
"""What is farther by so much [m] is farther."""


def sift(strokes: Strokes, marks: Floats, bulge: float, asked: Asked, kept: Small, spans: Small) -> int:
    """Give for each of n cells the strokes that can be nearest to one of its places.

    `marks` : (n, 5, 3), middle and corners in space. `bulge` : how far the ground of a cell lies from
    the plane through its corners at most [m]. Writes the strokes one after the other into `kept`, and
    where those of each cell begin and end into `spans`, (n, 2); gives how many they are.
    """
    return sift_all((*strokes,), marks, bulge, (*asked,), kept, spans)


@compiled
def sift_all(
    tables: tuple[NDArray[Any], ...],
    marks: Floats,
    bulge: float,
    given: tuple[NDArray[Any], ...],
    kept: Small,
    spans: Small,
) -> int:
    """Do what `sift` says."""
    strokes, asked, total = Strokes(*tables), Asked(*given), 0
    for number in range(len(spans)):
        spans[number, 0] = total
        cell = Cell(number, asked.spans[number, 0], asked.spans[number, 1])
        measure_marks(strokes.chords, asked, marks, cell)
        for entry in range(cell.begin, cell.end):
            tip = at_a_tip(strokes, asked.waiting, marks, cell, entry, bulge)
            if not tip and not outdone(strokes.chords, asked, marks, cell, entry, 2.0 * bulge):
                kept[total] = asked.waiting[entry]
                total += 1
        spans[number, 1] = total
    return total


@woven
def measure_marks(chords: Floats, asked: Asked, marks: Floats, cell: Cell) -> None:
    """Measure the marks of a cell against all strokes that come into question, and find the best for each."""
    for mark in range(5):
        best, least = cell.begin, np.inf
        for entry in range(cell.begin, cell.end):
            away = distance(chords, asked.waiting[entry], marks, cell.number, mark)[0]
            asked.away[entry - cell.begin, mark] = away
            if away < least:
                best, least = entry, away
        asked.best[mark] = best


@woven
def distance(chords: Floats, stroke: int, marks: Floats, number: int, mark: int) -> tuple[float, float]:
    """Measure a mark of a cell against a stroke: distance and foot [m]."""
    along, square = projected(chords, stroke, marks, number, mark)
    foot = min(max(along, 0.0), chords[stroke, 6])
    return np.sqrt(max(square - foot * (2.0 * along - foot), 0.0)), foot


@woven
def projected(chords: Floats, stroke: int, marks: Floats, number: int, mark: int) -> tuple[float, float]:
    """Say how far a mark lies along the straight line through a stroke, and its squared distance from the start."""
    along, square = 0.0, 0.0
    for axis in range(3):
        gap = marks[number, mark, axis] - chords[stroke, axis]
        along += gap * chords[stroke, 3 + axis]
        square += gap * gap
    return along, square


@woven
def outdone(chords: Floats, asked: Asked, marks: Floats, cell: Cell, entry: int, slack: float) -> bool:
    """Say whether one of the best strokes is surely nearer than this one to all of the cell.

    Distance to a stroke is convex. So it lies above its tangent at the middle of the cell, and what
    another one's distance exceeds that tangent by is greatest at a corner.
    """
    stroke, middle = asked.waiting[entry], asked.away[entry - cell.begin, 0]
    if middle < SURE:
        return False
    foot = distance(chords, stroke, marks, cell.number, 0)[1]
    for other in asked.best:
        sure = other != entry
        for mark in range(5):
            rise = 0.0
            for axis in range(3):
                steep = marks[cell.number, 0, axis] - chords[stroke, axis] - chords[stroke, 3 + axis] * foot
                rise += (marks[cell.number, mark, axis] - marks[cell.number, 0, axis]) * steep
            least = middle + rise / middle - slack - SURE - chords[stroke, 8]
            sure &= asked.away[other - cell.begin, mark] + chords[asked.waiting[other], 8] < least
        if sure:
            return True
    return False


@woven
def at_a_tip(strokes: Strokes, waiting: Small, marks: Floats, cell: Cell, entry: int, bulge: float) -> bool:
    """Say whether all of the cell is nearest to a tip of the stroke which is also the tip of a stroke that stays.

    Of two strokes that meet at the nearest point of a cell the one before stays. A neighbour that
    came into question no more cannot stand for this one: it went because of it.
    """
    chords, stroke = strokes.chords, waiting[entry]
    before, after = strokes.held[stroke, 2], strokes.held[stroke, 3]
    if entry > cell.begin and waiting[entry - 1] == before and behind(chords, stroke, marks, cell.number, bulge, 1.0):
        return True
    if entry + 1 == cell.end or waiting[entry + 1] != after:
        return False
    ended = behind(chords, stroke, marks, cell.number, bulge, -1.0)
    return ended and not behind(chords, after, marks, cell.number, bulge, 1.0)


@woven
def behind(chords: Floats, stroke: int, marks: Floats, number: int, bulge: float, onward: float) -> bool:
    """Say whether no place of the cell lies ahead of the start (onward = 1) or the end (-1) of a stroke."""
    for mark in range(5):
        along, square = projected(chords, stroke, marks, number, mark)
        ahead = along if onward > 0.0 else chords[stroke, 6] - along
        far = np.sqrt(square) + chords[stroke, 6] + bulge
        if ahead + bulge + SURE + chords[stroke, 9] * far + chords[stroke, 8] > 0.0:
            return False
    return True

"""The quick way to bound many discs, as `quick` measures many places."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from truceline.locate.ecef import Floats
from truceline.locate.quick import KnownLine, as_given, index_of, known, room
from truceline.locate.reference import ReferenceLine
from truceline.locate.tips import MOST_ENDS, Tips, tips_of

if TYPE_CHECKING:
    from truceline.locate.kernel_discs import Answers

__all__ = ["few_ends", "quick_discs"]


@lru_cache(maxsize=64)
def _tips_of(line: KnownLine) -> Tips:
    return tips_of(line.line)


def few_ends(line: ReferenceLine) -> bool:
    """Say whether the ends of a line are so few that each disc can be held against all of them."""
    return int((line.pieces.before < 0).sum() + (line.pieces.after < 0).sum()) <= MOST_ENDS


def quick_discs(
    line: ReferenceLine, lon: Floats, lat: Floats, radius: Floats, ranges: Floats
) -> tuple[Answers, NDArray[np.int64]]:
    """Fill in the columns of `disc.Located` for n discs; give also the rows that are left to the slow way."""
    from truceline.locate.kernel_discs import Answers, bound  # noqa: PLC0415

    lon, lat, radius, ranges = (as_given(column) for column in (lon, lat, radius, ranges))
    low, high, station_low, station_high = (np.empty(len(lon)) for _ in range(4))
    either, sectors = np.empty(len(lon), np.bool_), np.empty((len(lon), len(ranges)), np.bool_)
    answers = Answers(low, high, either, station_low, station_high, np.empty(len(lon), np.int8), sectors)
    rest = np.empty(len(lon) + 1, dtype=np.int64)
    ours = known(line)
    count = bound((index_of(ours), _tips_of(ours)), (lon, lat, radius, ranges), tuple(answers), room(), rest)
    return answers, rest[:count]

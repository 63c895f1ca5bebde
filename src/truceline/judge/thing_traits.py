"""What the rules can tell weapons apart by, beyond their kind: the make, and on which side of a limit a size lies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.evidence.batch import Batch
from truceline.plan.tables import What
from truceline.plan.weapons import UNLISTED, sizes_in

__all__ = ["ThingCuts", "thing_cuts", "thing_keys"]

MOST_MAKES = 2**20
"""The terms list fewer words for makes than this."""


@dataclass(frozen=True, slots=True)
class ThingCuts:
    """All limits of sizes, sorted: between the same cuts two sizes are the same to every rule. `makes`: any listed."""

    calibres: NDArray[np.float64]
    ranges: NDArray[np.float64]
    makes: bool


def thing_cuts(whats: Iterable[What]) -> ThingCuts | None:
    """Collect the limits of sizes; None where no rule asks of more than the kind.

    >>> from truceline.plan.weapons import BySize, Bounds
    >>> what = What((), np.zeros(0, np.bool_), (BySize(3, Bounds(100.0, np.inf)),))
    >>> thing_cuts([what]).calibres.round(), thing_cuts([])
    (array([100., 100.]), None)
    """
    asking = [what for what in whats if what.by_more_than_kind]
    if not asking:
        return None
    sizes = [pair for what in asking for thing in what.things for pair in sizes_in(thing)]
    tables = [what.makes for what in asking if what.makes is not None]
    calibres = [limit for calibre, _ in sizes for limit in (calibre.lo, calibre.hi)]
    ranges = [limit for _, reach in sizes for limit in (reach.lo, reach.hi)]
    return ThingCuts(
        calibres=_cuts(calibres, *(makes.calibre for makes in tables)),
        ranges=_cuts(ranges, *(makes.range for makes in tables)),
        makes=bool(tables),
    )


def thing_keys(batch: Batch, cuts: ThingCuts | None) -> Iterator[tuple[NDArray[np.int64], int]]:
    """Tell n reports apart by what is asked of the makes and the sizes; each key with the number it is below."""
    if cuts is None:
        return
    for sizes, limits in ((batch.calibre_mm, cuts.calibres), (batch.range_m, cuts.ranges)):
        if len(limits):
            stretch = np.searchsorted(limits, sizes, "right").astype(np.int64)
            yield np.where(np.isnan(sizes), np.int64(0), stretch + 1), len(limits) + 2
    if cuts.makes:
        yield (batch.make - UNLISTED).astype(np.int64), MOST_MAKES


def _cuts(limits: list[float], *tables: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cut before and after each limit: what lies below, at and above it is told apart."""
    every = np.concatenate([np.array(limits, dtype=np.float64), *(table.ravel() for table in tables)])
    finite = every[np.isfinite(every)]
    return np.unique(np.concatenate([finite, np.nextafter(finite, np.inf)]))

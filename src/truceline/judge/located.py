"""Where reports lie, as the judge sees it: offsets from lines by id, and truth values of areas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from truceline.basics.truth import Truths

__all__ = ["Bools", "Floats", "Gaps", "Offsets", "Pair", "Places", "Times"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Offsets:
    """Where n reports lie relative to one line (arrays of shape (n,), metres).

    `low`, `high` bound the signed offset; where `either` is true the side is unknown and they bound
    the distance, so that the truth lies in [low, high] or in [-high, -low]. `abeam`: 1 beside the
    line, -1 beyond an end. `near_sector(begin, end)`: which reports may have their nearest point
    there. `uncertainty`: the error of the line itself. `sided` is false where the text does not
    say which side is meant.
    """

    low: Floats
    high: Floats
    either: Bools
    abeam: Truths
    station_low: Floats
    station_high: Floats
    sectors: Mapping[tuple[float, float], Bools]
    uncertainty: float
    sided: bool = True

    @property
    def distances(self) -> tuple[Floats, Floats]:
        """The nearest and the farthest distance from the line, whatever the side."""
        near = np.maximum(np.maximum(self.low, -self.high), 0.0)
        return near, np.maximum(np.abs(self.low), np.abs(self.high))

    @property
    def told(self) -> tuple[Floats, Floats]:
        """What can be told of the offset: of a line whose side is not stated, the distance alone."""
        return (self.low, self.high) if self.sided else self.distances

    def take(self, rows: NDArray[np.int64]) -> Offsets:
        """Take some reports, in the order given."""
        columns = {name: getattr(self, name)[rows] for name in _COLUMNS}
        sectors = {sector: near[rows] for sector, near in self.sectors.items()}
        return Offsets(**columns, sectors=sectors, uncertainty=self.uncertainty, sided=self.sided)


_COLUMNS = ("low", "high", "either", "abeam", "station_low", "station_high")


@dataclass(frozen=True, slots=True)
class Times:
    """When n reports say that it happened, as in `evidence.batch.Batch`: arrays of shape (n,)."""

    start_us: NDArray[np.int64]
    end_us: NDArray[np.int64]
    dated: Bools

    def take(self, rows: NDArray[np.int64]) -> Times:
        """Take some reports, in the order given."""
        return Times(self.start_us[rows], self.end_us[rows], self.dated[rows])


@dataclass(frozen=True, slots=True)
class Gaps:
    """How far two drawn lines lie apart where n reports are seen from the first: arrays of shape (n,), metres.

    `low`, `high` bound it for every station that comes into question; `uncertainty` is the error of both lines.
    """

    low: Floats
    high: Floats
    uncertainty: float

    def take(self, rows: NDArray[np.int64]) -> Gaps:
        """Take some reports, in the order given."""
        return Gaps(self.low[rows], self.high[rows], self.uncertainty)


Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Places:
    """Everything located about n reports: by line id (None: course undisclosed) and by area id.

    `between` holds, for a pair of lines, on which side of each the ground between them lies; `gaps` how far apart
    they are where the reports lie. `edges` marks, for areas whose boundary is not known exactly, the reports of which
    only that leaves open whether they lie inside. `unplaced` marks the reports that state no place. On some ground it
    counts when it was (`times`; None: nobody knows) and whether it flew (`aloft`; None: nobody knows).
    """

    lines: Mapping[int, Offsets | None]
    areas: Mapping[int, Truths | None]
    between: Mapping[Pair, Pair | None]
    unplaced: Bools
    times: Times | None = None
    aloft: Truths | None = None
    gaps: Mapping[Pair, Gaps | None] = field(default_factory=dict)
    edges: Mapping[int, Bools] = field(default_factory=dict)

    def __len__(self) -> int:
        """Count the reports."""
        return len(self.unplaced)

    def take(self, rows: NDArray[np.int64]) -> Places:
        """Take some reports, in the order given."""
        return Places(
            lines={line: None if offsets is None else offsets.take(rows) for line, offsets in self.lines.items()},
            areas={area: None if inside is None else inside[rows] for area, inside in self.areas.items()},
            between=self.between,
            unplaced=self.unplaced[rows],
            times=None if self.times is None else self.times.take(rows),
            aloft=None if self.aloft is None else self.aloft[rows],
            gaps={pair: None if gap is None else gap.take(rows) for pair, gap in self.gaps.items()},
            edges={area: marks[rows] for area, marks in self.edges.items()},
        )

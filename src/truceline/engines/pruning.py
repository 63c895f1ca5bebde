"""What of a part of a file has to be read for a check: not all of it, where no rule can speak of its reports.

A part is left unread as far as its reports get the same verdicts, for the same reasons, without it; the proof is
in `docs/adr/0006-what-need-not-be-read.md`. What is not read is never guessed: the judge is asked about reports
that state what holds for every report of the part, and nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from truceline.basics.counting import counted
from truceline.engines.atlas import Atlas
from truceline.engines.coding import NEEDED
from truceline.engines.counting import time_of
from truceline.engines.setup import Setup
from truceline.evidence.extent import Excerpt, Extent
from truceline.judge.divergence import every_ground
from truceline.locate.ecef import GEOD
from truceline.locate.rim import Rim
from truceline.plan.tables import Band, Between, InArea, Rule
from truceline.plan.walk import depths_of, every_part

__all__ = ["EVERYTHING", "NOTHING", "Sieve", "Writes", "reach_of"]

WHO = ("by", "involved")
PLACE = ("lon", "lat", "radius_m", "region")
PUBLISHED = ("reported", "recorded")
OF_ROWS = ("report", "release")
"""Columns that only the rows of findings tell; no count depends on them."""

OF_WEAPONS = ("calibre_mm", "range_km", "model")
"""Columns on which something depends where rules ask of more than the kind of a weapon."""

SPARE = 1000.0
"""Metres that a place must be away beyond every reach: more than any rounding of a location."""

Box = NDArray[np.float64]
"""Least and most of x, y and z, shape (2, 3), metres."""


@dataclass(frozen=True, slots=True)
class Writes:
    """Which rows of findings a run writes: of these verdicts (None: of all), or, if `wide`, one of every report."""

    verdicts: tuple[str, ...] | None = None
    wide: bool = False

    @property
    def nothing(self) -> bool:
        """Whether only counts are asked for."""
        return not self.wide and self.verdicts == ()

    @property
    def silent(self) -> bool:
        """Whether reports of which no rule speaks have rows."""
        return self.wide or self.verdicts is None or "not_applicable" in self.verdicts


EVERYTHING, NOTHING = Writes(), Writes(())


class Sieve:
    """Says of each part of the files what a run reads of it, and counts the parts that it did not read in full.

    Parameters
    ----------
    setup : Setup
    writes : Writes
    since_us : int, optional
        Reports that begin before this instant are left out, unjudged.
    """

    def __init__(self, setup: Setup, writes: Writes = EVERYTHING, since_us: int | None = None) -> None:
        rules = [rule for rule, _ in setup.renderings]
        self.columns = _columns(setup, writes)
        self.reports = self.parts = 0
        self._since_us = since_us
        self._periods = {time_of(rule) for rule in rules}
        self._outlines = list(_outlines(rules, setup.atlas)) if writes.nothing else None
        published = PUBLISHED if setup.known_until_us is not None else ()
        self._little = (*_asks_who(rules), *published, "dataset")
        self._named = {} if writes.nothing else {"report": ""}  # no row of theirs is written, but its column is there
        self._asks_little = not writes.silent and not any(map(_asks_more, rules))

    def __call__(self, extent: Extent) -> Excerpt | None:
        """Choose what is read of a part; None if all of it has to be."""
        if self._since_us is not None and extent.begins is not None and extent.begins[1] < self._since_us:
            return Excerpt((), {"from": extent.begins[1]})  # all are left out, also those that state no time
        found = self._silent(extent) or self._far(extent)
        if found is not None:
            self.reports, self.parts = self.reports + extent.rows, self.parts + 1
        return found

    def __str__(self) -> str:
        """Say what was not read in full."""
        whose = "lies" if self.reports == 1 else "lie"
        return (
            f"{counted(self.reports, 'report')} in {counted(self.parts, 'row group')} {whose} wholly outside the time "
            "or the ground of the agreement: counted, and read no further than that depends on"
        )

    def parted(self, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        """Give the reports of a batch apart of which some rule may speak, and of the others only what is asked.

        A part of a file with one long report is read in full; no more than that is done for the others in it.
        """
        quiet = self._quiet(batch) if self._asks_little else np.zeros(batch.num_rows, dtype=np.bool_)
        if 2 * np.count_nonzero(quiet) < batch.num_rows or not batch.num_rows:
            yield batch
            return
        yield batch.filter(pa.array(~quiet))
        little = (*self._little, *self._named, "from", "until")
        yield batch.select([name for name in batch.schema.names if name in little]).filter(pa.array(quiet))

    def _quiet(self, batch: pa.RecordBatch) -> NDArray[np.bool_]:
        """Mark the reports at whose time no rule was in force."""
        if not {"from", "until"} <= {*batch.schema.names}:
            return np.zeros(batch.num_rows, dtype=np.bool_)
        start, end = (batch.column(name).cast(pa.int64()) for name in ("from", "until"))
        dated = np.asarray(pc.and_(start.is_valid(), end.is_valid()))
        starts, ends = (np.asarray(column.fill_null(0)) for column in (start, end))
        dated &= starts <= ends
        for begin, over in self._periods:
            dated &= ((starts < begin) & (ends <= begin)) | (starts >= over)
        return dated

    def _is_after(self, extent: Extent) -> bool:
        """Say whether the day on which reports begin to count leaves none of a part out."""
        return self._since_us is None or (extent.dated and extent.begins is not None
                                          and extent.begins[0] >= self._since_us)  # fmt: skip

    def _silent(self, extent: Extent) -> Excerpt | None:
        """Read only who acted, if that, where no rule was in force at the time of any report."""
        if not self._asks_little or not self._is_after(extent) or not extent.dated:
            return None
        if extent.begins is None or not all(_is_outside(period, extent) for period in self._periods):
            return None
        instead = {"from": extent.begins[0], "until": extent.begins[0], **extent.same, **self._named}
        return Excerpt(tuple(name for name in self._little if name not in instead), instead)

    def _far(self, extent: Extent) -> Excerpt | None:
        """Read no places where every report lies far from all ground of the agreement, and none has a row."""
        if self._outlines is None or extent.box is None or extent.radius is None or not self._is_after(extent):
            return None
        box = _box_of(*extent.box)
        if not all(_apart(box, outline, reach + 1.01 * extent.radius) for outline, reach in self._outlines):
            return None
        west, south, _, _ = extent.box
        instead = {"lon": west, "lat": south, "radius_m": extent.radius, "region": None}
        return Excerpt(tuple(name for name in self.columns if name not in instead), instead)


def _columns(setup: Setup, writes: Writes) -> tuple[str, ...]:
    """Name the columns on which something depends that is written or counted."""
    unasked = set(OF_ROWS) if writes.nothing else set()
    unasked |= set() if setup.known_until_us is not None else set(PUBLISHED)
    unasked |= set() if any(rule.what.by_more_than_kind for rule in _rules(setup)) else set(OF_WEAPONS)
    counting = setup.counter.columns
    return tuple(dict.fromkeys((*(name for name in NEEDED if name not in unasked or name in counting), *counting)))


def _rules(setup: Setup) -> Iterator[Rule]:
    yield from (rule for rule, _ in setup.renderings)
    yield from setup.demands.values()


def _asks_who(rules: Iterable[Rule]) -> tuple[str, ...]:
    """Name the columns on which it depends why a rule that is not in force does not speak."""
    return WHO if any((rule.who.bound == -1).any() or rule.scope is not None for rule in rules) else ()


def _asks_more(rule: Rule) -> bool:
    """Say whether it depends on the place or the time why a rule that is not in force does not speak."""
    return rule.scope is not None and (rule.scope.where is not None or bool(rule.scope.spells))


def _is_outside(period: tuple[int, int], extent: Extent) -> bool:
    """Say whether every report of a part surely lies outside a period: before its begin, or after its end."""
    if extent.begins is None or extent.ends is None:
        return False
    (first, last), (_, over), (begin, end) = extent.begins, extent.ends, period
    return (last < begin and over <= begin) or first >= end


def _outlines(rules: Sequence[Rule], atlas: Atlas) -> Iterator[tuple[Box | None, float]]:
    """Bound all ground that is asked for: a box and how far around it, metres; None where it has no bounds."""
    for where in every_part(every_ground(rules)):
        if isinstance(where, Band | InArea | Between):
            yield from _outline(where, atlas)


def _outline(where: Band | InArea | Between, atlas: Atlas) -> Iterator[tuple[Box | None, float]]:
    """Bound one ground; of one without a published course or boundary the same is said wherever a report lies."""
    if isinstance(where, InArea):
        area = atlas.areas[where.area]
        if area is not None:
            west, south, east, north = area.shape.bounds
            yield _box_of(west, south, east, north), area.uncertainty + SPARE
    elif isinstance(where, Between):
        if atlas.lines[where.first] is not None and atlas.lines[where.second] is not None:
            yield None, math.inf
    else:
        charted = atlas.lines[where.line]
        if charted is not None and charted.rim is not None:
            yield _box_of(*charted.rim.area.shape.bounds), _reach_from(charted.rim, where) + SPARE
        elif charted is not None:
            ends = np.concatenate([charted.line.pieces.start, charted.line.pieces.until()])
            yield np.stack([ends.min(axis=0), ends.max(axis=0)]), reach_of(where) + charted.line.uncertainty + SPARE


def reach_of(band: Band) -> float:
    """Give the distance from the line from which on a place is surely outside a band, on either side."""
    at = 0.0
    for sector in sorted(band.sectors, key=lambda one: one.begin):
        if sector.begin > at:
            return math.inf
        at = max(at, sector.end)
    if band.sectors and at < math.inf:
        return math.inf  # of a stretch that no sector covers nothing is said
    real = [depth for depth in depths_of(band) if depth.near.lo < math.inf]  # nothing lies within the others
    return max((max(depth.far.hi, -depth.near.lo) for depth in real), default=0.0)


def _reach_from(rim: Rim, band: Band) -> float:
    """Give the distance from an area from which on a place outside it is surely outside a band along its boundary."""
    outside = [depth.far.hi for depth in depths_of(band)] if rim.outward and not band.sectors else [reach_of(band)]
    return max(outside) + rim.line.uncertainty


def _apart(box: Box, outline: Box | None, reach: float) -> bool:
    """Say whether two boxes in space are farther apart than a reach: then so is the ground in them."""
    return outline is not None and bool(((box[0] - outline[1] > reach) | (outline[0] - box[1] > reach)).any())


def _box_of(west: float, south: float, east: float, north: float) -> Box:
    """Bound in space the ground between two meridians and two parallels, degrees.

    >>> _box_of(-1.0, -1.0, 1.0, 1.0)[1].round()
    array([6378137.,  111314.,  110569.])
    """
    nearest = min(max(0.0, south), north)
    parallels = np.radians([south, nearest, north])
    normal = GEOD.a / np.sqrt(1.0 - GEOD.es * np.sin(parallels) ** 2)
    wide, high = normal * np.cos(parallels), normal * (1.0 - GEOD.es) * np.sin(parallels)
    turns = (_range(np.cos, west, east, 0.0), _range(np.sin, west, east, 90.0))
    corners = [np.outer(wide, turn) for turn in turns]
    return np.array([[*(side.min() for side in corners), high.min()], [*(side.max() for side in corners), high.max()]])


def _range(turn: np.ufunc, west: float, east: float, peak: float) -> tuple[float, float]:
    """Bound the cosine or the sine of all longitudes from west to east, degrees; `peak`: where it is 1."""
    ends = turn(np.radians([west, east]))
    has_peak, has_trough = (math.floor((east - at) / 360.0) > math.floor((west - at) / 360.0) or (west - at) % 360 == 0
                            for at in (peak, peak + 180.0))  # fmt: skip
    return -1.0 if has_trough else float(ends.min()), 1.0 if has_peak else float(ends.max())

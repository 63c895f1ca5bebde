"""The sweep: how many reports lie surely and possibly within each distance, per line, set and month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from truceline.basics.truth import all_of
from truceline.engines.atlas import Atlas, places_of
from truceline.engines.coding import coded
from truceline.engines.curves import SWEEP_SCHEMA, Cells, Counts, Grid, Layer, Stepped, joined, rows_of
from truceline.engines.local import Checked, known_rows
from truceline.engines.members import EVERYONE, Members, Named
from truceline.engines.months import Months, all_time, months_of
from truceline.engines.setup import Setup
from truceline.errors import Fault, UsageError
from truceline.evidence.batch import Batch
from truceline.judge.check import conditions_of
from truceline.judge.located import Bools, Offsets
from truceline.judge.places import Places
from truceline.judge.sweep import from_area, nearby, reach_of, steps_of
from truceline.terms.trouble import among

__all__ = ["EVERYONE", "SWEEP_SCHEMA", "Curves", "SweepOptions", "counted", "demands_table", "placed", "sweep"]

Whole = NDArray[np.int64]
DEMANDS_SCHEMA = pa.schema([("report", pa.string()), ("demand", pa.string()), ("inside", pa.string())])


@dataclass(frozen=True, slots=True)
class SweepOptions:
    """What to sweep: lines and sets by name (None: all with a course; everyone), distances in metres, rising.

    Of a line with dated courses the newest one is taken, unless another is named, as in ``front@2031-05-02``; the
    counts say which.

    `both_sides` counts by distance alone; `as_points` takes every stated coordinate for exact, as a
    naive count does, and the line too; `months` counts each month apart.
    """

    distances_m: tuple[float, ...]
    lines: tuple[str, ...] | None = None
    sets: tuple[str, ...] = (EVERYONE,)
    both_sides: bool = False
    as_points: bool = False
    months: bool = False


class Curves:
    """The curves of a run: batches are counted, by several threads if need be, and added up.

    Parameters
    ----------
    setup : Setup
    options : SweepOptions

    Raises
    ------
    UsageError
        TL-E902, TL-E903: if a line or a set does not exist, or a line has no published course.
    """

    def __init__(self, setup: Setup, options: SweepOptions) -> None:
        self._setup, self._options = setup, options
        self._lines = _lines(setup, options.lines)
        self._sets = tuple(dict.fromkeys(options.sets))
        self._members = Members(setup, self._sets)
        self._distances = np.asarray(options.distances_m, dtype=np.float64)
        self._cells = Cells(len(self._lines), len(self._sets), len(self._distances) + 1)
        self._atlas = _atlas(setup, as_points=options.as_points, lines=self._lines)
        self._grid = Grid(self._cells.width)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of reports on which the curves depend."""
        asks_when = self._options.months or self._members.asks_when
        return (
            "lon", "lat", "radius_m", "region", *(("from", "until") if asks_when else ()),
            *(("by", "involved") if self._members.asks_who else ()),
            *(("reported", "recorded") if self._setup.known_until_us is not None else ()),
        )  # fmt: skip

    def of(self, reports: pa.Table | pa.RecordBatch) -> Counts:
        """Count the reports of one batch, those that were known by the day of the setup."""
        table = reports if isinstance(reports, pa.Table) else pa.Table.from_batches([reports])
        known, _, _ = known_rows(table, self._setup.known_until_us)
        return self.at(*_placed(self._setup, self._atlas, known, as_points=self._options.as_points))

    def at(self, batch: Batch, places: Places) -> Counts:
        """Count the reports of one batch that are located already."""
        zone = self._setup.agreement.document.agreement.zone
        months = months_of(batch, zone) if self._options.months else all_time(len(batch))
        named = self._members.of(batch)
        counting = months.dated & ~places.unplaced
        lines = [offsets for line in self._lines if (offsets := self._offsets(line, places)) is not None]
        within = (self._within(curve, offsets, named, months, counting) for curve, offsets in enumerate(lines))
        return joined(chain(self._wherever(named, months), *within))

    def _offsets(self, line: int, places: Places) -> Offsets | None:
        """Give the offsets from a line; on one side alone, from the boundary of an area what lies in it is nearest."""
        offsets, charted = places.lines[line], self._atlas.lines[line]
        outward = charted is not None and charted.rim is not None and charted.rim.outward
        return from_area(offsets) if offsets is not None and outward and not self._options.both_sides else offsets

    def add(self, counts: Counts) -> None:
        """Add the counts of a batch."""
        self._grid.add(counts)

    def look(self, checked: Checked) -> None:
        """Count a batch that was judged, where it was located then."""
        self.add(self.of(checked.reports) if self._options.as_points else self.at(checked.batch, checked.places))

    @property
    def table(self) -> pa.Table:
        """The counts of all batches so far, as rows of `SWEEP_SCHEMA`."""
        names = [self._setup.book.lines[line] for line in self._lines]
        return rows_of(self._grid, self._cells, names, self._sets, self._distances, monthly=self._options.months)

    def _wherever(self, named: Named, months: Months) -> Iterator[Counts]:
        """Count the reports of each set and month, and mark the months, wherever the reports lie."""
        rows = np.flatnonzero(months.dated)
        yield from self._possibly(self._cells.lines, rows, np.zeros(len(rows), dtype=np.int64), named, months)
        if not self._options.months:
            return
        spread = np.flatnonzero(months.dated & ~months.alone)
        bounded = spread[months.bounded[spread]]
        yield self._cells.mark(Layer.POSSIBLE, months.first[months.alone])
        yield self._cells.mark(Layer.SURE, np.concatenate([months.first[bounded], months.last[bounded]]))
        yield self._cells.mark(Layer.SPREAD, months.first[spread])
        yield self._cells.mark(Layer.SPREAD, months.last[spread] + 1, sign=-1)

    def _within(
        self, curve: int, offsets: Offsets, named: Named, months: Months, counting: Bools
    ) -> Iterator[Counts]:  # fmt: skip
        """Count the reports within reach of the distances of one line; most lie farther away."""
        k = len(self._distances)
        rows = np.flatnonzero(counting & nearby(offsets, self._distances.max(initial=0.0)))
        reach = reach_of(offsets.take(rows), both_sides=self._options.both_sides)
        sure, possible = steps_of(reach, self._distances)
        yield from self._possibly(curve, rows[possible < k], possible[possible < k], named, months)
        surely = months.alone[rows] & (sure < k)  # who may lie in several months is sure in none
        those = Stepped(named.kind[rows[surely]], months.first[rows[surely]], sure[surely])
        yield self._cells.put(curve, Layer.SURE, those, named.surely)

    def _possibly(self, curve: int, rows: Whole, step: Whole, named: Named, months: Months) -> Iterator[Counts]:
        """Count reports in the months in which they may lie, each from a step of a curve on."""
        alone = months.alone[rows]
        for layer, mine, month, sign in (
            (Layer.POSSIBLE, alone, months.first, 1), (Layer.SPREAD, ~alone, months.first, 1),
            (Layer.SPREAD, ~alone, months.last + 1, -1),
        ):  # fmt: skip
            those = Stepped(named.kind[rows[mine]], month[rows[mine]], step[mine])
            yield self._cells.put(curve, layer, those, named.possibly, sign=sign)


def sweep(setup: Setup, reports: pa.Table, options: SweepOptions) -> pa.Table:
    """Count reports within each distance of each line, in one pass over the reports.

    Returns
    -------
    pyarrow.Table
        Rows of `SWEEP_SCHEMA`: line x set x month x distance; `month` is null for all time, and
        `reports` is the number of reports that were counted at all (of which no place is known
        for some). A report that may lie in several months counts as possible in each; one that is
        open on a side does in those from the first to the last month of the other reports.

    Raises
    ------
    UsageError
        If a line or a set does not exist, or a line has no published course.
    """
    curves = Curves(setup, options)
    curves.add(curves.of(reports))
    return curves.table


def placed(setup: Setup, reports: pa.Table, *, as_points: bool) -> tuple[Batch, Places]:
    """Code and locate reports for a sweep: on the lines alone, and as points where so asked."""
    return _placed(setup, _atlas(setup, as_points=as_points), reports, as_points=as_points)


def counted(setup: Setup, batch: Batch, places: Places, options: SweepOptions) -> pa.Table:
    """Count reports that are located already; rows as those of `sweep`."""
    curves = Curves(setup, options)
    curves.add(curves.at(batch, places))
    return curves.table


def demands_table(checked: Checked) -> pa.Table:
    """Hold reports against what was asked or offered: inside, outside or unknown; never a verdict."""
    words = {1: "inside", 0: "unknown", -1: "outside"}
    rows = []
    ids = checked.report_ids.to_pylist()
    for name, rule in checked.setup.demands.items():
        asked = conditions_of(rule, checked.batch, checked.places)
        truth = all_of(asked.who.truth, asked.what.truth, asked.where.truth, asked.not_excepted.truth)
        rows += [
            {"report": one, "demand": name, "inside": words[int(value)]} for one, value in zip(ids, truth, strict=True)
        ]
    return pa.Table.from_pylist(rows, schema=DEMANDS_SCHEMA)


def _placed(setup: Setup, atlas: Atlas, reports: pa.Table, *, as_points: bool) -> tuple[Batch, Places]:
    batch = coded(reports, setup.book, setup.atlas.region_ids)
    batch = _as_points(batch) if as_points else batch
    return batch, places_of(batch, atlas)


def _as_points(batch: Batch) -> Batch:
    stated = np.isfinite(batch.lon) & np.isfinite(batch.lat)
    return replace(
        batch, placed=stated, radius=np.where(stated, 0.0, np.inf), region=np.full(len(batch), -1, dtype=np.int32)
    )


def _atlas(setup: Setup, *, as_points: bool, lines: Sequence[int] | None = None) -> Atlas:
    """Keep of the geometry only some lines (None: all), without their sectors; as points, take them for exact."""
    charted = [
        None if one is None or (lines is not None and number not in lines)
        else replace(one, sectors=(), line=replace(one.line, uncertainty=0.0) if as_points else one.line)
        for number, one in enumerate(setup.atlas.lines)
    ]  # fmt: skip
    return replace(setup.atlas, lines=tuple(charted), areas=(), gaps={}, air=False, _located={}, _inside={})


def _lines(setup: Setup, names: Sequence[str] | None) -> list[int]:
    """Give the lines asked for by number, in the order of the agreement; of a line with dated courses the newest.

    A course that is named, such as ``front@2031-05-02``, is that course.
    """
    known = {setup.book.lines[number]: number for number, line in enumerate(setup.atlas.lines) if line is not None}
    newest = {name.partition("@")[0]: number for name, number in known.items()}
    if names is None:
        return sorted(newest.values())
    known |= newest
    faults = [
        Fault(setup.agreement.name, "TL-E903", f"there is no line {name!r} with a published course", among(name, known))
        for name in names
        if name not in known
    ]
    if faults:
        raise UsageError(faults)
    return sorted({known[name] for name in names})

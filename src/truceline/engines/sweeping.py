"""The sweep: how many reports lie surely and possibly within each distance, per line, set and month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from truceline.basics.truth import Truths, all_of
from truceline.engines.atlas import Atlas, places_of
from truceline.engines.coding import coded
from truceline.engines.local import Checked, known_rows
from truceline.engines.setup import Setup
from truceline.errors import Fault, UsageError
from truceline.evidence.batch import Batch
from truceline.judge.check import conditions_of
from truceline.judge.places import Places
from truceline.judge.subjects import names_member
from truceline.judge.sweep import Reach, reach_of, sweep_counts
from truceline.plan.subject import members_of
from truceline.terms.trouble import among

__all__ = ["EVERYONE", "SWEEP_SCHEMA", "SweepOptions", "counted", "demands_table", "placed", "sweep"]

EVERYONE = "everyone"
"""The name under which reports are counted whoever is named in them."""

SWEEP_SCHEMA = pa.schema([
    ("line", pa.string()), ("set", pa.string()), ("month", pa.string()), ("distance_m", pa.float64()),
    ("sure", pa.int64()), ("possible", pa.int64()), ("reports", pa.int64()),
])  # fmt: skip
CALENDAR_US = (-62_000_000_000_000_000, 253_000_000_000_000_000)
"""The instants that the calendar has months for, in any zone: those of the years 6 to 9986, and a little more."""
NO_MONTH = 12 * 10_000
"""A month after all of them, in months since the year 0."""
DEMANDS_SCHEMA = pa.schema([("report", pa.string()), ("demand", pa.string()), ("inside", pa.string())])


@dataclass(frozen=True, slots=True)
class SweepOptions:
    """What to sweep: lines and sets by name (None: all with a course; everyone), distances in metres, rising.

    `both_sides` counts by distance alone; `as_points` takes every stated coordinate for exact, as a
    naive count does, and the line too; `months` counts each month apart.
    """

    distances_m: tuple[float, ...]
    lines: tuple[str, ...] | None = None
    sets: tuple[str, ...] = (EVERYONE,)
    both_sides: bool = False
    as_points: bool = False
    months: bool = False


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
    known, _, _ = known_rows(reports, setup.known_until_us)
    batch, places = placed(setup, known, as_points=options.as_points)
    return counted(setup, batch, places, options)


def placed(setup: Setup, reports: pa.Table, *, as_points: bool) -> tuple[Batch, Places]:
    """Code and locate reports for a sweep: on the lines alone, and as points where so asked."""
    batch = coded(reports, setup.book, setup.atlas.region_ids)
    atlas = replace(setup.atlas, areas=())
    if as_points:
        batch, atlas = _as_points(batch), _exact(atlas)
    return batch, places_of(batch, atlas)


def counted(setup: Setup, batch: Batch, places: Places, options: SweepOptions) -> pa.Table:
    """Count reports that are located already; rows as those of `sweep`."""
    months = _months(batch, setup.agreement.document.agreement.zone) if options.months else _all_time(len(batch))
    distances = np.asarray(options.distances_m, dtype=np.float64)
    rows: list[dict[str, object]] = []
    for line in _lines(setup, options.lines):
        offsets = places.lines[line]
        if offsets is None:
            continue
        spread, unplaced = offsets.take(months.rows), places.unplaced[months.rows]
        reach = reach_of(spread, both_sides=options.both_sides)
        for name in options.sets:
            curve = _Curve(setup.book.lines[line], name, _counted(setup, batch, name)[months.rows])
            rows += _rows(curve, unplaced, months, distances, reach)
    return pa.Table.from_pylist(rows, schema=SWEEP_SCHEMA)


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


@dataclass(frozen=True, slots=True)
class _Months:
    """Which months each report may lie in: rows repeated once per month, `sure` where it can be no other."""

    names: tuple[str | None, ...]
    rows: NDArray[np.int64]
    groups: NDArray[np.int64]
    sure: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Curve:
    """One line and one set, and which reports count for it."""

    line: str
    set_name: str
    counted: Truths


def _rows(
    curve: _Curve, unplaced: NDArray[np.bool_], months: _Months, distances: NDArray[np.float64], reach: Reach
) -> list[dict[str, object]]:
    """Count one curve per month; a report that may lie in several months is sure in none."""
    held = np.where(months.sure, curve.counted, np.minimum(curve.counted, 0)).astype(np.int8)
    groups = np.where(unplaced, -1, months.groups)
    sure, possible = sweep_counts(reach, distances, counted=held, groups=groups, n_groups=len(months.names))
    total = np.bincount(months.groups[held >= 0], minlength=len(months.names))
    return [
        {"line": curve.line, "set": curve.set_name, "month": month, "distance_m": float(distance),
         "sure": int(sure[at, k]), "possible": int(possible[at, k]), "reports": int(total[at])}
        for at, month in enumerate(months.names)
        for k, distance in enumerate(distances)
    ]  # fmt: skip


def _exact(atlas: Atlas) -> Atlas:
    """Take every line for exact."""
    lines = tuple(None if one is None else replace(one, line=replace(one.line, uncertainty=0.0)) for one in atlas.lines)
    return replace(atlas, lines=lines, _located={}, _inside={})


def _as_points(batch: Batch) -> Batch:
    stated = np.isfinite(batch.lon) & np.isfinite(batch.lat)
    return replace(
        batch, placed=stated, radius=np.where(stated, 0.0, np.inf), region=np.full(len(batch), -1, dtype=np.int32)
    )


def _counted(setup: Setup, batch: Batch, name: str) -> Truths:
    """Say whether a report names an actor of the set: surely, possibly or not."""
    if name == EVERYONE:
        return np.ones(len(batch), dtype=np.int8)
    text = setup.agreement.under(None)
    if name not in text.sets and name not in text.actors:
        there = among(name, (EVERYONE, *text.sets, *text.actors))
        raise UsageError([Fault(setup.agreement.name, "TL-E902", f"there is no set {name!r}", there)])
    member, spells, _ = members_of([name], text, setup.book)
    return names_member(member, spells, batch)


def _lines(setup: Setup, names: Sequence[str] | None) -> list[int]:
    charted = [number for number, line in enumerate(setup.atlas.lines) if line is not None]
    if names is None:
        return charted
    known = {setup.book.lines[number]: number for number in charted}
    faults = [
        Fault(setup.agreement.name, "TL-E903", f"there is no line {name!r} with a published course", among(name, known))
        for name in names
        if name not in known
    ]
    if faults:
        raise UsageError(faults)
    return [known[name] for name in names]


def _all_time(n: int) -> _Months:
    return _Months((None,), np.arange(n), np.zeros(n, dtype=np.int64), np.ones(n, dtype=np.bool_))


def _months(batch: Batch, zone: str | None) -> _Months:
    """Spread each dated report over the months it may lie in, by the calendar of the agreement's zone.

    A report that is open on a side has no end of months: it is put into those from the first to the
    last of the reports that are not, where it may lie in them, and is sure in none.
    """
    dated = np.flatnonzero(batch.dated)
    start = batch.start_us[dated]
    end = np.maximum(batch.end_us[dated] - 1, start)
    bounded = (start >= CALENDAR_US[0]) & (end <= CALENDAR_US[1])
    first, last = (_month_numbers(np.clip(side, *CALENDAR_US), zone) for side in (start, end))
    first = np.where(bounded, first, np.maximum(first, first[bounded].min(initial=NO_MONTH)))
    last = np.where(bounded, last, np.minimum(last, last[bounded].max(initial=-1)))
    lengths = np.maximum(last - first + 1, 0)
    rows = np.repeat(dated, lengths)
    starts = np.concatenate(([0], np.cumsum(lengths)))[:-1]
    numbers = np.repeat(first, lengths) + np.arange(len(rows)) - np.repeat(starts, lengths)
    distinct, groups = np.unique(numbers, return_inverse=True)
    names = tuple(f"{number // 12:04d}-{number % 12 + 1:02d}" for number in distinct.tolist())
    return _Months(names, rows, groups.reshape(-1), np.repeat(bounded & (lengths == 1), lengths))


def _month_numbers(instants_us: NDArray[np.int64], zone: str | None) -> NDArray[np.int64]:
    """Count months since the year 0, by the local calendar."""
    local = ZoneInfo(zone) if zone else UTC
    distinct, index = np.unique(instants_us, return_inverse=True)
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    moments = [(epoch + timedelta(microseconds=us)).astimezone(local) for us in distinct.tolist()]
    return np.array([moment.year * 12 + moment.month - 1 for moment in moments], dtype=np.int64)[index.reshape(-1)]

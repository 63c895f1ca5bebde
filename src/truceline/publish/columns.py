"""The reports as columns of the page: dates, places and names as people read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from truceline.basics.time import FOREVER, NEVER_BEFORE
from truceline.engines.local import Checked
from truceline.evidence.datasets import DATASETS

__all__ = ["date_words", "report_columns"]

_PLACE_DIGITS = 4
"""Coordinates of the page, in degrees: some ten metres, finer than any precision class."""


def report_columns(checked: Checked) -> dict[str, list[Any]]:
    """Write the columns of `payload.Reports`; protected reports keep their verdict and lose all else."""
    rows = _rows(checked.reports)
    zone = checked.setup.agreement.document.agreement.zone
    shown = [{} if row.get("release") == "protected" else row for row in rows]
    placed = checked.batch.placed.tolist()
    regions = list(checked.setup.atlas.region_ids)
    return {
        "id": [str(row["report"]) for row in rows],
        "from": [_instant(row.get("from")) for row in shown],
        "until": [_instant(row.get("until")) for row in shown],
        "when_words": [date_words(row.get("from"), row.get("until"), zone) for row in shown],
        "month": [_month(row.get("from"), row.get("until"), zone) for row in shown],
        "lon": [_degrees(row.get("lon")) if disc else None for row, disc in zip(shown, placed, strict=True)],
        "lat": [_degrees(row.get("lat")) if disc else None for row, disc in zip(shown, placed, strict=True)],
        "radius_m": [row.get("radius_m") if disc else None for row, disc in zip(shown, placed, strict=True)],
        "region": [
            None if number < 0 or hidden else regions[number]
            for number, hidden in zip(checked.batch.region.tolist(), checked.hidden.tolist(), strict=True)
        ],
        "place": [row.get("place") for row in shown],
        "involved": [list(row.get("involved") or ()) for row in shown],
        "by": [list(row.get("by") or ()) for row in shown],
        "act": [row.get("act") for row in shown],
        "dataset": [_dataset(row.get("dataset")) for row in shown],
        "origin": [row.get("origin") for row in shown],
    }


def date_words(start: datetime | None, end: datetime | None, zone: str | None) -> str | None:
    """Write a span of time as people read it, in the agreement's zone.

    >>> day = datetime(2017, 7, 8, 21, tzinfo=UTC)
    >>> date_words(day, day + timedelta(days=1), "Asia/Damascus")
    '9 July 2017'
    >>> date_words(day, day + timedelta(days=7), "Asia/Damascus")
    '9 July 2017 to 15 July 2017'
    >>> date_words(day, None, "Asia/Damascus"), date_words(None, day, "Asia/Damascus")
    ('from 9 July 2017 on', 'before 9 July 2017')
    """
    if start is None or end is None:
        return _open_words(start, end, ZoneInfo(zone) if zone else UTC)
    first, last = (moment.astimezone(ZoneInfo(zone) if zone else UTC) for moment in (start, end))
    if first == last:
        return f"{_day(first)}, {first:%H:%M}"
    if (first.hour, first.minute, last.hour, last.minute) != (0, 0, 0, 0):
        return f"between {_day(first)}, {first:%H:%M} and {_day(last)}, {last:%H:%M}"
    final = last - timedelta(days=1)
    return _day(first) if final.date() <= first.date() else f"{_day(first)} to {_day(final)}"


def _open_words(start: datetime | None, end: datetime | None, zone: tzinfo) -> str | None:
    if start is not None:
        return f"from {_day(start.astimezone(zone))} on"
    return None if end is None else f"before {_day(end.astimezone(zone))}"


def _dataset(name: str | None) -> str | None:
    """Give the title of a data set that we know; any other is named as it came."""
    return name if name is None or name not in DATASETS else DATASETS[name].title


def _rows(reports: pa.Table) -> list[dict[str, Any]]:
    """Give the rows as Python has them; an open end of a span lies beyond its calendar and is no bound."""
    for name in ("from", "until"):
        if name in reports.column_names:
            column = reports.column(name)
            micros = column.cast(pa.int64())
            inside = pc.and_(pc.greater(micros, NEVER_BEFORE), pc.less(micros, FOREVER))
            at = reports.column_names.index(name)
            reports = reports.set_column(at, name, pc.if_else(inside, column, pa.scalar(None, column.type)))
    rows: list[dict[str, Any]] = reports.to_pylist()
    return rows


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _month(start: datetime | None, end: datetime | None, zone: str | None) -> str | None:
    if start is None or end is None:
        return None
    local = ZoneInfo(zone) if zone else UTC
    final = max(start, end - timedelta(microseconds=1))
    first, last = (f"{moment.astimezone(local):%Y-%m}" for moment in (start, final))
    return first if first == last else None


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _degrees(value: float | None) -> float | None:
    return None if value is None else round(value, _PLACE_DIGITS)

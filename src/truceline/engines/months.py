"""Months: in which of them each report may lie, by the calendar of a time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from truceline.basics.time import Span
from truceline.evidence.batch import Batch

__all__ = ["AFTER_ALL", "Months", "all_time", "month_at", "month_name", "month_span", "months_of", "whole_months"]

Whole = NDArray[np.int64]
CALENDAR_US = (-62_000_000_000_000_000, 253_000_000_000_000_000)
"""The instants that the calendar has months for, in any zone: those of the years 6 to 9986, and a little more."""
AFTER_ALL = 12 * 10_000
"""A month after all of them, in months since the year 0."""
DAY_US = 86_400_000_000
"""Local time is less than a day away from UTC, in any zone."""


@dataclass(frozen=True, slots=True)
class Months:
    """From which month to which each of n reports may lie, both included, counted since the year 0.

    `dated` : false where no date is stated; the report is in no month then. `bounded` : false where it is
    open on a side, so that one of its two months means nothing.
    """

    first: Whole
    last: Whole
    dated: NDArray[np.bool_]
    bounded: NDArray[np.bool_]

    @property
    def alone(self) -> NDArray[np.bool_]:
        """Mark the reports that can lie in one month only."""
        return np.asarray(self.dated & self.bounded & (self.first == self.last))


def all_time(n: int) -> Months:
    """Put n reports into one month that is all time."""
    zero, yes = np.zeros(n, dtype=np.int64), np.ones(n, dtype=np.bool_)
    return Months(zero, zero, yes, yes)


def months_of(batch: Batch, zone: str | None) -> Months:
    """Say in which months each report may lie, by the calendar of a zone (UTC where none is named).

    One that is open on a side reaches from the first, or to the last month that the calendar has.
    """
    end = np.maximum(batch.end_us - 1, batch.start_us)
    bounded = batch.dated & (batch.start_us >= CALENDAR_US[0]) & (end <= CALENDAR_US[1])
    first, last = (_numbers(np.clip(side, *CALENDAR_US), _local(zone)) for side in (batch.start_us, end))
    return Months(first, last, batch.dated, bounded)


def month_name(number: int) -> str:
    """Write a month.

    >>> month_name(12 * 2031 + 5)
    '2031-06'
    """
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def month_at(instant_us: int, zone: str | None) -> int:
    """Give the month in which an instant lies, counted since the year 0; outside the calendar the nearest.

    >>> month_name(month_at(0, None)), month_name(month_at(-1, None))
    ('1970-01', '1969-12')
    """
    inside = min(max(instant_us, CALENDAR_US[0]), CALENDAR_US[1])
    moment = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=inside)).astimezone(_local(zone))
    return moment.year * 12 + moment.month - 1


def month_span(month: int, zone: str | None) -> Span:
    """Give the span of a month, by the calendar of a zone (UTC where none is named).

    >>> month_span(12 * 1970, None).end_us // DAY_US
    31
    """
    starts = (datetime(at // 12, at % 12 + 1, 1, tzinfo=_local(zone)) for at in (month, month + 1))
    start, end = ((at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) for at in starts)
    return Span(start, end)


def whole_months(start_us: int, end_us: int, zone: str | None) -> range:
    """List the months that lie wholly within a time, as far as the calendar goes.

    >>> [month_name(month) for month in whole_months(1, 92 * DAY_US, None)]
    ['1970-02', '1970-03']
    """
    first, last = month_at(start_us, zone), month_at(end_us, zone)
    begun = start_us <= max(month_span(first, zone).start_us, CALENDAR_US[0])
    return range(first if begun else first + 1, last)


def _local(zone: str | None) -> tzinfo:
    return ZoneInfo(zone) if zone else UTC


def _numbers(instants_us: Whole, zone: tzinfo) -> Whole:
    """Count months since the year 0, by the local calendar: it is asked only about days at a turn of the month."""
    days = instants_us // DAY_US
    first = int(days.min(initial=0)) - 1
    calendar = np.arange(first, int(days.max(initial=0)) + 2).astype("datetime64[D]").astype("datetime64[M]")
    months, place = calendar.astype(np.int64) + 12 * 1970, days - first
    numbers = months[place]
    near = np.flatnonzero((months[:-2] != months[2:])[place - 1])
    distinct, index = np.unique(instants_us[near], return_inverse=True)
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    moments = [(epoch + timedelta(microseconds=us)).astimezone(zone) for us in distinct.tolist()]
    asked = np.array([moment.year * 12 + moment.month - 1 for moment in moments], dtype=np.int64)
    numbers[near] = asked[index]
    return numbers

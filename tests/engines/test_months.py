"""Months: in which of them a report may lie, by the calendar of a zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.engines.months import month_name, months_of
from world import batch

ZONES = (None, "Etc/GMT-14", "Etc/GMT+12", "Asia/Damascus", "America/St_Johns", "Asia/Manila", "Pacific/Apia")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
YEAR_US = 31_556_952_000_000


def spans(*pairs, dated=True):
    """Make reports with a time each: start and end [us]."""
    starts, ends = zip(*pairs, strict=True)
    return batch(len(pairs), start_us=starts, end_us=ends, dated=[dated] * len(pairs))


def names(found):
    """Name the first and the last month of each report."""
    return [(month_name(first), month_name(last)) for first, last in zip(found.first, found.last, strict=True)]


def us(words):
    """Give an instant in microseconds."""
    return (datetime.fromisoformat(words).replace(tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)


@given(st.lists(st.integers(-1900 * YEAR_US, 7900 * YEAR_US), min_size=1), st.sampled_from(ZONES))
def test_the_month_is_that_of_the_local_calendar(instants, zone):
    """In every year and every zone, the old local times and the changes of clocks included."""
    found = months_of(spans(*((one, one) for one in instants)), zone)
    local = [(EPOCH + timedelta(microseconds=one)).astimezone(ZoneInfo(zone or "UTC")) for one in instants]

    assert found.first.tolist() == found.last.tolist() == [one.year * 12 + one.month - 1 for one in local]
    assert found.alone.all()


def test_a_turn_of_the_month_that_comes_twice_is_told_as_the_clocks_told_it():
    """In St. John's clocks went from one minute past midnight on 1 November 2009 back into October."""
    instants = [us(f"2009-11-01T{time}") for time in ("02:29:59", "02:30:00", "02:31:00", "03:29:59", "03:30:00")]
    found = months_of(spans(*((one, one) for one in instants)), "America/St_Johns")

    assert [first for first, _ in names(found)] == ["2009-10", "2009-11", "2009-10", "2009-10", "2009-11"]


def test_a_span_ends_before_its_end():
    """A whole June is June alone; an instant at midnight is in the month that begins."""
    june, july = us("2031-06-01"), us("2031-07-01")
    found = months_of(spans((june, july), (july, july), (june, july + 1)), None)

    assert names(found) == [("2031-06", "2031-06"), ("2031-07", "2031-07"), ("2031-06", "2031-07")]
    assert found.alone.tolist() == [True, True, False]


@pytest.mark.parametrize(("start", "end"), [(-(2**62), 0), (0, 2**62), (-(2**62), 2**62)])
def test_what_is_open_on_a_side_is_never_in_one_month_alone(start, end):
    """It is not bounded, and nothing overflows."""
    found = months_of(spans((start, end), (0, 0)), "Asia/Damascus")

    assert found.bounded.tolist() == found.alone.tolist() == [False, True]
    assert found.first[0] < found.last[0]


def test_no_reports_and_no_dates_have_no_months():
    """Of no report nothing is said; one without a date is in no month."""
    assert len(months_of(batch(0), "Etc/GMT-2").first) == 0
    assert not np.any(months_of(spans((0, 0), dated=False), None).alone)

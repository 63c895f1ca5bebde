"""Dates of tables as spans of UTC: whole local days, clocks that skip or repeat, months and intervals."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.basics.time import parse_moment
from truceline.errors import EvidenceError
from truceline.formats.spans import check_zone, days_as_spans, read_spans

ZONES = [None, "UTC", "Etc/GMT-3", "Europe/Berlin", "Asia/Beirut", "Australia/Lord_Howe", "America/Santiago"]


def column(*texts):
    """Make a column of text."""
    return pa.chunked_array([pa.array(texts, pa.string())])


def told(us):
    """Write microseconds as times."""
    return [moment.isoformat() for moment in np.asarray(us).astype("datetime64[us]").tolist()]


@settings(max_examples=60)
@given(st.lists(st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31)), min_size=1, max_size=5), st.sampled_from(ZONES))
def test_days_are_what_the_basics_say_they_are(dates, zone):
    """The vectorised form and `Moment.span` are one."""
    numbers = np.array([(date - dt.date(1970, 1, 1)).days for date in dates])
    starts, ends = days_as_spans(numbers, numbers, zone)
    spans = [parse_moment(date.isoformat()).span(zone, {}) for date in dates]

    assert starts.tolist() == [span.start_us for span in spans]
    assert ends.tolist() == [span.end_us for span in spans]


@settings(max_examples=60)
@given(st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2030, 12, 31)), st.sampled_from(ZONES))  # noqa: DTZ001
def test_local_times_are_what_the_basics_say_they_are(wall, zone):
    """Also where the clocks skip or repeat an hour: then the span holds both meanings."""
    text = wall.replace(second=1).isoformat(timespec="seconds")
    found = read_spans(column(text), None, zone, None)
    span = parse_moment(text).span(zone, {})

    assert (found.start[0], found.end[0]) == (span.start_us, span.end_us) or _in_a_gap(span, found)


def _in_a_gap(span, found):
    """Where the clocks skip the time, the two agree on a span within the same hour of doubt."""
    return span.start_us != span.end_us and span.start_us <= found.start[0] <= found.end[0] <= span.end_us


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2017-07-09", None, ("2017-07-08T21:00:00", "2017-07-09T21:00:00")),
        ("2017-07-09", "2017-07-11", ("2017-07-08T21:00:00", "2017-07-11T21:00:00")),
        ("2017-11", None, ("2017-10-31T21:00:00", "2017-11-30T21:00:00")),
        ("2017", "2018-01", ("2016-12-31T21:00:00", "2018-01-31T21:00:00")),
        ("2017-11-06/12", None, ("2017-11-05T21:00:00", "2017-11-12T21:00:00")),
        ("2017-07-09T12:00+03:00", None, ("2017-07-09T09:00:00", "2017-07-09T09:00:00")),
        ("2017-07-09 12:00", None, ("2017-07-09T09:00:00", "2017-07-09T09:00:00")),
        ("2017-07-09T12:00:00.25Z", "2017-07-09T12:30Z", ("2017-07-09T12:00:00.250000", "2017-07-09T12:30:00")),
    ],
)
def test_columns_from_and_until(start, end, expected):
    """An instant without an end is an instant; a date without an end is that whole day."""
    found = read_spans(column(start), None if end is None else column(end), "Etc/GMT-3", None)

    assert told([found.start[0], found.end[0]]) == list(expected)
    assert found.dated.all()


def test_every_places_day_without_a_zone():
    """From 00:00 at +14:00 to 24:00 at -12:00, also for a local clock; an offset needs no zone."""
    local = read_spans(column("2017-07-09T12:00"), None, None, None)
    zoned = read_spans(column("2017-07-09T12:00Z"), None, None, None)

    assert told([local.start[0], local.end[0]]) == ["2017-07-08T22:00:00", "2017-07-10T00:00:00"]
    assert local.local
    assert not zoned.local


SPREAD = [
    ("2017-07-09", None, None, True), ("2017-07-09T12:00", None, None, True), ("2017-07", None, None, True),
    ("2017-07-06/12", None, None, True), ("2017-07-09T12:00Z", None, None, False),
    ("2017-07-09T12:00Z", "2017-07-10", None, True), ("2017-07-09", "2017-07-10T12:00+03:00", None, True),
    ("2017-07-09T12:00Z", "2017-07-10T12:00Z", None, False), ("2017-07-09T12:00Z/2017-07-09T14:00Z", None, None, False),
    ("2017-07-09", "2017-07-10", "Europe/Berlin", False), ("2017-07", None, "Europe/Berlin", False),
    ("2017-07-09T12:00", None, "Europe/Berlin", False), ("2017-10-29", None, "Europe/Berlin", False),
    ("2017-10-29T02:30", "2017-10-29T06:00", "Europe/Berlin", True),
    ("2017-10-29T01:00", "2017-10-29T02:30", "Europe/Berlin", True),
    ("2017-07-09 noon", None, None, True),
]  # fmt: skip


@pytest.mark.parametrize(("start", "end", "zone", "spread"), SPREAD)
def test_a_row_is_spread_where_nobody_can_tell_when_it_begins_or_ends(start, end, zone, spread):
    """No zone is known, or the clocks repeat the time; whatever stands in the rows beside it."""
    found = read_spans(column(start), column(end), zone, None)
    rows = column(start, "2017-07-09T12:30", "2017-07-09T12:30Z"), column(end, None, None)
    beside = read_spans(*rows, zone, None)

    assert found.dated.all()
    assert found.spread.tolist() == [spread]
    assert beside.spread.tolist() == [spread, zone is None, False]


@pytest.mark.parametrize("text", ["soon", "pkg + 14 d", "2017-11-06/..", "../2017-11-06", "2017-13", "12:00"])
def test_what_has_no_two_ends_is_no_date_of_a_report(text):
    """Moments that hang on an instrument, and open ends, are refused."""
    found = read_spans(column(text), None, None, None)

    assert found.bad_start.all()
    assert not found.dated.any()


def test_an_empty_cell_is_no_fault_and_no_date():
    """Nothing is filled in; an unreadable end is a fault of the end."""
    found = read_spans(column(None, " ", "2017"), column(None, None, "soon"), None, None)

    assert found.dated.tolist() == [False, False, False]
    assert not found.bad_start.any()
    assert found.bad_end.tolist() == [False, False, True]


def test_typed_instants_are_taken_as_they_are():
    """UTC timestamps of any unit; one without an end is an instant; typed dates are whole days."""
    seconds = pa.chunked_array([pa.array([0, 60, None], pa.timestamp("s", tz="UTC"))])
    ends = pa.chunked_array([pa.array([30, None, None], pa.timestamp("s", tz="UTC"))])
    found = read_spans(seconds, ends, None, None)
    dated = read_spans(pa.chunked_array([pa.array([dt.date(2017, 7, 9)])]), None, "UTC", None)

    assert found.start.tolist() == [0, 60_000_000, 0]
    assert found.end.tolist() == [30_000_000, 60_000_000, 0]
    assert found.dated.tolist() == [True, True, False]
    assert told([dated.start[0], dated.end[0]]) == ["2017-07-09T00:00:00", "2017-07-10T00:00:00"]


@pytest.mark.parametrize("zone", ["Mars/North", "../../etc/passwd", "", "Europe"])
def test_a_zone_that_nobody_knows_is_refused(zone):
    """The message says what to write; no zone at all is allowed."""
    if not zone:
        check_zone(zone)
        return
    with pytest.raises(EvidenceError, match="TL-R011"):
        check_zone(zone)

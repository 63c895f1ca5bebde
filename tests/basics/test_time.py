"""Moments: nothing is filled in, zones and their clock changes are followed, shifts go by the calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from truceline.basics.time import ALL_TIME, FOREVER, NEVER_BEFORE, PATTERN, Moment, MomentText, Span, parse_moment

HOUR, DAY = 3_600_000_000, 86_400_000_000
ZONE = "Europe/Berlin"  # clocks skip 02:00-03:00 on 2031-03-30 and repeat it on 2031-10-26


def us(text):
    """Count the microseconds of an ISO time with offset, by another way than the parser's."""
    return round(datetime.fromisoformat(text).timestamp() * 1_000_000)


def span(words, zone=None, anchors=None):
    """Resolve words in one go."""
    return parse_moment(words).span(zone, anchors or {})


@pytest.mark.parametrize(
    ("words", "zone", "settled"),
    [
        ("2031-07-09", None, False), ("2031-07-09", ZONE, True), ("2031-07-09T12:00", None, False),
        ("2031-07-09T12:00", ZONE, True), ("2031-07-09T12:00Z", None, True), ("2031-10-26T02:30", ZONE, False),
        ("2031-03-30T02:30", ZONE, False), ("2031-07-09/2031-08", None, False), ("pkg + 14 d", None, True),
        ("2031-07-09T12:00Z/..", None, True), ("../2031-07-09", None, False),
    ],
)  # fmt: skip
def test_a_moment_is_settled_by_a_zone_or_by_its_offsets(words, zone, settled):
    """Not where the clocks skip or repeat it."""
    assert parse_moment(words).is_settled(zone) is settled


# Berlin is +01:00 in winter and +02:00 in summer.
SAID = [
    ("2031-07-09T12:00+03:00", None, "2031-07-09T12:00+03:00", "2031-07-09T12:00+03:00"),
    ("2031-07-09 12:00:30.25Z", None, "2031-07-09T12:00:30.250+00:00", "2031-07-09T12:00:30.250+00:00"),
    ("2031-07-09T12:00-02:30", ZONE, "2031-07-09T12:00-02:30", "2031-07-09T12:00-02:30"),
    ("2031-07-09T12:00", ZONE, "2031-07-09T12:00+02:00", "2031-07-09T12:00+02:00"),
    ("2031-07-09 noon", ZONE, "2031-07-09T12:00+02:00", "2031-07-09T12:00+02:00"),
    ("2031-07-09T24:00", ZONE, "2031-07-10T00:00+02:00", "2031-07-10T00:00+02:00"),
    ("2031-07-09T12:00", None, "2031-07-09T12:00+14:00", "2031-07-09T12:00-12:00"),
    ("2031-07-09", ZONE, "2031-07-09T00:00+02:00", "2031-07-10T00:00+02:00"),
    ("2031-07-09", None, "2031-07-09T00:00+14:00", "2031-07-10T00:00-12:00"),
    ("2031-11", ZONE, "2031-11-01T00:00+01:00", "2031-12-01T00:00+01:00"),
    ("2031-12~", ZONE, "2031-12-01T00:00+01:00", "2032-01-01T00:00+01:00"),
    ("2031", ZONE, "2031-01-01T00:00+01:00", "2032-01-01T00:00+01:00"),
    ("2031-11-06/12", ZONE, "2031-11-06T00:00+01:00", "2031-11-13T00:00+01:00"),
    ("2031-11-28/12-03", ZONE, "2031-11-28T00:00+01:00", "2031-12-04T00:00+01:00"),
    ("2031-11/12", ZONE, "2031-11-01T00:00+01:00", "2032-01-01T00:00+01:00"),
    ("2031-11-12..2031-11-13", ZONE, "2031-11-12T00:00+01:00", "2031-11-14T00:00+01:00"),
    ("2031-11-12T10:00Z/2031-11-12T11:00Z", ZONE, "2031-11-12T10:00+00:00", "2031-11-12T11:00+00:00"),
]
REFUSED = [
    ("", "is no moment"),
    ("soon", "is not a date"),
    ("2031-13-01", "has no such month"),
    ("2031-02-30", "no such day"),
    ("2031-07-09T24:30", "has no such month, day, time"),
    ("2031-07-09T12:00+15:00", "offset"),
    ("24:30", "is not a date"),
    ("09/07/2031", "day/month or month/day"),
    ("9.7.2031", "day/month or month/day"),
    ("2031-7-9", "leading zero"),
    ("pkg +", "is not a date"),
    ("pkg + 14", "is no shift"),
    ("2031-11-12/2031-11-06", "earlier to a later"),
    ("2031-11-12T10:00Z/2031-11-13", "earlier to a later"),
    ("0031-07-09", "is not a date"),
    ("\uff12031-07-09", "is not a date"),
]


@pytest.mark.parametrize(("words", "zone", "start", "end"), SAID)
def test_words_lie_in_the_span_they_name(words, zone, start, end):
    """Each way of saying a moment has the span worked out by hand."""
    assert span(words, zone) == Span(us(start), us(end))


@pytest.mark.parametrize(("words", "trouble"), REFUSED)
def test_what_is_no_moment_is_refused_with_a_remedy(words, trouble):
    """Nothing is guessed; the message says what is wrong and what to write."""
    with pytest.raises(ValueError, match="; ") as refused:
        parse_moment(words)

    assert trouble in str(refused.value).rpartition("; ")[0]


def test_a_skipped_hour_spans_both_of_its_meanings():
    """02:30 does not exist on the day on which the clocks go forward: it may mean 01:30Z or 00:30Z."""
    assert span("2031-03-30T02:30", ZONE) == Span(us("2031-03-30T00:30+00:00"), us("2031-03-30T01:30+00:00"))


def test_a_repeated_hour_spans_both_of_its_meanings():
    """02:30 exists twice on the day on which the clocks go back."""
    assert span("2031-10-26T02:30", ZONE) == Span(us("2031-10-26T00:30+00:00"), us("2031-10-26T01:30+00:00"))


@pytest.mark.parametrize(("day", "hours"), [("2031-03-30", 23), ("2031-10-26", 25), ("2031-07-09", 24)])
def test_a_day_has_the_hours_of_its_place(day, hours):
    """Days on which the clocks change are shorter or longer."""
    whole = span(day, ZONE)

    assert whole.end_us - whole.start_us == hours * HOUR


def test_a_day_whose_midnight_is_skipped_begins_after_the_gap():
    """In Damascus the clocks went from 00:00 to 01:00 on 31 March 2017; the day began at 22:00Z."""
    assert span("2017-03-31", "Asia/Damascus").start_us == us("2017-03-30T22:00+00:00")


def test_open_ends_reach_all_of_time():
    """An interval may be open at one end."""
    assert span("2031-11-06/..", ZONE) == Span(us("2031-11-06T00:00+01:00"), FOREVER)
    assert span("../2031-11-06", ZONE) == Span(NEVER_BEFORE, us("2031-11-07T00:00+01:00"))


def test_hours_are_elapsed_and_days_go_by_the_calendar():
    """Over a change of clocks one day is not 24 hours; 150 hours are always 150."""
    noon = {"truce": span("2031-03-29T12:00", ZONE)}

    assert span("truce + 1 d", ZONE, noon) == span("2031-03-30T12:00", ZONE)
    assert span("truce + 24 h", ZONE, noon) == span("2031-03-30T13:00", ZONE)
    assert span("truce + 1 d", None, noon) == span("truce + 24 h", None, noon)


@pytest.mark.parametrize(
    ("words", "then"),
    [
        ("D+14", "2031-02-14"),
        ("D + 14 d", "2031-02-14"),
        ("D + 2 weeks", "2031-02-14"),
        ("D - 1 day", "2031-01-30"),
        ("D + 1 month", "2031-02-28"),
        ("D + 13 months", "2032-02-29"),
        ("D + 1 year", "2032-01-31"),
        ("D - 11 months", "2030-02-28"),
    ],
)
def test_shifts_count_from_day_zero(words, then):
    """Months that are too short end at their last day (31 January + 1 month is 28 February)."""
    assert (
        span(words, ZONE, {"D": Span(us("2031-01-31T00:00+01:00"), us("2031-01-31T00:00+01:00"))}).start_us
        == span(then, ZONE).start_us
    )


def test_a_shift_from_nowhere_may_be_any_time():
    """An anchor without a known date, or with open ends, stays unknown; far shifts leave the calendar."""
    zero = {"D": Span(0, 0)}

    assert span("D+14") == ALL_TIME
    assert span("D+14", None, {"D": ALL_TIME}) == ALL_TIME
    assert span("D + 9999 years", None, zero) == Span(FOREVER, FOREVER)
    assert span("D - 9999 years", None, zero) == Span(NEVER_BEFORE, NEVER_BEFORE)


def test_approximations_change_nothing_in_the_span():
    """The signs of EDTF are kept as a mark."""
    marked, plain = parse_moment("2031-07?"), parse_moment("2031-07")

    assert marked.approx
    assert not plain.approx
    assert parse_moment("2031-07~/2031-09").approx
    assert marked.span(ZONE, {}) == plain.span(ZONE, {})


@given(st.from_regex(PATTERN, fullmatch=True))
def test_the_schema_accepts_what_the_parser_accepts(words):
    """What fits the pattern of the JSON Schema is a moment, but for days that no month has and backward intervals."""
    moment = told = None
    try:
        moment = parse_moment(words)
    except ValueError as error:
        told = str(error)

    assert moment or "no such day" in told or "earlier to a later" in told
    assert not moment or parse_moment(moment.words) == moment
    assert not moment or moment.span(ZONE, {"D": Span(0, DAY)}).start_us <= FOREVER


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.times(), st.integers(-840, 840))
def test_an_instant_is_what_python_says_it_is(day, clock, minutes):
    """Times with an offset agree with the standard library to the microsecond."""
    wall = datetime.combine(day, clock)
    sign, ahead = "-" if minutes < 0 else "+", abs(minutes)
    words = f"{wall.isoformat(timespec='microseconds')}{sign}{ahead // 60:02}:{ahead % 60:02}"
    expected = (wall - timedelta(minutes=minutes)).replace(tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)

    assert span(words).is_instant
    assert span(words).start_us == expected // timedelta(microseconds=1)


@given(st.dates(min_value=date(1971, 1, 1), max_value=date(2099, 1, 1)))
def test_a_day_without_a_zone_holds_that_day_everywhere(day):
    """Whatever the zone, the local day lies within the day of no zone."""
    everywhere, local = span(day.isoformat()), span(day.isoformat(), ZONE)

    assert everywhere.start_us <= local.start_us < local.end_us <= everywhere.end_us


def test_a_span_cannot_end_before_it_starts():
    """Half-open spans run forward."""
    with pytest.raises(ValueError, match="cannot end"):
        Span(1, 0)


def test_a_document_keeps_the_words():
    """The pydantic type takes words or a moment and gives back the words."""
    moments = TypeAdapter(MomentText)
    moment = moments.validate_python("2031-07~")

    assert isinstance(moment, Moment)
    assert moments.validate_python(moment) is moment
    assert moments.dump_python(moment) == str(moment) == "2031-07~"
    with pytest.raises(ValidationError, match="is no moment; "):
        moments.validate_python(2031)

"""Figures in words: nothing is rounded onto a limit, and every instant has its offset."""

from hypothesis import given
from hypothesis import strategies as st

from truceline.basics.time import FOREVER, NEVER_BEFORE, Span
from truceline.engines.figures import Clock, lengths, metres, number

HOUR = 3_600_000_000


@given(st.floats(0.0, 1e6), st.floats(-10.0, 10.0))
def test_a_length_and_a_limit_read_alike_only_if_they_are_the_same_to_the_millimetre(limit, more):
    """Else rounding would hide on which side of the limit a place lies."""
    length = round(limit, 3) + round(more, 3)

    assert (metres(length, [limit]) == number(limit, 3)) == (number(length, 3) == number(limit, 3))


def test_two_bounds_that_are_one_are_told_once():
    """A point has one distance."""
    assert lengths(10.0, 10.0 + 1e-9) == "10 m (0.01 miles)"
    assert lengths(-20.0, -10.0) == "-20 to -10 m (-0.01 to -0.01 miles)"


def test_an_instant_follows_the_clock_of_the_zone():
    """Summer and winter have their own offsets; seconds stand where there are any."""
    summer, winter = 1_499_590_800_000_000, 1_510_264_800_000_000

    assert Clock("Asia/Damascus").instant(summer) == "2017-07-09 12:00 +03:00"
    assert Clock("Asia/Damascus").instant(winter) == "2017-11-10 00:00 +02:00"
    assert (
        Clock("UTC").instant(summer + 30_000_000) == Clock().instant(summer + 30_000_000) == "2017-07-09 09:00:30 UTC"
    )


def test_years_without_a_calendar_are_told_too():
    """A time beyond the year 9999 is still a time."""
    assert Clock("Etc/GMT-3").instant(253_402_300_799_000_000) == "9999-12-31 23:59 UTC"
    assert (Clock().instant(FOREVER), Clock().instant(NEVER_BEFORE)) == ("for ever", "always")


def test_a_period_says_what_is_open():
    """Its beginning, its end, or both."""
    begin, end = Span(0, HOUR), Span(2 * HOUR, 2 * HOUR)

    assert Clock().period(begin, end) == (
        "from some instant in [1970-01-01 00:00 UTC, 1970-01-01 01:00 UTC) until 1970-01-01 02:00 UTC"
    )
    assert Clock().period(Span(0, FOREVER), Span(FOREVER, FOREVER)) == (
        "from a day that nobody states, not before 1970-01-01 00:00 UTC, without an end"
    )

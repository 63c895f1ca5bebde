"""Figures in words, as an explanation tells them: lengths in metres and miles, instants by the agreement's clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import numpy as np

from truceline.basics.quantity import MILE
from truceline.basics.time import FOREVER, NEVER_BEFORE, Span

__all__ = ["Clock", "lengths", "limit_words", "metres", "number", "numbers"]

CLOSE = 1.0
"""A bound as near as this to a limit [m] is written to the millimetre: else rounding would hide which is less."""


def number(value: float, places: int) -> str:
    """Write a number with at most so many decimals.

    >>> number(6437.376, 3), number(100_000.0, 3), number(-0.2, 0)
    ('6,437.376', '100,000', '0')
    """
    text = f"{value:,.{places}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def numbers(low: int, high: int) -> str:
    """Write a whole number, or the two bounds of one.

    >>> numbers(75, 75), numbers(3450, 3550)
    ('75', '3,450 to 3,550')
    """
    return number(low, 0) if low == high else f"{number(low, 0)} to {number(high, 0)}"


def metres(value: float, limits: Sequence[float] = ()) -> str:
    """Write a measured length without its unit: whole metres, but to the millimetre beside a limit.

    >>> metres(4843.4), metres(4828.4, [4828.032])
    ('4,843', '4,828.4')
    """
    return number(value, 3 if any(abs(value - limit) < CLOSE for limit in limits) else 0)


def lengths(low: float, high: float, limits: Sequence[float] = ()) -> str:
    """Write a measured length, or the two bounds of one, in metres and miles.

    >>> lengths(4843.0, 6043.0), lengths(100.0, 100.0)
    ('4,843 to 6,043 m (3.01 to 3.75 miles)', '100 m (0.06 miles)')
    """
    if high - low < 0.5e-3:
        return f"{metres(low, limits)} m ({number(low / MILE, 2)} miles)"
    in_metres = f"{metres(low, limits)} to {metres(high, limits)}"
    return f"{in_metres} m ({number(low / MILE, 2)} to {number(high / MILE, 2)} miles)"


def limit_words(value: float) -> str:
    """Write a limit of the text: exact to the millimetre, in metres and miles.

    >>> limit_words(4828.032), limit_words(5000.0), limit_words(0.0)
    ('4,828.032 m (3 miles)', '5,000 m (3.107 miles)', '0 m')
    """
    return f"{number(value, 3)} m ({number(value / MILE, 3)} miles)" if value else "0 m"


@dataclass(frozen=True, slots=True)
class Clock:
    """Tells instants by the local time of a zone with its offset; without a zone, in UTC."""

    zone: str | None = None

    def instant(self, micros: int) -> str:
        """Tell an instant, microseconds since 1970 in UTC.

        >>> Clock("Etc/GMT-3").instant(1_499_590_800_000_000), Clock().instant(1_499_590_800_000_000)
        ('2017-07-09 12:00 +03:00', '2017-07-09 09:00 UTC')
        """
        if micros >= FOREVER:
            return "for ever"
        if micros <= NEVER_BEFORE:
            return "always"
        try:
            local = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)).astimezone(self._zone)
        except OverflowError:  # a year that the calendar of Python does not have
            minute = np.datetime64(micros, "us").astype("datetime64[m]")
            return f"{str(minute).replace('T', ' ')} UTC"
        seconds = f"{local:%H:%M:%S}" if local.second or local.microsecond else f"{local:%H:%M}"
        return f"{local:%Y-%m-%d} {seconds} {_offset(local) if self.zone not in (None, 'UTC') else 'UTC'}"

    def period(self, begin: Span, end: Span) -> str:
        """Tell from when until when a rule holds, where its beginning or its end may be a span of instants.

        >>> Clock().period(Span(0, 0), Span(FOREVER, FOREVER))
        'from 1970-01-01 00:00 UTC, without an end'
        """
        if begin.start_us >= FOREVER:
            return "at no time: what it is counted from never came"
        until = ", without an end" if end.start_us >= FOREVER else f" until {self._edge(end)}"
        return f"from {self._edge(begin)}{until}"

    @property
    def _zone(self) -> tzinfo:
        return ZoneInfo(self.zone) if self.zone else UTC

    def _edge(self, span: Span) -> str:
        if span.start_us == span.end_us:
            return self.instant(span.start_us)
        if span.end_us >= FOREVER:
            least = "" if span.start_us <= NEVER_BEFORE else f", not before {self.instant(span.start_us)}"
            return f"a day that nobody states{least}"
        if span.start_us <= NEVER_BEFORE:
            return f"some instant before {self.instant(span.end_us)}"
        return f"some instant in [{self.instant(span.start_us)}, {self.instant(span.end_us)})"


def _offset(local: datetime) -> str:
    return f"{local:%z}"[:3] + ":" + f"{local:%z}"[3:5]

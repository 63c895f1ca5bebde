"""Moments as they were said, and the spans of microseconds in which they lie.

A moment keeps its words. "2017-07-09" is that whole day where the agreement applies, "2017-11" the
whole month, "pkg + 14 d" fourteen days after another moment: nothing is filled in. A span is
half-open, [start, end), in microseconds since 1970 UTC; an instant has ``start == end``.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

__all__ = ["ALL_TIME", "FOREVER", "NEVER_BEFORE", "PATTERN", "Moment", "MomentText", "Shift", "Span", "parse_moment"]

# A quarter of the range of int64, some 146 000 years: adding or subtracting two of them cannot overflow.
FOREVER = 2**62
NEVER_BEFORE = -FOREVER

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
# The first and the last place on Earth to see a day.
_EAST, _WEST = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))


@dataclass(frozen=True, slots=True)
class Span:
    """The time [start_us, end_us) in microseconds since 1970 UTC; an instant where both are equal.

    >>> Span(0, 1_000_000).is_instant
    False
    """

    start_us: int
    end_us: int

    def __post_init__(self) -> None:
        """Refuse an end before the start."""
        if self.start_us > self.end_us:
            msg = f"a span cannot end ({self.end_us}) before it starts ({self.start_us})"
            raise ValueError(msg)

    @property
    def is_instant(self) -> bool:
        """Whether the span is a single instant."""
        return self.start_us == self.end_us


ALL_TIME = Span(NEVER_BEFORE, FOREVER)
"""All of time: where nothing is known about when."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A step from an anchor: hours are elapsed time, days and months go by the local calendar."""

    months: int = 0
    days: int = 0
    hours: int = 0


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in its own words: a stretch of wall-clock time, or a shift from an anchor.

    `start` and `end` are wall-clock times (naive: of the agreement's zone; aware: with the offset
    given); `end` is exclusive and equals `start` for an instant; None is an open end. `approx` marks
    the EDTF signs ``~ ? %``, which change nothing in the span.
    """

    words: str
    start: datetime | None = None
    end: datetime | None = None
    anchor: str | None = None
    shift: Shift = Shift()
    approx: bool = False

    def __str__(self) -> str:
        """Give back the words as said."""
        return self.words

    def is_settled(self, zone: str | None) -> bool:
        """Say whether its begin and its end are known: by a zone, or by offsets in its own words.

        A local time that the clocks skip or repeat is not.

        >>> moments = [parse_moment(words) for words in ("2017-07-09", "2017-07-09T12:00+03:00/2017-07-09T14:00+03:00")]
        >>> [moment.is_settled(None) for moment in moments], [moment.is_settled("UTC") for moment in moments]
        ([False, True], [True, True])
        """
        if self.start is not None and self.start == self.end:
            span = self.span(zone, {})
            return span.start_us == span.end_us
        return zone is not None or all(wall is None or wall.tzinfo is not None for wall in (self.start, self.end))

    def span(self, zone: str | None, anchors: Mapping[str, Span]) -> Span:
        """Find the span in which the moment lies.

        Parameters
        ----------
        zone : str or None
            The IANA time zone of bare dates. Without one a bare date is every place's day: from
            00:00 at +14:00 to 24:00 at -12:00.
        anchors : mapping of str to Span
            When each instrument takes effect. A moment whose anchor is not among them may be at
            any time.

        Returns
        -------
        Span
            A local time that the clocks skip or repeat spans both of its meanings.

        Raises
        ------
        zoneinfo.ZoneInfoNotFoundError
            If there is no such zone.

        Examples
        --------
        >>> parse_moment("2017-07-09T12:00+03:00").span(None, {})
        Span(start_us=1499590800000000, end_us=1499590800000000)
        >>> parse_moment("pkg + 150 h").span(None, {"pkg": Span(0, 0)})
        Span(start_us=540000000000, end_us=540000000000)
        """
        where = ZoneInfo(zone) if zone else None
        if self.anchor is not None:
            base = anchors.get(self.anchor, ALL_TIME)
            return Span(_shifted(base.start_us, self.shift, where), _shifted(base.end_us, self.shift, where))
        if self.start is not None and self.start == self.end:
            return _instant(self.start, where)
        start = NEVER_BEFORE if self.start is None else _us(_in_zone(self.start, where or _EAST))
        return Span(start, FOREVER if self.end is None else _us(_in_zone(self.end, where or _WEST)))


def _us(moment: datetime) -> int:
    return (moment - _EPOCH) // _MICROSECOND


def _in_zone(wall: datetime, zone: tzinfo) -> datetime:
    # fold=0: the first of two equal times, and, where midnight is skipped, the first instant after the gap.
    return wall if wall.tzinfo else wall.replace(tzinfo=zone)


def _instant(wall: datetime, zone: tzinfo | None) -> Span:
    if wall.tzinfo:
        return Span(_us(wall), _us(wall))
    if zone is None:
        return Span(_us(wall.replace(tzinfo=_EAST)), _us(wall.replace(tzinfo=_WEST)))
    both = sorted(_us(wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)) for fold in (0, 1))
    return Span(both[0], both[1])


def _shifted(us: int, shift: Shift, zone: tzinfo | None) -> int:
    """Move an instant: months and days on the wall clock of the zone (of UTC without one), then hours.

    >>> _shifted(0, Shift(months=1), None) == 31 * 86_400_000_000
    True
    """
    if us in (NEVER_BEFORE, FOREVER):
        return us
    wall = (_EPOCH + us * _MICROSECOND).astimezone(zone or UTC)
    month = wall.year * 12 + wall.month - 1 + shift.months
    if not 500 * 12 <= month < 9000 * 12:  # beyond any date of ours, and beyond what the calendar can carry
        return FOREVER if shift.months > 0 else NEVER_BEFORE
    last = calendar.monthrange(month // 12, month % 12 + 1)[1]
    wall = wall.replace(year=month // 12, month=month % 12 + 1, day=min(wall.day, last)) + timedelta(days=shift.days)
    return _us(wall.astimezone(UTC) + timedelta(hours=shift.hours))


# One grammar for the parser and for the JSON Schema: only what Python and ECMAScript expressions share.
_YEAR = "[12][0-9]{3}"
_MONTH = "(?:0[1-9]|1[0-2])"
_DAY = "(?:0[1-9]|[12][0-9]|3[01])"
_DATE = f"{_YEAR}(?:-{_MONTH}(?:-{_DAY})?)?"
_CLOCK = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,6})?)?|24:00)"
_OFFSET = "(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)"
_TIME = f"{_YEAR}-{_MONTH}-{_DAY}(?:[T ]{_CLOCK}(?:{_OFFSET})?| noon)"
_POINT = f"(?:{_TIME}|{_DATE}(?:[~?%])?)"
_TO = r"(?:/|\.\.)"
# The end of an interval may leave out what it shares with the start.
_SHORT = f"{_YEAR}-{_MONTH}(?:-{_DAY}{_TO}(?:{_MONTH}-)?{_DAY}|{_TO}{_MONTH})"
_INTERVAL = rf"(?:{_POINT}{_TO}{_POINT}|{_SHORT}|{_POINT}/\.\.|\.\./{_POINT})"
_SHIFT_UNIT = "(?:d|days?|h|hours?|w|weeks?|months?|years?)"
_ANCHORED = f"(?:D ?[+-] ?[0-9]{{1,4}}(?: ?{_SHIFT_UNIT})?|[A-Za-z][A-Za-z0-9_]* ?[+-] ?[0-9]{{1,4}} ?{_SHIFT_UNIT})"
PATTERN = rf"^\s*(?:{_POINT}|{_INTERVAL}|{_ANCHORED})\s*$"

_AS_POINT = re.compile(
    f"(?P<date>{_DATE})(?:(?:[T ](?P<clock>{_CLOCK})(?P<offset>{_OFFSET})?|(?P<noon> noon)))?(?P<approx>[~?%])?"
)
_AS_ANCHORED = re.compile(
    f"(?P<anchor>[A-Za-z][A-Za-z0-9_]*) ?(?P<sign>[+-]) ?(?P<number>[0-9]{{1,4}}) ?(?P<unit>{_SHIFT_UNIT})?"
)
_PER_UNIT = {"d": Shift(days=1), "w": Shift(days=7), "h": Shift(hours=1), "m": Shift(months=1), "y": Shift(months=12)}


def parse_moment(text: str) -> Moment:
    """Read a moment from the words in which it was said.

    Parameters
    ----------
    text : str
        "2017-07-09T12:00+03:00" (an instant), "2017-07-09 noon", "2017-07-09" (that whole local
        day), "2017-11", "2017", "2017-07~", "2017-11-06/12" or "2017-11-12..2017-11-13" (from the
        start of one to the end of the other), "2017-11-06/..", "pkg + 14 d", "D+14", "pkg + 150 h".

    Raises
    ------
    ValueError
        If the words are no moment; the message reads ``what is wrong; what to write``.

    Examples
    --------
    >>> parse_moment("2017-07-09").start, parse_moment("2017-07-09").end
    (datetime.datetime(2017, 7, 9, 0, 0), datetime.datetime(2017, 7, 10, 0, 0))
    >>> parse_moment("09/07/2017")
    Traceback (most recent call last):
    ValueError: '09/07/2017' may be day/month or month/day; write it as 2017-07-09
    """
    words = text.strip()
    if not re.fullmatch(PATTERN, words):
        raise ValueError(_trouble(words))
    if match := _AS_POINT.fullmatch(words):
        start, end = _bounds(words, match)
        return Moment(words, start, end, approx=bool(match["approx"]))
    if match := _AS_ANCHORED.fullmatch(words):
        return _anchored(words, match)
    return _interval(words)


def _anchored(words: str, match: re.Match[str]) -> Moment:
    step, unit = int(match["sign"] + match["number"]), _PER_UNIT[(match["unit"] or "d")[0]]
    shift = Shift(unit.months * step, unit.days * step, unit.hours * step)
    return Moment(words, anchor=match["anchor"], shift=shift)


def _interval(words: str) -> Moment:
    first, last = words.split("/") if "/" in words else words.split("..")
    if first == ".." or last == "..":
        lone = parse_moment(last if first == ".." else first)
        start, end = (None, lone.end) if first == ".." else (lone.start, None)
        return Moment(words, start, end, approx=lone.approx)
    if not re.match(_YEAR, last):
        last = first[: -len(last)] + last
    a, b = parse_moment(first), parse_moment(last)
    if a.start is None or b.end is None or (a.start.tzinfo is None) != (b.end.tzinfo is None) or a.start > b.end:
        msg = f"'{words}' does not run from an earlier to a later moment; write it as 2017-11-06/2017-11-12"
        raise ValueError(msg)
    return Moment(words, a.start, b.end, approx=a.approx or b.approx)


def _bounds(words: str, match: re.Match[str]) -> tuple[datetime, datetime]:
    """Give the wall-clock stretch of one point: equal for an instant, else a day, a month or a year."""
    parts = [int(part) for part in match["date"].split("-")]
    year, month, day = (*parts, 1, 1)[:3]
    if day > calendar.monthrange(year, month)[1]:
        msg = f"'{words}': there is no such day in that month; correct the day"
        raise ValueError(msg)
    start = _wall(year, month, day)
    if match["clock"] or match["noon"]:
        moment = _at(start, match["clock"] or "12:00", match["offset"])
        return moment, moment
    if len(parts) == 3:
        return start, start + timedelta(days=1)
    return start, _wall(year + 1, 1) if len(parts) == 1 or month == 12 else _wall(year, month + 1)


def _wall(year: int, month: int, day: int = 1) -> datetime:
    """Midnight on the wall clock of a place that is not chosen yet."""
    return datetime.combine(date(year, month, day), time())


def _at(day: datetime, clock: str, offset: str | None) -> datetime:
    hour, minute, *seconds = clock.split(":")
    whole, _, fraction = (seconds or ["0"])[0].partition(".")
    moment = day + timedelta(
        hours=int(hour), minutes=int(minute), seconds=int(whole), microseconds=int(fraction.ljust(6, "0"))
    )
    if offset is None:
        return moment
    sign = -1 if offset[0] == "-" else 1
    ahead = timedelta() if offset == "Z" else sign * timedelta(hours=int(offset[1:3]), minutes=int(offset[4:]))
    return moment.replace(tzinfo=timezone(ahead))


_TROUBLES = (
    (r"\s*", "is no moment", "write a date such as 2017-07-09, or 'none' where no date was given"),
    (r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}.*", "may be day/month or month/day", "write it as 2017-07-09"),
    (rf"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}(?:[T ].*)?", "has no such month, day, time of day or offset", "correct it"),
    (rf"{_YEAR}-[0-9]-?.*|{_YEAR}-[0-9]{{2}}-[0-9]", "lacks a leading zero", "write it as 2017-07-09"),
    (r"[A-Za-z].*[+-] ?[0-9]+.*", "is no shift", "write it as 'name + 14 d' or 'name + 150 h'"),
)


def _trouble(words: str) -> str:
    for pattern, what, remedy in _TROUBLES:
        if re.fullmatch(pattern, words):
            return f"{words[:60]!r} {what}; {remedy}"
    return f"{words[:60]!r} is not a date; write 2017-07-09, 2017-07-09T12:00+03:00, 2017-11 or 'name + 14 d'"


def _read(value: Any) -> Moment:
    if isinstance(value, Moment):
        return value
    try:
        return parse_moment(value if isinstance(value, str) else "")
    except ValueError as error:
        what, _, remedy = str(error).rpartition("; ")
        raise PydanticCustomError("moment", "{what}; {remedy}", {"what": what, "remedy": remedy}) from error


MomentText = Annotated[
    Moment,
    PlainValidator(_read),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({
        "title": "Moment",
        "description": "2017-07-09T12:00+03:00, 2017-07-09, 2017-11, 2017-11-06/12, 'D+14', 'name + 14 d' "
        "after an instrument took effect or a condition was first met",
        # A bare year is a number to an editor that types YAML.
        "anyOf": [{"type": "string", "pattern": PATTERN}, {"type": "integer", "minimum": 1000, "maximum": 2999}],
    }),
]  # fmt: skip

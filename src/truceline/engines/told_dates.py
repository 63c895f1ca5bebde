"""Dates as people read them: 9 July 2017, not 2017-07-09; 1 March 2015 (14 days after the Package), not pkg + 14 d."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from truceline.basics.time import FOREVER, NEVER_BEFORE, Span, parse_moment
from truceline.plan.anchored import span_of
from truceline.terms.model import Document

__all__ = ["MONTHS", "counted_days", "dated_words", "events_of", "in_words", "told_in_words"]

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAY = r"(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?"
_MOMENT = re.compile(rf"(?<![\w.-]){_DAY}(?:T(\d\d:\d\d)(?::\d\d)?(Z|[+-]\d\d:\d\d)?)?(?![\w-])")
_NUMBERS = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)(?![\w.]*-\d)")
_RANGE = re.compile(rf"(?<![\w.-])({_DAY})(?:\.\.|/)({_DAY})(?![\w-])")
_PART = r"\d{4}-\d\d(?:-\d\d)?(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?"
_EDGE = re.compile(rf"\b(from|until|by|in force) ({_PART})(?:\.\.|/)({_PART})(?![\w-])")
"""A begin or an end that lies in a stretch of time: ``from A..B`` is no period that ends with B."""
_UNITS = {"d": "day", "h": "hour", "w": "week", "m": "month", "y": "year"}
_COUNTED = re.compile(
    r"(?<![\w.-])(?P<from>[A-Za-z]\w*) ?(?P<sign>[+-]) ?(?P<number>\d{1,4}) ?"
    r"(?P<unit>d|days?|h|hours?|w|weeks?|months?|years?)?(?![\w-])"
)


NO_DAYS: Mapping[str, str] = {}


def in_words(text: str) -> str:
    """Write the ISO dates and the ranges in a text as people read them; everything else stays.

    >>> in_words("from 2017-07-09T12:00+03:00")
    'from 9 July 2017, 12:00 +03:00'
    >>> in_words("2017-11-12..2017-11-13"), in_words("2017-11"), in_words("s.ap-2017-11-12")
    ('12 November 2017 to 13 November 2017', 'November 2017', 's.ap-2017-11-12')
    >>> in_words("within 5..30 km, least 3.5..4 mi")
    'within 5 to 30 km, least 3.5 to 4 mi'
    >>> in_words("from 2008-10-08..2008-10-11 until 2009-12-31..2010-01-01")
    'from a day between 8 and 11 October 2008, both included, until 31 December 2009 or 1 January 2010'
    """
    return _NUMBERS.sub(r"\1 to \2", _MOMENT.sub(_moment, _RANGE.sub(r"\1 to \5", _EDGE.sub(_edge, text))))


def events_of(text: Document) -> dict[str, str]:
    """Say of each name from which days can be counted what happened then.

    >>> from truceline.terms.model import Instrument
    >>> from truceline.terms.timed import Condition
    >>> package, calm = Instrument(title="the Package"), Condition(title="calm", source="memory")
    >>> events_of(Document.model_construct(instruments={"pkg": package}, conditions={"calm": calm}))
    {'pkg': 'the Package took effect', 'calm': '"calm" was met'}
    """
    texts = {name: f"{one.title or name} took effect" for name, one in text.instruments.items()}
    met = {name: f'"{one.title or name.replace("_", " ")}" was met' for name, one in text.conditions.items()}
    return texts | met


def counted_days(told: object, texts: Sequence[Document]) -> dict[str, dict[str, str]]:
    """Collect what `told_in_words` needs for all words in some plain values: the `events` and the `days`.

    A day on which a count ends is left out where the texts do not agree on it.
    """
    events = {name: words for text in texts for name, words in events_of(text).items()}
    hits = {hit[0]: hit["from"] for words in _words_in(told) for hit in _COUNTED.finditer(words)}
    days: dict[str, str] = {}
    for counted, name in hits.items():
        found = {_day(counted, text) for text in texts if name in events_of(text)}
        day = found.pop() if len(found) == 1 else None
        if day is not None:
            days[counted] = day
    return {"events": events, "days": days}


def told_in_words(words: str, events: Mapping[str, str], days: Mapping[str, str] = NO_DAYS) -> str:
    """Write dates, ranges and counted days in words; ``D`` needs no event.

    >>> told_in_words("from pkg + 14 d until 2015-03-01", {"pkg": "the Package took effect"})
    'from 14 days after the Package took effect until 1 March 2015'
    >>> told_in_words("pkg + 14 d", {"pkg": "the Package took effect"}, {"pkg + 14 d": "1 March 2015"})
    '1 March 2015 (14 days after the Package took effect)'
    >>> told_in_words("by D+1", {}), told_in_words("D-30 - 2", {})
    ('by 1 day after entry into force', 'D-30 - 2')
    """

    def said(hit: re.Match[str]) -> str:
        length = _length(hit, events)
        if length is None:
            return hit[0]
        return f"{days[hit[0]]} ({length})" if hit[0] in days else length

    return in_words(_COUNTED.sub(said, words))


def dated_words(words: str, text: Document) -> str:
    """Write the same with the day on which a count of days ends, where the terms tell it.

    >>> from truceline.basics.time import parse_moment
    >>> from truceline.terms.model import Heading, Instrument
    >>> package = Instrument(title="the Package", in_force=parse_moment("2015-02-15T00:00+02:00"))
    >>> heading = Heading.model_construct(zone="Etc/GMT-2")
    >>> text = Document.model_construct(agreement=heading, instruments={"pkg": package}, conditions={})
    >>> dated_words("from pkg + 14 d, none at all", text)
    'from 1 March 2015, 00:00 +02:00 (14 days after the Package took effect), none at all'
    """
    found = counted_days(words, (text,))
    return told_in_words(words, found["events"], found["days"])


def _words_in(told: object) -> Iterator[str]:
    parts = told.values() if isinstance(told, Mapping) else told if isinstance(told, list | tuple) else ()
    yield from ([told] if isinstance(told, str) else (words for part in parts for words in _words_in(part)))


def _day(counted: str, text: Document) -> str | None:
    """Say on which day a count ends; None where the words are no count of days, or the terms do not tell."""
    try:
        span = span_of(parse_moment(counted), text)
    except ValueError:
        return None
    return None if span is None else _span_words(span, text.agreement.zone)


def _length(hit: re.Match[str], events: Mapping[str, str]) -> str | None:
    """Tell a count of days from an event; None where the words are none."""
    name, number, unit = hit["from"], int(hit["number"]), hit["unit"]
    known = name in events or (name == "D" and (unit is not None or hit["sign"] == "+"))
    if not known or (unit is None and name != "D"):
        return None
    length = f"{number} {_UNITS[(unit or 'd')[0]]}{'' if number == 1 else 's'}"
    return f"{length} {'after' if hit['sign'] == '+' else 'before'} {events.get(name, 'entry into force')}"


def _span_words(span: Span, zone: str | None) -> str | None:
    """Write an instant, whole days, or the two ends between which it lies; None where an end is open."""
    if span.start_us <= NEVER_BEFORE or span.end_us >= FOREVER:
        return None
    begin, end = (
        (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)).astimezone(ZoneInfo(zone) if zone else UTC)
        for micros in (span.start_us, span.end_us)
    )
    midnights = all((one.hour, one.minute, one.second, one.microsecond) == (0, 0, 0, 0) for one in (begin, end))
    if midnights and begin < end:
        return _between(f"{begin:%Y-%m-%d}", f"{end - timedelta(days=1):%Y-%m-%d}")
    return _between(begin.isoformat("T", "minutes"), end.isoformat("T", "minutes"))


def _edge(match: re.Match[str]) -> str:
    word, begin, end = match.groups()
    goes_on = match.string[match.end() : match.end() + 1] == " "
    told = _between(begin, end)
    comma = "," if goes_on and told.endswith("included") else ""
    return f"{word}{' from' if word == 'in force' else ''} {told}{comma}"


def _between(begin: str, end: str) -> str:
    """Say that something lies somewhere between two ISO dates or moments; of the same one, say when."""
    first, last = in_words(begin), in_words(end)
    if first == last:
        return first
    if "T" in begin or "T" in end:
        return f"a moment between {first} and {last}"
    begins = _shortened(first, last)
    return f"{begins} or {last}" if _is_eve(begin, end) else f"a day between {begins} and {last}, both included"


def _shortened(first: str, last: str) -> str:
    """Leave out the month and the year of a first day that are those of the last.

    >>> _shortened("8 October 2008", "11 October 2008"), _shortened("8 October 2008", "1 November 2008")
    ('8', '8 October 2008')
    """
    day, _, month = first.partition(" ")
    return day if month == last.partition(" ")[2] else first


def _is_eve(begin: str, end: str) -> bool:
    """Say whether the second of two dates is the day after the first; months are no days."""
    try:
        return date.fromisoformat(end) - date.fromisoformat(begin) == timedelta(days=1)
    except ValueError:
        return False


def _moment(match: re.Match[str]) -> str:
    year, month, day, clock, zone = match.groups()
    words = f"{MONTHS[int(month) - 1]} {year}"
    words = f"{int(day)} {words}" if day else words
    return words if clock is None else f"{words}, {clock} {'UTC' if zone in ('Z', '+00:00') else zone or ''}".rstrip()

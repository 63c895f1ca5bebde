"""Dates and ranges as people read them: 9 July 2017, not 2017-07-09; 5 to 7 km, not 5..7 km."""

from __future__ import annotations

import re
from typing import Any, cast

from truceline.publish.payload import Payload

__all__ = ["in_words", "with_dates_in_words"]

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAY = r"(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?"
_MOMENT = re.compile(rf"(?<![\w.-]){_DAY}(?:T(\d\d:\d\d)(?::\d\d)?(Z|[+-]\d\d:\d\d)?)?(?![\w-])")
_NUMBERS = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)(?![\w.]*-\d)")
_RANGE = re.compile(rf"(?<![\w.-])({_DAY})(?:\.\.|/)({_DAY})(?![\w-])")


def in_words(text: str) -> str:
    """Write the ISO dates and the ranges in a text as people read them; everything else stays.

    >>> in_words("from 2017-07-09T12:00+03:00")
    'from 9 July 2017, 12:00 +03:00'
    >>> in_words("2017-11-12..2017-11-13"), in_words("2017-11"), in_words("s.ap-2017-11-12")
    ('12 November 2017 to 13 November 2017', 'November 2017', 's.ap-2017-11-12')
    >>> in_words("within 5..30 km, least 3.5..4 mi")
    'within 5 to 30 km, least 3.5 to 4 mi'
    """
    return _NUMBERS.sub(r"\1 to \2", _MOMENT.sub(_moment, _RANGE.sub(r"\1 to \5", text)))


def _moment(match: re.Match[str]) -> str:
    year, month, day, clock, zone = match.groups()
    words = f"{MONTHS[int(month) - 1]} {year}"
    words = f"{int(day)} {words}" if day else words
    return words if clock is None else f"{words}, {clock} {'UTC' if zone == 'Z' else zone or ''}".rstrip()


OURS = frozenset({"sentence", "when_words", "where_words", "said", "known_from"})
"""The keys whose words are our own: they may be written anew. Words as they were spoken never are."""


def with_dates_in_words(payload: Payload) -> Payload:
    """Give the payload with dates and ranges in our own sentences in words; quotations stay as they are."""
    given = cast("dict[str, Any]", payload)
    parts = {part: _written(given[part], OURS) for part in ("provisions", "sources", "stances", "demands")}
    grounds = {part: _written(given[part], OURS | {"words"}) for part in ("readings", "bands", "rivals")}
    head = {key: in_words(given[key]) for key in ("as_known", "subtitle") if given[key] is not None}
    notes = {"notes": [in_words(note) for note in given["notes"]]} if "notes" in given else {}
    return cast("Payload", {**given, **parts, **grounds, **head, **notes})


def _written(value: Any, keys: frozenset[str]) -> Any:
    if isinstance(value, list):
        return [_written(entry, keys) for entry in value]
    if not isinstance(value, dict):
        return value
    return {
        key: in_words(entry) if key in keys and isinstance(entry, str) else _written(entry, keys)
        for key, entry in value.items()
    }

"""The dates of a page in words: of our own sentences, never of what somebody said."""

from __future__ import annotations

from typing import Any, cast

from truceline.engines.told_dates import in_words
from truceline.publish.payload import Payload

__all__ = ["with_dates_in_words"]

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

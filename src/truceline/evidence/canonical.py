"""One text for one record: JSON as RFC 8785 writes it, of records in which nothing is read in two ways.

Two readers that disagree about a number or an accent would hash two different things. So a record holds words in
Unicode's composed form (NFC), whole numbers that every JSON reader keeps exactly, truth values, nothing (null), lists,
and mappings by words. A coordinate is a string with a fixed number of places, never a float.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias, cast

from truceline.errors import Fault, LedgerError

__all__ = ["Json", "canonical", "composed", "is_halved"]

Json: TypeAlias = "str | int | bool | list[Json] | tuple[Json, ...] | Mapping[str, Json] | None"

_EXACT: Final = 2**53 - 1
"""The largest whole number that a reader of JSON must keep (RFC 8785, section 3.2.2.3)."""
_DEEPEST: Final = 64
_HALF: Final = frozenset(map(chr, range(0xD800, 0xE000)))


def canonical(record: Mapping[str, Json], at: str = "record") -> bytes:
    """Write a record as the one text that stands for it, in UTF-8.

    Parameters
    ----------
    record : mapping
    at : str
        What the record is called in a fault. A fault names the place of a value and never the value itself, which
        may have to stay secret.

    Raises
    ------
    LedgerError
        TL-L003, once for each value that has more than one text: a float, a whole number beyond 2**53 - 1, words that
        are not composed (NFC) or are half a character, what is no JSON at all, or what is nested deeper than 64.

    Examples
    --------
    >>> canonical({"lon": "35.8312000", "count": 2, "act": None})
    b'{"act":null,"count":2,"lon":"35.8312000"}'
    >>> canonical({"lon": 35.8312}, at="report q7")
    Traceback (most recent call last):
    truceline.errors.LedgerError: report q7 $.lon: TL-L003 a float has no single text; write it as a string ...
    """
    if _is_plain(record, 0):
        return json.dumps(record, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    faults = [Fault(f"{at} {path}", "TL-L003", what, remedy) for path, what, remedy in _wrong(record, "$", 0)]
    if faults:
        raise LedgerError(faults)
    return json.dumps(_sorted(record), ensure_ascii=False, separators=(",", ":")).encode()


def _is_plain(value: object, depth: int) -> bool:
    """Say whether a value is one that JSON's own writer writes as RFC 8785 does: most are, and it is ten times as fast.

    Names are ASCII, so that they have one order; words are ASCII or composed, and of whole characters.
    """
    kind = type(value)
    if isinstance(value, str):
        return kind is str and (value.isascii() or (unicodedata.is_normalized("NFC", value) and not is_halved(value)))
    if kind is dict:
        members = cast("dict[object, object]", value)
        if depth > _DEEPEST:
            return False
        for name, inner in members.items():
            if type(name) is not str or not name.isascii():
                return False
            if not (type(inner) is str and inner.isascii()) and not _is_plain(inner, depth + 1):
                return False
        return True
    if isinstance(value, list | tuple):
        return depth <= _DEEPEST and all(_is_plain(inner, depth + 1) for inner in value)
    return value is None or kind is bool or (kind is int and abs(cast("int", value)) <= _EXACT)


def composed(words: str) -> str:
    """Write words in Unicode's composed form (NFC): the one in which a record holds them.

    >>> len(composed("e" + chr(0x301)))
    1
    """
    return words if words.isascii() else unicodedata.normalize("NFC", words)


def is_halved(words: str) -> bool:
    """Say whether words hold half of a character pair.

    >>> is_halved(chr(0xD83D)), is_halved(chr(0x1F600))
    (True, False)
    """
    return not (words.isascii() or _HALF.isdisjoint(words))


def _wrong(value: object, path: str, depth: int) -> Iterator[tuple[str, str, str]]:
    """Find what has more than one text: its place, what it is, and what to do."""
    if depth > _DEEPEST:
        yield path, f"nested deeper than {_DEEPEST}", "flatten it"
    elif isinstance(value, str):
        yield from _wrong_words(value, path)
    elif isinstance(value, float):
        yield path, "a float has no single text", "write it as a string with a fixed number of places"
    elif isinstance(value, int) and abs(value) > _EXACT:
        yield path, "a whole number beyond 2**53 - 1 is not kept by every reader", "write it as a string"
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            place = f"{path}.{key if str(key).isidentifier() and str(key).isascii() else ascii(key)}"
            yield from _wrong_words(key, f"{place} (the key)")
            yield from _wrong(inner, place, depth + 1)
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _wrong(inner, f"{path}[{number}]", depth + 1)
    elif not isinstance(value, int | None):
        yield path, f"{type(value).__name__} is no value of JSON", "write it as words"


def _wrong_words(words: object, path: str) -> Iterator[tuple[str, str, str]]:
    if not isinstance(words, str):
        yield path, f"{type(words).__name__} is no key of JSON", "write it as words"
    elif is_halved(words):
        yield path, "half of a character pair", "write the whole character"
    elif not unicodedata.is_normalized("NFC", words):
        yield path, "words that are not in Unicode's composed form (NFC)", "compose them where they come in"


def _sorted(value: Json) -> Json:
    """Sort all keys by their UTF-16 code units, as RFC 8785 asks."""
    if isinstance(value, Mapping):
        return {key: _sorted(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))}
    if isinstance(value, list | tuple):
        return [_sorted(inner) for inner in value]
    return value

"""A fault before it has a place: the path to what is wrong, and the words that help."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from truceline.terms.node import Quoted, Step

__all__ = ["TOKEN", "Steps", "Trouble", "among", "each", "guess", "is_token", "shown", "unknown"]

Steps = tuple[Step, ...]

_MOST_GUESSED = 300  # so that a file full of unknown names is refused as fast as any other

TOKEN = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*")


class Trouble(NamedTuple):
    """What is wrong at the end of a path; with `key` the place is the key and not its value."""

    steps: Steps
    code: str
    what: str
    remedy: str
    key: bool = False


def is_token(words: str) -> bool:
    """Say whether words are one name, so that they must refer to something; several words are free text.

    >>> is_token("non_northern"), is_token("any foreign")
    (True, False)
    """
    return TOKEN.fullmatch(words) is not None


def each(value: str | Iterable[str] | None, steps: Steps) -> Iterator[tuple[Steps, str]]:
    """Go through one entry or a list of them, with the path to each.

    >>> list(each(("a", "b"), ("under",)))
    [(('under', 0), 'a'), (('under', 1), 'b')]
    """
    if isinstance(value, str):
        yield steps, value
    else:
        yield from (((*steps, index), item) for index, item in enumerate(value or ()))


def guess(name: str, known: Iterable[str]) -> str | None:
    """Find the known name that was probably meant.

    >>> guess("wen", ["who", "when"])
    'when'
    """
    candidates = list(islice(known, _MOST_GUESSED))
    folded = {candidate.casefold(): candidate for candidate in reversed(candidates)}
    close = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def among(name: str, known: Iterable[str]) -> str:
    """Say what to do about a name that does not exist: take the one probably meant, or one of those there are.

    >>> among("sout", ["north", "south"]), among("x", ["north", "south"]), among("x", [])
    ("did you mean 'south'?", 'choose among north, south', 'there is none')
    """
    there = list(known)
    meant = guess(name, there)
    return f"did you mean '{meant}'?" if meant else f"choose among {', '.join(there)}" if there else "there is none"


def unknown(steps: Steps, code: str, name: str, kind: str, known: Iterable[str], remedy: str) -> Trouble:
    """Say that a name refers to nothing, with the name that was probably meant."""
    meant = guess(name, known)
    return Trouble(steps, code, f"{shown(name)} is not {kind}", f"did you mean '{meant}'?" if meant else remedy)


def shown(value: Any) -> str:
    """Quote what was written, cut to a readable length.

    >>> shown("3 leagues")
    "'3 leagues'"
    """
    if isinstance(value, Quoted):
        return f'"{value[:60]}"'
    if not isinstance(value, str):
        return "a list" if isinstance(value, (list, tuple)) else "a mapping"
    return f"'{value[:60]}...'" if len(value) > 60 else f"'{value}'"

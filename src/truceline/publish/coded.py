"""Columns made short: distinct values once, and one to three characters per row that say which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

__all__ = ["ALPHABET", "coded", "letters", "runs", "shortened"]

ALPHABET = "".join(chr(code) for code in range(35, 127) if chr(code) not in "<\\")
"""The 90 digits: characters that need no escape, neither in JSON nor inside a script element."""


def letters(codes: Sequence[int]) -> dict[str, Any]:
    """Write numbers as one text, each of them in the same number of characters.

    >>> letters([0, 1, 89]), letters([0, 90])
    ({'text': '#$~', 'width': 1}, {'text': '##$#', 'width': 2})
    """
    width, most = 1, max(codes, default=0)
    while most >= len(ALPHABET) ** width:
        width += 1
    return {"text": "".join(_written(code, width) for code in codes), "width": width}


def _written(code: int, width: int) -> str:
    base = len(ALPHABET)
    return "".join(ALPHABET[code // base**place % base] for place in reversed(range(width)))


def coded(column: Iterable[Any]) -> object:
    """Write a column as its distinct values and their codes where that is shorter.

    >>> coded(["a", "b", "a", "a"])
    {'of': ['a', 'b'], 'text': '#$##', 'width': 1}
    >>> coded(["a", "b"])
    ['a', 'b']
    """
    rows = list(column)
    codes: dict[Hashable, int] = {}
    values: list[Any] = []
    at = []
    for value in rows:
        key = tuple(value) if isinstance(value, list) else value
        if key not in codes:
            codes[key] = len(values)
            values.append(value)
        at.append(codes[key])
    return {"of": values, **letters(at)} if 2 * len(values) <= len(rows) else rows


def shortened(names: Sequence[str]) -> dict[str, Any]:
    """Leave out the beginning that most names share, up to a colon; others keep theirs, behind a "=".

    >>> shortened(["log:1", "log:2", "diary:1"])
    {'after': 'log:', 'of': ['1', '2', '=diary:1']}
    """
    beginnings = Counter(name[: name.rfind(":") + 1] for name in names)
    after = beginnings.most_common(1)[0][0] if beginnings else ""
    plain = [name.startswith(after) and name[len(after) : len(after) + 1] != "=" for name in names]
    return {"after": after, "of": [name[len(after) :] if short else f"={name}"
                                   for name, short in zip(names, plain, strict=True)]}  # fmt: skip


def runs(numbers: Iterable[int]) -> list[list[int]]:
    """Write numbers as runs of a first one and how many follow one another.

    >>> runs([3, 4, 5, 9])
    [[3, 3], [9, 1]]
    """
    found: list[list[int]] = []
    for number in numbers:
        if found and sum(found[-1]) == number:
            found[-1][1] += 1
        else:
            found.append([number, 1])
    return found

"""NUM-1 sums: parts that do not add up to their total."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from truceline.basics.amount import Amount, ends_of
from truceline.terms.agreement import Agreement
from truceline.terms.lint.quotations import quotations
from truceline.terms.lint.rule import Remark, Rule, in_every_text
from truceline.terms.model import Document, Provision

__all__ = ["RULE", "wrong_sums"]

_NUMBER = r"[0-9]{1,3}(?:[,\u00a0 ][0-9]{3})+|[0-9]+"
_JOINED = rf"(?:{_NUMBER})(?: [a-z-]+){{0,4}}(?:(?:,| \+| plus| and|, and) (?:{_NUMBER})(?: [a-z-]+){{0,4}})+"
_PARTS_FIRST = re.compile(
    rf"(?P<parts>{_JOINED}),? (?:=|makes?|in total|in all|together|altogether|"
    rf"against|for a total of|a total of|totall?ing) (?P<total>{_NUMBER})\b"
)
_TOTAL_FIRST = re.compile(
    rf"(?:total(?: of)?|in all|altogether) (?P<total>{_NUMBER})(?: [a-z-]+){{0,4}}"
    rf" ?(?:\(|: |, of which |, namely )(?P<parts>{_JOINED})"
)
_DIGITS = re.compile(_NUMBER)
_FEWEST = 3  # two parts and a total
_TOTALS = ("total", "sum", "in total", "in all", "altogether")
_FIX = "correct the part or the total at its source; if both stand in the text, keep both words and say so in 'open'"


def _find(agreement: Agreement) -> Iterator[Remark]:
    yield from in_every_text(_clauses)(agreement)
    for steps, words in quotations(agreement.document):
        for parts, total in wrong_sums(words):
            yield Remark(".".join(map(str, steps)), _told(parts, total), _FIX)
    for name, reading in agreement.document.readings.items():
        yield from _of_table(f"readings.{name}.table", reading.table or {})


def wrong_sums(words: str) -> Iterator[tuple[tuple[int, ...], int]]:
    """Find totals in running words that are not the sum of the parts beside them.

    >>> list(wrong_sums("10 and 2 make 12"))
    []
    >>> list(wrong_sums("7,948 + 978 = 8,918"))
    [((7948, 978), 8918)]
    """
    if len(_DIGITS.findall(words)) < _FEWEST:
        return
    for pattern in (_PARTS_FIRST, _TOTAL_FIRST):
        for match in pattern.finditer(words):
            parts, total = tuple(map(_whole, re.findall(_NUMBER, match["parts"]))), _whole(match["total"])
            if sum(parts) != total:
                yield parts, total


def _whole(words: str) -> int:
    return int(re.sub("[^0-9]", "", words))


def _clauses(text: Document) -> Iterator[Remark]:
    for name, clause in text.provisions.items():
        yield from _of_clause(name, clause)


def _of_clause(name: str, clause: Provision) -> Iterator[Remark]:
    """Hold the parts that a clause names against its bound."""
    bound = clause.at_least if clause.at_least is not None else clause.at_most
    for kind, parts in clause.what.items() if isinstance(clause.what, dict) else ():
        numbers = _numbers(parts)
        if bound is None or len(numbers) < 2:
            continue
        least, most = ends_of(bound)
        if not least <= sum(numbers.values()) <= most:
            yield Remark(f"provisions.{name}.what", f"'{kind}': {_told(tuple(numbers.values()), bound)}", _FIX)


def _of_table(path: str, table: Mapping[str, Any]) -> Iterator[Remark]:
    """Hold the rows of a table against its row of totals."""
    numbers = _numbers(table)
    total = next((key for key in numbers if key.casefold() in _TOTALS), None)
    parts = tuple(number for key, number in numbers.items() if key != total)
    if total is not None and len(parts) > 1 and sum(parts) != numbers[total]:
        yield Remark(path, _told(parts, numbers[total]), _FIX)


def _numbers(parts: object) -> dict[str, int]:
    """Read a mapping of whole numbers; nothing if one of its values is none."""
    if not isinstance(parts, dict) or not all(re.fullmatch(_NUMBER, str(value)) for value in parts.values()):
        return {}
    return {str(key): _whole(str(value)) for key, value in parts.items()}


def _told(parts: tuple[int, ...], total: int | Amount) -> str:
    said = f"{total:,}" if isinstance(total, int) else str(total)
    return f"{' + '.join(f'{part:,}' for part in parts)} is {sum(parts):,} and not {said}"


RULE = Rule(
    "NUM-1",
    "sums",
    "warning",
    "practice: two parts and a total of violations in one report, eight apart",
    "parts that do not add up to their total",
    _find,
    why=(
        "A total that is not the sum of its parts shows that somebody counted twice, left something out or "
        "copied wrongly. It is the cheapest check there is, and the first that a journalist makes."
    ),
    mend="Correct the part or the total at its source, and say which.",
)

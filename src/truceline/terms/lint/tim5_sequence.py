"""TIM-5 sequence: clauses that wait for each other, or for what the parties tell differently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from truceline.terms.agreement import Agreement
from truceline.terms.base import names_in
from truceline.terms.lint.phrases import listed
from truceline.terms.lint.rule import Remark, Rule
from truceline.terms.model import Document
from truceline.terms.trouble import TOKEN

__all__ = ["RULE"]

_KEYS = ("if", "after", "together_with")
_FIX = "agree on who moves first, or on one day for all: 'when: {from: ...}'; verify each step before the next"


def _find(agreement: Agreement) -> Iterator[Remark]:
    yield from _circles(agreement.document)
    for name, reading in agreement.document.readings.items():
        for path in reading.set or {}:
            section, clause, *rest = path.split(".")
            if section == "provisions" and rest and rest[0] in _KEYS:
                what = f"the reading '{name}' has '{clause}' wait for something else than the text does"
                yield Remark(f"readings.{name}.set.{path}", what, _FIX)


def _circles(text: Document) -> Iterator[Remark]:
    """Find clauses that wait for themselves, by way of others; each circle is told once."""
    waits = {name: _waits_for(name, text) for name in _nodes(text)}
    told: set[str] = set()
    for name in text.provisions:
        circle = () if name in told else _circle(name, waits)
        clauses = [one for one in circle if one in text.provisions]
        if circle:
            told.update(circle)
            what = f"{listed(clauses)} wait for each other" if len(clauses) > 1 else f"'{name}' waits for itself"
            yield Remark(f"provisions.{name}", f"{what}: as written, none of it can begin", _FIX)


def _nodes(text: Document) -> tuple[str, ...]:
    return (*text.provisions, *text.conditions)


def _waits_for(name: str, text: Document) -> tuple[str, ...]:
    """Name the clauses and conditions that a clause, or a condition, speaks of."""
    clause = text.provisions.get(name)
    if clause is None:
        words: tuple[str, ...] = (text.conditions[name].words or "",)
    else:
        words = (*names_in(clause.if_), *names_in(clause.after), *names_in(clause.together_with))
    named = {token[0] for one in words for token in TOKEN.finditer(one)}
    return tuple(other for other in _nodes(text) if other in named)


def _circle(start: str, waits: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Give the way from a clause back to itself, shortest first; nothing if there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        for onward in waits[way[-1]]:
            if onward == start:
                return way
            if onward not in seen:
                seen.add(onward)
                ways.append((*way, onward))
    return ()


RULE = Rule(
    "TIM-5",
    "sequence",
    "warning",
    "practice: 'first elections, then the border', and the other way round",
    "clauses wait for each other, or their order is disputed",
    _find,
    why=(
        "If the first waits for the second and the second for the first, both sides can keep the text for "
        "ever and nothing happens. It is the most polite way of not agreeing."
    ),
    mend="Agree on who moves first, or let all begin on one day, each step verified before the next.",
)

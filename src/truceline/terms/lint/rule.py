"""What a rule is, and how a check of one text becomes a check of the text and of every reading of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from truceline.terms.agreement import Agreement
from truceline.terms.covers import Topic
from truceline.terms.lint.finding import Severity
from truceline.terms.model import Document, Reading

__all__ = ["Check", "Find", "Remark", "Rule", "at_patch", "in_every_text", "in_the_text"]


class Remark(NamedTuple):
    """A gap before it has a place: the dotted path of the terms, what is open, and what to write."""

    path: str
    what: str
    fix: str


Check = Callable[[Document], Iterable[Remark]]
Find = Callable[[Agreement], Iterable[Remark]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its id and name, how grave a gap is, on what it rests, what it finds, and how.

    `why` says why it matters and `mend` what to do first, as on its page; `topics` are those of the
    section `covers` on which it looks.
    """

    id: str
    name: str
    severity: Severity
    basis: str
    summary: str
    find: Find
    why: str
    mend: str
    topics: tuple[Topic, ...] = ()


def in_the_text(check: Check) -> Find:
    """Look at the text without any reading."""
    return lambda agreement: check(agreement.document)


def in_every_text(check: Check) -> Find:
    """Look at the text, and at the text as each reading has it.

    What a reading shares with the text is told once, at the text. What a reading brings is told at its
    patch, and names the reading; what several readings bring at one place is told once.
    """

    def find(agreement: Agreement) -> Iterator[Remark]:
        told = tuple(check(agreement.document))
        paths = {remark.path for remark in told}
        brought: dict[Remark, list[str]] = {}
        for name in agreement.readings:
            patch = agreement.document.readings[name]
            for remark in check(agreement.under(name)):
                path = at_patch(name, patch, remark.path)
                if remark not in told and (path or remark.path not in paths):
                    brought.setdefault(remark._replace(path=path or remark.path), []).append(name)
        yield from told
        yield from (_under(readings, remark) for remark, readings in brought.items())

    return find


def at_patch(name: str, reading: Reading, path: str) -> str | None:
    """Turn a path of the patched text into the path of the patch; None if the reading did not touch it."""
    for verb, patches in (("set", reading.set), ("add", reading.add)):
        for patch in patches or {}:
            if f"{path}.".startswith(f"{patch}."):
                return f"readings.{name}.{verb}.{path}"
            if patch.startswith(f"{path}."):
                return f"readings.{name}.{verb}.{patch}"
    return None


def _under(readings: Iterable[str], remark: Remark) -> Remark:
    names = [f"'{name}'" for name in readings]
    which = "the reading" if len(names) == 1 else "the readings"
    return remark._replace(what=f"under {which} {', '.join(names)}: {remark.what}")

"""The codebook: which id stands for which name. The judge never sees it; the explanation does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from truceline.evidence.acts import ACTS
from truceline.evidence.kinds import KINDS
from truceline.terms.courses import courses_in
from truceline.terms.model import Area, Document, Line
from truceline.terms.names import folded
from truceline.terms.rims import rims_in
from truceline.terms.thing_references import makes_of

__all__ = ["Codebook", "RuleName", "codebook_of", "folded", "rules_of"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RuleName:
    """A judged sentence: a provision, and the row of `sides` where it is read once per side."""

    provision: str
    side: str | None = None

    def __str__(self) -> str:
        """Write ``provision`` or ``provision@side``."""
        return self.provision if self.side is None else f"{self.provision}@{self.side}"


@dataclass(frozen=True)
class Codebook:
    """Names by id, in the order of the document; the same for all readings of an agreement.

    `aliases` gives the actor to every folded name that stands for one under every reading that lists
    him: own names, and those that data sets use. A name that stands for somebody else, or for nobody,
    under some readings is `shifting`: it has an id of its own behind the actors, and stands at the end
    of `actors` as it is written; `meant` tells whom a text means by it. `makes` holds every folded word that
    stands for a make of a weapon in some text: what it stands for is a matter of each text. Every dated course
    of a line is a line of its own (`terms.courses`), and so is every boundary from which some text measures: `rims`
    holds the area of each. `courses` and `outlines` hold each line and area as the first text that has it describes
    it: that is the one which is charted.
    """

    actors: tuple[str, ...]
    aliases: Mapping[str, str]
    rules: tuple[RuleName, ...]
    lines: tuple[str, ...]
    areas: tuple[str, ...]
    courses: Mapping[str, Line] = field(default_factory=dict, repr=False)
    outlines: Mapping[str, Area] = field(default_factory=dict, repr=False)
    rims: Mapping[str, str] = field(default_factory=dict, repr=False)
    acts: tuple[str, ...] = tuple(ACTS)
    things: tuple[str, ...] = tuple(KINDS)
    shifting: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()

    @cached_property
    def actor_ids(self) -> Mapping[str, int]:
        """Ids of actors by folded name, the names that data sets use included."""
        own = self._own
        ids = {alias: own[name] for alias, name in self.aliases.items()}
        return ids | {word: len(own) + number for number, word in enumerate(self.shifting)}

    def meant(self, text: Document) -> NDArray[np.int64]:
        """Give for each id the id of the actor whom a text means by it; -1 where it lists nobody of that name.

        The last entry, -1, stands for the actor whom no text lists: ``values[book.meant(text)]`` reads
        a table of `ByActor` as that text has it.
        """
        own = self._own
        listed = [number if name in text.actors else -1 for name, number in own.items()]
        called = _called(text) if self.shifting else {}
        return np.array([*listed, *(own.get(called.get(word, ""), -1) for word in self.shifting), -1])

    @cached_property
    def _own(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.actors[: len(self.actors) - len(self.shifting)])}

    @cached_property
    def make_ids(self) -> Mapping[str, int]:
        """Ids of the words that stand for makes."""
        return {word: number for number, word in enumerate(self.makes)}

    @cached_property
    def rule_ids(self) -> Mapping[RuleName, int]:
        """Ids of the judged sentences."""
        return {rule: index for index, rule in enumerate(self.rules)}


def codebook_of(documents: Iterable[Document]) -> Codebook:
    """Give a number to everything that the document and its patched forms name, the plain text first."""
    texts = tuple(documents)
    words, aliases = _aliases(texts)
    shifting = tuple(word for word in words if word not in aliases)
    rims = {rim.name: rim for text in reversed(texts) for rim in rims_in(text)}
    return Codebook(
        actors=(*_in_order(name for text in texts for name in text.actors), *(words[word] for word in shifting)),
        aliases=aliases,
        rules=_in_order(rule for text in texts for rule in rules_of(text)),
        lines=(*_in_order(course.name for text in texts for _, course in courses_in(text)), *sorted(rims)),
        areas=_in_order(name for text in texts for name in text.areas),
        courses={course.name: course.line for text in reversed(texts) for _, course in courses_in(text)}
        | {name: rim.line for name, rim in rims.items()},
        outlines={name: area for text in reversed(texts) for name, area in text.areas.items()},
        rims={name: rim.area for name, rim in rims.items()},
        shifting=shifting,
        makes=_in_order(word for text in texts for word in makes_of(text)),
    )


def rules_of(text: Document) -> Iterable[RuleName]:
    """List the judged sentences: what cannot be monitored, or is only reserved, gets no verdict."""
    for name, provision in text.provisions.items():
        if provision.monitorable == "none" or provision.reserves is not None:
            continue
        if provision.each_side and text.sides:
            yield from (RuleName(name, side) for side in text.sides)
        else:
            yield RuleName(name)


def _aliases(texts: Sequence[Document]) -> tuple[dict[str, str], dict[str, str]]:
    """List every folded name as first written, and whom it means where every text that lists him agrees on it."""
    words: dict[str, str] = {}
    meant: dict[str, set[str]] = {}
    for text in texts:
        for alias, name in _names_of(text):
            words.setdefault(folded(alias), alias)
            meant.setdefault(folded(alias), set()).add(name)
    by_text = [_called(text) for text in texts]
    single = {word: next(iter(names)) for word, names in meant.items() if len(names) == 1}
    agreed = {
        word: name
        for word, name in single.items()
        if all(called.get(word) == name or name not in text.actors for called, text in zip(by_text, texts, strict=True))
    }
    return words, agreed


def _called(text: Document) -> dict[str, str]:
    """Give the actor to every folded name that a text has for one."""
    return {folded(alias): name for alias, name in _names_of(text)}


def _names_of(text: Document) -> Iterator[tuple[str, str]]:
    """List the names of actors in a text, own and others, each with the actor."""
    for name, actor in text.actors.items():
        for alias in (name, *actor.also):
            yield alias, name


def _in_order(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))

"""The codebook: which id stands for which name. The judge never sees it; the explanation does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from truceline.evidence.acts import ACTS, KINDS
from truceline.terms.model import Area, Document, Line
from truceline.terms.names import folded

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

    `aliases` gives the actor to every folded name that stands for one: own names, and those that data
    sets use. `courses` and `outlines` hold each line and area as the first text that has it describes it: that
    is the one which is charted.
    """

    actors: tuple[str, ...]
    aliases: Mapping[str, str]
    rules: tuple[RuleName, ...]
    lines: tuple[str, ...]
    areas: tuple[str, ...]
    courses: Mapping[str, Line] = field(default_factory=dict, repr=False)
    outlines: Mapping[str, Area] = field(default_factory=dict, repr=False)
    acts: tuple[str, ...] = tuple(ACTS)
    things: tuple[str, ...] = tuple(KINDS)

    @cached_property
    def actor_ids(self) -> Mapping[str, int]:
        """Ids of actors by folded name, the names that data sets use included."""
        ids = {name: index for index, name in enumerate(self.actors)}
        return {alias: ids[name] for alias, name in self.aliases.items()}

    @cached_property
    def rule_ids(self) -> Mapping[RuleName, int]:
        """Ids of the judged sentences."""
        return {rule: index for index, rule in enumerate(self.rules)}


def codebook_of(documents: Iterable[Document]) -> Codebook:
    """Give a number to everything that the document and its patched forms name, the plain text first."""
    texts = tuple(documents)
    return Codebook(
        actors=_in_order(name for text in texts for name in text.actors),
        aliases=_aliases(texts),
        rules=_in_order(rule for text in texts for rule in rules_of(text)),
        lines=_in_order(name for text in texts for name in text.lines),
        areas=_in_order(name for text in texts for name in text.areas),
        courses={name: line for text in reversed(texts) for name, line in text.lines.items()},
        outlines={name: area for text in reversed(texts) for name, area in text.areas.items()},
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


def _aliases(texts: Iterable[Document]) -> dict[str, str]:
    """Find whom each folded name means; one that readings give to different actors is left out, and so unlisted."""
    meant: dict[str, set[str]] = {}
    for text in texts:
        for name, actor in text.actors.items():
            for alias in (name, *actor.also):
                meant.setdefault(folded(alias), set()).add(name)
    return {alias: next(iter(names)) for alias, names in meant.items() if len(names) == 1}


def _in_order(items: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(items))

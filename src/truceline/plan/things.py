"""From the words for things to selectors: classes with what they are made of, makes and kinds by id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from truceline.basics.size import Size
from truceline.evidence.kinds import KINDS
from truceline.plan.codebook import Codebook
from truceline.plan.weapons import ANY_SIZE, Bounds, BySize, ByWords, Make, Makes, Sort, Thing
from truceline.terms import things as written
from truceline.terms.model import Document
from truceline.terms.names import folded
from truceline.terms.thing_references import makes_of
from truceline.terms.things import selectors_in

__all__ = ["Words"]

KIND_IDS = {name: number for number, name in enumerate(KINDS)}


class Words:
    """The words of a text for things, and what each selects.

    A class of the text goes before a kind, and a kind before a make. A word that the text does not know, or
    did not know yet, selects nothing that anybody could check.
    """

    def __init__(self, text: Document, book: Codebook) -> None:
        self._things = text.things
        self._makes = {name: _make(name, make, book.make_ids) for name, make in text.models.items()}
        self._named = {word: self._makes[name] for word, name in makes_of(text).items()}
        self._book = book

    def has(self, word: str) -> bool:
        """Say whether a word is a class, a kind or a make that the text knows."""
        return word in self._things or word in KIND_IDS or folded(word) in self._named

    def thing(self, selector: str | Mapping[str, written.Sizes] | written.Thing) -> Thing:
        """Compile one selector."""
        if isinstance(selector, written.Thing):
            return Sort(self.each(selector.any), self.each(selectors_in(selector.but_not)))
        if isinstance(selector, str):
            return self._of(selector)
        ((word, sizes),) = selector.items()
        if sizes.calibre is None and sizes.range is None:
            return self._of(word)
        return BySize(self._of(word), _bounds(sizes.calibre), _bounds(sizes.range))

    def each(self, selectors: Iterable[Any]) -> tuple[Thing, ...]:
        """Compile several selectors."""
        return tuple(self.thing(selector) for selector in selectors)

    def makes(self) -> Makes | None:
        """Tabulate what the text knows of makes, by the words of the codebook; None where it lists none."""
        return Makes.of(len(self._book.makes), self._makes.values()) if self._makes else None

    def _of(self, word: str) -> Thing:
        if word in self._things:
            return self.thing(self._things[word])
        if word in KIND_IDS:
            return KIND_IDS[word]
        return self._named.get(folded(word), ByWords())


def _make(name: str, make: written.Make, ids: Mapping[str, int]) -> Make:
    words = {folded(word) for word in (name, *make.also)}
    return Make(tuple(sorted(ids[word] for word in words)), KIND_IDS[make.kind], _bounds(make.calibre),
                _bounds(make.range))  # fmt: skip


def _bounds(size: Size | None) -> Bounds:
    return ANY_SIZE if size is None else Bounds(size.lo, size.hi)

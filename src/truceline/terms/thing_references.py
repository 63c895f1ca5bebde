"""What the words for things refer to: kinds, makes and classes; a word that names none of them is a fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from truceline.evidence.acts import ACTS
from truceline.evidence.kinds import KINDS
from truceline.terms.model import Document
from truceline.terms.names import Names, folded
from truceline.terms.things import Sizes, Thing, selectors_in, words_in
from truceline.terms.trouble import Steps, Trouble, is_token, shown, unknown

__all__ = ["makes_of", "thing_troubles"]

UNDECLARED = "declare it under 'things' or 'models', or describe it in several words"
MOST, DEEPEST = 10_000, 30
"""Selectors of which a class may be made, those of the classes within it included, and classes within classes."""


def makes_of(document: Document) -> dict[str, str]:
    """Give the make to every folded word that stands for one: its own name, and those that reports use.

    >>> from truceline.terms.things import Make
    >>> makes_of(Document.model_construct(models={"K_7": Make(kind="gun", also=("K-7",))}))
    {'k-7': 'K_7', 'k_7': 'K_7'}
    """
    return {folded(word): name for name, make in reversed(document.models.items()) for word in (*make.also, name)}


@dataclass(frozen=True, slots=True)
class _Known:
    """Which words name something; `whole` is false where some makes have faults of their own, and no words yet."""

    things: Mapping[str, Any]
    words: Mapping[str, str]
    whole: bool
    guesses: tuple[str, ...] = field(repr=False)

    def has(self, word: str) -> bool:
        return word in KINDS or word in self.things or folded(word) in self.words

    def may_have(self, word: str) -> bool:
        return self.has(word) or not self.whole


def thing_troubles(document: Document, names: Names) -> Iterator[Trouble]:
    """Find words for things that name nothing, makes of no kind, words for two makes, and classes without measure."""
    things = names.of_sections("things")
    every = [word for name, make in document.models.items() for word in (name, *make.also)]
    whole = {*names.of_sections("models")} == {*document.models}
    known = _Known(things, makes_of(document), whole, (*KINDS, *things, *names.of_sections("models"), *every))
    yield from _make_troubles(document, known)
    for name, thing in document.things.items():
        yield from _class_troubles(thing, ("things", name), known)
    for section in ("provisions", "demands"):
        for name, entry in getattr(document, section).items():
            yield from _deeds(entry.what, (section, name, "what"), known)
    yield from _too_large(document)


def _make_troubles(document: Document, known: _Known) -> Iterator[Trouble]:
    owners: dict[str, str] = {}
    classes = {folded(name) for name in known.things}
    for name, make in document.models.items():
        if make.kind not in KINDS:
            remedy = f"take one of {', '.join(KINDS)}"
            yield unknown(("models", name, "kind"), "TL-E021", make.kind, "a kind of thing", KINDS, remedy)
        for at, word in enumerate((name, *make.also)):
            owner = owners.setdefault(folded(word), name)
            if owner != name or folded(word) in KINDS or folded(word) in classes:
                steps: Steps = ("models", name, "also", at - 1) if at else ("models", name)
                other = f"the make '{owner}'" if owner != name else "a kind or a class of things"
                what = f"{shown(word)} already stands for {other}"
                remedy = "leave it with one of them; upper case makes no difference"
                yield Trouble(steps, "TL-E061", what, remedy, key=True)


def _class_troubles(thing: Thing, steps: Steps, known: _Known) -> Iterator[Trouble]:
    for key, value in (("any", thing.any), ("but_not", thing.but_not)):
        for at, selector in _each(value, (*steps, key)):
            yield from _selector(selector, at, known)


def _each(value: Any, steps: Steps) -> Iterator[tuple[Steps, Any]]:
    several = isinstance(value, list | tuple)
    return (((*steps, index) if several else steps, one) for index, one in enumerate(selectors_in(value)))


def _selector(selector: str | Mapping[str, Any], steps: Steps, known: _Known) -> Iterator[Trouble]:
    """Check one selector: one word is a name, several are words that nobody can check."""
    sized = not isinstance(selector, str)
    for word in [selector] if isinstance(selector, str) else selector:
        if " " not in word and not known.may_have(word):
            at = (*steps, word) if sized else steps
            trouble = unknown(at, "TL-E021", word, "a kind, a make or a class of things", known.guesses, UNDECLARED)
            yield trouble._replace(key=sized)


def _deeds(what: Any, steps: Steps, known: _Known) -> Iterator[Trouble]:
    """Check what a sentence speaks of: acts, things, and words in several words."""
    if isinstance(what, Thing):
        yield from _class_troubles(Thing.model_construct(any=(), but_not=what.but_not), steps, known)
        what, steps = what.any, (*steps, "any")
    elif isinstance(what, Mapping) and not all(isinstance(size, Sizes) for size in what.values()):
        return  # words that nobody has defined
    for at, item in _each(what, steps):
        if not isinstance(item, str):
            yield from _selector(item, at, known)
        elif is_token(item) and item not in ACTS and item.partition(".")[0] not in ACTS and not known.may_have(item):
            yield unknown(at, "TL-E021", item, "an act or a thing", (*ACTS, *known.guesses), UNDECLARED)


def _too_large(document: Document) -> Iterator[Trouble]:
    """Find classes made of so many selectors, or so deep within each other, that judging by them would take long."""
    for name, (size, depth) in _measured(document).items():
        if size > MOST or depth > DEEPEST:
            what = f"{shown(name)} is made of {size} selectors, {depth} classes deep"
            yield Trouble(("things", name), "TL-E006", what, "name less, or fewer classes within classes", key=True)
            return


def _measured(document: Document) -> dict[str, tuple[int, int]]:
    """Count the selectors of each class that leads to no circle, and how deep it goes: parts before wholes."""
    parts = {name: [word for word in words_in(thing) if word in document.things]
             for name, thing in document.things.items()}  # fmt: skip
    wholes: dict[str, list[str]] = {}
    for name, words in parts.items():
        for word in words:
            wholes.setdefault(word, []).append(name)
    waiting = {name: len(words) for name, words in parts.items()}
    ready, found = [name for name, count in waiting.items() if not count], dict[str, tuple[int, int]]()
    while ready:
        name = ready.pop()
        inner = [found[word] for word in parts[name]]
        size = len(words_in(document.things[name])) + sum(size for size, _ in inner)
        found[name] = (min(size, MOST + 1), 1 + max((depth for _, depth in inner), default=0))
        for whole in wholes.get(name, ()):
            waiting[whole] -= 1
            if not waiting[whole]:
                ready.append(whole)
    return found

"""One text to be compared with another: a document as one reading has it, and where each of its words is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from truceline.terms.agreement import Agreement
from truceline.terms.amended import AS_SIGNED
from truceline.terms.model import Document, Reading
from truceline.terms.node import Node
from truceline.terms.readings import patched
from truceline.terms.shapes import AreaShape, LineShape

__all__ = ["SILENT", "Entry", "Version", "reached", "version_of"]

Entry = tuple[str, str]
"""A section of the document, and the name of an entry in it."""

SECTIONS = (
    "sets", "actors", "parties", "sides", "things", "models", "zones", "lines", "areas", "conditions", "instruments",
)  # fmt: skip
"""What a clause may refer to, in the order in which it is told."""
SILENT = frozenset({"note", "source", "url", "lint", "said_otherwise"})
"""Keys of what a clause refers to on which nothing hangs that the clause says."""
_SPOKEN = frozenset({"title", "words", "also"})
"""Keys whose words name nothing."""
_INNER = re.compile(r"not ([A-Za-z]\w*)|([A-Za-z]\w*) ?[+-] ?\d.*")
"""A name within other words: of a condition that is not met, and of a text from which days are counted."""


@dataclass(frozen=True, slots=True)
class Version:
    """A text under one reading (None: under none): the document, its tree with all patches laid over it, its shapes.

    `name` is that of the file, as messages call it.
    """

    name: str
    tree: Node
    text: Document
    under: str | None
    reading: Reading | None
    shapes: Mapping[str, LineShape | AreaShape]

    def at(self, path: str) -> str:
        """Say where something is written, as ``file:line:col``; of what is not there, the nearest place.

        Of a clause that is where it begins; of all else the value, since a patch has values and no keys of its own.
        """
        steps = self.tree.steps(path)
        line, col = self.tree.nearest(steps, key=len(steps) == 2 and steps[0] in ("provisions", "readings"))
        return f"{self.name}:{line}:{col}"

    def entry(self, section: str, name: str) -> Node | None:
        """Give an entry of a section, as it is written."""
        there = self.tree.child(section)
        return there.child(name) if there else None


def version_of(agreement: Agreement, reading: str | None) -> Version:
    """Take the text of an agreement as a reading has it; None is the text without any reading.

    Raises
    ------
    UsageError
        If there is no such reading.
    """
    text, tree = agreement.under(reading), agreement.root
    if reading != AS_SIGNED:
        for name in agreement.document.amendments:
            tree, _ = patched(tree, ("amendments", name))
        if reading is not None:
            tree, _ = patched(tree, ("readings", reading))
    held = None if reading is None else text.readings[reading]
    return Version(agreement.name, tree, text, reading, held, agreement.shapes)


def reached(version: Version, name: str, section: str = "provisions") -> tuple[Entry, ...]:
    """List the entries of other sections on which a clause, or a demand, rests, however many names lie between."""
    node = version.entry(section, name)
    found: dict[Entry, None] = {}
    pending = [node] if node else []
    if section == "provisions" and node is not None and node.child("under") is None:
        found |= dict.fromkeys(_all_of("instruments", version))
    if node is not None and node.child("each_side") is not None:
        found |= dict.fromkeys(_all_of("sides", version))
    pending += [entry for each in found if (entry := version.entry(*each)) is not None]
    while pending:
        for each, entry in _named(pending.pop(), version):
            if each not in found:
                found[each] = None
                pending.append(entry)
    return tuple(sorted(found, key=lambda each: (SECTIONS.index(each[0]), each[1])))


def _all_of(section: str, version: Version) -> list[Entry]:
    there = version.tree.child(section)
    return [(section, name) for name in (there.entries if there else ())]


def _named(node: Node, version: Version) -> Iterator[tuple[Entry, Node]]:
    """Go through the entries that a piece of the file names."""
    for word in dict.fromkeys(_words(node)):
        for section in SECTIONS:
            entry = version.entry(section, word) if section != "sides" else None  # these are named by `each_side` alone
            if entry is not None:
                yield (section, word), entry


def _words(node: Node) -> Iterator[str]:
    """Go through the words that may be names: whole scalars, the name in them, and the keys of selectors."""
    if isinstance(node.value, str):
        yield node.value
        inner = _INNER.fullmatch(node.value)
        if inner:
            yield inner[1] or inner[2]
    elif isinstance(node.value, tuple):
        for item in node.value:
            yield from _words(item)
    else:
        for key, entry in node.entries.items():
            if key not in SILENT and key not in _SPOKEN:
                yield key
                yield from _words(entry)

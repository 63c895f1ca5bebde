"""The names that a file declares, section by section; what else the language lets stand for a name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from truceline.terms.model import Document
from truceline.terms.node import Node
from truceline.terms.trouble import Steps, Trouble, shown

__all__ = ["ANYWHERE", "RESERVED", "Names", "alias_troubles", "folded", "namespace_troubles"]

ANYWHERE = ("anywhere", "everywhere")
RESERVED: Mapping[str, str] = {
    "any": "'who: any' means everybody",
    "all": "'keeps: all' means every provision",
    "none": "'none' says that something was not given",
    "side": "'side.who' and 'side.line' stand for the row of 'sides'",
    "agreement": "'to: agreement' means the whole deal",
    "memory": "'source: memory' marks what is still to be found",
    "text": "'text' is the plain text, without any reading",
    "as_signed": "'as_signed' is the text without its amendments",
    "anywhere": "'where: anywhere' means no bounds in space",
    "everywhere": "'where: everywhere' means no bounds in space",
}
_SHARED = ("actors", "sets", "models", "things", "lines", "zones")
_NAMED = ("instruments", "parties", *_SHARED, "sides", "conditions", "provisions", "amendments", "readings",
          "demands", "mechanism")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """Names by section, faulty entries included: one fault should not make ten others."""

    by_section: Mapping[str, tuple[str, ...]]
    _joined: dict[tuple[str, ...], Mapping[str, None]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, root: Node) -> Names:
        """Collect the names of a file.

        >>> Names.of(Node({"actors": Node((Node("north", 1, 10),), 1, 9)}, 1, 1)).of_sections("actors")
        {'north': None}
        """
        return cls({section: _names_in(node) for section, node in root.entries.items()})

    def of_sections(self, *sections: str) -> Mapping[str, None]:
        """Give the names of one or several sections, in the order of the file, as an ordered set."""
        if sections not in self._joined:
            self._joined[sections] = {name: None for part in sections for name in self.by_section.get(part, ())}
        return self._joined[sections]


def _names_in(section: Node) -> tuple[str, ...]:
    if isinstance(section.value, tuple):
        return tuple(item.value for item in section.value if isinstance(item.value, str))
    return tuple(section.entries)


def namespace_troubles(names: Names) -> Iterator[Trouble]:
    """Find names that mean two things, and names that already mean something in the language."""
    for section in _NAMED:
        for name in names.of_sections(section):
            if name in RESERVED:
                what = f"{shown(name)} has a meaning of its own: {RESERVED[name]}"
                yield Trouble((section, name), "TL-E030", what, "choose another name", key=True)
    for first, second in combinations(_SHARED, 2):
        for name in names.of_sections(first).keys() & names.of_sections(second).keys():
            what = f"{shown(name)} already names an entry of '{first}'"
            remedy = "rename one: who, what and where share one namespace"
            yield Trouble((second, name), "TL-E030", what, remedy, key=True)
    for name in names.of_sections("conditions"):
        if name in names.of_sections("instruments") or name == "D":
            owner = "the day zero" if name == "D" else "an entry of 'instruments'"
            what = f"{shown(name)} already names {owner}"
            yield Trouble(("conditions", name), "TL-E030", what, "rename one: days are counted from both", key=True)


def folded(name: str) -> str:
    """Make names comparable: Unicode NFC, case folded, outer blanks dropped.

    >>> folded(" Northbank FORCES ")
    'northbank forces'
    """
    return unicodedata.normalize("NFC", name).casefold().strip()


def alias_troubles(document: Document) -> Iterator[Trouble]:
    """Find names of actors, and names that data sets use for them, that stand for two actors."""
    called: list[tuple[Steps, str, str]] = [(("actors", name), name, name) for name in document.actors]
    called += [
        (("actors", name, "also", index), name, alias)
        for name, actor in document.actors.items()
        for index, alias in enumerate(actor.also)
    ]
    owners: dict[str, str] = {}
    for steps, name, alias in called:
        owner = owners.setdefault(folded(alias), name)
        if owner != name:
            what = f"{shown(alias)} already stands for the actor '{owner}'"
            yield Trouble(steps, "TL-E045", what, "leave it with one of them; upper case makes no difference", key=True)

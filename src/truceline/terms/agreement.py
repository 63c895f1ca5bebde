"""An agreement: the text, every reading of it, and the places in its file."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from truceline.basics.time import Span
from truceline.errors import Fault, UsageError
from truceline.terms.model import Document, Member, Membership, Party, Reading, Spell
from truceline.terms.node import Node
from truceline.terms.shapes import AreaShape, LineShape
from truceline.terms.sources import is_known
from truceline.terms.trouble import Steps, guess

__all__ = ["Agreement"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Agreement:
    """One agreement file, read and resolved, under none and under each of its readings.

    `documents` holds the text (under None) and the text as each reading has it; `shapes` the courses
    of lines and areas, as ``lines.NAME`` and ``areas.NAME``; `left_out` the paths of what was not
    known yet (see `as_known`).
    """

    name: str
    root: Node
    documents: Mapping[str | None, Document]
    shapes: Mapping[str, LineShape | AreaShape] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Say in one line which agreement this is."""
        provisions, readings = len(self.document.provisions), len(self.readings)
        return f"<Agreement {self.id}: {_counted(provisions, 'provision')}, {_counted(readings, 'reading')}>"

    @property
    def document(self) -> Document:
        """The text without any reading."""
        return self.documents[None]

    @property
    def id(self) -> str:
        """The agreement's id."""
        return self.document.agreement.id

    @property
    def title(self) -> str:
        """The agreement's title."""
        return self.document.agreement.title

    @property
    def readings(self) -> tuple[str, ...]:
        """The readings in the order of the file; none of them is a default."""
        return tuple(name for name in self.documents if name is not None)

    def under(self, reading: str | None) -> Document:
        """Give the text as one reading has it; None is the text without any reading.

        Raises
        ------
        UsageError
            If there is no such reading.
        """
        if reading not in self.documents:
            meant = guess(str(reading), self.readings)
            remedy = f"did you mean '{meant}'?" if meant else f"choose among {', '.join(self.readings) or 'none'}"
            raise UsageError([Fault(self.name, "TL-E050", f"there is no reading '{reading}'", remedy)])
        return self.documents[reading]

    def place_of(self, path: str) -> str:
        """Say where something is written, as ``file:line:col``; a path that ends nowhere gives the nearest place.

        Paths are dotted, as in ``provisions.ceasefire.where`` or ``stances.0``.
        """
        line, col = self.root.nearest(self._steps(path), key=True)
        return f"{self.name}:{line}:{col}"

    def _steps(self, path: str) -> Steps:
        """Find a path in the text, or in what a reading adds to it."""
        if self.root.find(path) is None:
            for name, reading in self.document.readings.items():
                added = [key for key in reading.add or {} if path == key or path.startswith(f"{key}.")]
                if added:
                    return "readings", name, "add", added[0]
        return self.root.steps(path)

    def as_known(self, day: Span) -> Agreement:
        """Leave out what rests on nothing known by the end of a day.

        Readings, stances, demands, provisions, the term of the deal and the consent of a party stay if
        at least one of their sources was surely known by then; a source without any date counts as
        known. Who belongs to a set by a later source is unsure, for all of the time. Shapes that no
        kept text has go with their reading. `left_out` names what went, as dotted paths.
        """
        readings = self.document.readings
        later = {name for name in self.readings if not is_known(self.document, readings[name].source, day)}
        kept = {name: _known(text, day) for name, text in self.documents.items() if name not in later}
        drawn = {f"lines.{name}" for text in kept.values() for name in text.lines}
        drawn |= {f"areas.{name}" for text in kept.values() for name in text.areas}
        shapes = {path: shape for path, shape in self.shapes.items() if path in drawn}
        return replace(self, documents=kept, shapes=shapes, left_out=(*self.left_out, *_gone(self.documents, kept)))


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _known(document: Document, day: Span) -> Document:
    """Give the document as known by the end of a day; its readings deny and keep only what was known."""
    provisions = _known_part(document.provisions, document, day)
    readings = _known_part(document.readings, document, day)
    parts = {
        "parties": {name: _consenting(party, document, day) for name, party in document.parties.items()},
        "sets": {name: _membership(chosen, document, day) for name, chosen in document.sets.items()},
        "term": document.term if document.term and is_known(document, document.term.source, day) else None,
        "provisions": provisions,
        "readings": {name: _denying_only(provisions, reading) for name, reading in readings.items()},
        "demands": _known_part(document.demands, document, day),
        "stances": tuple(stance for stance in document.stances if is_known(document, stance.source, day)),
    }
    return document.model_copy(update=parts)


def _known_part(entries: Mapping[str, T], document: Document, day: Span) -> dict[str, T]:
    return {name: entry for name, entry in entries.items() if is_known(document, getattr(entry, "source", None), day)}


def _consenting(party: Party, document: Document, day: Span) -> Party:
    return party if is_known(document, party.consent, day) else party.model_copy(update={"consent": None})


def _membership(chosen: Membership, document: Document, day: Span) -> Membership:
    """Make unsure whose membership was not known yet: what cannot be told is not told from its later bounds."""
    known = is_known(document, chosen.source, day)

    def is_told(member: Member) -> bool:
        return known and not (isinstance(member, Spell) and not is_known(document, member.source, day))

    members = (*chosen.in_, *chosen.unsure)
    untold = (member.who if isinstance(member, Spell) else member for member in members if not is_told(member))
    told = {"in_": tuple(filter(is_told, chosen.in_)), "unsure": tuple(filter(is_told, chosen.unsure))}
    unsure = (*told["unsure"], *dict.fromkeys(untold))
    return chosen.model_copy(update={**told, "unsure": unsure})


def _denying_only(provisions: Container[str], reading: Reading) -> Reading:
    denies = reading.denies and tuple(name for name in reading.denies if name in provisions)
    return reading.model_copy(update={"denies": denies})


def _gone(before: Mapping[str | None, Document], after: Mapping[str | None, Document]) -> tuple[str, ...]:
    """List what is missing in the kept documents, as paths in the order of the file."""
    gone = [f"readings.{name}" for name in before if name is not None and name not in after]
    for section in ("provisions", "demands"):
        there = {name: None for reading in after for name in getattr(before[reading], section)}
        left = {name for text in after.values() for name in getattr(text, section)}
        gone += [f"{section}.{name}" for name in there if name not in left]
    pairs = [(before[name], text) for name, text in after.items()]
    gone += dict.fromkeys(path for was, now in pairs for path in _unsaid(was, now))
    stances = before[None].stances
    return (*gone, *(f"stances.{index}" for index, one in enumerate(stances) if one not in after[None].stances))


def _unsaid(was: Document, now: Document) -> Iterator[str]:
    """List the entries that lost a part and are still there."""
    yield from (f"parties.{name}.consent" for name, party in was.parties.items() if party != now.parties[name])
    yield from (f"sets.{name}" for name, chosen in was.sets.items() if chosen != now.sets[name])
    if was.term != now.term:
        yield "term"

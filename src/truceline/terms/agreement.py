"""An agreement: the text, every reading of it, and the places in its file."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from truceline.basics.time import Span
from truceline.errors import Fault, UsageError
from truceline.terms.model import Document, Reading
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
        """Leave out the readings, stances, demands and provisions that rest on nothing known by the end of a day.

        An entry stays if at least one of its sources was surely known by then; a source without any
        date counts as known. `left_out` names what went, as dotted paths.
        """
        readings = self.document.readings
        later = {name for name in self.readings if not is_known(self.document, readings[name].source, day)}
        kept = {name: _known(text, day) for name, text in self.documents.items() if name not in later}
        return replace(self, documents=kept, left_out=(*self.left_out, *_gone(self.documents, kept)))


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _known(document: Document, day: Span) -> Document:
    """Give the document as known by the end of a day; its readings deny and keep only what was known."""
    provisions = _known_part(document.provisions, document, day)
    readings = _known_part(document.readings, document, day)
    parts = {
        "provisions": provisions,
        "readings": {name: _denying_only(provisions, reading) for name, reading in readings.items()},
        "demands": _known_part(document.demands, document, day),
        "stances": tuple(stance for stance in document.stances if is_known(document, stance.source, day)),
    }
    return document.model_copy(update=parts)


def _known_part(entries: Mapping[str, T], document: Document, day: Span) -> dict[str, T]:
    return {name: entry for name, entry in entries.items() if is_known(document, getattr(entry, "source", None), day)}


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
    stances = before[None].stances
    return (*gone, *(f"stances.{index}" for index, one in enumerate(stances) if one not in after[None].stances))

"""An agreement: the text as amended, the text as signed, every reading of it, and the places in its file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from truceline.basics.time import Span
from truceline.errors import Fault, UsageError
from truceline.terms.amended import AS_SIGNED, texts_of
from truceline.terms.known import amendments_known, as_known, drawn, gone, undated, undrawn
from truceline.terms.model import Document
from truceline.terms.node import Node
from truceline.terms.shapes import AreaShape, LineShape
from truceline.terms.sources import is_known
from truceline.terms.trouble import Steps, guess

__all__ = ["Agreement"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Agreement:
    """One agreement file, read and resolved, under none and under each of its readings.

    `documents` holds the text as amended (under None), the text as signed where there are amendments (under
    `AS_SIGNED`), and the text as each reading has it; `shapes` the courses
    of lines and areas, as ``lines.NAME`` and ``areas.NAME``; `left_out` the paths of what was not
    known yet, `undated` the sources without any date that were taken for known (see `as_known`).
    """

    name: str
    root: Node
    documents: Mapping[str | None, Document]
    shapes: Mapping[str, LineShape | AreaShape] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Say in one line which agreement this is."""
        provisions, readings = len(self.document.provisions), len(self.readings)
        return f"<Agreement {self.id}: {_counted(provisions, 'provision')}, {_counted(readings, 'reading')}>"

    @property
    def document(self) -> Document:
        """The text without any reading, as amended."""
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
        """The readings in the order of the file, the text as signed before them; none of them is a default."""
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

    def entry(self, path: str) -> Node | None:
        """Give an entry as the file has it, in whichever reading, known yet or not; None where there is none."""
        node: Node | None = self.root
        for step in self._steps(path):
            node = node.child(step) if node else None
        return node

    def _steps(self, path: str) -> Steps:
        """Find a path in the text, or in what an amendment changes or a reading adds."""
        beside = f"readings.{AS_SIGNED}"
        if path == beside or path.startswith(f"{beside}."):
            _, _, path = path.removeprefix(beside).lstrip(".").partition(".")
            return self.root.steps(path) if path else ("amendments",)
        for name, amendment in reversed(self.document.amendments.items()):
            for verb, changes in (("set", amendment.set), ("add", amendment.add)):
                changed = [key for key in changes or {} if path == key or path.startswith(f"{key}.")]
                if changed:
                    return "amendments", name, verb, changed[0]
        if self.root.find(path) is None:
            for name, reading in self.document.readings.items():
                added = [key for key in reading.add or {} if path == key or path.startswith(f"{key}.")]
                if added:
                    return "readings", name, "add", added[0]
        return self.root.steps(path)

    def as_known(self, day: Span) -> Agreement:
        """Leave out what rests on nothing known by the end of a day.

        Readings, stances, demands, provisions, mechanisms, the term of the deal and the consent of a
        party stay if at least one of their sources was surely known by then; a source without any date
        counts as known, as does an entry without a source. Who belongs to a set by a later source is
        unsure, for all of the time. A line, an area or a zone by a later source is undisclosed, and a
        later course of a line is none yet. Amendments that were told or agreed later are taken out of the text, and
        readings and amendments that cannot be laid over it without them go too. Of a condition that was told later
        nobody can tell whether it was met; later renewals and exceptions are none yet.
        Shapes that some kept text does not know, or that none has, go. `left_out` names what went, as dotted paths;
        `undated` the sources without any date on which something rests that stayed.
        """
        texts, out = self._amended(day)
        readings = texts[None].readings
        later = {name for name in texts if name and not is_known(texts[None], readings[name].source, day)}
        kept = {name: as_known(text, day) for name, text in texts.items() if name not in later}
        known = drawn(kept.values()) - undrawn((texts[name] for name in kept), day)
        shapes = {path: shape for path, shape in self.shapes.items() if path in known}
        went = tuple(dict.fromkeys((*self.left_out, *out, *gone(texts, kept))))
        return replace(self, documents=kept, shapes=shapes, left_out=went, undated=undated(kept.values()))

    def _amended(self, day: Span) -> tuple[Mapping[str | None, Document], tuple[str, ...]]:
        """Give the texts with only the amendments that were known by the end of a day, and what that left out."""
        known = amendments_known(self.document, day)
        if len(known) == len(self.document.amendments):
            return self.documents, ()
        laid = texts_of(self.root, known)
        return laid.documents, laid.left_out


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"

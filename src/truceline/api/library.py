"""The library: the agreements that come with Truceline, listed, told, and drawn as pages."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from truceline.api.terms import load
from truceline.basics.counting import counted
from truceline.formats.library import PREFIX, library_files, path_of, tree_of
from truceline.publish.phases import phases_of
from truceline.publish.terms_page import index_page, terms_page
from truceline.publish.terms_told import terms_told
from truceline.publish.time_picture import time_picture
from truceline.publish.zones import panels_of
from truceline.publish.zones_picture import zones_picture
from truceline.terms.agreement import Agreement
from truceline.terms.checking import checked
from truceline.terms.courses import courses_in
from truceline.terms.model import Document, Shape, Slot
from truceline.terms.unconfirmed import unconfirmed_in, unconfirmed_sources

__all__ = ["LibraryEntry", "library", "library_pages", "told_of"]


@dataclass(frozen=True, slots=True)
class LibraryEntry:
    """One agreement of the library in short; `load` it by ``library:ID``.

    Parameters
    ----------
    id, title, class_ : str
    file : Path
    signed, in_force : str or None
        The first day of each that some instrument states, as written.
    parties : tuple of str
        By title.
    provisions, readings, open : int
        How many of them the file has; `open` counts what it says is left open.
    unconfirmed : tuple of str
        What rests on nothing that anybody has read, and the sources that are marked so.
    geometry : str
        How many lines and areas have a course in the file, in words.
    slots : tuple of str
        What a user may bring.
    """

    id: str
    title: str
    class_: str
    file: Path
    signed: str | None
    in_force: str | None
    parties: tuple[str, ...]
    provisions: int
    readings: int
    open: int
    unconfirmed: tuple[str, ...]
    geometry: str
    slots: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Give what was told as plain values, without the place of the file."""
        return {
            "id": self.id, "title": self.title, "class": self.class_, "signed": self.signed, "in_force": self.in_force,
            "parties": list(self.parties), "provisions": self.provisions, "readings": self.readings, "open": self.open,
            "unconfirmed": list(self.unconfirmed), "geometry": self.geometry, "slots": list(self.slots),
        }  # fmt: skip


def library() -> Mapping[str, LibraryEntry]:
    """List the agreements that come with Truceline, by id.

    Raises
    ------
    UsageError
        TL-E950, if this installation has none.
    TermsError
        If a file of the library has faults.

    Examples
    --------
    >>> library()["undof-1974"].signed
    '1974-05-31'
    """
    return {name: _entry(name, path) for name, path in library_files().items()}


def told_of(name: str) -> dict[str, Any]:
    """Tell one agreement of the library: clauses as sentences, who reads it how, sources, and what is open.

    Raises
    ------
    UsageError
        TL-E950, if there is no such agreement.
    """
    return terms_told(load(f"{PREFIX}{name.removeprefix(PREFIX)}"))


def library_pages(folder: Path, name: str | None = None) -> Iterator[tuple[str, str]]:
    """Draw the pages of all agreements and the list of them, or that of one alone: names of files in `folder`, texts.

    Raises
    ------
    UsageError
        TL-E950, if there is no such agreement.
    """
    chosen = library_files().values() if name is None else [path_of(f"{PREFIX}{name}")]
    for path in chosen:
        yield from _page(load(path), os.path.relpath(path, folder.resolve()))
    if name is None:
        yield "index.md", index_page(entry.as_dict() for entry in library().values())


def _page(agreement: Agreement, file: str) -> Iterator[tuple[str, str]]:
    panels, phases = panels_of(agreement), phases_of(agreement)
    pictures = []
    if panels:
        pictures.append((f"{agreement.id}.svg", zones_picture(agreement.title, panels)))
    times = {(phase.begin, phase.end) for phase in phases if not phase.is_mark}
    if len(times) > 1 or (phases and not panels):
        pictures.append((f"{agreement.id}-time.svg", time_picture(agreement.title, phases)))
    yield from pictures
    told = terms_told(agreement)
    yield f"{agreement.id}.md", terms_page(told, file=Path(file).as_posix(), pictures=[name for name, _ in pictures])


def _entry(name: str, path: Path) -> LibraryEntry:
    """Read the text alone: its readings are checked when it is loaded."""
    text = checked(tree_of(path), is_text=True)[0]
    if text is None:
        text = load(path).document  # it says what is wrong
    drawn, all_of_it, slots = _geometry(text)
    words = f"{drawn} of {counted(all_of_it, 'course')}" if all_of_it else "none needed"
    return LibraryEntry(
        id=name, title=text.agreement.title, class_=text.agreement.class_, file=path,
        signed=_first(text, "signed", "agreed") or _first(text, "date"), in_force=_first(text, "in_force"),
        parties=tuple(party.title or key for key, party in text.parties.items()), provisions=len(text.provisions),
        readings=len(text.readings), open=len(text.open),
        unconfirmed=(*unconfirmed_in([text]), *unconfirmed_sources(text)), geometry=words, slots=slots,
    )  # fmt: skip


def _first(text: Document, *keys: str) -> str | None:
    """Give the first day that some instrument states, as written."""
    stated = [getattr(one, key) for one in text.instruments.values() for key in keys]
    days = [day for day in stated if day is not None and day.anchor is None]
    return str(min(days, key=lambda day: day.span(text.agreement.zone, {}).start_us)) if days else None


def _geometry(text: Document) -> tuple[int, int, tuple[str, ...]]:
    """Count the courses that are drawn and all of them, and name the slots; one of several lines is none of its own."""
    geometries = [course.line.geometry for _, course in courses_in(text) if not course.line.one_of]
    geometries += [area.geometry for area in text.areas.values()]
    slots = dict.fromkeys(one.slot for one in geometries if isinstance(one, Slot))
    return sum(isinstance(one, Shape) for one in geometries), len(geometries), tuple(slots)

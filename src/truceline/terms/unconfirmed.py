"""What of an agreement nobody has read in a source: it rests on memory, or on sources that are marked unconfirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from truceline.terms.base import names_in
from truceline.terms.model import Document

__all__ = ["is_unconfirmed", "unconfirmed_in", "unconfirmed_sources"]

_SECTIONS = (
    "sets", "models", "areas", "lines", "conditions", "provisions", "amendments", "readings", "demands", "mechanism",
)  # fmt: skip


def is_unconfirmed(text: Document, names: str | tuple[str, ...] | None) -> bool:
    """Say whether something rests on sources none of which was read; what names no source rests on none.

    >>> text = Document.model_construct(sources={})
    >>> is_unconfirmed(text, "memory"), is_unconfirmed(text, None), is_unconfirmed(text, ("memory", "s.un"))
    (True, False, False)
    """
    listed = names_in(names)
    return bool(listed) and all(_is_unread(text, name) for name in listed)


def unconfirmed_sources(text: Document) -> tuple[str, ...]:
    """List the sources that are marked so, in the order of the file."""
    return tuple(name for name, source in text.sources.items() if source.check == "unconfirmed")


def unconfirmed_in(texts: Iterable[Document]) -> tuple[str, ...]:
    """List the entries of some texts that rest on nothing that was read, as dotted paths.

    Stances are named by their number: ``stances.0``.
    """
    return tuple(dict.fromkeys(path for text in texts for path in _paths(text)))


def _paths(text: Document) -> Iterator[str]:
    for section in _SECTIONS:
        entries: Mapping[str, object] = getattr(text, section)
        for name, entry in entries.items():
            if is_unconfirmed(text, getattr(entry, "source", None)):
                yield f"{section}.{name}"
    for number, stance in enumerate(text.stances):
        if is_unconfirmed(text, stance.source):
            yield f"stances.{number}"
    if text.term is not None and is_unconfirmed(text, text.term.source):
        yield "term"


def _is_unread(text: Document, name: str) -> bool:
    source = text.sources.get(name)
    return name == "memory" if source is None else source.check == "unconfirmed"

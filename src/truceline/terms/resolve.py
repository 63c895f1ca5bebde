"""Everything about a document that its form cannot show: references, circles, bounds and completeness."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.terms.bounds import bound_troubles
from truceline.terms.completeness import computed_distances, incomplete
from truceline.terms.line_bounds import gap_troubles
from truceline.terms.loops import loop_troubles
from truceline.terms.model import Document
from truceline.terms.names import Names, alias_troubles, namespace_troubles
from truceline.terms.parts import entries_of
from truceline.terms.references import reference_troubles
from truceline.terms.thing_references import thing_troubles
from truceline.terms.trouble import Trouble

__all__ = ["troubles_of"]


def troubles_of(document: Document, names: Names, *, is_text: bool) -> Iterator[Trouble]:
    """Find all that is wrong with a document whose form is right.

    `names` are those of the whole file: entries whose own form is wrong still count as declared.
    `is_text` is true for the text without any reading.
    """
    parts = entries_of(document)
    yield from incomplete(parts)
    yield from computed_distances(parts) if is_text else gap_troubles(document, parts)
    yield from namespace_troubles(names)
    yield from alias_troubles(document)
    yield from reference_troubles(document, parts, names)
    yield from thing_troubles(document, names)
    yield from loop_troubles(document)
    yield from bound_troubles(document, parts)

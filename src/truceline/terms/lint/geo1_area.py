"""GEO-1 area: a clause bans something and nothing says where."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.terms.lint.phrases import listed
from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.lint.topics import hidden
from truceline.terms.model import Document, Provision

__all__ = ["RULE"]

_FIX = "name the ground under 'where'; if it holds everywhere, write 'where: anywhere'"


def _find(text: Document) -> Iterator[Remark]:
    loose = [name for name, clause in text.provisions.items() if _bounds(clause) and clause.where is None]
    if loose and not hidden(text):
        holds = "hold" if len(loose) > 1 else "holds"
        yield Remark(f"provisions.{loose[0]}", f"nothing says where {listed(loose)} {holds}", _FIX)


def _bounds(clause: Provision) -> bool:
    """Say whether a clause bounds something that stands or happens on the ground."""
    return (clause.at_most is not None or clause.trend is not None) and clause.monitorable != "none"


RULE = Rule(
    "GEO-1",
    "area",
    "error",
    "UN Guidance on Mediation of Ceasefires (2022), ch. 1: geographic area",
    "a clause bans something and nothing says where",
    in_the_text(_find),
    why=(
        "A clause without ground holds everywhere: in the capital, abroad, at sea. Nobody meant that, and "
        "each side will say where it did mean it after the first report from somewhere else."
    ),
    mend="Name the ground: a zone, a band along a line, or named places with their outlines.",
)

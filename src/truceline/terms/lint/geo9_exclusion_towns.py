"""GEO-9 exclusion-towns: settlements are meant, and no list says which."""

from __future__ import annotations

import re
from collections.abc import Iterator

from truceline.terms.base import names_in
from truceline.terms.lint.rule import Remark, Rule, in_every_text
from truceline.terms.model import Document, Provision
from truceline.terms.parts import parts_of
from truceline.terms.timed import excepted_names
from truceline.terms.where import Around, Places, Where

__all__ = ["RULE"]

_TOWNS = re.compile(
    r"\b(?:settlements|towns|villages|cities|"
    r"(?:populated|inhabited|built-up|residential) (?:areas|places|localities))\b",
    re.IGNORECASE,
)
_FIX = "list them under 'areas', each with its outline, and say whether the edge or the centre counts"


def _find(text: Document) -> Iterator[Remark]:
    for name, clause in text.provisions.items():
        said = next((match[0] for words in _free(clause, text) if (match := _TOWNS.search(words))), None)
        if said and not _has_list(clause, text):
            yield Remark(f"provisions.{name}", f"'{name}' speaks of '{said}' and does not list them", _FIX)


def _free(clause: Provision, text: Document) -> Iterator[str]:
    """Go through the words of a clause that name no entry of the terms."""
    grounds = [clause.where] if isinstance(clause.where, str) else []
    named = [*grounds, *excepted_names(clause.except_), *_areas_of(clause.where)]
    yield from (words for words in named if words not in text.areas and words not in text.zones)
    yield from (words for words in (clause.words, clause.what) if isinstance(words, str))


def _has_list(clause: Provision, text: Document) -> bool:
    ground = text.zones.get(clause.where) if isinstance(clause.where, str) else clause.where
    return any(place in text.areas for place in (*_areas_of(ground), *excepted_names(clause.except_)))


def _areas_of(ground: Where | None) -> Iterator[str]:
    for _, part in parts_of(ground):
        if isinstance(part, Places | Around):
            yield from part.places if isinstance(part, Places) else names_in(part.around)


RULE = Rule(
    "GEO-9",
    "exclusion-towns",
    "info",
    "practice: 'including from settlements', with a list in one accord and none in the next",
    "settlements are meant, and no list says which",
    in_every_text(_find),
    why=(
        'Weapons hide in towns, and people live there. "Out of the villages" is decided by a list and by the '
        "edge of each: without them every yard is outside to one side and inside to the other."
    ),
    mend="List them under `areas`, each with its outline, and name them in `places`.",
)

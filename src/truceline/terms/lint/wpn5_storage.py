"""WPN-5 storage: weapons leave, and nothing says where to."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.evidence.kinds import KINDS
from truceline.terms.lint.phrases import listed
from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.lint.topics import deeds, is_missing
from truceline.terms.model import Document, Provision
from truceline.terms.where import Around, Band

__all__ = ["RULE"]


def _find(text: Document) -> Iterator[Remark]:
    leaving = [name for name, clause in text.provisions.items() if _sends_weapons_away(clause, text)]
    if leaving and is_missing(text, "storage"):
        what = f"{listed(leaving)}: weapons are to leave, and nothing says where they are kept and who has the list"
        fix = (
            "agree on storage sites, an inventory and inspections; then every weapon is either there or unaccounted for"
        )
        yield Remark(f"provisions.{leaving[0]}.what", what, fix)


def _sends_weapons_away(clause: Provision, text: Document) -> bool:
    ground = text.zones.get(clause.where) if isinstance(clause.where, str) else clause.where
    weapons = any(_is_weapon(deed, text) for deed in deeds(clause))
    return weapons and clause.at_most == 0 and isinstance(ground, Band | Around)


def _is_weapon(deed: str, text: Document) -> bool:
    """Say whether a word names weapons; whatever is declared as a class or a make counts."""
    if deed in text.things or deed in text.models or deed == "weapon":
        return True
    return deed in KINDS and any(_is_weapon(above, text) for above in KINDS[deed].under)


RULE = Rule(
    "WPN-5",
    "storage",
    "warning",
    "practice: weapons missing from storage were the finding that could be made",
    "weapons leave, and nothing says where to",
    in_the_text(_find),
    why=(
        "A gun that left the zone can be back by night. Only one that stands in a known place, on a known "
        "list, can be missing."
    ),
    mend="Agree on storage sites with an inventory, and on inspections of both.",
    topics=("storage",),
)

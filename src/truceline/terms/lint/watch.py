"""Who checks a clause: by its own word, or by what a mechanism is charged with."""

from __future__ import annotations

from truceline.terms.base import names_in
from truceline.terms.lint.entries import free_words
from truceline.terms.lint.topics import deeds
from truceline.terms.model import Document, Mechanism, Provision
from truceline.terms.parts import parts_of

__all__ = ["OFTEN", "watchers"]

OFTEN = frozenset({"every", "how_often", "frequency", "counted", "on_request"})
"""What a mechanism may say about when it looks."""

_GROUND = ("inspects", "holds", "watches", "polices", "where")
_TASKS = ("does", "checks", "tasks")


def watchers(name: str, clause: Provision, text: Document) -> tuple[str, ...]:
    """Name who checks a clause: those of `verify`, else the mechanisms charged with its ground, its act or everything.

    A mechanism that names neither ground nor tasks is taken to be charged with everything.
    """
    stated = names_in(clause.verify)
    return stated or tuple(one for one, entry in text.mechanism.items() if _is_charged(entry, name, clause))


def _is_charged(entry: Mechanism, name: str, clause: Provision) -> bool:
    extra = entry.model_extra or {}
    grounds, tasks = ({*free_words([extra.get(key) for key in keys])} for keys in (_GROUND, _TASKS))
    if not grounds and not tasks:
        return True
    where = {part for _, part in parts_of(clause.where) if isinstance(part, str)}
    told = " ".join(tasks).replace("_", " ").casefold()
    called = (name, clause.title or name, *deeds(clause))
    return bool(where & grounds) or any(one.replace("_", " ").casefold() in told for one in called)

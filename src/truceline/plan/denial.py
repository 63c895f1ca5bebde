"""A denial, compiled: as to whom, or on what ground, a reading denies a rule."""

from __future__ import annotations

from truceline.plan.ground import ANYWHERE, Ground, compile_where
from truceline.plan.subject import members_of
from truceline.plan.tables import Any_, Scope
from truceline.terms.base import names_in
from truceline.terms.model import Reading

__all__ = ["compile_scope"]


def compile_scope(reading: Reading, ground: Ground) -> Scope | None:
    """Compile the scope of a reading's denials; None where it denies altogether.

    Every name adds to it, whether of actors or of ground. Words that are neither leave open whom the
    denial means: it may reach everybody, and surely reaches nobody.
    """
    text, names = ground.text, names_in(reading.scope)
    if not names:
        return None
    places = [name for name in names if name in text.areas or name in text.zones or name in ANYWHERE]
    whom = [text.sides[ground.side].who if name == "side.who" and ground.side else name for name in names]
    member, spells, undefined = members_of([name for name in whom if name not in places], text, ground.book)
    parts = tuple(compile_where(name, ground) for name in places)
    return Scope(member, spells, Any_(parts) if parts else None, undefined)

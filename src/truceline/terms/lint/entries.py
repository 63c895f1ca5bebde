"""What an entry of the terms says, however it is written."""

from __future__ import annotations

from truceline.terms.base import names_in
from truceline.terms.model import Party

__all__ = ["names_in", "roles_of"]


def roles_of(party: Party) -> tuple[str, ...]:
    """List the roles of a party, also where each speaker gives it another one.

    >>> roles_of(Party(role={"north": "mediator", "south": "party"}))
    ('mediator', 'party')
    """
    return tuple(party.role.values()) if isinstance(party.role, dict) else names_in(party.role)

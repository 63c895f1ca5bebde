"""One name or a list of them: the language lets both stand."""

from __future__ import annotations

from truceline.terms.model import Party

__all__ = ["names_in", "roles_of"]


def names_in(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Give one name, several or none as a tuple.

    >>> names_in("river"), names_in(None)
    (('river',), ())
    """
    return (value,) if isinstance(value, str) else value or ()


def roles_of(party: Party) -> tuple[str, ...]:
    """List the roles of a party, also where each speaker gives it another one.

    >>> roles_of(Party(role={"north": "mediator", "south": "party"}))
    ('mediator', 'party')
    """
    return tuple(party.role.values()) if isinstance(party.role, dict) else names_in(party.role)

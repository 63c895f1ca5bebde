"""What an entry of the terms says, however it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from truceline.terms.base import names_in
from truceline.terms.model import Party

__all__ = ["free_words", "names_in", "roles_of"]


def roles_of(party: Party) -> tuple[str, ...]:
    """List the roles of a party, also where each speaker gives it another one.

    >>> roles_of(Party(role={"north": "mediator", "south": "party"}))
    ('mediator', 'party')
    """
    return tuple(party.role.values()) if isinstance(party.role, dict) else names_in(party.role)


def free_words(value: object, *, keys: bool = False) -> Iterator[str]:
    """Go through the words in lists and mappings that the language keeps as written; with `keys` their keys too.

    >>> [*free_words({"by": ["north", {"chair": "south"}]}, keys=True)]
    ['by', 'north', 'chair', 'south']
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, below in value.items():
            if keys:
                yield str(key)
            yield from free_words(below, keys=keys)
    elif isinstance(value, list | tuple):
        for below in value:
            yield from free_words(below, keys=keys)

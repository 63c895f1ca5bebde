"""Who said it: a person, an office or a body, named, or unnamed with a description."""

from __future__ import annotations

from dataclasses import dataclass

from truceline.evidence.names import bodies_may_be_one, people_may_be_one

__all__ = ["Speaker", "differ", "may_be_one", "words_of"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker as a source gives him; empty words are not stated.

    Named is who has a name of his own: a person, or a body that speaks as such. Everybody else is unnamed,
    however well described: those who ask not to be named also choose how they are described.

    >>> Speaker(person="Ada North", body="Northbank").named, Speaker(body="Northbank", description="official").named
    (True, False)
    """

    person: str = ""
    office: str = ""
    body: str = ""
    description: str = ""

    @property
    def named(self) -> bool:
        """Whether it is known who this is."""
        return bool(self.person) or bool(self.body and not self.office and not self.description)

    def __str__(self) -> str:
        """Write it in one line.

        >>> print(Speaker(description="official", body="Southbank"))
        official (unnamed), Southbank
        """
        if self.person:
            return ", ".join(filter(None, (self.person, self.office, self.body)))
        said = self.description or self.office
        return ", ".join(filter(None, (f"{said} (unnamed)" if said else "", self.body)))


def may_be_one(one: Speaker, other: Speaker) -> bool:
    """Say whether two named speakers may be one; a body and a person may be, unless he is of another body.

    >>> may_be_one(Speaker(person="Ada North"), Speaker(body="Northbank"))
    True
    >>> may_be_one(Speaker(person="Ada North", body="Southbank"), Speaker(body="Northbank"))
    False
    """
    if one.person and other.person:
        return people_may_be_one(one.person, other.person)
    return not (one.body and other.body) or bodies_may_be_one(one.body, other.body)


def differ(one: tuple[Speaker, ...], other: tuple[Speaker, ...]) -> bool:
    """Say whether two accounts contradict each other over who said it; an account that names nobody does not.

    >>> differ((Speaker(description="official", body="Northbank"),), (Speaker(description="aide", body="Southbank"),))
    True
    >>> differ((Speaker(description="official"),), (Speaker(description="diplomat"),))
    False
    """
    return bool(one and other) and all(_differ(a, b) for a in one for b in other)


def _differ(one: Speaker, other: Speaker) -> bool:
    if one.person and other.person:
        return not people_may_be_one(one.person, other.person)
    return bool(one.body and other.body) and not bodies_may_be_one(one.body, other.body)


def words_of(speakers: tuple[Speaker, ...]) -> str:
    """Write who said it in one line; "?" where nobody says.

    >>> words_of(()), words_of((Speaker(person="Ada North"), Speaker(person="Bo South")))
    ('?', 'Ada North; Bo South')
    """
    return "; ".join(map(str, speakers)) or "?"

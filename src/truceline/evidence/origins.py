"""The independent origins behind a claim: how many people, at the least, must have said it.

A carrier is no origin, however many there are. The number given is never above the truth, provided that
what is stated holds: that a chain names its carriers in their order, or says "?", and that a named
speaker did speak, unless another account of the same telling has it from somebody else. Why so:
docs/concepts/origins.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from truceline.evidence.chain import UNKNOWN, carriers_of
from truceline.evidence.figures import same_figure
from truceline.evidence.hearings import Hearing, groups_of, hearings
from truceline.evidence.names import key_of
from truceline.evidence.speaker import Speaker, differ, words_of
from truceline.evidence.statement import Statement

__all__ = ["Conflict", "Origin", "Origins", "Voice", "origins"]


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker as heard by one first carrier, and all the statements that pass it on.

    `first` : the first carriers by name, "?" where not known, none where no carrier is stated.
    """

    speakers: tuple[Speaker, ...]
    first: tuple[str, ...]
    statements: tuple[str, ...]

    def __str__(self) -> str:
        """Write it in one line.

        >>> print(Voice((Speaker(person="Ada North"),), ("Agency",), ("n-1", "n-2")))
        Ada North, via Agency [n-1, n-2]
        """
        via = f", via {', '.join(self.first)}" if self.first else ""
        return f"{words_of(self.speakers)}{via} [{', '.join(self.statements)}]"


@dataclass(frozen=True, slots=True)
class Origin:
    """One origin: all the voices that may go back to one saying; `named` where somebody named stands behind it.

    `least` is mostly 1. It is more where the voices cannot be told apart, and still no one person accounts for all.
    """

    voices: tuple[Voice, ...]
    named: bool
    least: int = 1

    @property
    def statements(self) -> tuple[str, ...]:
        """The ids of all statements that rest on it."""
        return tuple(sorted(name for voice in self.voices for name in voice.statements))


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two outlets credit the same to different speakers: both voices, and what speaks for one saying."""

    one: Voice
    other: Voice
    why: str


@dataclass(frozen=True, slots=True)
class Origins:
    """What is behind a claim.

    `origins` : those that surely are different; `loose` : voices that may be any of them, and count for nothing.
    `conflicts` : who said it is told in two ways. `circles` : carriers that have it from one another, by name.
    """

    origins: tuple[Origin, ...]
    loose: tuple[Voice, ...]
    conflicts: tuple[Conflict, ...]
    circles: tuple[tuple[str, ...], ...]

    @property
    def count(self) -> int:
        """How many independent origins there are at the least; 0 if the claim rests on nothing but itself."""
        return sum(origin.least for origin in self.origins)


def origins(statements: Iterable[Statement], *, known_as: Mapping[str, str] | None = None) -> Origins:
    """Find the independent origins of what some statements have in common.

    Parameters
    ----------
    statements : iterable of Statement
        Those of one claim, in any order; of two with one id the first counts.
    known_as : mapping of str to str
        Other names of carriers and people: the name to use instead.

    Returns
    -------
    Origins
        `count` is never more than the fewest people who can account for all the statements: a speaker who
        is not named may be anybody; a named one may be whoever another account puts at the same telling.

    Examples
    --------
    >>> from truceline.evidence.statement_words import read_statement
    >>> chains = ["Ada North>Agency>Gazette", "Ada North>Agency>Herald", "?>Herald", "Bo South>Wire"]
    >>> said = [read_statement({"id": str(n), "chain": chain, "stance": "states"}, "")[0]
    ...         for n, chain in enumerate(chains)]
    >>> found = origins(said)
    >>> found.count, [str(voice) for voice in found.origins[0].voices]
    (2, ['Ada North, via Agency [0, 1]'])
    >>> print(*found.loose)
    ?, via Herald [2]
    """
    renamed = {key_of(name): other for name, other in (known_as or {}).items()}
    said = sorted({each.id: each for each in reversed(list(statements))}.values(), key=lambda each: each.id)
    graph = carriers_of((each.chain for each in said), renamed)
    heard = hearings(said, graph, renamed)
    circles = graph.circles()
    if heard and all(_in_a_circle(each, {key_of(name) for circle in circles for name in circle}) for each in heard):
        return Origins((), tuple(map(_voice, heard)), (), circles)
    groups, least = groups_of(heard)
    found = tuple(
        _origin([each for each, mine in zip(heard, groups, strict=True) if mine == group], people)
        for group, people in enumerate(least)
    )
    loose = tuple(_voice(each) for each, group in zip(heard, groups, strict=True) if group is None)
    return Origins(found, loose, tuple(_conflicts(heard, groups)), circles)


def _in_a_circle(hearing: Hearing, circles: set[str]) -> bool:
    """Say whether nobody said it, and those who heard it first have it from one another."""
    return not hearing.speakers and bool(hearing.keys) and hearing.keys <= circles


def _origin(heard: Sequence[Hearing], least: int) -> Origin:
    return Origin(tuple(map(_voice, heard)), any(each.statements[0].named for each in heard), least)


def _voice(hearing: Hearing) -> Voice:
    """Tell a hearing in the words of the first statement that has it."""
    first = hearing.statements[0]
    carriers = tuple(map(str, first.chain.first))
    return Voice(first.speakers, carriers, tuple(each.id for each in hearing.statements))


def _conflicts(heard: Sequence[Hearing], groups: Sequence[int | None]) -> Iterator[Conflict]:
    """Find the pairs of voices that were not counted apart although they name speakers who differ."""
    for (one, mine), (other, its) in combinations(zip(heard, groups, strict=True), 2):
        counted_apart = mine is not None and its is not None and mine != its
        if counted_apart or one.publishers & other.publishers or not differ(one.speakers, other.speakers):
            continue
        if why := _one_saying(one, other):
            yield Conflict(_voice(one), _voice(other), why)


def _one_saying(one: Hearing, other: Hearing) -> str:
    """Say what speaks for one saying behind two voices: the same figure, or a carrier above both."""
    for a in one.statements:
        for b in other.statements:
            if a.value and b.value and same_figure(a.value, b.value):
                return "the same figure" if a.value == b.value else f"the same figure, {a.value} and {b.value}"
    above = (one.above & other.above) - {UNKNOWN}
    return "a carrier above both" if above else ""

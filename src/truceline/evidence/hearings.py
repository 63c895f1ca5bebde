"""Who was heard by whom, and which of these hearings may be one: what `origins` counts with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from truceline.evidence.chain import UNKNOWN, Carriers
from truceline.evidence.names import key_of
from truceline.evidence.speaker import Speaker, may_be_one
from truceline.evidence.statement import Statement

__all__ = ["Hearing", "Merging", "fewest", "groups_of", "hearings", "one_telling"]

_MOST_TRIED = 20


@dataclass(frozen=True, slots=True)
class Hearing:
    """One speaker as heard by the same first carriers, with the statements that pass it on.

    `keys` : the first carriers, folded. `above` : they and all from whom they may have it.
    `firm` : the speakers are named and the first carriers are certain.
    `publishers` : those with whom the statements were read, folded.
    `solid` : firm, and the first carrier itself was read, with nobody above it.
    """

    speakers: tuple[Speaker, ...]
    statements: tuple[Statement, ...]
    keys: frozenset[str]
    above: frozenset[str]
    publishers: frozenset[str]
    firm: bool
    solid: bool


def hearings(statements: Iterable[Statement], graph: Carriers, known_as: Mapping[str, str]) -> tuple[Hearing, ...]:
    """Sort statements by who was heard by whom, in the order in which each hearing first comes."""
    found: dict[tuple[object, ...], list[Statement]] = {}
    for each in statements:
        speakers = tuple(_renamed(speaker, known_as) for speaker in each.speakers)
        firsts = tuple(sorted({_key(carrier.name, known_as) for carrier in each.chain.first}))
        sure = all(carrier.known for carrier in each.chain.first)
        found.setdefault((_identity(speakers), firsts, sure), []).append(each)
    return tuple(_hearing(tuple(said), graph, known_as) for said in found.values())


def one_telling(one: Hearing, other: Hearing) -> bool:
    """Say whether two hearings may go back to one telling: those who heard it may have it from one carrier."""
    return UNKNOWN in one.above | other.above or bool(one.above & other.above)


def groups_of(heard: Sequence[Hearing]) -> tuple[list[int | None], list[int]]:
    """Join the hearings that are not surely of different speakers, and count how many people each group needs.

    Returns
    -------
    groups : list of int or None
        The group of each hearing; None where it may be of several groups, and so needs nobody of its own.
    least : list of int
        For each group, the fewest people who can account for all its hearings; mostly 1.

    Notes
    -----
    A solid hearing is of its speaker. Any other firm one is of its speaker, or of one who is named for the
    same telling. All others may be of anybody. Whoever is on a list accounts for every list that holds it, so only the
    lists that hold no other one count; those without anybody in common are apart.
    """
    people = _people(heard)
    lists = {number: _may_be_of(number, heard, people) for number, each in enumerate(heard) if each.firm}
    if not lists:
        return [0] * len(heard), [1] * min(1, len(heard))
    needed = [one for one in dict.fromkeys(lists.values()) if not any(other < one for other in lists.values())]
    joined = Merging(len(heard))
    for some in needed:
        for person in some:
            joined.join(min(some), person)
    roots = {root: group for group, root in enumerate(sorted({joined.root(min(some)) for some in needed}))}
    least = [fewest([some for some in needed if joined.root(min(some)) == root]) for root in roots]
    of = {person: roots[joined.root(person)] for some in needed for person in some}
    return [_group(number, heard, people, lists, of) for number in range(len(heard))], least


def fewest(lists: Iterable[frozenset[int]]) -> int:
    """Count the fewest numbers of which each list holds one; 1 where more than twenty numbers would have to be tried.

    >>> fewest(map(frozenset, [{1, 2}, {2, 3}, {3, 4}])), fewest(map(frozenset, [{1, 2}, {2, 3}]))
    (2, 1)
    """
    left = sorted(lists, key=lambda some: (len(some), sorted(some)))
    if len(frozenset().union(*left)) > _MOST_TRIED:
        return 1
    return next(size for size in range(len(left) + 1) if _enough(left, size))


def _enough(lists: Sequence[frozenset[int]], size: int) -> bool:
    """Say whether so many numbers are enough: one of the first list is among them."""
    if not lists or not size:
        return not lists
    return any(_enough([some for some in lists if one not in some], size - 1) for one in sorted(lists[0]))


def _people(heard: Sequence[Hearing]) -> list[int]:
    """Give each firm hearing the number of its person: names that may be one person's have one number."""
    names = Merging(len(heard))
    for number, each in enumerate(heard):
        for other in range(number):
            if each.firm and heard[other].firm and _may_be_one(each, heard[other]):
                names.join(number, other)
    return [names.root(number) for number in range(len(heard))]


def _may_be_of(number: int, heard: Sequence[Hearing], people: Sequence[int]) -> frozenset[int]:
    mine = heard[number]
    same = (k for k, each in enumerate(heard) if each.firm and not mine.solid and one_telling(mine, each))
    return frozenset({people[number], *(people[k] for k in same)})


class Merging:
    """Numbers that are joined into sets: union-find with the least number of each set as its root.

    >>> sets = Merging(3)
    >>> sets.join(2, 0)
    >>> [sets.root(number) for number in range(3)]
    [0, 1, 0]
    """

    def __init__(self, count: int) -> None:
        """Begin with each number alone."""
        self._up = list(range(count))

    def root(self, number: int) -> int:
        """Find the least number of the set, and shorten the way to it."""
        while self._up[number] != number:
            self._up[number] = self._up[self._up[number]]
            number = self._up[number]
        return number

    def join(self, one: int, other: int) -> None:
        """Join the sets of two numbers."""
        low, high = sorted((self.root(one), self.root(other)))
        self._up[high] = low


def _group(
    number: int,
    heard: Sequence[Hearing],
    people: Sequence[int],
    lists: Mapping[int, frozenset[int]],
    of: Mapping[int, int],
) -> int | None:
    """Place one hearing: by its speaker, else with the one group to which its list, carriers and speakers lead."""
    mine = heard[number]
    if number in lists and people[number] in of:
        return of[people[number]]
    like = {of[person] for person in lists.get(number, ()) if person in of}
    for other in lists:
        if people[other] in of and (mine.keys & heard[other].keys - {UNKNOWN} or _may_be_one(mine, heard[other])):
            like.add(of[people[other]])
    return like.pop() if len(like) == 1 else None


def _hearing(said: tuple[Statement, ...], graph: Carriers, known_as: Mapping[str, str]) -> Hearing:
    speakers = tuple(_renamed(speaker, known_as) for speaker in said[0].speakers)
    keys = frozenset(_key(carrier.name, known_as) for carrier in said[0].chain.first)
    own = {_key(speaker.person or speaker.body, known_as) for speaker in speakers} & graph.names.keys()
    above = graph.sources_of(keys | own)
    publishers = frozenset(_key(carrier.name, known_as) for each in said for carrier in each.chain.publisher)
    firm = said[0].named and all(carrier.known for carrier in said[0].chain.first)
    first_hand = any(len(each.chain.steps) <= 1 for each in said)
    return Hearing(speakers, said, keys, above, publishers, firm, firm and first_hand and above <= keys)


def _may_be_one(one: Hearing, other: Hearing) -> bool:
    """Say whether two hearings name somebody who may be the same."""
    return any(a.named and b.named and may_be_one(a, b) for a in one.speakers for b in other.speakers)


def _identity(speakers: tuple[Speaker, ...]) -> tuple[tuple[str, ...], ...]:
    words = ((each.person, each.office, each.body, each.description) for each in speakers)
    return tuple(sorted(tuple(key_of(word) for word in (four[:1] if four[0] else four)) for four in words))


def _renamed(speaker: Speaker, known_as: Mapping[str, str]) -> Speaker:
    person, body = (known_as.get(key_of(word), word) for word in (speaker.person, speaker.body))
    return replace(speaker, person=person, body=body)


def _key(name: str, known_as: Mapping[str, str]) -> str:
    return key_of(known_as.get(key_of(name), name))

"""Judgements: what named people decided about reports and statements, when and why. They are never rewritten.

A judgement is reversed by a later one. Where several contradict each other, none is chosen in silence: the
contradiction is part of the answer.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, get_args

from truceline.basics.time import Span
from truceline.errors import Fault
from truceline.evidence.hearings import Merging
from truceline.evidence.statement_codes import fault_of

__all__ = [
    "Answer",
    "Contest",
    "Grouping",
    "Judgement",
    "JudgementKind",
    "faults_of",
    "grouped",
    "judgement_faults",
    "known",
    "standing",
]

JudgementKind = Literal["same", "not_same", "member", "attribution"]
Answer = Literal["yes", "no", "unsure"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision.

    `kind` : "same" and "not_same" are about all pairs of `about`; "member" says whether the actor `about` is in the
    set `what`; "attribution" whether the actor `what` did, or the speaker `what` said, what `about` tells.
    `by` : the person or role that decided; `decided` : when; `why` : the reasons.
    `replaces` : the judgement that this one takes the place of, if any.
    """

    id: str
    kind: JudgementKind
    about: tuple[str, ...]
    by: str
    decided: Span
    why: str
    what: str = ""
    answer: Answer = "yes"
    replaces: str = ""

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs it is about, each in order."""
        return tuple(combinations(sorted(set(self.about)), 2))


@dataclass(frozen=True, slots=True)
class Contest:
    """A pair on which standing judgements contradict each other; `joined` : whether it is in one group all the same."""

    one: str
    other: str
    joined: bool
    judgements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """What was judged to be one, directly or through others, and what is contested about it.

    A group with a contest is one for those who joined it, and is not one for the others.
    """

    groups: tuple[tuple[str, ...], ...]
    contests: tuple[Contest, ...]

    def contested(self, group: tuple[str, ...]) -> bool:
        """Say whether somebody sees a group otherwise."""
        return any(each.joined and {each.one, each.other} <= set(group) for each in self.contests)


def judgement_faults(judgements: Sequence[Judgement], at: str) -> tuple[Fault, ...]:
    """List everything that is wrong with some judgements, in the order in which they were given.

    >>> print(*judgement_faults([Judgement("j-1", "same", ("n-1",), "desk officer", Span(0, 1), "")], "desk.csv"))
    desk.csv j-1: TL-S403 who decided, or why, is missing; name the person or role, and give the reasons desk.csv j-1:
    TL-S404 the judgement does not fit its kind: same is about two or more; see docs/concepts/origins.md
    """
    before: set[str] = set()
    found: list[Fault] = []
    for each in judgements:
        found.extend(faults_of(each, before, f"{at} {each.id}"))
        before.add(each.id)
    return tuple(found)


def known(judgements: Iterable[Judgement], as_known: Span | None = None) -> tuple[Judgement, ...]:
    """List the judgements that were known on a day and stood then: decided by its end, and not replaced by then."""
    there = [each for each in judgements if as_known is None or each.decided.end_us <= as_known.end_us]
    replaced = {each.replaces for each in there}
    return tuple(sorted((each for each in there if each.id not in replaced), key=lambda each: each.id))


def standing(judgements: Iterable[Judgement], as_known: Span | None = None) -> tuple[Judgement, ...]:
    """List the judgements on membership and attribution that stand side by side: the latest of each person on each.

    >>> said = [Judgement("j-1", "member", ("scouts",), "officer", Span(0, 1), "badge", "army", "yes"),
    ...         Judgement("j-2", "member", ("scouts",), "officer", Span(2, 3), "the badge was old", "army", "unsure")]
    >>> [each.answer for each in standing(said)], [each.answer for each in standing(said, Span(0, 1))]
    (['unsure'], ['yes'])
    """
    there = [each for each in known(judgements, as_known) if each.kind in ("member", "attribution")]
    return tuple(each for each in there if not any(_overrules(other, each) for other in there))


def grouped(judgements: Iterable[Judgement], as_known: Span | None = None) -> Grouping:
    """Group what was judged to be the same.

    Parameters
    ----------
    judgements : iterable of Judgement
        In any order; only "same" and "not_same" are looked at.
    as_known : Span, optional
        Only judgements decided by the end of this time.

    Returns
    -------
    Grouping
        Groups of two or more. A pair is joined by the latest judgement on it. It is contested if somebody else
        saw it otherwise and has not taken that back, if it cannot be told which judgement is the latest (then
        it is not joined), or if it was judged not to be the same and is joined through others.

    Examples
    --------
    >>> said = [Judgement("j-1", "same", ("a", "b"), "officer", Span(0, 1), "one shot, two logs"),
    ...         Judgement("j-2", "same", ("b", "c"), "officer", Span(0, 1), "same hour"),
    ...         Judgement("j-3", "not_same", ("b", "c"), "officer", Span(5, 6), "the hour was wrong")]
    >>> grouped(said).groups, grouped(said, Span(0, 2)).groups
    ((('a', 'b'),), (('a', 'b', 'c'),))
    """
    on: dict[tuple[str, str], list[Judgement]] = {}
    for each in known(judgements, as_known):
        for pair in each.pairs if each.kind in ("same", "not_same") else ():
            on.setdefault(pair, []).append(each)
    names = sorted({name for pair in on for name in pair})
    number = {name: place for place, name in enumerate(names)}
    sets = Merging(len(names))
    for (one, other), said in on.items():
        if {each.kind for each in _latest(said)} == {"same"}:
            sets.join(number[one], number[other])
    groups: dict[int, list[str]] = {}
    for name in names:
        groups.setdefault(sets.root(number[name]), []).append(name)
    contests = []
    for (one, other), said in sorted(on.items()):
        joined = sets.root(number[one]) == sets.root(number[other])
        if against := _against(said, joined=joined):
            contests.append(Contest(one, other, joined, against))
    return Grouping(tuple(tuple(group) for group in groups.values() if len(group) > 1), tuple(contests))


def _latest(said: Sequence[Judgement]) -> list[Judgement]:
    """List the judgements on a pair than which none is surely later."""
    return [each for each in said if not any(_after(other, each) for other in said)]


def _against(said: Sequence[Judgement], *, joined: bool) -> tuple[str, ...]:
    """List the judgements that stand on a pair, if they contradict each other or what came of them."""
    stand = [each for each in said if not any(other.by == each.by and _after(other, each) for other in said)]
    kinds = {each.kind for each in stand}
    return tuple(each.id for each in stand) if len(kinds) > 1 or (joined and "not_same" in kinds) else ()


def _after(one: Judgement, other: Judgement) -> bool:
    """Say whether a judgement is surely later than another."""
    return one.decided.start_us >= other.decided.end_us and one.decided.end_us > other.decided.start_us


def _overrules(one: Judgement, other: Judgement) -> bool:
    """Say whether one is a later judgement of the same person on the same question."""
    same = (one.kind, one.about, one.what, one.by) == (other.kind, other.about, other.what, other.by)
    return same and _after(one, other)


def faults_of(each: Judgement, before: Container[str], where: str) -> Iterator[Fault]:
    """List what is wrong with one judgement; `before` holds the ids of all earlier ones, which it may replace."""
    if not each.by.strip() or not each.why.strip():
        yield fault_of("TL-S403", where)
    if each.kind in ("same", "not_same"):
        if not each.pairs:
            yield fault_of("TL-S404", where, f"{each.kind} is about two or more")
    elif each.kind not in get_args(JudgementKind) or each.answer not in get_args(Answer):
        yield fault_of("TL-S404", where, f"{each.kind!r}, {each.answer!r}")
    elif len(each.about) != 1 or not each.what:
        yield fault_of("TL-S404", where, f"{each.kind} is about one, and names another in 'what'")
    if each.replaces and each.replaces not in before:
        yield fault_of("TL-S405", where, repr(each.replaces))

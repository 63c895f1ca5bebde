"""How many over several reports, as an interval: surely so many at one time, possibly so many.

Two reports tell of different things that were there at one time if people judged so (`not_same`); of dates alone
nothing is concluded. Nothing bounds a number from above but a complete watch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from truceline.basics.time import Span
from truceline.evidence.judgement import Grouping, Judgement, grouped, known
from truceline.judge.verdict import Verdict
from truceline.plan.tables import Kind

__all__ = ["Apart", "Sighting", "Together", "apart_of", "of_ceiling", "of_floor", "of_number", "together"]

LOOKS = 1_000_000
"""So many looks at reports are taken to find the largest sum; where that is not enough, what is found is surely there,
and there may be more."""
LARGEST = 4096
"""Of more reports than these that hang together by judgements only those with the largest numbers are looked at."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One report that counts for a rule: at least `lo`, at some instant in [`start_us`, `end_us`); None: no date.

    `hidden` : it is protected, and its time is not told.
    """

    report: str
    lo: int
    start_us: int | None = None
    end_us: int | None = None
    hidden: bool = False

    def may_lie_in(self, span: Span) -> bool:
        """Say whether a time may be that of the report; one without a date may be of any.

        >>> Sighting("a", 1, 5, 5).may_lie_in(Span(5, 9)), Sighting("a", 1, 0, 5).may_lie_in(Span(5, 9))
        (True, False)
        """
        if self.start_us is None or self.end_us is None:
            return True
        return (
            self.start_us < max(span.end_us, span.start_us + 1) and max(self.end_us, self.start_us + 1) > span.start_us
        )


@dataclass(frozen=True, slots=True)
class Apart:
    """What people judged about pairs of reports.

    `others` : for each report those that tell of other things, there at the same time. `groups` : the reports that
    tell of the same, each with the name of its group. `judgements` : by id, sets of reports of which it says that every
    two tell of different things, but for those of one group.
    """

    others: Mapping[str, frozenset[str]] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    judgements: Mapping[str, tuple[frozenset[str], ...]] = field(default_factory=dict)

    def judged(self, reports: Iterable[str]) -> tuple[str, ...]:
        """Name the judgements that tell some of these reports apart, of which every two are."""
        chosen = frozenset(reports)
        return tuple(sorted(
            name for name, parts in self.judgements.items() if any(len(chosen & part) > 1 for part in parts)
        ))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Together:
    """So many were surely there at one time: the reports that count together, and the judgements that let them.

    `cut` : not every sum was looked at, and a larger one may be there.
    """

    lo: int = 0
    sightings: tuple[Sighting, ...] = ()
    judgements: tuple[str, ...] = ()
    cut: bool = False

    @property
    def is_hidden(self) -> bool:
        """Say whether one of the reports is protected."""
        return any(one.hidden for one in self.sightings)

    @property
    def apart_us(self) -> int:
        """For how long none of the reports was: by so much one surely comes after another; 0 if protected."""
        if self.is_hidden:
            return 0
        starts, ends = ([getattr(one, name) for one in self.sightings] for name in ("start_us", "end_us"))
        latest = max((at for at in starts if at is not None), default=0)
        return max(latest - min((at for at in ends if at is not None), default=latest), 0)

    @property
    def span_us(self) -> tuple[int | None, int | None]:
        """From when to when the reports lie; None where one of them states no date, or is protected."""
        starts, ends = ([getattr(one, name) for one in self.sightings] for name in ("start_us", "end_us"))
        dated = bool(starts) and None not in (*starts, *ends) and not self.is_hidden
        return (min(starts), max(ends)) if dated else (None, None)


def apart_of(judgements: Iterable[Judgement]) -> Apart:
    """Say which reports were judged to tell of different things; what is contested says nothing.

    What was judged to be the same shares its judgements: if a is b, and b is not c, then a is not c.

    Examples
    --------
    >>> from truceline.basics.time import Span
    >>> said = [Judgement("j-1", "same", ("a", "b"), "officer", Span(0, 1), "one patrol, two logs"),
    ...         Judgement("j-2", "not_same", ("b", "c"), "officer", Span(0, 1), "seen at once from the hill")]
    >>> found = apart_of(said)
    >>> sorted(found.others["a"]), found.judged(["a", "c"]), sorted(found.groups)
    (['c'], ('j-2',), ['a', 'b'])
    """
    standing = tuple(each for each in known(judgements) if each.kind in ("same", "not_same"))
    grouping = grouped(_about_the_same(standing))
    members = _members(grouping)
    contested = {pair for each in grouping.contests for pair in ((each.one, each.other), (each.other, each.one))}
    others: dict[str, set[str]] = {}
    said: dict[str, tuple[frozenset[str], ...]] = {}
    for each in standing:
        if each.kind == "not_same":
            parts = tuple(_told_apart(sorted(set(each.about)), members, contested))
            said[each.id] = parts
            for part in parts:
                for name in part:
                    others.setdefault(name, set()).update(part.difference(members.get(name, (name,))))
    for one, other in contested:
        others.get(one, set()).discard(other)
    groups = {name: group[0] for name, group in members.items()}
    return Apart({name: frozenset(all_) for name, all_ in others.items()}, groups, said)


def _about_the_same(standing: Sequence[Judgement]) -> Iterator[Judgement]:
    """Leave only what bears on groups: of "not the same" the pairs that somebody may have taken for the same."""
    named = {name for each in standing if each.kind == "same" for name in each.about}
    for each in standing:
        about = each.about if each.kind == "same" else tuple(name for name in each.about if name in named)
        if len(set(about)) > 1:
            yield replace(each, about=about)


def _members(grouping: Grouping) -> dict[str, tuple[str, ...]]:
    """Give the group of each report that is in one, and in one that nobody sees otherwise."""
    certain = (group for group in grouping.groups if not grouping.contested(group))
    return {name: group for group in certain for name in group}


def _told_apart(
    names: Sequence[str], members: Mapping[str, tuple[str, ...]], contested: set[tuple[str, str]]
) -> Iterator[frozenset[str]]:  # fmt: skip
    """Give the sets of reports that one judgement tells apart, with those that tell of the same as one named."""
    everybody = {name: frozenset(members.get(name, (name,))) for name in names}
    doubted = {one for one, other in contested if one in everybody and other in everybody}
    yield frozenset().union(*(everybody[name] for name in names if name not in doubted))
    yield from (everybody[one] | everybody[other] for one in sorted(doubted) for other in names
                if one != other and (one, other) not in contested)  # fmt: skip


def together(sightings: Iterable[Sighting], apart: Apart) -> Together:
    """Find the largest number that was surely there at one time.

    Parameters
    ----------
    sightings : iterable of Sighting
        Reports that surely count, in any order.
    apart : Apart

    Returns
    -------
    Together
        The largest sum over reports of which every two were judged to tell of different things; or the largest
        single number. Of equal sums it is the same one in whatever order the reports come. The search is bounded
        (`LOOKS`, `LARGEST`): where it is `cut`, the number is surely there, and a larger one may be.

    Examples
    --------
    >>> apart = Apart({"a": frozenset({"c"}), "c": frozenset({"a"})}, {}, {"j-2": (frozenset({"a", "c"}),)})
    >>> found = together([Sighting("a", 40), Sighting("b", 50), Sighting("c", 40)], apart)
    >>> found.lo, [one.report for one in found.sightings], found.judgements
    (80, ['a', 'c'], ('j-2',))
    """
    best = _Best(LOOKS)
    for cluster in _clusters(sorted(sightings, key=lambda one: (-one.lo, one.report)), apart):
        best = _largest(cluster, apart, best)
    chosen = tuple(sorted(best.chosen, key=lambda one: one.report))
    return Together(max(best.total, 0), chosen, apart.judged(one.report for one in chosen), best.cut)


@dataclass(frozen=True, slots=True)
class _Best:
    """How many looks are left, the largest sum so far, what makes it up, and whether something was not looked at."""

    looks: int
    total: int = -1
    chosen: tuple[Sighting, ...] = ()
    cut: bool = False


def _clusters(order: Sequence[Sighting], apart: Apart) -> Iterator[list[Sighting]]:
    """Part reports so that no two of different parts were told apart: they never count together."""
    place = {one.report: at for at, one in enumerate(order)}
    left = set(place)
    for one in order:
        found, edge = set[str](), {one.report} & left
        while edge:
            left -= edge
            found |= edge
            edge = set().union(*(apart.others.get(name, frozenset()) & left for name in edge))
        if found:
            yield [order[at] for at in sorted(place[name] for name in found)]


def _largest(cluster: Sequence[Sighting], apart: Apart, best: _Best) -> _Best:
    """Look for a larger sum in one cluster, the largest numbers first: each report is taken, or left.

    Sets of reports are the bits of a number. What cannot exceed the best is not looked at.
    """
    some = cluster[:LARGEST]
    lows = [one.lo for one in some]
    near = _nearby(some, apart)
    looks, total, chosen = best.looks, best.total, best.chosen
    if lows[0] > total:  # found in any case
        total, chosen = lows[0], (some[0],)
    # What may be reached, what is taken (with how much it is), and what is left to be taken or not.
    waiting: list[tuple[int, int, tuple[int, ...], int]] = [(sum(lows), 0, (), (1 << len(some)) - 1)]
    while waiting and looks > 0:
        reach, taken, which, left = waiting.pop()
        if reach <= total:
            continue
        if which and taken > total:
            total, chosen = taken, tuple(some[at] for at in which)
        if left:
            first = (left & -left).bit_length() - 1
            behind = left & (left - 1)
            beside = behind & near[first]
            lost = behind ^ beside
            looks -= 1 + lost.bit_count()
            waiting.append((reach - lows[first], taken, which, behind))
            waiting.append((reach - _sum_of(lost, lows), taken + lows[first], (*which, first), beside))
    missed = len(cluster) > LARGEST or any(reach > total for reach, *_ in waiting)
    return _Best(looks, total, chosen, best.cut or missed)


def _nearby(some: Sequence[Sighting], apart: Apart) -> list[int]:
    """Give for each report, as bits, those behind it that were told apart from it."""
    place = {one.report: at for at, one in enumerate(some)}
    near = []
    for at, one in enumerate(some):
        marks = bytearray(len(some))
        for name in apart.others.get(one.report, frozenset()) & place.keys():
            marks[place[name]] = place[name] > at
        near.append(int.from_bytes(np.packbits(np.frombuffer(marks, np.uint8), bitorder="little").tobytes(), "little"))
    return near


def _sum_of(bits: int, lows: Sequence[int]) -> int:
    """Add the numbers of the reports whose bits are set."""
    total = 0
    while bits:
        total += lows[(bits & -bits).bit_length() - 1]
        bits &= bits - 1
    return total


def of_ceiling(lo: int, hi: int | None, limit: int) -> Verdict:
    """Judge "at most N": broken if surely more, kept if at most so many; `hi` None has no bound.

    >>> of_ceiling(76, None, 75).name, of_ceiling(60, 75, 75).name, of_ceiling(60, None, 75).name
    ('VIOLATION', 'NO_VIOLATION', 'INDETERMINATE')
    """
    if lo > limit:
        return Verdict.VIOLATION
    return Verdict.NO_VIOLATION if hi is not None and hi <= limit else Verdict.INDETERMINATE


def of_floor(lo: int, hi: int | None, limit: int) -> Verdict:
    """Judge "at least N": kept if surely so many, broken if at most fewer.

    >>> of_floor(12, None, 12).name, of_floor(3, 11, 12).name, of_floor(3, None, 12).name
    ('NO_VIOLATION', 'VIOLATION', 'INDETERMINATE')
    """
    if lo >= limit:
        return Verdict.NO_VIOLATION
    return Verdict.VIOLATION if hi is not None and hi < limit else Verdict.INDETERMINATE


def of_number(kind: Kind, lo: int, hi: int | None, *limits: int) -> Verdict:
    """Judge a number by what the rule asks: at least so many, or at most; of several `limits` any may be meant.

    >>> of_number(Kind.CEILING, 3500, None, 3450, 3550).name, of_number(Kind.CEILING, 0, 3450, 3450, 3550).name
    ('INDETERMINATE', 'NO_VIOLATION')
    """
    judge = of_floor if kind == Kind.FLOOR else of_ceiling
    verdicts = {judge(lo, hi, limit) for limit in limits}
    return verdicts.pop() if len(verdicts) == 1 else Verdict.INDETERMINATE

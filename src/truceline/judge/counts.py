"""How many over several reports, as an interval: surely so many at one time, possibly so many.

Two reports tell of different things that were there at one time if people judged so (`not_same`); of dates alone
nothing is concluded. Nothing bounds a number from above but a complete inspection.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product

from truceline.basics.time import Span
from truceline.evidence.judgement import Grouping, Judgement, grouped, known
from truceline.judge.verdict import Verdict
from truceline.plan.tables import Kind

__all__ = ["Apart", "Sighting", "Together", "apart_of", "of_ceiling", "of_floor", "of_number", "together"]

STEPS = 100_000
"""So many partial sums are looked at to find the largest; where there are more, what is found is surely there, too."""


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
    tell of the same, each with the name of its group. `judgements` : by pair, in order, those that say that the two
    tell of different things.
    """

    others: Mapping[str, frozenset[str]] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    judgements: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Together:
    """So many were surely there at one time: the reports that count together, and the judgements that let them."""

    lo: int = 0
    sightings: tuple[Sighting, ...] = ()
    judgements: tuple[str, ...] = ()

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
    >>> sorted(found.others["a"]), found.judgements["a", "c"], sorted(found.groups)
    (['c'], ('j-2',), ['a', 'b'])
    """
    standing = tuple(each for each in known(judgements) if each.kind in ("same", "not_same"))
    grouping = grouped(standing)
    members = _members(grouping)
    contested = {(one.one, one.other) for one in grouping.contests}
    said: dict[tuple[str, str], set[str]] = {}
    for each in standing:
        for one, other in each.pairs if each.kind == "not_same" else ():
            if (one, other) in contested or members.get(one, (one,)) == members.get(other, (other,)):
                continue
            for pair in product(members.get(one, (one,)), members.get(other, (other,))):
                said.setdefault((min(pair), max(pair)), set()).add(each.id)
    pairs = {pair: tuple(sorted(ids)) for pair, ids in sorted(said.items()) if pair not in contested}
    others: dict[str, set[str]] = {}
    for one, other in pairs:
        others.setdefault(one, set()).add(other)
        others.setdefault(other, set()).add(one)
    groups = {name: group[0] for name, group in members.items()}
    return Apart({name: frozenset(all_) for name, all_ in others.items()}, groups, pairs)


def _members(grouping: Grouping) -> dict[str, tuple[str, ...]]:
    """Give the group of each report that is in one, and in one that nobody sees otherwise."""
    certain = (group for group in grouping.groups if not grouping.contested(group))
    return {name: group for group in certain for name in group}


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
        single number. Of equal sums it is the same one in whatever order the reports come.

    Examples
    --------
    >>> apart = Apart({"a": frozenset({"c"}), "c": frozenset({"a"})}, {}, {("a", "c"): ("j-2",)})
    >>> found = together([Sighting("a", 40), Sighting("b", 50), Sighting("c", 40)], apart)
    >>> found.lo, [one.report for one in found.sightings], found.judgements
    (80, ['a', 'c'], ('j-2',))
    """
    order = sorted(sightings, key=lambda one: (-one.lo, one.report))
    place = {one.report: at for at, one in enumerate(order)}
    later = [[order[to] for to in sorted(place[name] for name in apart.others.get(one.report, ()) if name in place)
              if to > place[one.report]] for one in order]  # fmt: skip
    # Each sighting with those behind it that count together with it; the last of the list is looked at first.
    waiting: list[tuple[int, tuple[Sighting, ...], list[Sighting]]] = []
    waiting += [(one.lo, (one,), rest) for one, rest in zip(order, later, strict=True)][::-1]
    best: tuple[int, tuple[Sighting, ...]] = (-1, ())
    for _ in range(STEPS):
        if not waiting:
            break
        total, chosen, rest = waiting.pop()
        best = max(best, (total, chosen), key=lambda found: found[0])
        if rest and total + sum(one.lo for one in rest) > best[0]:
            first, behind = rest[0], rest[1:]
            near = apart.others[first.report]
            waiting.append((total, chosen, behind))
            waiting.append((total + first.lo, (*chosen, first), [one for one in behind if one.report in near]))
    reports = sorted(one.report for one in best[1])
    pairs = ((one, other) for at, one in enumerate(reports) for other in reports[at + 1 :])
    judgements = sorted({each for pair in pairs for each in apart.judgements[pair]})
    return Together(max(best[0], 0), tuple(sorted(best[1], key=lambda one: one.report)), tuple(judgements))


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


def of_number(kind: Kind, lo: int, hi: int | None, limit: int) -> Verdict:
    """Judge a number by what the rule asks: at least so many, or at most."""
    return of_floor(lo, hi, limit) if kind == Kind.FLOOR else of_ceiling(lo, hi, limit)

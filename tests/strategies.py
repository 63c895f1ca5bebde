"""Hypothesis: reports as exact as can be, less exact ones that still hold, and rules to judge them by.

A `Fact` is one report, coded and located, as plain values: exact where it states an instant and a
point. `blurred` draws a fact that is true whenever the exact one is: that is what every law about
"less precise" means.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from hypothesis import strategies as st

from truceline.basics.time import FOREVER, NEVER_BEFORE, Span
from truceline.evidence.acts import ACT_IDS, ACTS
from truceline.evidence.batch import Batch
from truceline.evidence.datasets import DATASETS
from truceline.evidence.kinds import KINDS
from truceline.judge.places import Offsets, Places
from truceline.plan.tables import (
    All,
    Any_,
    Anywhere,
    Band,
    Between,
    Depth,
    Except,
    InArea,
    Kind,
    Limit,
    Nowhere,
    OneOf,
    Rule,
    Scope,
    SectorDepth,
    Spell,
    What,
    When,
    Where,
    Who,
)  # fmt: skip
from world import batch, lists

N_ACTORS = 4
SECTORS = ((0.0, 50.0), (50.0, np.inf))
FACING = (1, -1)  # the ground between the lines 0 and 1 is on the plus side of one, on the minus side of the other
PRESENCE, HOSTILITIES, FIRE = (ACT_IDS[name] for name in ("presence", "hostilities", "fire"))

truth = st.sampled_from([-1, 0, 1])
metres = st.integers(-60, 60).map(float)
lengths = st.integers(0, 60).map(float)
instants = st.integers(-50, 50)


@dataclass(frozen=True)
class Seen:
    """Where a report lies relative to one line; see `judge.places.Offsets`."""

    low: float
    high: float
    either: bool
    abeam: int
    sectors: frozenset[int]


@dataclass(frozen=True)
class Fact:
    """One report; `areas` holds whether it lies in each area."""

    start: int
    end: int
    dated: bool
    by: tuple[int, ...]
    involved: tuple[int, ...]
    act: int
    thing: int
    count: int
    lines: tuple[Seen, ...]
    areas: tuple[int, ...]
    placed: bool = True
    lasting: bool = False
    maybe: tuple[int, ...] = ()
    dataset: int = -1


@st.composite
def _points(draw: st.DrawFn) -> Seen:
    sector = frozenset({draw(st.integers(0, len(SECTORS) - 1))})
    if draw(st.booleans()):
        offset = draw(metres)
        return Seen(offset, offset, either=False, abeam=1, sectors=sector)
    distance = draw(lengths)
    return Seen(distance, distance, either=True, abeam=-1, sectors=sector)


@st.composite
def exact_facts(draw: st.DrawFn) -> Fact:
    """Draw a report of one instant at one point, by one actor, of one act and thing."""
    actor, instant = draw(st.integers(0, N_ACTORS - 1)), draw(instants)
    return Fact(
        start=instant,
        end=instant,
        dated=True,
        by=(actor,),
        involved=(actor, *draw(st.lists(st.integers(0, N_ACTORS - 1), max_size=2))),
        act=draw(st.just(PRESENCE) | st.integers(0, len(ACTS) - 1)),
        thing=draw(st.integers(0, len(KINDS) - 1)),
        count=draw(st.integers(-1, 6)),
        lines=(draw(_points()), draw(_points())),
        areas=tuple(draw(st.sampled_from([-1, 1])) for _ in range(2)),
    )


@st.composite
def _less_seen(draw: st.DrawFn, seen: Seen) -> Seen:
    sectors = seen.sectors | draw(st.frozensets(st.integers(0, len(SECTORS) - 1)))
    more, less = draw(lengths), draw(lengths)
    if draw(st.booleans()):
        low = max(0.0, seen.low - less) if seen.either else seen.low - less
        return replace(seen, low=low, high=seen.high + more, sectors=sectors)
    far = max(abs(seen.low), abs(seen.high)) + more
    near = 0.0 if seen.low < 0.0 < seen.high else max(0.0, min(abs(seen.low), abs(seen.high)) - less)
    abeam = seen.abeam if draw(st.booleans()) else 0
    return Seen(near, far, either=True, abeam=abeam, sectors=sectors)


@st.composite
def blurred(draw: st.DrawFn, fact: Fact) -> Fact:
    """Draw a less precise report of the same: of its place, its date, who was there, what it was."""
    changes: dict[str, object] = {}
    if draw(st.booleans()):
        changes["lines"] = tuple(draw(_less_seen(seen)) for seen in fact.lines)
        changes["areas"] = tuple(0 if draw(st.booleans()) else inside for inside in fact.areas)
    if draw(st.booleans()):
        changes |= {"start": fact.start - draw(st.integers(0, 60)), "end": fact.end + draw(st.integers(1, 60))}
    if draw(st.booleans()):
        changes["dated"] = False
    who = draw(st.sampled_from(["by", "not attributed", "unlisted", "nobody"]))
    if who == "not attributed":
        changes |= {"by": (), "involved": tuple({*fact.by, *fact.involved})}
    elif who == "unlisted":
        changes |= {"by": (-1,) * len(fact.by), "involved": ()}
    elif who == "nobody":
        changes |= {"by": (), "involved": ()}
    if draw(st.booleans()):
        changes["thing"] = -1
    if draw(st.booleans()):
        changes["act"] = -1
    if draw(st.booleans()):
        changes["count"] = -1
    return replace(fact, **changes)


def batch_of(facts: Sequence[Fact]) -> Batch:
    """Make the coded batch of some facts."""
    return batch(
        len(facts),
        start_us=[fact.start for fact in facts],
        end_us=[fact.end for fact in facts],
        dated=[fact.dated for fact in facts],
        lasting=[fact.lasting for fact in facts],
        placed=[fact.placed for fact in facts],
        by=lists(*(fact.by for fact in facts)),
        involved=lists(*(fact.involved for fact in facts)),
        act=[fact.act for fact in facts],
        maybe=lists(*(fact.maybe for fact in facts)),
        thing=[fact.thing for fact in facts],
        count_lo=[fact.count for fact in facts],
        dataset=[fact.dataset for fact in facts],
    )


def offsets_of(seen: Sequence[Seen], uncertainty: float = 0.0, *, sided: bool = True) -> Offsets:
    """Make the offsets of some places from one line."""
    n = len(seen)
    return Offsets(
        low=np.array([one.low for one in seen]),
        high=np.array([one.high for one in seen]),
        either=np.array([one.either for one in seen], dtype=np.bool_),
        abeam=np.array([one.abeam for one in seen], dtype=np.int8),
        station_low=np.zeros(n),
        station_high=np.zeros(n),
        sectors={sector: np.array([number in one.sectors for one in seen], dtype=np.bool_)
                 for number, sector in enumerate(SECTORS)},
        uncertainty=uncertainty,
        sided=sided,
    )  # fmt: skip


def places_of(facts: Sequence[Fact], uncertainty: float = 0.0) -> Places:
    """Make the places of some facts: lines 0 and 1, areas 0 and 1, and a line 2 without a course."""
    lines = {number: offsets_of([fact.lines[number] for fact in facts], uncertainty) for number in (0, 1)}
    areas = {number: np.array([fact.areas[number] for fact in facts], dtype=np.int8) for number in (0, 1)}
    unplaced = np.array([not fact.placed for fact in facts], dtype=np.bool_)
    return Places({**lines, 2: None}, {**areas, 2: None}, {(0, 1): FACING}, unplaced)


@st.composite
def limits(draw: st.DrawFn) -> Limit:
    """Draw a distance, exact or not."""
    low = draw(lengths)
    return Limit(low, low + draw(st.just(0.0) | lengths | st.just(np.inf)))


@st.composite
def depths(draw: st.DrawFn) -> Depth:
    """Draw a depth from nothing, from a distance, or from beyond the line."""
    near = draw(st.just(Limit(0.0, 0.0)) | st.just(Limit(-np.inf, -np.inf)))
    return Depth(near, draw(limits()))


@st.composite
def bands(draw: st.DrawFn) -> Band:
    """Draw a band along the line 0 or 1, by sector or not."""
    sectors = tuple(SectorDepth(*ends, draw(depths())) for ends in SECTORS) if draw(st.booleans()) else ()
    return Band(
        line=draw(st.integers(0, 1)),
        depth=draw(depths()),
        sectors=sectors,
        both_sides=draw(st.booleans()),
        round_ends=draw(st.sampled_from([True, False, None])),
    )


GROUNDS = st.one_of(
    bands(),
    st.builds(InArea, st.integers(0, 2), st.booleans()),
    st.builds(Between, st.just(0), st.just(1)),
    st.sampled_from((Anywhere(), Nowhere("area_undefined"))),
    bands().map(lambda band: replace(band, line=2)),
)


def _combined(parts: st.SearchStrategy[Where]) -> st.SearchStrategy[Where]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    kinds: list[Callable[..., Where]] = [OneOf, Any_, All]
    return st.one_of(*(st.builds(kind, several) for kind in kinds), st.builds(Except, parts, parts))


wheres: st.SearchStrategy[Where] = st.recursive(GROUNDS, _combined, max_leaves=4)
"""Grounds of every kind."""

by_actor = st.lists(truth, min_size=N_ACTORS, max_size=N_ACTORS)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Draw an instant, or a span in which it lies."""
    start = draw(instants)
    return Span(start, start + draw(st.just(0) | st.integers(0, 40)))


@st.composite
def whos(draw: st.DrawFn) -> Who:
    """Draw who is addressed, excepted and bound; of an unlisted actor no less is unknown than of the listed ones."""
    if draw(st.booleans()):
        member = np.ones(N_ACTORS + 1, dtype=np.int8)
        spells: tuple[Spell, ...] = ()
    else:
        member = np.array([*draw(by_actor), 0], dtype=np.int8)
        spells = tuple(draw(st.lists(_spells(), max_size=2)))
    excepted = [*draw(by_actor), 0] if draw(st.booleans()) else [-1] * (N_ACTORS + 1)
    bound = [draw(st.sampled_from([-1, 1])) for _ in range(N_ACTORS)]
    return Who(
        member=member,
        excepted=np.array(excepted, dtype=np.int8),
        bound=np.array([*bound, 1 if min(bound) == 1 else 0], dtype=np.int8),
        spells=spells,
        excepted_spells=tuple(draw(st.lists(_spells(), max_size=1))),
    )


@st.composite
def _spells(draw: st.DrawFn) -> Spell:
    return Spell(draw(st.integers(0, N_ACTORS - 1)), draw(spans()), draw(spans()), draw(st.sampled_from([0, 1])))


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    """Draw a rule of any kind: a ban on presence by anybody, anywhere, at any time, some parts of it changed.

    A rule with all parts drawn at random would nearly never be broken.
    """
    parts: dict[str, st.SearchStrategy[object]] = {
        "who": whos(), "what": whats(), "where": wheres, "when": whens(), "except_where": wheres,
        "denied": st.just(True), "conditional": st.just(True),
    }  # fmt: skip
    common = st.sampled_from(["who", "where", "when", "except_where", "what", "denied"])
    chosen = draw(st.lists(common, min_size=1, max_size=3) | st.lists(st.sampled_from([*parts]), max_size=7))
    rule = replace(ban(), **{name: draw(parts[name]) for name in dict.fromkeys(chosen)})
    if rule.denied:
        rule = replace(rule, scope=draw(st.none() | scopes()))
    kind = draw(st.sampled_from([Kind.BAN, Kind.BAN, Kind.BAN, Kind.CEILING, Kind.LATER]))
    if kind == Kind.CEILING:  # a ceiling counts things
        things = tuple(range(len(KINDS)))
        return replace(rule, kind=kind, limit=draw(st.integers(1, 4)), what=replace(rule.what, acts=(), things=things))
    return replace(rule, kind=kind)


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    """Draw as to whom, or on what ground, a rule is denied."""
    member = np.array([*draw(by_actor), draw(st.sampled_from([-1, 0]))], dtype=np.int8)
    where = draw(wheres) if draw(st.booleans()) else None
    return Scope(member, tuple(draw(st.lists(_spells(), max_size=1))), where)


@st.composite
def whens(draw: st.DrawFn) -> When:
    """Draw a period, dated or not."""
    begin, end = draw(spans()), draw(spans() | st.just(Span(FOREVER, FOREVER)))
    undated = draw(st.booleans())
    return When(Span(begin.start_us, FOREVER) if undated else begin, end, undated)


@st.composite
def whats(draw: st.DrawFn) -> What:
    """Draw what is banned: acts, things, words without a definition."""
    acts = tuple(draw(st.lists(st.sampled_from([PRESENCE, HOSTILITIES, FIRE]), max_size=2, unique=True)))
    things = tuple(draw(st.lists(st.integers(0, len(KINDS) - 1), max_size=2, unique=True)))
    undefined = draw(st.booleans()) or not (acts or things)
    blind = np.array([draw(st.booleans()) for _ in DATASETS] + [False])
    return What(acts, blind, things, undefined, later=draw(st.booleans()))


always = When(Span(NEVER_BEFORE, NEVER_BEFORE), Span(FOREVER, FOREVER), undated=False)
"""In force at all times."""
everybody = Who(*(np.full(N_ACTORS + 1, value, dtype=np.int8) for value in (1, -1, 1)))
"""A rule that addresses anybody, excepts nobody and binds all."""
being_there = What((PRESENCE,), np.zeros(len(DATASETS) + 1, dtype=np.bool_))
"""A rule about presence."""


def ban(where: Where = Anywhere(), **terms: object) -> Rule:  # noqa: B008 - a frozen value
    """Make a ban on presence by anybody at any time, but for the terms given."""
    plain = Rule(0, Kind.BAN, 0, everybody, being_there, where, always, None, denied=False, conditional=False)
    return replace(plain, **terms)


def fact(**stated: object) -> Fact:
    """Make a fact: presence of actor 0 at the instant 0, on both lines and in no area, but for what is stated."""
    here = Seen(0.0, 0.0, either=False, abeam=1, sectors=frozenset({0}))
    return replace(Fact(0, 0, True, (0,), (0,), PRESENCE, -1, -1, (here, here), (-1, -1)), **stated)


def beside(low: float, high: float | None = None, sectors: Sequence[int] = (0,)) -> Seen:
    """Say where a report lies that is surely beside the line, on a known side."""
    return Seen(low, low if high is None else high, either=False, abeam=1, sectors=frozenset(sectors))


def near_end(low: float, high: float, abeam: int = 0, sectors: Sequence[int] = (0,)) -> Seen:
    """Say where a report lies of which no side is known: beyond an end (-1), perhaps so (0), or for its shape (1)."""
    return Seen(low, high, either=True, abeam=abeam, sectors=frozenset(sectors))

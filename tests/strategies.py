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

from quantities import always, conditions, instants, lengths, limits, metres, spans, truth, whens
from truceline.basics.time import FOREVER, NEVER_BEFORE, Span
from truceline.evidence.acts import ACT_IDS, ACTS
from truceline.evidence.batch import Batch
from truceline.evidence.datasets import DATASETS
from truceline.evidence.kinds import KINDS
from truceline.judge.located import Gaps, Offsets, Places, Times
from truceline.plan.tables import (
    All,
    Aloft,
    Any_,
    Anywhere,
    Around,
    Band,
    Between,
    Course,
    Dated,
    Depth,
    Era,
    Except,
    Gap,
    InArea,
    Kind,
    Limit,
    Nowhere,
    OneOf,
    Replaced,
    Rule,
    Scope,
    SectorDepth,
    Spell,
    Stretch,
    Waiver,
    What,
    Where,
    Who,
)  # fmt: skip
from truceline.plan.timeline import within
from truceline.plan.weapons import NOT_STATED, UNLISTED
from weapons import N_MAKES, makes, sizes, things
from world import batch, lists

N_ACTORS = 4
SECTORS = ((0.0, 50.0), (50.0, np.inf))
FACING = (1, -1)  # the ground between the lines 0 and 1 is on the plus side of one, on the minus side of the other
NOTHING = {"thing": -1, "act": -1, "count": -1, "calibre": np.nan, "reach": np.nan, "make": NOT_STATED}
PRESENCE, HOSTILITIES, FIRE = (ACT_IDS[name] for name in ("presence", "hostilities", "fire"))


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
    """One report; `areas` holds whether it lies in each area, `gap` bounds how far apart the lines 0 and 1 lie there.

    `aloft` says whether it shows a flight.
    """

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
    calibre: float = np.nan
    reach: float = np.nan
    make: int = NOT_STATED
    gap: tuple[float, float] = (20.0, 20.0)
    aloft: int = -1


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
        calibre=draw(sizes),
        reach=draw(sizes),
        make=draw(st.integers(UNLISTED, N_MAKES - 1)),
        count=draw(st.integers(-1, 6)),
        lines=(draw(_points()), draw(_points())),
        areas=tuple(draw(st.sampled_from([-1, 1])) for _ in range(2)),
        gap=(draw(lengths),) * 2,
        aloft=draw(st.sampled_from([-1, 1])),
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
        changes["gap"] = (max(0.0, fact.gap[0] - draw(lengths)), fact.gap[1] + draw(lengths))
    if draw(st.booleans()):
        changes |= {"start": fact.start - draw(st.integers(0, 60)), "end": fact.end + draw(st.integers(1, 60))}
    if draw(st.booleans()):
        changes["dated"] = False
    if draw(st.booleans()):
        changes["aloft"] = 0
    who = draw(st.sampled_from(["by", "not attributed", "unlisted", "nobody"]))
    if who == "not attributed":
        changes |= {"by": (), "involved": tuple({*fact.by, *fact.involved})}
    elif who == "unlisted":
        changes |= {"by": (-1,) * len(fact.by), "involved": ()}
    elif who == "nobody":
        changes |= {"by": (), "involved": ()}
    for name, nothing in NOTHING.items():
        if draw(st.booleans()):
            changes[name] = nothing
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
        calibre_mm=[fact.calibre for fact in facts],
        range_m=[fact.reach for fact in facts],
        make=[fact.make for fact in facts],
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
    times = Times(*(np.array([getattr(fact, name) for fact in facts]) for name in ("start", "end", "dated")))
    aloft = np.array([fact.aloft for fact in facts], dtype=np.int8)
    gaps = Gaps(*np.array([fact.gap for fact in facts], dtype=np.float64).reshape(-1, 2).T, 2 * uncertainty)
    between, apart = {(0, 1): FACING}, {(0, 1): gaps, (1, 0): gaps}
    return Places({**lines, 2: None}, {**areas, 2: None}, between, unplaced, times, aloft, apart)


@st.composite
def depths(draw: st.DrawFn) -> Depth:
    """Draw a depth from nothing, from a distance, or from beyond the line; it may follow the gap between the lines."""
    near = draw(st.just(Limit(0.0, 0.0)) | st.just(Limit(-np.inf, -np.inf)))
    if draw(st.integers(0, 5)):
        return Depth(near, draw(limits()))
    base, share = draw(lengths), draw(st.sampled_from([-0.5, 0.5]))
    to = tuple(draw(st.lists(courses(), min_size=1, max_size=2)))
    far = Limit(0.0, base) if share < 0 else Limit(base, np.inf)
    return Depth(near, far, "report_too_coarse", Gap(base, share, to))


@st.composite
def courses(draw: st.DrawFn) -> Course:
    """Draw a course of the line 0 or 1, or of one that is not drawn, for some time or for ever."""
    always = (Span(NEVER_BEFORE, NEVER_BEFORE), Span(FOREVER, FOREVER))
    begin, end = draw(st.just(always) | st.tuples(spans(), spans()))
    return Course(draw(st.sampled_from([0, 1, -1])), begin, end)


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


UNDRAWN = bands().map(lambda band: replace(band, line=2))
GROUNDS = st.one_of(
    bands(), UNDRAWN, st.builds(InArea, st.integers(0, 2), st.booleans()),
    st.builds(Around, bands() | UNDRAWN, st.just(0), st.booleans()), st.builds(Between, st.just(0), st.just(1)),
    st.sampled_from((Anywhere(), Nowhere("area_undefined"), Aloft())),
)  # fmt: skip


def _combined(parts: st.SearchStrategy[Where]) -> st.SearchStrategy[Where]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    kinds: list[Callable[..., Where]] = [OneOf, Any_, All]
    changing = (st.builds(_in_turn, spans(), parts, parts), st.builds(_beside, parts, parts))
    return st.one_of(*(st.builds(kind, several) for kind in kinds), st.builds(Except, parts, parts), *changing)


def _in_turn(change: Span, before: Where, after: Where) -> Dated:
    """Let one ground follow another."""
    always, never = Span(NEVER_BEFORE, NEVER_BEFORE), Span(FOREVER, FOREVER)
    return Dated((Era(before, always, change), Era(after, change, never)))


def _beside(first: Where, second: Where) -> Replaced:
    """Let one ground hold beside the one part of the line 0, and another beside the other."""
    return Replaced(0, tuple(Stretch(*ends, where) for ends, where in zip(SECTORS, (first, second), strict=True)))


wheres: st.SearchStrategy[Where] = st.recursive(GROUNDS, _combined, max_leaves=4)
"""Grounds of every kind."""

by_actor = st.lists(truth, min_size=N_ACTORS, max_size=N_ACTORS)


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
        "denied": st.just(True), "condition": conditions(), "waivers": waivers(),
    }  # fmt: skip
    common = st.sampled_from(["who", "where", "when", "except_where", "what", "denied"])
    chosen = draw(st.lists(common, min_size=1, max_size=3) | st.lists(st.sampled_from([*parts]), max_size=7))
    rule = replace(ban(), **{name: draw(parts[name]) for name in dict.fromkeys(chosen)})
    if rule.denied:
        rule = replace(rule, scope=draw(st.none() | scopes()))
    kind = draw(st.sampled_from([Kind.BAN] * 5 + [Kind.CEILING, Kind.FLOOR, Kind.TREND, Kind.LATER]))
    if kind in (Kind.CEILING, Kind.FLOOR):  # they count things
        things = tuple(range(len(KINDS)))
        limit, slack = draw(st.integers(1, 4)), draw(st.just(0) | st.integers(1, 3))
        return replace(rule, kind=kind, limit=limit, slack=slack, what=replace(rule.what, acts=(), things=things))
    return replace(rule, kind=kind)


@st.composite
def waivers(draw: st.DrawFn, most: int = 1) -> tuple[Waiver, ...]:
    """Draw exceptions with bounds: for somebody, somewhere, for a time."""
    return tuple(draw(st.lists(_waivers(), min_size=1, max_size=most)))


@st.composite
def _waivers(draw: st.DrawFn) -> Waiver:
    member = draw(st.just(everybody.member) | by_actor.map(lambda one: np.array([*one, 0], dtype=np.int8)))
    when = draw(st.just(always) | whens())
    where = draw(wheres) if draw(st.booleans()) else None
    spells = tuple(draw(st.lists(_spells(), max_size=1)))
    return Waiver(member, spells, where, within(when.begin, when.end), draw(st.booleans()))


@st.composite
def scopes(draw: st.DrawFn) -> Scope:
    """Draw as to whom, or on what ground, a rule is denied."""
    member = np.array([*draw(by_actor), draw(st.sampled_from([-1, 0]))], dtype=np.int8)
    where = draw(wheres) if draw(st.booleans()) else None
    return Scope(member, tuple(draw(st.lists(_spells(), max_size=1))), where)


@st.composite
def whats(draw: st.DrawFn) -> What:
    """Draw what is banned: acts, things, words without a definition."""
    acts = tuple(draw(st.lists(st.sampled_from([PRESENCE, HOSTILITIES, FIRE]), max_size=2, unique=True)))
    chosen = draw(st.lists(things(), max_size=2))
    undefined = draw(st.booleans()) or not (acts or chosen)
    blind = np.array([draw(st.booleans()) for _ in DATASETS] + [False])
    return What(acts, blind, tuple(chosen), undefined, draw(st.none() | makes()) if chosen else None)


everybody = Who(*(np.full(N_ACTORS + 1, value, dtype=np.int8) for value in (1, -1, 1)))
"""A rule that addresses anybody, excepts nobody and binds all."""
being_there = What((PRESENCE,), np.zeros(len(DATASETS) + 1, dtype=np.bool_))
"""A rule about presence."""


def ban(where: Where = Anywhere(), **terms: object) -> Rule:  # noqa: B008 - a frozen value
    """Make a ban on presence by anybody at any time, but for the terms given."""
    plain = Rule(0, Kind.BAN, 0, everybody, being_there, where, always, None, denied=False)
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

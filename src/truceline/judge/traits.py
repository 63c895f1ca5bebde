"""What the rules can tell reports apart by: reports of equal traits get equal verdicts from every rule.

A rule asks of an offset only on which side of some limit it lies, of an instant only whether it comes
before an edge of a period. A batch of a million reports has a few hundred kinds of them by such questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from truceline.evidence.batch import Batch, Lists
from truceline.judge.bands import SAME, judge_band
from truceline.judge.located import Offsets, Places
from truceline.judge.thing_traits import ThingCuts, thing_cuts, thing_keys
from truceline.plan.tables import Aloft, Band, Between, Dated, Replaced, Rule, Where
from truceline.plan.walk import depths_of, every_part

__all__ = [
    "Cuts", "Key", "Trait", "cuts_of", "line_traits", "number_keys", "side_columns", "stretch_columns", "traits_of",
]  # fmt: skip

Floats = NDArray[np.float64]
Keys = NDArray[np.int64]
Key = tuple[NDArray[Any], int]
Pair = tuple[float, float]


MOST_IDS = 2**20
"""There are fewer acts, things and data sets than this."""
MOST_REASONS = 2**63
"""All sets of reasons are below this."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """All limits of a set of rules, sorted: two values between the same cuts are the same to every rule.

    `instants` : microseconds; `offsets` : metres, by line; `counts` : how many; `spells` : some
    memberships hold for a time only, so that WHO depends on the time as well; `dated`, `aloft` : so does some ground,
    or on what flies. `bands` : all that is asked of the ground along each line; `sides` : what more is asked of lines
    between which a ground lies, `stretches` : of lines parts of which others replace. `computed` : bands whose depth
    follows a gap; what they answer is a trait itself. `things` : what is asked of weapons beyond their kind.
    """

    instants: NDArray[np.int64]
    offsets: Mapping[int, Floats]
    counts: NDArray[np.int64]
    spells: bool
    bands: Mapping[int, tuple[Band, ...]]
    sides: Mapping[int, Floats]
    things: ThingCuts | None = None
    dated: bool = False
    aloft: bool = False
    stretches: Mapping[int, tuple[Pair, ...]] = field(default_factory=dict)
    computed: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Trait:
    """One aspect of n reports as whole numbers: reports whose `keys` and `lists` are equal are alike in it.

    `keys` : columns of numbers from 0 on, each with the number that all of them are below, whatever the reports.
    """

    keys: tuple[Key, ...]
    lists: tuple[Lists, ...] = ()


def cuts_of(rules: Sequence[Rule], uncertainties: Mapping[int, float], grounds: Sequence[Where] = ()) -> Cuts:
    """Collect the limits of rules.

    Parameters
    ----------
    rules : sequence of Rule
    uncertainties : mapping of int to float
        The error of each line with a course, in metres, by line id.
    grounds : sequence of Where
        Grounds that are asked for beside those of the rules.

    Examples
    --------
    >>> cuts_of([], {0: 0.0}).offsets[0][:2]
    array([-0.001, -0.001])
    """
    spells = [spell for rule in rules for spell in (*rule.who.spells, *rule.who.excepted_spells)]
    spells += [spell for rule in rules if rule.scope is not None for spell in rule.scope.spells]
    spans = [span for rule in rules for span in (rule.when.begin, rule.when.end)]
    spells += [spell for rule in rules for waiver in rule.waivers for spell in waiver.spells]
    spans += [span for spell in spells for span in (spell.begin, spell.end)]
    lines = [line for rule in rules for line in (rule.condition, *(waiver.during for waiver in rule.waivers))]
    parts = list(every_part([*(ground for rule in rules for ground in rule.grounds), *grounds]))
    eras = [era for where in parts if isinstance(where, Dated) for era in where.parts]
    computed = tuple(dict.fromkeys(where for where in parts if isinstance(where, Band) and _follows_gap(where)))
    courses = [course for band in computed for depth in depths_of(band) if depth.gap for course in depth.gap.to]
    spans += [span for era in eras for span in (era.begin, era.end)]
    spans += [span for course in courses for span in (course.begin, course.end)]
    instants = [at for span in spans for at in (span.start_us, span.end_us)]
    instants += [edge for line in lines for edge in line.edges]
    bands = {line: _bands_on(line, parts) for line in uncertainties}
    facing = {line for where in parts if isinstance(where, Between) for line in (where.first, where.second)}
    return Cuts(
        instants=_between_values(np.array(instants, np.int64)),
        offsets={line: _offset_cuts(_limits(bands[line]), error) for line, error in uncertainties.items()},
        counts=_between_values(np.array([0, *(limit for rule in rules for limit in rule.limits)], dtype=np.int64)),
        spells=bool(spells),
        bands=bands,
        sides={line: _offset_cuts({0.0}, error) for line, error in uncertainties.items() if line in facing},
        things=thing_cuts([rule.what for rule in rules]),
        dated=bool(eras),
        aloft=any(isinstance(where, Aloft) for where in parts),
        stretches=_stretches(parts),
        computed=computed,
    )


def traits_of(batch: Batch, places: Places, cuts: Cuts) -> dict[str, Trait]:
    """Tell n reports apart by what the rules ask of them: one trait for each aspect of `check.ASPECTS`.

    The trait of `where` is about areas alone; `line_traits` gives what is to be added for each line.
    """
    when = _when(batch, cuts)
    return {
        "who": Trait(when if cuts.spells else (), (batch.by, batch.involved)),
        "what": Trait((*_what(batch), *thing_keys(batch, cuts.things)), (batch.maybe,)),
        "when": Trait(when),
        "where": Trait((*(when if cuts.dated else ()), *_where(places, cuts))),
        "number": Trait(((number_keys(batch, cuts), len(cuts.counts) + 1),)),
    }


def _when(batch: Batch, cuts: Cuts) -> tuple[Key, ...]:
    """Tell the stretches in which a report begins and ends, and whether it is an instant, exact, lasting, dated."""
    stretches = len(cuts.instants) + 1
    begin, end = (np.searchsorted(cuts.instants, at, "right") for at in (batch.start_us, batch.end_us))
    length = (batch.end_us > batch.start_us).astype(np.int8) + (batch.end_us > batch.start_us + 1)
    return (begin, stretches), (end, stretches), (length, 3), (batch.lasting, 2), (batch.dated, 2)


def _what(batch: Batch) -> Iterator[Key]:
    return ((ids + 1, MOST_IDS) for ids in (batch.act, batch.thing, batch.dataset))


def number_keys(batch: Batch, cuts: Cuts) -> Keys:
    """Tell on which side of every limit the number of things lies."""
    return np.searchsorted(cuts.counts, batch.count_lo, "right").astype(np.int64)


def line_traits(places: Places, cuts: Cuts) -> dict[int, Trait]:
    """Tell n reports apart by where they lie relative to each line with a course."""
    return {
        line: Trait(((places.unplaced, 2), *_line_keys(offsets, cuts.offsets[line])))
        for line, offsets in places.lines.items()
        if offsets is not None
    }


def side_columns(line: int, places: Places, cuts: Cuts) -> list[Keys]:
    """Give what is asked about the sides of a line, between which and another a ground lies: whole numbers."""
    offsets = places.lines[line]
    if line not in cuts.sides or offsets is None:
        return []
    sides = [np.searchsorted(cuts.sides[line], values, "right") for values in (offsets.low, offsets.high)]
    return [*(side.astype(np.int64) for side in sides), offsets.either.astype(np.int64)]


def stretch_columns(line: int, places: Places, cuts: Cuts) -> list[NDArray[np.bool_]]:
    """Give beside which parts of a line each report may lie, where other lines replace some of them."""
    offsets = places.lines[line]
    return [] if offsets is None else [offsets.sectors[part] for part in cuts.stretches.get(line, ())]


def _where(places: Places, cuts: Cuts) -> Iterator[Key]:
    yield places.unplaced, 2
    for truth in places.areas.values():
        if truth is not None:
            yield truth + 1, 3
    for marks in places.edges.values():
        yield marks, 2
    if cuts.aloft and places.aloft is not None:
        yield places.aloft + 1, 3
    for band in cuts.computed:
        answer = judge_band(band, places)
        yield answer.truth + 1, 3
        yield answer.reasons.astype(np.int64), MOST_REASONS


def _line_keys(offsets: Offsets, cuts: Floats) -> Iterator[Key]:
    for values in (offsets.low, offsets.high):
        yield np.searchsorted(cuts, values, "right"), len(cuts) + 1
    yield offsets.abeam + 1, 3
    yield offsets.either, 2
    yield offsets.low == offsets.high, 2
    for marks in offsets.sectors.values():
        yield marks, 2


def _bands_on(line: int, parts: Iterable[Where]) -> tuple[Band, ...]:
    bands = (where for where in parts if isinstance(where, Band) and where.line == line)
    return tuple(dict.fromkeys(band for band in bands if not _follows_gap(band)))


def _follows_gap(band: Band) -> bool:
    return any(depth.gap is not None for depth in depths_of(band))


def _stretches(parts: Iterable[Where]) -> dict[int, tuple[Pair, ...]]:
    found: dict[int, dict[Pair, None]] = {}
    for where in parts:
        if isinstance(where, Replaced):
            mine = found.setdefault(where.line, {})
            mine.update(dict.fromkeys((part.begin, part.end) for part in where.parts))
    return {line: tuple(stretches) for line, stretches in found.items()}


def _limits(bands: Iterable[Band]) -> set[float]:
    depths = [depth for band in bands for depth in depths_of(band)]
    return {0.0, *(limit for depth in depths for each in (depth.near, depth.far) for limit in (each.lo, each.hi))}


def _offset_cuts(limits: Iterable[float], uncertainty: float) -> Floats:
    """Cut the offsets at every limit, as the judge compares them: on either side, with and without the line's error."""
    plain = np.array([one for limit in limits for one in (limit, limit - SAME)])
    signed = np.unique(np.concatenate([plain, -plain]))
    endless, finite = signed[~np.isfinite(signed)], signed[np.isfinite(signed)]
    shifts = (0.0, uncertainty, -uncertainty)
    turns = [_turn(finite, shift, beyond=beyond) for shift in shifts for beyond in (False, True)]
    return np.unique(np.concatenate([*turns, endless, np.nextafter(endless, np.inf)]))


def _turn(limits: Floats, shift: float, *, beyond: bool) -> Floats:
    """Find the first machine number x from which ``x + shift`` is at a limit (or `beyond` it), rounding and all.

    >>> _turn(np.array([1.0]), 0.0, beyond=False), _turn(np.array([1.0]), 0.0, beyond=True)
    (array([1.]), array([1.]))
    >>> _turn(np.array([600.0]), 600.0, beyond=False) < 0.0  # whatever is added to 600 may be rounded away
    array([ True])
    """
    reach = 1e-9 * (1.0 + np.abs(limits) + abs(shift))
    below, above = _steps(limits - shift - reach), _steps(limits - shift + reach)
    for _ in range(64):
        middle = below + (above - below) // 2
        there = _number(middle) + shift
        held = there > limits if beyond else there >= limits
        below, above = np.where(held, below, middle), np.where(held, middle, above)
    return _number(above)


def _steps(values: Floats) -> NDArray[np.int64]:
    """Count the machine numbers from zero to each value."""
    bits = np.asarray(values, dtype=np.float64).view(np.int64)
    return np.where(bits < 0, np.iinfo(np.int64).min - bits, bits)


def _number(steps: NDArray[np.int64]) -> Floats:
    bits = np.where(steps < 0, np.iinfo(np.int64).min - steps, steps)
    return np.asarray(bits.view(np.float64))


def _between_values(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Cut before and after each value: what lies below, at and above it is told apart."""
    last = np.iinfo(np.int64).max
    after = values[values < last] + 1
    return np.unique(np.concatenate([values, after]))

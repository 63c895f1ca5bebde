"""Where the reading, not the report, decides: the smallest change of fields that flips a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, permutations

import numpy as np
from numpy.typing import NDArray

from truceline.plan.tables import (
    All,
    Aloft,
    Around,
    Band,
    Dated,
    Depth,
    Limit,
    Nowhere,
    OneOf,
    Replaced,
    Rule,
    Where,
    fingerprint,
)
from truceline.plan.walk import every_part, with_bands

__all__ = ["FIELDS", "deciding_fields", "differing_fields", "disagree", "grafted", "grafted_grounds", "grafted_rules"]

FIELDS = ("subject", "act", "line", "depth", "ends", "ground", "exception", "date", "denial", "limit", "condition")
"""The fields of a rule that a reading may change; `ground` stands for line and depth that cannot be told apart."""

TOGETHER = (
    ("denial", "subject"), ("exception", "subject"), ("exception", "denial"), ("exception", "date"),
    ("exception", "condition"), ("condition", "date"),
)  # fmt: skip
"""Fields that are asked about together with another."""

Judge = Callable[[Rule, NDArray[np.int64]], NDArray[np.int8]]


def disagree(verdicts: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Say for which reports the verdict depends on the reading.

    Parameters
    ----------
    verdicts : ndarray of int8, shape (readings, n)

    Examples
    --------
    >>> disagree(np.array([[1, 2], [1, 3]], dtype=np.int8))
    array([False,  True])
    """
    return np.asarray(verdicts.min(axis=0) != verdicts.max(axis=0))


def differing_fields(one: Rule, other: Rule) -> tuple[str, ...]:
    """Name the fields in which two renderings of a rule differ, in the order of `FIELDS`."""
    mine, theirs = _fields_of(one, other), _fields_of(other, one)
    return tuple(field for field in FIELDS if field in mine and _key(mine[field]) != _key(theirs[field]))


def grafted(rule: Rule, other: Rule, fields: Sequence[str]) -> Rule:
    """Take `rule` with some of its fields as they are in `other`."""
    donor = {"subject": "who", "act": "what", "ground": "where", "date": "when"}
    changes = {donor[field]: getattr(other, donor[field]) for field in fields if field in donor}
    if "exception" in fields:
        changes |= {"except_where": other.except_where, "waivers": other.waivers}
    if "condition" in fields:
        changes |= {"condition": other.condition, "unjudged": other.unjudged}
    if "denial" in fields:
        changes |= {"denied": other.denied, "scope": other.scope}
    if "limit" in fields:
        changes |= {"limit": other.limit, "slack": other.slack, "kind": other.kind, "trend": other.trend}
    parts = [field for field in ("line", "depth", "ends") if field in fields]
    if parts:
        changes["where"] = _mixed(rule.where, other.where, parts)
    return replace(rule, **changes)


def grafted_grounds(rules: Sequence[Rule]) -> tuple[Where, ...]:
    """List the grounds that come of carrying line, depth and ends over between renderings of one provision."""
    found: dict[str, Where] = {}
    for one, other in permutations({fingerprint(rule.where): rule.where for rule in rules}.values(), 2):
        if _bands(one) and _bands(other) and _in_air(one) == _in_air(other):
            for size in (1, 2, 3):
                for parts in combinations(("line", "depth", "ends"), size):
                    ground = _mixed(one, other, parts)
                    found.setdefault(fingerprint(ground), ground)
    return tuple(found.values())


def every_ground(rules: Sequence[Rule]) -> tuple[Where, ...]:
    """List the grounds of rules, and those that come of mixing renderings of one provision."""
    numbers = dict.fromkeys(rule.rule for rule in rules if rule.rule >= 0)
    mixed = [ground for number in numbers for ground in grafted_grounds([one for one in rules if one.rule == number])]
    return (*(ground for rule in rules for ground in rule.grounds), *mixed)


def grafted_rules(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """List the rules that come of carrying fields over between renderings that are asked about together.

    Those denied, and those excepted for a time, meet those addressed; a condition, and an exception for a time, are
    asked of the time at which the rule holds.
    """
    found: dict[str, Rule] = {}
    for one, other in permutations({fingerprint(rule): rule for rule in rules}.values(), 2):
        differing = {*differing_fields(one, other)}
        if not (one.waivers or other.waivers):
            differing -= {"exception"}  # a place that is excepted is asked about alone
        for field, beside in TOGETHER:
            if {field, beside} <= differing:
                mixed = grafted(one, other, [field])
                found.setdefault(fingerprint(mixed), mixed)
    return tuple(found.values())


def deciding_fields(
    rules: Sequence[Rule], verdicts: NDArray[np.int8], rows: NDArray[np.int64], judge: Judge
) -> list[frozenset[str]]:
    """Find, per report, the fields that decide between readings.

    For every pair of readings with different verdicts the smallest sets of fields are sought which,
    carried over from one reading to the other, carry the verdict over too; their union is given.

    Parameters
    ----------
    rules : sequence of Rule
        The same provision under each reading.
    verdicts : ndarray of int8, shape (readings, len(rows))
        The verdict of each reading for these reports.
    rows : ndarray of int64
        The reports to look at.
    judge : callable
        Judges a rule on some of the rows, giving int8 verdicts.

    Returns
    -------
    list of frozenset of str
        One set of field names per row; empty where all readings agree.
    """
    found: list[set[str]] = [set() for _ in rows]
    for one, other in _distinct_pairs(rules):
        apart = np.flatnonzero(verdicts[one] != verdicts[other])
        sizes = np.full(len(apart), len(FIELDS) + 1)
        sets: list[set[str]] = [set() for _ in apart]
        for start, goal in ((one, other), (other, one)):
            _smallest(rules[start], rules[goal], verdicts[goal][apart], rows[apart], judge, sizes, sets)
        for index, fields in zip(apart, sets, strict=True):
            found[index] |= fields
    return [frozenset(fields) for fields in found]


def _smallest(
    start: Rule, goal: Rule, wanted: NDArray[np.int8], rows: NDArray[np.int64], judge: Judge,
    sizes: NDArray[np.int64], sets: list[set[str]],
) -> None:  # fmt: skip
    """Try sets of one field, then of two, and so on, for the rows that no smaller set has flipped."""
    fields = differing_fields(start, goal)
    for size in range(1, len(fields) + 1):
        for chosen in combinations(fields, size):
            waiting = np.flatnonzero(sizes >= size)
            if not len(waiting):
                return
            flipped = judge(grafted(start, goal, chosen), rows[waiting]) == wanted[waiting]
            for index in waiting[flipped]:
                if sizes[index] > size:
                    sets[index].clear()
                sizes[index] = size
                sets[index].update(chosen)


def _distinct_pairs(rules: Sequence[Rule]) -> Iterator[tuple[int, int]]:
    """Pair up readings that render the rule differently, each rendering once."""
    first: dict[str, int] = {}
    for index, rule in enumerate(rules):
        first.setdefault(fingerprint(rule), index)
    return combinations(first.values(), 2)


def _fields_of(rule: Rule, other: Rule) -> dict[str, object]:
    fields: dict[str, object] = {
        "subject": rule.who, "act": rule.what, "exception": (rule.except_where, rule.waivers), "date": rule.when,
        "denial": (rule.denied, rule.scope), "limit": (rule.kind, rule.limits, rule.trend),
        "condition": (rule.condition, rule.unjudged),
    }  # fmt: skip
    mine, theirs = _bands(rule.where), _bands(other.where)
    if mine and theirs and _in_air(rule.where) == _in_air(other.where):
        fields["line"] = _lines_of(rule.where)
        fields["depth"] = (mine[0].depth, mine[0].sectors)
        fields["ends"] = (mine[0].both_sides, mine[0].round_ends)
    else:
        fields["ground"] = rule.where
    return fields


def _bands(where: Where) -> tuple[Band, ...]:
    """See a band, or the same band from one of several lines or courses, as line + depth; else nothing."""
    parts = tuple(every_part([_on_ground(where)]))
    bands = tuple(part for part in parts if isinstance(part, Band))
    if all(isinstance(part, _ALONG_LINES) for part in parts) and len({_alike(band) for band in bands}) == 1:
        return bands
    return ()


_ALONG_LINES = (Band, Around, OneOf, Dated, Replaced, Nowhere)
"""What the ground along some lines, a boundary among them, is made of; of a line without a course it is nowhere."""
_NO_DEPTH = Depth(Limit(0.0, 0.0), Limit(0.0, 0.0))


def _alike(band: Band) -> tuple[object, ...]:
    return (band.depth, band.sectors, band.both_sides, band.round_ends)


def _on_ground(where: Where) -> Where:
    """Take the ground below an air zone; other ground as it is."""
    air = isinstance(where, All) and len(where.parts) == 2 and isinstance(where.parts[1], Aloft)
    return where.parts[0] if air and isinstance(where, All) else where


def _in_air(where: Where) -> bool:
    return _on_ground(where) is not where


def _lines_of(where: Where) -> str:
    """Tell by which lines, when and where along them, a ground is measured, and by nothing else of it."""
    bare = with_bands(where, lambda band: Band(band.line, _NO_DEPTH, (), both_sides=False, round_ends=None))
    return fingerprint(bare)


def _mixed(where: Where, other: Where, parts: Sequence[str]) -> Where:
    mine, theirs = _bands(where)[0], _bands(other)[0]
    depth = theirs if "depth" in parts else mine
    ends = theirs if "ends" in parts else mine

    def with_parts(band: Band) -> Band:
        return Band(band.line, depth.depth, depth.sectors, ends.both_sides, ends.round_ends)

    return with_bands(other if "line" in parts else where, with_parts)


def _key(value: object) -> str:
    return fingerprint(value)

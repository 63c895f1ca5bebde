"""Where the reading, not the report, decides: the smallest change of fields that flips a verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, permutations

import numpy as np
from numpy.typing import NDArray

from truceline.plan.tables import Band, OneOf, Rule, Where, fingerprint

__all__ = ["FIELDS", "deciding_fields", "differing_fields", "disagree", "grafted", "grafted_denials", "grafted_grounds"]

FIELDS = ("subject", "act", "line", "depth", "ends", "ground", "exception", "date", "denial", "limit", "condition")
"""The fields of a rule that a reading may change; `ground` stands for line and depth that cannot be told apart."""

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
    donor = {"subject": "who", "act": "what", "ground": "where", "exception": "except_where", "date": "when",
             "condition": "conditional"}  # fmt: skip
    changes = {donor[field]: getattr(other, donor[field]) for field in fields if field in donor}
    if "denial" in fields:
        changes |= {"denied": other.denied, "scope": other.scope}
    if "limit" in fields:
        changes |= {"limit": other.limit, "kind": other.kind}
    parts = [field for field in ("line", "depth", "ends") if field in fields]
    if parts:
        changes["where"] = _mixed(rule.where, other.where, parts)
    return replace(rule, **changes)


def grafted_grounds(rules: Sequence[Rule]) -> tuple[Where, ...]:
    """List the grounds that come of carrying line, depth and ends over between renderings of one provision."""
    found: dict[str, Where] = {}
    for one, other in permutations({fingerprint(rule.where): rule.where for rule in rules}.values(), 2):
        if _bands(one) and _bands(other):
            for size in (1, 2, 3):
                for parts in combinations(("line", "depth", "ends"), size):
                    ground = _mixed(one, other, parts)
                    found.setdefault(fingerprint(ground), ground)
    return tuple(found.values())


def grafted_denials(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """List the rules that come of carrying a denial over between renderings: those denied meet those addressed."""
    found: dict[str, Rule] = {}
    for one, other in permutations({fingerprint(rule): rule for rule in rules}.values(), 2):
        if {"subject", "denial"} <= {*differing_fields(one, other)}:
            mixed = grafted(one, other, ["denial"])
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
        "subject": rule.who, "act": rule.what, "exception": rule.except_where, "date": rule.when,
        "denial": (rule.denied, rule.scope), "limit": (rule.kind, rule.limit), "condition": rule.conditional,
    }  # fmt: skip
    mine, theirs = _bands(rule.where), _bands(other.where)
    if mine and theirs:
        fields["line"] = tuple(band.line for band in mine)
        fields["depth"] = (mine[0].depth, mine[0].sectors)
        fields["ends"] = (mine[0].both_sides, mine[0].round_ends)
    else:
        fields["ground"] = rule.where
    return fields


def _bands(where: Where) -> tuple[Band, ...]:
    """See a band, or the same band from one of several lines, as line + depth; else nothing."""
    if isinstance(where, Band):
        return (where,)
    if isinstance(where, OneOf):
        bands = tuple(part for part in where.parts if isinstance(part, Band))
        if len(bands) == len(where.parts) and len({(band.depth, band.sectors) for band in bands}) == 1:
            return bands
    return ()


def _mixed(where: Where, other: Where, parts: Sequence[str]) -> Where:
    mine, theirs = _bands(where), _bands(other)
    depth = theirs[0] if "depth" in parts else mine[0]
    ends = theirs[0] if "ends" in parts else mine[0]
    lines = theirs if "line" in parts else mine
    bands = tuple(Band(band.line, depth.depth, depth.sectors, ends.both_sides, ends.round_ends) for band in lines)
    return bands[0] if len(bands) == 1 else OneOf(bands)


def _key(value: object) -> str:
    return fingerprint(value)

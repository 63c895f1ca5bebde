"""WHAT, judged as far as it is a thing: the kind, the make and the sizes of a report against selectors.

A report may state the kind, the calibre, the range and the make; the terms may know more of the make. Where
the two contradict each other, one of them is wrong and nobody says which: an answer is then sure only if it
is the same whether the report is right or the terms are; and if they do so twice, whichever is right in which.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from truceline.basics.truth import Truths
from truceline.evidence.batch import Batch
from truceline.evidence.kinds import KINDS, company_of, pairs_of
from truceline.judge.answer import NO_REASON, Answer
from truceline.judge.reasons import bit
from truceline.judge.verdict import Masks
from truceline.plan.weapons import NOT_STATED, UNLISTED, Bounds, BySize, ByWords, Make, Makes, Sort, Thing

__all__ = ["Shown", "clashes_of", "judge_things", "shown_by"]

Sizes = NDArray[np.float64]
NAMES = tuple(KINDS)


@dataclass(frozen=True, slots=True)
class Shown:
    """What is known of the thing of each of n reports.

    `kind`, `other` : ids of two kinds that it is of at once, -1 not known. `calibre`, `range` : bounds, shape (n, 2),
    in millimetres and metres. `make` : the id of the word for it; see `plan.weapons.Makes`.
    """

    kind: NDArray[np.int32]
    other: NDArray[np.int32]
    calibre: Sizes
    range: Sizes
    make: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Told:
    """Whether the thing itself is meant (and why that is open), and whether something meant may come with it."""

    truth: Truths
    reasons: Masks
    company: NDArray[np.bool_]


def judge_things(things: tuple[Thing, ...], makes: Makes | None, batch: Batch) -> Answer:
    """Hold the thing of each report against selectors, any of which will do.

    What only comes with a thing, such as the crew of a tank, is a matter of the account: unknown, never no.
    """
    known, clash, stated = shown_by(batch, makes)
    meant = Sort(things)
    told = _told(meant, known)
    truth, reasons = _with_company(told)
    if clash.any():
        others = [_with_company(_told(meant, one))[0] for one in (stated, *_mixed(known, stated))]
        apart = clash & np.any([truth != other for other in others], axis=0)
        truth = np.where(apart, np.int8(0), truth)
        reasons = np.where(apart, bit("thing_contradicted"), reasons)
    return Answer.of(truth, reasons)


def shown_by(batch: Batch, makes: Makes | None) -> tuple[Shown, NDArray[np.bool_], Shown]:
    """Put together what n reports state and what the terms know of the makes that they name.

    Returns
    -------
    known : Shown
        What holds if the terms are right about the make: they fill in what a report leaves out.
    clash : ndarray of bool
        Whether report and terms contradict each other, in kind, calibre or range.
    stated : Shown
        What the report states but for the make: what holds if that, or what the terms say of it, is wrong.
    """
    n = len(batch)
    none = np.full(n, -1, dtype=np.int32)
    calibre, reach = (_bounds_of(size) for size in (batch.calibre_mm, batch.range_m))
    stated = Shown(batch.thing, none, calibre, reach, np.full(n, NOT_STATED, dtype=np.int32))
    if makes is None:
        return stated, np.zeros(n, dtype=np.bool_), stated
    kind = makes.kind[batch.make]
    calibres, ranges = makes.calibre[batch.make], makes.range[batch.make]
    no_thing = pairs_of(None)[batch.thing, kind] == -1
    no_calibre, no_range = _apart(calibre, calibres), _apart(reach, ranges)
    known = Shown(
        kind=np.where(no_thing, np.int32(-1), batch.thing),
        other=kind,
        calibre=_joined(calibre, calibres, no_calibre),
        range=_joined(reach, ranges, no_range),
        make=np.where(kind >= 0, batch.make, np.where(batch.make == NOT_STATED, NOT_STATED, UNLISTED)),
    )
    return known, no_thing | no_calibre | no_range, stated


def clashes_of(known: Shown, stated: Shown) -> NDArray[np.bool_]:
    """Say in which respect report and terms contradict each other: kind, calibre, range; shape (3, n)."""
    kind = (known.kind < 0) & (stated.kind >= 0)
    return np.stack([kind, _apart(stated.calibre, known.calibre), _apart(stated.range, known.range)])


def _mixed(known: Shown, stated: Shown) -> Iterator[Shown]:
    """Give what may hold where report and terms contradict each other twice: each may be wrong in another respect."""
    clashes = clashes_of(known, stated)
    often = clashes.sum(axis=0) > 1
    if not often.any():
        return
    for picked in product((False, True), repeat=3):
        from_terms = [often & clash & pick for clash, pick in zip(clashes, picked, strict=True)]
        yield Shown(
            kind=np.where(from_terms[0], known.kind, stated.kind),
            other=np.where(from_terms[0], known.other, stated.other),
            calibre=np.where(from_terms[1][:, None], known.calibre, stated.calibre),
            range=np.where(from_terms[2][:, None], known.range, stated.range),
            make=stated.make,
        )


def _bounds_of(size: NDArray[np.float64]) -> Sizes:
    """Give a size that is stated exactly as bounds; one that is not may be any."""
    unknown = np.isnan(size)
    return np.stack([np.where(unknown, -np.inf, size), np.where(unknown, np.inf, size)], axis=1)


def _apart(one: Sizes, other: Sizes) -> NDArray[np.bool_]:
    return np.asarray((one[:, 0] > other[:, 1]) | (one[:, 1] < other[:, 0]))


def _joined(stated: Sizes, listed: Sizes, clash: NDArray[np.bool_]) -> Sizes:
    """Take what both leave possible; where that is nothing, what the terms know."""
    both = np.stack([np.maximum(stated[:, 0], listed[:, 0]), np.minimum(stated[:, 1], listed[:, 1])], axis=1)
    return np.where(clash[:, None], listed, both)


def _with_company(told: _Told) -> tuple[Truths, Masks]:
    open_ = told.company & (told.truth == -1)
    return np.where(open_, np.int8(0), told.truth), np.where(open_, bit("act_unclear"), told.reasons)


def _told(thing: Thing, shown: Shown) -> _Told:
    if isinstance(thing, BySize):
        return _by_size(thing, shown)
    if isinstance(thing, Make):
        return _by_make(thing, shown)
    if isinstance(thing, Sort):
        return _by_sort(thing, shown)
    if isinstance(thing, ByWords):
        n = len(shown.make)
        return _Told(np.zeros(n, np.int8), np.full(n, bit("act_undefined")), np.zeros(n, np.bool_))
    return _by_kind(thing, shown)


def _by_kind(kind: int, shown: Shown) -> _Told:
    name = NAMES[kind]
    truth = pairs_of(name)[shown.kind, shown.other]
    with_it = company_of(name)
    # What is of two kinds has the company of both: a vehicle that is a mine has no crew.
    one = np.where((shown.kind < 0) & (shown.other >= 0), True, with_it[shown.kind])
    other = np.where((shown.other < 0) & (shown.kind >= 0), True, with_it[shown.other])
    return _Told(truth, _where_open(truth, "thing_not_stated"), one & other)


def _by_size(thing: BySize, shown: Shown) -> _Told:
    told = _told(thing.thing, shown)
    sizes = _of_sizes(thing.calibre, thing.range, shown)
    return _Told(np.minimum(told.truth, sizes), told.reasons | _where_open(sizes, "thing_size_not_stated"),
                 told.company)  # fmt: skip


def _by_make(make: Make, shown: Shown) -> _Told:
    """Tell a make by its words; where none is stated, what is of another kind or size is surely not of it."""
    same = np.isin(shown.make, make.words)
    named = np.where(shown.make >= 0, np.where(same, np.int8(1), np.int8(-1)), np.int8(0))
    kind = _by_kind(make.kind, shown)
    fits = np.minimum(kind.truth, _of_sizes(make.calibre, make.range, shown))
    truth = np.where(fits == -1, np.int8(-1), named)
    why = np.where(shown.make == UNLISTED, bit("make_unlisted"), bit("thing_not_stated"))
    return _Told(truth, np.where(truth == 0, why, NO_REASON), kind.company)


def _by_sort(sort: Sort, shown: Shown) -> _Told:
    any_of, none_of = (_any_of((_told(part, shown) for part in parts), shown) for parts in (sort.any, sort.but_not))
    truth = np.minimum(any_of.truth, -none_of.truth)
    return _Told(truth, any_of.reasons | none_of.reasons, any_of.company)


def _any_of(parts: Iterable[_Told], shown: Shown) -> _Told:
    n = len(shown.make)
    found = _Told(np.full(n, -1, np.int8), np.zeros(n, np.uint64), np.zeros(n, np.bool_))
    for part in parts:
        reasons = found.reasons | np.where(part.truth == 0, part.reasons, NO_REASON)
        found = _Told(np.maximum(found.truth, part.truth), reasons, found.company | part.company)
    return _Told(found.truth, np.where(found.truth == 0, found.reasons, NO_REASON), found.company)


def _of_sizes(calibre: Bounds, reach: Bounds, shown: Shown) -> Truths:
    return np.minimum(_within(shown.calibre, calibre), _within(shown.range, reach))


def _within(sizes: Sizes, bounds: Bounds) -> Truths:
    """Say whether sizes lie within bounds: surely, possibly, or surely not."""
    surely = (sizes[:, 0] >= bounds.lo) & (sizes[:, 1] <= bounds.hi)
    never = (sizes[:, 1] < bounds.lo) | (sizes[:, 0] > bounds.hi)
    return surely.astype(np.int8) - never.astype(np.int8)


def _where_open(truth: Truths, code: str) -> Masks:
    return np.where(truth == 0, bit(code), NO_REASON)

"""Which number is the day? Decided per form of writing from what the file proves, never guessed.

A form is proved by its own dates where one number is above 12. A form in which no number ever is
proves nothing by itself: that is how a spreadsheet leaves the dates that it could read in its own
order, next to those that it could not and left alone. Then the rows must prove it: under the
wrong order some end before they start, last longer than their own precision code allows, or lie far
from the dates of their sources. Where nothing is proved, both readings are kept: the hull.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from truceline.formats.dates import ISO, NAMED, NO_DAY, Days, Split, days_of
from truceline.formats.rejects import Flag, remark

__all__ = [
    "Evidence", "Order", "Ordered", "Orders", "Proved", "Tally", "Told", "counts_for", "decided", "earliest_from",
    "in_order", "order_of", "own_evidence", "tallies_of",
]  # fmt: skip

Flags = NDArray[np.bool_]
Order = Literal["month", "day"]
ENOUGH: Final = 5  # rows in which the other order is impossible, with none against this one
MANY: Final = 20  # dates from which a form without any number above 12 is remarkable: (12/30)^20 is 1e-8
NEAR: Final = 14  # days within which a source is expected to report
NO_LIMIT: Final = np.iinfo(np.int64).max
BY_FORM: Final = "by its form"
STATED: Final = "as stated"
TOO_LONG: Final = 1
ENDS_BEFORE: Final = 2
_NAMES: Final = {"month": "month-first", "day": "day-first", None: "not decided"}


@dataclass(frozen=True, slots=True)
class Told:
    """The days on which sources reported: `day[i]` belongs to the row `row[i]`."""

    row: NDArray[np.int64]
    day: Days


@dataclass(frozen=True, slots=True)
class Evidence:
    """What proves the order of one form; the pairs are counts of rows under (month-first, day-first).

    `because` : what decides it without looking at rows, or empty.
    `turned` : no date of the form has a number above 12, and every date of another form has one.
    `impossible` : rows that are impossible under this order only; `agree` : rows with a source in
    the `NEAR` days after the start under this order only.
    """

    form: str
    rows: int
    order: Order | None
    because: str
    turned: bool
    impossible: tuple[int, int] = (0, 0)
    agree: tuple[int, int] = (0, 0)

    @property
    def fell(self) -> bool:
        """Whether a spreadsheet turned the dates of this form, and it is known how to read them."""
        as_it_stands = self.form == ISO and self.order == "month"
        return self.turned and self.order is not None and not as_it_stands

    def __str__(self) -> str:
        """Tell the evidence in one sentence."""
        told = f"'{self.form}', {self.rows} rows: {_NAMES[self.order]}"
        if self.because:
            return f"{told}, {self.because}"
        fell = "no number above 12, unlike all other dates" if self.turned else ""
        counts = (
            ("impossible rows", self.impossible),
            ("rows that agree with a source", self.agree),
        )
        shown = [f"{what}: {month} month-first, {day} day-first" for what, (month, day) in counts if month or day]
        return f"{told} ({'; '.join(filter(None, [fell, *shown])) or 'nothing in the file proves it'})"


@dataclass(frozen=True, slots=True)
class Proved:
    """How the dates of a column are read, decided before by the whole of a file that is read in parts.

    `forms` : by form, what proves its order. `clocked` : whether any start, and any end, has a time of day.
    """

    forms: Mapping[str, Evidence]
    clocked: tuple[bool, bool] = (False, False)


Orders = Mapping[str, Proved]
"""What was decided before, by column."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What the dates of one form look like; those of parts of a file add up.

    `rows` : rows in which it stands; `dates`, and of them `high` with a number above 12; `first`, `second` : whether
    the first and the second number ever are.
    """

    rows: int = 0
    dates: int = 0
    high: int = 0
    first: bool = False
    second: bool = False

    def __add__(self, other: Tally) -> Tally:
        """Add those of another part."""
        return Tally(self.rows + other.rows, self.dates + other.dates, self.high + other.high,
                     self.first or other.first, self.second or other.second)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ordered:
    """The days [first, last] of each row, `NO_DAY` where it has none; and what is to be said about them.

    `both` marks rows of which both readings are kept, `turned` those that a spreadsheet turned.
    """

    first: Days
    last: Days
    both: Flags
    turned: Flags
    evidence: tuple[Evidence, ...]

    @property
    def remarks(self) -> tuple[Flag, ...]:
        """What is to be said about the file: how the order was proved, or that it was not."""
        told = (each for each in self.evidence if each.because not in {BY_FORM, STATED})
        return tuple(remark("TL-R304" if each.order else "TL-R308", str(each)) for each in told)


def in_order(
    start: Split, end: Split, *, most: Days | None = None, told: Told | None = None,
    stated: Order | Proved | None = None,
) -> Ordered:  # fmt: skip
    """Decide the order of day and month for every row, or keep both readings.

    Parameters
    ----------
    start, end : Split
        The two columns; `end` continues the forms of `start`.
    most : ndarray of int64, shape (n,), optional
        The most days that may lie between the two, by the row's own precision code.
    told : Told, optional
        When sources reported.
    stated : "month" or "day", or Proved, optional
        The order that the user vouches for (ISO dates keep their own), or what was decided by the whole file.

    Examples
    --------
    >>> import pyarrow as pa
    >>> from truceline.formats.dates import split_dates
    >>> column = split_dates(pa.chunked_array([["05/02/2014", "22/01/2014"]]))
    >>> in_order(column, column).first.astype("datetime64[D]")
    array(['2014-02-05', '2014-01-22'], dtype='datetime64[D]')
    """
    limit = np.full(len(start), NO_LIMIT) if most is None else most
    if isinstance(stated, Proved):
        evidence = tuple(stated.forms[form] for form in end.forms)
    else:
        own = own_evidence(tallies_of(start, end), stated)
        counts = counts_for(start, end, own, most=most, told=told)
        evidence = tuple(decided(own[form], *counts[form]) for form in end.forms)
    rows = _Readings(start, end, evidence, limit)
    # A row is read by itself only where the other order is impossible, not where it is merely odd.
    backwards = [trouble == ENDS_BEFORE for trouble in rows.trouble]
    both = rows.differ & ~backwards[0] & ~backwards[1]
    month = ~backwards[0]
    first = np.where(both, np.minimum(*rows.first), np.where(month, *rows.first))
    last = np.where(both, np.maximum(*rows.last), np.where(month, *rows.last))
    fell = np.array([*(each.fell for each in evidence), False])
    turned = (fell[start.form] & start.turnable) | (fell[end.form] & end.turnable)
    return Ordered(first, last, both, turned & ~both, evidence)


def order_of(order: Order | Orders | None, column: str) -> Order | Proved | None:
    """Give what is known of the dates of a column: what the user states of all, or what was decided of this one."""
    return order.get(column) if isinstance(order, Mapping) else order


def tallies_of(start: Split, end: Split) -> dict[str, Tally]:
    """Look at the dates of each form; `end` continues the forms of `start`.

    >>> import pyarrow as pa
    >>> from truceline.formats.dates import split_dates
    >>> column = split_dates(pa.chunked_array([["05/02/2014", "22/01/2014"]]))
    >>> tallies_of(column, column)
    {'/': Tally(rows=2, dates=4, high=2, first=True, second=False)}
    """
    return {name: _tally(start, end, form) for form, name in enumerate(end.forms)}


def _tally(start: Split, end: Split, form: int) -> Tally:
    first, second = (
        np.concatenate([getattr(split, part)[split.form == form] for split in (start, end)])
        for part in ("first", "second")
    )
    high = np.maximum(first, second) > 12
    rows = int(np.sum((start.form == form) | (end.form == form)))
    return Tally(rows, len(first), int(high.sum()), bool(np.any(first > 12)), bool(np.any(second > 12)))


def own_evidence(tallies: Mapping[str, Tally], stated: Order | None) -> dict[str, Evidence]:
    """Decide each form by its own numbers: one of them above 12 is the day; and by what the user states."""
    return {name: _own(name, tallies, stated) for name in tallies}


def _own(name: str, tallies: Mapping[str, Tally], stated: Order | None) -> Evidence:
    mine = tallies[name]
    turned = name != NAMED and not (mine.first or mine.second) and _is_turned(name, tallies)
    if name in {ISO, NAMED}:
        return Evidence(name, mine.rows, None if turned else "month", "" if turned else BY_FORM, turned)
    if stated is not None:
        return Evidence(name, mine.rows, stated, STATED, turned=False)
    order: Order | None = None if mine.first == mine.second else "month" if mine.second else "day"
    return Evidence(name, mine.rows, order, "some days are above 12" * (order is not None), turned)


def _is_turned(name: str, tallies: Mapping[str, Tally]) -> bool:
    """Say whether all numbers of this form are up to 12, and in all dates of another form one is above."""
    share = {other: one.high / one.dates if one.dates >= MANY else 0.5 for other, one in tallies.items()}
    return share[name] == 0.0 and 1.0 in share.values()


Pair = tuple[int, int]


def counts_for(
    start: Split, end: Split, own: Mapping[str, Evidence], *, most: Days | None = None, told: Told | None = None
) -> dict[str, tuple[Pair, Pair]]:
    """Count for each undecided form the rows that are impossible, and that agree with a source, under either order."""
    limit = np.full(len(start), NO_LIMIT) if most is None else most
    rows = _Readings(start, end, [own[form] for form in end.forms], limit)
    none = (0, 0), (0, 0)
    return {name: none if own[name].order else _counts(rows, form, told) for form, name in enumerate(end.forms)}


def _counts(rows: _Readings, form: int, told: Told | None) -> tuple[Pair, Pair]:
    mine = rows.differ & ((rows.forms[0] == form) | (rows.forms[1] == form))
    bad_month, bad_day = (trouble > 0 for trouble in rows.trouble)
    impossible = int(np.sum(mine & bad_month & ~bad_day)), int(np.sum(mine & bad_day & ~bad_month))
    return impossible, _agreeing(rows, mine, told) if told is not None else (0, 0)


def decided(own: Evidence, impossible: Pair, agree: Pair) -> Evidence:
    """Decide a form that its numbers leave open by what its rows would mean under each order."""
    if own.order:
        return own
    proved = [_is_proved(impossible[way], impossible[1 - way], agree[way], agree[1 - way]) for way in (0, 1)]
    order: Order | None = "month" if proved[0] else "day" if proved[1] else None
    return replace(own, order=order, impossible=impossible, agree=agree)


def _is_proved(against: int, against_other: int, agree: int, agree_other: int) -> bool:
    by_rows = against_other >= ENOUGH and agree >= agree_other
    return against == 0 and (by_rows or agree >= max(MANY, MANY * agree_other))


def earliest_from(told: Told, start: Days) -> Days:
    """Find for each row the first day on which a source reported, not before `start`; `NO_DAY` if none did.

    >>> told = Told(np.array([0, 0]), np.array([3, 9]))
    >>> earliest_from(told, np.array([5, 5])).tolist() == [9, NO_DAY]
    True
    """
    result = np.full(len(start), NO_LIMIT)
    fits = told.day >= start[told.row]
    np.minimum.at(result, told.row[fits], told.day[fits])
    return np.where(result == NO_LIMIT, NO_DAY, result)


class _Readings:
    """Every row under month-first and under day-first; the two are equal where the form is decided."""

    def __init__(self, start: Split, end: Split, forms: Sequence[Evidence], most: Days) -> None:
        orders = np.array([{"month": 1, "day": -1, None: 0}[each.order] for each in forms] + [1])
        self.first, self.last = _two(start, orders), _two(end, orders)
        self.forms = start.form, end.form
        self.differ = (self.first[0] != self.first[1]) | (self.last[0] != self.last[1])
        self.trouble = tuple(
            np.where(last < first, ENDS_BEFORE, np.where(last - first > most, TOO_LONG, 0))
            for first, last in zip(self.first, self.last, strict=True)
        )


def _two(split: Split, orders: NDArray[np.int64]) -> tuple[Days, Days]:
    """Read a column month-first and day-first; a date that only one order can read is read by that one."""
    month, day = days_of(split, np.ones(len(split), dtype=bool)), days_of(split, np.zeros(len(split), dtype=bool))
    decided = orders[split.form]
    as_month = np.where((decided < 0) | ((decided == 0) & (month == NO_DAY)), day, month)
    as_day = np.where((decided > 0) | ((decided == 0) & (day == NO_DAY)), month, day)
    return as_month, as_day


def _agreeing(rows: _Readings, mine: Flags, told: Told) -> tuple[int, int]:
    near_month, near_day = (
        (reported != NO_DAY) & (first != NO_DAY) & (reported <= first + NEAR)
        for first, reported in ((first, earliest_from(told, first)) for first in rows.first)
    )
    return int(np.sum(mine & near_month & ~near_day)), int(np.sum(mine & near_day & ~near_month))

"""Which number is the day? Decided per form of writing from what the file proves, never guessed.

A form is proved by its own dates where one number is above 12. A form in which no number ever is
proves nothing by itself: that is how a spreadsheet leaves the dates that it could read in its own
order, next to those that it could not and left alone. Then the rows must prove it: under the
wrong order some end before they start, last longer than their own precision code allows, or lie far
from the dates of their sources. Where nothing is proved, both readings are kept: the hull.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from truceline.formats.dates import ISO, NAMED, NO_DAY, Days, Split, days_of
from truceline.formats.rejects import Flag, remark

__all__ = ["Evidence", "Order", "Ordered", "Told", "earliest_from", "in_order"]

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
    start: Split, end: Split, *, most: Days | None = None, told: Told | None = None, stated: Order | None = None
) -> Ordered:
    """Decide the order of day and month for every row, or keep both readings.

    Parameters
    ----------
    start, end : Split
        The two columns; `end` continues the forms of `start`.
    most : ndarray of int64, shape (n,), optional
        The most days that may lie between the two, by the row's own precision code.
    told : Told, optional
        When sources reported.
    stated : "month" or "day", optional
        The order that the user vouches for; ISO dates keep their own.

    Examples
    --------
    >>> import pyarrow as pa
    >>> from truceline.formats.dates import split_dates
    >>> column = split_dates(pa.chunked_array([["05/02/2014", "22/01/2014"]]))
    >>> in_order(column, column).first.astype("datetime64[D]")
    array(['2014-02-05', '2014-01-22'], dtype='datetime64[D]')
    """
    limit = np.full(len(start), NO_LIMIT) if most is None else most
    own = [_own(start, end, form, stated) for form in range(len(end.forms))]
    rows = _Readings(start, end, own, limit)
    evidence = tuple(each if each.order else _by_rows(rows, form, each, told) for form, each in enumerate(own))
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


def _own(start: Split, end: Split, form: int, stated: Order | None) -> Evidence:
    """Decide a form by its own numbers: one of them above 12 is the day."""
    name = end.forms[form]
    first, second = (
        np.concatenate([getattr(split, part)[split.form == form] for split in (start, end)])
        for part in ("first", "second")
    )
    rows = int(np.sum((start.form == form) | (end.form == form)))
    above = bool(np.any(first > 12)), bool(np.any(second > 12))
    turned = name != NAMED and not any(above) and _is_turned(start, end, form)
    if name in {ISO, NAMED}:
        return Evidence(name, rows, None if turned else "month", "" if turned else BY_FORM, turned)
    if stated is not None:
        return Evidence(name, rows, stated, STATED, turned=False)
    order: Order | None = None if above[0] == above[1] else "month" if above[1] else "day"
    return Evidence(name, rows, order, "some days are above 12" * (order is not None), turned)


def _is_turned(start: Split, end: Split, form: int) -> bool:
    """Say whether all numbers of this form are up to 12, and in all dates of another form one is above."""
    high = [np.maximum(split.first, split.second) > 12 for split in (start, end)]
    share = []
    for other in range(len(end.forms)):
        of_form = np.concatenate([up[split.form == other] for up, split in zip(high, (start, end), strict=True)])
        share.append(float(of_form.mean()) if len(of_form) >= MANY else 0.5)
    return share[form] == 0.0 and 1.0 in share


def _by_rows(rows: _Readings, form: int, own: Evidence, told: Told | None) -> Evidence:
    """Decide a form by what its rows would mean under each order."""
    mine = rows.differ & ((rows.forms[0] == form) | (rows.forms[1] == form))
    bad_month, bad_day = (trouble > 0 for trouble in rows.trouble)
    impossible = int(np.sum(mine & bad_month & ~bad_day)), int(np.sum(mine & bad_day & ~bad_month))
    agree = _agreeing(rows, mine, told) if told is not None else (0, 0)
    proved = [_is_proved(impossible[way], impossible[1 - way], agree[way], agree[1 - way]) for way in (0, 1)]
    order: Order | None = "month" if proved[0] else "day" if proved[1] else None
    return replace(own, order=order, impossible=impossible, agree=agree)


def _is_proved(against: int, against_other: int, agree: int, agree_other: int) -> bool:
    by_rows = against_other >= ENOUGH and agree >= agree_other
    return against == 0 and (by_rows or agree >= max(MANY, MANY * agree_other))


def _agreeing(rows: _Readings, mine: Flags, told: Told) -> tuple[int, int]:
    near_month, near_day = (
        (reported != NO_DAY) & (first != NO_DAY) & (reported <= first + NEAR)
        for first, reported in ((first, earliest_from(told, first)) for first in rows.first)
    )
    return int(np.sum(mine & near_month & ~near_day)), int(np.sum(mine & near_day & ~near_month))

"""Dates as tables hold them, cut into numbers; which of them is the day is not decided here.

A *form* is the way a date is written ("1/22/2014 12:00:00 AM", "05/02/2014 00:00", "2014-05-02").
In a form where two numbers may change places, one of the two readings is month-first and the
other day-first. ISO dates are month-first by their standard, unless the file betrays them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

__all__ = ["ISO", "NAMED", "NO_CLOCK", "NO_DAY", "Days", "Split", "days_of", "split_dates"]

Days = NDArray[np.int64]  # days since 1970-01-01
Flags = NDArray[np.bool_]
NO_DAY: Final = np.iinfo(np.int64).min
NO_CLOCK: Final = -1
ISO, NAMED = "iso", "named"
_SECOND: Final = 1_000_000

_CLOCK = (
    r"(?:[T ](?P<H>[0-9]{1,2}):(?P<M>[0-5][0-9])(?::(?P<S>[0-5][0-9])(?:\.(?P<f>[0-9]{1,9}))?)?"
    r"(?: ?(?P<p>[AaPp][Mm]))?(?P<z>Z|[+-][0-9]{2}:?[0-9]{2})?)?$"
)
_FORMS = {
    ISO: r"^(?P<y>[12][0-9]{3})-(?P<a>[0-9]{2})-(?P<b>[0-9]{2})(?P<s>)" + _CLOCK,
    "numbers": r"^(?P<a>[0-9]{1,2})(?P<s>[/.-])(?P<b>[0-9]{1,2})[/.-](?P<y>[12][0-9]{3})" + _CLOCK,
    NAMED: r"^(?P<b>[0-9]{1,2})(?P<s>[ -])(?P<a>[A-Za-z]{3,9})[ -](?P<y>[12][0-9]{3})" + _CLOCK,
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Split:
    """n dates cut into numbers; `form` is an index into `forms`, -1 where the cell is no such date.

    `first` and `second` are the two numbers beside the year in the order month-first would have
    them. `clock` is the time of day in microseconds or `NO_CLOCK`; `offset` that of the time zone,
    where `zoned`. A column whose clocks all show midnight holds dates, not instants.
    """

    year: Days
    first: Days
    second: Days
    clock: Days
    offset: Days
    zoned: Flags
    form: NDArray[np.int16]
    forms: tuple[str, ...]

    def __len__(self) -> int:
        """Count the cells."""
        return len(self.year)

    @property
    def turnable(self) -> Flags:
        """Where both numbers could be a month, and differ: two readings give two dates."""
        small = (self.first <= 12) & (self.second <= 12)
        return np.asarray((self.form >= 0) & small & (self.first != self.second))


def split_dates(cells: pa.ChunkedArray, forms: Sequence[str] = (), *, clocked: bool | None = None) -> Split:
    """Cut a column of text; `forms` continues the numbering of another column.

    `clocked` says whether the column, of which these are some cells, has times of day; it is seen in them if not said.

    >>> split = split_dates(pa.chunked_array([["1/22/2014 12:00:00 AM", "2014-05-02", None, "soon"]]))
    >>> split.first.tolist(), split.second.tolist(), split.form.tolist(), split.forms
    ([1, 5, 0, 0], [22, 2, 0, 0], [1, 0, -1, -1], ('iso', '/ 9:99:99 AM'))
    """
    coded = pc.cast(cells.combine_chunks(), pa.string()).dictionary_encode()
    coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    texts = pc.utf8_trim_whitespace(coded.dictionary)
    codes = np.asarray(pc.fill_null(coded.indices, len(texts)), dtype=np.int64)
    numbers, form, names = _cut(texts)
    known = list(dict.fromkeys([*forms, *names]))
    place = np.array([*(known.index(name) for name in names), -1], dtype=np.int16)
    year, first, second, clock, offset, zoned = (part[codes] for part in numbers)
    day = (clock == 0) | (clock == NO_CLOCK)
    clock = np.where((day.all() if clocked is None else not clocked) & ~zoned, NO_CLOCK, clock)
    return Split(year, first, second, clock, offset, zoned.astype(bool), place[form[codes]], tuple(known))


def days_of(split: Split, month_first: Flags) -> Days:
    """Count the days under one order per cell; `NO_DAY` where there is no such day.

    >>> split = split_dates(pa.chunked_array([["05/02/2014", "31/01/2014"]]))
    >>> days_of(split, np.array([True, False])).astype("datetime64[D]")
    array(['2014-05-02', '2014-01-31'], dtype='datetime64[D]')
    """
    month = np.where(month_first, split.first, split.second)
    day = np.where(month_first, split.second, split.first)
    good = (split.form >= 0) & (month >= 1) & (month <= 12) & (day >= 1)
    index = np.where(good, (split.year - 1970) * 12 + month - 1, 0)
    begin = index.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    end = (index + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    result = begin + day - 1
    return np.where(good & (result < end), result, NO_DAY)


def _cut(texts: pa.Array) -> tuple[list[Days], NDArray[np.int16], list[str]]:
    """Cut each distinct text once; one more entry stands for an empty cell."""
    columns = [np.zeros(len(texts) + 1, dtype=np.int64) for _ in range(6)]
    columns[3][:] = NO_CLOCK
    form = np.full(len(texts) + 1, -1, dtype=np.int16)
    names: list[str] = []
    left = np.arange(len(texts))
    for kind, pattern in _FORMS.items():
        parts = pc.extract_regex(texts if len(left) == len(texts) else texts.take(pa.array(left)), pattern)
        fits = np.asarray(pc.is_valid(parts))
        at, left = left[fits], left[~fits]
        if len(at):
            cells = parts.filter(pa.array(fits))
            numbers, good = _numbers(kind, cells)
            for column, number in zip(columns, numbers, strict=True):
                column[at[good]] = number[good]
            index, found = _names(kind, cells)
            form[at[good]] = index[good] + len(names)
            names += found
    return columns, form, names


def _numbers(kind: str, cells: pa.StructArray) -> tuple[tuple[Days, ...], Flags]:
    """Read the parts of each text as numbers, and say where they make a time of day and a month."""
    month = _months(cells.field("a")) if kind == NAMED else _ints(cells.field("a"))
    clocked, half = _filled(cells.field("H")), pc.utf8_lower(cells.field("p"))
    hour = _ints(cells.field("H"))
    halved = _filled(half)
    good = (month > 0) & (hour <= 23) & ~(halved & ((hour < 1) | (hour > 12)))
    hour = np.where(halved, hour % 12 + 12 * np.asarray(pc.equal(half, "pm")), hour)
    seconds = hour * 3600 + _ints(cells.field("M")) * 60 + _ints(cells.field("S"))
    fraction = _ints(pc.utf8_slice_codeunits(pc.utf8_rpad(cells.field("f"), 6, "0"), 0, 6))
    clock = np.where(clocked, seconds * _SECOND + fraction, NO_CLOCK)
    zone = cells.field("z")
    return (
        _ints(cells.field("y")),
        month,
        _ints(cells.field("b")),
        clock,
        _offsets(zone),
        _filled(zone).astype(np.int64),
    ), good


def _ints(digits: pa.Array) -> Days:
    filled = pc.if_else(pc.equal(digits, ""), "0", digits)
    return np.asarray(pc.cast(filled, pa.int64()))


def _filled(words: pa.Array) -> Flags:
    return np.asarray(pc.not_equal(words, ""))


def _months(words: pa.Array) -> Days:
    """Count English months, short or whole; 0 where it is none."""
    short = pc.utf8_slice_codeunits(pc.utf8_lower(words), 0, 3)
    return np.asarray(pc.add(pc.fill_null(pc.index_in(short, pa.array(_MONTHS)), -1), 1), dtype=np.int64)


def _offsets(zones: pa.Array) -> Days:
    hours = pc.utf8_slice_codeunits(zones, 1, 3)
    minutes = pc.utf8_slice_codeunits(zones, -2, None)
    east = np.where(np.asarray(pc.starts_with(zones, "-")), -1, 1)
    plain = pc.is_in(zones, pa.array(["", "Z"]))
    seconds = _ints(pc.if_else(plain, "0", hours)) * 3600 + _ints(pc.if_else(plain, "0", minutes)) * 60
    return np.asarray(east * seconds * _SECOND)


def _names(kind: str, cells: pa.StructArray) -> tuple[NDArray[np.int64], list[str]]:
    """Name the form of each: what is fixed in it, with a 9 for each number."""
    if kind != "numbers":
        return np.zeros(len(cells), dtype=np.int64), [kind]
    clock = pc.if_else(
        pc.equal(cells.field("H"), ""), "", pc.if_else(pc.equal(cells.field("S"), ""), " 9:99", " 9:99:99")
    )
    half = pc.if_else(pc.equal(cells.field("p"), ""), "", " AM")
    coded = pc.binary_join_element_wise(cells.field("s"), clock, half, "").dictionary_encode()
    return np.asarray(coded.indices, dtype=np.int64), coded.dictionary.to_pylist()

"""What the whole of a file proves about its dates, where it is read in parts: two passes over its columns of dates.

The first looks at the numbers of each way of writing (`date_order.Tally`); the second, made only where these leave
a form open, counts what rows would mean under either order. The result is that of a file read as a whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from truceline.formats.date_order import (
    Evidence,
    Order,
    Orders,
    Proved,
    Tally,
    Told,
    counts_for,
    decided,
    own_evidence,
    tallies_of,
)  # fmt: skip
from truceline.formats.dates import NO_CLOCK, Days, Split, split_dates

__all__ = ["Dated", "proved"]


@dataclass(frozen=True, slots=True)
class Dated:
    """The dates of one column in a part of a file: where they begin and end, as text, and what the rows say of them.

    `most` and `told` are as in `date_order.in_order`; `vouched` : the order that the user states holds for them.
    """

    start: pa.ChunkedArray
    end: pa.ChunkedArray
    most: Days | None = None
    told: Told | None = None
    vouched: bool = True

    def split(self) -> tuple[Split, Split]:
        """Cut both into numbers."""
        first = split_dates(self.start)
        return first, split_dates(self.end, first.forms)


Parts = Iterable[Mapping[str, Dated]]


def proved(read: Callable[[Orders], Parts], stated: Order | None) -> dict[str, Proved]:
    """Decide for each column of dates how it is read, by all parts of a file.

    Parameters
    ----------
    read : callable
        Goes through the parts; it is told what is decided so far, by column.
    stated : "month" or "day", optional
        The order that the user vouches for.

    Returns
    -------
    dict of str to Proved
        By column.
    """
    own = {column: seen.own(stated if seen.vouched else None) for column, seen in _seen(read({})).items()}
    if all(each.order for one in own.values() for each in one.forms.values()):
        return own
    counts: dict[tuple[str, str], Counter[str]] = {}
    for part in read(own):
        for column, dated in part.items():
            _count(counts, column, dated, own[column])
    return {
        column: Proved({form: _decided(each, counts.get((column, form))) for form, each in one.forms.items()},
                       one.clocked)
        for column, one in own.items()
    }  # fmt: skip


@dataclass
class _Seen:
    """What was seen of a column: its dates by form, and whether starts and ends have times of day."""

    vouched: bool
    tallies: dict[str, Tally] = field(default_factory=dict)
    clocked: tuple[bool, bool] = (False, False)

    def own(self, stated: Order | None) -> Proved:
        return Proved(own_evidence(self.tallies, stated), self.clocked)


def _seen(parts: Parts) -> dict[str, _Seen]:
    found: dict[str, _Seen] = {}
    for part in parts:
        for column, dated in part.items():
            seen = found.setdefault(column, _Seen(dated.vouched))
            first, last = dated.split()
            for form, tally in tallies_of(first, last).items():
                seen.tallies[form] = seen.tallies.get(form, Tally()) + tally
            seen.clocked = seen.clocked[0] or _has_clock(first), seen.clocked[1] or _has_clock(last)
    return found


def _has_clock(split: Split) -> bool:
    return bool(((split.clock != 0) & (split.clock != NO_CLOCK)).any())


WAYS = ("month", "day", "agree month", "agree day")


def _count(counts: dict[tuple[str, str], Counter[str]], column: str, dated: Dated, own: Proved) -> None:
    first, last = dated.split()
    for form, pairs in counts_for(first, last, own.forms, most=dated.most, told=dated.told).items():
        counts.setdefault((column, form), Counter()).update(dict(zip(WAYS, (*pairs[0], *pairs[1]), strict=True)))


def _decided(own: Evidence, counts: Counter[str] | None) -> Evidence:
    month, day, agree_month, agree_day = ((counts or Counter())[way] for way in WAYS)
    return decided(own, (month, day), (agree_month, agree_day))

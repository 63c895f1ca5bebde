"""A change over time, month by month: what counts in each, who watched, and whether the months can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from truceline.basics.time import Span
from truceline.engines.counted import Count, Counted
from truceline.engines.counting import Counter
from truceline.engines.months import month_at, month_name, month_span
from truceline.engines.watching import Watch
from truceline.judge.counts import Apart
from truceline.judge.trend import Month, Ratio, change_words, movement, rate_ratio

__all__ = ["Series", "series_of"]

HOUR_US = 3_600_000_000


@dataclass(frozen=True, slots=True)
class Series:
    """Whole months in their order, with their spans; what `changed` in who watched; the `movement` of the counts.

    `ratio` : the last month to the first; None where the months cannot be compared, or nothing was counted.
    `straddling` : how many reports may lie in more than one month: surely in none of these, and possibly in each.
    """

    months: tuple[Month, ...]
    spans_us: tuple[tuple[int, int], ...]
    changed: tuple[str, ...]
    movement: str
    ratio: Ratio | None
    straddling: int


def series_of(counter: Counter, number: int, counted: Counted, apart: Apart) -> Series:
    """Put the months of one rule side by side.

    Parameters
    ----------
    counter : Counter
    number : int
        The rule, which is about a change over time.
    counted : Counted
        Of all batches.
    apart : Apart
        What was judged to be the same counts once in a month.

    Returns
    -------
    Series
        All whole months from the day from which the rule compares until the last of which anything is known.
    """
    count, rule = counted.rules.get(number, Count()), counter.rules[number]
    watches = [watch for watch in counter.watches if _counts(watch, number)]
    numbers = _numbers(counter, number, count, counted, watches)
    sums = {at: _sums(at, count, apart, counter.zone) for at in numbers}
    months = tuple(_month(at, sums[at], counted, watches, counter.zone) for at in numbers)
    spans = tuple((span.start_us, span.end_us) for at in numbers for span in [month_span(at, counter.zone)])
    straddling = count.straddling + sum(one.month is None for one in count.judged.values())
    if len(months) < 2:
        return Series(months, spans, (), "cannot tell", None, straddling)
    changed = tuple(change_words(months))
    first, last = months[0], months[-1]
    if changed:
        return Series(months, spans, changed, "cannot tell", None, straddling)
    strict = rule.trend is None or rule.trend.strict
    return Series(months, spans, (), movement(first, last, strict=strict), _ratio(first, last), straddling)


def _counts(watch: Watch, number: int) -> bool:
    """Say whether a watch could see what the rule counts; one that names nothing may have."""
    return bool(watch.covers[number] != -1 and (watch.shows[number] or not watch.record.shows))


def _ratio(first: Month, last: Month) -> Ratio | None:
    if not (first.sure or last.sure):
        return None
    efforts = (last.all_hours, first.all_hours) if first.all_hours and last.all_hours else (1.0, 1.0)
    return rate_ratio(last.sure, first.sure, *efforts)


def _numbers(counter: Counter, number: int, count: Count, counted: Counted, watches: list[Watch]) -> range:
    """List the months to be compared, counted since the year 0: from the first of them of which anything is known."""
    spans = [watch.span for watch in watches]
    watched = [
        month_at(at, counter.zone) for span in spans for at in (span.start_us, max(span.end_us - 1, span.start_us))
    ]
    judged = [one.month for one in count.judged.values() if one.month is not None]
    whole = counter.months[number]
    known = [month for month in (*counted.sources, *count.months, *judged, *watched) if month in whole]
    return range(min(known), max(known) + 1) if known else range(0)


def _sums(month: int, count: Count, apart: Apart, zone: str | None) -> tuple[int, int]:
    """Sum what surely counts in a month, and all that may lie in it: of a group the largest number of each."""
    sure, possible = count.months.get(month, (0, 0))
    possible += sum(more for turn, more in count.turns.items() if turn <= month)
    span, groups = month_span(month, zone), dict[str, tuple[int, int]]()
    for name, one in count.judged.items():
        if one.month == month or (one.month is None and one.sighting.may_lie_in(span)):
            shown = one.sighting.lo if one.shown and one.month == month else 0
            group = apart.groups.get(name, name)
            most = groups.get(group, (0, 0))
            groups[group] = max(most[0], shown), max(most[1], one.sighting.lo)
    return sure + sum(lo for lo, _ in groups.values()), possible + sum(hi for _, hi in groups.values())


def _month(
    at: int, sums: tuple[int, int], counted: Counted, watches: list[Watch], zone: str | None
) -> Month:  # fmt: skip
    span = month_span(at, zone)
    denied = [watch for watch in watches if watch.record.denied and _hours(watch.span, span) is not None]
    return Month(month_name(at), *sums, counted.sources.get(at, {}), dict(_watched(watches, span)), len(denied))


def _watched(watches: list[Watch], span: Span) -> Iterator[tuple[str, float]]:
    """Add the hours of each watcher up."""
    hours: dict[str, float] = {}
    for watch in watches:
        more = None if watch.record.denied else _hours(watch.span, span)
        if more is not None:
            hours[watch.record.by] = hours.get(watch.record.by, 0.0) + more
    yield from sorted(hours.items())


def _hours(one: Span, other: Span) -> float | None:
    """Give the hours that two spans share; None where they do not meet."""
    start, end = max(one.start_us, other.start_us), min(one.end_us, other.end_us)
    meet = start < end or (one.is_instant and other.start_us <= one.start_us < other.end_us)
    return max(end - start, 0) / HOUR_US if meet else None

"""A change over time: months compared where the same people watched as much, and the ratio of their counts.

What was seen less often may have been looked for less often. So a comparison says first whether the coverage is the
same; where it is not, there is no comparison.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from truceline.basics.counting import counted

__all__ = ["EFFORT", "RATE", "Month", "Ratio", "change_words", "exact_share", "movement", "rate_ratio"]

EFFORT = 1.2
"""Hours of one watcher in two months are comparable up to this factor."""
RATE = 1.5
"""Without records of effort: the reports of one source in two months are comparable up to this factor."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month: what was counted in it, and who watched.

    `sure`, `possible` : how many surely, and possibly, count; `reports` : all reports of the run by their source,
    whatever they tell; `hours` : of watch, by who watched; `denied` : how often access was denied.
    """

    name: str
    sure: int = 0
    possible: int = 0
    reports: Mapping[str, int] = field(default_factory=dict)
    hours: Mapping[str, float] = field(default_factory=dict)
    denied: int = 0

    @property
    def all_hours(self) -> float:
        """The hours of all who watched."""
        return math.fsum(self.hours.values())


@dataclass(frozen=True, slots=True)
class Ratio:
    """The ratio of two rates with its exact 95 % interval; None where there is no bound, or nothing to divide by."""

    value: float | None
    low: float
    high: float | None


def movement(first: Month, last: Month, *, strict: bool) -> str:
    """Say whether the count fell (`strict`), or did not rise, from one month to another: only if it surely did.

    >>> movement(Month("2031-05", 12, 12), Month("2031-07", 15, 15), strict=True)
    'not falling'
    >>> movement(Month("2031-05", 12, 14), Month("2031-07", 9, 12), strict=True)
    'cannot tell'
    """
    if strict:
        if last.possible < first.sure:
            return "falling"
        return "not falling" if last.sure >= first.possible else "cannot tell"
    if last.possible <= first.sure:
        return "not rising"
    return "rising" if last.sure > first.possible else "cannot tell"


def change_words(months: Sequence[Month]) -> Iterator[str]:
    """Say what changed in who watched, and how much, from the first month to the last; nothing: it is comparable.

    Records of effort go before the numbers of reports, which rise and fall with what is reported as well.

    >>> list(change_words([Month("2031-05", hours={"patrols": 100.0}), Month("2031-06", hours={"patrols": 200.0})]))
    ['patrols watched 100 hours in 2031-05 and 200 in 2031-06']
    """
    first, last = months[0], months[-1]
    yield from _sources(months)
    if first.denied != last.denied:
        yield f"access was denied {counted(first.denied, 'time')} in {first.name} and {last.denied} in {last.name}"
    if any(month.hours for month in months):
        yield from _differ(first, last, lambda month: month.hours, EFFORT, "watched", " hours")
    else:
        yield from _differ(first, last, lambda month: month.reports, RATE, "told", " reports")


def _sources(months: Sequence[Month]) -> Iterator[str]:
    """Name the sources that are not there in every month."""
    for source in sorted({source for month in months for source in month.reports}):
        there = [month.name for month in months if month.reports.get(source, 0)]
        if len(there) < len(months):
            missing = next(month.name for month in months if month.name not in there)
            yield f"{source} reported in {there[0]} and not in {missing}"


def _differ(
    first: Month, last: Month, of: Callable[[Month], Mapping[str, float]], factor: float, verb: str, noun: str
) -> Iterator[str]:
    """Compare what each source, or watcher, did in two months."""
    for name in sorted({*of(first), *of(last)}):
        before, after = of(first).get(name, 0), of(last).get(name, 0)
        # A source that is missing in a month is named already.
        known = noun == " hours" or (before and after)
        if known and max(before, after) > factor * min(before, after):
            yield f"{name} {verb} {before:,.0f}{noun} in {first.name} and {after:,.0f} in {last.name}"


def rate_ratio(last: int, first: int, last_effort: float = 1.0, first_effort: float = 1.0) -> Ratio:
    """Compare two Poisson rates: counts over efforts, the last over the first, with an exact 95 % interval.

    Given both together, the last count is binomial; its share has the interval of Clopper and Pearson.

    Parameters
    ----------
    last, first : int
        Counts, 0 or more.
    last_effort, first_effort : float
        What they were counted in, in one unit, such as hours; more than 0.

    Examples
    --------
    >>> found = rate_ratio(15, 12)
    >>> round(found.value, 2), round(found.low, 2), round(found.high, 2)
    (1.25, 0.55, 2.92)
    >>> rate_ratio(3, 0).high is None
    True
    """
    scale = first_effort / last_effort
    low, high = exact_share(last, last + first)
    value = None if first == 0 else last / first * scale
    return Ratio(value, low / (1.0 - low) * scale, None if first == 0 else high / (1.0 - high) * scale)


def exact_share(k: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Bound a probability after k of n trials: the exact interval of Clopper and Pearson.

    Accurate to 1e-9. Nothing observed bounds nothing.

    >>> [round(bound, 4) for bound in exact_share(1, 10)], exact_share(0, 0)
    ([0.0025, 0.445], (0.0, 1.0))
    """
    tail = (1.0 - level) / 2.0
    low = 0.0 if k == 0 else _solved(lambda p: _beta(p, k, n - k + 1), tail)
    high = 1.0 if k == n else _solved(lambda p: _beta(p, k + 1, n - k), 1.0 - tail)
    return low, high


def _solved(rising: Callable[[float], float], goal: float) -> float:
    """Find where a function that rises over [0, 1] reaches a goal, by halving."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2.0
        low, high = (middle, high) if rising(middle) < goal else (low, middle)
    return (low + high) / 2.0


def _beta(x: float, a: float, b: float) -> float:
    """Compute the regularised incomplete beta function I_x(a, b), by its continued fraction (DLMF 8.17.22).

    >>> round(_beta(0.5, 2.0, 3.0), 12), _beta(1.0, 2.0, 3.0)
    (0.6875, 1.0)
    """
    if x in (0.0, 1.0):
        return x
    if x > (a + 1.0) / (a + b + 2.0):  # the fraction converges fast below this
        return 1.0 - _beta(1.0 - x, b, a)
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    return math.exp(log_front) * _fraction(x, a, b) / a


def _fraction(x: float, a: float, b: float) -> float:
    """Evaluate the continued fraction of the incomplete beta function, by the method of Lentz."""
    tiny, c, d = 1e-300, 1.0, 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d or tiny)
    value = d
    m, change = 0, 0.0
    while abs(change - 1.0) >= 1e-14:
        m += 1
        for step in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d, c = 1.0 / ((1.0 + step * d) or tiny), (1.0 + step / c) or tiny
            change = c * d
            value *= change
    return value

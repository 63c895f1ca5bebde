"""Accounts: what all reports of a run say together, for each rule that asks for a number, under each reading.

A row is about all reports, about one record of effort, or about one month. The verdict on a number is that of its
interval: surely so many at one time, possibly so many.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from truceline.engines.account_words import month_words, number_words, trend_words, watch_words
from truceline.engines.counted import Count, Counted, Seen
from truceline.engines.figures import Clock
from truceline.engines.monthly import Series, series_of
from truceline.engines.setup import Setup
from truceline.engines.watching import Watch
from truceline.judge.counts import Apart, Together, apart_of, of_number, together
from truceline.judge.reasons import codes_of
from truceline.judge.verdict import Verdict
from truceline.plan.compile import TEXT
from truceline.plan.tables import Kind, Rule
from truceline.plan.trend import NOT_STATED

__all__ = ["ACCOUNTS_SCHEMA", "Account", "accounts_of", "accounts_table", "with_written_times"]

KINDS = {Kind.BAN: "ban", Kind.CEILING: "ceiling", Kind.FLOOR: "floor", Kind.TREND: "trend"}

LISTS = ("reasons", "counted", "judgements")


@dataclass(frozen=True, slots=True)
class Account:
    """One row.

    `kind` : ban, ceiling, floor or trend. `window` : "all" reports, one "record" of effort or one "month", whose
    `name` it is; `from_us`, `until_us` : when that is, None where it is not known. `limit` : what the rule asks;
    where that is rounded, the least that it may mean.
    `count_lo`, `count_hi` : surely so many at one time, possibly so many, None: no bound; of a month, how many surely
    and possibly count in it. `reports` : how many count or may, `sure` : how many surely do. `counted` : the
    reports that make up `count_lo`, and `judgements` : those that let them count together. `trend` : falling, not
    falling, rising, not rising, cannot tell; with the ratio of the last month to the first and its 95 % interval.
    `proxy` : what stands for the thing itself. `words` : the arithmetic.
    """

    provision: str
    reading: str
    kind: str
    window: str
    name: str
    verdict: str
    reasons: tuple[str, ...]
    limit: int | None = None
    count_lo: int = 0
    count_hi: int | None = None
    reports: int = 0
    sure: int = 0
    counted: tuple[str, ...] = ()
    judgements: tuple[str, ...] = ()
    from_us: int | None = None
    until_us: int | None = None
    trend: str = ""
    ratio: float | None = None
    ratio_low: float | None = None
    ratio_high: float | None = None
    proxy: str = ""
    words: str = ""

    def as_dict(self, clock: Clock = Clock()) -> dict[str, Any]:  # noqa: B008 - a frozen value
        """Give plain data for JSON, instants in the words of a clock."""
        told = {one.name: getattr(self, one.name) for one in fields(self)}
        times = {name: told.pop(f"{name}_us") for name in ("from", "until")}
        return {
            **{name: list(value) if isinstance(value, tuple) else value for name, value in told.items()},
            **{name: None if at is None else clock.instant(at) for name, at in times.items()},
        }


ACCOUNTS_SCHEMA = pa.schema([
    *((name, pa.string()) for name in ("provision", "reading", "kind", "window", "name", "verdict", "reasons")),
    *((name, pa.int64()) for name in ("limit", "count_lo", "count_hi", "reports", "sure")),
    *((name, pa.string()) for name in ("counted", "judgements")),
    *((name, pa.timestamp("us", "UTC")) for name in ("from", "until")),
    ("trend", pa.string()),
    *((name, pa.float64()) for name in ("ratio", "ratio_low", "ratio_high")),
    *((name, pa.string()) for name in ("proxy", "words")),
])  # fmt: skip
"""The columns of a table of accounts; see `Account`. Several reasons, reports or judgements are joined by ``;``."""


def accounts_of(setup: Setup, counted: Counted) -> tuple[Account, ...]:
    """Say what all reports of a run say together.

    Parameters
    ----------
    setup : Setup
    counted : Counted
        Of all batches.

    Returns
    -------
    tuple of Account
        In the order of the provisions, and of the readings within each: first the row of all reports, then those of
        records of effort, then those of months.
    """
    counter = setup.counter
    apart = apart_of(counter.beside.judgements)
    made: dict[int, tuple[Account, ...]] = {}
    found: list[Account] = []
    for (rule, reading), number in setup.pairs.items():
        if number not in counter.numbers:
            continue
        if number not in made:
            made[number] = tuple(_Told(setup, number, counted, apart).rows())
        text = setup.agreement.under(None if reading == TEXT else reading)
        proxy = text.provisions[setup.book.rules[rule].provision].proxy or ""
        name = str(setup.book.rules[rule])
        found += [replace(row, provision=name, reading=reading, proxy=proxy) for row in made[number]]
    return tuple(found)


def accounts_table(accounts: tuple[Account, ...]) -> pa.Table:
    """Write accounts as a table of `ACCOUNTS_SCHEMA`.

    >>> accounts_table(()).num_rows
    0
    """
    names = {"from": "from_us", "until": "until_us"}
    columns = {}
    for one in ACCOUNTS_SCHEMA:
        values = [getattr(account, names.get(one.name, one.name)) for account in accounts]
        if one.name in LISTS:
            values = [";".join(value) for value in values]
        kind = pa.int64() if one.name in names else one.type
        columns[one.name] = pa.array(values, kind).cast(one.type)
    return pa.table(columns, schema=ACCOUNTS_SCHEMA)


def with_written_times(accounts: pa.Table) -> pa.Table:
    """Write instants as words, for files of text: ``2031-06-01T10:00:00Z``.

    >>> with_written_times(accounts_table(())).schema.field("from").type
    DataType(string)
    """
    for name in ("from", "until"):
        words = pc.strftime(
            accounts.column(name).cast(pa.timestamp("s", "UTC"), safe=False), format="%Y-%m-%dT%H:%M:%SZ"
        )
        accounts = accounts.set_column(accounts.column_names.index(name), name, words)
    return accounts


@dataclass(frozen=True)
class _Told:
    """One rendering while it is told; provision and reading are put in afterwards."""

    setup: Setup
    number: int
    counted: Counted
    apart: Apart

    @property
    def rule(self) -> Rule:
        return self.setup.counter.rules[self.number]

    @property
    def count(self) -> Count:
        return self.counted.rules.get(self.number, Count())

    def rows(self) -> Iterator[Account]:
        if self.rule.kind == Kind.TREND:
            yield from self._trend()
            return
        if self.rule.kind != Kind.BAN:
            yield self._all()
        for watch in self.setup.counter.watches:
            if watch.covers[self.number] != -1:
                yield self._watch(watch)

    def _account(self, window: str, name: str, verdict: Verdict, *reasons: str, **told: Any) -> Account:
        limit = None if self.rule.kind == Kind.TREND else self.rule.limit
        return Account("", "", KINDS[self.rule.kind], window, name, verdict.code, reasons, limit, **told)

    @cached_property
    def together(self) -> Together:
        """The largest number that was surely there at one time."""
        count = self.count
        several = [one.sighting for one in count.judged.values() if one.sure]
        return together([*several, *([count.best] if count.best is not None else [])], self.apart)

    @property
    def _possible(self) -> int:
        """Add up all numbers that may count, each at least; what was judged to be the same counts once."""
        groups: dict[str, int] = {}
        for name, one in self.count.judged.items():
            group = self.apart.groups.get(name, name)
            groups[group] = max(groups.get(group, 0), one.sighting.lo)
        return self.count.total + sum(groups.values())

    @property
    def _is_denied(self) -> bool:
        return self.rule.denied and self.rule.scope is None

    def _of_all(self, verdict: Verdict, *reasons: str, **told: Any) -> Account:
        count, sure = self.count, self.together
        begin, end = sure.span_us
        return self._account(
            "all", "", verdict, *reasons, count_lo=sure.lo, reports=count.reports, sure=count.sure,
            counted=tuple(one.report for one in sure.sightings), judgements=sure.judgements, from_us=begin,
            until_us=end, **told,
        )  # fmt: skip

    def _all(self) -> Account:
        if self._is_denied:
            return self._of_all(Verdict.NOT_APPLICABLE, "denied", words="the holder of the reading denies the rule")
        sure, kind = self.together, self.rule.kind
        verdict = of_number(kind, sure.lo, None, *self.rule.limits)
        reason = {Verdict.VIOLATION: "more_than_allowed", Verdict.NO_VIOLATION: "enough_shown"}
        rounded = ("number_rounded",) if self._is_rounded(sure.lo, None) else ()
        words = number_words(self.rule, sure, self._possible - sure.lo, verdict)
        return self._of_all(verdict, reason.get(verdict, "count_incomplete"), *rounded, words=words)

    def _is_rounded(self, lo: int, hi: int | None) -> bool:
        """Say whether a number settles the matter for one of the numbers that the limit may mean, and not for all."""
        return len({of_number(self.rule.kind, lo, hi, limit) for limit in self.rule.limits}) > 1

    def _watch(self, watch: Watch) -> Account:
        seen, number = self.count.seen.get(watch.record.id, Seen()), self.number
        lo = 0 if seen.best is None else seen.best.lo
        complete = bool(watch.record.complete and watch.shows[number])
        all_seen = not seen.beside if self.rule.kind == Kind.BAN else watch.covers[number] == 1
        bounded = complete and all_seen and seen.hi is not None and not self._is_left_out(watch)
        # An inspection that found fewer than others surely saw at the time did not find all: it bounds nothing.
        found = max(seen.hi or 0, lo)
        hi = found if bounded and self._agrees(watch, seen, found) else None
        verdict, reason = self._judge_watch(watch, seen, lo, hi)
        best = () if seen.best is None else (seen.best.report,)
        return self._account(
            "record", watch.record.id, verdict, *reason, count_lo=lo, count_hi=hi, reports=seen.reports, sure=seen.own,
            counted=best, from_us=watch.span.start_us, until_us=watch.span.end_us,
            words=watch_words(self.rule, watch.record, seen, (lo, hi), reason[0]),
        )  # fmt: skip

    def _is_left_out(self, watch: Watch) -> bool:
        """Say whether a report may be left out that tells of a watch: it begins too early, or was not published yet.

        One that begins before the first day asked for may end after any watch, and one without a date is of any time.
        """
        return self.setup.beside.since_us is not None or watch.record.id in self.counted.missed

    def _agrees(self, watch: Watch, seen: Seen, found: int) -> bool:
        """Say that nobody surely saw more at one time, and perhaps at that of a watch, than was found."""
        judged = (one.sighting for one in self.count.judged.values() if one.sure)
        then = together((one for one in judged if one.may_lie_in(watch.span)), self.apart)
        return not then.cut and max(then.lo, 0 if seen.other is None else seen.other.lo) <= found

    def _judge_watch(
        self, watch: Watch, seen: Seen, lo: int, hi: int | None
    ) -> tuple[Verdict, tuple[str, ...]]:  # fmt: skip
        """Judge the stretch of one record: what is missing in it, or the number that was found."""
        number, kind = self.number, self.rule.kind
        if watch.speaks[number] == -1:
            return Verdict.NOT_APPLICABLE, codes_of(int(watch.why[number]))
        settled = of_number(kind, lo, hi, *self.rule.limits)
        if kind == Kind.BAN and (seen.reports or seen.beside):
            settled = Verdict.VIOLATION if seen.own else Verdict.INDETERMINATE
        if settled == Verdict.VIOLATION and kind == Kind.FLOOR and (watch.speaks[number] != 1 or self.rule.what.acts):
            settled = Verdict.INDETERMINATE  # an act that is owed may be done at another time
        if settled == Verdict.INDETERMINATE:
            rounded = kind != Kind.BAN and self._is_rounded(lo, hi)
            return settled, ("number_rounded" if rounded else self._missing(watch),)
        return settled, (_SETTLED[kind, settled],)

    def _missing(self, watch: Watch) -> str:
        """Say what keeps the record of a watch from settling the matter."""
        record, number = watch.record, self.number
        missing = {
            "access_denied": record.denied,
            "watched_in_part": not record.complete,
            "means_cannot_show": not watch.shows[number],
            "ground_in_part": watch.covers[number] != 1 and self.rule.kind != Kind.BAN,
            "reports_left_out": self._is_left_out(watch),
            "rule_may_not_speak": watch.speaks[number] != 1 and self.rule.kind == Kind.FLOOR,
            "count_incomplete": bool(self.rule.what.acts) and self.rule.kind == Kind.FLOOR,
        }
        return next((code for code, holds in missing.items() if holds), "seen_and_open")

    def _trend(self) -> Iterator[Account]:
        """Tell a change over time: the verdict on what was due, and beside it how the months compare."""
        series = series_of(self.setup.counter, self.number, self.counted, self.apart)
        verdict, reason = self._judge_trend(series)
        ratio = series.ratio
        bounds: Mapping[str, Any] = (
            {} if ratio is None else {"ratio": ratio.value, "ratio_low": ratio.low, "ratio_high": ratio.high}
        )
        reasons = (reason, *(("coverage_changed",) if series.changed and reason != "coverage_changed" else ()))
        words = trend_words(series, self.together, reason)
        yield self._of_all(verdict, *reasons, trend=series.movement, words=words, **bounds)
        for month, (start, end) in zip(series.months, series.spans_us, strict=True):
            yield self._account(
                "month", month.name, Verdict.INDETERMINATE, "series_needed", count_lo=month.sure,
                count_hi=month.possible, reports=sum(month.reports.values()), from_us=start, until_us=end,
                words=month_words(month),
            )  # fmt: skip

    def _judge_trend(self, series: Series) -> tuple[Verdict, str]:
        trend = self.rule.trend
        if self._is_denied:
            return Verdict.NOT_APPLICABLE, "denied"
        if trend is None or not trend.due:
            return Verdict.NO_VIOLATION, "no_due_date"
        bounds = [trend.to] if trend.to != NOT_STATED else []
        bounds += [trend.baseline - trend.strict] if trend.baseline != NOT_STATED else []
        if bounds and self.together.lo > min(bounds):
            return Verdict.VIOLATION, "level_exceeded"
        return Verdict.INDETERMINATE, "coverage_changed" if series.changed else "count_incomplete"


_SETTLED = {
    (Kind.BAN, Verdict.VIOLATION): "every_condition_met",
    (Kind.BAN, Verdict.NO_VIOLATION): "watched_nothing_seen",
    (Kind.CEILING, Verdict.VIOLATION): "more_than_allowed",
    (Kind.CEILING, Verdict.NO_VIOLATION): "within_limit",
    (Kind.FLOOR, Verdict.VIOLATION): "fewer_than_owed",
    (Kind.FLOOR, Verdict.NO_VIOLATION): "enough_shown",
}

"""Accounts in plain words: what was counted, against what, and what follows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from truceline.basics.counting import counted
from truceline.engines.counted import Seen
from truceline.engines.figures import number, numbers
from truceline.engines.monthly import Series
from truceline.evidence.effort import Effort
from truceline.judge.counts import Together
from truceline.judge.trend import Month
from truceline.judge.verdict import Verdict
from truceline.plan.tables import Anywhere, Kind, Rule

__all__ = ["REASONS", "month_words", "number_words", "trend_words", "watch_words"]

REASONS: Mapping[str, str] = {
    "more_than_allowed": "more than allowed were surely there at one time",
    "within_limit": "a complete watch found no more than allowed",
    "enough_shown": "as many as are owed were surely there",
    "fewer_than_owed": "a complete watch found fewer than are owed",
    "level_exceeded": "after the day on which it was due, more were surely there than the level allows",
    "every_condition_met": "it was seen while they watched",
    "watched_nothing_seen": "they watched, and nothing of it was seen",
    "number_rounded": "the text does not say exactly how many: it may mean a number above or below that",
    "count_incomplete": "sightings can break a ceiling but never prove that it was kept, nor that anything is missing",
    "no_due_date": "there is no date by which it had to be reached",
    "coverage_changed": "who watched, or how much, is not the same in the first and the last month",
    "series_needed": "one month shows no change over time",
    "access_denied": "access was denied",
    "watched_in_part": "the watch was not complete: what it did not see may have been there",
    "means_cannot_show": "the record does not name it among what the watch could show",
    "ground_in_part": "it is not known that all of the ground was watched",
    "reports_left_out": "reports that may tell of it are left out by their date",
    "rule_may_not_speak": "it is not known that the rule spoke throughout that time",
    "seen_and_open": "reports may tell of it there and then",
    "not_in_force": "the rule was not in force then",
    "condition_unmet": "the condition of the rule was not met then",
    "denied": "the holder of the reading denies the rule",
}
"""Why a row of an account has its verdict: a closed list."""

FEW = 12
"""Months whose counts are told one by one."""
HOUR_US = 3_600_000_000


def number_words(rule: Rule, sure: Together, more: int, verdict: Verdict) -> str:
    """Tell the arithmetic of a number: what is surely there, what may be, the limit, and what follows."""
    inside = "surely" if isinstance(rule.where, Anywhere) else "surely inside"
    sum_ = " + ".join(number(one.lo, 0) for one in sure.sightings) or "0"
    total = f" = {number(sure.lo, 0)}" if len(sure.sightings) > 1 else ""
    possible = f" + {number(more, 0)} possibly" if more > 0 and verdict == Verdict.INDETERMINATE else ""
    parts = (f"{sum_}{total} {inside}{possible}", *_judged(sure), f"{_asked(rule)}: {_follows(rule.kind, verdict)}")
    return "; ".join([*parts, *_cut(sure)])


def _cut(sure: Together) -> Iterator[str]:
    """Say that a larger number may have been there at one time."""
    if sure.cut:
        yield "so many reports were judged to be different that not every sum was tried: there may have been more"


def _judged(sure: Together) -> Iterator[str]:
    """Say on what it rests that several sightings count together."""
    if len(sure.sightings) < 2:
        return
    yield f"judged to be different, there at one time ({', '.join(sure.judgements)})"
    if sure.apart_us:
        yield f"the reports themselves lie {number(sure.apart_us / HOUR_US, 1)} hours apart"


def _asked(rule: Rule) -> str:
    if rule.kind == Kind.FLOOR:
        return f"{numbers(*rule.limits)} {'is' if rule.limits == (1, 1) else 'are'} owed"
    return f"the limit is {numbers(*rule.limits)}"


def _follows(kind: Kind, verdict: Verdict) -> str:
    if verdict == Verdict.INDETERMINATE:
        return "cannot tell"
    if kind == Kind.FLOOR:
        return "enough" if verdict == Verdict.NO_VIOLATION else "too few at that time"
    return "more than allowed" if verdict == Verdict.VIOLATION else "kept at that time"


def watch_words(rule: Rule, record: Effort, seen: Seen, counts: tuple[int, int | None], reason: str) -> str:
    """Tell what one record of effort shows about a rule."""
    lo, hi = counts
    who = f"{record.by}{f' ({record.means})' if record.means else ''}"
    by = f" by {record.denied_by}" if record.denied_by else ""
    watch = f"a complete {record.means or 'watch'}"
    told = {
        "within_limit": f"{watch} found at most {hi}; {_asked(rule)}: kept at that time",
        "fewer_than_owed": f"{watch} found at most {hi}; {_asked(rule)}: too few at that time",
        "more_than_allowed": f"{lo} surely inside; {_asked(rule)}: more than allowed",
        "enough_shown": f"{lo} surely inside; {_asked(rule)}: enough",
        "every_condition_met": f"{counted(seen.own, 'report')} of it while they watched",
        "watched_nothing_seen": "watched, and nothing of it was seen there at that time",
        "access_denied": f"access was denied{by}: cannot tell",
        "count_incomplete": "too few of it were seen at that time; what is owed may be done at another: cannot tell",
    }
    return f"{who}: {told.get(reason) or _open_words(seen, reason)}"


def _open_words(seen: Seen, reason: str) -> str:
    if reason == "seen_and_open":
        reports = seen.reports + seen.beside
        return f"{counted(reports, 'report')} may tell of it there and then: cannot tell"
    return REASONS[reason]


def month_words(month: Month) -> str:
    """Tell the count of one month, and who watched in it.

    >>> month_words(Month("2031-05", 12, 14, {}, {"patrols": 310.0}))
    '12 surely + 2 possibly; patrols watched 310 hours'
    """
    possible = f" + {number(month.possible - month.sure, 0)} possibly" if month.possible > month.sure else ""
    hours = [f"{name} watched {number(hours, 0)} hours" for name, hours in month.hours.items()]
    denied = [f"access was denied {counted(month.denied, 'time')}"] if month.denied else []
    watched = hours or ["nobody recorded who watched"]
    return "; ".join([f"{number(month.sure, 0)} surely{possible}", *watched, *denied])


def trend_words(series: Series, sure: Together, reason: str) -> str:
    """Tell a change over time: the counts, whether they can be compared, and what was due."""
    told = [*_counts(series), *_movement(series)]
    due = [*_due(sure, reason), *_cut(sure)]
    return "; ".join([*due, *told] if reason == "level_exceeded" else [*told, *due])


def _counts(series: Series) -> Iterator[str]:
    months = series.months
    if not months:
        yield "nothing is known of any month"
        return
    told = months if len(months) <= FEW else (months[0], months[-1])
    counts = ", ".join(number(month.sure, 0) for month in told)
    span = months[0].name if len(months) == 1 else f"{months[0].name} to {months[-1].name}"
    yield f"{counts} surely in {span}" if len(months) <= FEW else f"{counts} surely in the first and the last of {span}"
    if series.straddling:
        yield f"{counted(series.straddling, 'report')} may lie in more than one month"


def _movement(series: Series) -> Iterator[str]:
    if len(series.months) < 2:
        yield "one month shows no change"
    elif series.changed:
        more = f" (and {counted(len(series.changed) - 1, 'further change')})" if len(series.changed) > 1 else ""
        yield f"coverage changed: {series.changed[0]}{more}"
    else:
        yield f"trend {series.movement}" if series.movement != "cannot tell" else "trend: cannot tell"
    if series.ratio is not None and series.ratio.value is not None and series.ratio.high is not None:
        low, high = (f"{bound:.2f}" for bound in (series.ratio.low, series.ratio.high))
        yield f"the last month is {series.ratio.value:.2f} times the first (95 % interval {low} to {high})"


def _due(sure: Together, reason: str) -> Iterator[str]:
    if reason == "level_exceeded":
        yield f"{number(sure.lo, 0)} surely there after the day on which it was due: more than the level allows"
    elif reason in ("no_due_date", "denied"):
        yield REASONS[reason]
    else:
        yield "what is due by then: cannot tell"

"""The clauses of the short summary: counts under each reading, what decides, why verdicts stay open, and the silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from truceline.basics.counting import counted
from truceline.engines.counting import NUMBERS
from truceline.engines.deciding import is_judged
from truceline.engines.local import Summary
from truceline.engines.proxies import proxies_of
from truceline.engines.setup import Setup
from truceline.formats.table_text import Column, coloured, paragraph, text_table
from truceline.judge.reasons import BY_CODE
from truceline.plan.codebook import rules_of
from truceline.plan.compile import TEXT
from truceline.publish.clause_names import clause_names
from truceline.publish.tally import number
from truceline.terms.wording import unseen_because

__all__ = [
    "COLOURS",
    "clause_lines",
    "judged_rules",
    "legend",
    "silent_lines",
    "text_and_readings",
    "with_equal_counts",
]

COLOURS: Mapping[str, int] = {"violation": 166, "no_violation": 32, "indeterminate": 178, "not_applicable": 244}
"""The colours of the verdicts in 256, as near as they come to those of the page."""

MARKS: Mapping[str, str] = {
    "violation": "◆", "no_violation": "●", "indeterminate": "□", "not_applicable": "\N{MULTIPLICATION SIGN}",
}  # fmt: skip
MAIN = 3
"""Reasons that are told; the others are in the rows and in the JSON."""
WAITING = ("not_judged_yet", "count_incomplete", "series_needed")
"""The reasons of verdicts that no single report decides."""
FEW = 6
"""Readings with the same counts that are told by name."""


def legend(*, colour: bool = False) -> str:
    """Say which mark stands for which verdict.

    >>> legend()[:29]
    '◆ violation   ● no violation '
    """
    parts = (coloured(f"{mark} {verdict.replace('_', ' ')}", COLOURS[verdict] if colour else None)
             for verdict, mark in MARKS.items())  # fmt: skip
    return "   ".join(parts)


def judged_rules(summary: Summary, setup: Setup) -> list[str]:
    """List the clauses that are judged, in the order of the terms: not those of which every verdict must wait."""
    rules = {str(rule): place for place, rule in enumerate(setup.book.rules)}
    return [name for name in summary.depends if is_judged(setup, rules[name]) and not _waits(name, summary)]


def clause_lines(
    name: str, summary: Summary, decides: Mapping[str, int], *, title: str | None = None, width: int | None = None,
    colour: bool = False,
) -> Iterator[str]:  # fmt: skip
    """Tell one clause: on how many reports readings disagree and why, the counts, and why verdicts stay open."""
    yield from paragraph(_head(name, title or name, summary), width, hang=2)
    if decides:
        fields = ", ".join(f"{field} {number(count)}" for field, count in decides.items())
        yield from paragraph(f"deciding fields: {fields}", width, indent=2, hang=2)
    digits = max(len(number(count)) for counts in summary.verdicts.values() for count in counts.values())
    groups = with_equal_counts(summary, name)
    columns = [*(Column("", colour=COLOURS[verdict]) for verdict in MARKS), Column("")]
    rows = [(*_cells(summary.verdicts[name, group[0]], digits), _names(group, groups)) for group in groups]
    yield from text_table(columns, rows, indent=2, width=width, colour=colour)
    yield from _why_open(name, summary, width)


def silent_lines(summary: Summary, setup: Setup, width: int | None = None) -> Iterator[str]:
    """Name the clauses that get no verdict, each with the reason."""
    told = {*judged_rules(summary, setup), *_counted_together(setup)}
    later = [name for name in summary.depends if name not in told]
    proxies = {name: f"; seen through a proxy: {proxy}" for name, proxy in proxies_of(setup).items()}
    why = BY_CODE["not_judged_yet"].words
    names = clause_names(setup)
    silent = [*((name, f"{why}{proxies.get(name, '')}") for name in later), *_unobservable(setup)]
    rows = [(names[name], words) for name, words in silent]
    if rows:
        yield "No verdict on:"
        yield from text_table([Column(""), Column("")], rows, indent=2, width=width)


def text_and_readings(names: tuple[str, ...] | list[str]) -> str:
    """Count readings, and the text that they read beside them: the text is not one of its readings.

    >>> [text_and_readings(names) for names in (["text", "north", "south"], ["north"], ["text"])]
    ['the text and 2 readings', '1 reading', 'the text']
    """
    count = len(names) - (TEXT in names)
    readings = counted(count, "reading")
    if TEXT not in names:
        return readings
    return f"the text and {readings}" if count else "the text"


def with_equal_counts(summary: Summary, provision: str) -> list[tuple[str, ...]]:
    """Group the readings under which a provision has the same counts, in the order of the terms.

    Equal counts need not be counts of the same reports: `Summary.depends` says whether they are.
    """
    groups: dict[tuple[int, ...], list[str]] = {}
    for (name, reading), counts in summary.verdicts.items():
        if name == provision:
            groups.setdefault(tuple(counts[verdict] for verdict in MARKS), []).append(reading)
    return [tuple(names) for names in groups.values()]


def _head(name: str, title: str, summary: Summary) -> str:
    if sum(provision == name for provision, _ in summary.verdicts) == 1:
        return title
    depends = summary.depends[name]
    told = number(depends) if depends else "none"
    return f"{title}: the verdict depends on the reading for {told} of {counted(summary.reports, 'report')}"


def _cells(counts: Mapping[str, int], digits: int) -> tuple[str, ...]:
    return tuple(f"{mark} {number(counts[verdict]):>{digits}}" for verdict, mark in MARKS.items())


def _names(group: tuple[str, ...], groups: list[tuple[str, ...]]) -> str:
    """Name readings; the largest group is only counted, where it is large, since all others are named."""
    if len(group) <= FEW or group is not max(groups, key=len):
        return ", ".join(group)
    return text_and_readings(group) + (" not named here" if len(groups) > 1 else "")


def _why_open(name: str, summary: Summary, width: int | None) -> Iterator[str]:
    """Give the main reasons of open verdicts, each with the range of its counts over the readings."""
    found = [counts for (provision, _), counts in summary.reasons.items() if provision == name]
    codes = dict.fromkeys(code for counts in found for code in counts if BY_CODE[code].verdict == "indeterminate")
    ranges = {code: (min(of), max(of)) for code in codes for of in [[counts.get(code, 0) for counts in found]]}
    main = sorted(ranges, key=lambda code: (-ranges[code][1], -ranges[code][0]))[:MAIN]
    if not main:
        return
    differ = any(fewest != most for fewest, most in (ranges[code] for code in main))
    yield f"  {MARKS['indeterminate']} because (reports{', range over the readings' if differ else ''}):"
    rows = [(_range(*ranges[code]), BY_CODE[code].words) for code in main]
    yield from text_table([Column("", number=True), Column("")], rows, indent=4, width=width)
    if len(codes) > MAIN:
        yield f"    and {counted(len(codes) - MAIN, 'rarer reason')}"


def _waits(name: str, summary: Summary) -> bool:
    """Say whether a clause has open verdicts and no others, all of them of a kind that no single report decides."""
    mine = [key for key in summary.verdicts if key[0] == name]
    undecided = [summary.verdicts[key]["indeterminate"] for key in mine]
    waiting = [max(summary.reasons[key].get(code, 0) for code in WAITING) for key in mine]
    decided = any(summary.verdicts[key][verdict] for key in mine for verdict in ("violation", "no_violation"))
    return any(undecided) and undecided == waiting and not decided


def _counted_together(setup: Setup) -> set[str]:
    """Name the clauses that ask for a number: what all reports say together is told of them."""
    return {str(setup.book.rules[rule]) for (rule, _), number in setup.pairs.items() if number in setup.counter.numbers
            and setup.counter.rules[number].kind in NUMBERS}  # fmt: skip


def _range(fewest: int, most: int) -> str:
    return number(most) if fewest == most else f"{number(fewest)} to {number(most)}"


def _unobservable(setup: Setup) -> Iterator[tuple[str, str]]:
    """Go through the clauses that no report could decide, with the words of the terms for it."""
    seen: set[str] = set()
    for reading in setup.readings:
        text = setup.agreement.under(None if reading == TEXT else reading)
        judged = {rule.provision for rule in rules_of(text)}
        for name, provision in text.provisions.items():
            if name not in judged and name not in seen:
                seen.add(name)
                unseen = unseen_because(provision.because)
                yield name, f"only reserved: {provision.reserves}" if provision.reserves else unseen

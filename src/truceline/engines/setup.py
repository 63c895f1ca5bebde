"""Everything that a run needs before the first report comes: plans, names and geometry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

from truceline.basics.time import Span, parse_moment
from truceline.engines.atlas import Atlas, atlas_of
from truceline.engines.counting import Counter
from truceline.engines.rulings import Rulings
from truceline.engines.watching import watches_of
from truceline.errors import Fault, UsageError
from truceline.evidence.effort import ALONE, Beside
from truceline.evidence.regions import Regions
from truceline.judge.divergence import grafted_grounds, grafted_rules
from truceline.plan.codebook import Codebook
from truceline.plan.compile import book_of, compile_plan, readings_of
from truceline.plan.demand import compile_demands
from truceline.plan.tables import Plan, Rule, fingerprint
from truceline.terms.agreement import Agreement
from truceline.terms.trouble import among

__all__ = ["MANY", "Setup", "known_by", "prepare"]

MANY = 100_000
"""Reports from which on compiled code is sooner done, its loading included."""


@dataclass(frozen=True)
class Setup:
    """An agreement ready to be checked: one plan per reading, all sharing one codebook and one atlas.

    `left_out` names readings, provisions and stances that were not known on `as_known`. `beside`: who watched, and
    what people decided about reports.
    """

    agreement: Agreement
    readings: tuple[str, ...]
    book: Codebook
    plans: tuple[Plan, ...]
    atlas: Atlas
    demands: Mapping[str, Rule]
    as_known: str | None = None
    known_until_us: int | None = None
    left_out: tuple[str, ...] = ()
    beside: Beside = ALONE

    def __getstate__(self) -> dict[str, Any]:
        """Leave behind, when sent elsewhere, what can be made again: it holds locks."""
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @cached_property
    def renderings(self) -> tuple[tuple[Rule, tuple[tuple[int, str], ...]], ...]:
        """Group rules that several readings render alike: each rendering once, with its (rule, reading) pairs."""
        groups: dict[str, tuple[Rule, list[tuple[int, str]]]] = {}
        for reading, plan in zip(self.readings, self.plans, strict=True):
            for rule in plan.rules:
                groups.setdefault(fingerprint(rule), (rule, []))[1].append((rule.rule, reading))
        return tuple((rule, tuple(pairs)) for rule, pairs in groups.values())

    @cached_property
    def pairs(self) -> Mapping[tuple[int, str], int]:
        """Every (rule, reading), provisions in their order and readings within each, with its place in `renderings`."""
        order = {reading: place for place, reading in enumerate(self.readings)}
        numbers = {pair: number for number, (_, pairs) in enumerate(self.renderings) for pair in pairs}
        return {pair: numbers[pair] for pair in sorted(numbers, key=lambda pair: (pair[0], order[pair[1]]))}

    @property
    def judged(self) -> tuple[int, ...]:
        """The rules that any reading has, in their order."""
        return tuple(dict.fromkeys(rule for rule, _ in self.pairs))

    @property
    def names(self) -> tuple[tuple[str, str], ...]:
        """Every (provision, reading) by name, in the order of `pairs`."""
        return tuple((str(self.book.rules[rule]), reading) for rule, reading in self.pairs)

    @cached_property
    def rulings(self) -> Rulings:
        """What the renderings say to every kind of report that was met; all batches of a run share it."""
        charted = {number: one.line.uncertainty for number, one in enumerate(self.atlas.lines) if one is not None}
        rules = [rule for rule, _ in self.renderings]
        by_provision = [[rule for rule in rules if rule.rule == number] for number in {rule.rule for rule in rules}]
        grounds = [ground for mine in by_provision for ground in grafted_grounds(mine)]
        subjects = [rule for mine in by_provision for rule in grafted_rules(mine)]
        return Rulings(rules, charted, grounds, subjects, quick=self.atlas.quick)

    @cached_property
    def counter(self) -> Counter:
        """What counts reports over all of a run, for the rules that ask for a number.

        Raises
        ------
        UsageError
            TL-E942, if a record of effort names ground that nobody knows.
        """
        rules, text = [rule for rule, _ in self.renderings], self.agreement.under(None)
        records = self.beside.effort if rules else ()
        watches = watches_of(records, rules, text, self.book, self.atlas) if records else ()
        return Counter(rules, self.beside, watches, self.atlas, text.agreement.zone)

    def rule(self, rule: int, reading: str) -> Rule | None:
        """Find one rule under one reading; None where that reading has no such rule."""
        plan = self.plans[self.readings.index(reading)]
        return next((one for one in plan.rules if one.rule == rule), None)


def prepare(
    agreement: Agreement, *, readings: str | Sequence[str] | None = None, as_known: str | None = None,
    regions: Regions | None = None, quick: bool = False,
) -> Setup:  # fmt: skip
    """Compile an agreement under all of its readings, or under those named.

    Parameters
    ----------
    agreement : Agreement
    readings : str or sequence of str, optional
        Names of readings; ``text`` is the text without any reading. All of them by default.
    as_known : str, optional
        A date such as "2017-11-13": sources, readings and stances of later days are left out, and
        so are reports published later.
    regions : Regions, optional
        Polygons in which reports may lie.
    quick : bool
        Locate reports by compiled code, if there is any: worth its loading for some `MANY` of them.

    Raises
    ------
    UsageError
        If a reading does not exist, or `as_known` is no date.
    """
    until = known_by(as_known, agreement) if as_known is not None else None
    known = agreement if until is None else agreement.as_known(until)
    chosen = _chosen(known, agreement, [readings] if isinstance(readings, str) else readings)
    book = book_of(known)
    plans = tuple(compile_plan(known, reading, book) for reading in chosen)
    demands = compile_demands(known.under(None), book)
    rules = [rule for plan in plans for rule in plan.rules] + list(demands.values())
    return Setup(
        agreement=known, readings=chosen, book=book, plans=plans, demands=demands,
        atlas=replace(atlas_of(known, book, rules, regions), quick=quick),
        as_known=as_known, known_until_us=_reports_until(as_known, until), left_out=tuple(known.left_out),
    )  # fmt: skip


def known_by(date: str, agreement: Agreement) -> Span:
    """Resolve the day up to whose end things count as known, in the agreement's own zone."""
    try:
        return parse_moment(date).span(agreement.document.agreement.zone, {})
    except ValueError as error:
        fault = Fault("as known", "TL-E900", f"{date!r} is no date", str(error).rpartition("; ")[2])
        raise UsageError([fault]) from error


def _reports_until(date: str | None, day: Span | None) -> int | None:
    """Give the end of the day for reports: not after 24:00 UTC, since bare days of publication are kept as 00:00 UTC.

    >>> _reports_until("1970-01-01", Span(0, 100_000_000_000))
    86400000000
    """
    if date is None or day is None:
        return None
    return min(day.end_us, parse_moment(date).span("UTC", {}).end_us)


def _chosen(known: Agreement, whole: Agreement, readings: Sequence[str] | None) -> tuple[str, ...]:
    there = readings_of(known)
    if readings is None:
        return there
    unknown = [name for name in readings if name not in readings_of(whole)]
    if unknown:
        what = f"there is no reading {', '.join(map(repr, unknown))}"
        remedy = among(unknown[0] if len(unknown) == 1 else "", readings_of(whole))
        raise UsageError([Fault(whole.name, "TL-E901", what, remedy)])
    return tuple(name for name in there if name in readings)

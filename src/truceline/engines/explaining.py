"""Walk one verdict back: clause, reading and chain, report and precision, arithmetic, truth of each condition."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from truceline.basics.time import FOREVER, NEVER_BEFORE, Span
from truceline.engines.local import Checked, check_batch
from truceline.engines.setup import Setup
from truceline.errors import Fault, UsageError
from truceline.judge.check import Conditions, conditions_of, verdicts_of
from truceline.judge.places import Answer, Offsets, judge_where
from truceline.judge.reasons import BY_CODE, codes_of
from truceline.judge.share import disc_share
from truceline.judge.verdict import VERDICTS
from truceline.plan.codebook import RuleName
from truceline.plan.compile import TEXT
from truceline.plan.tables import All, Any_, Band, Except, InArea, OneOf, Rule, Where, Who
from truceline.terms.sources import chains_of
from truceline.terms.wording import changes_of, sentence_of

__all__ = ["Condition", "Explanation", "Measure", "Why", "explain", "explain_all"]

TRUTHS = {1: "true", 0: "unknown", -1: "false"}


@dataclass(frozen=True, slots=True)
class Why:
    """A reason: its code, its words, and what would decide it (empty where nothing is left to decide)."""

    code: str
    words: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the sentence: the question, its truth, and the facts it was answered from."""

    group: str
    question: str
    truth: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """The arithmetic of one line or area: where the report may lie, what the words allow, what follows."""

    ground: str
    truth: str
    arithmetic: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything one verdict rests on, in the order in which it was reached."""

    report: str
    provision: str
    reading: str
    verdict: str
    reasons: tuple[Why, ...]
    sentence: str
    at: str
    words: str | None
    sources: tuple[str, ...]
    holder: str
    holder_sources: tuple[str, ...]
    changes: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    conditions: tuple[Condition, ...]
    measures: tuple[Measure, ...]
    as_known: str | None

    def as_dict(self) -> dict[str, Any]:
        """Give plain data for JSON."""
        return {name: _plain(getattr(self, name)) for name in self.__slots__}


def explain_all(setup: Setup, reports: pa.Table, report: str) -> tuple[Explanation, ...]:
    """Explain every verdict about one report: all provisions, all readings.

    Raises
    ------
    UsageError
        If there is no such report.
    """
    checked = _checked(setup, reports, report)
    return tuple(_explain(checked, rule, reading) for rule, reading in checked.pairs)


def explain(setup: Setup, reports: pa.Table, report: str, provision: str, reading: str) -> Explanation:
    """Explain the verdict about one report under one provision and one reading.

    Raises
    ------
    UsageError
        If there is no such report, provision or reading.
    """
    checked = _checked(setup, reports, report)
    names = [str(setup.book.rules[rule]) for rule, _ in checked.pairs]
    for (rule, held), name in zip(checked.pairs, names, strict=True):
        if name == provision and held == reading:
            return _explain(checked, rule, held)
    there = f"provisions {', '.join(dict.fromkeys(names))}; readings {', '.join(setup.readings)}"
    what = f"no verdict on {provision!r} under {reading!r}"
    raise UsageError([Fault(setup.agreement.name, "TL-E904", what, f"choose among {there}")])


def _checked(setup: Setup, reports: pa.Table, report: str) -> Checked:
    mine = reports.filter(pc.equal(reports.column("report"), report))
    if not mine.num_rows:
        near = reports.column("report").slice(0, 3).to_pylist()
        fault = Fault(
            "reports", "TL-E905", f"there is no report {report!r}", f"ids look like {', '.join(map(str, near))}"
        )
        raise UsageError([fault])
    checked = check_batch(setup, mine.slice(0, 1))
    if not len(checked.batch):
        what = f"report {report!r} was not known on {setup.as_known}"
        raise UsageError([Fault("reports", "TL-E906", what, "choose a later date, or leave --as-known out")])
    return checked


def _explain(checked: Checked, rule_id: int, reading: str) -> Explanation:
    setup = checked.setup
    rule = setup.rule(rule_id, reading)
    if rule is None:
        msg = f"rule {rule_id} is not part of reading {reading}"
        raise KeyError(msg)
    asked = conditions_of(rule, checked.batch, checked.places)
    found = verdicts_of(rule, asked, checked.batch)
    name = setup.book.rules[rule_id]
    text = setup.agreement.under(None if reading == TEXT else reading)
    provision = text.provisions[name.provision]
    held = text.readings[reading] if reading != TEXT else None
    return Explanation(
        report=checked.report_ids[0].as_py(),
        provision=str(name),
        reading=reading,
        verdict=VERDICTS[found.verdict[0]],
        reasons=tuple(_why(code) for code in codes_of(int(found.reasons[0]))),
        sentence=sentence_of(provision, text),
        at=setup.agreement.place_of(f"provisions.{name.provision}"),
        words=provision.words,
        sources=chains_of(text, provision.source),
        holder=held.holder if held else "nobody: the text as written",
        holder_sources=chains_of(text, held.source) if held else (),
        changes=tuple(f"{field}: {words}" for field, path, words in (changes_of(held, text) if held else ())
                      if _concerns(path, name)),
        **_evidence(asked, rule, checked),
        as_known=setup.as_known,
    )  # fmt: skip


def _evidence(asked: Conditions, rule: Rule, checked: Checked) -> dict[str, Any]:
    """Show what the verdict was reached from; of a protected report only which conditions were met."""
    conditions = tuple(_conditions(asked, rule, checked))
    if checked.hidden[0]:
        bare = tuple(replace(one, facts=()) for one in conditions)
        return {"facts": (("release", "protected"),), "conditions": bare, "measures": ()}
    measures = tuple(_measures(rule.where, checked))
    return {"facts": tuple(_facts(checked)), "conditions": conditions, "measures": measures}


def _why(code: str) -> Why:
    reason = BY_CODE[code]
    return Why(code, reason.words, reason.decided_by)


def _concerns(path: str, name: RuleName) -> bool:
    return not path.startswith("provisions.") or path.split(".")[1] == name.provision


def _facts(checked: Checked) -> Iterator[tuple[str, str]]:
    """Give the fields of the report as stated, our own columns first; empty ones are left out."""
    row = checked.reports.slice(0, 1)
    stated = {key: _cell(column) for key, column in zip(row.column_names, row.columns, strict=True)}
    for key, value in stated.items():
        if value is not None and value != []:
            yield key, _shown(value)


def _cell(column: pa.ChunkedArray) -> Any:
    """Give the one cell of a column; an instant as words, as an open end lies beyond the calendar of Python."""
    if not pa.types.is_timestamp(column.type):
        return column[0].as_py()
    micros = column.cast(pa.timestamp("us", "UTC")).cast(pa.int64())[0].as_py()
    return None if micros is None else _instant(micros)


def _conditions(asked: Conditions, rule: Rule, checked: Checked) -> Iterator[Condition]:
    batch = checked.batch
    period = f"the rule holds from {_span(rule.when.begin)} until {_span(rule.when.end)}"
    when = f"the event lies in [{_instant(int(batch.start_us[0]))}, {_instant(int(batch.end_us[0]))})"
    speaks = "does the rule speak"
    broken = "is it broken"
    yield Condition(speaks, "in force when it happened?", _truth(asked.in_force),
                    (when if batch.dated[0] else "the report states no date", period))  # fmt: skip
    yield Condition(speaks, "is somebody bound by it?", _truth(asked.bound), ())
    yield Condition(speaks, "is its condition met?", _truth(asked.condition), ())
    yield Condition(speaks, "does the holder of the reading accept it?", _truth(asked.text), ())
    yield Condition(broken, "who: are those who acted addressed?", _truth(asked.who), tuple(_members(rule, checked)))
    yield Condition(broken, "what: is it the act?", _truth(asked.what), tuple(_blindness(asked, checked)))
    yield Condition(broken, "where: on the ground of the rule?", _truth(asked.where), ())
    yield Condition(broken, "outside every excepted ground?", _truth(asked.not_excepted), ())


def _members(rule: Rule, checked: Checked) -> Iterator[str]:
    book, batch = checked.setup.book, checked.batch
    attributed = bool(batch.by.lengths[0])
    yield "attributed to those who acted" if attributed else "not attributed; those involved are looked at"
    for actor in (batch.by if attributed else batch.involved).ids.tolist():
        name = book.actors[actor] if actor >= 0 else "an actor that the terms do not list"
        yield f"{name}: {_membership(rule.who, actor)}"


def _membership(who: Who, actor: int) -> str:
    if any(spell.actor == actor for spell in who.spells):
        belongs = "belongs to those addressed for a part of the time"
    else:
        words = {1: "belongs to those addressed", 0: "may belong to those addressed", -1: "does not belong"}
        belongs = words[int(who.member[actor])]
    if any(spell.actor == actor for spell in who.excepted_spells):
        return f"{belongs}, excepted for a part of the time"
    return f"{belongs}, excepted" if who.excepted[actor] == 1 else belongs


def _blindness(asked: Conditions, checked: Checked) -> Iterator[str]:
    if asked.blind[0]:
        dataset = checked.reports.column("dataset")[0].as_py()
        yield f"{dataset} cannot show this act, whatever happened"


def _measures(where: Where, checked: Checked) -> Iterator[Measure]:
    """Show the arithmetic of each line and area that the ground is made of."""
    if isinstance(where, OneOf | Any_ | All):
        for part in where.parts:
            yield from _measures(part, checked)
    elif isinstance(where, Except):
        yield from _measures(where.of, checked)
        yield from _measures(where.but_not, checked)
    else:
        answer = judge_where(where, checked.places)
        yield Measure(_ground(where, checked.setup), _truth(answer), tuple(_arithmetic(where, answer, checked)))


def _ground(where: Where, setup: Setup) -> str:
    if isinstance(where, Band):
        return f"band along {setup.book.lines[where.line]}"
    return f"area {setup.book.areas[where.area]}" if isinstance(where, InArea) else type(where).__name__.lower()


def _arithmetic(where: Where, answer: Answer, checked: Checked) -> Iterator[str]:
    if isinstance(where, Band):
        offsets = checked.places.lines[where.line]
        if offsets is not None:
            yield from _offset_words(offsets)
        yield from _depth_words(where)
        if offsets is not None:
            yield from _share_words(where, answer, offsets)
    for code in codes_of(int(answer.reasons[0])):
        yield f"unknown, because {BY_CODE[code].words}"


def _offset_words(offsets: Offsets) -> Iterator[str]:
    low, high = (float(bound[0]) for bound in offsets.told)
    if math.isinf(high):
        yield "no place is stated: any offset"
        return
    side = "side unknown, distance" if offsets.either[0] or not offsets.sided else "offset"
    yield f"{side} {low:,.0f} to {high:,.0f} m (centre {(low + high) / 2:,.0f} m, ± {(high - low) / 2:,.0f} m)"
    if offsets.uncertainty:
        wide = offsets.uncertainty
        yield f"the line itself is known to ± {wide:,.0f} m: {low - wide:,.0f} to {high + wide:,.0f} m"
    yield f"station {offsets.station_low[0]:,.0f} to {offsets.station_high[0]:,.0f} m along the line"


def _depth_words(where: Band) -> Iterator[str]:
    depths = [(sector.depth, f"from station {sector.begin:,.0f} m: ") for sector in where.sectors]
    for depth, prefix in depths or [(where.depth, "")]:
        near, far = depth.near, depth.far
        sure = f"surely banned from {near.hi:,.0f} to below {far.lo:,.0f} m"
        open_end = "without a limit" if math.isinf(far.hi) else f"up to below {far.hi:,.0f} m"
        yield f"{prefix}{sure}" + ("" if far.hi == far.lo else f", possibly {open_end}")


def _share_words(where: Band, answer: Answer, offsets: Offsets) -> Iterator[str]:
    """Tell the shares of the disc, where they say something; they have no part in the verdict."""
    low, high, far = float(offsets.low[0]), float(offsets.high[0]), where.depth.far
    if answer.truth[0] != 0 or offsets.either[0] or not offsets.sided:
        return
    if not low < high < math.inf or math.isinf(far.hi):
        return
    across = disc_share(low, high, -math.inf, 0.0)
    within = [f"{disc_share(low, high, 0.0, limit):.0%} within {limit:,.0f} m" for limit in sorted({far.lo, far.hi})]
    yield f"shares of the disc, shown and never deciding: {across:.0%} across the line, {', '.join(within)}"


def _truth(answer: Answer) -> str:
    return TRUTHS[int(answer.truth[0])]


def _span(span: Span) -> str:
    if span.start_us == span.end_us:
        return _instant(span.start_us)
    if span.end_us >= FOREVER:
        return "a day that nobody states" + (
            "" if span.start_us <= NEVER_BEFORE else f", not before {_instant(span.start_us)}"
        )
    return f"some instant in [{_instant(span.start_us)}, {_instant(span.end_us)})"


def _instant(micros: int) -> str:
    if micros >= FOREVER:
        return "for ever"
    if micros <= NEVER_BEFORE:
        return "always"
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if hasattr(value, "__slots__"):
        return {name: _plain(getattr(value, name)) for name in value.__slots__}
    return value.item() if isinstance(value, np.generic) else value

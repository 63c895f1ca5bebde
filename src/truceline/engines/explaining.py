"""Walk one verdict back: clause, reading and chain, every condition with its arithmetic, and the report itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from truceline.basics.time import NEVER_BEFORE
from truceline.engines.counting import NUMBERS
from truceline.engines.figures import Clock
from truceline.engines.local import Checked, check_batch, known_rows
from truceline.engines.setup import Setup
from truceline.engines.told_conditions import Condition, conditions_told
from truceline.engines.told_counts import counts_told
from truceline.engines.told_dates import dated_words, in_words
from truceline.engines.told_ground import Measure
from truceline.engines.told_report import Fields, Revision, fields_of, played, precision_words, revisions_of
from truceline.errors import Fault, UsageError
from truceline.evidence.columns import NAMES
from truceline.evidence.precision import PrecisionTable
from truceline.judge.check import conditions_of, verdicts_of
from truceline.judge.reasons import BY_CODE, codes_of
from truceline.judge.verdict import VERDICTS
from truceline.plan.codebook import RuleName
from truceline.plan.compile import TEXT
from truceline.plan.tables import Around, Rule
from truceline.plan.walk import every_part
from truceline.terms.model import Document, Reading
from truceline.terms.sources import chains_of
from truceline.terms.untold import undated_words
from truceline.terms.wording import changes_of, proxy_words, sentence_of, sided_words, text_words

__all__ = ["Condition", "Explanation", "Measure", "Revision", "Why", "explain", "explain_all"]

NO_CODES: PrecisionTable = {}


@dataclass(frozen=True, slots=True)
class Why:
    """A reason: its code, its words, and what would decide it (empty where nothing is left to decide)."""

    code: str
    words: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything one verdict rests on: the rule, the reading, the conditions, and the report.

    `facts` are the stated fields from which the verdict was reached, `told` the others of ours, `source` all
    columns of the source under its own names (None: empty). `revisions` : all rows with the id of the report,
    where there are several. `notes` : sentences on the day as known on which it was asked for. `via` : who carried it.
    `proxy` : what stands in for a clause that can be observed in part only.
    """

    report: str
    provision: str
    reading: str
    verdict: str
    reasons: tuple[Why, ...]
    title: str | None
    sentence: str
    at: str
    words: str | None
    sources: tuple[str, ...]
    holder: str
    holder_sources: tuple[str, ...]
    changes: tuple[str, ...]
    conditions: tuple[Condition, ...]
    facts: tuple[tuple[str, str], ...]
    told: tuple[tuple[str, str], ...]
    source: Fields
    revisions: tuple[Revision, ...]
    as_known: str | None
    notes: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    proxy: str | None = None

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The arithmetic of all conditions."""
        return tuple(measure for condition in self.conditions for measure in condition.measures)

    def as_dict(self) -> dict[str, Any]:
        """Give plain data for JSON."""
        return {name: _plain(getattr(self, name)) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the report says, whatever the rule: our columns that state something, those of the source, the rows."""

    ours: Mapping[str, str]
    source: Fields
    revisions: tuple[Revision, ...]
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """The row that was judged, and what it says."""

    checked: Checked
    evidence: _Evidence


def explain_all(
    setup: Setup,
    reports: pa.Table,
    report: str,
    *,
    precision: PrecisionTable = NO_CODES,
    rows: pa.Table | None = None,
) -> tuple[Explanation, ...]:
    """Explain every verdict about one report: all provisions, all readings.

    Parameters
    ----------
    setup : Setup
    reports : pyarrow.Table
    report : str
        Its id. Of several rows with this id the latest that was known then is judged, and all are shown.
    precision : PrecisionTable
        What the precision codes of data sets mean.
    rows : pyarrow.Table, optional
        All rows with this id as received, where `reports` holds only what is judged of them.

    Raises
    ------
    UsageError
        If there is no such report, or none was known then.
    """
    row = _row(setup, reports, report, precision, rows)
    return tuple(_explain(row, rule, reading) for rule, reading in row.checked.pairs)


def explain(setup: Setup, reports: pa.Table, report: str, provision: str, reading: str) -> Explanation:
    """Explain the verdict about one report under one provision and one reading.

    Raises
    ------
    UsageError
        If there is no such report, provision or reading.
    """
    row = _row(setup, reports, report, NO_CODES, None)
    names = [str(setup.book.rules[rule]) for rule, _ in row.checked.pairs]
    for (rule, held), name in zip(row.checked.pairs, names, strict=True):
        if name == provision and held == reading:
            return _explain(row, rule, held)
    there = f"provisions {', '.join(dict.fromkeys(names))}; readings {', '.join(setup.readings)}"
    what = f"no verdict on {provision!r} under {reading!r}"
    raise UsageError([Fault(setup.agreement.name, "TL-E904", what, f"choose among {there}")])


def _row(setup: Setup, reports: pa.Table, report: str, precision: PrecisionTable, rows: pa.Table | None) -> _Row:
    mine = reports.filter(pc.equal(reports.column("report"), report))
    if not mine.num_rows:
        near = ", ".join(map(str, reports.column("report").slice(0, 3).to_pylist()))
        raise UsageError([Fault("reports", "TL-E905", f"there is no report {report!r}", f"ids look like {near}")])
    judged = _latest(mine, setup.known_until_us)
    if judged is None:
        what = f"report {report!r} was not known on {setup.as_known}"
        raise UsageError([Fault("reports", "TL-E906", what, "choose a later date, or leave the date out")])
    checked = check_batch(setup, judged)
    return _Row(checked, _evidence(checked, mine if rows is None else rows, precision))


def _latest(rows: pa.Table, until_us: int | None) -> pa.Table | None:
    """Take the row that was published last among those known then; among equals, the last one of the table."""
    known, _, _ = known_rows(rows, until_us)
    there = [name for name in ("reported", "recorded") if name in known.column_names]
    published = [known.column(name).cast(pa.timestamp("us", "UTC")).cast(pa.int64()) for name in there]
    order = pc.fill_null(pc.coalesce(*published), NEVER_BEFORE).to_pylist() if there else [0] * len(known)
    at = max(range(len(known)), key=lambda row: (order[row], row), default=None)
    return None if at is None else known.slice(at, 1)


def _evidence(checked: Checked, rows: pa.Table, precision: PrecisionTable) -> _Evidence:
    """Collect what the report itself says; of a protected one nothing that would give its place away."""
    if checked.hidden[0]:
        return _Evidence({"release": "protected"}, (), ())
    clock, row = Clock(checked.setup.agreement.document.agreement.zone), checked.reports.slice(0, 1)
    fields = fields_of(row, clock)
    words = precision_words(row, precision)
    return _Evidence(
        ours={name: value for name, value in fields if value is not None and name in NAMES}
        | ({"precision": words} if words else {}),
        source=tuple((name, value) for name, value in fields if name not in NAMES),
        revisions=revisions_of(rows, row, clock),
        via=tuple(row.column("via")[0].as_py() or ()) if "via" in row.column_names else (),
    )


def _explain(row: _Row, rule_id: int, reading: str) -> Explanation:
    checked, setup = row.checked, row.checked.setup
    rule = setup.rule(rule_id, reading)
    if rule is None:
        msg = f"rule {rule_id} is not part of reading {reading}"
        raise KeyError(msg)
    asked = conditions_of(rule, checked.batch, checked.places)
    found = verdicts_of(rule.kind, asked)
    name = setup.book.rules[rule_id]
    text = setup.agreement.under(None if reading == TEXT else reading)
    provision = text.provisions[name.provision]
    held = text.readings[reading] if reading != TEXT else None
    told = conditions_told(asked, rule, checked, provision, text, held)
    conditions = _shown(checked, (*told, *counts_told(found, rule, checked.batch)))
    ours = row.evidence.ours
    part = ("release",) if checked.hidden[0] else played(ours, counting=rule.kind in NUMBERS)
    return Explanation(
        report=checked.report_ids[0].as_py(),
        provision=str(name),
        reading=reading,
        verdict=VERDICTS[found.verdict[0]],
        reasons=tuple(_why(code, rule) for code in codes_of(int(found.reasons[0]))),
        title=provision.title,
        sentence=dated_words(sided_words(sentence_of(provision, text), text, name.side), text),
        at=setup.agreement.place_of(f"provisions.{name.provision}"),
        words=provision.words,
        sources=chains_of(text, provision.source),
        holder=held.holder if held else f"nobody: {text_words(text)}",
        holder_sources=chains_of(text, held.source) if held else (),
        changes=tuple(_changes(held, name, text, setup.agreement.document)),
        conditions=conditions,
        facts=tuple((name, ours[name]) for name in part),
        told=tuple((name, value) for name, value in ours.items() if name not in part),
        source=row.evidence.source,
        revisions=row.evidence.revisions,
        as_known=setup.as_known,
        notes=tuple(filter(None, [undated_words(setup.agreement)])), via=row.evidence.via, proxy=proxy_words(provision),
    )  # fmt: skip


def _shown(checked: Checked, conditions: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """Of a protected report tell how each condition was answered, and nothing from which."""
    return tuple(replace(one, facts=(), measures=()) for one in conditions) if checked.hidden[0] else conditions


def _why(code: str, rule: Rule) -> Why:
    """Give the words of a reason; an area has no parts of a line on which a distance could be agreed."""
    reason = BY_CODE[code]
    around = code == "term_too_vague" and any(isinstance(part, Around) for part in every_part(rule.grounds))
    return Why(code, reason.words, "one agreed distance here" if around else reason.decided_by)


def _changes(held: Reading | None, name: RuleName, text: Document, plain: Document) -> Iterator[str]:
    """Tell what the reading changes of a clause; of the text, what its amendments changed of it, and since when."""
    if held is not None:
        yield from (f"{_what(field, name, plain)}: {dated_words(sided_words(words, text, name.side), text)}"
                    for field, path, words in changes_of(held, text) if _concerns(path, name))  # fmt: skip
        return
    for amendment in text.amendments.values():
        source = "; ".join(chains_of(text, amendment.source))
        for field, path, words in changes_of(amendment, text):
            if _concerns(path, name):
                told = dated_words(sided_words(words, text, name.side), text)
                agreed = f"amendment agreed {in_words(str(amendment.agreed))}"
                yield f"{_what(field, name, plain)}: {told} ({agreed}; source: {source})"


def _what(field: str, name: RuleName, plain: Document) -> str:
    """Name what is changed; a clause that is replaced as a whole, by its title in the text."""
    provision = plain.provisions.get(name.provision)
    title = provision.title if provision is not None and provision.title else name.provision.replace("_", " ")
    return f'clause, which replaces "{title}" by' if field == "clause" else field


def _concerns(path: str, name: RuleName) -> bool:
    return not path.startswith("provisions.") or path.split(".")[1] == name.provision


def _plain(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    if hasattr(value, "__slots__"):
        return {name: _plain(getattr(value, name)) for name in value.__slots__}
    return value.item() if isinstance(value, np.generic) else value

"""Who watched, and what people decided about reports: taken for a run, with the denials as reports of their own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from truceline.api.origins import day_asked
from truceline.basics.time import Span
from truceline.engines.setup import Setup, known_by
from truceline.errors import EvidenceError, Fault
from truceline.evidence.effort import DENIALS, Beside, Effort
from truceline.evidence.judgement import Judgement, known
from truceline.formats.arrow import REPORT_SCHEMA
from truceline.formats.effort_file import EffortRead, read_efforts
from truceline.formats.judgements_file import JudgementsRead, read_judgements

__all__ = ["EffortGiven", "JudgementsGiven", "beside_of", "denied_reports", "joined", "with_beside"]

EffortGiven = str | Path | Iterable[Effort]
JudgementsGiven = str | Path | Iterable[Judgement]


def beside_of(effort: EffortGiven = (), judgements: JudgementsGiven = ()) -> tuple[Beside, tuple[Fault, ...]]:
    """Take records of effort and judgements: files of them, or values.

    Returns
    -------
    beside : Beside
    remarks : tuple of Fault
        What is doubtful about the files.

    Raises
    ------
    EvidenceError
        With all faults of both files, row by row: a record that is left out in silence would change what is said.
    """
    files: list[EffortRead | JudgementsRead] = []
    named: list[tuple[str, str]] = []
    rows: tuple[tuple[str, str], ...] = ()
    if isinstance(effort, str | Path):
        named.append(("effort", str(effort)))
        files.append(watched := read_efforts(effort))
        effort = watched.records
    if isinstance(judgements, str | Path):
        named.append(("judgements", str(judgements)))
        files.append(decided := read_judgements(judgements))
        judgements = decided.judgements
        rows = tuple((one.id, place) for one, place in zip(decided.judgements, decided.places, strict=True))
    faults = [fault for file in files for row in file.rejected for fault in row.faults]
    if faults:
        raise EvidenceError(faults)
    remarks = (fault for file in files for fault in (*file.remarks, *file.warned))
    return Beside(tuple(effort), tuple(judgements), tuple(named), rows), tuple(remarks)


def with_beside(setup: Setup, beside: Beside) -> Setup:
    """Give a setup that knows who watched, and what was decided, as far as that was known on its day.

    A record could not be known before the watch ended.

    Raises
    ------
    UsageError
        TL-E942, if a record names ground that nobody knows.
    """
    day = None if setup.as_known is None else known_by(setup.as_known, setup.agreement)
    zone = setup.agreement.document.agreement.zone
    effort = tuple(one for one in beside.effort if day is None or one.span(zone).end_us <= day.end_us)
    judgements = known(beside.judgements, day_asked(setup.as_known))
    held = replace(setup, beside=replace(beside, effort=effort, judgements=judgements))
    if effort:
        _ = held.counter.watches  # what names no ground shows before any report is read
    return held


def denied_reports(setup: Setup) -> pa.Table:
    """Write every denial of access as a report of obstruction, so that it is judged where the agreement grants access.

    Returns
    -------
    pyarrow.Table
        The columns of every table of reports; a denial on ground that only the terms name states no place.
    """
    zone = setup.agreement.document.agreement.zone
    denied = [record for record in setup.beside.effort if record.denied]
    return pa.Table.from_pylist([_report(record, record.span(zone)) for record in denied], schema=REPORT_SCHEMA)


def _report(record: Effort, span: Span) -> dict[str, object]:
    by = [record.denied_by] if record.denied_by else None
    times = {"from": span.start_us, "until": span.end_us, "recorded": max(span.end_us - 1, span.start_us)}
    return {
        "report": f"effort:{record.id}", "dataset": DENIALS, "lasting": False, "lon": record.lon, "lat": record.lat,
        "radius_m": record.radius_m, "region": record.region or None, "place": record.zone or None, "involved": by,
        "by": by, "act": "obstruction", "means": record.means or None, "effort": record.id, "release": "public",
        **{name: _instant(at) for name, at in times.items()},
    }  # fmt: skip


def _instant(us: int) -> pa.Scalar:
    return pa.scalar(us, pa.int64()).cast(pa.timestamp("us", "UTC"))


def joined(reports: pa.Table, denials: pa.Table) -> pa.Table:
    """Put denials behind the reports, in their columns."""
    if not denials.num_rows:
        return reports
    return pa.concat_tables([reports, denials], promote_options="permissive")

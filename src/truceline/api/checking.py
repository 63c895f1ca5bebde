"""Reports held against an agreement, and one verdict walked back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc

from truceline.api.accounts import Accounts
from truceline.api.doubts import warn_of
from truceline.api.effort import EffortGiven, JudgementsGiven, beside_of, denied_reports, joined, with_beside
from truceline.api.once import each_once
from truceline.api.reading import ReportFiles, whole_table
from truceline.api.tables import as_reports, handed
from truceline.api.unmatched import unmatched_in
from truceline.basics.counting import counted
from truceline.engines import explaining, local
from truceline.engines.setup import prepare
from truceline.errors import Fault, UsageError
from truceline.evidence.regions import Regions
from truceline.formats.tables import precisions
from truceline.publish.explain_text import explanation_lines
from truceline.publish.notebook import explanation_html, summary_html
from truceline.publish.summary_text import summary_lines
from truceline.terms.agreement import Agreement
from truceline.terms.trouble import among

__all__ = ["Checked", "Explanations", "check", "explain"]


@dataclass(frozen=True, repr=False, eq=False)
class Checked(local.Checked):
    """All verdicts on a table of reports: `findings` (Arrow), `summary`, `disagreements`.

    `repeated` says how many rows were not judged by themselves, as another row has their id. In a notebook it shows
    the counts by provision and reading; ``print`` shows them as text. Data frames take it as its `findings`.
    """

    repeated: tuple[str, ...] = ()

    @cached_property
    def accounts(self) -> Accounts:
        """What the reports say together: of rules that ask for a number, and of the stretches that somebody watched."""
        return Accounts(self.accounts_told)

    @classmethod
    def of(cls, checked: local.Checked, repeated: tuple[str, ...] = ()) -> Self:
        """Take what the engine made."""
        made = {field.name: getattr(checked, field.name) for field in fields(local.Checked)}
        return cls(**made, repeated=repeated)

    def __repr__(self) -> str:
        """Say in one line what was checked."""
        known = f", as known on {self.setup.as_known}" if self.setup.as_known else ""
        rules = len({rule for rule, _ in self.verdicts})
        counts = ((len(self.batch), "report"), (rules, "provision"), (len(self.setup.readings), "reading"))
        what = " x ".join(counted(number, noun) for number, noun in counts)
        return f"<Checked {self.setup.agreement.id}: {what}{known}>"

    def __str__(self) -> str:
        """Tell the counts as text."""
        return "\n".join([*summary_lines(self.summary, self.setup), *self.repeated])

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Hand the findings over to whoever takes Arrow."""
        return self.findings.__arrow_c_stream__(requested_schema)

    def _repr_html_(self) -> str:
        return summary_html(self)


class Explanations(tuple[explaining.Explanation, ...]):
    """Explanations of verdicts, in the order of provisions and readings; ``print`` tells them in words."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Name report, provision, reading and verdict of each."""
        parts = [f"{one.provision} under {one.reading}: {one.verdict}" for one in self]
        return f"<Explanations of {self[0].report}: {'; '.join(parts)}>" if parts else "<Explanations of nothing>"

    def __str__(self) -> str:
        """Tell all of them as text."""
        return "\n\n".join("\n".join(explanation_lines(one)) for one in self)

    def _repr_html_(self) -> str:
        return explanation_html(self)


def check(
    agreement: Agreement, reports: Any, *, reading: str | Sequence[str] | None = None, as_known: str | None = None,
    regions: Regions | None = None, effort: EffortGiven = (), judgements: JudgementsGiven = (),
) -> Checked:  # fmt: skip
    """Hold every report against every provision under every reading.

    Parameters
    ----------
    agreement : Agreement
        From `truceline.load`.
    reports : table, or sequence of tables
        From `truceline.read_reports` or `truceline.report`, or any Arrow table or data frame with these columns:
        pandas, GeoDataFrames, polars, DuckDB. Of what was read from files each report is judged once, in its newest
        revision.
    reading : str or sequence of str, optional
        Readings by name, ``text`` for the text without any; all of them side by side by default.
    as_known : str, optional
        A day such as "2017-11-13": only statements and reports that could be known by its end count.
    regions : Regions, optional
        Polygons of the regions that the reports name; those of `truceline.read_reports` by default. The polygons
        of a table with geometries are known in any case.
    effort : path or iterable of Effort
        Who watched which ground and when (docs/howto/effort.md). A denial of access is judged as a report of its own.
    judgements : path or iterable of Judgement
        What people decided about reports: which tell of the same, and which of different things. One that names a
        report that is not there gives a warning.

    Returns
    -------
    Checked
        `findings`: one row per report x provision x reading, with verdict and reasons. `accounts`: what all reports
        say together. Everything is held in memory; for files beyond it use the command ``truceline check``.

    Raises
    ------
    UsageError
        If a reading does not exist, `as_known` is no date, `reports` is no table of reports, or a record of effort
        names ground that nobody knows.
    EvidenceError
        With all faults of the files of effort and of judgements.

    Examples
    --------
    >>> import truceline as tl
    >>> deal = tl.load("examples/toy/terms.yaml")
    >>> post = tl.report(by="Southbank Army", lon=20.45, lat=9.95028, within="500 m", when="2030-03-06",
    ...                  zone="UTC", act="position")
    >>> for row in tl.check(deal, post).findings.select(["reading", "verdict", "reasons"]).to_pylist():
    ...     print(*row.values())
    text indeterminate term_too_vague
    north violation every_condition_met
    south no_violation outside
    """
    taken, known = _taken(reports, regions)
    beside, _ = beside_of(effort, judgements)
    setup = with_beside(prepare(agreement, readings=reading, as_known=as_known, regions=known), beside)
    table, repeated = each_once(taken, setup.known_until_us)
    warn_of(one.fault for one in unmatched_in(setup.beside, [table.column("report")]))
    return Checked.of(local.check_batch(setup, joined(table, denied_reports(setup))), repeated)


def explain(
    agreement: Agreement, reports: Any, report: str, *, provision: str | None = None, reading: str | None = None,
    as_known: str | None = None, regions: Regions | None = None,
) -> Explanations:  # fmt: skip
    """Walk the verdicts on one report back: clause, source, report, each condition, arithmetic.

    Parameters
    ----------
    agreement, reports, as_known, regions
        As in `check`.
    report : str
        The id of the report. Where several rows have it all of them are shown, and which of them was judged.
    provision, reading : str, optional
        Of which to explain; all of them by default.

    Returns
    -------
    Explanations
        One per provision and reading.

    Raises
    ------
    UsageError
        If there is no such report, provision or reading.

    Examples
    --------
    >>> import truceline as tl
    >>> deal = tl.load("examples/toy/terms.yaml")
    >>> post = tl.report(by="Southbank Army", lon=20.4, lat=9.98192, within="100 m", when="2030-03-05", act="position")
    >>> tl.explain(deal, post, "report:1", reading="south")
    <Explanations of report:1: pull_back under south: violation>
    """
    taken, known = _taken(reports, regions)
    setup = prepare(agreement, readings=reading, as_known=as_known, regions=known)
    table, rows = _rows_of(taken, report, setup.known_until_us)
    every = explaining.explain_all(setup, table, report, precision=precisions(), rows=rows)
    chosen = Explanations(one for one in every if provision in (None, one.provision))
    if every and not chosen:
        names = dict.fromkeys(one.provision for one in every)
        fault = Fault(agreement.name, "TL-E904", f"no verdict on {provision!r}", among(provision or "", names))
        raise UsageError([fault])
    return chosen


def _rows_of(reports: Any, report: str, known_until_us: int | None) -> tuple[pa.Table, pa.Table]:
    """Give the reports as they are judged, and all rows that have the id of one of them, as they were received."""
    if isinstance(reports, ReportFiles):
        sources = map(whole_table, reports.order)
        parts = [_called(source, report).replace_schema_metadata(None) for source in sources]
        return reports.table(), pa.concat_tables(parts, promote_options="permissive")
    return each_once(reports, known_until_us)[0], _called(as_reports(reports), report)


def _called(table: pa.Table, report: str) -> pa.Table:
    return table.filter(pc.equal(table.column("report"), report))


def _taken(reports: Any, regions: Regions | None) -> tuple[Any, Regions]:
    if isinstance(reports, ReportFiles):
        return reports, reports.regions if regions is None else regions
    return handed(reports, regions)

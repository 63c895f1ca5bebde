"""Two functions side by side: who reads which clause how, and what differs between two readings or two files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa

from truceline.api.districts import regions_for
from truceline.api.once import each_once
from truceline.api.reading import Asked, ReportFiles, open_files
from truceline.api.running import Run, run_check
from truceline.api.tables import handed
from truceline.basics.counting import counted
from truceline.engines import local
from truceline.engines.comparing import words_of
from truceline.engines.flips import ROWS_SCHEMA, Flips
from truceline.engines.pairing import Pair, pair_of
from truceline.engines.pruning import Writes
from truceline.engines.setup import MANY, known_by
from truceline.errors import Fault, UsageError
from truceline.evidence.regions import Regions
from truceline.formats.gazetteer import Gazetteer
from truceline.formats.parts import Seen
from truceline.plan.compile import TEXT
from truceline.publish.compare_text import compare_lines, compared, differs
from truceline.publish.readings_text import COLUMNS, markdown_lines, readings_lines, readings_rows
from truceline.publish.readings_told import readings_told
from truceline.terms.agreement import Agreement
from truceline.terms.node_changes import alike
from truceline.terms.shapes import AreaShape
from truceline.terms.trouble import among

__all__ = ["Comparison", "Readings", "compare", "pair_from", "readings", "run_pair", "start_pair"]


@dataclass(frozen=True, repr=False, eq=False)
class Readings:
    """Who reads which clause how; ``print`` tells it, `rows` has one row per clause, reading and field."""

    told: dict[str, Any] = field(repr=False)

    def __repr__(self) -> str:
        """Say in one line what is told."""
        held, clauses = counted(len(self.told["readings"]), "reading"), counted(len(self.told["clauses"]), "clause")
        return f"<Readings of {self.told['id']}: {held} of {clauses}>"

    def __str__(self) -> str:
        """Tell it as text."""
        return "\n".join(readings_lines(self.told))

    @property
    def markdown(self) -> str:
        """The same as Markdown."""
        return "\n".join(markdown_lines(self.told))

    @property
    def rows(self) -> pa.Table:
        """The same as a table of words; see `publish.readings_text.COLUMNS`."""
        return pa.Table.from_pylist(
            list(readings_rows(self.told)), pa.schema([(name, pa.string()) for name in COLUMNS])
        )

    def as_dict(self) -> dict[str, Any]:
        """Give plain data for JSON."""
        return self.told


@dataclass(frozen=True, repr=False, eq=False)
class Comparison:
    """What differs between two texts: ``print`` tells it, `rows` has one row per report and clause that both have.

    `differ` says whether a verdict differs, or a clause is there only in one; without reports, whether a word does.
    """

    told: dict[str, Any] = field(repr=False)
    rows: pa.Table | None = field(default=None, repr=False)

    @property
    def differ(self) -> bool:
        """Whether anything differs."""
        return differs(self.told)

    def __repr__(self) -> str:
        """Say in one line what was found."""
        one, other = self.told["of"]
        clauses = ", ".join(each["id"] for each in self.told["clauses"])
        return f"<Comparison of {one} and {other}: {f'{clauses} differ' if clauses else 'the same clauses'}>"

    def __str__(self) -> str:
        """Tell it as text."""
        return "\n".join(compare_lines(self.told))

    def as_dict(self) -> dict[str, Any]:
        """Give plain data for JSON."""
        return self.told


def readings(
    agreement: Agreement, *, provision: str | Sequence[str] | None = None, reading: str | Sequence[str] | None = None,
    as_known: str | None = None,
) -> Readings:  # fmt: skip
    """Show who reads which clause how, side by side, with what each rests on.

    Parameters
    ----------
    agreement : Agreement
    provision, reading : str or sequence of str, optional
        Only these; all of them by default, in the order of the file.
    as_known : str, optional
        Leave out what was not known by the end of this day.

    Raises
    ------
    UsageError
        TL-E901, TL-E904, if there is no such reading or provision.

    Examples
    --------
    >>> import truceline as tl
    >>> from truceline.api.comparing import readings
    >>> found = readings(tl.load("examples/toy/terms.yaml"), reading="north")
    >>> [found.told["clauses"][0]["readings"][0]["changes"][0][key] for key in ("field", "from", "to")]
    ['depth', '3 to 4 miles', '4 mi']
    """
    provisions, chosen = _listed(provision), _listed(reading)
    known = agreement if as_known is None else agreement.as_known(known_by(as_known, agreement))
    names = list(dict.fromkeys(name for text in agreement.documents.values() for name in text.provisions))
    faults = [
        *_unknown(agreement.name, "TL-E904", "provision", provisions, names),
        *_unknown(agreement.name, "TL-E901", "reading", chosen, agreement.readings),
    ]
    if faults:
        raise UsageError(faults)
    return Readings(readings_told(known, provisions=provisions, readings=chosen, as_known=as_known))


def compare(
    one: Agreement, other: Agreement | None = None, *, between: tuple[str, str] | None = None,
    reading: str | None = None, reports: Any = None, as_known: str | None = None, regions: Regions | None = None,
) -> Comparison:  # fmt: skip
    """Say what differs between two readings of one agreement, or two versions of a file, and which words do it.

    Parameters
    ----------
    one, other : Agreement
        Two versions; or one agreement, of which `between` names two readings (``text``: the text without any).
    between : (str, str), optional
    reading : str, optional
        Of two versions: compare both under this reading, instead of the text.
    reports : table, or sequence of tables, optional
        As in `truceline.check`: then the verdicts on them are compared too, and the fields that decide are found.
    as_known, regions
        As in `truceline.check`.

    Raises
    ------
    UsageError
        TL-E901, if a reading does not exist; TL-E960, if there is nothing to compare with.

    Examples
    --------
    >>> import truceline as tl
    >>> from truceline.api.comparing import compare
    >>> deal = tl.load("examples/toy/terms.yaml")
    >>> reports = tl.read_reports("examples/toy/reports.csv", agreement=deal)
    >>> found = compare(deal, between=("north", "south"), reports=reports)
    >>> [tuple(row.values()) for row in found.rows.to_pylist() if row["fields"]]
    [('toy:2', 'pull_back', 'violation', 'no_violation', 'depth')]
    """
    taken, known = (reports, regions) if reports is None else _taken(reports, regions)
    pair = pair_from(one, other, between=between, reading=reading, as_known=as_known, regions=known)
    words = words_of(pair)
    if reports is None:
        return Comparison(compared(pair, words))
    rows: list[pa.RecordBatch] = []
    flips = Flips(pair, rows.append)
    table, _ = each_once(taken, pair.setup.known_until_us)
    for checked in local.check_stream(pair.setup, table.to_batches()):
        flips.look(checked)
    return Comparison(
        compared(pair, words, flips.meetings, flips.reports), pa.Table.from_batches(rows, schema=ROWS_SCHEMA)
    )


def pair_from(
    one: Agreement, other: Agreement | None, *, between: tuple[str, str] | None, reading: str | None,
    as_known: str | None, regions: Regions | None = None, quick: bool = False,
) -> Pair:  # fmt: skip
    """Make two texts ready: two readings of one agreement, or two versions under one reading.

    Raises
    ------
    UsageError
        TL-E960, if two versions and two readings are named, or neither.
    """
    if (other is None) == (between is None) or (between is not None and reading is not None):
        remedy = "name a second file of terms (and a reading of both), or two readings: --between ONE OTHER"
        what = "two texts are compared, no more and no less"
        raise UsageError([Fault("compare", "TL-E960", what, remedy)])
    chosen = between or (reading or TEXT, reading or TEXT)
    return pair_of(one, other, readings=chosen, as_known=as_known, regions=regions, quick=quick)


def start_pair(
    pair: Pair, both: tuple[Agreement, Agreement | None], paths: Sequence[str], asked: Asked, *,
    seen: Seen = lambda _: None,
) -> Run:  # fmt: skip
    """Open files of reports for two texts; `seen` is told what share of a large file was taken in.

    Raises
    ------
    UsageError
        TL-E961, if two versions would read a report differently: their zones of time or their districts are not one.
    EvidenceError
        If a file cannot be used.
    """
    one, other = both
    if other is not None:
        asked = _for_both(one, other, asked)
    files = open_files(one, paths, asked, known_until_us=pair.setup.known_until_us, seen=seen)
    atlas = pair.setup.atlas.with_regions(files.regions, quick=sum(files.rows) >= MANY)
    return Run(replace(pair.setup, atlas=atlas), files)


def run_pair(
    pair: Pair, run: Run, *, write: Callable[[pa.RecordBatch], None] | None = None, only: bool = False,
    seen: Callable[[int], None] = lambda _: None,
) -> Flips:  # fmt: skip
    """Compare the verdicts on all reports of a run, batch by batch.

    `write` takes rows of `engines.flips.ROWS_SCHEMA` in the order of the reports: all of them, or those that differ.
    """
    flips = Flips(replace(pair, setup=run.setup), write, only=only)
    spoken = None if write is not None and not only else SPOKEN
    run_check(run, look=flips.look, seen=seen, sieve=run.sieve(Writes(spoken)))
    return flips


SPOKEN = ("violation", "no_violation", "indeterminate")
"""Of reports to which no rule speaks, whichever text is read, nothing is told but their number."""


def _for_both(one: Agreement, other: Agreement, asked: Asked) -> Asked:
    """Read reports as both versions would: by one zone, and by districts that are the same."""
    faults = []
    zones = [each.document.agreement.zone for each in (one, other)]
    if asked.zone is None and asked.mapping is None and zones[0] != zones[1]:
        what = f"bare dates of reports are read by the zone of the terms, and it differs: {zones[0]}, {zones[1]}"
        faults.append(Fault(other.name, "TL-E961", what, "say which one: --zone TZ"))
    if asked.regions is None:
        known = regions_for(one), regions_for(other)
        if not _agree(known[0].regions, known[1].regions):
            what = "districts of reports are those of the terms, and they differ"
            faults.append(Fault(other.name, "TL-E961", what, "say which ones: --regions FILE"))
        asked = replace(asked, regions=_wider(*known))
    if faults:
        raise UsageError(faults)
    return asked


def _agree(one: Regions, other: Regions) -> bool:
    """Say whether the districts that both have are drawn alike and known as exactly."""
    mine, theirs = (
        {name: (AreaShape(polygons, ""), error) for name, polygons, error in
         zip(each.ids, each.polygons, each.uncertainties, strict=True)} for each in (one, other)
    )  # fmt: skip
    return all(
        mine[name][1] == theirs[name][1] and alike(mine[name][0], theirs[name][0]) for name in mine if name in theirs
    )


def _wider(one: Gazetteer, other: Gazetteer) -> Gazetteer:
    """Take the districts that hold those of the other, if one does; else those of the first."""
    return other if {*one.regions.ids} < {*other.regions.ids} else one


def _taken(reports: Any, regions: Regions | None) -> tuple[Any, Regions]:
    if isinstance(reports, ReportFiles):
        return reports.table(), reports.regions if regions is None else regions
    return handed(reports, regions)


def _listed(names: str | Sequence[str] | None) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names or ())


def _unknown(at: str, code: str, what: str, names: Iterable[str], there: Sequence[str]) -> list[Fault]:
    return [Fault(at, code, f"there is no {what} {name!r}", among(name, there)) for name in names if name not in there]

"""Reports that may be of one incident: pairs are proposed with their reasons, and people decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyarrow as pa

from truceline.api.origins import day_asked
from truceline.api.reading import ReportFiles
from truceline.api.tables import as_reports
from truceline.basics.counting import counted
from truceline.basics.quantity import parse_distance
from truceline.engines.coding import NEEDED, written_out
from truceline.engines.duplicating import Proposed, proposed
from truceline.engines.local import known_rows
from truceline.errors import Fault, UsageError
from truceline.evidence.judgement import Judgement, known
from truceline.formats.arrow import REPORT_SCHEMA
from truceline.formats.judgement_sheet import write_sheet
from truceline.formats.judgements_file import read_judgements
from truceline.formats.result import ReportsRead
from truceline.publish.duplicates_text import SHOWN, proposed_data, proposed_lines, sheet_rows

__all__ = ["LONGEST", "WIDEST", "Duplicates", "duplicates", "known_reports", "length_of_time"]

WIDEST: Final = "30 km"
LONGEST: Final = "31 days"
_COLUMNS: Final = (*NEEDED, *(name for name in SHOWN if name not in NEEDED))
_HOUR_US: Final = 3_600_000_000
_HOURS: Final = {"h": 1, "d": 24, "w": 168}
_TIME: Final = re.compile(r"\s*([0-9]{1,6}(?:\.[0-9]{1,3})?)\s*(h|hours?|d|days?|w|weeks?)\s*")


class Duplicates(Proposed):
    """Pairs of reports that may be of one incident, from `truceline.duplicates`; print it. Nothing is merged."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Say in one line what was found."""
        return f"<Duplicates: {counted(len(self), 'pair')} of {counted(self.reports.num_rows, 'report')} to be decided>"

    def __str__(self) -> str:
        """Tell them as the command does."""
        return "\n".join(self.lines())

    def lines(
        self, *, most: int = 20, zone: str | None = None, width: int | None = None, colour: bool = False
    ) -> Iterator[str]:  # fmt: skip
        """Tell the first pairs line by line, by the clock of a zone, for a terminal of some width."""
        return proposed_lines(self, most=most, zone=zone, width=width, colour=colour)

    def as_dict(self) -> dict[str, Any]:
        """Give everything as what JSON can hold."""
        return proposed_data(self)

    def write_sheet(self, file: BinaryIO, *, zone: str | None = None) -> int:
        """Write a sheet of judgements to fill in, as CSV; say how many rows it has."""
        return write_sheet(sheet_rows(self, zone), file)


def duplicates(
    reports: Any, judgements: str | Path | Iterable[Judgement] = (), *, widest: str = WIDEST, longest: str = LONGEST,
    as_known: str | None = None,
) -> Duplicates:  # fmt: skip
    """Propose the pairs of reports that may be of one incident, and that nobody has decided yet.

    Parameters
    ----------
    reports : table, or sequence of tables
        From `truceline.read_reports` or `truceline.report`, or any Arrow table or data frame.
    judgements : path or iterable of Judgement
        What people decided before: such pairs are left out.
    widest, longest : str
        For a report whose place is known less exactly, or whose time is longer, nothing is proposed.
    as_known : str, optional
        Only reports published by the end of this day, in UTC, and judgements decided by then; a report that states
        neither when it was published nor when it was taken in is left out.

    Returns
    -------
    Duplicates
        Each pair with its reasons; those first for which most speaks. No report is changed or merged.

    Raises
    ------
    UsageError
        TL-E900 for the day; TL-E941 for a distance or a length of time; TL-E911 if `reports` is no table of reports.

    Examples
    --------
    >>> import truceline as tl
    >>> deal = tl.load("examples/toy/terms.yaml")
    >>> tl.duplicates(tl.read_reports("examples/toy/reports.csv", agreement=deal))
    <Duplicates: 0 pairs of 5 reports to be decided>
    """
    widest_m, longest_us = _metres(widest), length_of_time(longest)
    said = read_judgements(judgements).judgements if isinstance(judgements, str | Path) else tuple(judgements)
    table, _, _ = known_reports(reports, as_known)
    found = proposed(table, known(said, day_asked(as_known)), widest_m=widest_m, longest_us=longest_us)
    return Duplicates(found.reports, found.hidden, found.proposals, found.open, found.decided, found.grouping)


def known_reports(reports: Any, as_known: str | None) -> tuple[pa.Table, int, int]:
    """Give the reports that were published by the end of a day, and how many came later, or at a time nobody states.

    >>> table = pa.table({"report": ["a", "b"], "reported": pa.array([0, None], pa.timestamp("us", "UTC"))})
    >>> known_reports(table, "1970-01-01")[1:], known_reports(table, None)[1:]
    ((0, 1), (0, 0))
    """
    day = day_asked(as_known)
    return known_rows(_table(reports), None if day is None else day.end_us)


def length_of_time(words: str) -> int:
    """Read a length of time, in microseconds.

    Raises
    ------
    UsageError
        TL-E941.

    Examples
    --------
    >>> length_of_time("31 days") // 86_400_000_000, length_of_time("48 h") // 86_400_000_000
    (31, 2)
    """
    match = _TIME.fullmatch(words)
    if match is None:
        fault = Fault("--longest", "TL-E941", f"{words[:60]!r} is no length of time", "write '31 days' or '48 h'")
        raise UsageError([fault])
    return round(float(match[1]) * _HOURS[match[2][0]] * _HOUR_US)


def _metres(words: str) -> float:
    try:
        distance = parse_distance(words)
    except ValueError as error:
        what, _, remedy = str(error).rpartition("; ")
        raise UsageError([Fault("--widest", "TL-E941", what, remedy)]) from error
    if distance.form != "exact":
        raise UsageError([Fault("--widest", "TL-E941", f"{words!r} is not one distance", "write '30 km'")])
    return distance.hi


def _table(reports: Any) -> pa.Table:
    if isinstance(reports, ReportFiles):
        batches = [written_out(batch) for batch in reports.batches(columns=_COLUMNS)]
        return pa.Table.from_batches(batches) if batches else REPORT_SCHEMA.empty_table()
    tables = [one.table if isinstance(one, ReportsRead) else one for one in _several(reports)]
    return as_reports(tables) if tables else REPORT_SCHEMA.empty_table()


def _several(reports: Any) -> list[Any]:
    return list(reports) if isinstance(reports, list | tuple) else [reports]

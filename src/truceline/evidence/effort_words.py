"""A row of words -> a record of effort. Every word is checked, all faults come at once.

A bare date is that day where the agreement applies: from its first instant, or until its last.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

from truceline.basics.time import Moment
from truceline.errors import Fault
from truceline.evidence.acts import ACTS
from truceline.evidence.effort import Effort
from truceline.evidence.row_words import RowWords, stated_moment
from truceline.evidence.statement_codes import fault_of

__all__ = ["EFFORT_COLUMNS", "read_effort"]

EFFORT_COLUMNS: Final = (
    "id", "by", "from", "until", "zone", "region", "lon", "lat", "radius_m", "means", "complete", "denied", "denied_by",
    "shows", "source",
)  # fmt: skip
"""The columns of a file of effort; in `shows` there is ``;`` between several."""

_DISC: Final = ("lon", "lat", "radius_m")
_LIMITS: Final = {"lon": (-180.0, 180.0), "lat": (-90.0, 90.0), "radius_m": (0.0, 20_100_000.0)}
_ANSWERS: Final = {"yes": True, "no": False, "": False}


def read_effort(cells: Mapping[str, str], at: str) -> tuple[Effort | None, tuple[Fault, ...]]:
    r"""Read one record of effort from its cells.

    Parameters
    ----------
    cells : mapping of str to str
        Words by column, those of `EFFORT_COLUMNS`; others are not looked at.
    at : str
        Where the row stands, as in "patrols.csv row 3".

    Returns
    -------
    record : Effort or None
        None if there is a fault.
    faults : tuple of Fault
        All faults of the row.

    Examples
    --------
    >>> cells = {"id": "p-1", "by": "patrols", "from": "2031-06-01", "until": "2031-06-01", "zone": "strip"}
    >>> read_effort(cells | {"complete": "yes", "shows": "presence; fire"}, "patrols.csv row 1")[0].shows
    ('presence', 'fire')
    >>> print(*read_effort(cells | {"region": "D-7", "until": ""}, "patrols.csv row 1")[1], sep="\n")
    patrols.csv row 1: TL-S501 it does not say from when to when they watched; give from and until, the later one last
    patrols.csv row 1: TL-S502 the ground is not one: zone, region; give a zone, a region, or lon, lat and radius_m
    """
    row = RowWords(cells, at)
    for column, code in (("id", "TL-S101"), ("by", "TL-S507")):
        if not row.text(column):
            row.find(code, column)
    begin, end = (row.read(column, "TL-S105", stated_moment) for column in ("from", "until"))
    _check_time(row, begin, end)
    disc = tuple(row.read(column, "TL-S505", _number_of(column)) for column in _DISC)
    _check_ground(row)
    complete, denied = (_answer(row, column) for column in ("complete", "denied"))
    shows = tuple(row.word("shows", word, ACTS, "docs/conventions.md") for word in row.list("shows"))
    _check_sense(row, shows, complete=complete, denied=denied)
    if row.faults or begin is None or end is None:
        return None, tuple(row.faults)
    words = {name: row.text(name) for name in ("id", "by", "zone", "region", "means", "denied_by", "source")}
    return Effort(**words, begin=begin, end=end, lon=disc[0], lat=disc[1], radius_m=disc[2], complete=complete,
                  denied=denied, shows=shows), ()  # fmt: skip


def _check_time(row: RowWords, begin: Moment | None, end: Moment | None) -> None:
    """See that both ends are given, each bounded, in their order; what cannot be read is told of already."""
    given = all(row.text(column) for column in ("from", "until"))
    if given and (begin is None or end is None):
        return
    if begin is None or end is None or begin.start is None or end.end is None or _runs_backwards(begin, end):
        row.faults.append(fault_of("TL-S501", row.at))


def _runs_backwards(begin: Moment, end: Moment) -> bool:
    first, last = (moment.span("UTC", {}) for moment in (begin, end))
    return last.end_us < first.start_us


def _check_ground(row: RowWords) -> None:
    disc = [column for column in _DISC if row.text(column)]
    told = [column for column in ("zone", "region") if row.text(column)] + ([", ".join(disc)] if disc else [])
    if len(told) != 1 or len(disc) not in (0, len(_DISC)):
        row.faults.append(fault_of("TL-S502", row.at, ", ".join(told) or "none is given"))


def _check_sense(row: RowWords, shows: tuple[str, ...], *, complete: bool, denied: bool) -> None:
    if complete and denied:
        row.faults.append(fault_of("TL-S503", row.at))
    if complete and not shows:
        row.find("TL-S504", "shows")
    if row.text("denied_by") and not denied:
        row.find("TL-S506", "denied_by")


def _answer(row: RowWords, column: str) -> bool:
    word = row.word(column, row.text(column).lower(), ("yes", "no"))
    return _ANSWERS.get(word, False)


def _number_of(column: str) -> Callable[[str], float]:
    low, high = _LIMITS[column]

    def read(words: str) -> float:
        try:
            value = float(words)
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            msg = f"{words[:60]!r}; write a number from {low:g} to {high:g}"
            raise ValueError(msg)
        return value

    return read

"""Counting rows for the words of the page: every number is a count of reports of a verdict, nothing more."""

from __future__ import annotations

from dataclasses import dataclass

from truceline.publish.pack import found_under
from truceline.publish.payload import VERDICTS, Payload

__all__ = ["Tally", "headline", "number", "tallies"]

VIOLATION = VERDICTS.index("violation")
INDETERMINATE = VERDICTS.index("indeterminate")


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of one provision: `by_reading` gives four counts in the order of the verdicts.

    `differ` counts the reports on which readings disagree, as the payload lists them, of `n` in all.
    `open_everywhere` counts those that no reading can decide.
    """

    by_reading: dict[str, tuple[int, int, int, int]]
    differ: int
    open_everywhere: int
    n: int


def tallies(payload: Payload) -> dict[str, Tally]:
    """Count the verdicts of every provision that was judged, under every reading that was known."""
    known = [reading["id"] for reading in payload["readings"] if not reading["left_out"]]
    found = {provision: _columns(payload, provision, known) for provision in payload["findings"]}
    n = len(payload["reports"]["id"])
    listed = payload["disagreements"]
    return {
        provision: _tally(columns, n, len(listed[provision]["report"]) if provision in listed else 0)
        for provision, columns in found.items()
    }


def _columns(payload: Payload, provision: str, readings: list[str]) -> dict[str, list[int]]:
    found = {reading: found_under(payload, provision, reading) for reading in readings}
    return {reading: column["verdict"] for reading, column in found.items() if column is not None}


def _tally(columns: dict[str, list[int]], n: int, differ: int) -> Tally:
    rows = [set(row) for row in zip(*columns.values(), strict=True)]
    return Tally(
        by_reading={
            reading: (column.count(0), column.count(1), column.count(2), column.count(3))
            for reading, column in columns.items()
        },
        differ=differ,
        open_everywhere=rows.count({INDETERMINATE}),
        n=n,
    )


def number(count: int) -> str:
    """Write a count as people read it.

    >>> number(7213)
    '7,213'
    """
    return f"{count:,}"


def headline(tally: Tally) -> str:
    """Say what came out, in one sentence.

    >>> headline(Tally({"a": (0, 2, 1, 1), "b": (0, 3, 1, 0)}, differ=1, open_everywhere=1, n=4))
    '0 to 1 reports are violations, depending on the reading; the readings disagree on 1 of 4 reports'
    >>> headline(Tally({"a": (0, 3, 1, 0), "b": (0, 3, 1, 0)}, differ=0, open_everywhere=1, n=4))
    'No report is a violation under any of 2 readings; 1 of 4 reports cannot be decided under any'
    """
    return f"{_violations(tally)}; {_differences(tally)}"


def _violations(tally: Tally) -> str:
    """Give the range over the readings: how many of them find any would weigh readings like votes."""
    readings = len(tally.by_reading)
    fewest, most = (pick(counts[VIOLATION] for counts in tally.by_reading.values()) for pick in (min, max))
    if most == 0:
        return f"No report is a violation under any of {readings} readings"
    are = "report is a violation" if fewest == most == 1 else "reports are violations"
    if fewest == most:
        return f"{number(most)} {are} under " + (f"each of {readings} readings" if readings > 1 else "the reading")
    return f"{number(fewest)} to {number(most)} {are}, depending on the reading"


def _differences(tally: Tally) -> str:
    of_all = f"of {number(tally.n)} reports"
    if tally.differ:
        return f"the readings disagree on {number(tally.differ)} {of_all}"
    if tally.open_everywhere:
        return f"{number(tally.open_everywhere)} {of_all} cannot be decided under any"
    return f"the readings agree on all {number(tally.n)} reports"

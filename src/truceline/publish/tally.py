"""Counting rows for the words of the page: every number is a count of reports of a verdict, nothing more."""

from __future__ import annotations

from dataclasses import dataclass

from truceline.publish.pack import found_under
from truceline.publish.payload import VERDICTS, Disagreements, Found, Payload, Provision

__all__ = ["Tally", "headline", "headlines", "number", "tallies"]

VIOLATION = VERDICTS.index("violation")
INDETERMINATE = VERDICTS.index("indeterminate")
NOT_APPLICABLE = VERDICTS.index("not_applicable")
BLIND = ["source_cannot_show"]


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of one provision: `by_reading` gives four counts in the order of the verdicts.

    `differ` counts the reports on which readings disagree, as the payload lists them, of `n` in all.
    `open_everywhere` counts those that no reading can decide. `blind` counts those whose data set cannot
    show the act, `unaddressed` those to which the clause speaks under no reading.
    """

    by_reading: dict[str, tuple[int, int, int, int]]
    differ: int
    open_everywhere: int
    n: int
    blind: int = 0
    unaddressed: int = 0


def tallies(payload: Payload) -> dict[str, Tally]:
    """Count the verdicts of every provision that was judged, under every reading that was known."""
    known = [reading["id"] for reading in payload["readings"] if not reading["left_out"]]
    listed = payload["disagreements"]
    return {
        provision: _tally(payload, _columns(payload, provision, known), len(listed.get(provision, _NONE)["report"]))
        for provision in payload["findings"]
    }


_NONE: Disagreements = {"report": [], "fields": []}


def _columns(payload: Payload, provision: str, readings: list[str]) -> dict[str, Found]:
    found = {reading: found_under(payload, provision, reading) for reading in readings}
    return {reading: column for reading, column in found.items() if column is not None}


def _tally(payload: Payload, columns: dict[str, Found], differ: int) -> Tally:
    verdicts = {reading: column["verdict"] for reading, column in columns.items()}
    rows = [set(row) for row in zip(*verdicts.values(), strict=True)]
    return Tally(
        by_reading={
            reading: (column.count(0), column.count(1), column.count(2), column.count(3))
            for reading, column in verdicts.items()
        },
        differ=differ,
        open_everywhere=rows.count({INDETERMINATE}),
        n=len(payload["reports"]["id"]),
        blind=_blind(payload, list(columns.values())),
        unaddressed=rows.count({NOT_APPLICABLE}),
    )


def _blind(payload: Payload, columns: list[Found]) -> int:
    """Count the reports that cannot show the act under any reading to which they matter at all."""
    blind = {index for index, codes in enumerate(payload["reason_sets"]) if codes == BLIND}
    kinds = [
        [NOT_APPLICABLE if verdict == NOT_APPLICABLE else -1 if reasons in blind else verdict
         for verdict, reasons in zip(column["verdict"], column["reasons"], strict=True)]
        for column in columns
    ]  # fmt: skip
    return sum(set(row) in ({-1}, {-1, NOT_APPLICABLE}) for row in zip(*kinds, strict=True))


def number(count: int) -> str:
    """Write a count as people read it.

    >>> number(7213)
    '7,213'
    """
    return f"{count:,}"


def headlines(payload: Payload, counts: dict[str, Tally]) -> dict[str, str]:
    """Say of every provision, in one sentence that begins with its name, what came out."""
    return {provision["id"]: headline(provision, counts.get(provision["id"])) for provision in payload["provisions"]}


def headline(provision: Provision, tally: Tally | None) -> str:
    """Say what came out for one clause; what no report in use could show is never called free of violations."""
    return f"{provision.get('title') or provision['id']}: {_outcome(provision, tally)}"


def _outcome(provision: Provision, tally: Tally | None) -> str:
    if provision["judged"] == "not_judged_yet":
        return "recorded, and not judged yet"
    if tally is None or not tally.by_reading:
        return "nobody can tell from reports"
    if tally.n == 0:
        return "no reports were given"
    if _most(tally) == 0 and tally.blind:
        return _unseen(tally)
    return f"{_violations(tally)}; {_differences(tally)}"


def _unseen(tally: Tally) -> str:
    """Say first what the reports could not have shown.

    >>> _unseen(Tally({"a": (0, 0, 4, 0)}, differ=0, open_everywhere=4, n=4, blind=4))
    'the data in use cannot show it'
    >>> _unseen(Tally({"a": (1, 1, 2, 0)}, differ=0, open_everywhere=2, n=4, blind=2, unaddressed=1))
    '2 of 4 reports cannot show it; of the 1 that could, none is a violation under the reading'
    """
    others = tally.n - tally.blind - tally.unaddressed
    if others == 0:
        return "the data in use cannot show it"
    blind = f"{number(tally.blind)} of {number(tally.n)} reports cannot show it"
    return f"{blind}; of the {number(others)} that could, none is a violation under {_any_of(tally)}"


def _violations(tally: Tally) -> str:
    """Give the range over the readings: how many of them find any would weigh readings like votes.

    >>> _violations(Tally({"a": (0, 2, 1, 1), "b": (0, 3, 1, 0)}, differ=1, open_everywhere=1, n=4))
    '0 to 1 of 4 reports are violations, depending on the reading'
    """
    readings, most = len(tally.by_reading), _most(tally)
    fewest = min(counts[VIOLATION] for counts in tally.by_reading.values())
    if most == 0:
        return f"no report is a violation under {_any_of(tally)}"
    of_all = f"of {number(tally.n)} reports"
    if fewest == most:
        are = "is a violation" if most == 1 else "are violations"
        return f"{number(most)} {of_all} {are} under " + (f"each of {readings} readings" if readings > 1 else _ONLY)
    return f"{number(fewest)} to {number(most)} {of_all} are violations, depending on the reading"


_ONLY = "the reading"


def _any_of(tally: Tally) -> str:
    readings = len(tally.by_reading)
    return f"any of {readings} readings" if readings > 1 else _ONLY


def _most(tally: Tally) -> int:
    return max(counts[VIOLATION] for counts in tally.by_reading.values())


def _differences(tally: Tally) -> str:
    if tally.differ:
        return f"the readings disagree on {number(tally.differ)}"
    if tally.open_everywhere:
        return f"{number(tally.open_everywhere)} cannot be decided under any"
    return "the readings agree on every report"

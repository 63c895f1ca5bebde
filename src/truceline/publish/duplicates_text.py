"""Pairs of reports that may be of one incident: told on a terminal, as data, and as a sheet for whoever decides."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from truceline.basics.counting import counted
from truceline.basics.time import Span
from truceline.engines.duplicating import Pair, Proposed
from truceline.evidence.hearings import Merging
from truceline.evidence.judgement import Contest
from truceline.formats.table_text import coloured, paragraph
from truceline.publish.origins_text import FAINT, OPEN, contest_words
from truceline.publish.traced import one_line, span_words

__all__ = ["SHOWN", "pair_id", "proposed_data", "proposed_lines", "report_words", "sheet_rows", "vague_words"]

SHOWN: Final = ("from", "until", "place", "lat", "lon", "radius_m", "act", "by", "involved", "origin")
"""The columns of a report that are told."""
_PROTECTED: Final = "protected"
_SECOND_US: Final = 1_000_000


def proposed_lines(
    found: Proposed, *, most: int = 20, zone: str | None = None, width: int | None = None, colour: bool = False
) -> Iterator[str]:  # fmt: skip
    """Tell the pairs, at most so many of them, with their reasons; those that share a report stand together.

    Parameters
    ----------
    found : Proposed
    most : int
        Pairs that are shown.
    zone : str, optional
        By whose clock times are told; UTC without it.
    width : int, optional
        Of the terminal: longer lines are broken between words. Without it none is.
    colour : bool
        Whether to write colours.
    """
    reports = counted(found.reports.num_rows, "report")
    decided = f"; {counted(found.decided, 'pair')} decided before and left out" if found.decided else ""
    yield from paragraph(f"{counted(len(found), 'pair')} of {reports} may be one incident{decided}", width, hang=2)
    for sentence in vague_words(found):
        yield from paragraph(sentence, width, hang=2)
    pairs = found.pairs(0, most)
    rows = sorted({row for pair in pairs for row in pair.rows})
    words = _words(found, np.array(rows, np.int64), zone)
    for some in _together(pairs):
        yield ""
        for name, row in {name: row for pair in some for name, row in pair.named}.items():
            yield from paragraph(f"{name}: {words[row]}", width, hang=2)
        for pair in some:
            of = "" if len(some) == 1 else f"{pair.one} and {pair.other}: "
            for line in paragraph(f"{of}{_reasons(pair)}", width, indent=2, hang=2):
                yield coloured(line, FAINT if colour else None)
    if len(found) > most:
        more = f"... and {counted(len(found) - most, 'more pair')}: -o FILE.csv writes a sheet of all of them"
        yield from ("", *paragraph(more, width, hang=2))
    yield from _judged(found, width, colour=colour)


def _together(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Put pairs together that share a report, directly or through others, in the order of the first of each."""
    number = {row: place for place, row in enumerate(dict.fromkeys(row for pair in pairs for row in pair.rows))}
    sets = Merging(len(number))
    for pair in pairs:
        sets.join(*(number[row] for row in pair.rows))
    groups: dict[int, list[Pair]] = {}
    for pair in pairs:
        groups.setdefault(sets.root(number[pair.rows[0]]), []).append(pair)
    yield from groups.values()


def vague_words(found: Proposed) -> Iterator[str]:
    """Say for how many reports nothing could be proposed, and why."""
    if vague := len(found.proposals.vague):
        yield f"nothing is proposed for {counted(vague, 'report')}: no date, no disc, or too wide in place or time"
    if crowded := len(found.proposals.crowded):
        crowd = counted(crowded, "report")
        yield f"{crowd} with too many others around them at their time: none of their pairs is given"


def proposed_data(found: Proposed) -> dict[str, Any]:
    """Give everything as what JSON can hold; of a pair with a protected report only the ids."""
    return {
        "reports": found.reports.num_rows,
        "decided": found.decided,
        "vague": found.ids(found.proposals.vague),
        "crowded": found.ids(found.proposals.crowded),
        "pairs": [
            _pair(found, pair, at) for pair, at in zip(found.pairs(0, len(found)), found.open.tolist(), strict=True)
        ],
        "groups": [
            {"reports": list(group), "contested": found.grouping.contested(group)} for group in found.grouping.groups
        ],
        "contests": [_contest(each) for each in found.grouping.contests],
    }


def sheet_rows(found: Proposed, zone: str | None = None, at_a_time: int = 10_000) -> Iterator[dict[str, str]]:
    """Make the rows of a sheet of judgements to fill in, one for each pair: what is to be decided, and on what grounds.

    The id of a row is the same in every sheet, whatever else is proposed.
    """
    places = found.open
    every = np.unique(np.concatenate([found.proposals.first[places], found.proposals.second[places]]))
    words = _words(found, every, zone)
    for begin in range(0, len(found), at_a_time):
        for pair in found.pairs(begin, begin + at_a_time):
            yield {
                "id": pair_id(pair), "kind": "", "about": f"{pair.one}; {pair.other}", "by": "", "decided": "",
                "why": "", "reasons": _reasons(pair), "one": words[pair.rows[0]], "other": words[pair.rows[1]],
            }  # fmt: skip


def pair_id(pair: Pair) -> str:
    """Name a pair by its reports, in whatever order they come.

    >>> pair_id(Pair((0, 1), "a", "b", (), False)) == pair_id(Pair((0, 1), "b", "a", (), False))
    True
    """
    names = "\0".join(sorted((pair.one, pair.other)))
    return f"pair-{hashlib.sha256(names.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}"


def report_words(row: Mapping[str, Any], zone: str | None = None) -> str:
    """Tell a report in one line: when, where and how exactly, what, by whom, told by whom.

    >>> report_words({"from": None, "lat": -9.98192, "lon": 20.4, "radius_m": 500.0, "act": "clash",
    ...               "involved": ["Northbank Guard"], "origin": "patrol"})
    'no date, 9.9819 S 20.4000 E within 0.5 km, clash, Northbank Guard involved, told by patrol'
    """
    by, involved, origin = row.get("by"), row.get("involved"), row.get("origin")
    parts = (
        span_words(_span(row), zone),
        row.get("place"),
        _disc(row),
        row.get("act"),
        f"by {', '.join(map(str, by))}" if by else f"{', '.join(map(str, involved))} involved" if involved else "",
        f"told by {origin}" if origin else "",
    )
    return one_line(", ".join(part for part in parts if part))


def _reasons(pair: Pair) -> str:
    return "; ".join(pair.reasons) or "near enough in place and time; how near is not shown, for a report is protected"


def _words(found: Proposed, rows: NDArray[np.int64], zone: str | None) -> dict[int, str]:
    """Tell the reports of some rows, by row."""
    columns = [name for name in SHOWN if name in found.reports.column_names]
    told = found.reports.select(columns).take(pa.array(rows)).to_pylist()
    return {
        row: _PROTECTED if found.hidden[row] else report_words(cells, zone)
        for row, cells in zip(rows.tolist(), told, strict=True)
    }


def _pair(found: Proposed, pair: Pair, at: int) -> dict[str, Any]:
    every = found.proposals
    ids = {"id": pair_id(pair), "one": pair.one, "other": pair.other, "protected": pair.protected}
    if pair.protected:
        return ids
    return {
        **ids,
        "reasons": list(pair.reasons),
        "apart_m": round(float(every.apart_m[at]), 1),
        "reach_m": float(every.reach_m[at]),
        "shared_s": int(every.shared_us[at]) / _SECOND_US,
        "same_doer": bool(every.same_doer[at]),
        "same_actor": bool(every.same_actor[at]),
        "same_act": bool(every.same_act[at]),
    }


def _contest(each: Contest) -> dict[str, Any]:
    return {"one": each.one, "other": each.other, "joined": each.joined, "judgements": list(each.judgements)}


def _judged(found: Proposed, width: int | None, *, colour: bool) -> Iterator[str]:
    if found.grouping.groups or found.grouping.contests:
        yield from ("", "judged before")
    for group in found.grouping.groups:
        state = " (contested)" if found.grouping.contested(group) else ""
        yield from paragraph(f"one incident{state}: {', '.join(group)}", width, indent=2, hang=2)
    for contest in found.grouping.contests:
        for line in paragraph(contest_words(contest), width, indent=2, hang=2):
            yield coloured(line, OPEN if colour else None)


def _span(row: Mapping[str, Any]) -> Span | None:
    start, end = row.get("from"), row.get("until")
    if not isinstance(start, datetime) or not isinstance(end, datetime) or end < start:
        return None
    return Span(_us(start), _us(end))


def _us(moment: datetime) -> int:
    return int(moment.timestamp()) * _SECOND_US + moment.microsecond


def _disc(row: Mapping[str, Any]) -> str:
    lat, lon, radius = row.get("lat"), row.get("lon"), row.get("radius_m")
    if lat is None or lon is None or radius is None:
        return ""
    north, east = "N" if lat >= 0 else "S", "E" if lon >= 0 else "W"
    return f"{abs(lat):.4f} {north} {abs(lon):.4f} {east} within {radius / 1000:,.1f} km"

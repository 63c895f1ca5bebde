"""What several rows about one report have in common: a row that is as vague as they contradict each other.

Such a row is a blur of each of them: what it surely shows, each of them shows. So a verdict on it is the
verdict on every one of them, or "cannot be told".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import reduce
from typing import Any

from truceline.evidence.acts import OTHER
from truceline.evidence.columns import NAMES
from truceline.locate.ecef import GEOD

__all__ = ["hull"]

Row = Mapping[str, Any]


def hull(rows: Sequence[Row]) -> dict[str, Any]:
    """Join rows of our columns into one that states only what all of them state.

    A span covers all spans, a disc all discs, a count all counts. Where the acts differ none is stated, where the
    places cannot be covered by one disc there is none, and an attribution that not every row makes is none.

    Examples
    --------
    >>> one = {"report": "a", "lon": 20.0, "lat": 10.0, "radius_m": 500.0, "act": "clash", "count_lo": 1}
    >>> both = hull([one, {**one, "lat": 10.01, "act": "fire", "count_lo": 3}])
    >>> both["act"], both["count_lo"], round(both["radius_m"])
    (None, 1, 1606)
    """
    return reduce(_two, rows[1:], dict(rows[0]))


def _two(one: Row, other: Row) -> dict[str, Any]:
    if len({one.get("dataset"), other.get("dataset")} - {None}) > 1:
        # What one of two data sets cannot show, the other may: together they state nothing.
        return {**dict.fromkeys(NAMES), "report": one.get("report"), **_whence(one, other)}
    same = {name: one.get(name) if one.get(name) == other.get(name) else None for name in NAMES}
    return {**same, **_when(one, other), **_where(one, other), **_who(one, other), **_what(one, other),
            **_whence(one, other)}  # fmt: skip


def _when(one: Row, other: Row) -> dict[str, Any]:
    """Cover both spans; an instant at the end of the other span still lies in the hull."""
    spans: list[tuple[Any, Any]] = [(row.get("from"), row.get("until")) for row in (one, other)]
    if spans[0] == spans[1]:
        lasting = one.get("lasting") if one.get("lasting") == other.get("lasting") else False
        return {"from": spans[0][0], "until": spans[0][1], "lasting": lasting}
    if any(None in span for span in spans):
        return {"from": None, "until": None, "lasting": False}
    ends = [end + timedelta(microseconds=1) if end == start else end for start, end in spans]
    return {"from": min(start for start, _ in spans), "until": max(ends), "lasting": False}


def _where(one: Row, other: Row) -> dict[str, Any]:
    """Cover both discs by one around the first point; a region covers only itself."""
    region = one.get("region")
    if region != other.get("region"):
        return {"lon": None, "lat": None, "radius_m": None, "region": None}
    place = [one.get(name) for name in ("lon", "lat", "radius_m")]
    there = [other.get(name) for name in ("lon", "lat", "radius_m")]
    if place == there:
        radius = place[2]
    elif None in place or None in there:
        place, radius = [None, None], None
    else:
        between = GEOD.inv(place[0], place[1], there[0], there[1])[2]
        radius = max(place[2], between + there[2])
    return {"lon": place[0], "lat": place[1], "radius_m": radius, "region": region}


def _who(one: Row, other: Row) -> dict[str, Any]:
    """Name everybody whom either names; where one names nobody, nobody is named."""
    named = [{*(row.get("involved") or ()), *(row.get("by") or ())} for row in (one, other)]
    everybody = [*(one.get("involved") or ()), *(other.get("involved") or ()), *(one.get("by") or ()),
                 *(other.get("by") or ())]  # fmt: skip
    agreed = set(one.get("by") or ()) == set(other.get("by") or ())
    involved = list(dict.fromkeys(everybody)) if all(named) else None
    return {"involved": involved, "by": one.get("by") if agreed else None}


def _what(one: Row, other: Row) -> dict[str, Any]:
    """Keep the act that both show, and what either may show; a number without its unit counts nothing."""
    alike = one.get("act") == other.get("act")
    maybe = list(dict.fromkeys([*(one.get("maybe") or ()), *(other.get("maybe") or ())]))
    if one.get("act") == OTHER and not (one.get("maybe") and other.get("maybe")):
        maybe = []  # one of them may be any act at all
    low: list[Any] = [row.get("count_lo") for row in (one, other)]
    high: list[Any] = [row.get("count_hi") for row in (one, other)]
    alien = one.get("unit") != other.get("unit")
    return {
        "act": one.get("act") if alike else None, "maybe": maybe or None if alike else None,
        "count_lo": None if alien or None in low else min(low),
        "count_hi": None if alien or None in high else max(high),
    }  # fmt: skip


def _whence(one: Row, other: Row) -> dict[str, Any]:
    """Keep the data set that either names, the later dates, the lower grade; protected if either is."""
    found: dict[str, Any] = {}
    for name in ("reported", "recorded"):
        found[name] = max((row[name] for row in (one, other) if row.get(name) is not None), default=None)
    datasets = {row.get("dataset") for row in (one, other)} - {None}
    found["dataset"] = datasets.pop() if len(datasets) == 1 else None
    found["grade"] = one.get("grade") if one.get("grade") == other.get("grade") else "F6"
    found["release"] = one.get("release") if one.get("release") == other.get("release") else "protected"
    return found

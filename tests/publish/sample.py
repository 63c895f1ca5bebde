"""Payloads of the made-up truce for the tests of the page: of any size, always the same."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, cast

import shapely
from shapely.geometry import Polygon

from publish.river import COAST, LINES, NAMES, OUTSIDERS, REASONS, RULES, SETS, Rule, degrees, offset, rows, verdict
from publish.river_terms import lines, provisions, readings, rivals, sources
from truceline.publish.payload import Payload


def _columns(table: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in table] for name in table[0]} if table else {}


def _band(rule: Rule) -> dict[str, Any]:
    def ground(depth: float) -> Any:
        line = LINES[rule.line]
        near = line.buffer(depth, single_sided=True, join_style="mitre") if depth else Polygon()
        return near.intersection(shapely.box(-90_000, -140_000, 160_000, 140_000)) if depth else near

    return {
        "line": rule.line,
        "from_lo_m": 0.0,
        "from_hi_m": 0.0,
        "to_lo_m": rule.lo,
        "to_hi_m": rule.hi,
        "both_sides": False,
        "words": rule.words,
        "undisclosed": rule.hi is None,
        "outline_sure": degrees(ground(rule.lo)) if rule.lo else [],
        "outline_possible": degrees(ground(rule.hi)) if rule.hi else [],
    }


def _located(table: list[dict[str, Any]], line: str) -> list[tuple[float, float, int, float, float] | None]:
    return [None if row["radius_m"] is None else offset(line, row["lon"], row["lat"], row["radius_m"]) for row in table]


def _sweep(table: list[dict[str, Any]], line: str, title: str, wanted: set[str]) -> dict[str, Any]:
    steps = [250.0 * step for step in range(161)]
    chosen = [
        (index, at) for index, at in enumerate(_located(table, line)) if at and wanted & set(table[index]["involved"])
    ]
    chosen = [(index, at) for index, at in chosen if at[1] > 0]
    sure = [None if at[0] < 0 or at[2] else at[1] for _, at in chosen]
    possible = [max(0.0, at[0]) for _, at in chosen]
    points = [(at[0] + at[1]) / 2 for _, at in chosen]
    return {
        "line": line,
        "set": title.lower(),
        "set_title": title,
        "month": None,
        "distance_m": steps,
        "sure": [sum(1 for far in sure if far is not None and far <= step) for step in steps],
        "possible": [sum(1 for near in possible if near <= step) for step in steps],
        "as_points": [sum(1 for middle in points if 0 <= middle <= step) for step in steps],
        "rows": {"report": [index for index, _ in chosen], "sure_from_m": sure, "possible_from_m": possible},
    }


def _findings(table: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    located = {line: _located(table, line) for line in LINES}
    found: dict[str, Any] = {"no_outsiders": {}, "quiet": {}}
    columns: dict[str, list[tuple[int, list[str]]]] = {}
    for name, rule in RULES.items():
        columns[name] = [verdict(rule, row, located[rule.line][index]) for index, row in enumerate(table)]
        found["no_outsiders"][name] = {
            "verdict": [code for code, _ in columns[name]],
            "reasons": [SETS.index(codes) for _, codes in columns[name]],
        }
    fire = [
        (3, 1) if row["act"] == "fire.artillery" and row["radius_m"] and row["radius_m"] <= 2_000 else (1, 3)
        for row in table
    ]
    found["quiet"]["text"] = {"verdict": [code for code, _ in fire], "reasons": [index for _, index in fire]}
    found["quiet"] |= {name: {"same_as": "text"} for name in RULES if name != "text"}
    rows_ = [[columns[name][index][0] for name in RULES] for index in range(len(table))]
    differ = [index for index, codes in enumerate(rows_) if len(set(codes)) > 1]
    fields = [
        ["denial"] if len(set(rows_[index][:-1])) == 1 else ["depth", "denial"] if index % 3 else ["line", "depth"]
        for index in differ
    ]
    return found, {"no_outsiders": {"report": differ, "fields": fields}, "quiet": {"report": [], "fields": []}}


def _headings(n: int) -> dict[str, Any]:
    return {
        "title": "River truce, 2031",
        "subtitle": f"{n} made-up reports held against seven readings of one clause on distance",
        "agreement": {"id": "river-2031", "title": "River truce", "class": "preliminary", "status": "annex not public"},
        "as_known": "1 November 2031",
        "made_with": "truceline 0.1.0",
        "inputs": [
            {"name": "patrols.csv", "sha256": "0" * 64, "rows": n, "licence": "CC0", "credit": "Made up for tests"},
            {"name": "river-2031.yaml", "sha256": "f" * 64, "rows": None},
        ],
        "cannot_show": [
            "Press files name places to a few kilometres: they cannot decide a rule of 5 km near its edge.",
            "No report here shows that a force is absent. Silence is not compliance.",
        ],
    }


def _ground() -> dict[str, Any]:
    upper = [[10.12, -37.9], [11.6, -37.7], [11.6, -37.2], [10.14, -37.3]]
    lower = [[10.2, -38.5], [11.2, -38.5], [11.2, -38.1], [10.2, -38.2]]
    border = [[11.4, -39.2], [11.35, -38.3], [11.5, -37.6], [11.45, -36.9]]
    places = [{"name": name, "lon": lon, "lat": lat, "rank": 1} for name, (lon, lat) in NAMES.items()]
    return {
        "lines": lines(),
        "bands": {name: {"no_outsiders": [] if rule.denies else [_band(rule)]} for name, rule in RULES.items()},
        "areas": [
            {"id": "lower", "title": "Lower Province", "rings": [lower], "unsure": True, "provisions": ["quiet"]}
        ],
        "regions": [{"id": "Upper Province", "rings": [upper]}],
        "base": {
            "land": [[list(point) for point in COAST]],
            "borders": [{"path": border, "disputed": True}],
            "places": places,
            "credit": "Base map made up.",
        },
    }


def _effort() -> list[dict[str, Any]]:
    silent = {"month": "2031-08", "state": "not_watched", "words": "not watched: access denied"}
    watched = {"state": "watched", "words": "two patrols a week"}
    return [*({"month": f"2031-{month:02d}", **watched} for month in range(4, 8)), silent]


def payload(n: int = 640, seed: int = 7) -> Payload:
    """Make the payload of n reports."""
    table = list(rows(n, seed))
    found, differ = _findings(table)
    along = {line: [at or (None, None, 0, None, None) for at in _located(table, line)] for line in LINES}
    names = ("low_m", "high_m", "either", "station_low_m", "station_high_m")
    columns = {line: [[bound[at] for bound in bounds] for at in range(5)] for line, bounds in along.items()}
    made = {
        **_headings(n),
        **_ground(),
        "readings": readings(),
        "provisions": provisions(),
        "reasons": deepcopy(REASONS),
        "reason_sets": deepcopy(SETS),
        "reports": _columns(table),
        "findings": found,
        "located": {line: dict(zip(names, bounds, strict=True)) for line, bounds in columns.items()},
        "sweep": [_sweep(table, line, "Outsiders", set(OUTSIDERS)) for line in LINES],
        "rivals": rivals(),
        "effort": _effort(),
        "disagreements": differ,
        "sources": sources(),
        "stances": [{"actor": "Hillside (no party)", "to": "agreement", "is": "not bound", "said": "2031-05-10",
                     "sources": ["s.press"]}],
        "demands": [{"id": "south_35", "by": "Southbank", "where_words": "35 km from the river",
                     "told_as": ["22 miles"], "answer": "rejected by Northbank", "sources": ["s.south"]}],
        "open": [{"term": "outsiders", "words": "no list of names"}, {"term": "buffer", "words": "depth in an annex"}],
    }  # fmt: skip
    return cast("Payload", made)

"""A made-up truce on a made-up coast: payloads for the tests of the page, of any size, always the same.

The verdicts below come from a few lines of plain arithmetic, good enough to be drawn; they are no
second judge and nothing is tested against them.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import shapely
from shapely.geometry import LineString, Point, Polygon

from truceline.publish.payload import Payload

LON, LAT = 10.6, -38.1
EAST, NORTH = 111_195 * math.cos(math.radians(LAT)), 111_195.0  # metres per degree
MILE = 1609.344

RIVER = [
    (10.15, -38.22),
    (10.3, -38.12),
    (10.45, -38.16),
    (10.6, -38.05),
    (10.78, -38.1),
    (10.95, -38.0),
    (11.1, -38.03),
]
ROAD = [(10.15, -38.12), (10.4, -38.02), (10.62, -37.96), (10.9, -37.92), (11.1, -37.9)]
COAST = [(10.02, -39.2), (10.08, -38.7), (9.98, -38.4), (10.12, -38.22), (10.05, -38.0), (10.16, -37.7), (10.1, -37.3),
         (10.2, -36.9), (12.4, -36.9), (12.4, -39.2)]  # fmt: skip
NAMES = {"Ashford": (10.2, -38.17), "Bexley Cross": (10.38, -38.13), "Corran": (10.52, -38.08), "Dunmore": (10.7, -38.06),
         "Elsworth": (10.9, -38.01), "Farrow": (10.62, -37.86), "Garth": (10.34, -37.95), "Holm": (10.85, -37.72),
         "Inver": (10.5, -38.35), "Jarrow Mills": (10.98, -38.24)}  # fmt: skip
ACTORS = ("Northbank army", "Southbank army", "River Brigade", "Highland Legion", "Lake Volunteers")
OUTSIDERS = {"Highland Legion": 1, "Lake Volunteers": 0}  # 1 surely of those addressed, 0 not known
REASONS = {
    "every_condition_met": {"words": "every condition of the rule is surely met"},
    "outside": {"words": "the place lies surely outside the ground that the rule covers"},
    "not_subject": {"words": "nobody named in the report belongs to those whom the rule addresses"},
    "denied": {"words": "the holder of this reading denies the provision"},
    "not_in_force": {"words": "the rule was not in force at the time of the report"},
    "report_too_coarse": {"words": "the place of the report is not exact enough for the limit",
                          "decided_by": "a more exact place"},
    "term_too_vague": {"words": "the text leaves the distance open where the report lies",
                       "decided_by": "one agreed distance for this part of the line"},
    "membership_contested": {"words": "it is contested whether the actor belongs to those addressed",
                             "decided_by": "an agreed list of members"},
    "distance_undisclosed": {"words": "the distance is not public", "decided_by": "publication of the distance"},
    "report_unplaced": {"words": "the report states no place that could be located", "decided_by": "a place"},
}  # fmt: skip
SETS = [[], *[[code] for code in REASONS], ["membership_contested", "report_too_coarse"],
        ["membership_contested", "term_too_vague"]]  # fmt: skip


def metres(lon: float, lat: float) -> tuple[float, float]:
    """Give a point in metres on the local plane."""
    return (lon - LON) * EAST, (lat - LAT) * NORTH


def degrees(shape: Any) -> list[list[list[float]]]:
    """Give the rings of a plane shape in degrees."""
    parts = getattr(shape, "geoms", [shape])
    rings = [ring for part in parts if not part.is_empty for ring in (part.exterior, *part.interiors)]
    return [[[x / EAST + LON, y / NORTH + LAT] for x, y in ring.coords] for ring in rings]


def plane(path: list[tuple[float, float]]) -> LineString:
    """Give a path on the local plane."""
    return LineString([metres(*point) for point in path])


LINES = {"river": plane(RIVER), "road": plane(ROAD)}


@dataclass
class Rule:
    """What a reading says about the stand-off: depth (lo, hi) in metres from a line, or none that is public."""

    line: str = "river"
    lo: float = 0.0
    hi: float | None = None
    words: str = ""
    denies: bool = False
    widest: bool = False  # counts contested members too
    sectors: list[tuple[float, float, float, float]] = field(default_factory=list)


RULES = {
    "text": Rule(words="a buffer along the river whose depth is in an annex that is not public"),
    "north": Rule(lo=5_000, hi=5_000, words="5 km from the river"),
    "south": Rule(lo=6_000, hi=30_000, words="6 to 30 km from the river, by sector", widest=True),
    "mediator": Rule(lo=20 * MILE, hi=20 * MILE, words="20 miles from the river"),
    "press": Rule(line="road", lo=3 * MILE, hi=4 * MILE, words="3 to 4 miles from the old road"),
    "envoy": Rule(lo=5_000, hi=5_000, words="no commitment", denies=True),
}


def offset(line: str, lon: float, lat: float, radius: float) -> tuple[float, float, int, float, float]:
    """Bound the signed offset and the station of a disc: north of the line is positive."""
    path, point = LINES[line], Point(metres(lon, lat))
    away, station = path.distance(point), path.project(point)
    if station <= 0.0 or station >= path.length:
        return max(0.0, away - radius), away + radius, 1, station, station
    near, far = path.interpolate(station), path.interpolate(min(station + 50, path.length))
    side = (far.x - near.x) * (point.y - near.y) - (far.y - near.y) * (point.x - near.x)
    signed = away if side > 0 else -away
    return (signed - radius, signed + radius, 0, max(0.0, station - radius), min(path.length, station + radius))


def rows(n: int, seed: int = 7) -> Iterator[dict[str, Any]]:
    """Draw n reports: a third at a few places, some wide, some in a region, some nowhere."""
    dice = random.Random(seed)  # noqa: S311 -- made-up reports need no secrecy
    for index in range(n):
        kind = dice.random()
        name, (lon, lat) = dice.choice(sorted(NAMES.items()))
        if kind > 0.45:
            lon, lat = dice.uniform(10.12, 11.3), dice.gauss(-38.02, 0.16)
            name = f"{dice.choice(['1', '2', '4', '7'])} km {dice.choice(['N', 'NE', 'SW', 'W'])} of {name}"
        radius: float | None = 2_000.0 if kind < 0.75 else dice.choice([500.0, 10_000.0, 25_000.0])
        region, where = None, name
        if kind > 0.97:
            region, radius, where = "Upper Province", None, "Upper Province"
        elif kind > 0.94:
            radius, where = None, ""
        day = dice.randint(1, 28)
        month = dice.choice(["2031-04", "2031-05", "2031-06", "2031-07", "2031-09", "2031-10", "2031-11", "2031-12"])
        actor = dice.choices(ACTORS, [4, 4, 2, 3, 2])[0]
        yield {
            "id": f"made:{index:05d}", "from": f"{month}-{day:02d}T00:00:00Z", "until": f"{month}-{day + 1:02d}T00:00:00Z",
            "when_words": f"{day} {_MONTHS[month]} 2031", "month": month if dice.random() > 0.03 else None,
            "lon": None if radius is None else lon, "lat": None if radius is None else lat, "radius_m": radius,
            "region": region, "place": where or None, "involved": [actor, "River Brigade"] if index % 5 == 0 else [actor],
            "by": [actor] if index % 2 else [], "act": dice.choice(["position", "presence", "movement", "fire.artillery"]),
            "dataset": dice.choice(["Patrol log", "Press file"]), "origin": dice.choice(["joint patrol", "wire service", None]),
            "precision": "within 2 km of the named place" if radius == 2_000 else None, "input": 0,
        }  # fmt: skip


_MONTHS = {"2031-04": "April", "2031-05": "May", "2031-06": "June", "2031-07": "July", "2031-09": "September",
           "2031-10": "October", "2031-11": "November", "2031-12": "December"}  # fmt: skip


def verdict(
    rule: Rule, row: dict[str, Any], at: tuple[float, float, int, float, float] | None
) -> tuple[int, list[str]]:
    """Judge a row in the roughest way that gives every verdict and most reasons."""
    members = [OUTSIDERS.get(name, -1) for name in row["involved"]]
    subject = max(members) if not rule.widest else max(1 if member == 0 else member for member in members)
    if rule.denies:
        return 0, ["denied"]
    if row["month"] == "2031-04":
        return 0, ["not_in_force"]
    if subject < 0:
        return 1, ["not_subject"]
    contested = ["membership_contested"] if subject == 0 else []
    if at is None:
        return 2, ["report_unplaced"]
    low, high, either = at[:3]
    if high < 0 or (rule.hi is not None and low >= rule.hi):
        return 1, ["outside"]
    if rule.hi is None:
        return 2, ["distance_undisclosed"]
    if low < 0 or either or not high - low < rule.hi:
        return 2, [*contested, "report_too_coarse"]
    if high > rule.lo:
        return 2, [*contested, "term_too_vague"]
    return (2, contested) if contested else (3, ["every_condition_met"])


def _columns(table: list[dict[str, Any]]) -> dict[str, list[Any]]:
    return {name: [row[name] for row in table] for name in table[0]} if table else {}


def _band(rule: Rule) -> dict[str, Any]:
    def ground(depth: float) -> Any:
        line = LINES[rule.line]
        near = line.buffer(depth, single_sided=True, join_style="mitre") if depth else Polygon()
        return near.intersection(shapely.box(-90_000, -140_000, 160_000, 140_000)) if depth else near

    return {
        "line": rule.line, "from_lo_m": 0.0, "from_hi_m": 0.0, "to_lo_m": rule.lo, "to_hi_m": rule.hi, "both_sides": False,
        "words": rule.words, "undisclosed": rule.hi is None, "outline_sure": degrees(ground(rule.lo)) if rule.lo else [],
        "outline_possible": degrees(ground(rule.hi)) if rule.hi else [],
    }  # fmt: skip


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
        "line": line, "set": title.lower(), "set_title": title, "month": None, "distance_m": steps,
        "sure": [sum(1 for far in sure if far is not None and far <= step) for step in steps],
        "possible": [sum(1 for near in possible if near <= step) for step in steps],
        "as_points": [sum(1 for middle in points if 0 <= middle <= step) for step in steps],
        "rows": {"report": [index for index, _ in chosen], "sure_from_m": sure, "possible_from_m": possible},
    }  # fmt: skip


def _readings() -> list[dict[str, Any]]:
    holders = {"text": "as written", "north": "Northbank", "south": "Southbank", "mediator": "the mediator",
               "press": "press retelling", "envoy": "Southbank's envoy", "annex": "annex seen by a newspaper"}  # fmt: skip
    changes = {"north": ("depth", "5 km"), "south": ("depth", "6..30 km, varies"), "mediator": ("depth", "20 mi"),
               "press": ("line", "old road, 3..4 mi"), "annex": ("date", "2031-06-01")}  # fmt: skip
    return [
        {
            "id": name, "holder": holder, "note": "no commitment was made" if name == "envoy" else None,
            "denies": ["no_outsiders"] if name == "envoy" else [], "sources": [f"s.{name}"], "left_out": name == "annex",
            "patches": [{"field": changes[name][0], "path": "provisions.no_outsiders.where", "words": changes[name][1]}]
            if name in changes else [],
        }
        for name, holder in holders.items()
    ]  # fmt: skip


def _provisions() -> list[dict[str, Any]]:
    common = {"words": None, "because": None, "tested": True}
    return [
        {"id": "no_outsiders", "sentence": "outsiders keep no presence in the buffer, at most 0, from 1 May 2031",
         "who": "outsiders", "what": "presence", "where_words": RULES["text"].words, "when_words": "from 1 May 2031",
         "sources": ["s.text", "s.press"], **common, "words": "no outside force shall remain in the buffer", "judged": "ban",
         "under": {name: {"where_words": rule.words} for name, rule in RULES.items()}},
        {"id": "quiet", "sentence": "warring parties do hostilities in the Lower Province, at most 0", "who": "warring parties",
         "what": "hostilities", "where_words": "the Lower Province", "when_words": "from 1 May 2031", "sources": ["s.text"],
         **common, "judged": "ban", "power": "press files show fire, rarely its origin"},
        {"id": "reduction", "sentence": "outsiders reduce their presence, with no date", "who": "outsiders", "what": "presence",
         "where_words": "everywhere", "when_words": "no date was given", "sources": ["s.mediator"], **common,
         "judged": "not_judged_yet", "because": "a trend needs comparable watching, and no effort record covers it"},
        {"id": "intel", "sentence": "no foreign intelligence in the buffer", "who": "any foreign", "what": "intelligence presence",
         "where_words": "the buffer", "when_words": "from 1 May 2031", "sources": ["s.text"], **common, "tested": False,
         "judged": "not_monitorable", "because": "no open report can show it", "power": "no data set here shows presence that hides"},
    ]  # fmt: skip


def _findings(table: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    located = {line: _located(table, line) for line in LINES}
    found: dict[str, Any] = {"no_outsiders": {}, "quiet": {}}
    columns: dict[str, list[tuple[int, list[str]]]] = {}
    for name, rule in RULES.items():
        columns[name] = [verdict(rule, row, located[rule.line][index]) for index, row in enumerate(table)]
        found["no_outsiders"][name] = {"verdict": [code for code, _ in columns[name]],
                                       "reasons": [SETS.index(codes) for _, codes in columns[name]]}  # fmt: skip
    fire = [
        (3, 1) if row["act"] == "fire.artillery" and row["radius_m"] and row["radius_m"] <= 2_000 else (1, 3)
        for row in table
    ]
    found["quiet"]["text"] = {"verdict": [code for code, _ in fire], "reasons": [index for _, index in fire]}
    found["quiet"] |= {name: {"same_as": "text"} for name in RULES if name != "text"}
    rows_ = [[columns[name][index][0] for name in RULES] for index in range(len(table))]
    differ = [index for index, codes in enumerate(rows_) if len(set(codes)) > 1]
    fields = [["denial"] if len(set(rows_[index][:-1])) == 1 else ["depth", "denial"] if index % 3 else ["line", "depth"]
              for index in differ]  # fmt: skip
    return found, {"no_outsiders": {"report": differ, "fields": fields}, "quiet": {"report": [], "fields": []}}


def _sources() -> list[dict[str, Any]]:
    empty = {"of": [], "kind": "press", "words": None, "url": None, "grade": "C3", "check": "confirmed"}
    return [
        {"id": "s.text", "by": "the parties", "said": "2031-04-12", "via": ["Gazette"], **empty, "kind": "primary",
         "words": "no outside force shall remain", "url": "https://example.org/gazette/12"},
        {"id": "s.north", "by": "Northbank spokesperson", "said": "2031-04-20", "via": ["North Wire", "Harbour Times"], **empty},
        {"id": "s.south", "by": "official of Southbank (unnamed)", "said": "2031-05-02", "via": ["South Wire"], **empty,
         "origin": "official of Southbank (unnamed)"},
        {"id": "s.mediator", "by": "mediator", "said": "2031-05-03", "via": ["press briefing", "Harbour Times"], **empty},
        {"id": "s.press", "by": "press retelling", "said": "2031-05-04", "via": ["Evening Ledger"], **empty, "of": ["s.south"],
         "origin": "official of Southbank (unnamed)"},
        {"id": "s.envoy", "by": "envoy of Southbank", "said": "2031-05-09", "via": ["South Wire"], **empty},
        {"id": "s.annex", "by": "document seen", "said": "2031-11-17", "via": ["Evening Ledger"], **empty, "known_from": "2031-11-17"},
    ]  # fmt: skip


def _rivals() -> list[dict[str, Any]]:
    given = [("North 5", "Northbank", 5_000, 5_000, "5 km", "reading", "s.north"), ("South 6–30", "Southbank", 6_000, 30_000,
             "6 to 30 km", "reading", "s.south"), ("Mediator 20 mi", "the mediator", 20 * MILE, 20 * MILE, "20 miles",
             "reading", "s.mediator"), ("South asks 35", "Southbank", 35_000, 35_000, "35 km asked", "demand", "s.south"),
             ("North offers 8", "Northbank", 8_000, 10_000, "8 to 10 km offered", "demand", "s.north")]  # fmt: skip
    return [
        {"label": label, "speaker": speaker, "lo_m": float(lo), "hi_m": float(hi), "words": words, "line": "river", "kind": kind, "source": source}
        for label, speaker, lo, hi, words, kind, source in given
    ]  # fmt: skip


def _lines() -> list[dict[str, Any]]:
    return [
        {"id": name, "title": title, "parts": [[list(point) for point in path]], "uncertainty_m": error, "plus": "north",
         "length_km": LINES[name].length / 1000, "places": [
             {"name": place, "station_km": LINES[name].project(Point(metres(*NAMES[place]))) / 1000} for place in places]}
        for name, title, path, error, places in (
            ("river", "River line", RIVER, 600.0, ["Ashford", "Bexley Cross", "Corran", "Dunmore", "Elsworth"]),
            ("road", "Old road", ROAD, 150.0, ["Garth", "Farrow"]),
        )
    ]  # fmt: skip


def payload(n: int = 640, seed: int = 7) -> Payload:
    """Make the payload of n reports."""
    table = list(rows(n, seed))
    found, differ = _findings(table)
    along = {line: [at or (None, None, 0, None, None) for at in _located(table, line)] for line in LINES}
    names = ("low_m", "high_m", "either", "station_low_m", "station_high_m")
    upper = [[10.12, -37.9], [11.6, -37.7], [11.6, -37.2], [10.14, -37.3]]
    made = {
        "title": "River truce, 2031", "subtitle": f"{n} made-up reports held against seven readings of one clause on distance",
        "agreement": {"id": "river-2031", "title": "River truce", "class": "preliminary", "status": "annex not public"},
        "as_known": "1 November 2031", "made_with": "truceline 0.1.0", "readings": _readings(), "provisions": _provisions(),
        "inputs": [{"name": "patrols.csv", "sha256": "0" * 64, "rows": n, "licence": "CC0", "credit": "Made up for tests"},
                   {"name": "river-2031.yaml", "sha256": "f" * 64, "rows": None}],
        "reasons": REASONS, "reason_sets": SETS, "reports": _columns(table), "findings": found, "lines": _lines(),
        "located": {line: dict(zip(names, map(list, zip(*rows_, strict=True)), strict=True)) for line, rows_ in along.items()},
        "bands": {name: {"no_outsiders": [] if rule.denies else [_band(rule)]} for name, rule in RULES.items()},
        "areas": [{"id": "lower", "title": "Lower Province", "rings": [[[10.2, -38.5], [11.2, -38.5], [11.2, -38.1], [10.2, -38.2]]],
                   "unsure": True, "provisions": ["quiet"]}],
        "regions": [{"id": "Upper Province", "rings": [upper]}],
        "base": {"land": [[list(point) for point in COAST]], "credit": "Base map made up.",
                 "borders": [{"path": [[11.4, -39.2], [11.35, -38.3], [11.5, -37.6], [11.45, -36.9]], "disputed": True}],
                 "places": [{"name": name, "lon": lon, "lat": lat, "rank": 1 + index // 4}
                            for index, (name, (lon, lat)) in enumerate(NAMES.items())]},
        "sweep": [_sweep(table, "river", "Outsiders", set(OUTSIDERS)), _sweep(table, "road", "Outsiders", set(OUTSIDERS))],
        "rivals": _rivals(),
        "effort": [{"month": month, "state": "not_watched" if month == "2031-08" else "watched",
                    "words": "not watched: access denied" if month == "2031-08" else "two patrols a week"}
                   for month in ("2031-04", "2031-05", "2031-06", "2031-07", "2031-08", "2031-09", "2031-10", "2031-11")],
        "disagreements": differ, "sources": _sources(),
        "stances": [{"actor": "Hillside (no party)", "to": "agreement", "is": "not bound", "said": "2031-05-10", "sources": ["s.press"]}],
        "demands": [{"id": "south_35", "by": "Southbank", "where_words": "35 km from the river", "told_as": ["22 miles"],
                     "answer": "rejected by Northbank", "sources": ["s.south"]}],
        "open": [{"term": "outsiders", "words": "no list of names"}, {"term": "buffer", "words": "depth in an annex"}],
        "cannot_show": ["Press files name places to a few kilometres: they cannot decide a rule of 5 km near its edge.",
                        "No report here shows that a force is absent. Silence is not compliance."],
    }  # fmt: skip
    return cast("Payload", made)

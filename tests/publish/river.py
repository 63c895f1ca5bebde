"""A made-up truce on a made-up coast: its ground, its reports and rough verdicts on them.

The verdicts below come from a few lines of plain arithmetic, good enough to be drawn; they are no
second judge and nothing is tested against them.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from shapely.geometry import LineString, Point

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
COAST = [
    (10.02, -39.2),
    (10.08, -38.7),
    (9.98, -38.4),
    (10.12, -38.22),
    (10.05, -38.0),
    (10.16, -37.7),
    (10.1, -37.3),
    (10.2, -36.9),
    (12.4, -36.9),
    (12.4, -39.2),
]
NAMES = {
    "Ashford": (10.2, -38.17),
    "Bexley Cross": (10.38, -38.13),
    "Corran": (10.52, -38.08),
    "Dunmore": (10.7, -38.06),
    "Elsworth": (10.9, -38.01),
    "Farrow": (10.62, -37.86),
    "Garth": (10.34, -37.95),
    "Holm": (10.85, -37.72),
    "Inver": (10.5, -38.35),
    "Jarrow Mills": (10.98, -38.24),
}
ACTORS = ("Northbank army", "Southbank army", "River Brigade", "Highland Legion", "Lake Volunteers")
OUTSIDERS = {"Highland Legion": 1, "Lake Volunteers": 0}  # 1 surely of those addressed, 0 not known
REASONS = {
    "every_condition_met": {"words": "every condition of the rule is surely met"},
    "outside": {"words": "the place lies surely outside the ground that the rule covers"},
    "not_subject": {"words": "nobody named in the report belongs to those whom the rule addresses"},
    "denied": {"words": "the holder of this reading denies the provision"},
    "not_in_force": {"words": "the rule was not in force at the time of the report"},
    "report_too_coarse": {
        "words": "the place of the report is not exact enough for the limit",
        "decided_by": "a more exact place",
    },
    "term_too_vague": {
        "words": "the text leaves the distance open where the report lies",
        "decided_by": "one agreed distance for this part of the line",
    },
    "membership_contested": {
        "words": "it is contested whether the actor belongs to those addressed",
        "decided_by": "an agreed list of members",
    },
    "distance_undisclosed": {"words": "the distance is not public", "decided_by": "publication of the distance"},
    "report_unplaced": {"words": "the report states no place that could be located", "decided_by": "a place"},
}
SETS = [
    [],
    *[[code] for code in REASONS],
    ["membership_contested", "report_too_coarse"],
    ["membership_contested", "term_too_vague"],
]


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
    dice = random.Random(seed)
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
            "id": f"made:{index:05d}",
            "from": f"{month}-{day:02d}T00:00:00Z",
            "until": f"{month}-{day + 1:02d}T00:00:00Z",
            "when_words": f"{day} {_MONTHS[month]} 2031",
            "month": month if dice.random() > 0.03 else None,
            "lon": None if radius is None else lon,
            "lat": None if radius is None else lat,
            "radius_m": radius,
            "region": region,
            "place": where or None,
            "involved": [actor, "River Brigade"] if index % 5 == 0 else [actor],
            "by": [actor] if index % 2 else [],
            "act": dice.choice(["position", "presence", "movement", "fire.artillery"]),
            "dataset": dice.choice(["Patrol log", "Press file"]),
            "origin": dice.choice(["joint patrol", "wire service", None]),
            "precision": "within 2 km of the named place" if radius == 2_000 else None,
            "input": 0,
        }


_MONTHS = {
    "2031-04": "April",
    "2031-05": "May",
    "2031-06": "June",
    "2031-07": "July",
    "2031-09": "September",
    "2031-10": "October",
    "2031-11": "November",
    "2031-12": "December",
}


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
    return _on_ground(rule, at, contested)


def _on_ground(rule: Rule, at: tuple[float, float, int, float, float], contested: list[str]) -> tuple[int, list[str]]:
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

"""The six rules as SQL, for the peers that are databases."""

from datetime import UTC, datetime

import numpy as np
from peers.common import MEASURES

WORDS = "CASE least({}) WHEN 1 THEN 'violation' WHEN -1 THEN 'no_violation' ELSE 'indeterminate' END"


def statement(rules: dict, source: str) -> str:
    """Judge `source`, which gives report, "from", radius_m, actor, act, offset_m and station_m, row by row."""
    bounds = ("offset_m - radius_m", "offset_m + radius_m", "station_m - radius_m", "station_m + radius_m")
    measures = [f"{bound} AS {name}" for bound, name in zip(bounds, MEASURES, strict=True)]
    verdicts = [_verdict(number, rule) for number, rule in enumerate(rules["rules"])]
    who, what = _lookup(rules, "who", "actors"), _lookup(rules, "what", "acts")
    return f"""SELECT report, {", ".join([*verdicts, *measures])}
        FROM ({source}) AS measured JOIN {who} ON actor = who JOIN {what} ON act = what"""  # noqa: S608 - our own words


def wkt(shape: str, corners: np.ndarray) -> str:
    """Write a line, or the ring of a polygon, in well-known text."""
    written = ", ".join(f"{x!r} {y!r}" for x, y in corners.tolist())
    return f"LINESTRING({written})" if shape == "line" else f"POLYGON(({written}))"


def closed(ring: np.ndarray) -> np.ndarray:
    """Repeat the first corner at the end."""
    return np.concatenate([ring, ring[:1]])


def _verdict(number: int, rule: dict) -> str:
    at = "abs(offset_m)" if rule["both_sides"] else "offset_m"
    ground = _ground(rule["bands"], at)
    silent = f"\"from\" < '{_day(rule['from_us'])}'"
    if rule["until_us"] < 2**61:
        silent += f" OR \"from\" >= '{_day(rule['until_us'])}'"
    judged = WORDS.format(f"{ground}, who_{number}, what_{number}")
    return f"CASE WHEN {silent} THEN 'not_applicable' ELSE {judged} END AS {rule['name']}"


def _ground(bands: list, at: str) -> str:
    truths = [f"CASE WHEN {at} - radius_m >= {near} AND {at} + radius_m < {far} THEN 1 "
              f"WHEN {at} + radius_m < {near} OR {at} - radius_m >= {far} THEN -1 ELSE 0 END"
              for _, _, near, far in bands]  # fmt: skip
    if len(bands) == 1:
        return truths[0]
    mine = [f"CASE WHEN station_m + radius_m >= {begin} AND station_m - radius_m < {end} THEN {truth} END"
            for truth, (begin, end, _, _) in zip(truths, bands, strict=True)]  # fmt: skip
    several = ", ".join(mine)
    return f"CASE WHEN least({several}) = greatest({several}) THEN least({several}) ELSE 0 END"


def _lookup(rules: dict, key: str, names: str) -> str:
    rows = [f"('{name}', {', '.join(str(rule[key][place]) for rule in rules['rules'])})"
            for place, name in enumerate(rules[names])]  # fmt: skip
    columns = ", ".join(f"{key}_{number}" for number in range(len(rules["rules"])))
    return f"(VALUES {', '.join(rows)}) AS {key}s({key}, {columns})"


def _day(micros: int) -> str:
    return f"{datetime.fromtimestamp(micros / 1e6, UTC):%Y-%m-%dT%H:%M:%SZ}"

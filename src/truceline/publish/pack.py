"""The payload made small for one file: shared values and places, one character per finding.

Nothing is lost but digits that mean nothing: a coordinate keeps the decimals that its radius allows,
and bounds are rounded outwards to whole metres, so that no interval ever shrinks.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from typing import Any, cast

from truceline.publish.coded import coded, letters, runs, shortened
from truceline.publish.payload import Band, Found, Payload, Ring, Same, Sweep

__all__ = ["found_under", "pack"]

PLACED = ("lon", "lat", "radius_m", "region")  # columns that travel with the place, not with the report
DATED = ("from", "until", "when_words", "month")  # columns that nearly always change together
Packed = dict[str, Any]


def found_under(payload: Payload, provision: str, reading: str) -> Found | None:
    """Give the findings of a provision under a reading, following `same_as`; None where nothing was judged."""
    found = payload["findings"].get(provision, {}).get(reading)
    if found is not None and "same_as" in found:
        found = payload["findings"][provision][cast("Same", found)["same_as"]]
    return cast("Found | None", found)


def pack(payload: Payload) -> Packed:
    """Make the mapping that the page reads; see ``page/report/data.js`` for the way back."""
    reports = cast("Mapping[str, list[Any]]", payload["reports"])
    places, place_of = _places(payload)
    alike = {key: cast("Packed", payload)[key] for key in _AS_IT_IS}
    return {
        **alike,
        "n": len(payload["reports"]["id"]),
        "reports": {name: coded(reports[name]) for name in reports if name not in (*PLACED, *DATED, "id")},
        "id": shortened(payload["reports"]["id"]),
        "when": coded(list(row) for row in zip(*(reports[name] for name in DATED), strict=True)),
        "spot": letters(place_of),
        "spots": places,
        **_findings(payload),
        **_sweeps(payload["sweep"]),
        "lines": [{**line, "parts": [_path(part) for part in line["parts"]]} for line in payload["lines"]],
        "bands": _bands(payload),
        "areas": [{**area, "rings": [_path(ring) for ring in area["rings"]]} for area in payload["areas"]],
        "regions": {region["id"]: [_path(ring) for ring in region["rings"]] for region in payload["regions"]},
        "base": _base(payload),
    }


_AS_IT_IS = (
    "agreement", "as_known", "provisions", "readings", "reasons", "rivals", "effort", "disagreements",
    "inputs", "sources",
)  # fmt: skip


def decimals(radius_m: float) -> int:
    """Say how many decimals of a degree a place within a radius deserves: an error below 1 % of the radius.

    >>> decimals(25_000.0), decimals(2_000.0), decimals(10.0)
    (3, 4, 6)
    """
    return next((digits for digits in (3, 4, 5) if 55_660 * 10.0**-digits <= radius_m / 100), 6)


def _places(payload: Payload) -> tuple[Packed, list[int]]:
    """Share the place, and its offsets from every line, among the reports that name the same one."""
    reports, located = payload["reports"], payload["located"]
    discs = zip(*(cast("Mapping[str, list[Any]]", reports)[name] for name in PLACED), strict=True)
    along = [zip(*(cast("Mapping[str, list[Any]]", part)[name] for name in _ALONG), strict=True)
             for part in located.values()]  # fmt: skip
    codes: dict[Hashable, int] = {}
    rows = list(zip(discs, zip(*along, strict=True) if along else [()] * len(reports["id"]), strict=True))
    place_of = [codes.setdefault(row, len(codes)) for row in rows]
    kept = cast("list[tuple[tuple[Any, ...], tuple[tuple[Any, ...], ...]]]", list(codes))
    places: Packed = {name: [_rounded(name, disc) for disc, _ in kept] for name in PLACED}
    places["located"] = {
        line: {name: [_outwards(name, offsets[index][at]) for _, offsets in kept] for at, name in enumerate(_ALONG)}
        for index, line in enumerate(located)
    }
    return places, place_of


_ALONG = ("low_m", "high_m", "either", "station_low_m", "station_high_m")


def _rounded(name: str, disc: tuple[Any, ...]) -> object:
    value, radius = disc[PLACED.index(name)], disc[PLACED.index("radius_m")]
    if name in {"lon", "lat"} and value is not None:
        return round(value, decimals(radius))
    return math.ceil(value) if name == "radius_m" and value is not None else value


def _outwards(name: str, value: float | None) -> int | None:
    if value is None:
        return None
    return math.floor(value) if name in {"low_m", "station_low_m", "either"} else math.ceil(value)


def _findings(payload: Payload) -> Packed:
    """Write every distinct column of findings once, as a text of characters per report."""
    outcomes: dict[tuple[int, int], int] = {}
    texts: dict[tuple[int, ...], int] = {}
    found: dict[str, dict[str, int]] = {}
    for provision, by_reading in payload["findings"].items():
        found[provision] = {}
        for reading in by_reading:
            column = cast("Found", found_under(payload, provision, reading))
            pairs = zip(column["verdict"], column["reasons"], strict=True)
            codes = tuple(outcomes.setdefault(pair, len(outcomes)) for pair in pairs)
            found[provision][reading] = texts.setdefault(codes, len(texts))
    return {
        "outcomes": [[verdict, payload["reason_sets"][reasons]] for verdict, reasons in outcomes],
        "found": found,
        "codes": [_lettered(codes) for codes in texts],
    }


def _lettered(codes: tuple[int, ...]) -> Packed:
    """Write the outcomes of one column by its own short list, so that one character mostly does."""
    of = list(dict.fromkeys(codes))
    at = {code: index for index, code in enumerate(of)}
    return {"of": of, **letters([at[code] for code in codes])}


def _sweeps(sweeps: list[Sweep]) -> Packed:
    """Write the rows behind the sweeps once per line: a set of reports has runs of the rows of all."""
    reach: dict[str, dict[tuple[Any, ...], int]] = {}
    packed: list[Packed] = []
    for sweep in sweeps:
        packed.append({**sweep})
        if "rows" in sweep:
            rows, known = sweep["rows"], reach.setdefault(sweep["line"], {})
            keys = zip(rows["report"], rows["sure_from_m"], rows["possible_from_m"], strict=True)
            packed[-1]["rows"] = runs(known.setdefault(key, len(known)) for key in keys)
    columns = {line: [list(column) for column in zip(*keys, strict=True)] for line, keys in reach.items()}
    return {"sweep": packed, "reach": columns}


def _path(ring: Ring) -> list[float]:
    """Write a path as one flat list lon, lat, lon, lat ... to 11 metres, without repeated points.

    >>> _path([[1.0, 2.0], [1.00001, 2.0], [1.5, 2.0]])
    [1.0, 2.0, 1.5, 2.0]
    """
    flat: list[float] = []
    for lon, lat in ring:
        point = [round(lon, 4), round(lat, 4)]
        if flat[-2:] != point:
            flat += point
    return flat


def _bands(payload: Payload) -> Packed:
    return {
        reading: {provision: [_band(band) for band in bands] for provision, bands in by_provision.items()}
        for reading, by_provision in payload["bands"].items()
    }


def _band(band: Band) -> Packed:
    sure, possible = ([_path(ring) for ring in rings] for rings in (band["outline_sure"], band["outline_possible"]))
    return {**band, "outline_sure": sure, "outline_possible": possible}


def _base(payload: Payload) -> Packed:
    base = payload["base"]
    return {
        **base,
        "land": [_path(ring) for ring in base["land"]],
        "borders": [{"path": _path(border["path"]), "disputed": border["disputed"]} for border in base["borders"]],
    }

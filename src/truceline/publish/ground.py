"""The ground of the page: lines, where reports lie along them, bands, areas and regions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from truceline.engines.local import Checked
from truceline.engines.outlines import DrawnBand, drawn
from truceline.locate.area import Area
from truceline.plan.compile import TEXT
from truceline.plan.tables import Around, InArea, Where
from truceline.plan.walk import parts_of
from truceline.terms.wording import where_words

__all__ = ["areas", "bands", "charted", "lines", "located", "regions", "whole"]


def charted(checked: Checked) -> list[int]:
    """List the ids of the lines with a published course."""
    return [number for number, offsets in checked.places.lines.items() if offsets is not None]


def lines(checked: Checked) -> Iterator[dict[str, Any]]:
    """List the lines with a published course."""
    for number in charted(checked):
        drawn_line, name = checked.setup.atlas.lines[number], checked.setup.book.lines[number]
        if drawn_line is None:
            continue
        line = checked.setup.book.courses[name]
        places = [{"name": place, "station_km": round(station.lo / 1000, 2)}
                  for place, station in (line.places or {}).items()]  # fmt: skip
        yield {
            "id": name, "title": line.title, "parts": [_ring(part) for part in drawn_line.line.parts],
            "uncertainty_m": drawn_line.line.uncertainty, "plus": line.plus,
            "length_km": round(drawn_line.line.length / 1000, 2), "places": places,
        }  # fmt: skip


def located(checked: Checked, line: int) -> dict[str, Any]:
    """Give the intervals of all reports along one line; None where a report states no place."""
    offsets = checked.places.lines[line]
    if offsets is None:
        return {}
    lost = checked.places.unplaced | checked.hidden
    low, high = offsets.told
    either = offsets.either if offsets.sided else np.ones(len(low), dtype=np.bool_)
    return {
        "low_m": _metres(np.floor(low), lost), "high_m": _metres(np.ceil(high), lost),
        "either": either.astype(int).tolist(),
        "station_low_m": _metres(np.floor(offsets.station_low), lost),
        "station_high_m": _metres(np.ceil(offsets.station_high), lost),
    }  # fmt: skip


def bands(checked: Checked, reading: str) -> dict[str, list[dict[str, Any]]]:
    """Draw the bands of every rule under one reading."""
    setup = checked.setup
    text = setup.agreement.under(None if reading == TEXT else reading)
    courses = set(charted(checked))
    found: dict[str, list[dict[str, Any]]] = {}
    for rule in setup.plans[setup.readings.index(reading)].rules:
        name = setup.book.rules[rule.rule]
        words = where_words(text.provisions[name.provision].where, text)
        shapes = drawn(rule.where, setup.atlas)
        if shapes:
            found[str(name)] = [
                _band(shape, setup.book.lines[shape.line] if shape.line in courses else None, words) for shape in shapes
            ]
    return found


def _band(shape: DrawnBand, line: str | None, words: str) -> dict[str, Any]:
    near, far = shape.depth.near, shape.depth.far
    return {
        "line": line,
        "from_lo_m": _finite(near.lo, -1e6), "from_hi_m": _finite(near.hi, -1e6),
        "to_lo_m": far.lo, "to_hi_m": None if math.isinf(far.hi) else far.hi,
        "both_sides": shape.both_sides, "words": words, "undisclosed": math.isinf(far.hi),
        "station_from_m": shape.station_begin, "station_to_m": shape.station_end,
        "outline_sure": list(shape.sure), "outline_possible": list(shape.possible),
    }  # fmt: skip


def areas(checked: Checked) -> Iterator[dict[str, Any]]:
    """List the areas of the agreement with a published boundary."""
    text, atlas = checked.setup.agreement.under(None), checked.setup.atlas
    unsure = {name for zone in text.zones.values() for name in getattr(zone, "unsure", ())}
    for number, area in enumerate(atlas.areas):
        if area is not None:
            name = checked.setup.book.areas[number]
            yield {
                "id": name, "title": checked.setup.book.outlines[name].title or name, "unsure": name in unsure,
                "rings": _rings(area), "provisions": _clauses_on(checked, number),
            }  # fmt: skip


def _clauses_on(checked: Checked, area: int) -> list[str]:
    """Name the clauses whose ground has an area under some reading."""
    rules = [rule for plan in checked.setup.plans for rule in plan.rules]
    on = {rule.rule for rule in rules if area in _areas_of(rule.where)}
    return [str(name) for number, name in enumerate(checked.setup.book.rules) if number in on]


def _areas_of(where: Where) -> set[int]:
    if isinstance(where, InArea | Around):
        return {where.area}
    return {area for part in parts_of(where) for area in _areas_of(part)}


def regions(checked: Checked) -> Iterator[dict[str, Any]]:
    """List the regions in which reports lie."""
    atlas = checked.setup.atlas
    used = set(np.unique(checked.batch.region).tolist()) - {-1}
    for name, number in atlas.region_ids.items():
        if number in used:
            yield {"id": name, "title": name, "rings": _rings(atlas.regions[number])}


def _ring(points: Iterable[Iterable[float]]) -> list[list[float]]:
    return [[round(float(lon), 5), round(float(lat), 5)] for lon, lat in points]


def _rings(area: Area) -> list[list[list[float]]]:
    return [_ring(ring.coords) for polygon in area.shape.geoms for ring in (polygon.exterior, *polygon.interiors)]


def _metres(values: np.ndarray[Any, Any], lost: np.ndarray[Any, Any]) -> list[int | None]:
    return [None if gone else whole(value) for value, gone in zip(values.tolist(), lost.tolist(), strict=True)]


def _finite(value: float, otherwise: float) -> float:
    return value if math.isfinite(value) else otherwise


def whole(value: float) -> int | None:
    """Round to whole metres; an endless length is None."""
    return round(value) if math.isfinite(value) else None

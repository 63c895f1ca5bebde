"""The ground of a map: land, borders and names from GeoJSON files, for drawing only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

__all__ = ["NO_BASE", "read_base"]

NO_BASE: dict[str, Any] = {"land": [], "borders": [], "places": [], "credit": "", "extent": None, "disclaimer": None}
"""A map without any ground."""


def read_base(folder: Path) -> dict[str, Any]:
    """Read ``base.geojson`` and ``places.geojson`` of a folder, as far as they are there.

    Features of `base.geojson` have a `kind`: land (polygons), border, admin1 or disputed (lines);
    its `credit`, `bbox` and `disclaimer` are carried over. Features of `places.geojson` are points
    with a `name` and a `rank`.

    Returns
    -------
    dict
        The part `base` of the page's payload.

    Raises
    ------
    ValueError
        If a file is no JSON.
    """
    ground, names = _features(folder / "base.geojson"), _features(folder / "places.geojson")
    if ground is None:
        return dict(NO_BASE)
    drawn = list(_paths(ground["features"]))
    return {
        "land": [path for kind, path in drawn if kind == "land"],
        "borders": [{"path": path, "disputed": kind == "disputed"} for kind, path in drawn if kind != "land"],
        "places": list(_places(names["features"] if names else ())),
        "credit": ground.get("credit", ""),
        "extent": ground.get("bbox"),
        "disclaimer": ground.get("disclaimer"),
    }


def _features(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8-sig"))
    return data


def _paths(features: Iterable[dict[str, Any]]) -> Iterator[tuple[str, list[Any]]]:
    for feature in features:
        kind, shape = feature["properties"].get("kind", "border"), feature["geometry"]
        coordinates = shape["coordinates"]
        for path in {"LineString": [coordinates], "Polygon": coordinates}.get(shape["type"], []):
            yield kind, path
        if shape["type"] in ("MultiLineString", "MultiPolygon"):
            for part in coordinates:
                yield from ((kind, path) for path in ([part] if shape["type"] == "MultiLineString" else part))


def _places(features: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for feature in features:
        lon, lat = feature["geometry"]["coordinates"][:2]
        named = feature["properties"]
        yield {"name": named["name"], "lon": lon, "lat": lat, "rank": named.get("rank", 2)}

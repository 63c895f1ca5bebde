"""The features of a GeoJSON file, read strictly: no NaN, no key twice, no other coordinate system."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from truceline.formats.csv_file import text_of
from truceline.formats.rejects import refuse

__all__ = ["features_in"]

WGS84 = ("CRS84", "EPSG::4326", "EPSG:4326")


def features_in(data: bytes, name: str) -> Sequence[Mapping[str, Any]]:
    """Give the features of a FeatureCollection, or the one Feature.

    Raises
    ------
    EvidenceError
        TL-R013 if it is no GeoJSON, TL-R009 if it declares another coordinate system.

    Examples
    --------
    >>> features_in(b'{"type": "Feature", "geometry": null, "properties": {}}', "a.geojson")[0]["type"]
    'Feature'
    """
    text = text_of(data, name)[0].decode()
    try:
        root = json.loads(text, parse_constant=_no_constant, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        raise refuse("TL-R013", f"{name}:{error.lineno}:{error.colno}", error.msg) from error
    except (ValueError, RecursionError) as error:
        raise refuse("TL-R013", name, str(error) or "nested too deep") from error
    features = root.get("features", [root]) if isinstance(root, dict) else None
    if not isinstance(features, list) or not all(_is_feature(feature) for feature in features):
        raise refuse("TL-R013", name, "it is no FeatureCollection", "export it as GeoJSON")
    system = root.get("crs")
    declared = system.get("properties", {}).get("name", "") if isinstance(system, dict) else ""
    if declared and not str(declared).endswith(WGS84):
        raise refuse("TL-R009", name, f"{declared!r}")
    return features


def _is_feature(feature: Any) -> bool:
    return (
        isinstance(feature, dict)
        and feature.get("type") == "Feature"
        and isinstance(feature.get("properties") or {}, dict)
        and isinstance(feature.get("geometry") or {}, dict)
    )


def _no_constant(word: str) -> NoReturn:
    msg = f"{word} is no number"
    raise ValueError(msg)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        msg = f"the key {next(name for name in names if names.count(name) > 1)!r} stands twice in one object"
        raise ValueError(msg)
    return made

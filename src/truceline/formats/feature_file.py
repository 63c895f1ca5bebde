"""The features of a GeoJSON file, read strictly: no NaN, no key twice, no other coordinate system."""

from __future__ import annotations

import json
import re
from collections import Counter
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
    except RecursionError as error:
        raise refuse("TL-R013", name, "nested too deep") from error
    except ValueError as error:
        raise refuse("TL-R013", name, str(error).partition(";")[0]) from error
    _refuse_halves(root, text, name)
    features = root.get("features", [root]) if isinstance(root, dict) else None
    if not isinstance(features, list) or not all(_is_feature(feature) for feature in features):
        raise refuse("TL-R013", name, "it is no FeatureCollection", "export it as GeoJSON")
    system = root.get("crs")
    named = system.get("properties") if isinstance(system, dict) else None
    declared = named.get("name", "") if isinstance(named, dict) else system or ""
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


def _refuse_halves(root: Any, text: str, name: str) -> None:
    """Refuse half a character pair: JSON can write one, and no text can hold it."""
    if not re.search(r"\\u[dD][89a-fA-F]", text):
        return
    try:
        json.dumps(root, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        code = f"\\u{ord(error.object[error.start]):04x}"
        line = text.lower().count("\n", 0, text.lower().find(code)) + 1
        raise refuse("TL-R013", f"{name}:{line}", f"{code} is half of a character pair") from error


def _no_constant(word: str) -> NoReturn:
    msg = f"{word} is no number"
    raise ValueError(msg)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        msg = f"the key {next(name for name in counts if counts[name] > 1)[:60]!r} stands twice in one object"
        raise ValueError(msg)
    return made

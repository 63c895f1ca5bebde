"""Regions under the names that data sets use for them, and the GeoJSON file they come from."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from truceline.basics.quantity import parse_distance
from truceline.errors import EvidenceError, Fault
from truceline.evidence.regions import Regions
from truceline.formats.csv_file import read_bytes
from truceline.formats.feature_file import features_in
from truceline.formats.report_codes import CODES
from truceline.formats.shape_file import ShapeError, area_shape
from truceline.terms.shapes import Polygon

__all__ = ["NO_REGIONS", "Gazetteer", "joined", "read_regions"]

_Row = tuple[str, tuple[str, ...], str, float, tuple[Polygon, ...], str]
LEVELS: Final = ("", "adm1", "adm2", "country")


@dataclass(frozen=True)
class Gazetteer:
    """n regions: their polygons, and for each the names by which data sets may call it and its level."""

    regions: Regions
    names: tuple[tuple[str, ...], ...] = ()
    levels: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Count the regions."""
        return len(self.regions.ids)

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], str | None]:
        """Index by level and folded name; a name that two regions of one level share points to none."""
        found: dict[tuple[str, str], str | None] = {}
        for region, level, names in zip(self.regions.ids, self.levels, self.names, strict=True):
            for word in dict.fromkeys(_folded(each) for each in (region, *names)):
                found[level, word] = None if (level, word) in found else region
        return found

    def called(self, names: Sequence[str | None], level: str) -> pa.Array:
        """Find the region of each name: of the level asked for, else one of no stated level; null if none.

        Names are compared in Unicode NFC, without case and outer blanks, and otherwise exactly.

        >>> regions = Regions(("R1",), ((),), (0.0,), "toy.geojson")
        >>> gazetteer = Gazetteer(regions, (("North Province", "N.P."),), ("adm1",))
        >>> gazetteer.called(["north province ", "N.p.", "South", None], "adm1").to_pylist()
        ['R1', 'R1', None, None]
        """
        known = self._by_name
        asked = {name: _folded(name) for name in set(names) if name}
        region = {name: known.get((level, word), known.get(("", word))) for name, word in asked.items()}
        return pa.array([region[name] if name else None for name in names], pa.string())

    def ids_of(self, words: Sequence[str | None], further: Collection[str] = ()) -> pa.Array:
        """Find regions by their id, or by a name that only one of all has; ids in `further` stay as they are.

        >>> regions = Regions(("R1",), ((),), (0.0,), "toy.geojson")
        >>> Gazetteer(regions, (("North",),), ("adm1",)).ids_of(["R1", "north", "R9"]).to_pylist()
        ['R1', 'R1', None]
        """
        ids = {region: region for region in (*further, *self.regions.ids)}
        candidates = {word: {region for (_, name), region in self._by_name.items() if name == _folded(word)}
                      for word in set(words) if word and word not in ids}  # fmt: skip
        ids |= {word: region for word, found in candidates.items() for region in found if region and len(found) == 1}
        return pa.array([ids.get(word) if word else None for word in words], pa.string())


NO_REGIONS: Final = Gazetteer(Regions.empty())


def read_regions(path: Path | str) -> Gazetteer:
    """Read regions from GeoJSON (EPSG:4326): polygons with an `id` and, in their properties, names.

    Properties: `name`; `also`, further names, as a list or separated by ``;``; `level`: adm1, adm2
    or country; `uncertainty` of the boundary, such as "600 m".

    Raises
    ------
    EvidenceError
        TL-R001, TL-R013 if the file cannot be read; TL-R012 with every feature at fault.
    """
    features = features_in(read_bytes(Path(path)), str(path))
    rows = [_row(feature, Path(path).name) for feature in features]
    first = {region: number for number, (region, *_) in reversed(list(enumerate(rows, start=1)))}
    faults = [
        Fault(f"{path} feature {number}", "TL-R012", CODES["TL-R012"].what, wrong or "give each feature its own id")
        for number, (region, _, _, _, _, wrong) in enumerate(rows, start=1)
        if wrong or first[region] < number
    ]
    if faults:
        raise EvidenceError(faults)
    _, names, levels, errors, polygons, _ = zip(*rows, strict=True) if rows else ((),) * 6
    return Gazetteer(Regions(tuple(row[0] for row in rows), polygons, errors, Path(path).name), names, levels)


def joined(one: Regions, other: Regions) -> Regions:
    """Join two sets of regions; an id that stands in both keeps its first polygon.

    >>> joined(Regions.empty(), Regions(("R1",), ((),), (0.0,), "toy.geojson")).ids
    ('R1',)
    """
    known = frozenset(one.ids)
    new = [index for index, region in enumerate(other.ids) if region not in known]
    return Regions(
        one.ids + tuple(other.ids[index] for index in new),
        one.polygons + tuple(other.polygons[index] for index in new),
        one.uncertainties + tuple(other.uncertainties[index] for index in new),
        one.source or other.source,
    )


def _row(feature: Mapping[str, Any], source: str) -> _Row:
    """Read one feature; the last entry says what has to be corrected."""
    properties = feature.get("properties") or {}
    region = feature.get("id", properties.get("id"))
    level, words = str(properties.get("level") or ""), str(properties.get("uncertainty") or "0 m")
    wrong = "" if isinstance(region, str | int) else "give it an id"
    if not isinstance(properties.get("also") or "", str | list):
        wrong = "'also' is neither words nor a list of them"
    if level not in LEVELS:
        wrong = f"'{level}' is no level: write adm1, adm2 or country"
    polygons: tuple[Polygon, ...] = ()
    metres = 0.0
    try:
        metres = parse_distance(words).hi
        polygons = area_shape(feature.get("geometry") or {}, f"{source}#{region}").polygons
    except ShapeError as error:
        wrong = f"{error.what}: {error.remedy}"
    except ValueError as error:
        wrong = str(error)
    if not math.isfinite(metres):
        wrong = f"'{words}' is no uncertainty: write a distance such as '600 m'"
    return str(region), _names(properties), level, metres, polygons, wrong


def _names(properties: Mapping[str, Any]) -> tuple[str, ...]:
    also = properties.get("also") or ()
    further = also.split(";") if isinstance(also, str) else also if isinstance(also, list) else ()
    names = (properties.get("name"), *further)
    return tuple(str(name).strip() for name in names if name is not None and str(name).strip())


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().strip()

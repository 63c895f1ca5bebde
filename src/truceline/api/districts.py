"""The districts in which reports may lie: of a file, or of the files from which an agreement takes its areas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from truceline.errors import EvidenceError
from truceline.evidence.regions import Regions
from truceline.formats.gazetteer import NO_REGIONS, Gazetteer, read_regions
from truceline.terms.agreement import Agreement
from truceline.terms.model import Shape
from truceline.terms.shapes import AreaShape, Polygon

__all__ = ["regions_for"]


def regions_for(agreement: Agreement, path: Path | str | None = None) -> Gazetteer:
    """Give the districts of a file, or those of the files from which the agreement takes its areas."""
    if path is not None:
        return read_regions(path)
    found = [_gazetteer(agreement, file) for file in _area_files(agreement)]
    return found[0] if len(found) == 1 else _several(found)


def _area_files(agreement: Agreement) -> list[str]:
    named = (
        area.geometry.file
        for text in agreement.documents.values()
        for area in text.areas.values()
        if isinstance(area.geometry, Shape)
    )
    return list(dict.fromkeys(file for file in named if file is not None))


def _gazetteer(agreement: Agreement, file: str) -> Gazetteer:
    """Read the districts of a file; one that holds lines beside areas gives only the areas that the terms name."""
    shapes, errors = _areas_of(agreement, file)
    try:
        found = read_regions(Path(agreement.name).parent / file)
    except EvidenceError:
        regions = Regions(tuple(shapes), tuple(shapes.values()), tuple(errors.values()), file)
        return Gazetteer(regions, ((),) * len(shapes), ("",) * len(shapes))
    known = zip(found.regions.ids, found.regions.uncertainties, strict=True)
    wider = tuple(max(error, errors.get(region, 0.0)) for region, error in known)
    return replace(found, regions=replace(found.regions, uncertainties=wider))


def _areas_of(agreement: Agreement, file: str) -> tuple[dict[str, tuple[Polygon, ...]], dict[str, float]]:
    """Give the areas that the terms take from a file: polygons and the error of their boundary, by feature."""
    shapes: dict[str, tuple[Polygon, ...]] = {}
    errors: dict[str, float] = {}
    for text in agreement.documents.values():
        for name, area in text.areas.items():
            shape = agreement.shapes.get(f"areas.{name}")
            if isinstance(shape, AreaShape) and shape.source.partition("#")[0] == file:
                feature = shape.source.partition("#")[2]
                shapes[feature] = shape.polygons
                errors[feature] = max(errors.get(feature, 0.0), area.uncertainty.hi if area.uncertainty else 0.0)
    return shapes, errors


def _several(found: Iterable[Gazetteer]) -> Gazetteer:
    """Join districts of several files; no two files are taken to share their borders."""
    every = {
        region: (polygons, error, names, level)
        for one in reversed(list(found))
        for region, polygons, error, names, level in zip(
            one.regions.ids, one.regions.polygons, one.regions.uncertainties, one.names, one.levels, strict=True
        )
    }
    if not every:
        return NO_REGIONS
    polygons, errors, names, levels = zip(*every.values(), strict=True)
    return Gazetteer(Regions(tuple(every), polygons, errors, ""), names, levels)

"""A terms file and the GeoJSON files beside it -> Agreement."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from truceline.errors import Fault, TermsError
from truceline.formats.shape_file import Features, ShapeError, area_shape, features_of, line_shape, ring_of
from truceline.formats.slots import brought_in
from truceline.formats.yaml_text import LARGEST, read_yaml
from truceline.terms.agreement import Agreement
from truceline.terms.courses import courses_in
from truceline.terms.model import Area, Document, Line, Shape
from truceline.terms.parse import read
from truceline.terms.shapes import AreaShape, LineShape

__all__ = ["load", "load_text"]

Entry = tuple[Line | Area, str]
"""A line or an area, and the path at which it is written."""
_COURSE = ("geometry", "plus", "uncertainty", "edges", "versions", "one_of")


def load(path: str | Path, geometry: Mapping[str, str | Path] | None = None) -> Agreement:
    """Load an agreement from a YAML or JSON file.

    The lines and areas of the file may take their course from GeoJSON files in the same folder or
    below it, by feature id. Coordinates are longitude, latitude (EPSG:4326). `geometry` says what
    fills the named slots of the file, as ``FILE#ID`` by slot; such a file may lie anywhere.

    Raises
    ------
    TermsError
        With all faults of the file, each as ``file:line:col: CODE what; remedy``.
    UsageError
        If something was brought for a slot that the file does not have, or cannot be read.
    """
    file = Path(path)
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        fault = Fault(str(file), "TL-E001", f"the file cannot be read ({error.strerror})", "correct the path")
        raise TermsError([fault]) from error
    return load_text(data, str(file), file.parent, geometry)


def load_text(
    text: str | bytes, name: str = "<terms>", folder: str | Path | None = None,
    geometry: Mapping[str, str | Path] | None = None,
) -> Agreement:  # fmt: skip
    """Load an agreement from text; geometry files are looked for in `folder`, and nowhere without one.

    >>> load_text("truceline: 1", name="deal.yaml")
    Traceback (most recent call last):
    truceline.errors.TermsError: deal.yaml:1:1: TL-E007 'agreement' is missing; add 'agreement: ...'
    deal.yaml:1:1: TL-E007 'instruments' is missing; add 'instruments: ...'
    deal.yaml:1:1: TL-E007 'parties' is missing; add 'parties: ...'
    deal.yaml:1:1: TL-E007 'provisions' is missing; add 'provisions: ...'
    deal.yaml:1:1: TL-E007 'sources' is missing; add 'sources: ...'
    """
    brought = brought_in(read_yaml(text, name), geometry or {})
    agreement = read(brought.root, name)
    return _with_shapes(agreement, Path(folder) if folder is not None else None, brought.files)


def _with_shapes(agreement: Agreement, folder: Path | None, brought: Mapping[str, Features]) -> Agreement:
    """Attach the shape of every line and area that names one, as ``lines.NAME`` or ``areas.NAME``.

    `brought` : files that the user named, wherever they lie; those that the terms name lie in their folder.
    """
    shapes: dict[str, LineShape | AreaShape] = {}
    faults = list(_drawn_twice(agreement))
    files: dict[str, Features | ShapeError] = dict(brought)
    for path, (entry, written) in _entries(agreement).items():
        if isinstance(entry.geometry, Shape):
            try:
                shapes[path] = _shape_of(entry, entry.geometry, path, folder, files)
            except ShapeError as trouble:
                at = agreement.place_of(f"{written}.geometry")
                faults.append(Fault(at, trouble.code, trouble.what, trouble.remedy))
    if faults:
        raise TermsError(faults)
    return replace(agreement, shapes=shapes)


def _entries(agreement: Agreement) -> Mapping[str, Entry]:
    """List the courses and areas of the text and those that readings add."""
    entries: dict[str, Entry] = {}
    for document in agreement.documents.values():
        entries |= {path: entry for path, entry in _drawn(document).items() if path not in entries}
    return entries


def _drawn(document: Document) -> dict[str, Entry]:
    lines: dict[str, Entry] = {
        f"lines.{course.name}": (course.line, f"lines.{name}.{course.at}".rstrip("."))
        for name, course in courses_in(document)
    }
    return lines | {f"areas.{name}": (area, f"areas.{name}") for name, area in document.areas.items()}


def _drawn_twice(agreement: Agreement) -> Iterator[Fault]:
    """Find names under which two readings add different courses: a shape belongs to a name, whatever the reading."""
    text = _drawn(agreement.document)
    first: dict[str, tuple[str, Line | Area]] = {}
    for reading in agreement.readings:
        for path, (entry, written) in _drawn(agreement.under(reading)).items():
            earlier, other = first.setdefault(path, (reading, entry))
            if path not in text and any(getattr(entry, key, None) != getattr(other, key, None) for key in _COURSE):
                at = agreement.place_of(f"readings.{reading}.add.{written}")
                what = f"'{path}' runs elsewhere under the reading '{earlier}'"
                yield Fault(at, "TL-E044", what, "give one of them another name")


def _shape_of(
    entry: Line | Area, shape: Shape, path: str, folder: Path | None, files: dict[str, Features | ShapeError]
) -> LineShape | AreaShape:
    if shape.file is None:
        points = ring_of(shape.coordinates, path, at_least=2 if isinstance(entry, Line) else 4)
        return LineShape((points,), path) if isinstance(entry, Line) else AreaShape(((points,),), path)
    features = _features(shape.file, folder, files)
    geometry = features.get(shape.id or "")
    source = f"{shape.file}#{shape.id}"
    if geometry is None:
        known = ", ".join(sorted(features)[:10])
        raise ShapeError("TL-E041", f"there is no feature '{source}'", f"the file has the ids {known}")
    return line_shape(geometry, source) if isinstance(entry, Line) else area_shape(geometry, source)


def _features(file: str, folder: Path | None, files: dict[str, Features | ShapeError]) -> Features:
    if file not in files:
        try:
            files[file] = features_of(_inside(file, folder))
        except ShapeError as trouble:
            files[file] = trouble
    found = files[file]
    if isinstance(found, ShapeError):
        raise found
    return found


def _inside(file: str, folder: Path | None) -> Path:
    """Give the path of a geometry file, which must lie in the folder of the terms or below it."""
    if folder is None:
        what, remedy = f"'{file}' cannot be found: the terms were not read from a file", "load the terms from a file"
        raise ShapeError("TL-E040", what, remedy)
    path = (folder / file).resolve()
    if not path.is_relative_to(folder.resolve()):
        what = f"'{file}' lies outside the folder of the terms"
        raise ShapeError("TL-E040", what, "copy the file beside the terms")
    return path

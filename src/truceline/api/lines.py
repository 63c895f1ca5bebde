"""A line out of a file, and the places of another file measured from it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from truceline.api.measuring import line_of
from truceline.api.terms import load
from truceline.errors import EvidenceError, Fault, GeometryError, UsageError
from truceline.formats.library import PREFIX
from truceline.formats.locate_file import LocatedFile, locate_csv
from truceline.formats.shape_file import ShapeError, features_of, line_shape
from truceline.locate.line import ReferenceLine, reference_line
from truceline.locate.pieces import Edges
from truceline.locate.sides import Plus
from truceline.terms.trouble import among

__all__ = ["line_in", "locate_file"]


def line_in(
    path: Path, name: str | None = None, *, plus: Plus | None = None, edges: Edges = "lonlat",
    brought: Mapping[str, str] | None = None,
) -> ReferenceLine:  # fmt: skip
    """Take a line out of a GeoJSON file, or out of a terms file.

    Parameters
    ----------
    path : Path
        A file that ends in .yaml or .yml holds terms, as does ``library:ID``: they say themselves what is plus and
        what an edge is.
    name : str, optional
        The id of the line; where there is only one it need not be named.
    plus : str, optional
        The side on which offsets are positive; for GeoJSON the left of the way in which the line is drawn.
    edges : {"lonlat", "geodesic"}
        Of a GeoJSON line.
    brought : mapping, optional
        What fills the slots of the terms.

    Raises
    ------
    UsageError
        TL-E903, if there is no such line; TL-E917, if there are several and none is named.
    GeometryError, TermsError
        If the file cannot be used.
    """
    if path.suffix.lower() in (".yaml", ".yml") or str(path).startswith(PREFIX):
        agreement = load(path, geometry=brought)
        known = [line.removeprefix("lines.") for line in agreement.shapes if line.startswith("lines.")]
        return line_of(agreement, _chosen(name, known, path), plus)
    try:
        features = features_of(path)
        drawn = {one: shape for one, shape in features.items() if str(shape.get("type")).endswith("LineString")}
        chosen = _chosen(name, list(drawn), path)
        shape = line_shape(drawn[chosen], f"{path.name}#{chosen}")
    except ShapeError as error:
        raise GeometryError([Fault(str(path), error.code, error.what, error.remedy)]) from error
    return reference_line(shape.parts, plus=plus or "left", edges=edges, name=chosen)


def locate_file(
    line: ReferenceLine, points: str, sink: BinaryIO, seen: Callable[[int], None] = lambda _: None
) -> LocatedFile:
    """Measure the places of a CSV file (``-``: the standard input) from a line; see `formats.locate_file`.

    Raises
    ------
    EvidenceError
        TL-R001, if the file cannot be opened; else as `formats.locate_file.locate_csv`.
    """
    with _opened(points) as source:
        return locate_csv(source, "standard input" if points == "-" else points, sink, line, seen)


def _chosen(name: str | None, known: list[str], path: Path) -> str:
    if name is None and len(known) == 1:
        return known[0]
    if name is None or name not in known:
        code, what = (
            ("TL-E917", "there are several lines") if name is None else ("TL-E903", f"there is no line {name!r}")
        )
        if not known:
            code, what = "TL-E903", "there is no line with a published course"
        raise UsageError([Fault(str(path), code, what, among(name or "", known))])
    return name


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    if path == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(path).open("rb")  # noqa: SIM115 - closed below; only the opening is guarded
    except OSError as error:
        fault = Fault(path, "TL-R001", f"the file cannot be opened ({error.strerror})", "check the name")
        raise EvidenceError([fault]) from error
    with file:
        yield file

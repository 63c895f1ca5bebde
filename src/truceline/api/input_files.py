"""The files from which something was made, so that others find them: their role, their place and their hash."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from truceline.api.ledger_named import is_ledger, root_at
from truceline.api.reading import Asked, ReportFiles
from truceline.errors import Fault, UsageError
from truceline.formats.mapping_file import read_mapping
from truceline.terms.agreement import Agreement

__all__ = ["input_files", "sha256_of"]


def input_files(
    agreement: Agreement, files: ReportFiles, asked: Asked | None = None
) -> Iterator[tuple[str, Path, int | None]]:
    """List the files from which something was made: their role, path and, of reports, rows.

    The terms come first, then the files from which they take lines and areas, the reports, and what `asked` names.

    Raises
    ------
    UsageError
        TL-E916, if terms or reports come from the standard input.
    """
    if "-" in files.paths or not Path(agreement.name).is_file():
        remedy = "give the terms and the reports as files"
        what = "a page or a record of provenance names the files from which it was made"
        raise UsageError([Fault("standard input", "TL-E916", what, remedy)])
    yield "terms", Path(agreement.name), None
    yield from (("geometry", path, None) for path in _geometry_files(agreement))
    for path, rows in zip(files.paths, files.rows, strict=True):
        yield "reports", Path(path), rows
    yield from _named_by(asked) if asked is not None else ()


def _named_by(asked: Asked) -> Iterator[tuple[str, Path, None]]:
    """List the files that options name, and the gazetteer that a mapping file names, unless an option goes before."""
    mapping, places = asked.mapping, asked.places
    if places is None and mapping is not None:
        places = read_mapping(mapping).places
    for role, named in (("mapping", mapping), ("regions", asked.regions), ("places", places)):
        if isinstance(named, Path | str):
            yield role, Path(named), None


def _geometry_files(agreement: Agreement) -> list[Path]:
    """List the files from which the terms take their lines and areas."""
    sources = (shape.source for shape in agreement.shapes.values())
    named = dict.fromkeys(source.partition("#")[0] for source in sources if "#" in source)
    return [Path(agreement.name).parent / file for file in named]


def sha256_of(path: Path, until_us: int | None = None) -> str:
    """Hash a file; of a ledger give the root over its records as they stood before an instant (None: now)."""
    if is_ledger(path):
        return root_at(path, until_us)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

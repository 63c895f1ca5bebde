"""Folders of reports: the files in them, in the order of their names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from truceline.errors import EvidenceError, Fault
from truceline.formats.arrow_file import ENDINGS
from truceline.formats.rejects import refuse, why
from truceline.formats.report_codes import CODES

__all__ = ["READ", "files_of", "is_folder"]

TEXT: Final = (".csv", ".tsv", ".geojson", ".json")
READ: Final = (*TEXT, *(f"{ending}.gz" for ending in TEXT), ".gpkg", ".parquet", ".pq", ".geoparquet", *ENDINGS)
"""Endings of files of reports."""

NAMED: Final = 3
"""Files of one ending that are named, where they are no files of reports; more are counted."""

OURS: Final = ".rejects.csv"
"""The ending of our own lists of rows, which lie beside what was imported."""


def files_of(paths: Iterable[str]) -> Iterator[str]:
    """Give files as they are, and of a folder all files of reports in it, and in its folders, by their path.

    What begins with a dot or an underscore is left out, and so are our lists of refused rows.

    Raises
    ------
    EvidenceError
        TL-R014 for every file whose ending is none of `READ`, and for a folder without any file of reports; TL-R001
        if one may not be looked into, and for a pipe, a device, or a link that leads nowhere.

    Examples
    --------
    >>> list(files_of(["examples/toy/reports.csv", "-"]))
    ['examples/toy/reports.csv', '-']
    """
    faults: list[Fault] = []
    found: list[str] = []
    for path in paths:
        if not is_folder(path):
            found.append(path)
            continue
        inside = [str(file) for file in _within(Path(path))]
        strange = [file for file in inside if not file.lower().endswith(READ)]
        for file in sorted(set(inside) - set(strange)):
            faults += _no_file(Path(file))
        faults += _strangers(path, strange)
        if not inside:
            faults += refuse("TL-R014", path, "there is none in it", "name the folder in which they lie").faults
        found += inside
    if faults:
        raise EvidenceError(faults)
    return iter(found)


def _strangers(folder: str, files: Iterable[str]) -> Iterator[Fault]:
    """Tell files that are none of reports; of many with one ending the first ones and how many there are."""
    what, remedy = CODES["TL-R014"].what, CODES["TL-R014"].do
    kinds: dict[str, list[str]] = {}
    for file in files:
        kinds.setdefault(Path(file).suffix.lower(), []).append(file)
    for ending, mine in kinds.items():
        if len(mine) <= NAMED:
            yield from (Fault(file, "TL-R014", what, remedy) for file in mine)
            continue
        kind = f"end in {ending}" if ending else "have no ending"
        few = ", ".join(mine[:NAMED])
        yield Fault(folder, "TL-R014", f"{what}: {len(mine):,} files {kind}, such as {few}", remedy)


def is_folder(path: str) -> bool:
    """Say whether a folder has this name."""
    return path != "-" and os.path.isdir(path)  # noqa: PTH112 - unlike Path.is_dir it raises nothing where we may not look


def _no_file(path: Path) -> tuple[Fault, ...]:
    """Say if a name is that of a pipe or a device, which could be read for ever, or leads nowhere."""
    try:
        is_file = path.is_file()
    except OSError as error:
        return refuse("TL-R001", str(path), why(error)).faults
    return () if is_file else refuse("TL-R001", str(path), "it is no file").faults


def _within(folder: Path) -> Iterator[Path]:
    """Go through a folder by the names in it, a folder at the place of its name; links to folders are not followed."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        raise refuse("TL-R001", str(folder), why(error)) from error
    for entry in entries:
        if entry.name.startswith((".", "_")) or entry.name.lower().endswith(OURS):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _within(entry)
        else:
            yield entry

"""The agreements that come with Truceline: one file each, found in the package or in the repository around it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

from truceline.errors import Fault, UsageError
from truceline.formats.yaml_text import read_yaml
from truceline.terms.node import Node
from truceline.terms.trouble import among

__all__ = ["ELSEWHERE", "PREFIX", "library_files", "path_of", "shelf", "tree_of"]

PREFIX: Final = "library:"
"""What stands before the id of an agreement of the library, where the name of a file could stand."""
ELSEWHERE: Final = "elsewhere.yaml"
"""The list of agreements that lie elsewhere, with the reports that are held against them."""


def shelf() -> Path:
    """Give the folder of the library.

    Raises
    ------
    UsageError
        TL-E950, if this installation has none.
    """
    package = Path(str(files("truceline")))
    found = [folder for folder in (package / "agreements", package.parents[1] / "agreements") if folder.is_dir()]
    if not found:
        remedy = "install Truceline again, or run it from a checkout"
        raise UsageError([Fault("library", "TL-E950", "this installation has no library of agreements", remedy)])
    return found[0]


def library_files() -> Mapping[str, Path]:
    """List the agreements of the library: the file of each by its id, in the order of the ids.

    >>> library_files()["undof-1974"].parent.name
    'undof-1974'
    """
    folder = shelf()
    found = {path.stem: path for path in folder.glob("*.yaml") if path.name != ELSEWHERE}
    listed = folder / ELSEWHERE
    elsewhere = read_yaml(listed.read_bytes(), str(listed)).entries if listed.is_file() else {}
    found |= {name: (folder / str(node.value)).resolve() for name, node in elsewhere.items()}
    return dict(sorted(found.items()))


def path_of(name: str | Path) -> Path:
    """Give the file that is meant by a path, or by ``library:ID``.

    Raises
    ------
    UsageError
        TL-E950, if the library has no such agreement.

    Examples
    --------
    >>> path_of("terms.yaml").name, path_of("library:undof-1974").parent.name
    ('terms.yaml', 'undof-1974')
    """
    words = str(name)
    if not words.startswith(PREFIX):
        return Path(name)
    known, wanted = library_files(), words.removeprefix(PREFIX)
    if wanted not in known:
        raise UsageError([Fault(words, "TL-E950", "there is no such agreement in the library", among(wanted, known))])
    return known[wanted]


def tree_of(path: Path) -> Node:
    """Read a file of the library as a tree."""
    return read_yaml(path.read_bytes(), str(path))

"""What a user brings for the named slots of some terms: a feature of a GeoJSON file for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from truceline.errors import Fault, UsageError
from truceline.formats.shape_file import Features, ShapeError, features_of
from truceline.terms.node import Node
from truceline.terms.slot import filled, slots_in
from truceline.terms.trouble import among

__all__ = ["Brought", "brought_in", "brought_words"]


@dataclass(frozen=True, slots=True)
class Brought:
    """Terms with their slots filled, and the files that were brought for them, by the name under which they stand."""

    root: Node
    files: Mapping[str, Features]


def brought_words(words: Iterable[str]) -> dict[str, str]:
    """Read what was typed as ``NAME=FILE#ID``.

    Raises
    ------
    UsageError
        TL-E951, if something is no such pair, or a slot is filled twice.

    Examples
    --------
    >>> brought_words(["contact=maps/lines.geojson#2017"])
    {'contact': 'maps/lines.geojson#2017'}
    """
    found: dict[str, str] = {}
    faults: list[Fault] = []
    for one in words:
        name, sign, feature = one.partition("=")
        if not (name and sign and feature):
            faults.append(Fault("--geometry", "TL-E951", f"{one!r} is no NAME=FILE#ID", "name the slot, then the file"))
        elif name in found:
            faults.append(Fault("--geometry", "TL-E951", f"the slot {name!r} is filled twice", "fill it once"))
        found[name] = feature
    if faults:
        raise UsageError(faults)
    return found


def brought_in(root: Node, given: Mapping[str, str | Path]) -> Brought:
    """Put what was brought into the slots of some terms; `given` has ``FILE#ID`` by slot.

    The id may be left out where the file has one feature only. Whether a feature is a line or an area is seen where
    the terms ask for it.

    Raises
    ------
    UsageError
        TL-E952 for a slot that the terms do not have; TL-E040 and TL-E041 for a file or a feature that is not there.
    """
    there, files = slots_in(root), dict[str, Features]()
    faults = [*_unknown(given, there)]
    features: dict[str, tuple[str, str]] = {}
    for name, words in given.items():
        try:
            path, feature = _found(str(words), files)
            features[name] = path, feature
        except ShapeError as trouble:
            faults.append(Fault(f"geometry {name}", trouble.code, trouble.what, trouble.remedy))
    if faults:
        raise UsageError(faults)
    return Brought(filled(root, features), files)


def _unknown(given: Iterable[str], there: Iterable[str]) -> Iterator[Fault]:
    known = list(there)
    for name in given:
        if name not in known:
            yield Fault(f"geometry {name}", "TL-E952", "the terms have no slot of this name", among(name, known))


def _found(words: str, files: dict[str, Features]) -> tuple[str, str]:
    """Find a feature: the file by its whole path, and the id; `files` keeps what was read."""
    file, _, feature = words.rpartition("#") if "#" in words else (words, "", "")
    path = Path(file).resolve()
    if not path.is_file():
        what = f"'{file}' is a folder" if path.is_dir() else f"there is no file '{file}'"
        raise ShapeError("TL-E040", what, "correct what stands after '='; a path counts from the folder you are in")
    if str(path) not in files:
        files[str(path)] = features_of(path)
    known = files[str(path)]
    if not feature and len(known) == 1:
        feature = next(iter(known))
    if feature not in known:
        what = f"there is no feature '{file}#{feature}'" if feature else f"'{file}' has {len(known)} features"
        raise ShapeError("TL-E041", what, f"name one as FILE#ID: {', '.join(sorted(known)[:10]) or 'it has no id'}")
    return str(path), feature

"""Terms to begin with: an empty form, or a copy of an agreement of the library with all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from truceline.api.terms import Agreement, load
from truceline.errors import Fault, UsageError
from truceline.formats.atomic import not_written, written
from truceline.formats.library import PREFIX

__all__ = ["Beginning", "begin", "begun_with"]

SKELETON = Path(str(files("truceline"))) / "formats" / "skeleton.yaml"


@dataclass(frozen=True, slots=True)
class Beginning:
    """Terms to begin with, as text, and what has to lie beside them: paths from their folder, and bytes."""

    text: str
    beside: Mapping[str, bytes]


def begun_with(name: str | None = None) -> Beginning:
    """Take an empty form, or an agreement of the library with the files of geometry that it needs.

    Raises
    ------
    UsageError
        TL-E950, if the library has no such agreement.

    Examples
    --------
    >>> begun_with().text.splitlines()[0][:47]
    '# Terms of an agreement, to be filled in. Each '
    """
    if name is None:
        return Beginning(SKELETON.read_text(encoding="utf-8"), {})
    agreement = load(f"{PREFIX}{name.removeprefix(PREFIX)}")
    folder = Path(agreement.name).parent
    drawn = {file: (folder / file).read_bytes() for file in _drawn_in(agreement)}
    origins = folder / "SOURCE.md"
    about = {"SOURCE.md": origins.read_bytes()} if drawn and origins.is_file() else {}
    text = Path(agreement.name).read_text(encoding="utf-8")
    return Beginning("\n".join([*_credit(agreement, about), "", text]), {**drawn, **about})


def begin(out: Path, beginning: Beginning) -> list[Path]:
    """Write terms to begin with, and beside them what they need; what is there already stays.

    Returns
    -------
    list of Path
        What was written, the terms last. A file of geometry that is there in the same words is not written again.

    Raises
    ------
    UsageError
        TL-E954, if something is there that would be overwritten; TL-E910, if something cannot be written.
    """
    beside = {_beside(out, name): data for name, data in beginning.beside.items()}
    wanted = {path: data for path, data in beside.items() if not (path.is_file() and path.read_bytes() == data)}
    _refuse_there([*wanted, out])
    for path, data in {**wanted, out: beginning.text.encode()}.items():
        _make_folder(path.parent, out)
        with written(path) as file:
            file.write(data)
    return [*wanted, out]


def _make_folder(folder: Path, out: Path) -> None:
    """Make the folder of a file of geometry; that of the terms has to be there."""
    try:
        if folder != out.parent and out.parent.is_dir():
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(str(folder), error) from error


def _beside(out: Path, name: str) -> Path:
    """Place a file beside the terms: geometry under the path that they name, the page of origins under their own name.

    >>> _beside(Path("desk/my.yaml"), "geo/a.geojson").as_posix(), _beside(Path("my.yaml"), "SOURCE.md").as_posix()
    ('desk/geo/a.geojson', 'my.SOURCE.md')
    """
    return out.with_name(f"{out.stem}.{name}") if name == "SOURCE.md" else out.parent / name


def _drawn_in(agreement: Agreement) -> list[str]:
    sources = (shape.source for shape in agreement.shapes.values())
    return list(dict.fromkeys(source.rpartition("#")[0] for source in sources if "#" in source))


def _credit(agreement: Agreement, about: Mapping[str, bytes]) -> Iterator[str]:
    yield f"# Begun with '{agreement.id}' ({agreement.title}) of the library of Truceline."
    yield f"# Version {version('truceline')}. Licence: Apache-2.0; every statement keeps the source that it names."
    if about:
        yield "# Where the geometry comes from stands in the page SOURCE.md that was put beside this file."
    yield "# Give it an id of its own, and say here what you changed."


def _refuse_there(paths: list[Path]) -> None:
    remedy = "choose another name; nothing was written"
    there = [Fault(str(path), "TL-E954", "a file of this name is there already", remedy) for path in paths
             if path.exists() or path.is_symlink()]  # fmt: skip
    if there:
        raise UsageError(there)

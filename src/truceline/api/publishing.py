"""The one-file report of a check, and the example that comes with Truceline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from truceline.api.checking import Checked
from truceline.api.input_files import input_files, sha256_of
from truceline.api.ledger_named import inputs_at, is_ledger
from truceline.api.origins import Material, material_of, trace
from truceline.api.running import Run
from truceline.basics.counting import counted
from truceline.engines import local
from truceline.errors import EvidenceError, Fault, UsageError
from truceline.formats.base_map import read_base
from truceline.formats.yaml_text import read_yaml
from truceline.publish import html, story
from truceline.publish.payload import Payload
from truceline.publish.summary_clauses import text_and_readings
from truceline.publish.traced import Traced

__all__ = [
    "MOST",
    "Example",
    "Said",
    "example_at",
    "page_of_run",
    "said_in",
    "write_report",
    "write_run",
]

MOST = 100_000
"""Reports that a page can hold before a browser has enough of it."""


def write_report(
    checked: local.Checked, path: Path | str, *, title: str | None = None, subtitle: str | None = None,
    inputs: Sequence[Mapping[str, Any]] = (), left_out: Sequence[str] = (), origins: Traced | None = None,
) -> Path:  # fmt: skip
    """Write one HTML file that works offline: what was checked, what came out, and what cannot be said.

    Parameters
    ----------
    checked : Checked
        From `truceline.check`.
    path : path
        The file, written wholly or not at all.
    title, subtitle : str, optional
        The title of the agreement, and how much was checked, by default.
    inputs : sequence of mapping
        The files that went in: name, sha256, rows, licence, credit.
    left_out : sequence of str
        Sentences on what was left out.
    origins : Origins, optional
        Who said what, from `truceline.origins`.

    Raises
    ------
    UsageError
        TL-E915, if there are more than 100,000 reports.

    Examples
    --------
    >>> import truceline as tl
    >>> deal = tl.load("examples/toy/terms.yaml")
    >>> checked = tl.check(deal, tl.read_reports("examples/toy/reports.csv", agreement=deal))
    >>> tl.write_report(checked, getfixture("tmp_path") / "toy.html").name
    'toy.html'
    """
    payload = _payload(checked, title, subtitle, inputs, left_out, origins)
    html.write_report(payload, Path(path))
    return Path(path)


def write_run(
    run: Run, path: Path | str, *, title: str | None = None, subtitle: str | None = None,
    told: Mapping[str, Mapping[str, Any]] | None = None, said: Said | None = None,
) -> Checked:  # fmt: skip
    """Check whole files and write their report.

    Parameters
    ----------
    run : Run
        From `truceline.api.running.start`.
    path, title, subtitle
        As in `write_report`.
    told : mapping, optional
        By file name: its licence, and whom to credit.
    said : Said, optional
        Who said what, from `said_in`.

    Returns
    -------
    Checked
        What stands in the report.

    Raises
    ------
    UsageError
        TL-E915, if there are more than 100,000 reports; TL-E916, if reports or terms come from the standard input:
        a page names its inputs, so that others find them.
    """
    checked, payload = _checked(run, title, subtitle, told or {}, said)
    html.write_report(payload, Path(path))
    return checked


def page_of_run(
    run: Run, *, title: str | None = None, subtitle: str | None = None, said: Said | None = None
) -> tuple[Checked, str]:
    """Check whole files and give their report as text, for a pipe.

    Raises
    ------
    UsageError
        As `write_run`.
    """
    checked, payload = _checked(run, title, subtitle, {}, said)
    return checked, html.render(payload)


@dataclass(frozen=True, slots=True)
class Said:
    """Who said what, for a page: what was read, and the files of statements beside the reports."""

    material: Material
    files: tuple[str, ...] = ()


def said_in(reports: Sequence[str], statements: Sequence[str] = (), as_known: str | None = None) -> Said | None:
    """Read who said what: in the ledgers among the reports, and in files of statements; None if there are neither.

    Raises
    ------
    UsageError
        TL-E916, if statements come from the standard input.
    EvidenceError
        With the faults of every file that cannot be read at all.
    """
    if "-" in statements:
        what = "a page names the files from which it was made"
        raise UsageError([Fault("standard input", "TL-E916", what, "give the statements as files")])
    named = list(dict.fromkeys([*filter(is_ledger, reports), *statements]))
    if not named:
        return None
    files = tuple(path for path in dict.fromkeys(statements) if path not in reports)
    return Said(material_of(named, as_known=as_known), files)


@dataclass(frozen=True, slots=True)
class Example:
    """An example folder: its ``example.yaml`` says which files belong together, and the words around them."""

    folder: Path
    title: str
    subtitle: str
    terms: str
    reports: tuple[str, ...]
    regions: str | None
    since: str | None
    told: Mapping[str, Mapping[str, Any]]
    statements: tuple[str, ...] = ()


def example_at(name: str | None = None) -> Example:
    """Find an example that comes with Truceline: in the package, or in the repository around it.

    Raises
    ------
    UsageError
        TL-E921, if there is no such example.
    """
    package = Path(str(files("truceline")))
    shelves = [package / "examples", package.parents[1] / "examples"]
    found = [said.parent for shelf in shelves for said in sorted(shelf.glob("*/example.yaml"))]
    folder = next((place for place in found if name in (None, place.name)), None)
    if folder is None:
        remedy = "install Truceline again, or run it from a checkout"
        raise UsageError([Fault(name or "demo", "TL-E921", "there is no such example", remedy)])
    said = read_yaml((folder / "example.yaml").read_bytes(), str(folder / "example.yaml")).plain()
    reports, statements = said["reports"], said.get("statements", ())
    names = tuple(entry["file"] for entry in reports)
    told = {entry["file"]: {key: entry.get(key) for key in ("licence", "credit")} for entry in (*reports, *statements)}
    return Example(
        folder, said["title"], said["subtitle"], said["terms"], names, said.get("regions"), said.get("since"), told,
        tuple(entry["file"] for entry in statements),
    )  # fmt: skip


def _checked(
    run: Run, title: str | None, subtitle: str | None, told: Mapping[str, Mapping[str, Any]],
    said: Said | None,
) -> tuple[Checked, Payload]:  # fmt: skip
    inputs = list(_inputs(run, told, said.files if said else ()))
    checked = Checked.of(local.check_batch(run.setup, run.table()))
    left_out = [] if run.since is None or not run.since.left_out else [f"{run.since}."]
    left_out += [f"{sentence}." for sentence in run.files.settled.sentences]
    origins = trace(said.material, as_known=run.setup.as_known) if said else None
    return checked, _payload(checked, title, subtitle, inputs, left_out, origins)


def _payload(
    checked: local.Checked, title: str | None, subtitle: str | None, inputs: Sequence[Mapping[str, Any]],
    left_out: Sequence[str], origins: Traced | None,
) -> Payload:  # fmt: skip
    count, agreement = len(checked.batch), checked.setup.agreement
    if count > MOST:
        what = f"the page would hold {count:,} reports"
        raise UsageError([Fault("reports", "TL-E915", what, f"choose at most {MOST:,} of them, or write Parquet")])
    readings = text_and_readings(checked.setup.readings)
    return story.payload_of(
        checked, title=title or agreement.title, inputs=inputs, version=version("truceline"), left_out=left_out,
        subtitle=subtitle or f"{counted(count, 'report')} under {readings}",
        base=_base(Path(agreement.name).parent), traced=origins,
    )  # fmt: skip


def _base(folder: Path) -> dict[str, Any]:
    """Read the ground of the map."""
    try:
        return read_base(folder)
    except (OSError, ValueError, LookupError, TypeError) as error:
        at = str(folder / "base.geojson, places.geojson")
        remedy = "correct the file, or move it elsewhere: a page needs no map"
        raise EvidenceError([Fault(at, "TL-R013", f"this is no ground of a map ({error})", remedy)]) from error


def _inputs(
    run: Run, told: Mapping[str, Mapping[str, Any]], statements: Sequence[str]
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """Name all that went in; of a ledger the root over its records, and the files that were taken into it."""
    until = run.setup.known_until_us
    named = [(path, rows) for _, path, rows in input_files(run.setup.agreement, run.files)]
    named += [(Path(path), None) for path in (*statements, *(path for _, path in run.setup.beside.files))]
    for path, rows in named:
        if not is_ledger(path):
            yield _input(path.name, sha256_of(path), rows, told)
            continue
        ledger = inputs_at(path, until)
        yield _input(f"{ledger.name}, the first {counted(ledger.size, 'record')}", ledger.root.hex(), rows, told)
        for one in ledger.imports:
            yield _input(one.file, one.sha256, one.rows if one.what == "report" else None, told)


def _input(name: str, sha256: str, rows: int | None, told: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    about = told.get(name, {})
    return {
        "name": name, "sha256": sha256, "rows": rows, "licence": about.get("licence"), "credit": about.get("credit"),
    }  # fmt: skip

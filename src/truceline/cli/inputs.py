"""What the commands have in common: how files are named, opened and read, and what is said about their rows."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.cli.options import Kind
from truceline.cli.progress import waiting
from truceline.cli.say import note
from truceline.errors import EvidenceError, Fault, UsageError

if TYPE_CHECKING:
    from truceline.api.reading import Asked, ReportFiles
    from truceline.api.running import Run
    from truceline.terms.agreement import Agreement

__all__ = [
    "asked_of", "bytes_of", "check_names", "check_options", "files_in_words", "open_run", "tell_left_out", "tell_reads",
    "terms_of",
]  # fmt: skip

SHOWN = 10
REPORTS = frozenset({".csv", ".tsv", ".gz", ".parquet", ".pq", ".gpkg", ".geojson"})
STDIN = "<stdin>"
"""The name of terms from the standard input, in messages."""


def asked_of(
    kind: Kind, mapping: Path | None, zone: str | None, regions: Path | None, version: str | None = None,
    dataset: str | None = None, places: Path | None = None,
) -> Asked:  # fmt: skip
    """Put the options about reading together.

    Raises
    ------
    UsageError
        TL-R011 for a time zone that does not exist, TL-R001 for a file that is not there: a wrong value is a wrong
        call, while a file that is there and cannot be understood is a fault of the file.
    """
    from truceline.api.reading import Asked

    files = {"mapping": mapping, "regions": regions, "places": places}
    faults = [*_zone_faults(zone), *(fault for name, path in files.items() for fault in _file_faults(name, path))]
    if faults:
        raise UsageError(faults)
    return Asked(None if kind is Kind.AUTO else kind.value, zone, regions, mapping, dataset, version, places)


def check_options(**files: Path | None) -> None:
    """See that the files that options name can be opened.

    Raises
    ------
    UsageError
        TL-R001.
    """
    faults = [fault for name, path in files.items() for fault in _file_faults(name, path)]
    if faults:
        raise UsageError(faults)


def terms_of(terms: Path, geometry: Sequence[str] | None = None) -> Agreement:
    """Load the terms; ``-`` is the standard input, whose GeoJSON files lie where the user stands.

    `geometry` : what fills the slots of the terms, as typed.

    Raises
    ------
    UsageError
        TL-E924, if the name is that of a file of reports; TL-E950 to TL-E952 for what is not in the library, and for
        what fills no slot.
    TermsError
        With all faults of the file.
    """
    from truceline.api.terms import load, loads
    from truceline.formats.slots import brought_words
    from truceline.formats.yaml_text import LARGEST

    if terms.suffix.lower() in REPORTS:
        what, remedy = "this is no file of terms", "name the terms first, and then the reports"
        raise UsageError([Fault(str(terms), "TL-E924", what, remedy)])
    brought = brought_words(geometry or ())
    if str(terms) != "-":
        return load(terms, geometry=brought)
    return loads(sys.stdin.buffer.read(LARGEST + 1), name=STDIN, folder=Path(), geometry=brought)


def open_run(
    terms: Path, reports: Sequence[str], asked: Asked, *, readings: Sequence[str] | None = None,
    as_known: str | None = None, since: str | None = None, out: str | None = None,
    geometry: Sequence[str] | None = None,
) -> Run:  # fmt: skip
    """Load the terms and open the files of reports.

    Raises
    ------
    UsageError
        TL-E922 and TL-E923 as `check_names`, and as `terms_of`; if a reading does not exist or a day cannot be read.
    TermsError, EvidenceError
        With all faults of the files.
    """
    from truceline.api.running import start

    check_names([str(terms), *reports], out, asked)
    with waiting(files_in_words(reports)) as seen:
        agreement = terms_of(terms, geometry)
        return start(agreement, reports, asked, readings=readings, as_known=as_known, since=since, seen=seen)


def files_in_words(reports: Sequence[str]) -> str:
    """Say what is being read.

    >>> files_in_words(["a.csv"]), files_in_words(["a.csv", "b.csv", "c.csv"])
    ('reading a.csv', 'reading a.csv and 2 more')
    """
    more = len(reports) - 1
    return f"reading {reports[0]}" + (f" and {more} more" if more else "")


def check_names(inputs: Sequence[str], out: str | None = None, asked: Asked | None = None) -> None:
    """See that the standard input is read once, and that no input would be overwritten.

    Raises
    ------
    UsageError
        TL-E922, TL-E923.
    """
    if list(inputs).count("-") > 1:
        fault = Fault("-", "TL-E922", "the standard input can be read only once", "name a file instead of one '-'")
        raise UsageError([fault])
    options = () if asked is None else (asked.mapping, asked.regions, asked.places)
    read = [*inputs, *(str(path) for path in options if isinstance(path, Path | str))]
    if out is not None and any(_is_same(path, out) for path in read):
        raise UsageError([Fault(out, "TL-E923", "the output would overwrite an input", "choose another name")])
    if out is not None and out != "-" and any(_is_within(out, path) for path in inputs):
        remedy = "write it elsewhere: the next run would read it as a file of reports"
        raise UsageError([Fault(out, "TL-E923", "the output would lie among the inputs", remedy)])


def tell_reads(files: ReportFiles, out: str | None, *, write: bool = True, most: int = SHOWN) -> None:
    """Say what was wrong with the rows of each file, and list the refused and the doubted ones beside the output."""
    from truceline.api.telling import lines_about, write_listings

    if write and out is not None and out != "-":
        write_listings(files, out)
    note(*lines_about(files, out, most=most))


def tell_left_out(run: Run) -> None:
    """Say what was left out by a date: how many reports, and of the terms what was not known then."""
    from truceline.publish.summary_text import known_sentences

    if run.since is not None and run.since.left_out:
        note(str(run.since))
    note(*known_sentences(run.setup))


def _zone_faults(zone: str | None) -> Iterator[Fault]:
    from truceline.formats.spans import check_zone

    try:
        check_zone(zone)
    except EvidenceError as error:
        for fault in error:
            yield Fault(f"{_typed('zone', zone)} {zone}", fault.code, fault.what, fault.remedy)


def bytes_of(name: str, path: Path) -> bytes:
    """Read a whole file that was named as `name`.

    Raises
    ------
    UsageError
        TL-R001, if it cannot be opened.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        what = f"the file cannot be opened ({error.strerror})"
        raise UsageError([Fault(f"{name} {path}", "TL-R001", what, "correct the path")]) from None


def _file_faults(name: str, path: Path | None) -> Iterator[Fault]:
    if path is None:
        return
    is_folder = os.path.isdir(path)  # noqa: PTH112 - unlike Path.is_dir it raises nothing where we may not look
    if os.access(path, os.R_OK) and not is_folder:
        return
    number = errno.EISDIR if is_folder else errno.EACCES if os.access(path, os.F_OK) else errno.ENOENT
    what = f"the file cannot be opened ({os.strerror(number)})"
    yield Fault(f"{_typed(name, path)} {path}", "TL-R001", what, "correct the path")


def _typed(name: str, value: object) -> str:
    """Name an option, or the variable of the environment that stood in for it."""
    variable = f"TRUCELINE_{name.upper()}"
    return variable if os.environ.get(variable) == str(value) else f"--{name}"


def _is_within(out: str, folder: str) -> bool:
    return os.path.isdir(folder) and Path(out).resolve().is_relative_to(Path(folder).resolve())  # noqa: PTH112


def _is_same(path: str, out: str) -> bool:
    with suppress(OSError):
        return Path(out).is_file() and Path(path).samefile(out)
    return False

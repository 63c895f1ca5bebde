"""The example checked from a ledger of its own: made on the first run, added to on later ones, verified on each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from truceline.api.adding import AddedFile, add
from truceline.api.checking import Checked
from truceline.api.districts import regions_for
from truceline.api.input_files import sha256_of
from truceline.api.ledger import begin, key_beside, seal
from truceline.api.ledger_inputs import LedgerInputs, inputs_of
from truceline.api.ledger_named import is_ledger
from truceline.api.publishing import Example, said_in, write_run
from truceline.api.reading import Asked
from truceline.api.running import Run, start
from truceline.api.terms import load
from truceline.errors import Fault, LedgerError, UsageError
from truceline.formats.atomic import written
from truceline.store.ledger import SETTINGS, open_ledger, read_settings
from truceline.store.ledger_check import LedgerCheck, check_ledger
from truceline.store.log_reading import read_checkpoint
from truceline.terms.agreement import Agreement

__all__ = ["Demo", "Places", "places_of", "run_demo"]

_BY = "truceline demo"


@dataclass(frozen=True, slots=True)
class Places:
    """Where the demo writes: its page, its ledger, and the signed head that the next run holds against the ledger."""

    page: Path
    ledger: Path
    head: Path

    @property
    def made(self) -> tuple[Path, ...]:
        """List what of the ledger lies there."""
        key = key_beside(self.ledger)
        files = (self.ledger, *(key.with_name(key.name + end) for end in ("", ".signed", ".signed.lock")), self.head)
        return tuple(path for path in files if path.exists())


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo did: the run and what was checked, the files that were taken in now, and how the ledger stands.

    `continued` : whether an older head was there that the ledger was held against.
    """

    run: Run
    checked: Checked
    added: tuple[AddedFile, ...]
    verified: LedgerCheck
    continued: bool


def places_of(page: Path, *, named: bool = False) -> Places:
    """Say where the demo writes beside its page; a page that somebody named has its ledger under the page's own name.

    >>> places_of(Path("out/report.html")).ledger.as_posix()
    'out/ledger'
    >>> places_of(Path("my/page.html"), named=True).head.as_posix()
    'my/page-head.checkpoint'
    """
    stem = f"{page.stem}-" if named else ""
    return Places(page, page.with_name(f"{stem}ledger"), page.with_name(f"{stem}head.checkpoint"))


def run_demo(example: Example, places: Places, seen: Callable[[int], None] = lambda _: None) -> Demo:
    """Take an example into a ledger, verify that, check the reports in it, and write the page and the head.

    What stands in the ledger is not taken in again. Nothing is checked where the ledger is not as it was put down.

    Raises
    ------
    LedgerError
        If the ledger at that place is damaged, or is none; TL-L073 says what to do.
    UsageError
        TL-L073, if it is the ledger of somebody else.
    """
    agreement, before = load(example.folder / example.terms), places.made
    try:
        _refuse_foreign(example, places)
        added = tuple(_taken_in(example, agreement, places, seen))
        held = places.head.read_bytes() if places.head.is_file() else None
        verified, head = _verified(places, held)
    except LedgerError as error:
        raise LedgerError([*error.faults, *_remedies(before)]) from error
    run = _run(example, agreement, places, inputs_of(places.ledger))
    said = said_in([str(places.ledger)])
    checked = write_run(run, places.page, title=example.title, subtitle=example.subtitle, told=example.told, said=said)
    with written(places.head) as file:
        file.write(head)
    return Demo(run, checked, added, verified, held is not None)


def _name(example: Example) -> str:
    return f"demo.truceline/{example.folder.name}"


def _refuse_foreign(example: Example, places: Places) -> None:
    """See that a ledger of somebody else is left alone."""
    if not is_ledger(places.ledger):
        return
    settings = places.ledger / SETTINGS
    name = read_settings(settings.read_bytes(), str(settings)).name
    if name != _name(example):
        what = f"this is the ledger {name}, not that of the demo"
        raise UsageError([Fault(str(places.ledger), "TL-L073", what, "name another page with --out")])


def _remedies(before: Sequence[Path]) -> Iterator[Fault]:
    """Say what to do about what lay there before the demo began."""
    if before:
        here = " ".join(str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
                        for path in before)  # fmt: skip
        remedy = f"keep a copy if you need it, and begin anew: rm -r {here}"
        yield Fault(str(before[0]), "TL-L073", "what lies here is not a ledger that the demo can use", remedy)


def _taken_in(
    example: Example, agreement: Agreement, places: Places, seen: Callable[[int], None]
) -> Iterator[AddedFile]:  # fmt: skip
    """Take in the files that the ledger does not have yet, and sign."""
    if not is_ledger(places.ledger):
        begin(places.ledger, _name(example))[0].close()
    there = inputs_of(places.ledger)
    regions = example.folder / example.regions if example.regions else None
    asked = Asked(zone=agreement.document.agreement.zone, regions=regions or regions_for(agreement))
    for file in example.reports:
        if not _has(there, example.folder / file):
            yield add(places.ledger, "reports", example.folder / file, asked=asked, by=_BY, since=example.since,
                      seen=seen)  # fmt: skip
    for file in example.statements:
        if not _has(there, example.folder / file):
            yield add(places.ledger, "statements", example.folder / file, by=_BY)
    if key_beside(places.ledger).exists():
        seal(places.ledger)


def _has(ledger: LedgerInputs, path: Path) -> bool:
    """Say whether a file was taken in to its end."""
    sha256 = sha256_of(path)
    return any(one.sha256 == sha256 and one.rows is not None for one in ledger.imports)


def _verified(places: Places, held: bytes | None) -> tuple[LedgerCheck, bytes]:
    """Hold the ledger against its log, and the log against the head of the run before."""
    with closing(open_ledger(places.ledger)) as ledger:
        head = read_checkpoint(ledger.log)
        found = check_ledger(ledger, heads={} if held is None else {str(places.head): held})
    found.demand()
    return found, head


def _run(example: Example, agreement: Agreement, places: Places, ledger: LedgerInputs) -> Run:
    """Get the reports of the ledger ready to be checked; what was left out when they were taken in is told as well."""
    run = start(agreement, [str(places.ledger)], Asked(), since=example.since)
    if run.since is None:
        return run
    gone = sum(int(str(one.about.get("left_out", "0"))) for one in ledger.imports)
    return replace(run, since=replace(run.since, left_out=gone))

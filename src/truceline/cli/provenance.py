"""`--prov FILE`: where a result comes from, written beside it; and the clock of the run."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from truceline.cli.inputs import check_names
from truceline.cli.outputs import must_end, on_screen
from truceline.cli.say import binary_output
from truceline.errors import Fault, UsageError

if TYPE_CHECKING:
    from truceline.api.reading import Asked, ReportFiles
    from truceline.engines.explaining import Explanation
    from truceline.engines.setup import Setup

__all__ = ["Record", "record_beside"]

EPOCH = "SOURCE_DATE_EPOCH"
"""The variable by which builds are made reproducible: seconds since 1970, told instead of the time of the clock."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record of provenance that is to be written: where to, what it rests on, and since when the run goes on."""

    path: str
    asked: Asked
    written: Mapping[str, str]
    options: Mapping[str, str]
    started: str

    def of_run(self, setup: Setup, files: ReportFiles) -> None:
        """Write where the result of a check comes from, when everything else is written."""
        from truceline.api.provenance import How, run_provenance

        how = How(self.options, self.started, _now(), self.written)
        self._put(run_provenance(setup, files, self.asked, how))

    def of_verdicts(self, setup: Setup, files: ReportFiles, explanations: Sequence[Explanation]) -> None:
        """Write where the verdicts on one report come from."""
        from truceline.api.provenance import How, explanation_provenance

        how = How(self.options, self.started, _now())
        self._put(explanation_provenance(setup, files, self.asked, how, explanations))

    def _put(self, data: bytes) -> None:
        with binary_output(self.path) as file:
            file.write(data)


def record_beside(
    path: str | None, asked: Asked, inputs: Sequence[str], written: Mapping[str, str | None] | None = None,
    **options: str | None,
) -> Record | None:  # fmt: skip
    """See that a record of provenance can be written, and note the time; None where none is asked for.

    Parameters
    ----------
    path : str, optional
        The file.
    asked : Asked
    inputs : sequence of str
        The terms and the reports, as typed.
    written : mapping, optional
        What else is written, by role (`publish.prov_run.KINDS`); a screen or a pipe cannot be read again.
    **options
        What else was typed and makes a difference to what comes out.

    Raises
    ------
    UsageError
        TL-E918, TL-E922, TL-E923; TL-E916, if the standard input is among the inputs.
    """
    if path is None:
        return None
    if on_screen(path):
        raise UsageError([Fault("--prov", "TL-E918", "this goes into a file", "name it: --prov result.jsonld")])
    if "-" in inputs:
        what, remedy = "a record of provenance names the files it rests on", "give the terms and the reports as files"
        raise UsageError([Fault("standard input", "TL-E916", what, remedy)])
    must_end(path, ".jsonld", ".json", option="--prov")
    check_names(inputs, path, asked)
    files = {role: name for role, name in (written or {}).items() if name is not None and not on_screen(name)}
    if Path(path).resolve() in {Path(name).resolve() for name in files.values()}:
        raise UsageError([Fault("--prov", "TL-E918", "another result goes into the same file", "choose another name")])
    typed = {"kind": asked.kind, "zone": asked.zone, **options}
    return Record(path, asked, files, {name: said for name, said in typed.items() if said}, _now())


def _now() -> str:
    stated = os.environ.get(EPOCH, "")
    moment = datetime.fromtimestamp(int(stated), UTC) if stated.isdigit() else datetime.now(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"

"""Where a result comes from, as W3C PROV: the files of a run with their hashes, put together and written.

There is one option for it, ``--prov FILE``, beside whatever else a command writes: of ``check`` for the run (single
reports and verdicts would be as many statements as findings have rows), of ``explain`` for the verdicts on one report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from truceline.api.input_files import input_files, sha256_of
from truceline.api.reading import Asked, ReportFiles, whole_table
from truceline.engines.explaining import Explanation
from truceline.engines.setup import Setup
from truceline.publish.prov_run import NamedFile, Ran, run_prov
from truceline.publish.prov_verdict import verdicts_prov

__all__ = ["How", "explanation_provenance", "run_provenance"]


@dataclass(frozen=True, slots=True)
class How:
    """How a run was asked for, when it ran, and what it wrote.

    `options` : by name, as given. `started`, `ended` : ISO 8601 with an offset, or empty. `written` : paths by role.
    """

    options: Mapping[str, str] = field(default_factory=dict)
    started: str = ""
    ended: str = ""
    written: Mapping[str, str] = field(default_factory=dict)


def run_provenance(setup: Setup, files: ReportFiles, asked: Asked, how: How) -> bytes:
    """Write where the result of a check comes from.

    Raises
    ------
    UsageError
        TL-E916, if terms or reports come from the standard input.
    """
    return run_prov(_ran(setup, files, asked, how))


def explanation_provenance(
    setup: Setup, files: ReportFiles, asked: Asked, how: How, explanations: Sequence[Explanation]
) -> bytes:
    """Write where the verdicts on one report come from, which all explanations are about.

    Raises
    ------
    UsageError
        TL-E916, if terms or reports come from the standard input.
    """
    ran = _ran(setup, files, asked, how)
    reports = [file for file in ran.files if file.role == "reports"]
    told = pa.scalar(next((one.report for one in explanations), None), pa.string())
    there = [pc.any(pc.equal(whole_table(source)["report"], told)).as_py() for source in files.order]
    return verdicts_prov(ran, explanations, [file for file, found in zip(reports, there, strict=True) if found])


def _ran(setup: Setup, files: ReportFiles, asked: Asked, how: How) -> Ran:
    beside = ((role, Path(path), None) for role, path in setup.beside.files)
    used = (*input_files(setup.agreement, files, asked), *beside)
    taken = [NamedFile(role, path.name, sha256_of(path, setup.known_until_us), rows) for role, path, rows in used]
    written = tuple(file for role, path in how.written.items() for file in _written(role, Path(path)))
    return Ran(setup, tuple(taken), how.options, version("truceline"), how.started, how.ended, written)


def _written(role: str, path: Path) -> Iterator[NamedFile]:
    """Name what was written: a file, or the files of a folder; a pipe or a device cannot be read again."""
    for file in sorted(path.rglob("*.parquet")) if path.is_dir() else [path]:
        if file.is_file():
            yield NamedFile(role, file.relative_to(path.parent).as_posix(), sha256_of(file))

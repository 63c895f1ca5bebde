"""Where results go: which format is meant, and tables of rows into it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from truceline.cli.options import Format
from truceline.cli.say import binary_output, harmless, show
from truceline.errors import Fault, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

    from truceline.formats.findings_file import RowFormat

__all__ = ["ROWS", "format_of", "must_end", "on_screen", "put_lines", "put_rows", "refuse_screen"]

ROWS: Mapping[Format, RowFormat] = {Format.CSV: "csv", Format.JSONL: "jsonl", Format.PARQUET: "parquet"}
"""The formats that hold rows."""

_ENDINGS = {
    ".txt": Format.TABLE, ".csv": Format.CSV, ".jsonl": Format.JSONL, ".ndjson": Format.JSONL,
    ".parquet": Format.PARQUET, ".pq": Format.PARQUET, ".html": Format.HTML, ".htm": Format.HTML,
}  # fmt: skip


def format_of(form: Format | None, out: str | None, *, pages: bool = True) -> Format:
    """Choose by the option, else by the ending of the output, else the table.

    Raises
    ------
    UsageError
        TL-E918, if the format and the output do not go together.
    """
    if form is None:
        form = Format.TABLE if on_screen(out) else _by_ending(str(out))
    elif not on_screen(out):
        ending = next((ending for ending in _ENDINGS if str(out).lower().endswith(ending)), ".txt")
        if ending != ".txt" and _ENDINGS[ending] is not form:
            what = f"the ending of {out!r} is not that of {form.value}"
            raise UsageError([Fault("--out", "TL-E918", what, "leave out --format, or end the name as it says")])
    if form is Format.HTML and not pages:
        raise UsageError(
            [Fault("--out", "TL-E918", "there is no page of this", "end the name in .csv, .jsonl or .parquet")]
        )
    if form is Format.HTML and on_screen(out):
        raise UsageError([Fault("--format html", "TL-E918", "a page is a file", "name it: --out report.html")])
    if form is Format.PARQUET:
        refuse_screen(out, "Parquet")
    return form


def refuse_screen(out: str | None, what: str) -> None:
    """Refuse to write to a screen what nobody can read there; a pipe is welcome.

    Raises
    ------
    UsageError
        TL-E918.
    """
    if on_screen(out) and sys.stdout.isatty():
        raise UsageError([Fault("standard output", "TL-E918", f"{what} is not for a screen", "add --out, or a pipe")])


def must_end(out: str, *endings: str, option: str = "--out") -> None:
    """Refuse a name of a file, given by an option, that does not end in what is written; ``-`` is a pipe.

    Raises
    ------
    UsageError
        TL-E918.
    """
    device = os.path.exists(out) and not os.path.isfile(out)  # noqa: PTH110, PTH113 - these raise nothing
    if not on_screen(out) and not device and not out.lower().endswith(endings):
        what = f"the ending of {out!r} is not that of what is written"
        raise UsageError([Fault(option, "TL-E918", what, f"end the name in {' or '.join(endings)}")])


def on_screen(out: str | None) -> bool:
    """Say whether a result goes to the standard output."""
    return out is None or out == "-"


def put_lines(lines: list[str], out: str | None) -> None:
    """Write lines of text to a file or to the standard output."""
    if on_screen(out):
        show(lines)
        return
    with binary_output(out) as file:
        file.write("".join(f"{harmless(line)}\n" for line in lines).encode(errors="backslashreplace"))


def put_rows(rows: pa.Table, form: Format, out: str | None, about: Mapping[str, Any]) -> None:
    """Write a table of rows."""
    from truceline.formats.findings_file import row_writer

    with binary_output(out) as file, row_writer(file, ROWS[form], rows.schema, about) as writer:
        for batch in rows.to_batches():
            writer.write(batch)


def _by_ending(out: str) -> Format:
    for ending, form in _ENDINGS.items():
        if out.lower().endswith(ending):
            return form
    what = f"the ending of {out!r} does not say what to write"
    remedy = "add --format, or end the name in .csv, .jsonl, .parquet, .html or .txt"
    raise UsageError([Fault("--out", "TL-E918", what, remedy)])

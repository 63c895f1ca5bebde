"""A sheet of judgements to fill in, as CSV: `judgements_file` reads it back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import BinaryIO, Final

__all__ = ["SHEET", "write_sheet"]

SHEET: Final = ("id", "kind", "about", "by", "decided", "why", "reasons", "one", "other")
"""The columns of a sheet: those to be filled in are empty; the last three are for whoever decides, and are not read."""


def write_sheet(rows: Iterable[Mapping[str, str]], file: BinaryIO) -> int:
    r"""Write the rows of a sheet, and say how many there were.

    >>> file = io.BytesIO()
    >>> write_sheet([{"id": "pair-1", "about": "a; b"}], file), file.getvalue().split(b"\n")[1]
    (1, b'pair-1,,a; b,,,,,,')
    """
    text = io.TextIOWrapper(file, "utf-8", errors="surrogatepass", newline="")
    writer = csv.DictWriter(text, SHEET, restval="", lineterminator="\n")
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    text.flush()
    text.detach()
    return count

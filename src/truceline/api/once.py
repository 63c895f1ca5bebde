"""Tables of reports for one call: each report once, where several rows of what was read have its id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from truceline.api.tables import as_reports
from truceline.formats.result import ReportsRead
from truceline.formats.revisions import Source, settle

__all__ = ["each_once"]


def each_once(reports: Any, known_until_us: int | None = None) -> tuple[pa.Table, tuple[str, ...]]:
    """Take tables as `as_reports` does; of what was read from files, each report once, and say what that left out.

    A table that was made, not read, is taken row by row: its ids are its maker's business.

    Parameters
    ----------
    reports : table, or sequence of tables
        What `truceline.read_reports` gave is compared with one another (`formats.revisions`).
    known_until_us : int, optional
        Only rows published before this instant [us UTC] are revisions of one another.
    """
    every = [*reports] if isinstance(reports, Sequence) and not isinstance(reports, str) else [reports]
    read = [one for one in every if isinstance(one, ReportsRead)]
    settled = settle([Source(one.table, one.numbered) for one in read], known_until_us)
    if not settled.superseded:
        return as_reports(reports), settled.sentences
    left = iter(settled.left_of(number, 0, one.table) for number, one in enumerate(read))
    tables = [next(left) if isinstance(one, ReportsRead) else one for one in every]
    return as_reports([*tables, settled.joined]), settled.sentences

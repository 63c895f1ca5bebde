"""Files of made-up reports for load tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pyarrow.parquet as pq

from truceline.api.reading import read_reports
from truceline.engines.generating import generated, generated_schema
from truceline.errors import Fault, UsageError

__all__ = ["write_generated"]


def write_generated(
    like: Path | str, out: BinaryIO, rows: int, seed: int, *, zone: str | None = None,
    seen: Callable[[int], None] = lambda _: None,
) -> None:  # fmt: skip
    """Write made-up reports as Parquet that is streamed like any other.

    Parameters
    ----------
    like : path
        A file of real reports; their actors, acts, dates and precision are drawn from.
    out : binary file
        Open for writing; it need not be seekable.
    rows, seed : int
    zone : str, optional
        The time zone of bare dates in `like`.
    seen : callable
        Is told the number of rows done.

    Raises
    ------
    UsageError
        If `like` has no usable row.
    """
    real = read_reports(like, zone=zone).table
    if not len(real):
        raise UsageError([Fault(str(like), "TL-E933", "there is no report to make others after", "name another file")])
    done = 0
    with pq.ParquetWriter(out, generated_schema(real, rows, seed), compression="zstd") as writer:
        for batch in generated(real, rows, seed):
            writer.write_batch(batch, row_group_size=batch.num_rows)
            done += batch.num_rows
            seen(done)

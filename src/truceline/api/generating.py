"""Files of made-up reports for load tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq

from truceline.api.reading import read_reports
from truceline.engines.generating import generated, generated_schema
from truceline.errors import Fault, UsageError
from truceline.formats.atomic import written

__all__ = ["write_generated"]


def write_generated(
    like: Path | str, out: Path | str, rows: int, seed: int, *, zone: str | None = None,
    seen: Callable[[int], None] = lambda _: None,
) -> None:  # fmt: skip
    """Write made-up reports as Parquet that is streamed like any other; wholly or not at all.

    Parameters
    ----------
    like : path
        A file of real reports; their actors, acts, dates and precision are drawn from.
    rows, seed : int
    zone : str, optional
        The time zone of bare dates in `like`.
    seen : callable
        Is told the number of rows done.

    Raises
    ------
    UsageError
        If `like` has no usable row, or `out` cannot be written.
    """
    real = read_reports(like, zone=zone).table
    if not len(real):
        raise UsageError([Fault(str(like), "TL-E933", "there is no report to make others after", "name another file")])
    done = 0
    with written(out) as file, pq.ParquetWriter(file, generated_schema(real, rows, seed), compression="zstd") as writer:
        for batch in generated(real, rows, seed):
            writer.write_batch(batch, row_group_size=batch.num_rows)
            done += batch.num_rows
            seen(done)

"""Only the later reports of a file: those that lie wholly on or after a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from truceline.basics.time import parse_moment
from truceline.errors import Fault, UsageError
from truceline.evidence.canonical import Json

__all__ = ["Later", "late_enough"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Later:
    """From which day on reports are taken, as it was written, and its begin in microseconds (None: all are)."""

    words: str = ""
    start_us: int | None = None

    @classmethod
    def of(cls, day: str | None, zone: str | None) -> Later:
        """Read a day by the clock of a zone; None: all reports are taken.

        Raises
        ------
        UsageError
            TL-E900, if it is no day.
        """
        if day is None:
            return cls()
        try:
            return cls(day, parse_moment(day).span(zone or "UTC", {}).start_us)
        except ValueError:
            raise UsageError([Fault("since", "TL-E900", f"{day!r} is no day", "write it as 2017-07-09")]) from None

    def about(self, begins: pa.ChunkedArray) -> dict[str, Json]:
        """Say in the record of an import from when on reports were taken, and how many were left out.

        >>> begins = pa.chunked_array([pa.array([0, 86_400_000_000, None], pa.timestamp("us", "UTC"))])
        >>> Later.of("1970-01-02", None).about(begins), Later().about(begins)
        ({'since': '1970-01-02', 'left_out': '2'}, {})
        """
        if self.start_us is None:
            return {}
        kept = late_enough(begins, self.start_us)
        return {"since": self.words, "left_out": str(len(begins) - int(pc.sum(kept).as_py() or 0))}

    def of_batch(self, batch: pa.RecordBatch, beside: Sequence[T]) -> tuple[pa.RecordBatch, list[T]]:
        """Keep the rows that are late enough, and what stands beside them."""
        if self.start_us is None:
            return batch, list(beside)
        kept = late_enough(batch.column("from"), self.start_us)
        return batch.filter(kept), [one for one, keep in zip(beside, kept.to_pylist(), strict=True) if keep]


def late_enough(begins: pa.ChunkedArray | pa.Array, start_us: int) -> pa.ChunkedArray | pa.Array:
    """Say which begins are not before an instant; one that nobody states is before it.

    >>> late_enough(pa.array([0, 5, None], pa.timestamp("us", "UTC")), 5).to_pylist()
    [False, True, False]
    """
    return pc.fill_null(pc.greater_equal(begins.cast(pa.int64()), start_us), fill_value=False)

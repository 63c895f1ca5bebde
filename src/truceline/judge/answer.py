"""One condition of a rule for n reports: its truth, and the reasons where it is unknown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.basics.truth import Truths
from truceline.judge.reasons import bit
from truceline.judge.verdict import Masks

__all__ = ["NO_REASON", "Answer"]

NO_REASON = np.uint64(0)


@dataclass(frozen=True, slots=True)
class Answer:
    """One condition for n reports: truth, the reasons where unknown, and the line that was measured (-1 none)."""

    truth: Truths
    reasons: Masks
    line: NDArray[np.int16]

    @classmethod
    def of(cls, truth: Truths, reasons: Masks | np.uint64 = NO_REASON, line: int = -1) -> Answer:
        """Keep reasons only where the truth is unknown."""
        masks = np.where(truth == 0, reasons, NO_REASON)
        return cls(truth, masks, np.full(np.shape(truth), line, dtype=np.int16))

    @classmethod
    def constant(cls, n: int, value: int, reason: str | None = None, line: int = -1) -> Answer:
        """Give the same answer to all n reports."""
        return cls.of(np.full(n, value, dtype=np.int8), bit(reason) if reason else NO_REASON, line)

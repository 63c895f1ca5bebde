"""One condition of a rule for n reports: its truth, and the reasons where it is unknown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.basics.truth import Truths, negate
from truceline.judge.reasons import bit
from truceline.judge.verdict import Masks

__all__ = ["NO_REASON", "Answer", "kept"]

NO_REASON = np.uint64(0)
SAID_OF_NO = bit("not_aloft")
"""What says better than `outside` why a place is not on some ground: alone among the reasons it stands beside a no."""


def kept(truth: Truths, reasons: Masks | np.uint64) -> Masks:
    """Keep the reasons that belong to each truth: of a yes none."""
    unknown = np.where(truth == 0, reasons & ~SAID_OF_NO, NO_REASON)
    return np.where(truth == -1, reasons & SAID_OF_NO, unknown)


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

    @property
    def opposite(self) -> Answer:
        """The same condition denied: unknown stays unknown, for the same reasons."""
        return Answer(negate(self.truth), np.where(self.truth == 0, self.reasons, NO_REASON), self.line)

    @classmethod
    def constant(cls, n: int, value: int, reason: str | None = None, line: int = -1) -> Answer:
        """Give the same answer to all n reports."""
        return cls.of(np.full(n, value, dtype=np.int8), bit(reason) if reason else NO_REASON, line)

"""The four verdicts of a report under one provision and one reading."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

__all__ = ["VERDICTS", "Counts", "Masks", "Verdict", "Verdicts"]

Masks = NDArray[np.uint64]


class Verdict(IntEnum):
    """What can be said, under a reading; never more than the report and the text allow.

    `NOT_APPLICABLE` is not "permitted": the rule does not speak (not in force, not bound, denied).
    """

    NOT_APPLICABLE = 0
    NO_VIOLATION = 1
    INDETERMINATE = 2
    VIOLATION = 3

    @property
    def code(self) -> str:
        """The word used in files.

        >>> Verdict.NO_VIOLATION.code
        'no_violation'
        """
        return self.name.lower()


VERDICTS = tuple(verdict.code for verdict in Verdict)


class Counts(IntEnum):
    """Whether a report counts for a rule over all reports: surely not, possibly, or surely.

    `SHOWN` : every condition but the time is surely met; the rule may not have been in force.
    """

    NO = 0
    MAY = 1
    SHOWN = 2
    SURE = 3


@dataclass(frozen=True, slots=True)
class Verdicts:
    """One verdict per report (`verdict`, int8), its `reasons` (bit masks) and the deciding `line` (id or -1).

    `counted` (int8) says whether it counts for the rule; see `Counts`.
    """

    verdict: NDArray[np.int8]
    reasons: Masks
    line: NDArray[np.int16]
    counted: NDArray[np.int8]

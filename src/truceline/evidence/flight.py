"""Whether what a report shows was in the air."""

from __future__ import annotations

import numpy as np

from truceline.basics.truth import Truths
from truceline.evidence.acts import acts_truth
from truceline.evidence.batch import Batch
from truceline.evidence.kinds import KINDS, kind_truth

__all__ = ["flies"]

_AIRCRAFT = np.array([*(kind_truth("aircraft", kind) for kind in KINDS), 0], dtype=np.int8)
"""Whether a thing of each kind flies; the last entry stands for a thing that is not stated."""


def flies(batch: Batch) -> Truths:
    """Say of n reports whether they show something in the air: an overflight, and of nothing that cannot fly.

    An aircraft alone is no flight: it may stand on the ground. Nor is what stays there one, whoever reports an
    overflight by it: of such a report nobody can tell.
    """
    act, thing = acts_truth("overflight", batch.act, batch.maybe), _AIRCRAFT[batch.thing]
    grounded = np.where(act == 1, np.int8(0), np.int8(-1))
    return np.where(thing == -1, grounded, act).astype(np.int8)

"""Counts of verdicts and reasons, by provision and reading; those of batches add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from truceline.engines.counted import NOTHING, Counted
from truceline.engines.rulings import Ruled
from truceline.judge.reasons import codes_of
from truceline.judge.verdict import VERDICTS

__all__ = ["EMPTY", "Summary", "counts_of"]

Pair = tuple[str, str]


@dataclass(frozen=True)
class Summary:
    """Counts that add up over batches.

    `verdicts[provision, reading]` counts each verdict, `reasons[provision, reading]` each reason of
    it; `depends[provision]` counts the reports whose verdict depends on the reading. `counted` : what counts over all
    reports for rules that ask for a number.
    """

    reports: int = 0
    verdicts: dict[Pair, dict[str, int]] = field(default_factory=dict)
    reasons: dict[Pair, dict[str, int]] = field(default_factory=dict)
    depends: dict[str, int] = field(default_factory=dict)
    unknown_then: int = 0
    undated_then: int = 0
    counted: Counted = NOTHING

    def __add__(self, other: Summary) -> Summary:
        """Add the counts of another batch of the same run."""
        return Summary(
            self.reports + other.reports,
            _joined(self.verdicts, other.verdicts),
            _joined(self.reasons, other.reasons),
            _added(self.depends, other.depends),
            self.unknown_then + other.unknown_then,
            self.undated_then + other.undated_then,
            self.counted + other.counted,
        )


def counts_of(
    ruled: Ruled, often: NDArray[np.int64], pairs: Sequence[tuple[Pair, int]]
) -> tuple[dict[Pair, dict[str, int]], ...]:
    """Count verdicts and reasons of kinds that came so often, by (provision, reading), each with its rule's number."""
    there = np.flatnonzero(often)
    verdict, reasons, counts = ruled.verdict[there], ruled.reasons[there], often[there]
    by_rule = [_counts(verdict[:, rule], reasons[:, rule], counts) for rule in range(verdict.shape[1])]
    verdicts = {pair: dict(by_rule[rule][0]) for pair, rule in pairs}
    return verdicts, {pair: dict(by_rule[rule][1]) for pair, rule in pairs}


def _counts(
    verdict: NDArray[np.int8], reasons: NDArray[np.uint64], counts: NDArray[np.int64]
) -> tuple[dict[str, int], dict[str, int]]:
    total = np.zeros(len(VERDICTS), dtype=np.int64)
    np.add.at(total, verdict, counts)
    masks, which = np.unique(reasons, return_inverse=True)
    often = np.zeros(len(masks), dtype=np.int64)
    np.add.at(often, which.reshape(-1), counts)
    why: dict[str, int] = {}
    for mask, count in zip(masks.tolist(), often.tolist(), strict=True):
        for code in codes_of(mask):
            why[code] = why.get(code, 0) + count
    return dict(zip(VERDICTS, total.tolist(), strict=True)), why


def _joined(one: dict[Pair, dict[str, int]], other: dict[Pair, dict[str, int]]) -> dict[Pair, dict[str, int]]:
    return {key: _added(one.get(key, {}), other.get(key, {})) for key in {**one, **other}}


def _added(one: dict[str, int], other: dict[str, int]) -> dict[str, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in {**one, **other}}


EMPTY = Summary()
"""The counts of no reports at all."""

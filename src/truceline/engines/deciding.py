"""What a summary tells beside its counts, gathered batch by batch: the data sets in use, and the fields that decide."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from truceline.engines.coding import written_out
from truceline.engines.local import Checked, check_batch
from truceline.engines.setup import Setup
from truceline.evidence.datasets import DATASETS
from truceline.judge.divergence import FIELDS
from truceline.plan.tables import Kind

__all__ = ["Background", "is_judged"]

Counts = dict[str, int]


class Background:
    """Gathered from every batch of a run: `datasets` counts the reports of each known data set, by its id.

    Of each kind of report on which readings disagree one is kept, and how many there are: what decides is
    asked once, at the end, and its cost does not grow with the file.
    """

    def __init__(self) -> None:
        self.datasets: Counts = {}
        self._setup: Setup | None = None
        self._often: dict[int, Counter[int]] = {}
        self._kept: set[int] = set()
        self._samples: list[pa.Table] = []

    def look(self, checked: Checked) -> None:
        """Take in a batch."""
        self._setup = checked.setup
        for number, dataset in enumerate(DATASETS):
            count = int(np.count_nonzero(checked.batch.dataset == number))
            if count:
                self.datasets[dataset] = self.datasets.get(dataset, 0) + count
        several = len(checked.setup.readings) > 1  # one reading agrees with itself
        for rule in checked.setup.judged if several else ():
            if is_judged(checked.setup, rule):
                self._keep(checked, rule, np.flatnonzero(checked.apart(rule)))

    def deciding(self) -> dict[str, Counts]:
        """Count the reports about which each field decides, by provision, the most frequent field first.

        A report counts once for every field that decides about it. Provisions on which the readings agree,
        or that are not judged, are not there.
        """
        if self._setup is None or not self._samples:
            return {}
        checked = check_batch(self._setup, pa.concat_tables(self._samples))
        return {str(self._setup.book.rules[rule]): _fields(checked, rule, often) for rule, often in self._often.items()}

    def _keep(self, checked: Checked, rule: int, rows: NDArray[np.int64]) -> None:
        kinds, first, counts = np.unique(checked.ruled.kind[rows], return_index=True, return_counts=True)
        if len(kinds):
            self._often.setdefault(rule, Counter()).update(dict(zip(kinds.tolist(), counts.tolist(), strict=True)))
        fresh = [place for place, kind in enumerate(kinds.tolist()) if kind not in self._kept]
        if fresh:
            self._kept.update(kinds[fresh].tolist())
            # Batches of another source may have plain words where these are coded.
            self._samples.append(written_out(checked.reports.take(pa.array(rows[first[fresh]]))))


def is_judged(setup: Setup, rule: int) -> bool:
    """Say whether a rule is of a kind that is judged, under any reading that has it."""
    renderings = (setup.rule(rule, reading) for reading in setup.readings)
    return any(one is not None and one.kind != Kind.LATER for one in renderings)


def _fields(checked: Checked, rule: int, often: Counter[int]) -> Counts:
    """Ask what decides about each kind of report, and count its reports."""
    total: Counter[str] = Counter()
    for kind, fields in checked.deciding(rule).items():
        total.update(dict.fromkeys(fields, often[kind]))
    return {field: total[field] for field in sorted(FIELDS, key=lambda field: -total[field]) if total[field]}

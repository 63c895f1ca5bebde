"""Judge every kind of report once: verdicts are looked up, so that their cost hardly grows with rules and readings.

Reports that no rule can tell apart (`judge.traits`) share one verdict under each rule. The judge itself
is asked about one report of every kind that has not come before; the rest is counting and looking up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from truceline.engines.numbers import Numbers
from truceline.evidence.batch import Batch
from truceline.judge.answer import Answer
from truceline.judge.check import conditions_of, judge
from truceline.judge.located import Places
from truceline.judge.places import judge_where
from truceline.judge.traits import ASPECTS, Trait, cuts_of, traits_of
from truceline.judge.verdict import Masks, Verdicts
from truceline.plan.tables import Rule, Where

__all__ = ["Ruled", "Rulings"]

Codes = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ruled:
    """n reports by kind (`kind`, shape (n,)), and what each of m rules says to each of k kinds.

    `verdict`, `reasons`, `line` : arrays of shape (k, m), as in `Verdicts`; not every kind need be in the batch.
    """

    kind: Codes
    verdict: NDArray[np.int8]
    reasons: Masks
    line: NDArray[np.int16]

    def verdicts(self, rule: int) -> Verdicts:
        """Write the verdicts of one rule out, report by report."""
        return Verdicts(
            self.verdict[:, rule][self.kind], self.reasons[:, rule][self.kind], self.line[:, rule][self.kind]
        )

    def counts(self) -> Codes:
        """Count the reports of each kind, shape (k,)."""
        return np.bincount(self.kind, minlength=len(self.verdict))

    def samples(self) -> Codes:
        """Name for each kind the first report of it in the batch, shape (k,); -1 where there is none."""
        rows = np.full(len(self.verdict), -1, dtype=np.int64)
        rows[self.kind[::-1]] = np.arange(len(self.kind))[::-1]
        return rows


class Rulings:
    """What some rules say to every kind of report met so far; threads may share it.

    Parameters
    ----------
    rules : sequence of Rule
    uncertainties : mapping of int to float
        The error of each line with a course, in metres, by line id.
    grounds : sequence of Where
        Further grounds by which reports are told apart, such as those on which deciding fields are sought.
    """

    def __init__(
        self, rules: Sequence[Rule], uncertainties: Mapping[int, float], grounds: Sequence[Where] = ()
    ) -> None:  # fmt: skip
        m = len(rules)
        self._rules = tuple(rules)
        self._cuts = cuts_of(rules, uncertainties, grounds)
        self._lock = Lock()
        self._aspects = {
            name: _Aspect(self._rules, fields, grounds if name == "where" else ()) for name, fields in ASPECTS.items()
        }
        self._mixed, self._kinds = Numbers(), Numbers()
        self._judged = np.zeros(0, dtype=np.int64)
        self._tables = (np.zeros((0, m), np.int8), np.zeros((0, m), np.uint64), np.zeros((0, m), np.int16))

    def of(self, batch: Batch, places: Places) -> Ruled:
        """Judge n reports, coded and located, by all rules.

        Returns
        -------
        Ruled
            What `judge.check.judge` says to each of them.
        """
        traits = traits_of(batch, places, self._cuts)
        *others, last = (self._aspects[name].of(trait, batch, places) for name, trait in traits.items())
        kind = self._kinds.of_pairs(reduce(self._mixed.of_pairs, others), last)
        if not _all_known(self._judged, kind):
            self._judge(kind, batch, places)
        return Ruled(kind, *self._tables)

    def _judge(self, kind: Codes, batch: Batch, places: Places) -> None:
        """Ask the judge about one report of every kind that is new."""
        with self._lock:
            judged, *tables = (_grown(table, len(self._kinds)) for table in (self._judged, *self._tables))
            fresh, rows = _fresh(judged, kind)
            sample, there = batch.take(rows), places.take(rows)
            for number, rule in enumerate(self._rules):
                found = judge(rule, sample, there)
                for table, column in zip(tables, (found.verdict, found.reasons, found.line), strict=True):
                    table[fresh, number] = column
            judged[fresh] = 0
            self._tables = (tables[0], tables[1], tables[2])
            self._judged = judged


class _Aspect:
    """One aspect of reports: which of its traits no rule can tell apart, by the answers that they get."""

    def __init__(self, rules: Sequence[Rule], fields: Sequence[str], grounds: Sequence[Where]) -> None:
        self._rules, self._fields, self._grounds = rules, fields, grounds
        self._lock = Lock()
        self._mixed, self._traits = Numbers(), Numbers()
        self._answers: dict[bytes, int] = {}
        self._alike = np.zeros(0, dtype=np.int64)

    def of(self, trait: Trait, batch: Batch, places: Places) -> Codes:
        """Give n reports numbers: those with equal ones get the same answers in this aspect from every rule."""
        keys = [self._mixed.of(key) for key in trait.keys] or [np.zeros(len(batch), dtype=np.int64)]
        whole = reduce(self._mixed.of_lists, trait.lists, reduce(self._mixed.of_pairs, keys))
        traits = self._traits.of(whole)
        if not self._fields:
            return traits
        if not _all_known(self._alike, traits):
            self._ask(traits, batch, places)
        return self._alike[traits]

    def _ask(self, traits: Codes, batch: Batch, places: Places) -> None:
        with self._lock:
            alike = _grown(self._alike, len(self._traits))
            fresh, rows = _fresh(alike, traits)
            answers = self._answers_to(batch.take(rows), places.take(rows))
            alike[fresh] = [self._answers.setdefault(answer, len(self._answers)) for answer in answers]
            self._alike = alike

    def _answers_to(self, batch: Batch, places: Places) -> list[bytes]:
        """Give what all rules answer to each report, as bytes."""
        columns: list[NDArray[np.uint64]] = []
        for rule in self._rules:
            asked = conditions_of(rule, batch, places)
            for field in self._fields:
                columns += _columns(getattr(asked, field))
        for ground in self._grounds:
            columns += _columns(judge_where(ground, places))
        table = np.stack(columns, axis=1) if columns else np.zeros((len(batch), 0), dtype=np.uint64)
        return [row.tobytes() for row in table]


def _columns(answer: Answer | NDArray[np.bool_]) -> list[NDArray[np.uint64]]:
    parts = (answer.truth, answer.reasons, answer.line) if isinstance(answer, Answer) else (answer,)
    return [part.astype(np.int64).astype(np.uint64) for part in parts]


def _all_known(table: Codes, codes: Codes) -> bool:
    """Say whether a table has an entry for every code: none is past its end, and none is -1."""
    return int(codes.max(initial=-1)) < len(table) and bool((table[codes] >= 0).all())


def _fresh(table: Codes, codes: Codes) -> tuple[Codes, Codes]:
    """List the codes that a table has no entry for, and for each the first row that has it."""
    distinct, rows = np.unique(codes, return_index=True)
    new = table[distinct] < 0
    return distinct[new], rows[new]


def _grown(table: NDArray[Any], length: int) -> NDArray[Any]:
    """Copy a table, with room for so many entries; those to come are -1 (or all ones)."""
    room = np.full((length, *table.shape[1:]), -1).astype(table.dtype)
    room[: len(table)] = table
    return room

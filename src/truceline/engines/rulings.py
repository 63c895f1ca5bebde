"""Judge every kind of report once: verdicts are looked up, so that their cost hardly grows with rules and readings.

Reports that no rule can tell apart (`judge.traits`) share one verdict under each rule. The judge itself
is asked about one report of every kind that has not come before; the rest is counting and looking up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
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
from truceline.judge.traits import ASPECTS, Cuts, Trait, cuts_of, line_traits, number_keys, side_columns, traits_of
from truceline.judge.verdict import Masks, Verdicts
from truceline.plan.tables import Rule, Where, fingerprint

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
    subjects : sequence of Rule
        Further rules by whose subjects reports are told apart, for the same end.
    """

    def __init__(
        self, rules: Sequence[Rule], uncertainties: Mapping[int, float], grounds: Sequence[Where] = (),
        subjects: Sequence[Rule] = (),
    ) -> None:  # fmt: skip
        m = len(rules)
        self._rules = tuple(rules)
        self._cuts = cuts_of(rules, uncertainties, grounds)
        self._lock = Lock()
        self._lines = {line: _Alike(partial(_answers_along, line, self._cuts)) for line in uncertainties}
        self._aspects = {
            "who": _Alike(partial(_answers_to, (*rules, *subjects), ASPECTS["who"])),
            "what": _Alike(partial(_answers_to, rules, ASPECTS["what"])),
            "when": _Alike(partial(_answers_to, rules, ASPECTS["when"])),
            "where": _Alike(partial(_answers_on, _distinct(rules, grounds))),
            "number": _Alike(partial(_answers_in_number, self._cuts)),
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
        along = [self._lines[line].of(trait, batch, places) for line, trait in line_traits(places, self._cuts).items()]
        traits["where"] = Trait((*along, *traits["where"].keys))
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


Ask = Callable[[Batch, Places], list[NDArray[np.uint64]]]


class _Alike:
    """Which traits of reports no rule can tell apart: those that get the same answers to all that is asked."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._lock = Lock()
        self._mixed, self._traits = Numbers(), Numbers()
        self._answers: dict[bytes, int] = {}
        self._alike = np.zeros(0, dtype=np.int64)

    def of(self, trait: Trait, batch: Batch, places: Places) -> Codes:
        """Give n reports numbers: those with equal ones get the same answers."""
        keys = [self._mixed.of(key) for key in trait.keys] or [np.zeros(len(batch), dtype=np.int64)]
        whole = reduce(self._mixed.of_lists, trait.lists, reduce(self._mixed.of_pairs, keys))
        traits = self._traits.of(whole)
        if not _all_known(self._alike, traits):
            self._learn(traits, batch, places)
        return self._alike[traits]

    def _learn(self, traits: Codes, batch: Batch, places: Places) -> None:
        with self._lock:
            alike = _grown(self._alike, len(self._traits))
            fresh, rows = _fresh(alike, traits)
            columns = self._ask(batch.take(rows), places.take(rows))
            table = np.stack(columns, axis=1) if columns else np.zeros((len(rows), 0), dtype=np.uint64)
            alike[fresh] = [self._answers.setdefault(row.tobytes(), len(self._answers)) for row in table]
            self._alike = alike


def _answers_along(line: int, cuts: Cuts, _: Batch, places: Places) -> list[NDArray[np.uint64]]:
    """Give what is said to each report of every band along a line, and of its sides where they are asked for."""
    columns = [column for band in cuts.bands[line] for column in _columns(judge_where(band, places))]
    return [*columns, *(column.astype(np.uint64) for column in side_columns(line, places, cuts))]


def _answers_in_number(cuts: Cuts, batch: Batch, _: Places) -> list[NDArray[np.uint64]]:
    """Tell on which side of every limit the number of things lies."""
    return [number_keys(batch, cuts).astype(np.uint64)]


def _answers_on(grounds: Sequence[Where], _: Batch, places: Places) -> list[NDArray[np.uint64]]:
    """Give what is said to each report of every ground: all that a rule asks of a place."""
    return [column for ground in grounds for column in _columns(judge_where(ground, places))]


def _answers_to(
    rules: Sequence[Rule], fields: Sequence[str], batch: Batch, places: Places
) -> list[NDArray[np.uint64]]:  # fmt: skip
    """Give what all rules answer to each report in one aspect."""
    asked = [conditions_of(rule, batch, places) for rule in rules]
    return [column for conditions in asked for field in fields for column in _columns(getattr(conditions, field))]


def _distinct(rules: Sequence[Rule], more: Sequence[Where]) -> tuple[Where, ...]:
    """List the grounds of rules, and others, each once."""
    every = [*(ground for rule in rules for ground in rule.grounds), *more]
    return tuple({fingerprint(ground): ground for ground in every}.values())


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

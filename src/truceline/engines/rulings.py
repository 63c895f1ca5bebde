"""Judge every kind of report once: verdicts are looked up, so that their cost hardly grows with rules and readings.

Reports that no rule can tell apart (`judge.traits`) share one verdict under each rule. The judge itself
is asked about one report of every kind that has not come before; the rest is counting and looking up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from operator import itemgetter
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from truceline.engines.numbers import BELOW, Numbers, all_known, grown, unknown
from truceline.evidence.batch import Batch
from truceline.judge.answer import Answer
from truceline.judge.check import ASPECTS, Conditions, verdicts_of
from truceline.judge.check import Ask as RuleAsk
from truceline.judge.located import Places
from truceline.judge.places import judge_where
from truceline.judge.traits import (
    Cuts,
    Trait,
    cuts_of,
    line_traits,
    number_keys,
    side_columns,
    stretch_columns,
    traits_of,
)  # fmt: skip
from truceline.judge.verdict import Masks, Verdicts
from truceline.plan.tables import Rule, Where, fingerprint

__all__ = ["Ruled", "Rulings"]

Codes = NDArray[np.int64]
Tables = tuple[NDArray[Any], ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """n reports by kind (`kind`, shape (n,)), and what each of m rules says to each of k kinds.

    `verdict`, `reasons`, `line`, `counted` : arrays of shape (k, m), as in `Verdicts`; not every kind need be in the
    batch.
    """

    kind: Codes
    verdict: NDArray[np.int8]
    reasons: Masks
    line: NDArray[np.int16]
    counted: NDArray[np.int8]

    def verdicts(self, rule: int) -> Verdicts:
        """Write the verdicts of one rule out, report by report."""
        tables: Tables = (self.verdict, self.reasons, self.line, self.counted)
        return Verdicts(*(table[:, rule][self.kind] for table in tables))

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
        subjects: Sequence[Rule] = (), *, quick: bool = False,
    ) -> None:  # fmt: skip
        self._rules = np.array([rule.kind for rule in rules], dtype=np.int8)
        self._cuts = cuts_of(rules, uncertainties, grounds)
        self._lock = Lock()
        self._lines = {line: _Alike(partial(_answers_along, line, self._cuts), quick=quick) for line in uncertainties}
        beside = {
            "who": partial(_answers_to, subjects, ASPECTS["who"]),
            "when": partial(_answers_to, subjects, ASPECTS["when"]),
            "where": partial(_answers_on, _distinct(rules, grounds)),
            "number": partial(_answers_in_number, self._cuts),
        }
        self._aspects = {
            name: _Asked(rules, ask, beside.get(name, _nothing_more), quick=quick) for name, ask in ASPECTS.items()
        }
        self._mixed, self._kinds = Numbers(quick=quick), Numbers(quick=quick)
        self._judged = np.zeros(0, dtype=np.int64)
        m = len(rules)
        kinds = (np.int8, np.uint64, np.int16, np.int8)
        self._tables: Tables = tuple(np.zeros((0, m), kind) for kind in kinds)

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
        aspects = {name: self._aspects[name].of(trait, batch, places) for name, trait in traits.items()}
        shortest_first = sorted(aspects.values(), key=itemgetter(1))
        kind = self._kinds.of(self._mixed.joined(shortest_first, len(batch))[0])
        if not all_known(self._judged, kind):
            self._judge(kind, {name: alike for name, (alike, _) in aspects.items()})
        return Ruled(kind, *self._tables)

    @property
    def so_far(self) -> Ruled:
        """What the rules say to every kind met so far, of no report."""
        return Ruled(np.zeros(0, dtype=np.int64), *self._tables)

    def _judge(self, kind: Codes, aspects: Mapping[str, Codes]) -> None:
        """Combine what the rules answer to each aspect of every kind that is new."""
        with self._lock:
            count = len(self._kinds)  # asked once: other threads go on numbering kinds
            judged, *tables = (grown(table, count) for table in (self._judged, *self._tables))
            new, rows = unknown(judged, kind)
            if len(self._rules):
                found = self._verdicts({name: alike[rows] for name, alike in aspects.items()})
                said_of_all = (found.verdict, found.reasons, found.line, found.counted)
                for table, said in zip(tables, said_of_all, strict=True):
                    table[new] = said
            judged[new] = 0
            self._tables = tuple(tables)
            self._judged = judged

    def _verdicts(self, aspects: Mapping[str, Codes]) -> Verdicts:
        answers = {}
        for name, kinds in aspects.items():
            answers.update(self._aspects[name].answers(kinds))
        return verdicts_of(self._rules, Conditions(**answers))


Parts = list[NDArray[Any]]
Ask = Callable[[Batch, Places], Parts]
"""What is said to each of n reports: arrays of shape (n,) or (n, m)."""


class _Alike:
    """Which traits of reports no rule can tell apart: those that get the same answers to all that is asked."""

    def __init__(self, ask: Ask, *, quick: bool) -> None:
        self._ask = ask
        self._lock = Lock()
        self._mixed, self._traits = Numbers(quick=quick), Numbers(quick=quick)
        self._known: dict[bytes, int] = {}
        self._alike = np.zeros(0, dtype=np.int64)

    def of(self, trait: Trait, batch: Batch, places: Places) -> tuple[Codes, int]:
        """Give n reports numbers, below a number: those with equal ones get the same answers."""
        whole, below = self._mixed.joined(trait.keys, len(batch))
        if trait.lists:
            whole = reduce(self._mixed.of_lists, trait.lists, self._mixed.short((whole, below))[0])
            below = BELOW
        traits = self._traits.of(whole)
        if not all_known(self._alike, traits):
            self._learn(traits, batch, places)
        return self._alike[traits], min(below, BELOW)

    def _learn(self, traits: Codes, batch: Batch, places: Places) -> None:
        with self._lock:
            alike = grown(self._alike, len(self._traits))
            new, rows = unknown(alike, traits)
            alike[new] = self._numbered(batch.take(rows), places.take(rows))
            self._alike = alike

    def _numbered(self, batch: Batch, places: Places) -> list[int]:
        """Give the answers to n reports their numbers; one thread at a time."""
        return self._numbers_of(self._ask(batch, places), len(batch))

    def _numbers_of(self, parts: Parts, n: int) -> list[int]:
        rows = np.concatenate([np.zeros((n, 0), np.uint8), *(_bytes(part) for part in parts)], axis=1)
        return [self._known.setdefault(row.tobytes(), len(self._known)) for row in rows]


class _Asked(_Alike):
    """What all rules answer to one aspect of reports: kept for every kind of it, shape (kinds, rules)."""

    def __init__(self, rules: Sequence[Rule], ask: RuleAsk, more: Ask, *, quick: bool) -> None:
        super().__init__(more, quick=quick)
        self._rules, self._rule_ask = rules, ask
        self._answers: dict[str, Answer] = {}

    def answers(self, kinds: Codes) -> dict[str, Answer]:
        """Give every condition of this aspect for n kinds of it, shape (n, rules)."""
        return {
            name: Answer(one.truth[kinds], one.reasons[kinds], one.line[kinds]) for name, one in self._answers.items()
        }

    def _numbered(self, batch: Batch, places: Places) -> list[int]:
        if not self._rules:
            return super()._numbered(batch, places)
        asked = [self._rule_ask(rule, batch, places) for rule in self._rules]
        said = {name: _side_by_side([one[name] for one in asked]) for name in asked[0]}
        parts = [part for one in said.values() for part in (one.truth, one.reasons, one.line)]
        numbers = self._numbers_of([*parts, *self._ask(batch, places)], len(batch))
        self._answers = {name: self._with(name, one, numbers) for name, one in said.items()}
        return numbers

    def _with(self, name: str, said: Answer, numbers: list[int]) -> Answer:
        """Enter the answers of n kinds at their numbers, beside those that are known."""
        known = self._answers.get(name, Answer(said.truth[:0], said.reasons[:0], said.line[:0]))
        whole = Answer(*(grown(table, len(self._known)) for table in (known.truth, known.reasons, known.line)))
        whole.truth[numbers], whole.reasons[numbers], whole.line[numbers] = said.truth, said.reasons, said.line
        return whole


def _side_by_side(answers: Sequence[Answer]) -> Answer:
    """Put the answers of m rules to n reports into columns, shape (n, m)."""
    truth, reasons, line = (
        np.stack([getattr(one, part) for one in answers], axis=1) for part in ("truth", "reasons", "line")
    )
    return Answer(truth, reasons, line)


def _bytes(part: NDArray[Any]) -> NDArray[np.uint8]:
    """Look at what stands in each of n rows as bytes."""
    row = part.itemsize * int(np.prod(part.shape[1:], dtype=np.int64))
    return np.ascontiguousarray(part).reshape(-1).view(np.uint8).reshape(len(part), row)


def _nothing_more(_: Batch, __: Places) -> Parts:
    return []


def _answers_along(line: int, cuts: Cuts, _: Batch, places: Places) -> Parts:
    """Give what is said to each report of every band along a line, and of its sides and parts where they are asked."""
    parts = [part for band in cuts.bands[line] for part in _parts(judge_where(band, places))]
    return [*parts, *side_columns(line, places, cuts), *stretch_columns(line, places, cuts)]


def _answers_in_number(cuts: Cuts, batch: Batch, _: Places) -> Parts:
    """Tell on which side of every limit the number of things lies."""
    return [number_keys(batch, cuts)]


def _answers_on(grounds: Sequence[Where], _: Batch, places: Places) -> Parts:
    """Give what is said to each report of every ground: all that a rule asks of a place."""
    return [part for ground in grounds for part in _parts(judge_where(ground, places))]


def _answers_to(rules: Sequence[Rule], ask: RuleAsk, batch: Batch, places: Places) -> Parts:
    """Give what all rules answer to each report in one aspect."""
    asked = [one for rule in rules for one in ask(rule, batch, places).values()]
    return [part for one in asked for part in _parts(one)]


def _parts(answer: Answer) -> Parts:
    return [answer.truth, answer.reasons, answer.line]


def _distinct(rules: Sequence[Rule], more: Sequence[Where]) -> tuple[Where, ...]:
    """List the grounds of rules, and others, each once."""
    every = [*(ground for rule in rules for ground in rule.grounds), *more]
    return tuple({fingerprint(ground): ground for ground in every}.values())

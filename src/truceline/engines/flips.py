"""Which verdicts differ between two texts, and the fields that decide: counted batch by batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from truceline.engines.local import Checked
from truceline.engines.pairing import ONE, OTHER, Pair
from truceline.engines.rulings import Ruled
from truceline.judge.check import judge
from truceline.judge.divergence import FIELDS, deciding_fields
from truceline.judge.reasons import bit
from truceline.judge.verdict import VERDICTS
from truceline.plan.tables import Rule, fingerprint

__all__ = ["ROWS_SCHEMA", "Flip", "Flips", "Meeting"]

_WORD = pa.dictionary(pa.int32(), pa.string())
ROWS_SCHEMA = pa.schema([
    ("report", pa.string()), ("provision", _WORD), ("verdict_a", _WORD), ("verdict_b", _WORD), ("fields", pa.string()),
])  # fmt: skip
"""One row per report and provision that both texts have; `fields` joins those that decide by ``;``."""
EXAMPLES = 3
"""Reports that are named for each flip: those whose ids come first."""
Codes = NDArray[np.int64]


Verdicts = tuple[str, str]
"""The verdict under the one and under the other; empty where there is no such clause."""
Example = tuple[str, bool]
"""The id of a report, and whether it is protected."""


@dataclass(frozen=True, slots=True)
class Flip:
    """How many reports have one verdict under the one and one under the other, which may be the same.

    `fields` counts them by the sets of fields that decide, the most frequent first. `blind` counts those of data sets
    that have no power to show the act under one of them. `examples` are the few whose ids come first.
    """

    count: int
    blind: int
    fields: tuple[tuple[tuple[str, ...], int], ...]
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """What two texts say of all reports under one clause, by (verdict, verdict): what differs first."""

    provision: str
    flips: Mapping[Verdicts, Flip]

    @property
    def differ(self) -> int:
        """How many reports have another verdict; none where only one text has the clause."""
        return sum(flip.count for (one, other), flip in self.flips.items() if one != other and one and other)


class Flips:
    """Counts the verdicts that differ, batch by batch; memory follows clauses and kinds of reports, not the file.

    Parameters
    ----------
    pair : Pair
    write : callable, optional
        Takes rows of `ROWS_SCHEMA`, in the order of the reports.
    only : bool
        Write only the rows that differ.
    """

    def __init__(
        self, pair: Pair, write: Callable[[pa.RecordBatch], None] | None = None, *, only: bool = False
    ) -> None:
        self._pair, self._write, self._only = pair, write, only
        self._rules = pair.setup.judged
        self._often: Codes = np.zeros(0, dtype=np.int64)
        self._decided: dict[tuple[int, int], tuple[str, ...]] = {}
        self._examples: dict[tuple[int, int, int], list[Example]] = {}

    @property
    def reports(self) -> int:
        """How many reports were compared."""
        return int(self._often.sum())

    def look(self, checked: Checked) -> None:
        """Take in a batch of `Pair.setup`, judged."""
        more = checked.ruled.counts()
        often = np.zeros(max(len(more), len(self._often)), dtype=np.int64)
        often[: len(self._often)] += self._often
        often[: len(more)] += more
        self._often = often
        there = np.flatnonzero(more)
        rows = []
        for rule in self._rules:
            said = self._said(rule, checked.ruled)
            if not (said < 0).any():
                apart = there[said[0, there] != said[1, there]]
                self._decide(checked, rule, apart, said)
                self._name(checked, rule, apart, said)
                rows += [self._rows(checked, rule, apart, said)] if self._write is not None else []
        self._put(rows)

    @property
    def meetings(self) -> tuple[Meeting, ...]:
        """What was found, clause by clause."""
        ruled, book = self._pair.setup.rulings.so_far, self._pair.setup.book
        return tuple(Meeting(str(book.rules[rule]), dict(self._flips(rule, ruled))) for rule in self._rules)

    def _flips(self, rule: int, ruled: Ruled) -> Iterator[tuple[Verdicts, Flip]]:
        """Count what came of one clause, by the verdicts of both: what differs first, violations before all else."""
        said, blind = self._said(rule, ruled), self._blind(rule, ruled)
        there = np.flatnonzero(self._often)
        codes = {(int(one), int(other)) for one, other in said[:, there].T}
        for one, other in sorted(codes, key=lambda pair: (pair[0] == pair[1], -pair[0], -pair[1])):
            kinds = there[(said[0, there] == one) & (said[1, there] == other)]
            often = self._often[kinds]
            fields: Counter[tuple[str, ...]] = Counter()
            for kind, count in zip(kinds.tolist(), often.tolist(), strict=True):
                if one != other and (rule, kind) in self._decided:
                    fields[self._decided[rule, kind]] += count
            counts = tuple(sorted(fields.items(), key=lambda each: (-each[1], each[0])))
            named = tuple(self._examples.get((rule, one, other), ()))
            yield (_word(one), _word(other)), Flip(int(often.sum()), int(often[blind[kinds]].sum()), counts, named)

    def _numbers(self, rule: int) -> list[int | None]:
        return [self._pair.setup.pairs.get((rule, name)) for name in (ONE, OTHER)]

    def _said(self, rule: int, ruled: Ruled) -> NDArray[np.int8]:
        """Give the verdicts of both on every kind, shape (2, kinds); -1 where one has no such clause."""
        missing = np.full(len(ruled.verdict), -1, dtype=np.int8)
        found = [missing if number is None else ruled.verdict[:, number] for number in self._numbers(rule)]
        return np.stack(found)

    def _blind(self, rule: int, ruled: Ruled) -> NDArray[np.bool_]:
        numbers = [number for number in self._numbers(rule) if number is not None]
        return np.asarray((ruled.reasons[:, numbers] == bit("source_cannot_show")).any(axis=1))

    def _decide(self, checked: Checked, rule: int, apart: Codes, said: NDArray[np.int8]) -> None:
        """Find what decides about kinds of reports that were not met before."""
        fresh = np.array([kind for kind in apart.tolist() if (rule, kind) not in self._decided], dtype=np.int64)
        rules = [one for one in self._pair.rules(rule) if one is not None]
        if not len(fresh):
            return
        rows = checked.ruled.samples()[fresh]
        batch, places = checked.batch.take(rows), checked.places.take(rows)
        known: dict[str, NDArray[np.int8]] = {}

        def judged(one: Rule, wanted: Codes) -> NDArray[np.int8]:
            key = fingerprint(one)
            if key not in known:
                known[key] = judge(one, batch, places).verdict
            return known[key][wanted]

        found = deciding_fields(rules, said[:, fresh], np.arange(len(fresh)), judged)
        self._decided |= {
            (rule, kind): tuple(one for one in FIELDS if one in fields)
            for kind, fields in zip(fresh.tolist(), found, strict=True)
        }

    def _name(self, checked: Checked, rule: int, apart: Codes, said: NDArray[np.int8]) -> None:
        """Keep a few reports of every flip: those whose ids come first, whatever the order in which they come."""
        for one, other in {(int(one), int(other)) for one, other in said[:, apart].T}:
            mine = apart[(said[0, apart] == one) & (said[1, apart] == other)]
            rows = np.flatnonzero(np.isin(checked.ruled.kind, mine))
            ids = checked.report_ids.take(pa.array(rows))
            first = pc.select_k_unstable(ids, EXAMPLES, [("", "ascending")])
            hidden = checked.hidden[rows[first.to_numpy()]].tolist()
            known = self._examples.setdefault((rule, one, other), [])
            known[:] = sorted({*known, *zip(ids.take(first).to_pylist(), hidden, strict=True)})[:EXAMPLES]

    def _rows(self, checked: Checked, rule: int, apart: Codes, said: NDArray[np.int8]) -> tuple[Codes, pa.RecordBatch]:
        """Make the rows of one clause, with the number of the report of each."""
        kind = checked.ruled.kind
        rows = np.flatnonzero(np.isin(kind, apart)) if self._only else np.arange(len(kind))
        words = np.full(len(said[0]), "", dtype=object)
        words[apart] = [";".join(self._decided[rule, one]) for one in apart.tolist()]
        fields = np.where(checked.hidden[rows], "", words[kind[rows]])
        verdicts = [_coded(each[kind[rows]], VERDICTS) for each in said]
        name = _coded(np.zeros(len(rows), dtype=np.int8), (str(self._pair.setup.book.rules[rule]),))
        columns = [checked.report_ids.take(pa.array(rows)), name, *verdicts, pa.array(fields, pa.string())]
        return rows, pa.RecordBatch.from_arrays(columns, schema=ROWS_SCHEMA)

    def _put(self, rows: Sequence[tuple[Codes, pa.RecordBatch]]) -> None:
        """Write the rows of all clauses, report by report."""
        if self._write is None or not rows:
            return
        order = np.argsort(np.concatenate([at for at, _ in rows]), kind="stable")
        whole = pa.Table.from_batches([batch for _, batch in rows], schema=ROWS_SCHEMA).unify_dictionaries()
        for batch in whole.combine_chunks().take(pa.array(order)).combine_chunks().to_batches():
            self._write(batch)


def _coded(codes: NDArray[np.int8], words: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(words))


def _word(verdict: int) -> str:
    return VERDICTS[verdict] if verdict >= 0 else ""

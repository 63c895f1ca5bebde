"""Proposals of duplicates in a table of reports, beside what people have decided about them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from truceline.engines.coding import coded, protected
from truceline.evidence.duplicates import Proposals, propose
from truceline.evidence.judgement import Grouping, Judgement, grouped, known
from truceline.plan.codebook import Codebook, folded

__all__ = ["Pair", "Proposed", "proposed"]

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports that may be of one incident: their rows and ids, and why; no reasons where one is protected."""

    rows: tuple[int, int]
    one: str
    other: str
    reasons: tuple[str, ...]
    protected: bool

    @property
    def named(self) -> tuple[tuple[str, int], tuple[str, int]]:
        """Both reports: the id and the row of each."""
        return (self.one, self.rows[0]), (self.other, self.rows[1])


@dataclass(frozen=True, slots=True)
class Proposed:
    """What is proposed for n reports, and what was decided before.

    `reports` : the table. `hidden` : its protected rows: two distances would give their places away.
    `proposals` : all pairs, decided or not. `open` : the numbers of those that nobody has decided, first those for
    which most speaks, and among them the most exact ones. `decided` : how many are left out.
    `grouping` : what was judged to be one, and what is contested.
    """

    reports: pa.Table
    hidden: NDArray[np.bool_]
    proposals: Proposals
    open: Ints
    decided: int
    grouping: Grouping

    def __len__(self) -> int:
        """Count the open pairs."""
        return len(self.open)

    def pair(self, number: int) -> Pair:
        """Give one of the open pairs, counted from 0."""
        return self.pairs(number, number + 1)[0]

    def pairs(self, begin: int, end: int) -> list[Pair]:
        """Give some of the open pairs, counted from 0, without the last."""
        places = self.open[begin:end]
        first, second = self.proposals.first[places], self.proposals.second[places]
        hidden = self.hidden[first] | self.hidden[second]
        found = zip(
            places.tolist(), first.tolist(), second.tolist(), self.ids(first), self.ids(second), hidden.tolist(),
            strict=True,
        )  # fmt: skip
        return [
            Pair((one, other), name, its_name, () if protected else self.proposals.reasons(place), protected)
            for place, one, other, name, its_name, protected in found
        ]

    def ids(self, rows: Ints) -> list[str]:
        """Give the ids of some rows."""
        ids: list[str] = self.reports["report"].take(pa.array(rows)).to_pylist()
        return ids


def proposed(
    reports: pa.Table, judgements: Iterable[Judgement] = (), *, widest_m: float = 30_000.0,
    longest_us: int = 31 * 86_400_000_000,
) -> Proposed:  # fmt: skip
    """Propose the pairs of reports that may be of one incident, and that nobody has decided yet.

    Parameters
    ----------
    reports : pyarrow.Table
        The columns of `evidence.columns`; ids stand once.
    judgements : iterable of Judgement
        A pair is decided where a judgement on it stands, or where it was joined through others.
    widest_m, longest_us : float, int
        As `propose` takes them.

    Returns
    -------
    Proposed
        Nothing is merged, in any case.

    Examples
    --------
    See tests/engines/test_duplicating.py.
    """
    said = tuple(judgements)
    found = propose(coded(reports, _everybody(reports), {}), widest_m=widest_m, longest_us=longest_us)
    grouping = grouped(said)
    settled = _settled(reports, said, grouping)
    count = max(reports.num_rows, 1)
    is_open = ~np.isin(found.first * count + found.second, settled)
    order = np.lexsort((found.second, found.first, found.apart_m, found.reach_m, -_signs(found)))
    left = order[is_open[order]]
    return Proposed(reports, protected(reports), found, left, len(found) - len(left), grouping)


def _signs(found: Proposals) -> Ints:
    """Count what speaks for each pair: the same act, an actor in common, the same doer."""
    return found.same_act.astype(np.int64) + found.same_actor + found.same_doer


def _settled(reports: pa.Table, said: Iterable[Judgement], grouping: Grouping) -> Ints:
    """Find the pairs of rows that were judged, or were joined through others, as numbers ``first * n + second``."""
    judged = [pair for each in known(said) if each.kind in ("same", "not_same") for pair in each.pairs]
    joined = [pair for group in grouping.groups for pair in combinations(group, 2)]
    names = dict.fromkeys(name for pair in (*judged, *joined) for name in pair)
    ids = reports["report"].cast(pa.string()).combine_chunks()
    places = pc.index_in(pa.array(list(names), pa.string()), ids).to_pylist()
    row = dict(zip(names, places, strict=True))
    pairs = [(row[one], row[other]) for one, other in dict.fromkeys((*judged, *joined))]
    there = [(min(pair), max(pair)) for pair in pairs if None not in pair]
    return np.array([first * reports.num_rows + second for first, second in there], dtype=np.int64)


def _everybody(reports: pa.Table) -> Codebook:
    """Give an id to every actor that is named: without an agreement each name is somebody."""
    names: dict[str, str] = {}
    for column in ("by", "involved"):
        if column in reports.column_names:
            for word in pc.unique(pc.list_flatten(reports[column])).to_pylist():
                names.setdefault(folded(word or ""), word)
    names.pop("", None)
    return Codebook(tuple(names), {name: name for name in names}, (), (), ())

"""The curves of the page: the sweep with its bounds, and every distance that somebody named."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from truceline.basics.quantity import MILE
from truceline.engines.local import Checked
from truceline.engines.outlines import bands_of
from truceline.engines.sweeping import EVERYONE, SweepOptions, counted, placed
from truceline.evidence.batch import Batch
from truceline.evidence.datasets import DATASETS
from truceline.judge.places import Places
from truceline.judge.sweep import reach_of
from truceline.plan.compile import TEXT
from truceline.plan.tables import Rule
from truceline.publish.clauses import names_of, party_title
from truceline.publish.ground import whole
from truceline.terms.model import Document
from truceline.terms.wording import where_words

__all__ = ["SWEEP_DISTANCES_M", "rivals", "short_span", "sweeps"]

SWEEP_DISTANCES_M = tuple(half * MILE / 2 for half in range(1, 126))
"""Half a mile to 62.5 miles (100 km), every half mile; the distances that somebody names come between them."""


def sweeps(checked: Checked) -> Iterator[dict[str, Any]]:
    """Give the sweep of every line and set: bounds, and the count that forgets uncertainty.

    Where reports of several data sets are on the page, each data set has curves of its own, the
    largest first: a count of deaths and a claim in the press do not add up to one number.
    """
    text = checked.setup.agreement.under(None)
    data = checked.reports.column("dataset").to_pylist()
    names = [name for name, _ in Counter(name for name in data if name).most_common()]
    points, steps = placed(checked.setup, checked.reports, as_points=True), _distances(checked)
    for name in names if len(names) > 1 else ():
        title = DATASETS[name].title if name in DATASETS else name
        mine = np.flatnonzero([one == name for one in data])
        yield from _curves(checked, mine, points, steps, {EVERYONE: f"reports of {title}"}, name)
    titles = {name: _set_title(name, text) for name in (EVERYONE, *text.sets)}
    yield from _curves(checked, np.arange(len(data)), points, steps, titles)


def _curves(
    checked: Checked,
    mine: NDArray[np.int64],
    sharp: tuple[Batch, Places],
    steps: tuple[float, ...],
    titles: Mapping[str, str],
    data: str | None = None,
) -> Iterator[dict[str, Any]]:
    """Sweep some of the reports, once with what is known of their places and once as points."""
    setup, options = checked.setup, SweepOptions(steps, sets=tuple(titles), both_sides=True)
    naive = counted(setup, sharp[0].take(mine), sharp[1].take(mine), replace(options, as_points=True)).to_pylist()
    points = {(row["line"], row["set"], row["distance_m"]): row["possible"] for row in naive}
    curves: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in counted(setup, checked.batch.take(mine), checked.places.take(mine), options).to_pylist():
        curves.setdefault((row["line"], row["set"]), []).append(row)
    for (line, name), rows in curves.items():
        yield {
            "line": line, "set": data or name, "set_title": titles[name], "month": None,
            "distance_m": [round(row["distance_m"], 3) for row in rows],
            "sure": [row["sure"] for row in rows], "possible": [row["possible"] for row in rows],
            "as_points": [points[line, name, row["distance_m"]] for row in rows],
            **({"rows": _sweep_rows(checked, line, mine)} if name == EVERYONE else {}),
        }  # fmt: skip


def _sweep_rows(checked: Checked, line: str, mine: NDArray[np.int64]) -> dict[str, Any]:
    offsets = checked.places.lines[checked.setup.book.lines.index(line)]
    if offsets is None:
        return {"report": [], "sure_from_m": [], "possible_from_m": []}
    reach = reach_of(offsets, both_sides=True)
    rows = mine[~(checked.places.unplaced | checked.hidden)[mine] & (reach.possible[mine] < SWEEP_DISTANCES_M[-1])]
    return {
        "report": rows.tolist(),
        "sure_from_m": [whole(value) for value in reach.sure[rows].tolist()],
        "possible_from_m": [whole(value) for value in reach.possible[rows].tolist()],
    }


def _distances(checked: Checked) -> tuple[float, ...]:
    """Give the steps of the curves, so that each distance that somebody names is one of them."""
    named = {rival[bound] for rival in rivals(checked) for bound in ("lo_m", "hi_m")}
    within = {far for far in named if SWEEP_DISTANCES_M[0] < far < SWEEP_DISTANCES_M[-1]}
    return tuple(sorted({*SWEEP_DISTANCES_M, *within}))


def rivals(checked: Checked) -> Iterator[dict[str, Any]]:
    """List every distance that a reading or a demand names, with its speaker."""
    setup, text = checked.setup, checked.setup.agreement.under(None)
    seen: set[tuple[str, str | None, float, float]] = set()
    for reading, plan in zip(setup.readings, setup.plans, strict=True):
        held = setup.agreement.under(None if reading == TEXT else reading)
        speaker = party_title(held.readings[reading].holder, text) if reading != TEXT else "the text"
        source = next(iter(names_of(held.readings[reading].source)), None) if reading != TEXT else None
        for rule in plan.rules:
            name = setup.book.rules[rule.rule].provision
            words = where_words(held.provisions[name].where, held)
            for mark in _marks(rule, checked):
                key = (reading, mark["line"], mark["lo_m"], mark["hi_m"])
                if key not in seen:
                    seen.add(key)
                    title = held.readings[reading].title if reading != TEXT else None
                    yield {**mark, "id": reading, "title": title, "label": _label(speaker, mark), "speaker": speaker,
                           "words": words, "kind": "reading", "source": source}  # fmt: skip
    for name, rule in setup.demands.items():
        demand = text.demands[name]
        speaker = party_title(demand.by, text)
        for mark in _marks(rule, checked):
            words = where_words(demand.where, text)
            yield {**mark, "id": name, "title": None, "label": _label(speaker, mark), "speaker": speaker,
                   "words": words, "kind": "demand", "source": next(iter(names_of(demand.source)), None)}  # fmt: skip


def _label(speaker: str, mark: Mapping[str, Any]) -> str:
    return f"{speaker}, {short_span(mark['lo_m'], mark['hi_m'])}"


def short_span(low_m: float, high_m: float) -> str:
    """Write a distance shortly, in the unit in which it is round; kilometres where it is round in neither.

    >>> short_span(5000.0, 30000.0), short_span(3 * MILE, 19 * MILE), short_span(20 * MILE, 20 * MILE)
    ('5\u201330 km', '3\u201319 mi', '20 mi')
    >>> short_span(29_500.0, 30_500.0)
    '29.5\u201330.5 km'
    """
    bounds = [low_m] if low_m == high_m else [low_m, high_m]
    unit, name = next(
        ((unit, name) for unit, name in ((1000.0, "km"), (MILE, "mi")) if all(_is_round(b / unit) for b in bounds)),
        (1000.0, "km"),
    )
    return "\u2013".join(f"{round(bound / unit, 1):g}" for bound in bounds) + f" {name}"


def _is_round(value: float) -> bool:
    return abs(2 * value - round(2 * value)) < 1e-6


def _marks(rule: Rule, checked: Checked) -> Iterator[dict[str, Any]]:
    """Find the distances that a rule names; from a line without a published course they stand on no curve."""
    for band in bands_of(rule.where):
        far = band.depth.far
        if math.isfinite(far.hi) and far.hi > 0 and band.depth.gap is None:
            charted = checked.setup.atlas.lines[band.line] is not None
            line = checked.setup.book.lines[band.line] if charted else None
            yield {"lo_m": far.lo, "hi_m": far.hi, "line": line}


def _set_title(name: str, text: Document) -> str:
    return "all reports" if name == EVERYONE else f"reports that name {text.sets[name].title or name.replace('_', ' ')}"

"""The curves of the page: the sweep with its bounds, and every distance that somebody named."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from truceline.engines.local import Checked
from truceline.engines.outlines import bands_of
from truceline.engines.sweeping import EVERYONE, SweepOptions, sweep
from truceline.judge.sweep import reach_of
from truceline.plan.compile import TEXT
from truceline.plan.tables import Rule
from truceline.publish.clauses import names_of, party_title
from truceline.publish.ground import whole
from truceline.terms.model import Document
from truceline.terms.wording import where_words

__all__ = ["SWEEP_DISTANCES_M", "rivals", "sweeps"]

MILE = 1609.344
SWEEP_DISTANCES_M = tuple(half * MILE / 2 for half in range(1, 126))
"""Half a mile to 62.5 miles (100 km), every half mile."""


def sweeps(checked: Checked) -> Iterator[dict[str, Any]]:
    """Give the sweep of every line and set: bounds, and the count that forgets uncertainty."""
    setup, text = checked.setup, checked.setup.agreement.under(None)
    sets = (EVERYONE, *text.sets)
    options = SweepOptions(SWEEP_DISTANCES_M, sets=sets, both_sides=True)
    bounds = sweep(setup, checked.reports, options).to_pylist()
    naive = sweep(setup, checked.reports, SweepOptions(SWEEP_DISTANCES_M, sets=sets, both_sides=True, as_points=True))
    points = {(row["line"], row["set"], row["distance_m"]): row["possible"] for row in naive.to_pylist()}
    curves: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in bounds:
        curves.setdefault((row["line"], row["set"]), []).append(row)
    for (line, name), rows in curves.items():
        yield {
            "line": line, "set": name, "set_title": _set_title(name, text), "month": None,
            "distance_m": [round(row["distance_m"], 3) for row in rows],
            "sure": [row["sure"] for row in rows], "possible": [row["possible"] for row in rows],
            "as_points": [points[line, name, row["distance_m"]] for row in rows],
            **({"rows": _sweep_rows(checked, line)} if name == EVERYONE else {}),
        }  # fmt: skip


def _sweep_rows(checked: Checked, line: str) -> dict[str, Any]:
    offsets = checked.places.lines[checked.setup.book.lines.index(line)]
    if offsets is None:
        return {"report": [], "sure_from_m": [], "possible_from_m": []}
    reach = reach_of(offsets, both_sides=True)
    rows = np.flatnonzero(~checked.places.unplaced & (reach.possible < SWEEP_DISTANCES_M[-1]))
    return {
        "report": rows.tolist(),
        "sure_from_m": [whole(value) for value in reach.sure[rows].tolist()],
        "possible_from_m": [whole(value) for value in reach.possible[rows].tolist()],
    }


def rivals(checked: Checked) -> Iterator[dict[str, Any]]:
    """List every distance that a reading or a demand names, with its speaker."""
    setup, text = checked.setup, checked.setup.agreement.under(None)
    seen: set[tuple[str, float, float]] = set()
    for reading, plan in zip(setup.readings, setup.plans, strict=True):
        held = setup.agreement.under(None if reading == TEXT else reading)
        speaker = party_title(held.readings[reading].holder, text) if reading != TEXT else "the text"
        source = next(iter(names_of(held.readings[reading].source)), None) if reading != TEXT else None
        for rule in plan.rules:
            name = setup.book.rules[rule.rule].provision
            words = where_words(held.provisions[name].where, held)
            for mark in _marks(rule, checked):
                key = (reading, mark["lo_m"], mark["hi_m"])
                if key not in seen:
                    seen.add(key)
                    yield {**mark, "label": reading, "speaker": speaker, "words": words, "kind": "reading",
                           "source": source}  # fmt: skip
    for name, rule in setup.demands.items():
        demand = text.demands[name]
        for mark in _marks(rule, checked):
            words = where_words(demand.where, text)
            yield {**mark, "label": name, "speaker": party_title(demand.by, text), "words": words,
                   "kind": "demand", "source": next(iter(names_of(demand.source)), None)}  # fmt: skip


def _marks(rule: Rule, checked: Checked) -> Iterator[dict[str, Any]]:
    for band in bands_of(rule.where):
        far = band.depth.far
        charted = checked.setup.atlas.lines[band.line] is not None
        if math.isfinite(far.hi) and far.hi > 0:
            yield {"lo_m": far.lo, "hi_m": far.hi, "line": checked.setup.book.lines[band.line] if charted else None}


def _set_title(name: str, text: Document) -> str:
    return "all reports" if name == EVERYONE else f"reports that name {text.sets[name].title or name.replace('_', ' ')}"

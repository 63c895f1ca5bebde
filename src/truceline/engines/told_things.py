"""What a report shows of a weapon, told beside the kinds, makes and sizes that a rule speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from truceline.engines.figures import number
from truceline.engines.local import Checked
from truceline.evidence.kinds import KINDS
from truceline.judge.things import Shown, clashes_of, judge_things, shown_by
from truceline.plan.tables import What
from truceline.plan.things import Words
from truceline.plan.weapons import Sort
from truceline.terms.model import Document, Provision
from truceline.terms.names import folded
from truceline.terms.sources import chains_of
from truceline.terms.thing_references import makes_of
from truceline.terms.thing_words import make_words, selector_words
from truceline.terms.things import Selector, Thing, selectors_in

__all__ = ["thing_facts"]

FITS = {1: "yes", 0: "cannot be told", -1: "no"}
UNKNOWN = "which the terms do not list"
MOST = 100
"""Selectors that are told one by one."""


def thing_facts(what: What, provision: Provision, text: Document, checked: Checked) -> Iterator[str]:
    """Tell what the report says of the weapon, what the terms know of its make, and which selectors it fits."""
    yield from _shown(text, checked, sized=what.by_more_than_kind)
    if not what.by_more_than_kind and not any(isinstance(thing, Sort) for thing in what.things):
        return
    yield from _held(what, checked)
    known = Words(text, checked.setup.book)
    for place, selector in islice(_asked(provision.what, text, known), MOST):
        answer = judge_things((known.thing(selector),), what.makes, checked.batch)
        yield f"{place}{selector_words(selector, text)}: {FITS[int(answer.truth[0])]}"


def _shown(text: Document, checked: Checked, *, sized: bool) -> Iterator[str]:
    thing, make = (_stated(name, checked) for name in ("thing", "model"))
    if thing:
        kind = KINDS.get(thing)
        yield f"the weapon or object: {thing}{f' ({kind.means})' if kind else ''}"
    if sized:
        calibre, reach = _size(checked.batch.calibre_mm, 1.0, "mm"), _size(checked.batch.range_m, 1e3, "km")
        yield f"its calibre in the report: {calibre}; its range: {reach}"
    if make and text.models:
        name = makes_of(text).get(folded(make))
        yield f'its make: "{make}", {f"in the terms {make_words(name, text.models[name])}" if name else UNKNOWN}'
        yield from (f"source of that: {source}" for source in chains_of(text, text.models[name].source if name else ()))


def _held(what: What, checked: Checked) -> Iterator[str]:
    """Say as what the thing is held against the selectors: as the report and the terms together have it."""
    known, clash, stated = shown_by(checked.batch, what.makes)
    if clash[0]:
        mixed = ", or a mix of the two" if clashes_of(known, stated).sum() > 1 else ""
        yield f"report and terms contradict each other: either {_as(known)}, or {_as(stated)}{mixed}"
    else:
        yield f"so it is held against the rule as {_as(known)}"


def _as(shown: Shown) -> str:
    kinds = dict.fromkeys(tuple(KINDS)[kind] for kind in (int(shown.kind[0]), int(shown.other[0])) if kind >= 0)
    kind = " and ".join(name.replace("_", " ") for name in kinds) or "something of unknown kind"
    return f"{kind}, calibre {_between(shown.calibre, 1.0, 'mm')}, range {_between(shown.range, 1e3, 'km')}"


def _between(sizes: NDArray[np.float64], unit: float, name: str) -> str:
    low, high = (float(one) / unit for one in sizes[0])
    if np.isinf(low) and np.isinf(high):
        return "unknown"
    bounds = dict.fromkeys(number(one, 6) for one in (low, high) if np.isfinite(one))
    words = f"{' to '.join(bounds)} {name}"
    return f"{words} or more" if np.isinf(high) else words


def _size(values: NDArray[np.float64], unit: float, name: str) -> str:
    return "not stated" if np.isnan(values[0]) else f"{number(float(values[0]) / unit, 6)} {name}"


def _stated(name: str, checked: Checked) -> Any:
    return checked.reports.column(name)[0].as_py() if name in checked.reports.column_names else None


def _asked(what: Any, text: Document, known: Words) -> Iterator[tuple[str, Selector]]:
    """List the selectors of a sentence, and those that its classes are made of and leave out, each once."""
    waiting: list[tuple[str, Any]] = [("", what)]
    seen: set[str] = set()
    while waiting:
        name, whole = waiting.pop(0)
        meant = whole.any if isinstance(whole, Thing) else whole
        left_out = whole.but_not if isinstance(whole, Thing) else None
        roles = ((f"of {name}: " if name else "", meant), (f"left out of {name}: " if name else "left out: ", left_out))
        for place, selector in ((place, one) for place, parts in roles for one in selectors_in(parts)):
            if isinstance(selector, str) and not known.has(selector):
                continue
            yield place, selector
            word = selector if isinstance(selector, str) else next(iter(selector))
            if word in text.things and word not in seen:
                seen.add(word)
                waiting.append((selector_words(word, text), text.things[word]))

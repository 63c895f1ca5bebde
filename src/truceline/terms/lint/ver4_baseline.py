"""VER-4 baseline: a change is promised, and nothing to compare with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from truceline.terms.lint.rule import Remark, Rule, in_every_text
from truceline.terms.model import Document

__all__ = ["RULE"]

_FIX = "agree on a count and the day of it: 'baseline: 1200 persons on 2031-03-01, counted by ...'"


def _find(text: Document) -> Iterator[Remark]:
    for name, clause in text.provisions.items():
        if clause.trend is None:
            continue
        change = "a reduction" if clause.trend == "down" else "no increase"
        if clause.baseline is None:
            what = f"'{name}' asks for {change} and names no baseline: no count and no day to compare with"
            yield Remark(f"provisions.{name}.trend", what, _FIX)
        elif isinstance(clause.baseline, str) and not re.search("[0-9]", clause.baseline):
            what = f"'{name}' asks for {change} against '{clause.baseline}', which is neither a count nor a day"
            yield Remark(f"provisions.{name}.baseline", what, _FIX)


RULE = Rule(
    "VER-4",
    "baseline",
    "warning",
    "practice: 'reduction' without a number, so that neither side can show or dispute it",
    "a change is promised without a baseline count or date",
    in_every_text(_find),
    why=(
        "A reduction is a comparison, and a comparison needs two counts. Without the first one every later "
        "count is a beginning: one side calls it fewer, the other more, and both can be right. Reports alone "
        "cannot stand in for it, as fewer reports may mean less watching."
    ),
    mend="Agree on a count, its day, and who counted: `baseline: 1200 persons on 2031-03-01, counted by ...`.",
)

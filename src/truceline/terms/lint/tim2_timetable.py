"""TIM-2 timetable: a result is promised, and no day by which it must be there."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.terms.lint.rule import Remark, Rule, in_every_text
from truceline.terms.model import Document, Provision

__all__ = ["RULE"]


def _find(text: Document) -> Iterator[Remark]:
    for name, clause in text.provisions.items():
        when = clause.when
        if when is not None and "none" in (when.from_, when.by):
            key = "from" if when.from_ == "none" else "by"
            yield _remark(f"provisions.{name}.when", name, clause, f"gives no day ('{key}: none')")
        elif clause.trend == "down" and (when is None or (when.by is None and when.until is None)):
            yield _remark(f"provisions.{name}.trend", name, clause, "gives no day by which it is reached")


def _remark(path: str, name: str, clause: Provision, lacks: str) -> Remark:
    words = f" ('{clause.words}')" if clause.words else ""
    if clause.trend == "down":
        goal = "a reduction" if clause.to is None else f"a reduction to {clause.to}"
        fix = "agree on a day for the end, and on phases with a number and a day each: 'when: {by: ...}'"
    else:
        goal = "an absence" if clause.at_most == 0 else "a limit" if clause.at_most is not None else "a result"
        fix = "agree on the day and hour from which it holds: 'when: {from: ...}'"
    return Remark(path, f"'{name}'{words} asks for {goal} and {lacks}", fix)


RULE = Rule(
    "TIM-2",
    "timetable",
    "error",
    "accords with a detailed timeline as coded by the Peace Accords Matrix; practice: 'ultimate elimination'",
    "a duty of result with no deadline and no phases",
    in_every_text(_find),
    why=(
        "*Ultimately* is never today. As long as no day is named the duty cannot be late, so no report can "
        "show a breach and nobody can show compliance. Phases help twice: the first one tests good faith "
        "while the last one is still far away."
    ),
    mend="A withdrawal is a ban that begins at its deadline: `at_most: 0` with `when: {from: ...}`.",
)

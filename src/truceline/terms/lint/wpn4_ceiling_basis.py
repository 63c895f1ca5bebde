"""WPN-4 ceiling-basis: a ceiling without the unit, the place or the time at which it is counted."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.evidence.acts import ACTS
from truceline.evidence.kinds import KINDS
from truceline.terms.lint.phrases import listed
from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.lint.topics import deeds, hidden
from truceline.terms.lint.watch import OFTEN, watchers
from truceline.terms.model import Document, Provision

__all__ = ["RULE"]

_LACKS = {
    "unit": ("no unit says what is counted", "count things that can be told apart: persons, tanks, launchers, posts"),
    "place": ("no place says where that is counted", "name the ground under 'where'"),
    "time": (
        "nothing says when or how often that is counted",
        "agree on when it is counted: 'mechanism: {x: {every: 14 d}}'",
    ),
}


def _find(text: Document) -> Iterator[Remark]:
    if hidden(text):
        return
    groups: dict[str, list[str]] = {}
    for name, clause in text.provisions.items():
        for lack in _lacks(name, clause, text) if clause.at_most else ():
            groups.setdefault(lack, []).append(name)
    for lack, names in groups.items():
        what, fix = _LACKS[lack]
        noun = "ceilings" if len(names) > 1 else "ceiling"
        yield Remark(f"provisions.{names[0]}.at_most", f"the {noun} of {listed(names)}: {what}", fix)


def _lacks(name: str, clause: Provision, text: Document) -> Iterator[str]:
    if not all(_is_countable(deed, text) for deed in deeds(clause)):
        yield "unit"
    if clause.where is None:
        yield "place"
    watching = watchers(name, clause, text)
    if not any(OFTEN.intersection(text.mechanism[one].model_extra or {}) for one in watching if one in text.mechanism):
        yield "time"


def _is_countable(deed: str, text: Document) -> bool:
    """Say whether words name things or events that can be counted one by one; "guns of short range" do."""
    if deed in text.things or deed in text.models:
        return True
    named = any(word in KINDS or word.removesuffix("s") in KINDS for word in deed.split())
    return named or (deed.partition(".")[0] in ACTS and deed != "presence")


RULE = Rule(
    "WPN-4",
    "ceiling-basis",
    "warning",
    "practice: ceilings of men, tanks and guns, each with its area and its inspections",
    "a ceiling without the unit, the place or the time of the count",
    in_the_text(_find),
    why=(
        "Seventy-five tanks: in the zone on any day, on the day of the count, or in the course of a year? A "
        "ceiling that is not counted somewhere, at some time, in some unit, can be neither kept nor broken."
    ),
    mend="Count things that can be told apart: persons, tanks, launchers, posts.",
)

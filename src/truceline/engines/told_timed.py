"""IF and the exceptions with bounds, told: what was said of each, for what time, and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.engines.local import Checked
from truceline.plan.period import bounds_of
from truceline.plan.tables import Rule
from truceline.terms.base import names_in
from truceline.terms.model import Document, Provision
from truceline.terms.sources import chains_of
from truceline.terms.timed import Stretch, condition_in, waivers_of
from truceline.terms.wording import condition_words, waiver_words

__all__ = ["condition_facts", "waiver_facts"]

TOLD = {"met": "told as met", "unmet": "told as unmet", "unknown": "told as not known"}


def condition_facts(rule: Rule, provision: Provision, text: Document, checked: Checked) -> Iterator[str]:
    """Tell everything on which a rule hangs, and what was said of it for the time of the report."""
    hangs = (("if", provision.if_), ("after", provision.after), ("together with", provision.together_with))
    if not any(words for _, words in hangs) and not rule.unjudged:
        yield "the rule has none"
    if rule.unjudged:
        yield "the reading has a table of weapons in its place, which this version does not judge"
    for link, several in hangs:
        for words in names_in(several):
            yield f"{link} {condition_words(words, text)}"
            yield from _told(words, text, checked, so_far=link == "after")


def _told(words: str, text: Document, checked: Checked, *, so_far: bool) -> Iterator[str]:
    """Tell the stretches that touch the time of the report; of what only has to have come before, all earlier ones."""
    named = condition_in(words)
    condition = text.conditions.get(named[0]) if named else None
    stretches = () if condition is None else condition.is_
    start, end = (int(at[0]) for at in (checked.batch.start_us, checked.batch.end_us))
    near = [one for one in stretches if not checked.batch.dated[0] or _touches(one, text, start, end, so_far=so_far)]
    for one in near:
        source = chains_of(text, one.source or (condition.source if condition else None))
        yield f"{TOLD[one.is_]}{_bounds(one)}; source: {'; '.join(source)}"
    if not near:
        yield "whether that was so at the time of the report, no source of the terms says"


def _touches(one: Stretch, text: Document, start: int, end: int, *, so_far: bool) -> bool:
    begin, until = bounds_of(one.from_, one.until, text)
    return begin.start_us <= max(end - 1, start) and (so_far or until.end_us > start)


def _bounds(one: Stretch) -> str:
    parts = [f" {word} {moment}" for word, moment in (("from", one.from_), ("until", one.until)) if moment is not None]
    return "".join(parts)


def waiver_facts(provision: Provision, text: Document) -> Iterator[str]:
    """Tell the exceptions that say whom, where or when they spare, each with its source."""
    for one in waivers_of(provision.except_):
        source = f"; source: {'; '.join(chains_of(text, one.source))}" if one.source else ""
        yield f"it spares {waiver_words(one, text)}{source}"

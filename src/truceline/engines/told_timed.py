"""IF and the exceptions with bounds, told: what was said of each, for what time, and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.engines.local import Checked
from truceline.engines.told_dates import dated_words
from truceline.plan.anchored import bounds_of, counted_from
from truceline.plan.tables import Rule
from truceline.terms.base import names_in
from truceline.terms.model import Document, Provision
from truceline.terms.sources import chains_of
from truceline.terms.timed import Condition, Stretch, condition_in, waivers_of
from truceline.terms.wording import condition_words, waiver_words

__all__ = ["condition_facts", "counted_facts", "waiver_facts"]

NOBODY = "whether that was so at the time of the report, no source of the terms says"
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


def counted_facts(provision: Provision, text: Document) -> Iterator[str]:
    """Tell the conditions from which the period of a rule is counted, and all that was said of each."""
    when = provision.when
    moments = (when.from_, when.by, when.until) if when is not None else ()
    for name in dict.fromkeys(name for moment in moments if (name := counted_from(moment, text)) is not None):
        condition = text.conditions[name]
        yield f"counted from when this was first met: {condition_words(name, text)}"
        yield from (_stretch_words(one, condition, text) for one in condition.is_)
        if not condition.is_:
            yield "whether and when that was so, no source of the terms says"


def _stretch_words(one: Stretch, condition: Condition, text: Document) -> str:
    source = chains_of(text, one.source or condition.source)
    return f"{TOLD[one.is_]}{dated_words(_bounds(one), text)}; source: {'; '.join(source)}"


def _told(words: str, text: Document, checked: Checked, *, so_far: bool) -> Iterator[str]:
    """Tell the stretches that touch the time of the report; of what only has to have come before, all earlier ones."""
    named = condition_in(words)
    condition = text.conditions.get(named[0]) if named else None
    if condition is None:
        yield NOBODY
        return
    start, end = (int(at[0]) for at in (checked.batch.start_us, checked.batch.end_us))
    near = [
        one for one in condition.is_ if not checked.batch.dated[0] or _touches(one, text, start, end, so_far=so_far)
    ]
    yield from (_stretch_words(one, condition, text) for one in near)
    if not near:
        yield NOBODY


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
        yield f"it spares {dated_words(waiver_words(one, text), text)}{source}"

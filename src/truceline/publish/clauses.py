"""The clauses of the page: readings, provisions, sources, stances, demands, and what cannot be shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from truceline.engines.local import Checked
from truceline.engines.told_dates import dated_words, in_words
from truceline.evidence.datasets import DATASETS
from truceline.plan.codebook import RuleName
from truceline.plan.compile import TEXT
from truceline.plan.tables import Kind, Rule
from truceline.terms.base import names_in
from truceline.terms.model import Document, Provision
from truceline.terms.sources import origins
from truceline.terms.wording import (
    changes_of,
    proxy_words,
    sentence_of,
    sided_words,
    text_words,
    unseen_because,
    what_words,
    when_words,
    where_words,
    who_words,
)

__all__ = ["cannot_show", "demands", "names_of", "party_title", "provisions", "readings", "sources", "stances"]


UNWATCHED = (
    "That there is no report does not mean that nothing happened: nobody recorded here who watched where and when, so "
    "silence is never read as compliance."
)
WATCHED = (
    "That there is no report does not mean that nothing happened: silence counts only where and while a record of "
    "effort says that somebody watched, and missed nothing."
)
JUDGED = {
    Kind.BAN: "ban", Kind.CEILING: "ceiling", Kind.FLOOR: "floor", Kind.TREND: "trend", Kind.LATER: "not_judged_yet",
}  # fmt: skip
"""What a clause is judged as; where readings differ, the first."""


def readings(checked: Checked) -> Iterator[dict[str, Any]]:
    """List the readings in the order of the file, with what each of them changes."""
    agreement = checked.setup.agreement
    for name in checked.setup.readings:
        text = agreement.under(None if name == TEXT else name)
        reading = None if name == TEXT else text.readings[name]
        changes = changes_of(reading, text) if reading else ()
        yield {
            "id": name,
            "title": (reading.title if reading else text_words(agreement.under(None))) or name.replace("_", " "),
            "holder": party_title(reading.holder, agreement.under(None)) if reading else _as(agreement.under(None)),
            "note": reading.note if reading else None,
            "denies": list(reading.denies or ()) if reading else [],
            "sources": names_of(reading.source) if reading else [],
            "patches": [
                {"field": field, "path": path, "words": dated_words(words, text)} for field, path, words in changes
            ],
            "left_out": False,
        }


def _as(text: Document) -> str:
    return "as amended" if text.amendments else "as written"


def provisions(checked: Checked) -> Iterator[dict[str, Any]]:
    """List the clauses, those without a verdict included, each with why it has none."""
    setup = checked.setup
    judged = {str(rule): number for number, rule in enumerate(setup.book.rules)}
    for name, side, provision, text in _sentences(checked):
        label = str(RuleName(name, side))
        yield {
            "id": label,
            "title": _name(name, side, provision, text),
            **_sentence(provision, text, side),
            "who": sided_words(who_words(provision.who, text), text, side),
            "what": what_words(provision.what, text),
            "sources": names_of(provision.source),
            "words": provision.words,
            "proxy": proxy_words(provision),
            **_standing(checked, provision, judged.get(label)),
            "under": dict(_under(checked, name, side)),
        }


def _sentences(checked: Checked) -> Iterator[tuple[str, str | None, Provision, Document]]:
    """Go through every provision of the text and of the readings, once per side where it is read so."""
    setup = checked.setup
    texts = [setup.agreement.under(None if name == TEXT else name) for name in setup.readings]
    seen: set[str] = set()
    for text in texts:
        for name, provision in text.provisions.items():
            if name not in seen:
                seen.add(name)
                sides: tuple[str | None, ...] = tuple(text.sides) if provision.each_side and text.sides else (None,)
                yield from ((name, side, provision, text) for side in sides)


def _name(name: str, side: str | None, provision: Provision, text: Document) -> str:
    """Name a clause for people; one that is read once per side says whose."""
    words = provision.title or name.replace("_", " ")
    whose = "" if side is None else f" ({party_title(side, text)})"
    return words[:1].upper() + words[1:] + whose


def _sentence(provision: Provision, text: Document, side: str | None) -> dict[str, str]:
    return {
        "sentence": dated_words(sided_words(sentence_of(provision, text), text, side), text),
        "where_words": sided_words(where_words(provision.where, text), text, side) or "anywhere",
        "when_words": dated_words(when_words(provision.when), text) or "from entry into force",
    }


def _standing(checked: Checked, provision: Provision, rule: int | None) -> dict[str, Any]:
    """Say whether a clause is judged at all, and whether the reports have the power to test it."""
    if rule is None:
        because = unseen_because(provision.because or provision.reserves)
        return {"judged": "not_monitorable", "because": because, "tested": False, "power": None}
    kinds = {one.kind for one in _renderings(checked, rule)}
    judged = next(words for kind, words in JUDGED.items() if kind in kinds)
    later = "it bounds nothing that could be counted" if judged == "not_judged_yet" else None
    tested = any(_has_power(checked, one) for one in _renderings(checked, rule))
    power = None if tested else "the reports in use cannot show this act, whatever happened"
    return {"judged": judged, "because": later, "tested": tested, "power": power}


def _has_power(checked: Checked, rule: Rule) -> bool:
    return not bool(rule.what.blind[checked.batch.dataset].all()) if len(checked.batch) else True


def _renderings(checked: Checked, rule: int) -> list[Rule]:
    found = (checked.setup.rule(rule, reading) for reading in checked.setup.readings)
    return [one for one in found if one is not None]


def _under(checked: Checked, name: str, side: str | None) -> Iterator[tuple[str, dict[str, str]]]:
    plain = checked.setup.agreement.under(None)
    for reading in checked.setup.readings:
        if reading == TEXT:
            continue
        text = checked.setup.agreement.under(reading)
        if name in text.provisions and text.provisions[name] != plain.provisions.get(name):
            yield reading, _sentence(text.provisions[name], text, side)


def sources(text: Document) -> Iterator[dict[str, Any]]:
    """List the sources with their chains and the origins they rest on."""
    for name, source in text.sources.items():
        by = source.by if isinstance(source.by, str) else ", ".join(source.by or ())
        yield {
            "id": name, "by": by or None, "said": _words(source.said), "via": list(source.via), "of": list(source.of),
            "kind": source.kind, "words": source.words, "url": source.url, "grade": source.grade,
            "check": source.check, "known_from": _words(source.known_from),
            "origin": ", ".join(origins(text, name)) or None,
        }  # fmt: skip


def demands(text: Document) -> Iterator[dict[str, Any]]:
    """List what was asked or offered and never agreed."""
    for name, demand in text.demands.items():
        yield {
            "id": name, "by": party_title(demand.by, text), "where_words": where_words(demand.where, text),
            "who": who_words(demand.who, text) if demand.who else None, "what": demand.what,
            "told_as": list(demand.told_as), "answer": demand.answer, "sources": names_of(demand.source),
        }  # fmt: skip


def cannot_show(checked: Checked) -> Iterator[str]:
    """Say what the reports cannot show, the agreement's own caveat first."""
    note = checked.setup.agreement.under(None).agreement.shows_note
    if note:
        yield note
    used = set(np.unique(checked.batch.dataset).tolist())
    for number, dataset in enumerate(DATASETS.values()):
        if number in used and dataset.note:
            yield f"{dataset.title}: {dataset.note}"
    yield WATCHED if checked.setup.beside.effort else UNWATCHED
    yield "A finding never says who is to blame, and never infers it from the side of the line."


def stances(text: Document) -> Iterator[dict[str, Any]]:
    """List who takes which position to the deal."""
    for one in text.stances:
        yield {
            "actor": party_title(one.actor, text),
            "to": _title_of(one.to, text),
            "is": one.is_,
            "said": _words(one.said),
            "sources": names_of(one.source),
        }


def _title_of(name: str, text: Document) -> str:
    """Name what a position is taken to: an instrument, a clause, a reading or a demand by title, else as written."""
    if name == "agreement":
        return "the agreement"
    if name in text.demands:
        demand = text.demands[name]
        return f"{party_title(demand.by, text)}: {in_words(where_words(demand.where, text))}"
    known = (text.instruments, text.provisions, text.readings)
    return next((entries[name].title for entries in known if name in entries and entries[name].title), None) or name


def _words(value: object) -> str | None:
    return None if value is None else str(value)


def party_title(name: str, text: Document) -> str:
    """Give the title of a party where the terms have one; any other speaker is named as written."""
    party = text.parties.get(name)
    return (party.title if party else None) or name


def names_of(value: str | tuple[str, ...] | None) -> list[str]:
    """Give one name or several as a list."""
    return list(names_in(value))

"""Reports and statements as entities of the FollowTheMoney model: what it has a property for, and nothing else.

A report is an Event, a statement an Article, since an Event would say that what was said has happened. A name is a
LegalEntity, the least that can be said of a body; only who is named as a person is a Person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from truceline.basics.time import Moment
from truceline.evidence.canonical import Json
from truceline.evidence.speaker import Speaker
from truceline.evidence.statement import Statement
from truceline.formats.ftm_rows import Entity, Fact, date_of, entity_id, language_of

__all__ = ["report_entities", "statement_entities"]

_WORDS: Final = (("location", "address", "place"), ("keywords", "string", "act"), ("keywords", "string", "thing"))


def report_entities(dataset: str, report: str, body: Mapping[str, Json]) -> Iterator[Entity]:
    """Give a report as an Event, and those named in it.

    Parameters
    ----------
    dataset : str
    report : str
        Its id.
    body : mapping
        The columns of a table of reports, as a ledger keeps them: words, lists of words, ISO times.
    """
    named = list(dict.fromkeys([*_list(body, "involved"), *_list(body, "by")]))
    actors = [_body(dataset, name) for name in named]
    facts = [Fact("name", "name", report), Fact("recordId", "string", report)]
    facts += _dates({"startDate": date_of(_text(body, "from")), "endDate": date_of(_text(body, "until"), up=True)})
    facts += [Fact(prop, kind, _text(body, column)) for prop, kind, column in _WORDS]
    facts += [Fact("publisher", "string", carrier) for carrier in _list(body, "via")]
    facts += [Fact("involved", "entity", actor.id) for actor in actors]
    yield Entity(entity_id(dataset, "report", report), "Event", _said(facts))
    yield from actors


def statement_entities(dataset: str, said: Statement) -> Iterator[Entity]:
    """Give a statement as an Article, its speakers, and how they hang together with it and with each other."""
    article = entity_id(dataset, "statement", said.id)
    lang = language_of(said.language)
    words = [said.category, said.stance, *said.modes, said.polarity if said.polarity != "positive" else "", said.hedge]
    facts = [Fact("title", "string", said.fact or said.id)]
    facts += _dates({"authoredAt": _date(said.said), "publishedAt": _date(said.published),
                     "retrievedAt": _date(said.retrieved)})  # fmt: skip
    facts += [Fact("publisher", "string", name) for name in _publishers(said)]
    facts += [Fact("sourceUrl", "url", said.url), Fact("language", "language", lang or "")]
    facts += [Fact("keywords", "string", word) for word in words]
    facts += [Fact("description", "text", said.citation.exact, lang)] if said.citation else []
    yield Entity(article, "Article", _said(facts))
    for number, speaker in enumerate(said.speakers):
        yield from _speaker(dataset, speaker, article, str(number))


def _speaker(dataset: str, speaker: Speaker, article: str, number: str) -> Iterator[Entity]:
    """Give a speaker and the link to what he said; one without any name is left out, and makes nobody up."""
    body = _body(dataset, speaker.body) if speaker.body else None
    who = body
    if speaker.person:
        who = Entity(entity_id(dataset, "Person", speaker.person), "Person", _said([
            Fact("name", "name", speaker.person), Fact("position", "string", speaker.office),
        ]), shared=True)  # fmt: skip
        yield who
    if body is not None:
        yield body
    if who is not None:
        unnamed = "" if speaker.named else f"{speaker.description or speaker.office} (unnamed)"
        yield _link(dataset, "Documentation", ("document", article), ("entity", who.id), unnamed or "speaker", number)
    if who is not None and body is not None and who is not body:
        yield _link(dataset, "UnknownLink", ("subject", who.id), ("object", body.id), speaker.office, article, number)


def _link(dataset: str, schema: str, one: tuple[str, str], other: tuple[str, str], role: str, *apart: str) -> Entity:
    facts = [Fact(prop, "entity", end) for prop, end in (one, other)]
    at = entity_id(dataset, schema, one[1], other[1], role, *apart)
    return Entity(at, schema, _said([*facts, Fact("role", "string", role)]))


def _body(dataset: str, name: str) -> Entity:
    at = entity_id(dataset, "LegalEntity", name)
    return Entity(at, "LegalEntity", (Fact("name", "name", name),), shared=True)


def _publishers(said: Statement) -> list[str]:
    """Name with whom it was read: the outlet, or the last carriers of whom it is certain who they are."""
    return [said.outlet] if said.outlet else [carrier.name for carrier in said.chain.publisher if carrier.known]


def _dates(found: Mapping[str, str | None]) -> list[Fact]:
    return [Fact(prop, "date", date) for prop, date in found.items() if date is not None]


def _date(moment: Moment | None) -> str | None:
    return None if moment is None else date_of(moment.words)


def _said(facts: list[Fact]) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.value)


def _text(body: Mapping[str, Json], column: str) -> str:
    cell = body.get(column)
    return cell if isinstance(cell, str) else ""


def _list(body: Mapping[str, Json], column: str) -> list[str]:
    cell = body.get(column)
    return [str(each) for each in cell] if isinstance(cell, list | tuple) else []

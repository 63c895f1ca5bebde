"""An agreement told by itself, without reports: what it says, who reads it how, and what it rests on.

One mapping of plain values, from which the page, the terminal and the JSON are made. Nothing is concluded here: every
word is that of the terms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from truceline.engines.told_dates import dated_words, in_words
from truceline.publish.entry_names import clause_title, entry_title, kind_and_title
from truceline.publish.terms_ground import areas, lines, sides
from truceline.terms.agreement import Agreement
from truceline.terms.base import names_in
from truceline.terms.model import Document, Provision, Stance
from truceline.terms.sources import chains_of
from truceline.terms.unconfirmed import is_unconfirmed, unconfirmed_in, unconfirmed_sources
from truceline.terms.wording import changes_of, sentence_of, unseen_because, where_words, who_words

__all__ = ["clause_title", "speaker_title", "terms_told"]

Told = dict[str, Any]
_SHORT_UNITS = {"d": "day", "h": "hour", "w": "week"}
_DATED = ("agreed", "signed", "date", "in_force")


def terms_told(agreement: Agreement) -> Told:
    """Tell an agreement: its head, instruments, parties, clauses, readings, demands, positions, sources and gaps.

    Returns
    -------
    dict
        Texts, lists and truth values only, ready for JSON. `unconfirmed` names the entries that rest on nothing that
        anybody has read, as dotted paths; an entry that is one of them says so itself.
    """
    text = agreement.document
    head = text.agreement
    every = [agreement.documents[name] for name in agreement.documents]
    return {
        "id": head.id, "title": head.title, "class": head.class_, "status": head.status, "note": head.note,
        "shows_note": head.shows_note, "zone": head.zone,
        "instruments": list(_instruments(text)),
        "parties": list(_parties(text)),
        "sides": list(sides(text)),
        "clauses": list(_clauses(agreement)),
        "readings": list(_readings(agreement)),
        "demands": list(_demands(text)),
        "stances": list(_stances(text)),
        "amendments": list(_amendments(agreement)),
        "conditions": list(_conditions(text)),
        "mechanism": list(_mechanism(text)),
        "term": _term(text),
        "open": [{"id": name, "words": words} for name, words in text.open.items()],
        "lines": list(lines(text)),
        "areas": list(areas(text)),
        "sources": list(_sources(text)),
        "unconfirmed": list(unconfirmed_in(every)),
        "unconfirmed_titles": [kind_and_title(path, every) for path in unconfirmed_in(every)],
        "unconfirmed_sources": list(unconfirmed_sources(text)),
    }  # fmt: skip


def speaker_title(name: str, text: Document) -> str:
    """Name who holds or asks something: a party by its title, anybody else as written."""
    party = text.parties.get(name)
    return (party.title if party else None) or name


def _rests_on(text: Document, names: str | tuple[str, ...] | None) -> Told:
    return {
        "sources": list(names_in(names)),
        "chains": [in_words(chain) for chain in chains_of(text, names)],
        "unconfirmed": is_unconfirmed(text, names),
    }


def _instruments(text: Document) -> Iterator[Told]:
    for name, one in text.instruments.items():
        dates = {key: in_words(str(getattr(one, key))) for key in _DATED if getattr(one, key) is not None}
        to = {verb: list(names_in(getattr(one, verb))) for verb in ("amends", "adds_to", "endorses")}
        yield {"id": name, "title": one.title or name, **dict.fromkeys(_DATED), **dates, "text": one.text,
               "maps": one.maps, **to, "note": one.note}  # fmt: skip


def _parties(text: Document) -> Iterator[Told]:
    for name, party in text.parties.items():
        roles = party.role
        by = roles.items() if isinstance(roles, Mapping) else ()
        told = [f"{speaker_title(who, text)} says {role}" for who, role in by]
        yield {
            "id": name, "title": party.title or name,
            "roles": told or list(names_in(None if isinstance(roles, Mapping) else roles)),
            "consent": list(names_in(party.consent)), "said_otherwise": list(names_in(party.said_otherwise)),
            "note": party.note,
        }  # fmt: skip


def _clauses(agreement: Agreement) -> Iterator[Told]:
    """List every clause of the text, then those that only a reading has, with the readings that have it."""
    texts = {name: agreement.documents[name] for name in agreement.documents}
    names = dict.fromkeys(name for text in texts.values() for name in text.provisions)
    for name in names:
        having = [reading for reading, text in texts.items() if name in text.provisions]
        text = texts[having[0]]
        only = [str(reading) for reading in having] if None not in having else []
        yield {**_clause(name, text.provisions[name], text), "only_under": only}


def _clause(name: str, provision: Provision, text: Document) -> Told:
    seen = provision.monitorable != "none" and provision.reserves is None
    words = sentence_of(provision, text)
    return {
        "id": name,
        "title": clause_title(name, text),
        "sentence": _told(words, text),
        "words": provision.words,
        "monitorable": "none" if not seen else provision.monitorable or "full",
        "because": None if seen else _unseen(provision),
        "proxy": provision.proxy,
        "under": [text.instruments[one].title or one for one in names_in(provision.under) if one in text.instruments],
        "through": [speaker_title(one, text) for one in names_in(provision.through)],
        "verify": [_checker(one, text) for one in names_in(provision.verify)],
        "note": provision.note,
        **_rests_on(text, provision.source),
    }


def _checker(name: str, text: Document) -> str:
    """Name who checks: a party by its title, a mechanism by its own or by those who make it up."""
    extra = text.mechanism[name].model_extra or {} if name in text.mechanism else {}
    if "title" in extra or "by" not in extra or name in text.parties:
        return str(extra.get("title") or who_words(name, text))
    return f"{name.replace('_', ' ')} ({plain_words(extra['by'], text)})"


def _unseen(provision: Provision) -> str:
    if provision.reserves is not None:
        return f"it only reserves something: {provision.reserves}"
    return unseen_because(provision.because)


def _readings(agreement: Agreement) -> Iterator[Told]:
    """List the readings in the order of the file, with what each changes in words."""
    plain = agreement.document
    for name in agreement.readings:
        text = agreement.under(name)
        reading = text.readings[name]
        changed = [
            {"field": field, "path": path, "of": _aim(path, plain, text), "words": _told(words, text)}
            for field, path, words in changes_of(reading, text)
        ]
        yield {
            "id": name, "title": reading.title or name.replace("_", " "),
            "holder": speaker_title(reading.holder, plain), "changes": changed,
            "until": _told(str(reading.until), text) if reading.until else None, "note": reading.note,
            "slip": reading.lint, **_rests_on(text, reading.source),
        }  # fmt: skip


def _aim(path: str, plain: Document, text: Document) -> str:
    """Name what a reading changes as the text names it; what only the reading has, as the reading does."""
    section, _, rest = path.partition(".")
    here = section != "provisions" or rest.partition(".")[0] in plain.provisions
    return entry_title(path, plain if here else text)


def _demands(text: Document) -> Iterator[Told]:
    for name, demand in text.demands.items():
        yield {
            "id": name, "by": speaker_title(demand.by, text), "ground": _told(where_words(demand.where, text), text),
            "who": who_words(demand.who, text) if demand.who else None, "what": demand.what,
            "told_as": list(demand.told_as), "answer": demand.answer, "claims": demand.claims, "note": demand.note,
            **_rests_on(text, demand.source),
        }  # fmt: skip


def _stances(text: Document) -> Iterator[Told]:
    for stance in text.stances:
        yield {
            "actor": speaker_title(stance.actor, text), "is": stance.is_, "to": _meant(stance, text),
            "said": in_words(str(stance.said)) if stance.said else None, "note": stance.note,
            **_rests_on(text, stance.source),
        }  # fmt: skip


def _meant(stance: Stance, text: Document) -> str:
    name = stance.to
    if name in text.provisions:
        return clause_title(name, text)
    if name in text.demands:
        demand = text.demands[name]
        return f"what {speaker_title(demand.by, text)} asked: {in_words(where_words(demand.where, text))}"
    entry = text.instruments.get(name) or text.readings.get(name)
    return (entry.title if entry else None) or ("the agreement" if name == "agreement" else name)


def _amendments(agreement: Agreement) -> Iterator[Told]:
    text = agreement.document
    for name, one in text.amendments.items():
        changed = [
            {"field": field, "path": path, "of": entry_title(path, text), "words": _told(words, text)}
            for field, path, words in changes_of(one, text)
        ]
        yield {"id": name, "title": one.title or name, "agreed": in_words(str(one.agreed)), "changes": changed,
               "words": one.words, "note": one.note, **_rests_on(text, one.source)}  # fmt: skip


def _conditions(text: Document) -> Iterator[Told]:
    for name, one in text.conditions.items():
        stretches = [
            {"from": _told(str(part.from_), text) if part.from_ else None,
             "until": _told(str(part.until), text) if part.until else None, "is": part.is_,
             **_rests_on(text, part.source or one.source)}
            for part in one.is_
        ]  # fmt: skip
        yield {"id": name, "title": one.title or name.replace("_", " "), "words": one.words, "is": stretches,
               "note": one.note, **_rests_on(text, one.source)}  # fmt: skip


def _mechanism(text: Document) -> Iterator[Told]:
    for name, one in text.mechanism.items():
        extra = one.model_extra or {}
        facts = {key: value for key, value in extra.items() if key != "title"}
        yield {"id": name, "title": str(extra.get("title") or who_words(name, text)), "note": one.note,
               "facts": {key.replace("_", " "): _fact(key, value, text) for key, value in facts.items()},
               **_rests_on(text, one.source)}  # fmt: skip


def _fact(key: str, value: Any, text: Document) -> str:
    """Write one thing that is said of those who check; how often, with its unit in words."""
    words = plain_words(value, text)
    return interval_words(words) if key == "every" else _told(words, text)


def interval_words(words: str) -> str:
    """Write a length of time that stands in short at the begin of some words.

    >>> interval_words("7 d"), interval_words("1 w"), interval_words("15 d at the most"), interval_words("yearly")
    ('7 days', '1 week', '15 days at the most', 'yearly')
    """
    number, unit, rest = (*words.split(" ", 2), "", "")[:3]
    if not number.isdecimal() or unit not in _SHORT_UNITS:
        return words
    return f"{number} {_SHORT_UNITS[unit]}{'' if number == '1' else 's'} {rest}".rstrip()


def _term(text: Document) -> Told | None:
    term = text.term
    if term is None:
        return None
    facts = {"lasts": term.lasts, "from": term.from_, "until": term.until, **(term.model_extra or {})}
    renewed = [
        {"until": _told(str(one.until), text), "agreed": in_words(str(one.agreed)) if one.agreed else None,
         **_rests_on(text, one.source)}
        for one in term.renewed
    ]  # fmt: skip
    stated = {key.replace("_", " "): plain_words(value, text) for key, value in facts.items() if value is not None}
    told = {key: _told(words, text) for key, words in stated.items()}
    if term.until == "none":
        told["until"] = "no end is stated"
    return {"facts": told, "renewed": renewed, "note": term.note, **_rests_on(text, term.source)}


def _sources(text: Document) -> Iterator[Told]:
    for name, source in text.sources.items():
        yield {
            "id": name, "by": list(names_in(source.by)), "said": in_words(str(source.said)) if source.said else None,
            "known_from": in_words(str(source.known_from)) if source.known_from else None, "via": list(source.via),
            "of": list(source.of), "kind": source.kind, "url": source.url, "words": source.words,
            "check": source.check, "note": source.note,
        }  # fmt: skip


def plain_words(value: Any, text: Document) -> str:
    """Write what the language keeps as written in one line of words; what the terms name goes by its title.

    >>> nobody = Document.model_construct(parties={}, actors={}, provisions={}, instruments={})
    >>> plain_words({"by": ["home_guard"], "means": ["drone", "patrol"]}, nobody)
    'by: home guard; means: drone, patrol'
    """
    if isinstance(value, Mapping):
        return "; ".join(f"{plain_words(key, text)}: {plain_words(part, text)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(plain_words(part, text) for part in value)
    name = str(value)
    entry = text.parties.get(name) or text.actors.get(name) or text.provisions.get(name) or text.instruments.get(name)
    return (entry.title if entry else None) or name.replace("_", " ")


def _told(words: str, text: Document) -> str:
    """Write dates as people read them, days counted from an instrument by its title, and a side by what it is."""
    plain = words.replace("side.who", "each side").replace("side.line", "its own line")
    return dated_words(plain, text)

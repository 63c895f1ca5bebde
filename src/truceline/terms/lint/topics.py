"""What a text is known to have on a topic: told by `covers`, or by the clauses themselves.

Where neither tells, the answer is ``none`` only if somebody could have seen it: as long as the text of one
instrument is not public, or `covers` says so, it stays ``unknown`` and no rule fires.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from truceline.evidence.acts import ACTS, is_kind_of
from truceline.evidence.kinds import KINDS
from truceline.terms.covers import OTHERS, Standing, Topic
from truceline.terms.lint.entries import free_words
from truceline.terms.lint.rule import Find, Remark, in_the_text
from truceline.terms.model import Document, Instrument, Provision
from truceline.terms.parts import parts_of
from truceline.terms.things import Thing, selectors_in
from truceline.terms.timed import excepted_names
from truceline.terms.where import Along, Around, Band

__all__ = ["deeds", "hidden", "is_missing", "is_public", "missing", "said", "standing"]


class _Signs(NamedTuple):
    """What shows that a clause deals with a topic: its act, the thing it is about, or its words."""

    acts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    words: str = "$^"


_SIGNS: Mapping[Topic, _Signs] = MappingProxyType(
    {
        "access": _Signs(
            ("obstruction",), (), r"(?<!humanitarian )access|freedom of movement|free movement|unhindered|unimpeded"
        ),
        "aid": _Signs(("delivery",), (), r"\baid\b|relief|humanitarian|assistance"),
        "air": _Signs(
            ("overflight",), ("aircraft",), r"\bair\b|aircraft|airspace|drones?\b|flights?\b|overfl|\buavs?\b|unmanned"
        ),
        "amendment": _Signs((), (), r"amend|accession|accede|new part(?:y|ies) may"),
        "civilians": _Signs((), (), r"civilian"),
        "consequences": _Signs(
            (), (), r"sanction|disciplin|account(?:able|ability)|consequence|penalt|is free to\b|lapse"
        ),
        "controlled_forces": _Signs(
            (), (), r"militias?\b|reserves\b|prox(?:y|ies)\b|paramilitar|auxiliar|under (?:\w+ )?control"
        ),
        "counting": _Signs((), (), r"\bcounted (?:as|by|per|in)\b|unit of count"),
        "detainees": _Signs(("detention", "release"), (), r"prisoner|detain|hostage|captive"),
        "disputes": _Signs((), (), r"disput|arbitrat|interpretation of|settle differences|disagreement"),
        "guarantees": _Signs((), (), r"guarant"),
        "languages": _Signs((), (), r"authentic|prevails"),
        "mines": _Signs(("fire.mine",), ("mine",), r"\bmines?\b|de-?mining|unexploded"),
        "missing": _Signs((), (), r"missing persons?|the missing|remains of|the dead\b"),
        "monitoring": _Signs((), (), r"monitor|verif|observ|liaison|hot ?line|joint commission|coordination"),
        "new_positions": _Signs(
            ("construction", "position", "reinforcement"), (), r"new (?:positions?|posts?|works)|fortif"
        ),
        "notification": _Signs((), (), r"notif|advance notice|prior notice|inform|announce"),
        "offensive": _Signs((), (), r"offensive (?:\w+ )?(?:means|is|includes)"),
        "orders": _Signs((), (), r"\borders\b|chain of command|instruct"),
        "permitted_acts": _Signs((), (), r"permit|allow|may continue|re-?suppl|rotation|training|policing|engineering"),
        "prior_agreements": _Signs((), (), r"earlier (?:texts?|agreements?)|previous agreements?|supersede|replaces"),
        "prohibited_acts": _Signs((), (), r"prohibited acts"),
        "proof": _Signs((), (), r"standard of proof|reasonable grounds|attribut|balance of probabilit"),
        "publication": _Signs((), (), r"publish|made public|reports? (?:\w+ )?to\b"),
        "return_fire": _Signs((), (), r"self-?defen[cs]e|return(?:ing|ed)? (?:of )?fire|answer fire"),
        "review": _Signs((), (), r"review|renew|expire|remains? in force|months?\b|years?\b"),
        "sea": _Signs((), ("ship",), r"\bsea\b|naval|maritime|ships?\b|vessels?\b|boats?\b|coast"),
        "storage": _Signs(
            (), (), r"stor(?:age|ed)|depots?\b|inventor|holding areas?|cantonment|assembly areas?|warehouse"
        ),
        "violation": _Signs((), (), r"violation (?:means|is)|(?:serious|minor|grave) (?:violation|breach)"),
        "waivers": _Signs((), (), r"record of waivers|waivers are recorded"),
    }
)


def standing(text: Document, topic: Topic) -> Standing:
    """Say what is known of a topic; `covers` has the first word, then the clauses, then what can be told at all."""
    if topic in text.covers:
        return text.covers[topic].is_
    if _is_told(text, _SIGNS[topic]):
        return "covered"
    if OTHERS in text.covers:
        return text.covers[OTHERS].is_
    return "unknown" if hidden(text) else "none"


def is_missing(text: Document, topic: Topic) -> bool:
    """Say whether the text surely has nothing on a topic."""
    return standing(text, topic) == "none"


def missing(topic: Topic, what: str, fix: str, when: Callable[[Document], object] = lambda _: True) -> Find:
    """Make a check that tells once that a topic is missing, in a text to which it matters."""

    def find(text: Document) -> Iterator[Remark]:
        if is_missing(text, topic) and when(text):
            yield Remark(f"covers.{topic}", what, fix)

    return in_the_text(find)


def hidden(text: Document) -> tuple[str, ...]:
    """Name the instruments whose text is not public, so that nobody can say what the deal as a whole lacks."""
    return tuple(name for name, one in text.instruments.items() if one.text is not None and not is_public(one))


def is_public(instrument: Instrument) -> bool:
    """Say whether the terms call the text of an instrument public."""
    return instrument.text is not None and instrument.text.casefold().startswith(("public", "publish"))


def deeds(clause: Provision) -> Iterator[str]:
    """Go through the acts and the things that a clause names, as written.

    >>> [*deeds(Provision(who="any", what={"gun": {"calibre": "122 mm"}}))]
    ['gun']
    """
    what = clause.what
    for one in what.any if isinstance(what, Thing) else selectors_in(what):
        yield from (one,) if isinstance(one, str) else one


def said(text: Document) -> Iterator[tuple[str, str]]:
    """Go through the words of the clauses and of the mechanism, each with its path; notes are the coder's own."""
    for name, clause in text.provisions.items():
        for field, words in _words_of(clause):
            yield f"provisions.{name}.{field}", words
    for name, entry in text.mechanism.items():
        words = " ".join((name, *free_words(entry.model_extra, keys=True)))
        yield f"mechanism.{name}", words.replace("_", " ")


def _words_of(clause: Provision) -> Iterator[tuple[str, str]]:
    fields = {
        "title": clause.title, "what": " ".join(deeds(clause)).replace("_", " "), "words": clause.words,
        "reserves": clause.reserves, "except": ", ".join(excepted_names(clause.except_)),
    }  # fmt: skip
    yield from ((field, words) for field, words in fields.items() if words)


def _is_told(text: Document, signs: _Signs) -> bool:
    return any(_shows(clause, text, signs) for clause in text.provisions.values()) or _is_said(text, signs.words)


def _is_said(text: Document, words: str) -> bool:
    pattern = re.compile(words, re.IGNORECASE)
    return any(pattern.search(one) for _, one in said(text))


def _shows(clause: Provision, text: Document, signs: _Signs) -> bool:
    """Say whether the act, the thing or the ground of a clause is of the topic."""
    named = tuple(deeds(clause))
    acts = (act for act in named if act.partition(".")[0] in ACTS)
    if any(is_kind_of(act, wider) for act in acts for wider in signs.acts):
        return True
    if any(_is_kind(kind, wider, text) for kind in named for wider in signs.kinds):
        return True
    grounds = (clause.where, text.zones.get(clause.where) if isinstance(clause.where, str) else None)
    return "overflight" in signs.acts and any(
        isinstance(part, Band | Along | Around) and part.air for ground in grounds for _, part in parts_of(ground)
    )


def _is_kind(kind: str, wider: str, text: Document) -> bool:
    if kind == wider:
        return True
    if kind in text.things:
        members = (name for one in text.things[kind].any for name in ((one,) if isinstance(one, str) else one))
        return any(_is_kind(member, wider, text) for member in members)
    if kind in text.models:
        return _is_kind(text.models[kind].kind, wider, text)
    return any(_is_kind(above, wider, text) for above in KINDS[kind].under) if kind in KINDS else False

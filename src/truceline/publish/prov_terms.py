"""Where a text comes from, as PROV: its clauses and readings, and behind each who said it, and who carried it on.

Every name is that of the terms: ``terms:provisions.halt`` is the path by which the file calls a clause, below the
name of the file, which is its SHA-256.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from truceline.engines.setup import Setup
from truceline.plan.compile import TEXT
from truceline.publish.prov import Statement, agent, derived, entity, name, relation
from truceline.terms.base import names_in
from truceline.terms.model import Document, Provision, Reading, Source

__all__ = ["clause_at", "reading_at", "terms_statements"]


def clause_at(setup: Setup, rule: str) -> str:
    """Name the clause of a rule, which is read once for each side where the text says so.

    A rule is named as in findings: ``provision`` or ``provision@side``.
    """
    return name("terms", f"provisions.{_provisions(setup)[rule]}")


def reading_at(reading: str) -> str:
    """Name a reading; the text without any has no name of its own."""
    return name("terms", f"readings.{reading}")


def terms_statements(setup: Setup, pairs: Iterable[tuple[str, str]], file: str) -> Iterator[Statement]:
    """State the clauses and readings of some pairs (provision, reading), with the chains behind them.

    Parameters
    ----------
    setup : Setup
    pairs : iterable of (str, str)
        As in `Setup.names`.
    file : str
        The identifier of the file of terms.
    """
    pairs, done = tuple(pairs), set[str]()
    for rule in dict.fromkeys(rule for rule, _ in pairs):
        text = setup.agreement.under(_named(next(reading for mine, reading in pairs if mine == rule)))
        provision = _provisions(setup)[rule]
        yield from _clause(clause_at(setup, rule), provision, text.provisions[provision], file)
        yield from _behind(clause_at(setup, rule), names_in(text.provisions[provision].source), text, done)
    for reading in dict.fromkeys(reading for _, reading in pairs if reading != TEXT):
        text = setup.agreement.under(reading)
        yield from _reading(setup, reading, text.readings[reading], file)
        yield from _behind(reading_at(reading), names_in(text.readings[reading].source), text, done)


def _clause(at: str, key: str, clause: Provision, file: str) -> Iterator[Statement]:
    yield entity(at, "Provision", clause.title or key, provision=key, words=clause.words, under=names_in(clause.under))
    yield derived(at, file)


def _reading(setup: Setup, name_of: str, held: Reading, file: str) -> Iterator[Statement]:
    at, plan = reading_at(name_of), setup.plans[setup.readings.index(name_of)]
    yield entity(
        at, "Reading", held.title or name_of, reading=name_of, holder=held.holder, plan_fingerprint=plan.fingerprint
    )
    yield derived(at, file)


def _behind(at: str, sources: Iterable[str], text: Document, done: set[str]) -> Iterator[Statement]:
    """State on which sources something rests, and all on which those rest.

    A circle is cut where it closes: in PROV nothing comes of itself. `done` : what earlier calls have told in full.
    """
    way: list[tuple[str, Iterator[str]]] = [("", iter(sources))]
    while way:
        upper, rest = way[-1]
        key = next((each for each in rest if each in text.sources), None)
        if key is None:
            done.add(way.pop()[0])
        elif key not in {each for each, _ in way}:
            source = text.sources[key]
            yield derived(_at(upper) if upper else at, _last(key, source))
            if key not in done:
                yield from _source(key, source)
                way.append((key, iter(source.of)))


def _source(key: str, source: Source) -> Iterator[Statement]:
    """State what was said and by whom, and each carrier's account of it, which came of the one before."""
    at = _at(key)
    yield entity(
        at, "Statement", key, source=key, kind=source.kind, said=str(source.said or ""), url=source.url,
        known_from=str(source.known_from or ""), grade=source.grade, check=source.check, lang=source.lang,
    )  # fmt: skip
    for who in names_in(source.by):
        yield from _attributed(at, who)
    before = at
    for number, carrier in enumerate(source.via, start=1):
        account = _at(key, "via", str(number))
        yield entity(account, "Account", f"{key} as carried by {carrier}")
        yield derived(account, before)
        yield from _attributed(account, carrier)
        before = account


def _attributed(what: str, who: str) -> Iterator[Statement]:
    at = name("terms", "by", who)
    yield agent(at, who)
    yield relation("Attribution", entity=what, agent=at)


def _last(key: str, source: Source) -> str:
    """Name the account that reached us: that of the last carrier, or the statement itself."""
    return _at(key, "via", str(len(source.via))) if source.via else _at(key)


def _at(key: str, *parts: str) -> str:
    return name("terms", f"sources.{key}", *parts)


def _named(reading: str) -> str | None:
    return None if reading == TEXT else reading


def _provisions(setup: Setup) -> dict[str, str]:
    return {str(rule): rule.provision for rule in setup.book.rules}

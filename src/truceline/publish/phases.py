"""When what holds: the texts, the clauses and what was agreed later, as spans of time, for a drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from truceline.basics.time import FOREVER, NEVER_BEFORE, Moment, Span
from truceline.engines.told_dates import events_of, told_in_words
from truceline.plan.anchored import anchors_of, span_of
from truceline.plan.period import period_of
from truceline.plan.tables import When
from truceline.terms.agreement import Agreement
from truceline.terms.model import Document, Provision
from truceline.terms.wording import when_words

__all__ = ["Phase", "phases_of"]


@dataclass(frozen=True, slots=True)
class Phase:
    """What holds from an instant in `begin` until one in `end`; `mark`: it only happens, in `begin`."""

    words: str
    begin: Span
    end: Span
    is_mark: bool = False


def phases_of(agreement: Agreement) -> tuple[Phase, ...]:
    """List what happens when: texts that take effect, clauses by their times, later changes and renewals.

    Clauses that hold at the same times stand together; a reading is told where its times differ from the text's, and
    not where a clause holds at no time under it.
    """
    text = agreement.document
    return (*_instruments(text), *_clauses(agreement), *_later(text))


def _instruments(text: Document) -> Iterator[Phase]:
    for name, span in anchors_of(text).items():
        one = text.instruments[name]
        stated = one.in_force or one.signed or one.agreed or one.date
        verb = "in force" if one.in_force else "signed" if one.signed else "agreed" if one.agreed else "dated"
        at = Span(span.start_us, span.end_us) if span.end_us < FOREVER else _day(stated, text)
        yield Phase(f"{one.title or name}: {verb} {_said(str(stated), text)}", at, at, is_mark=True)


def _clauses(agreement: Agreement) -> Iterator[Phase]:
    plain: dict[str, When] = {}
    rows: dict[tuple[bool, When, str], tuple[dict[str, None], dict[str, None]]] = {}
    for reading, text in agreement.documents.items():
        for name, provision in text.provisions.items():
            if provision.monitorable == "none" or provision.reserves is not None:
                continue
            when = period_of(provision, text, text.readings[reading] if reading else None)
            if reading is None:
                plain[name] = when
            if (reading is None or plain.get(name) != when) and when.begin.start_us < when.end.end_us:
                key = (reading is None, when, _when(provision, text))
                titles, readings = rows.setdefault(key, ({}, {}))
                titles[_title(name, provision)] = None
                readings[reading or ""] = None
    for (is_text, when, words), (titles, readings) in rows.items():
        named = "" if is_text else f" ({', '.join(readings)})"
        yield Phase(f"{'; '.join(titles)}{named}: {words}", when.begin, when.end)


def _later(text: Document) -> Iterator[Phase]:
    for name, one in text.amendments.items():
        at, title = _day(one.agreed, text), one.title or name.replace("_", " ")
        yield Phase(f"{title}: agreed {_said(str(one.agreed), text)}", at, at, is_mark=True)
    for renewal in text.term.renewed if text.term else ():
        end = span_of(renewal.until, text) if isinstance(renewal.until, Moment) else None
        if end is not None:
            yield Phase(f"renewed until {_said(str(renewal.until), text)}", end, end, is_mark=True)


def _day(moment: Moment | None, text: Document) -> Span:
    return span_of(moment, text) or Span(NEVER_BEFORE, FOREVER)


def _title(name: str, provision: Provision) -> str:
    words = provision.title or name.replace("_", " ")
    return words[:1].upper() + words[1:]


def _when(provision: Provision, text: Document) -> str:
    return _said(when_words(provision.when), text) or "from entry into force"


def _said(words: str, text: Document) -> str:
    return told_in_words(words, events_of(text))

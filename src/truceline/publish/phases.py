"""When what holds: the texts, the clauses and what was agreed later, as spans of time, for a drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from truceline.basics.time import FOREVER, NEVER_BEFORE, Moment, Span
from truceline.engines.told_dates import events_of, told_in_words
from truceline.plan.anchored import span_of
from truceline.plan.condition import compile_condition
from truceline.plan.period import period_of
from truceline.plan.tables import When
from truceline.plan.timeline import ALWAYS, Timeline, all_of, within
from truceline.terms.agreement import Agreement
from truceline.terms.anchors import anchors_of
from truceline.terms.base import names_in
from truceline.terms.model import Document, Provision
from truceline.terms.wording import condition_title, when_words

__all__ = ["Phase", "phases_of"]


@dataclass(frozen=True, slots=True)
class Phase:
    """What holds from an instant in `begin` until one in `end`, while the `condition` on which it hangs is met.

    `is_mark` : it only happens, in `begin`.
    """

    words: str
    begin: Span
    end: Span
    is_mark: bool = False
    condition: Timeline = ALWAYS

    @property
    def truth(self) -> Timeline:
        """Say at every instant whether it holds: surely, surely not, or nobody can tell.

        >>> Phase("a", Span(10, 10), Span(20, 20), condition=Timeline((15,), (0, -1))).truth
        Timeline(edges=(10, 15), values=(-1, 0, -1))
        """
        return all_of((within(self.begin, self.end), self.condition))


_Held = tuple[When, Timeline]
"""The period of a clause, and the truth of all on which it hangs."""


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
    plain: dict[str, _Held] = {}
    rows: dict[tuple[bool, _Held, str], tuple[dict[str, None], dict[str, None]]] = {}
    for reading, text in agreement.documents.items():
        for name, provision in text.provisions.items():
            if provision.monitorable == "none" or provision.reserves is not None:
                continue
            when = period_of(provision, text, text.readings[reading] if reading else None)
            held = (when, compile_condition(provision, text))
            if reading is None:
                plain[name] = held
            if (reading is None or plain.get(name) != held) and when.begin.start_us < when.end.end_us:
                key = (reading is None, held, _when(provision, text))
                titles, readings = rows.setdefault(key, ({}, {}))
                titles[_title(name, provision)] = None
                readings[reading or ""] = None
    for (is_text, (when, condition), words), (titles, readings) in rows.items():
        named = "" if is_text else f" ({', '.join(readings)})"
        yield Phase(f"{'; '.join(titles)}{named}: {words}", when.begin, when.end, condition=condition)


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
    hangs = (("if", provision.if_), ("after", provision.after), ("together with", provision.together_with))
    told = [f"{link} {condition_title(words, text)}" for link, several in hangs for words in names_in(several)]
    return ", ".join([_said(when_words(provision.when), text) or "from entry into force", *told])


def _said(words: str, text: Document) -> str:
    return told_in_words(words, events_of(text))

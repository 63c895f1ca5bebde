"""TIM-1 entry-into-force: no day, hour and time zone at which a text begins to bind."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.basics.time import Moment
from truceline.terms.lint.entries import names_in
from truceline.terms.lint.phrases import titled
from truceline.terms.lint.rule import Remark, Rule, in_the_text
from truceline.terms.model import Document, Instrument, Provision

__all__ = ["RULE"]

_FIX = "agree on a day, an hour and a time zone: 'in_force: 2031-03-02T12:00+02:00'"


def _find(text: Document) -> Iterator[Remark]:
    for name in _carrying(text):
        instrument = text.instruments[name]
        titles = titled(name, instrument.title)
        if instrument.in_force is None and any(_hangs_on(name, clause) for clause in text.provisions.values()):
            yield Remark(f"instruments.{name}", f"{titles} does not say when it takes effect{_dated(instrument)}", _FIX)
        elif instrument.in_force and (missing := _missing(instrument.in_force, text.agreement.zone)):
            what = f"{titles} takes effect on '{instrument.in_force}', which gives no {missing}"
            yield Remark(f"instruments.{name}.in_force", what, _FIX)


def _carrying(text: Document) -> tuple[str, ...]:
    """Name the instruments that must take effect: those that clauses are under, but for mere endorsements.

    Where no clause names one, these are the instruments with a day of entry into force, or else all.
    """
    named = {name for clause in text.provisions.values() for name in names_in(clause.under)}
    if not named:
        named = {name for name, instrument in text.instruments.items() if instrument.in_force} or set(text.instruments)
    return tuple(name for name, instrument in text.instruments.items() if name in named and not instrument.endorses)


def _hangs_on(name: str, clause: Provision) -> bool:
    """Say whether a clause begins with an instrument: it counts from it, or names no begin of its own."""
    begin = (clause.when.from_ or clause.when.by) if clause.when else None
    if isinstance(begin, Moment):
        return begin.anchor == name
    return begin is None and (clause.under is None or name in names_in(clause.under))


def _missing(moment: Moment, zone: str | None) -> str | None:
    """Say what a moment lacks to be an instant; a count from another instrument ('pkg + 14 d') is its own matter."""
    if moment.anchor is not None:
        return None
    if moment.start is None or moment.start != moment.end:
        return "hour" if zone or (moment.start and moment.start.tzinfo) else "hour and no time zone"
    return None if moment.start.tzinfo or zone else "time zone"


def _dated(instrument: Instrument) -> str:
    dates = {"signed": instrument.signed, "agreed": instrument.agreed, "dated": instrument.date}
    return next((f", only that it was {word} on {date}" for word, date in dates.items() if date), "")


RULE = Rule(
    "TIM-1",
    "entry-into-force",
    "error",
    "UN Guidance on Mediation of Ceasefires (2022), ch. 1: date and time of effect",
    "no date, hour and time zone at which the text takes effect",
    in_the_text(_find),
    why=(
        "The first hours of a truce are the ones most disputed. If the text says *2 March*, a shell that "
        "morning may be the last of the war or the first breach. A signature says that there is a deal, not "
        "since when."
    ),
    mend="Agree on a day, an hour and a time zone, and write an instant: `in_force: 2031-03-02T12:00+02:00`.",
)

"""The conditions of a sentence, told: each with its truth and the facts from which it was answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from truceline.engines.figures import Clock
from truceline.engines.local import Checked
from truceline.engines.told_ground import TRUTHS, Measure, because, measures_of
from truceline.engines.told_things import thing_facts
from truceline.engines.told_timed import condition_facts, counted_facts, waiver_facts
from truceline.evidence.acts import ACTS
from truceline.judge.answer import Answer
from truceline.judge.check import Conditions
from truceline.plan.tables import Rule, Who
from truceline.terms.base import names_in
from truceline.terms.model import Document, Provision, Reading
from truceline.terms.wording import scope_words, what_words, who_words

__all__ = ["Condition", "conditions_told"]

SPEAKS, BROKEN = "does the rule speak", "is it broken"
BOUND = {1: "bound", 0: "not known whether bound", -1: "not bound"}
MEMBER = {1: "belongs to those addressed", 0: "may belong to those addressed", -1: "does not belong to those addressed"}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of the sentence: the question, its truth, and the facts and figures it was answered from."""

    group: str
    question: str
    truth: str
    facts: tuple[str, ...]
    measures: tuple[Measure, ...] = ()


def conditions_told(
    asked: Conditions, rule: Rule, checked: Checked, provision: Provision, text: Document, reading: Reading | None
) -> Iterator[Condition]:
    """Tell the conditions for the one report of `checked`, in the order in which they are asked."""
    clock = Clock(checked.setup.agreement.document.agreement.zone)
    times = (*_times(rule, checked, clock), *counted_facts(provision, text))
    yield _told(SPEAKS, "in force when it happened?", asked.in_force, times)
    yield _told(SPEAKS, "is somebody bound by it?", asked.bound, _bound(rule.who, checked, provision, text))
    met = tuple(condition_facts(rule, provision, text, checked))
    yield _told(SPEAKS, "is its condition met?", asked.condition, met)
    spared = rule.scope.where if rule.scope is not None else None
    denied = () if spared is None else tuple(measures_of(spared, checked))
    denial = _denial(rule, reading, text)
    yield _told(SPEAKS, "does the provision stand under this reading?", asked.text, denial, denied)
    yield _told(BROKEN, "who: are those who acted addressed?", asked.who, _members(rule.who, checked))
    acts = (*_acts(provision, text, checked), *thing_facts(rule.what, provision, text, checked))
    yield _told(BROKEN, "what: is it the act?", asked.what, (*acts, *_blindness(asked, checked)))
    ground = tuple(measures_of(rule.where, checked))
    yield _told(BROKEN, "where: on the ground of the rule?", asked.where, (), ground)
    hole = () if rule.except_where is None else tuple(measures_of(rule.except_where, checked))
    none = () if hole else ("the rule excepts no ground",)
    yield _told(BROKEN, "outside every excepted ground?", asked.not_excepted, none, hole)
    if rule.waivers:
        grounds = [waiver.where for waiver in rule.waivers if waiver.where is not None]
        measures = tuple(measure for where in grounds for measure in measures_of(where, checked))
        facts = tuple(waiver_facts(provision, text))
        yield _told(BROKEN, "outside every exception with bounds?", asked.waived.opposite, facts, measures)


def _told(
    group: str, question: str, answer: Answer, facts: Iterator[str] | Sequence[str], measures: tuple[Measure, ...] = ()
) -> Condition:
    """Add why it is unknown, unless a figure below says so already."""
    known = {words for measure in measures for words in measure.arithmetic}
    open_ = (words for words in because(answer) if words not in known)
    return Condition(group, question, TRUTHS[int(answer.truth[0])], (*facts, *open_), measures)


def _times(rule: Rule, checked: Checked, clock: Clock) -> Iterator[str]:
    batch = checked.batch
    start, end = int(batch.start_us[0]), int(batch.end_us[0])
    if not batch.dated[0]:
        yield "the report states no date"
    elif start == end:
        yield f"the event lies at {clock.instant(start)}"
    else:
        lasted = "the event lasted throughout" if batch.lasting[0] else "the event lies in"
        yield f"{lasted} [{clock.instant(start)}, {clock.instant(end)})"
    yield f"the rule holds {clock.period(rule.when.begin, rule.when.end)}"


def _named(checked: Checked) -> Iterator[tuple[str, int]]:
    """List those who acted, or those involved where nobody is said to have acted: (name in the report, actor id)."""
    attributed = bool(checked.batch.by.lengths[0])
    ids = (checked.batch.by if attributed else checked.batch.involved).ids.tolist()
    names = checked.reports.column("by" if attributed else "involved")[0].as_py() if ids else ()
    return zip(names, ids, strict=True)


def _actor(name: str, actor: int, checked: Checked) -> str:
    if actor < 0:
        return f'"{name}", whom the terms do not list'
    listed = checked.setup.book.actors[actor]
    entry = checked.setup.agreement.document.actors.get(listed)
    title = (entry.title if entry is not None else None) or listed
    if name in (listed, title):
        return title
    return f'"{name}", in the terms {title}' + (f" ({listed})" if title != listed else "")


def _bound(who: Who, checked: Checked, provision: Provision, text: Document) -> Iterator[str]:
    if provision.through:
        yield f"{who_words(provision.through, text)} undertook to bring it about: it speaks of all whom it names"
    for name, actor in _named(checked):
        yield f"{_actor(name, actor, checked)}: {BOUND[int(who.bound[actor])]}{_party(actor, checked, text)}"


def _party(actor: int, checked: Checked, text: Document) -> str:
    """Say to which party an actor belongs, and what that party is to the deal."""
    entry = text.actors.get(checked.setup.book.actors[actor]) if actor >= 0 else None
    party = text.parties.get(entry.of) if entry is not None and entry.of is not None else None
    if entry is None or party is None:
        return ""
    roles = party.role.values() if isinstance(party.role, dict) else names_in(party.role)
    return f" (of {party.title or entry.of}: {', '.join(roles)})"


def _denial(rule: Rule, reading: Reading | None, text: Document) -> Iterator[str]:
    if rule.denied and reading is not None:
        as_to = scope_words(reading, text)
        yield f"the holder of the reading denies it{f' as to {as_to}' if as_to else ''}"


def _members(who: Who, checked: Checked) -> Iterator[str]:
    attributed = bool(checked.batch.by.lengths[0])
    yield "attributed to those who acted" if attributed else "not attributed; those involved are looked at"
    for name, actor in _named(checked):
        yield f"{_actor(name, actor, checked)}: {_membership(who, actor)}"


def _membership(who: Who, actor: int) -> str:
    spell = any(spell.actor == actor for spell in who.spells)
    belongs = "belongs to those addressed for a part of the time" if spell else MEMBER[int(who.member[actor])]
    if any(spell.actor == actor for spell in who.excepted_spells):
        return f"{belongs}, excepted for a part of the time"
    return f"{belongs}, excepted" if who.excepted[actor] == 1 else belongs


def _acts(provision: Provision, text: Document, checked: Checked) -> Iterator[str]:
    """Put what the rule speaks of beside what the report shows."""
    yield f"the rule speaks of: {what_words(provision.what, text)}"
    batch, acts = checked.batch, tuple(ACTS)
    stated = {name: _stated(name, checked) for name in ("act", "maybe")}
    act = int(batch.act[0])
    means = f" ({ACTS[acts[act]].means})" if act >= 0 else ""
    yield f"the report shows: {stated['act']}{means}" if stated["act"] else "the report does not say what was done"
    if stated["maybe"]:
        yield f"it may show: {', '.join(stated['maybe'])}"


def _stated(name: str, checked: Checked) -> Any:
    return checked.reports.column(name)[0].as_py() if name in checked.reports.column_names else None


def _blindness(asked: Conditions, checked: Checked) -> Iterator[str]:
    if asked.blind.truth[0] == 1:
        yield f"{checked.reports.column('dataset')[0]} cannot show this act, whatever happened"

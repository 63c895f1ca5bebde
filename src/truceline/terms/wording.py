"""The sentence of a rule in plain words, put together from the words of the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from truceline.basics.quantity import Distance
from truceline.basics.time import Moment
from truceline.terms import where as written
from truceline.terms.base import names_in
from truceline.terms.model import Document, Member, Membership, Period, Provision, Reading, Spell
from truceline.terms.thing_words import what_words
from truceline.terms.timed import Amendment, Exceptions, Waiver, condition_in, excepted_names, waivers_of

__all__ = [
    "away_words",
    "baseline_words",
    "changes_of",
    "condition_title",
    "condition_words",
    "exception_words",
    "field_of",
    "limit_words",
    "line_words",
    "proxy_words",
    "scope_words",
    "sentence_of",
    "sided_words",
    "text_words",
    "unseen_because",
    "waiver_words",
    "what_words",
    "when_words",
    "where_words",
    "who_words",
]

_UNSEEN = {
    "intent": "it speaks of what somebody intends, which nobody can see",
    "inner": "it speaks of what lies within (knowledge, command, encouragement), which leaves no outward sign",
    "political": "it speaks of politics, which is for others to judge",
    "undefined": "the text names no list, no place or no date",
    "undisclosed": "what it says stands in a paper that is not public",
    "no_baseline": "the text does not say from what the change is counted",
    "own_judge": "the text makes one side the judge of it",
    "beyond_means": "the means of observation cannot tell whose forces they are",
}
"""Why no observation would decide a clause: the codes of `because`, in words."""

TREND_WORDS = {"down": "in falling numbers", "not_up": "in numbers that do not rise"}
"""Which change over time is asked for, in words."""

FIELDS_BY_KEY = {
    "who": "subject", "except": "exception", "through": "subject", "what": "act", "line": "line", "away": "depth",
    "sectors": "depth", "ends": "ends", "where": "ground", "baseline": "ground", "when": "date", "under": "date",
    "at_most": "limit", "at_least": "limit", "trend": "limit", "term": "date", "if": "condition", "after": "condition",
    "together_with": "condition", "conditions": "condition", "things": "act", "models": "act", "sets": "subject",
}  # fmt: skip


def sentence_of(provision: Provision, text: Document) -> str:
    """Write the rule as one sentence: who, what, where, when, how often, unless, if.

    The words are those of the terms; nothing is concluded from them.
    """
    parts = [
        f"{who_words(provision.who, text)}: {what_words(provision.what, text)}",
        where_words(provision.where, text),
        baseline_words(provision, text),
        when_words(provision.when),
        limit_words(provision),
        f"except {exception_words(provision.except_, text)}" if provision.except_ else "",
        *(f"if {condition_words(words, text)}" for words in names_in(provision.if_)),
        *(f"after {condition_words(words, text)}" for words in names_in(provision.after)),
        *(f"together with {condition_words(words, text)}" for words in names_in(provision.together_with)),
    ]
    return ", ".join(part for part in parts if part)


def sided_words(words: str, text: Document, side: str | None) -> str:
    """Put those of one side, and its line, where a clause that is read once per side leaves them open."""
    if side is None:
        return words
    row = text.sides[side]
    lines = [text.lines[line].title if line in text.lines else line for line in names_in(row.line)]
    return words.replace("side.who", who_words(row.who, text)).replace("side.line", " or ".join(lines))


def who_words(who: str | tuple[str, ...], text: Document) -> str:
    """Name those addressed by title where the terms give one, else by the words themselves."""
    return ", ".join(_title(name, text) for name in names_in(who))


def exception_words(exceptions: Exceptions, text: Document) -> str:
    """Name the exceptions, and what bounds those that have some."""
    plain = [_title(name, text) for name in excepted_names(exceptions)]
    return ", ".join([*plain, *(waiver_words(one, text) for one in waivers_of(exceptions))])


def waiver_words(waiver: Waiver, text: Document) -> str:
    """Say whom, where and when an exception spares.

    >>> from truceline.basics.time import parse_moment
    >>> text = Document.model_construct(parties={}, actors={}, sets={})
    >>> waiver_words(Waiver.model_validate({"who": "scouts", "until": parse_moment("2031-06-01")}), text)
    'scouts until 2031-06-01'
    """
    who = who_words(waiver.who, text) if waiver.who is not None else "everybody"
    begin = f"from {waiver.from_}" if waiver.from_ is not None else ""
    until = f"until {waiver.until}" if waiver.until is not None else ""
    return " ".join(part for part in (who, where_words(waiver.where, text), begin, until) if part)


def condition_words(words: str, text: Document) -> str:
    """Write what a rule hangs on: a condition by its title and its words, other words as they stand."""
    named = condition_in(words)
    condition = text.conditions.get(named[0]) if named else None
    quoted = f' ("{condition.words}")' if condition is not None and condition.words else ""
    return condition_title(words, text) + quoted


def condition_title(words: str, text: Document) -> str:
    """Write the same by its title alone.

    >>> condition_title("not cold_days", Document.model_construct(conditions={}, provisions={}))
    'not cold days'
    """
    named = condition_in(words)
    if named is None:
        return words
    condition, kept = text.conditions.get(named[0]), text.provisions.get(named[0])
    title = condition.title if condition is not None else f'"{kept.title}"' if kept is not None and kept.title else None
    return f"{'' if named[1] else 'not '}{title or named[0].replace('_', ' ')}"


def where_words(where: written.Where | None, text: Document) -> str:
    """Write the ground in words: distances as they were said, lines and areas by title."""
    if where is None or isinstance(where, str):
        return _named_ground(where, text)
    return _WORDS[type(where)](where, text)


def away_words(away: Distance | written.Away) -> str:
    """Write a depth: the words as said, and what a range means.

    >>> from truceline.basics.quantity import parse_distance
    >>> away_words(parse_distance("3 to 4 mi"))
    '3 to 4 mi'
    """
    if isinstance(away, Distance):
        gap = ", the gap being that between the two lines there" if away.form == "formula" else ""
        return f"{away.words}{gap}" if away.form != "undisclosed" else "an undisclosed distance"
    begin = f"from {away.from_} " if isinstance(away.from_, Distance) else ""
    until = "an undisclosed distance" if away.to.form == "undisclosed" else str(away.to)
    least = f", least {away.least}" if away.least else ""
    how = f" ({away.how}{least})" if away.how else (f" ({least[2:]})" if least else "")
    how += ", the gap being that between the two lines there" if away.to.form == "formula" else ""
    return f"{begin}{'to ' if begin else ''}{until}{how}"


def when_words(when: Period | None) -> str:
    """Write the period as said.

    >>> when_words(None)
    ''
    """
    if when is None:
        return ""
    begin, until = when.from_ or when.by, when.until
    parts = []
    if begin == "none":
        parts.append("no date given")
    elif isinstance(begin, Moment):
        parts.append(f"{'from' if when.from_ else 'by'} {begin}")
    if isinstance(until, Moment):
        parts.append(f"until {until}")
    return " ".join(parts)


def changes_of(reading: Reading | Amendment, text: Document) -> tuple[tuple[str, str, str], ...]:
    """List what a reading or an amendment changes: (field, path, words), in the words of the document that it makes.

    >>> text = Document.model_construct(provisions={})
    >>> changes_of(Reading(holder="a newspaper", denies=("freeze",)), text)
    (('denial', 'provisions.freeze', 'denied'),)
    """
    changed = [(field_of(path), path, _changed_words(path, value, text)) for path, value in (reading.set or {}).items()]
    added = [("provision", path, _added_words(path, value, text)) for path, value in (reading.add or {}).items()]
    if isinstance(reading, Amendment):
        dropped = [("provision", f"provisions.{name}", "dropped") for name in reading.drops or ()]
        return (*changed, *added, *dropped)
    as_to = f"denied as to {scope_words(reading, text)}" if reading.scope else "denied"
    denied = [("denial", f"provisions.{name}", as_to) for name in reading.denies or ()]
    table = [("depth", path, _plain(value)) for path, value in (reading.table or {}).items()]
    return (*changed, *added, *denied, *table)


def scope_words(reading: Reading, text: Document) -> str:
    """Name those, or the ground, of whom a reading denies something; nothing where it denies altogether.

    >>> scope_words(Reading(holder="a newspaper", scope="the strip"), Document.model_construct(parties={}))
    'the strip'
    """
    return who_words(reading.scope or (), text)


def field_of(path: str) -> str:
    """Say which field of the sentence a path of the document belongs to.

    >>> field_of("provisions.withdrawal.where.away"), field_of("term.until"), field_of("provisions.withdrawal")
    ('depth', 'date', 'clause')
    """
    keys = path.split(".")
    if keys[0] == "provisions" and len(keys) == len(("provisions", "name")):
        return "clause"
    return next((FIELDS_BY_KEY[key] for key in reversed(keys) if key in FIELDS_BY_KEY), "text")


def _added_words(path: str, value: Any, text: Document) -> str:
    """Write an added clause as its sentence; what is no clause, as it was put down."""
    section, _, name = path.partition(".")
    added = text.provisions.get(name) if section == "provisions" else None
    return _plain(value) if added is None else sentence_of(added, text)


def _changed_words(path: str, value: Any, text: Document) -> str:
    """Write a changed piece as the sentence has it; what is no piece of a sentence, as it was put down."""
    keys = path.split(".")
    if keys[0] == "zones" and len(keys) > 1 and keys[1] in text.zones:
        return where_words(text.zones[keys[1]], text)
    if keys[0] == "things" and len(keys) > 1 and keys[1] in text.things:
        return what_words(text.things[keys[1]], text)
    if keys[0] == "sets" and len(keys) > 1 and keys[1] in text.sets:
        return _set_words(text.sets[keys[1]], keys[2:], text) or _plain(value)
    if keys[0] == "provisions" and len(keys) > 1 and keys[1] in text.provisions:
        provision, key = text.provisions[keys[1]], keys[2] if len(keys) > 2 else ""
        if not key:
            return sentence_of(provision, text)
        words = {
            "where": where_words(provision.where, text),
            "who": who_words(provision.who, text),
            "what": what_words(provision.what, text),
            "when": when_words(provision.when),
            "except": f"except {exception_words(provision.except_, text)}" if provision.except_ else "no exception",
        }
        return words.get(key, _plain(value)) or "not stated"
    return _plain(value)


def _set_words(chosen: Membership, keys: list[str], text: Document) -> str:
    """Name the members of a set, or those of one of its lists; nothing where neither was changed."""
    surely = _member_words(chosen.in_, text)
    contested = f"contested: {_member_words(chosen.unsure, text)}"
    if not keys:
        return f"{surely}; {contested}" if chosen.unsure else surely
    return {"in": surely, "unsure": contested}.get(keys[0], "")


def _member_words(members: tuple[Member, ...], text: Document) -> str:
    """Name members by title, and for which time, where that is bounded."""
    bounded = (Waiver.model_construct(who=one.who, from_=one.from_, until=one.until) if isinstance(one, Spell) else one
               for one in members)  # fmt: skip
    told = [waiver_words(one, text) if isinstance(one, Waiver) else _title(one, text) for one in bounded]
    return ", ".join(told) or "nobody"


def _plain(value: Any) -> str:
    """Write a piece of the document in one line of words."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_plain(part)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return " or ".join(_plain(part) for part in value)
    return str(value)


def limit_words(provision: Provision) -> str:
    """Write how often, or which change over time.

    >>> limit_words(Provision.model_construct(at_most=0)), limit_words(Provision.model_construct(at_least=12))
    ('none at all', 'at least 12')
    >>> limit_words(Provision.model_construct(trend="down"))
    'in falling numbers'
    """
    if provision.trend is not None:
        return TREND_WORDS[provision.trend]
    if provision.at_least is not None:
        return f"at least {provision.at_least}"
    if provision.at_most is None:
        return ""
    return "none at all" if provision.at_most == 0 else f"at most {provision.at_most}"


def _band_words(band: written.Band, text: Document) -> str:
    line = line_words(band.line, text)
    air = "in the air " if band.air else ""
    side = " on both sides" if band.both_sides else ""
    if band.away is None:
        return f"{air}within a distance that differs by sector of {line}{side}"
    if isinstance(band.away, written.Away) and band.away.from_ == "none":
        return f"{air}nearer than {band.away.to} to {line}, or across it"
    between = isinstance(band.away, written.Away) and isinstance(band.away.from_, Distance)
    return f"{air}{away_words(band.away) if between else _within(band.away)} of {line}{side}"


def _within(away: Distance | written.Away) -> str:
    """Write a depth that begins at nothing; "up to" wants a noun."""
    words = away_words(away)
    return f"within a distance of {words}" if words.startswith("up to ") else f"within {words}"


def _named_ground(where: str | None, text: Document) -> str:
    if where is None or where in ("anywhere", "everywhere"):
        return "anywhere" if where else ""
    return where_words(text.zones[where], text) if where in text.zones else _inside(_area_title(where, text))


def _inside(ground: str) -> str:
    """Say that something lies in a ground; one that is told as lying outside of something needs no "in"."""
    return ground if ground.startswith("outside ") else f"in {ground}"


def line_words(line: str | tuple[str, ...], text: Document) -> str:
    """Name one line or several by title, and the lines that replace a part of them.

    >>> line_words(("river", "road"), Document.model_construct(lines={}))
    'river or road'
    """
    names = names_in(line)
    rulers = {name: text.lines[name].replaces for name in names if name in text.lines}
    parts = {name: part.line for name, part in rulers.items() if part is not None and part.line in names}
    plain = [_one_line(name, [one for one, of in parts.items() if of == name], text) for name in names
             if name not in parts]  # fmt: skip
    return " or ".join(plain)


def _one_line(name: str, rulers: list[str], text: Document) -> str:
    """Name a line, that its course changes, and the lines that replace a part of it."""
    if name not in text.lines:
        return name
    line = text.lines[name]
    dated = " (its course of the day)" if line.versions else ""
    part = f" (in a part of it {' and '.join(text.lines[one].title for one in rulers)})" if rulers else ""
    return f"{line.title}{dated}{part}"


def baseline_words(provision: Provision, text: Document) -> str:
    """Write what an advance is measured from; nothing where there is no line.

    >>> freeze = Provision.model_construct(baseline={"line": "front", "version": "2031-05-02"})
    >>> baseline_words(freeze, Document.model_construct(lines={}))
    'beyond front as it ran on 2031-05-02'
    """
    baseline = provision.baseline
    if not isinstance(baseline, Mapping) or "line" not in baseline:
        return ""
    name = str(baseline["line"])
    line = text.lines[name].title if name in text.lines else name
    return f"beyond {line}" + (f" as it ran on {baseline['version']}" if "version" in baseline else "")


def _titles(names: tuple[str, ...], text: Document) -> str:
    return ", ".join(_area_title(name, text) for name in names)


def _area_title(name: str, text: Document) -> str:
    return (text.areas[name].title if name in text.areas else None) or name


def _title(name: str, text: Document) -> str:
    if name == "any":
        return "anybody"
    entry = text.sets.get(name) or text.actors.get(name) or text.parties.get(name)
    return (entry.title if entry is not None else None) or name.replace("_", " ")


def _places_words(where: written.Places, text: Document) -> str:
    unsure = f" (and, contested, {_titles(where.unsure, text)})" if where.unsure else ""
    return f"{_inside(_titles(where.places, text))}{unsure}"


def _around_words(where: written.Around, text: Document) -> str:
    named = names_in(where.around)
    contested = f" (and, contested, {_titles(where.unsure, text)})" if where.unsure else ""
    areas, air = f"{_titles(named, text)}{contested}", "in the air " if where.air else ""
    ringed = isinstance(where.away, written.Away) and isinstance(where.away.from_, Distance)
    reach = away_words(where.away) if ringed else _within(where.away)
    if where.belt is not None:
        sides = {"outside": "on its outside", "inside": "on its inside", "both": "on both sides"}
        return f"{air}{reach} of the boundary of {areas}, {sides[where.belt]}"
    if ringed:
        return f"{air}{reach} of {areas}"
    them = "it" if len(named) + len(where.unsure) == 1 else "any of them"
    return f"{air + 'over' if air else 'in'} {areas} or {reach} of {them}"


def _between_words(where: written.Between, text: Document) -> str:
    return " and ".join((f"between {line_words(where.between[0], text)}", line_words(where.between[1], text)))


def _along_words(where: written.Along, text: Document) -> str:
    air = "in the air " if where.air else ""
    return f"{air}along {line_words(where.along, text)}" + (f", {where.width} wide in all" if where.width else "")


def _any_words(where: written.AnyOf, text: Document) -> str:
    return " or ".join(where_words(part, text) for part in where.any)


def _all_words(where: written.AllOf, text: Document) -> str:
    return " and ".join(where_words(part, text) for part in where.all)


def _except_words(where: written.ExceptFor, text: Document) -> str:
    return f"{where_words(where.of, text)}, but not {where_words(where.but_not, text)}"


_WORDS: Mapping[type, Callable[..., str]] = {
    written.Band: _band_words, written.Places: _places_words, written.Around: _around_words,
    written.Between: _between_words, written.Along: _along_words, written.AnyOf: _any_words,
    written.AllOf: _all_words, written.ExceptFor: _except_words,
}  # fmt: skip


def text_words(text: Document) -> str:
    """Say which text is judged without any reading: as written, or as amended.

    >>> text_words(Document.model_construct(amendments={}))
    'the text as written'
    """
    names = [amendment.title or name.replace("_", " ") for name, amendment in text.amendments.items()]
    return f"the text as amended ({', '.join(names)})" if names else "the text as written"


def proxy_words(provision: Provision) -> str | None:
    """Name what stands in for a clause that can be observed in part only; None where it is observed itself, or not.

    >>> proxy_words(Provision.model_construct(monitorable="partly", proxy="sightings per patrol"))
    'sightings per patrol'
    """
    return (provision.proxy or "a proxy that the terms do not name") if provision.monitorable == "partly" else None


def unseen_because(words: str | None) -> str:
    """Say why no observation would decide a clause; a reason that is no code stands as written.

    >>> unseen_because("undisclosed"), unseen_because("no patrol may enter")
    ('what it says stands in a paper that is not public', 'no patrol may enter')
    """
    if words is None:
        return "nothing that could be observed would decide it"
    return _UNSEEN.get(words, words)

"""The sentence of a rule in plain words, put together from the words of the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from truceline.basics.quantity import Distance
from truceline.basics.time import Moment
from truceline.terms import where as written
from truceline.terms.base import names_in
from truceline.terms.model import Document, Period, Provision, Reading

__all__ = [
    "away_words",
    "changes_of",
    "field_of",
    "scope_words",
    "sentence_of",
    "unseen_because",
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

FIELDS_BY_KEY = {
    "who": "subject", "except": "exception", "through": "subject", "what": "act", "line": "line", "away": "depth",
    "sectors": "depth", "ends": "ends", "where": "ground", "when": "date", "under": "date", "at_most": "limit",
    "at_least": "limit", "trend": "limit", "term": "date",
}  # fmt: skip


def sentence_of(provision: Provision, text: Document) -> str:
    """Write the rule as one sentence: who, what, where, when, how often, unless, if.

    The words are those of the terms; nothing is concluded from them.
    """
    parts = [
        f"{who_words(provision.who, text)}: {what_words(provision.what)}",
        where_words(provision.where, text),
        when_words(provision.when),
        _limit_words(provision),
        f"except {who_words(provision.except_, text)}" if provision.except_ else "",
        f"if {provision.if_}" if provision.if_ else "",
        f"after {provision.after}" if provision.after else "",
        f"together with {provision.together_with}" if provision.together_with else "",
    ]
    return ", ".join(part for part in parts if part)


def who_words(who: str | tuple[str, ...], text: Document) -> str:
    """Name those addressed by title where the terms give one, else by the words themselves."""
    return ", ".join(_title(name, text) for name in names_in(who))


def what_words(what: str | tuple[str, ...] | Mapping[str, Any]) -> str:
    """Write the act or the thing as it stands in the terms.

    >>> what_words({"gun": {"calibre": "122 mm"}})
    'gun (calibre 122 mm)'
    """
    if isinstance(what, str):
        return what.replace("_", " ")
    if isinstance(what, Mapping):
        return ", ".join(_selector_words(key, value) for key, value in what.items())
    return ", ".join(what_words(part) for part in what)


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
        return away.words if away.form != "undisclosed" else "an undisclosed distance"
    begin = f"from {away.from_} " if isinstance(away.from_, Distance) else ""
    until = "an undisclosed distance" if away.to.form == "undisclosed" else str(away.to)
    least = f", least {away.least}" if away.least else ""
    how = f" ({away.how}{least})" if away.how else (f" ({least[2:]})" if least else "")
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


def changes_of(reading: Reading, text: Document) -> tuple[tuple[str, str, str], ...]:
    """List what a reading changes: (field, path, words), in the words of the document that it makes.

    >>> text = Document.model_construct(provisions={})
    >>> changes_of(Reading(holder="a newspaper", denies=("freeze",)), text)
    (('denial', 'provisions.freeze', 'denied'),)
    """
    changed = [(field_of(path), path, _changed_words(path, value, text)) for path, value in (reading.set or {}).items()]
    added = [("provision", path, _plain(value)) for path, value in (reading.add or {}).items()]
    as_to = f"denied as to {scope_words(reading, text)}" if reading.scope else "denied"
    denied = [("denial", f"provisions.{name}", as_to) for name in reading.denies or ()]
    table = [("depth", path, _plain(value)) for path, value in (reading.table or {}).items()]
    return (*changed, *added, *denied, *table)


def scope_words(reading: Reading, text: Document) -> str:
    """Name those, or the ground, of whom a reading denies something; nothing where it denies altogether.

    >>> scope_words(Reading(holder="a newspaper", scope="the strip"), Document.model_construct())
    'the strip'
    """
    return who_words(reading.scope or (), text)


def field_of(path: str) -> str:
    """Say which field of the sentence a path of the document belongs to.

    >>> field_of("provisions.withdrawal.where.away"), field_of("term.until")
    ('depth', 'date')
    """
    keys = path.split(".")
    return next((FIELDS_BY_KEY[key] for key in reversed(keys) if key in FIELDS_BY_KEY), "text")


def _changed_words(path: str, value: Any, text: Document) -> str:
    """Write a changed piece as the sentence has it; what is no piece of a sentence, as it was put down."""
    keys = path.split(".")
    if keys[0] == "zones" and len(keys) > 1 and keys[1] in text.zones:
        return where_words(text.zones[keys[1]], text)
    if keys[0] == "provisions" and len(keys) > 2 and keys[1] in text.provisions:
        provision, key = text.provisions[keys[1]], keys[2]
        words = {
            "where": where_words(provision.where, text),
            "who": who_words(provision.who, text),
            "when": when_words(provision.when),
            "except": f"except {who_words(provision.except_, text)}",
        }
        return words.get(key, _plain(value))
    return _plain(value)


def _plain(value: Any) -> str:
    """Write a piece of the document in one line of words."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_plain(part)}" for key, part in value.items())
    if isinstance(value, list | tuple):
        return " or ".join(_plain(part) for part in value)
    return str(value)


def _limit_words(provision: Provision) -> str:
    if provision.trend is not None:
        return f"trend {provision.trend.replace('_', ' ')}"
    if provision.at_least is not None:
        return f"at least {provision.at_least}"
    if provision.at_most is None:
        return ""
    return "none at all" if provision.at_most == 0 else f"at most {provision.at_most}"


def _selector_words(key: str, value: Any) -> str:
    name = key.replace("_", " ")
    return f"{name} ({_plain(value)})" if isinstance(value, Mapping) else f"{name} {_plain(value)}"


def _band_words(band: written.Band, text: Document) -> str:
    line = _line_words(band.line, text)
    side = " on both sides" if band.both_sides else ""
    if band.away is None:
        return f"within a distance that differs by sector of {line}{side}"
    if isinstance(band.away, written.Away) and band.away.from_ == "none":
        return f"nearer than {band.away.to} to {line}, or across it"
    between = isinstance(band.away, written.Away) and isinstance(band.away.from_, Distance)
    return f"{'' if between else 'within '}{away_words(band.away)} of {line}{side}"


def _named_ground(where: str | None, text: Document) -> str:
    if where is None or where in ("anywhere", "everywhere"):
        return "anywhere" if where else ""
    return where_words(text.zones[where], text) if where in text.zones else f"in {_area_title(where, text)}"


def _line_words(line: str | tuple[str, ...], text: Document) -> str:
    return " or ".join(text.lines[name].title if name in text.lines else name for name in names_in(line))


def _titles(names: tuple[str, ...], text: Document) -> str:
    return ", ".join(_area_title(name, text) for name in names)


def _area_title(name: str, text: Document) -> str:
    return (text.areas[name].title if name in text.areas else None) or name


def _title(name: str, text: Document) -> str:
    entry = text.sets.get(name) or text.actors.get(name)
    return (entry.title if entry is not None else None) or name.replace("_", " ")


def _places_words(where: written.Places, text: Document) -> str:
    unsure = f" (and, contested, {_titles(where.unsure, text)})" if where.unsure else ""
    return f"in {_titles(where.places, text)}{unsure}"


def _between_words(where: written.Between, text: Document) -> str:
    return " and ".join((f"between {_line_words(where.between[0], text)}", _line_words(where.between[1], text)))


def _along_words(where: written.Along, text: Document) -> str:
    return f"along {_line_words(where.along, text)}" + (f", {where.width} wide in all" if where.width else "")


def _any_words(where: written.AnyOf, text: Document) -> str:
    return " or ".join(where_words(part, text) for part in where.any)


def _all_words(where: written.AllOf, text: Document) -> str:
    return " and ".join(where_words(part, text) for part in where.all)


def _except_words(where: written.ExceptFor, text: Document) -> str:
    return f"{where_words(where.of, text)}, but not {where_words(where.but_not, text)}"


_WORDS: Mapping[type, Callable[..., str]] = {
    written.Band: _band_words, written.Places: _places_words, written.Between: _between_words,
    written.Along: _along_words, written.AnyOf: _any_words, written.AllOf: _all_words,
    written.ExceptFor: _except_words,
}  # fmt: skip


def unseen_because(words: str | None) -> str:
    """Say why no observation would decide a clause; a reason that is no code stands as written.

    >>> unseen_because("undisclosed"), unseen_because("no patrol may enter")
    ('what it says stands in a paper that is not public', 'no patrol may enter')
    """
    if words is None:
        return "nothing that could be observed would decide it"
    return _UNSEEN.get(words, words)

"""An agreement told in sections: headings, items and tables of plain words, for a page and for a terminal alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Item", "Section", "sections_of"]

Told = dict[str, Any]
UNCONFIRMED = "unconfirmed"
MOST_CHAINS = 4
_DATES = ("agreed", "signed", "date", "in_force")
_VERBS = ("amends", "adds_to", "endorses")


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a section: what it is called, and what is said about it."""

    head: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One part of an agreement: sentences first, then items, then a table."""

    title: str
    items: tuple[Item, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.items or self.rows)


def sections_of(told: Told) -> tuple[Section, ...]:
    """Put what was told of an agreement (`terms_told`) into sections; those with nothing to tell are left out."""
    return tuple(section for make in _SECTIONS if not (section := make(told)).is_empty)


def _instruments(told: Told) -> Section:
    titles = {one["id"]: one["title"] for one in told["instruments"]}
    rows = tuple(
        (
            f"{one['title']} ({one['id']})",
            _joined(*(f"{key.replace('_', ' ')} {one[key]}" for key in _DATES if one[key])),
            _joined(*(f"{key}: {one[key]}" for key in ("text", "maps") if one[key])),
            _joined(*(f"{verb.replace('_', ' ')} {', '.join(titles.get(name, name) for name in one[verb])}"
                      for verb in _VERBS if one[verb]), one["note"]),
        )
        for one in told["instruments"]
    )  # fmt: skip
    return Section("The texts", columns=("text", "when", "what is public", "what it does"), rows=rows)


def _parties(told: Told) -> Section:
    rows = tuple(
        (one["title"], ", ".join(one["roles"]), _joined(
            f"consents ({', '.join(one['consent'])})" if one["consent"] else "",
            f"said otherwise in {', '.join(one['said_otherwise'])}" if one["said_otherwise"] else "", one["note"],
        ))
        for one in told["parties"]
    )  # fmt: skip
    return Section("Who is what to it", columns=("who", "role", "notes"), rows=rows)


def _clauses(told: Told) -> Section:
    sides = "; ".join(f"{one['who']} from {one['line']}" for one in told["sides"])
    notes = (f"Each side from its own line: {sides}.",) if sides else ()
    return Section("What it says", tuple(_clause(one) for one in told["clauses"]), notes=notes)


def _clause(one: Told) -> Item:
    seen = {"none": f"Cannot be monitored: {one['because']}.", "partly": f"Can be monitored in part: {one['proxy']}."}
    lines = [
        _ended(one["sentence"]),
        f'In its words: "{one["words"]}"' if one["words"] else "",
        f"Only under the reading {', '.join(one['only_under'])}." if one["only_under"] else "",
        seen.get(one["monitorable"], ""),
        f"To be brought about by {', '.join(one['through'])}." if one["through"] else "",
        f"Checked by {', '.join(one['verify'])}." if one["verify"] else "",
        f"Under {', '.join(one['under'])}." if one["under"] else "",
        f"Note: {one['note']}" if one["note"] else "",
        _rests_on(one),
    ]
    return Item(f"{one['title']} ({one['id']})", tuple(line for line in lines if line))


def _readings(told: Told) -> Section:
    rows = tuple(
        (
            f"{one['title']} ({one['id']})", one["holder"], _changes(one), "\n".join(_behind(one)),
        )
        for one in told["readings"]
    )  # fmt: skip
    return Section("Who reads it how", columns=("reading", "held by", "what it changes", "rests on"), rows=rows)


def _changes(one: Told) -> str:
    said = [_change(change) for change in one["changes"]] or ["nothing: the text as it stands"]
    until = f"until {one['until']}" if one.get("until") else ""
    slip = f"a slip: {one['slip']}" if one.get("slip") else ""
    return "\n".join(part for part in (*said, until, slip, one["note"]) if part)


def _change(change: Told) -> str:
    if change["field"] in ("denial", "provision"):
        return f'"{change["of"]}": {change["words"]}'
    if change["field"] == "clause":
        return f'replaces "{change["of"]}" by: {change["words"]}'
    return f'{change["field"]} of "{change["of"]}": {change["words"]}'


def _demands(told: Told) -> Section:
    rows = tuple(
        (
            one["by"], _joined(one["ground"], one["what"] or "", f"of {one['who']}" if one["who"] else ""),
            _joined(f"told as {', '.join(one['told_as'])}" if one["told_as"] else "",
                    f"answer: {one['answer']}" if one["answer"] else "", one["claims"], one["note"]),
            "\n".join(_behind(one)),
        )
        for one in told["demands"]
    )  # fmt: skip
    return Section("Asked or offered, and never agreed", columns=("by", "what", "and", "rests on"), rows=rows)


def _stances(told: Told) -> Section:
    rows = tuple(
        (one["actor"], f"{one['is']}: {one['to']}", one["said"] or "", _joined(one["note"]), "\n".join(_behind(one)))
        for one in told["stances"]
    )
    return Section("Positions", columns=("who", "what", "when", "note", "rests on"), rows=rows)


def _amendments(told: Told) -> Section:
    rows = tuple((one["title"], one["agreed"], _changes(one), "\n".join(_behind(one))) for one in told["amendments"])
    return Section("What was changed later", columns=("change", "agreed", "what it changes", "rests on"), rows=rows)


def _conditions(told: Told) -> Section:
    items = []
    for one in told["conditions"]:
        quoted = [f'In its words: "{one["words"]}"'] if one["words"] else []
        spells = [_spell(part) for part in one["is"]] or ["Whether it is met is not told for any time."]
        items.append(Item(f"{one['title']} ({one['id']})", (*quoted, *spells, _rests_on(one))))
    return Section("Conditions", tuple(items))


def _spell(part: Told) -> str:
    begin = f" from {part['from']}" if part["from"] else ""
    until = f" until {part['until']}" if part["until"] else ""
    return f"{part['is'].capitalize()}{begin}{until}: {'; '.join(_behind(part)) or 'no source of its own'}"


def _term(told: Told) -> Section:
    term = told["term"]
    if term is None:
        return Section("How long")
    rows = [(key, words, "") for key, words in term["facts"].items()]
    rows += [(f"renewed until {one['until']}", one["agreed"] or "", "\n".join(_behind(one))) for one in term["renewed"]]
    return Section("How long", columns=("what", "in words", "rests on"), rows=tuple(rows),
                   notes=tuple(part for part in (term["note"], _rests_on(term)) if part))  # fmt: skip


def _mechanism(told: Told) -> Section:
    items = tuple(
        Item(one["title"], (*(f"{key.capitalize()}: {words}" for key, words in one["facts"].items()),
                            *([one["note"]] if one["note"] else []), _rests_on(one)))
        for one in told["mechanism"]
    )  # fmt: skip
    return Section("Who checks", items)


def _ground(told: Told) -> Section:
    rows = [
        (one["title"], "line", _courses(one), _joined(_error(one), "it moves" if one["moving"] else "", one["note"]))
        for one in told["lines"]
    ]  # fmt: skip
    rows += [
        (one["title"], "area", _slotted(one), _joined(_error(one), one["note"]))
        for one in told["areas"]
    ]  # fmt: skip
    return Section("The ground", columns=("what", "kind", "geometry", "notes"), rows=tuple(rows))


def _error(one: Told) -> str:
    return f"known to {one['uncertainty']}" if one["uncertainty"] else ""


def _courses(line: Told) -> str:
    if line["one_of"]:
        return f"one of {', '.join(line['one_of'])}; nothing says which"
    told = [f"from {one['from']}: {_slotted(one)}" if one["from"] else _slotted(one) for one in line["courses"]]
    return "\n".join(told)


def _slotted(one: Told) -> str:
    return f"{one['geometry']} (--geometry {one['slot']}=FILE#ID)" if one["slot"] else str(one["geometry"])


def _open(told: Told) -> Section:
    items = tuple(Item(f"{one['id'].replace('_', ' ')}: {one['words']}") for one in told["open"])
    return Section("What it leaves open", items)


def _unseen(told: Told) -> Section:
    items = tuple(
        Item(f"{one['title']}: {one['because'] or one['proxy']}"
             f"{'' if one['monitorable'] == 'none' else ' (a stand-in for what cannot be seen itself)'}")
        for one in told["clauses"] if one["monitorable"] != "full"
    )  # fmt: skip
    return Section("What cannot be monitored, and why", items)


def _unconfirmed(told: Told) -> Section:
    """List what rests on nothing that was read, and the sources that are marked so."""
    items = [
        Item(f"{title} ({path}): rests only on what is unconfirmed")
        for title, path in zip(told["unconfirmed_titles"], told["unconfirmed"], strict=True)
    ]
    items += [Item(f"{name}: the source is unconfirmed") for name in told["unconfirmed_sources"]]
    return Section("What is unconfirmed", tuple(items))


def _sources(told: Told) -> Section:
    rows = tuple(
        (
            f"{one['id']}{' (unconfirmed)' if one['check'] == UNCONFIRMED else ''}",
            _joined(", ".join(one["by"]) or one["kind"] or "", one["said"] or (one["known_from"] or "")),
            _joined(f"via {', '.join(one['via'])}" if one["via"] else "",
                    f"of {', '.join(one['of'])}" if one["of"] else ""),
            _joined(one["url"], f'"{one["words"]}"' if one["words"] else "", one["note"]),
        )
        for one in told["sources"]
    )  # fmt: skip
    return Section("Sources", columns=("source", "said by, when", "carried", "where"), rows=rows)


def _rests_on(one: Told) -> str:
    behind = list(_behind(one))
    return f"Rests on: {'; '.join(behind)}" if behind else "Rests on no source of its own."


def _behind(one: Told) -> Iterator[str]:
    yield from one["chains"][:MOST_CHAINS]
    if len(one["chains"]) > MOST_CHAINS:
        yield f"and {len(one['chains']) - MOST_CHAINS} more"
    if one["unconfirmed"]:
        yield UNCONFIRMED


def _joined(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part)


def _ended(sentence: str) -> str:
    words = sentence[:1].upper() + sentence[1:]
    return words if words.endswith((".", "!", "?")) else f"{words}."


_SECTIONS: Sequence[Callable[[Told], Section]] = (
    _clauses, _readings, _amendments, _conditions, _term, _demands, _stances, _open, _unseen, _unconfirmed,
    _instruments, _parties, _mechanism, _ground, _sources,
)  # fmt: skip

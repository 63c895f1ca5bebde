"""PAR-4 actor-undefined: a clause speaks of people whom nothing tells apart from others."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.terms.lint.entries import names_in
from truceline.terms.lint.phrases import listed, titled
from truceline.terms.lint.rule import Remark, Rule, in_every_text
from truceline.terms.model import Document, Membership, Spell
from truceline.terms.timed import excepted_names

__all__ = ["RULE"]

_TEST = "or agree on a test: who commands, pays or recruits them, and since when"
_DECLARE = f"declare a set with its members and name it here, {_TEST}"
_LIST = f"list the members under 'in', {_TEST}"


def _find(text: Document) -> Iterator[Remark]:
    used: dict[str, None] = {}
    for name, clause in text.provisions.items():
        for key, words in (("who", clause.who), ("except", excepted_names(clause.except_))):
            used.update(dict.fromkeys(chosen for word in names_in(words) for chosen in _sets(word, text)))
            loose = [word for word in names_in(words) if not _is_known(word, text)]
            if loose:
                verb = "speaks of" if key == "who" else "excepts"
                what = f"'{name}' {verb} {listed(loose)}: no list and no test says who that is"
                yield Remark(f"provisions.{name}.{key}", what, _DECLARE)
    for name in used:
        yield from _of_set(name, text.sets[name], text)


def _sets(name: str, text: Document) -> Iterator[str]:
    """Name a set and the sets within it; nothing if the name is no set."""
    if name == "side.who":
        yield from (inner for side in text.sides.values() for inner in _sets(side.who, text))
    if name in text.sets:
        yield name
        for member in (*text.sets[name].in_, *text.sets[name].unsure):
            yield from _sets(_who(member), text)


def _of_set(name: str, chosen: Membership, text: Document) -> Iterator[Remark]:
    """Tell what a set leaves open: in the words of `open`, and as members of whom nobody is sure."""
    gaps = [text.open[name]] if name in text.open else []
    unsure = [_who(member) for member in chosen.unsure]
    if unsure:
        verb = "belongs" if len(unsure) == 1 else "belong"
        gaps.append(f"the terms leave open whether {listed(unsure)} {verb} to it")
    if gaps:
        yield Remark(f"sets.{name}", f"{titled(name, chosen.title)}: {'; '.join(gaps)}", _LIST)


def _who(member: str | Spell) -> str:
    return member.who if isinstance(member, Spell) else member


def _is_known(word: str, text: Document) -> bool:
    known = (*text.actors, *text.sets, *text.parties, *text.zones, *text.areas, "any", "side.who")
    return word in known


RULE = Rule(
    "PAR-4",
    "actor-undefined",
    "error",
    "practice: clauses on 'foreign fighters', 'proxies' or 'militias' that each side fills differently",
    "a subject term without a list of members or a test of membership",
    in_every_text(_find),
    why=(
        "Words such as *foreign fighters*, *proxies*, *militias* or *radical groups* sound like a description "
        "and work like a blank: each side fills in the others. A report that names its actor exactly still "
        "cannot be judged if nobody can say whether that actor is meant."
    ),
    mend="List the members under `in`, with dates where membership changes: `{who: ..., from: ..., until: ...}`.",
)

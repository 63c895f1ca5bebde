"""PAR-2 bound-non-signatory: a clause falls on forces for which nobody signed."""

from __future__ import annotations

from collections.abc import Iterator

from truceline.terms.agreement import Agreement
from truceline.terms.lint.entries import names_in, roles_of
from truceline.terms.lint.phrases import listed
from truceline.terms.lint.rule import Remark, Rule, in_every_text
from truceline.terms.model import Document, Party, Provision, Spell

__all__ = ["RULE"]

_SIGNED = frozenset({"signatory", "guarantor", "party"})
_FIX = (
    "name the signatories who undertake it for them ('through: [...]'), the party they belong to ('of: ...'), "
    "or the source in which that party consents ('consent: s....')"
)


def _find(agreement: Agreement) -> Iterator[Remark]:
    """Tell clauses that fall on the same people together, at the first of them."""
    clauses: dict[str, list[str]] = {}
    for remark in in_every_text(_clauses)(agreement):
        clauses.setdefault(remark.what, []).append(remark.path)
    for what, paths in clauses.items():
        names = (path.partition("provisions.")[2].split(".")[0] for path in paths)
        yield Remark(paths[0], f"{listed(names)}: {what}", _FIX)


def _clauses(text: Document) -> Iterator[Remark]:
    for name, clause in text.provisions.items():
        left = [who for who in _addressed(clause, text) if not _has_signed(who, text)]
        if left and _obliges(clause) and not any(_has_signed(party, text) for party in names_in(clause.through)):
            whom = ", ".join(f"{who} ({_bond(who, text)})" for who in left)
            yield Remark(f"provisions.{name}.who", f"no signatory answers for {whom}", _FIX)


def _obliges(clause: Provision) -> bool:
    return clause.at_most is not None or clause.at_least is not None or clause.trend is not None


def _addressed(clause: Provision, text: Document) -> tuple[str, ...]:
    """List the actors and parties that are surely meant; free words and `any` name nobody (see PAR-4)."""
    whom = [actor for name in names_in(clause.who) for actor in _members(name, text)]
    return tuple(dict.fromkeys(whom))


def _members(name: str, text: Document) -> Iterator[str]:
    if name == "side.who":
        yield from (actor for side in text.sides.values() for actor in _members(side.who, text))
    elif name in text.sets:
        for member in text.sets[name].in_:
            yield from _members(member.who if isinstance(member, Spell) else member, text)
    elif name in text.actors or name in text.parties:
        yield name


def _party(who: str, text: Document) -> str | None:
    """Find the party to which an actor belongs: by `of`, by its own name, or as one of the two sides."""
    if who in text.actors and text.actors[who].of is not None:
        return text.actors[who].of
    named = (name for name, side in text.sides.items() if side.who == who and name in text.parties)
    return who if who in text.parties else next(named, None)


def _has_signed(who: str, text: Document) -> bool:
    name = _party(who, text)
    return name is not None and _signed(text.parties.get(name))


def _signed(party: Party | None) -> bool:
    return party is not None and (bool(_SIGNED.intersection(roles_of(party))) or party.consent is not None)


def _bond(who: str, text: Document) -> str:
    name = _party(who, text)
    if name is None or name not in text.parties:
        return "no party named"
    roles = " and ".join(roles_of(text.parties[name]))
    return roles if name == who else f"of {name}, {roles}"


RULE = Rule(
    "PAR-2",
    "bound-non-signatory",
    "error",
    "practice: withdrawals promised on behalf of forces that signed nothing",
    "an obligation falls on an actor that neither signed nor has a named guarantor",
    _find,
    why=(
        "A promise binds whoever made it. If others are to leave or to hold fire, somebody must have promised "
        "to make them, or the clause asks everything of nobody. When it fails, the signatories say that the "
        "others never agreed, and the others say so too: the text holds no address to which a complaint could "
        "go."
    ),
    mend="Name the signatories who undertake it: `through: [northbank]`.",
)

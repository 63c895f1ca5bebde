"""WHO and WHAT, compiled: sets become truth values by actor id, acts and things become ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from truceline.basics.time import FOREVER, NEVER_BEFORE, Span
from truceline.evidence.acts import ACT_IDS, ACTS
from truceline.evidence.datasets import DATASETS, cannot_show
from truceline.plan.anchored import span_of
from truceline.plan.codebook import Codebook
from truceline.plan.tables import ByActor, Spell, What, Who
from truceline.plan.things import Words
from truceline.plan.weapons import Sort
from truceline.terms.base import names_in
from truceline.terms.model import Actor, Document, Membership, Provision
from truceline.terms.model import Spell as WrittenSpell
from truceline.terms.things import Sizes, Thing, selectors_in
from truceline.terms.timed import excepted_names

__all__ = ["compile_what", "compile_who", "members_of"]

UNBOUND_ROLES = frozenset({"non-party"})
BINDING_ROLES = frozenset({"signatory", "guarantor", "party"})


def compile_who(provision: Provision, text: Document, book: Codebook, side: str | None) -> Who:
    """Compile whom a provision addresses, who is excepted, and who is bound by the agreement.

    Words that are no actor and no set have no members that anybody could check: the membership of
    everyone is unknown.
    """
    names = [_side(name, text, side) for name in names_in(provision.who)]
    member, spells, undefined = members_of(names, text, book)
    named = (_side(name, text, side) for name in excepted_names(provision.except_))
    exceptions = [name for name in named if name not in text.areas and name not in text.zones]
    excepted, excepted_spells, exception_undefined = members_of(exceptions, text, book)
    meant = member.copy()
    meant[[spell.actor for spell in spells]] = 1
    bring = any(_role_of(name, text) == 1 for name in names_in(provision.through))
    bound = _bound(meant if bring else np.full_like(meant, -1), text, book)
    unlisted = tuple(np.flatnonzero(book.meant(text)[:-1] == -1).tolist())
    return Who(member, excepted, bound, spells, excepted_spells, undefined, exception_undefined, unlisted)


def members_of(names: Iterable[str], text: Document, book: Codebook) -> tuple[ByActor, tuple[Spell, ...], bool]:
    """Give each actor's membership in the union of `names`: 1 in, 0 unsure or undefined, -1 out.

    `any` is everybody, listed or not. The last entry stands for an actor whom the terms do not list:
    unknown if there are members at all. Members for a part of the time come apart, as spells.
    """
    listed = tuple(names)
    if "any" in listed:
        return np.ones(len(book.actors) + 1, dtype=np.int8), (), False
    member = np.full(len(book.actors) + 1, -1, dtype=np.int8)
    member[-1] = 0 if listed else -1
    spells: list[Spell] = []
    undefined = False
    for name in listed:
        if name in text.actors:
            member[book.actors.index(name)] = 1
        elif name in text.sets:
            _add_set(text.sets[name], text, book, member, spells)
        elif name in text.parties and (own := [actor for actor, one in text.actors.items() if one.of == name]):
            member[[book.actors.index(actor) for actor in own]] = 1
        else:
            undefined = True
            np.maximum(member, 0, out=member)
    meant = book.meant(text)  # an actor that only another reading lists is not listed here
    found = (replace(spell, actor=int(one)) for spell in spells for one in np.flatnonzero(meant == spell.actor))
    return member[meant], tuple(found), undefined


def compile_what(provision: Provision, text: Document, book: Codebook) -> What:
    """Compile the acts and the things; a thing by itself means that it is there (`presence`)."""
    selectors, but_not = _selectors(provision.what)
    known = Words(text, book)
    acts = tuple(ACT_IDS[word] for word in selectors if _is_act(word, text))
    meant = [one for one in selectors if not isinstance(one, str) or (not _is_act(one, text) and known.has(one))]
    things = known.each(meant)
    if things and but_not:
        things = (Sort(things, known.each(but_not)),)
    undefined = len(acts) + len(meant) < len(selectors) or not selectors
    shown = [*acts, ACT_IDS["presence"]] if things else acts
    return What(acts, _blind(shown), things, undefined, known.makes() if things else None)


def _is_act(word: Any, text: Document) -> bool:
    return isinstance(word, str) and word in ACT_IDS and word not in text.things


def _add_set(chosen: Membership, text: Document, book: Codebook, member: ByActor, spells: list[Spell]) -> None:
    """Add the members of a set, and of the sets within it; what is sure goes before what is not."""
    for truth, members in ((0, chosen.unsure), (1, chosen.in_)):
        for entry in members:
            name = entry.who if isinstance(entry, WrittenSpell) else entry
            inner, below = np.full(len(member), -1, dtype=np.int8), list[Spell]()
            if name in text.sets:
                _add_set(text.sets[name], text, book, inner, below)
            else:
                inner[book.actors.index(name)] = 1
            if isinstance(entry, WrittenSpell):
                below = _in_spell(entry, text, inner, below)
            else:
                np.maximum(member, np.minimum(inner, truth), out=member)
            spells += [replace(spell, truth=min(spell.truth, truth)) for spell in below]


def _in_spell(entry: WrittenSpell, text: Document, member: ByActor, spells: Iterable[Spell]) -> list[Spell]:
    """Bound the members, and the spells among them, by the period of an entry."""
    begin = span_of(entry.from_, text) or Span(NEVER_BEFORE, NEVER_BEFORE)
    end = span_of(entry.until, text) or Span(FOREVER, FOREVER)
    whole = [Spell(int(actor), begin, end, int(member[actor])) for actor in np.flatnonzero(member >= 0)]
    parts = [replace(one, begin=_later(one.begin, begin), end=_earlier(one.end, end)) for one in spells]
    return whole + parts


def _later(one: Span, other: Span) -> Span:
    return Span(max(one.start_us, other.start_us), max(one.end_us, other.end_us))


def _earlier(one: Span, other: Span) -> Span:
    return Span(min(one.start_us, other.start_us), min(one.end_us, other.end_us))


def _bound(meant: ByActor, text: Document, book: Codebook) -> ByActor:
    """Say who is bound: a non-party never is, an addressee only by a stated consent.

    Where a party that is bound undertakes to bring the thing about (`through`), the rule speaks of
    those it names, whoever they are: they are `meant`. An actor whom the terms do not list is bound
    if they set nobody free; else nobody can tell.
    """
    listed = [_role_of(text.actors.get(name, Actor()).of, text) for name in book.actors]
    bound = np.array([*listed, 1 if min(listed, default=1) == 1 else 0], dtype=np.int8)
    return np.where(meant >= 0, np.int8(1), bound[book.meant(text)])


def _role_of(name: str | None, text: Document) -> int:
    """Say whether a party is bound: 1, -1, or 0 where its role does not tell or speakers differ on it."""
    party = text.parties.get(name) if name else None
    if party is None:
        return 1
    roles = names_in(party.role) if not isinstance(party.role, dict) else tuple(party.role.values())
    free = [role in UNBOUND_ROLES for role in roles]
    if any(free):
        return -1 if all(free) else 0
    if BINDING_ROLES.intersection(roles):
        return 1
    if "addressee" in roles:
        return 1 if party.consent is not None else -1
    return 0


def _blind(acts: Iterable[int]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Mark the data sets that can show none of the acts; the last entry is a set that declares nothing."""
    names = tuple(ACTS)
    rows = [all(cannot_show(dataset, names[act]) for act in acts) and bool(acts) for dataset in DATASETS]
    return np.array([*rows, False], dtype=np.bool_)


def _selectors(what: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Take apart what is banned: the alternatives, and what is none of them; undefined words are none at all."""
    if isinstance(what, Thing):
        return what.any, selectors_in(what.but_not)
    if isinstance(what, Mapping) and not all(isinstance(size, Sizes) for size in what.values()):
        return (), ()
    return selectors_in(what), ()


def _side(name: str, text: Document, side: str | None) -> str:
    return text.sides[side].who if name == "side.who" and side is not None else name

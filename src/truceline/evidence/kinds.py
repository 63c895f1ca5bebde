"""What a report says was seen, against the kind of thing that a rule is about: a small tree of kinds.

A thing is of the kind that it is as a whole: the machine gun of a tank is no small arm, nor is its
shell a missile. So no answer is concluded from what a thing is fitted with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from truceline.basics.truth import Truth

__all__ = [
    "BOTH", "KINDS", "SAME_KIND", "WITH", "Kind", "company_of", "kind_truth", "may_be", "may_come_with", "pairs_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """One class of things or persons, and the classes it belongs to."""

    means: str
    under: tuple[str, ...] = ()


KINDS: Mapping[str, Kind] = MappingProxyType({
    "person": Kind("somebody"),
    "persons": Kind("somebody, counted", ("person",)),  # the same class as `person`; see `SAME_KIND`
    "combatant": Kind("a person under arms", ("person",)),
    "vehicle": Kind("a vehicle on the ground"),
    "armoured_vehicle": Kind("a vehicle with armour", ("vehicle",)),
    "tank": Kind("a main battle or light tank", ("armoured_vehicle", "weapon")),
    "ifv": Kind("an infantry fighting vehicle", ("armoured_vehicle", "weapon")),
    "apc": Kind("an armoured personnel carrier", ("armoured_vehicle",)),
    "weapon": Kind("a weapon"),
    "artillery": Kind("indirect fire from the ground", ("weapon",)),
    "gun": Kind("a gun or howitzer, towed or self-propelled", ("artillery",)),
    "anti_tank_gun": Kind("an anti-tank gun", ("gun",)),
    "anti_aircraft_gun": Kind("an anti-aircraft gun", ("gun",)),
    "mortar": Kind("a mortar", ("artillery",)),
    "mlrs": Kind("a multiple rocket launcher", ("artillery",)),
    "missile": Kind("a guided missile or its launcher", ("weapon",)),
    "surface_to_air_missile": Kind("against aircraft, from the ground", ("missile",)),
    "surface_to_surface_missile": Kind("against the ground, from the ground", ("missile", "artillery")),
    "anti_tank_missile": Kind("against armour", ("missile",)),
    "small_arms": Kind("rifles, machine guns, hand-held grenade launchers", ("weapon",)),
    "mine": Kind("a mine or a charge laid beforehand", ("weapon",)),
    "aircraft": Kind("anything that flies"),
    "aeroplane": Kind("a crewed aeroplane", ("aircraft",)),
    "helicopter": Kind("a helicopter", ("aircraft",)),
    "uav": Kind("an uncrewed aircraft", ("aircraft",)),
    "ship": Kind("a vessel"),
    "post": Kind("a checkpoint, an observation post or a base"),
})  # fmt: skip

BOTH: tuple[tuple[str, ...], ...] = (
    ("gun", "armoured_vehicle"),  # self-propelled guns and howitzers
    ("anti_tank_gun", "armoured_vehicle"),  # tank destroyers
    ("anti_aircraft_gun", "apc"),  # twin guns on a carrier
    ("mortar", "apc"),  # mortar carriers
    ("mlrs", "apc"),  # launchers on a carrier
    ("mlrs", "surface_to_surface_missile", "armoured_vehicle"),  # one launcher for rockets and for missiles
    ("surface_to_air_missile", "apc"),
    ("anti_tank_missile", "apc"),
    ("uav", "missile"),  # loitering munitions
)
"""Kinds that one and the same thing may be of at once, beside those that the tree has below both."""

WITH: Mapping[str, tuple[str, ...]] = MappingProxyType({
    **dict.fromkeys(("vehicle", "gun", "mortar", "mlrs", "surface_to_air_missile", "surface_to_surface_missile",
                     "anti_tank_missile", "small_arms", "aeroplane", "helicopter", "ship", "post"), ("combatant",)),
    "combatant": ("small_arms",),
})  # fmt: skip
"""What may be there with a thing: its crew or bearer, the arms of those under arms. Mines lie by themselves."""

SAME_KIND: Mapping[str, str] = MappingProxyType({"persons": "person"})
"""Kinds that are another one under a second name."""


def kind_truth(rule: str, report: str | None) -> Truth:
    """Say whether a report's thing is of the kind that a rule names; a thing not stated cannot be told.

    True if it is that kind or one below it. Unknown if the report is too general, if one thing may be
    of both kinds (a vehicle may be a self-propelled gun), or if things of the rule's kind come with it
    (`may_come_with`). Else false.

    >>> kind_truth("vehicle", "tank"), kind_truth("tank", "vehicle"), kind_truth("tank", "mortar")
    (<Truth.TRUE: 1>, <Truth.UNKNOWN: 0>, <Truth.FALSE: -1>)
    >>> kind_truth("gun", "vehicle"), kind_truth("person", "tank"), kind_truth("tank", "person")
    (<Truth.UNKNOWN: 0>, <Truth.UNKNOWN: 0>, <Truth.FALSE: -1>)
    """
    if report is None:
        return Truth.UNKNOWN
    asked, shown = _own_name(rule), _own_name(report)
    if asked in _above(shown):
        return Truth.TRUE
    known = asked in KINDS and shown in KINDS
    return Truth.UNKNOWN if not known or may_be(rule, report) or may_come_with(rule, report) else Truth.FALSE


def may_be(one: str, other: str) -> bool:
    """Say whether one and the same thing may be of both kinds.

    >>> may_be("gun", "vehicle"), may_be("gun", "mortar"), may_be("persons", "tank")
    (True, False, False)
    """
    return _overlap(_own_name(one), _own_name(other))


def may_come_with(rule: str, report: str) -> bool:
    """Say whether a thing of the rule's kind may be there because the report's is, and not be that thing itself.

    >>> may_come_with("persons", "tank"), may_come_with("persons", "mine"), may_come_with("tank", "persons")
    (True, False, False)
    """
    asked, shown = _own_name(rule), _own_name(report)
    return any(_overlap(asked, other) for other in _company(shown))


@cache
def pairs_of(rule: str | None) -> NDArray[np.int8]:
    """Say of a thing that is of two kinds at once whether it is, as a whole, of the kind that a rule names.

    Parameters
    ----------
    rule : str or None
        A kind; None: of whatever kind it is, so that only the pairs matter.

    Returns
    -------
    ndarray of int8, shape (kinds + 1, kinds + 1)
        Truth values by the places of the two kinds in `KINDS`; the last row and column stand for one that is not
        stated. -1 as well where no thing is of both kinds: such a pair contradicts itself.

    Examples
    --------
    >>> vehicle, gun = (list(KINDS).index(kind) for kind in ("vehicle", "gun"))
    >>> pairs_of("gun")[vehicle, [gun, -1]], pairs_of("tank")[vehicle, [gun, -1]]
    (array([1, 0], dtype=int8), array([-1,  0], dtype=int8))
    """
    names = (*map(_own_name, KINDS), None)
    table = np.full((len(names), len(names)), -1, dtype=np.int8)
    for row, one in enumerate(names):
        for column, other in enumerate(names):
            sorts = [sort for sort in _sorts() if {one, other} - {None} <= sort]
            are = [rule is None or _own_name(rule) in sort for sort in sorts]
            table[row, column] = 0 if any(are) and not all(are) else 1 if any(are) else -1
    table.setflags(write=False)
    return table


@cache
def company_of(rule: str) -> NDArray[np.bool_]:
    """Say of which kinds (by place in `KINDS`; last: not stated) a thing may be with which one of the rule's comes.

    >>> company_of("persons")[[list(KINDS).index("tank"), list(KINDS).index("mine"), -1]]
    array([ True, False,  True])
    """
    found = [may_come_with(rule, kind) for kind in KINDS]
    table = np.array([*found, any(found)])
    table.setflags(write=False)
    return table


def _own_name(kind: str) -> str:
    return SAME_KIND.get(kind, kind)


@cache
def _company(kind: str) -> frozenset[str]:
    """Collect what comes with a kind, and what comes with that."""
    found: set[str] = set()
    waiting = [kind]
    while waiting:
        here = waiting.pop()
        fresh = {one for other, with_it in WITH.items() if _overlap(here, other) for one in with_it} - found
        found |= fresh
        waiting += fresh
    return frozenset(found)


@cache
def _overlap(one: str, other: str) -> bool:
    """Say whether one thing may be of both kinds."""
    return any({one, other} <= sort for sort in _sorts())


@cache
def _sorts() -> tuple[frozenset[str], ...]:
    """List the sorts of things there are: all the kinds that a thing of each is of."""
    both = (frozenset[str]().union(*(_above(kind) for kind in kinds)) for kinds in BOTH)
    return (*(_above(kind) for kind in KINDS), *both)


@cache
def _above(kind: str) -> frozenset[str]:
    """Collect the kind itself and everything it is a kind of."""
    under = KINDS[kind].under if kind in KINDS else ()
    return frozenset({kind}).union(*(_above(name) for name in under))

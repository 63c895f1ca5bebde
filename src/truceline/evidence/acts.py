"""What a report says was done, against what a rule is about: a small tree of acts.

A report is rarely as precise as a rule. "Hostilities" may or may not have been artillery fire, and
a clash shows that both sides were within reach, not that both stood at the point. So the answer
has three values: surely this act, surely not, or cannot be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from truceline.basics.truth import FALSE, TRUE, UNKNOWN, Truth, Truths

if TYPE_CHECKING:
    from truceline.evidence.batch import Lists

__all__ = [
    "ACTS", "ACT_IDS", "OTHER", "Act", "act_truth", "acts_truth", "is_kind_of", "may_table", "truth_table",
]  # fmt: skip

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Act:
    """One act: the acts it is a kind of, and further acts that it may show by its nature."""

    means: str
    under: tuple[str, ...] = ()
    may_show: tuple[str, ...] = ()


ACTS: Mapping[str, Act] = MappingProxyType({
    # Against whom force was used is not said: it may have been against monitors or traffic.
    "hostilities": Act("armed force, of whatever form", (), ("obstruction",)),
    # Both sides were within reach of each other; that both stood at the point is not said.
    "clash": Act("two sides fight", ("hostilities",), ("presence", "fire", "advance", "overflight")),
    "advance": Act("forces take or try to take ground", ("hostilities",),
                   ("presence", "movement", "fire", "clash", "overflight")),
    "fire": Act("a weapon is used", ("hostilities",), ("presence", "clash")),
    "fire.small_arms": Act("rifles, machine guns, grenades thrown or launched by hand", ("fire",)),
    "fire.artillery": Act("guns, mortars, rockets and missiles from the ground", ("fire",)),
    "fire.air": Act("from aeroplanes, helicopters and uncrewed aircraft", ("fire",), ("overflight",)),
    "fire.mine": Act("mines and charges laid beforehand", ("fire",)),
    "fire.other": Act("another weapon, such as a gas", ("fire",)),
    "presence": Act("persons or things are there"),
    # A post may stop who passes, and so may works; whoever is taken is stopped.
    "position": Act("a post or base is held", ("presence",), ("construction", "obstruction")),
    # How it went there is not said: it may have flown.
    "movement": Act("persons or things go there", ("presence",),
                    ("reinforcement", "advance", "delivery", "overflight")),
    "overflight": Act("an aircraft flies over", (), ("presence",)),
    "reinforcement": Act("more persons or weapons are brought", (), ("presence", "delivery", "overflight")),
    "construction": Act("works are built", (), ("presence", "reinforcement", "obstruction")),
    "obstruction": Act("monitors or traffic are hindered", (), ("presence",)),
    "detention": Act("persons are taken or held", (), ("presence", "obstruction")),
    "release": Act("persons are let go", (), ("presence",)),
    "delivery": Act("goods are brought", (), ("presence", "movement", "overflight")),
    OTHER: Act("none of these, or not said which"),
})  # fmt: skip

ACT_IDS: Mapping[str, int] = MappingProxyType({name: number for number, name in enumerate(ACTS)})


def act_truth(rule: str, report: str | None, maybe: Iterable[str] = ()) -> Truth:
    """Say whether a report's act is the act of a rule.

    True if the report's act is the rule's act or a kind of it. Unknown if the report is too general
    (the rule's act is a kind of the report's), if what the report may show (`maybe`, and what its
    act may show by nature) agrees with the rule's act or holds it, if no act is stated, or if
    it is ``other`` and nothing more is said. Else false. What it may show is all in `maybe`, unless
    ``other`` stands among it: that hides any act.

    An act outside the tree may be used: ``fire.flare`` is a kind of ``fire``; any other name is only
    equal to itself, and against a different act the answer is unknown.

    >>> act_truth("hostilities", "fire.artillery"), act_truth("fire.artillery", "hostilities")
    (<Truth.TRUE: 1>, <Truth.UNKNOWN: 0>)
    >>> act_truth("presence", "clash"), act_truth("presence", "position"), act_truth("fire", "position")
    (<Truth.UNKNOWN: 0>, <Truth.TRUE: 1>, <Truth.FALSE: -1>)
    >>> act_truth("detention", "other"), act_truth("detention", "other", maybe=["hostilities"])
    (<Truth.UNKNOWN: 0>, <Truth.FALSE: -1>)
    >>> act_truth("detention", "other", maybe=["other"]), act_truth("detention", "fire", maybe=["other"])
    (<Truth.UNKNOWN: 0>, <Truth.UNKNOWN: 0>)
    """
    further = tuple(maybe)
    if report is None:
        return Truth.UNKNOWN
    if rule in _above(report):
        return Truth.TRUE
    if report == OTHER:
        return Truth.UNKNOWN if not further or _touches(rule, further) else Truth.FALSE
    return Truth.UNKNOWN if _touches(rule, (report, *_nature(report), *further)) else Truth.FALSE


def is_kind_of(act: str, wider: str) -> bool:
    """Say whether an act is another one or a kind of it.

    >>> is_kind_of("fire.air", "hostilities"), is_kind_of("hostilities", "fire.air")
    (True, False)
    """
    return wider in _above(act)


def truth_table(names: Sequence[str] = tuple(ACTS)) -> Truths:
    """Tabulate `act_truth` for every pair: entry [i, j] holds rule ``names[i]`` against report ``names[j]``.

    No `maybe` is in it: see `may_table`, or let `acts_truth` join the two.

    >>> truth_table(["fire", "clash", "position"])
    array([[ 1,  0, -1],
           [ 0,  1, -1],
           [ 0,  0,  1]], dtype=int8)
    """
    return np.array([[act_truth(rule, report) for report in names] for rule in names], dtype=np.int8)


def may_table(names: Sequence[str] = tuple(ACTS)) -> Truths:
    """Tabulate what a further act in `maybe` contributes: entry [i, j] is 0 where it agrees with the rule, else -1.

    >>> may_table(["presence", "position", "fire"])
    array([[ 0,  0, -1],
           [ 0,  0, -1],
           [-1, -1,  0]], dtype=int8)
    """
    rows = [[UNKNOWN if _touches(rule, (further,)) else FALSE for further in names] for rule in names]
    return np.array(rows, dtype=np.int8)


def acts_truth(rule: str, act: NDArray[np.int32], maybe: Lists, names: Sequence[str] = tuple(ACTS)) -> Truths:
    """Hold the acts of n reports against one rule: `act_truth` row by row, without a loop.

    Parameters
    ----------
    rule : str
        One of `names`.
    act : ndarray of int32, shape (n,)
        Index into `names`; -1 where no act is stated.
    maybe : Lists
        Further acts that each report may show, as indexes into `names`; -1 is an act outside the
        tree, which may be of any kind.

    >>> from truceline.evidence.batch import Lists
    >>> none, clash = -1, ACT_IDS["clash"]
    >>> further = Lists(np.array([0, 0, 1]), np.array([ACT_IDS["presence"]], dtype=np.int32))
    >>> acts_truth("position", np.array([none, clash], dtype=np.int32), further)
    array([0, 0], dtype=int8)
    """
    row, may = _rows_of(rule, tuple(names))
    truth = row[act]
    if OTHER in names:
        vague = (act == list(names).index(OTHER)) & (maybe.lengths > 0)
        truth[vague] = TRUE if rule == OTHER else FALSE
    raised = np.full(len(act), FALSE)
    np.maximum.at(raised, np.repeat(np.arange(len(act)), maybe.lengths), may[maybe.ids])
    return np.maximum(truth, raised)


@cache
def _rows_of(rule: str, names: tuple[str, ...]) -> tuple[Truths, Truths]:
    """Tabulate one rule against every act, and every further act; the last entries stand for what is not known."""
    row = np.array([*(act_truth(rule, report) for report in names), UNKNOWN], dtype=np.int8)
    further = (UNKNOWN if _touches(rule, (name,)) else FALSE for name in names)
    may = np.array([*further, UNKNOWN], dtype=np.int8)
    return row, may


def _touches(rule: str, shown: Iterable[str]) -> bool:
    """Say whether one of the acts shown is the rule's act, a kind of it, holds it, or cannot be told from it."""
    known = _in_tree(rule)
    return any(
        act == OTHER or rule in _above(act) or act in _above(rule) or not (known and _in_tree(act)) for act in shown
    )


def _in_tree(act: str) -> bool:
    return any(name in ACTS for name in _above(act))


@cache
def _above(act: str) -> frozenset[str]:
    """Collect the act itself and everything it is a kind of."""
    known = ACTS.get(act)
    dotted = (act.rpartition(".")[0],) if known is None and "." in act else ()
    return frozenset({act}).union(*(_above(name) for name in (known.under if known else dotted)))


@cache
def _nature(act: str) -> frozenset[str]:
    """Collect what an act may show: its own, what it inherits, and what its kinds may, as it could be any of them."""
    kin = [name for name in ACTS if name in _above(act) or act in _above(name)]
    return frozenset().union(*(ACTS[name].may_show for name in kin))

"""What a data set's own event codes show: surely, maybe, or not.

The tables are data (``evidence/data/acts-*.csv``): `act` is what a code surely shows, `maybe`
what it may show, and anything else it does not show. `by` names the column whose actors the
set says did it; it is empty wherever the order of the actors implies no direction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from truceline.errors import EvidenceError, Fault
from truceline.evidence.acts import ACTS

__all__ = ["ActTable", "Shown", "act_table", "is_actor", "is_known_act"]


@dataclass(frozen=True, slots=True)
class Shown:
    """What one code shows: an act surely, further acts maybe, and who is said to have done it."""

    act: str
    maybe: tuple[str, ...] = ()
    by: str = ""
    thing: str = ""
    note: str = ""


ActTable = Mapping[str, Shown]


def act_table(rows: Iterable[Mapping[str, str]], name: str) -> ActTable:
    """Check the rows of a table of event codes and index them by code.

    `rows` have the columns code, act, maybe (separated by ``;``), by, thing and note, all as text.

    Raises
    ------
    EvidenceError
        TL-R008, with every row at fault.

    Examples
    --------
    >>> rows = [{"code": "Battles", "act": "clash", "maybe": "fire;advance", "by": "", "thing": "", "note": ""}]
    >>> act_table(rows, "acts-toy.csv")["Battles"].maybe
    ('fire', 'advance')
    """
    faults: list[Fault] = []
    table: dict[str, Shown] = {}
    for number, row in enumerate(rows, start=1):
        maybe = tuple(word.strip() for word in row["maybe"].split(";") if word.strip())
        unknown = [act for act in (row["act"], *maybe) if not is_known_act(act)]
        wrong = f"no act is called {unknown[0]!r}" if unknown else "two rows with one code" * (row["code"] in table)
        if wrong:
            remedy = f"use one of {', '.join(ACTS)}, or a kind of one, such as fire.flare"
            faults.append(Fault(f"{name} row {number}", "TL-R008", wrong, remedy))
        table[row["code"]] = Shown(row["act"], maybe, row["by"], row["thing"], row["note"])
    if faults:
        raise EvidenceError(faults)
    return table


def is_known_act(act: str) -> bool:
    """Say whether an act is in the tree or, by its dots, a kind of one that is.

    >>> is_known_act("fire.flare"), is_known_act("other.protest"), is_known_act("shelling")
    (True, True, False)
    """
    return act in ACTS or ("." in act and is_known_act(act.rpartition(".")[0]))


def is_actor(name: str, non_actors: Iterable[str]) -> bool:
    """Say whether a name in a side is an actor; an entry of `non_actors` may end in ``*``.

    >>> is_actor("Bystanders (North)", ["Bystanders*"]), is_actor("Northbank Army", ["Bystanders*"])
    (False, True)
    """
    return not any(name.startswith(no[:-1]) if no.endswith("*") else name == no for no in non_actors)

"""Records of a ledger -> FollowTheMoney statements, for tools that follow people, bodies and events over many sources.

What that model has no property for stays behind (docs/howto/hand-on-the-record.md lists it): above all coordinates,
for it cannot say how exact they are, and judgements, for it would merge what somebody thinks to be one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from truceline.evidence.record import Record
from truceline.evidence.statement_words import read_statement
from truceline.formats.ftm_entities import report_entities, statement_entities
from truceline.formats.ftm_rows import Entity, rows_of
from truceline.formats.statements_sheet import from_sheet

__all__ = ["DATASET", "ftm_statements"]

DATASET: Final = "truceline"
_HANDED_ON: Final = ("report", "statement")
_Rows = dict[str, dict[str, Any]]


def ftm_statements(
    records: Iterable[Record], *, dataset: str = DATASET, left_out: Counter[str] | None = None
) -> Iterator[dict[str, Any]]:
    """Give the statements of all reports and statements, in their newest revision.

    Parameters
    ----------
    records : iterable of Record
        In the order of the ledger, all revisions; they are kept until the last one came.
    dataset : str
        The name under which they are handed on: small letters, digits and ``_``.
    left_out : Counter, optional
        Is told what was left out: records that are ``protected``, ``retracted`` or ``unreadable``, records with
        ``sealed`` fields (the rest of which is handed on), each ``value`` that their types do not take, and records
        of other kinds by their kind.

    Yields
    ------
    dict
        The members of their `Statement.to_dict`; all rows of one entity follow each other, entities of which several
        records speak come last. ``first_seen`` is when the earliest of the revisions was recorded that said the same
        without a break, ``last_seen`` when the newest was.

    Raises
    ------
    ValueError
        If `dataset` is no name of theirs.

    Examples
    --------
    >>> said = Record(0, "report", "q:1", 1, 0, {"act": "clash", "release": "public"})
    >>> for row in ftm_statements([said]):
    ...     print(row["schema"], row["prop"], row["value"], row["first_seen"])
    Event id truceline-a65294a7ef5bf08f10dddd70732f21184e4668d6 1970-01-01T00:00:00
    Event name q:1 1970-01-01T00:00:00
    Event recordId q:1 1970-01-01T00:00:00
    Event keywords clash 1970-01-01T00:00:00
    """
    if not re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", dataset):
        msg = f"{dataset!r} is no name for a data set; use small letters, digits and _, such as river_log"
        raise ValueError(msg)
    told = Counter[str]() if left_out is None else left_out
    shared: dict[str, _Rows] = {}
    for revisions in _by_id(records, told).values():
        for entity, rows in _newest(revisions, dataset, told):
            if entity.shared:
                _add(shared.setdefault(entity.id, {}), rows)
            else:
                yield from rows.values()
    for name in sorted(shared):
        yield from shared[name].values()


def _by_id(records: Iterable[Record], told: Counter[str]) -> dict[tuple[str, str], list[Record]]:
    """Group the revisions of each id."""
    found: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        if record.kind in _HANDED_ON:
            found.setdefault((record.kind, record.id), []).append(record)
        else:
            told[record.kind] += 1
    return found


def _newest(revisions: list[Record], dataset: str, told: Counter[str]) -> Iterator[tuple[Entity, _Rows]]:
    """Give the entities of the newest revision with their rows, each dated from when it was first said."""
    newest = revisions[-1]
    entities, reason = _entities(newest, dataset)
    told.update(filter(None, [reason or ("sealed" if newest.sealed else "")]))
    since, last = _since(revisions[:-1], dataset), _seen(newest)
    for entity in entities:
        origin = None if entity.shared else f"{newest.kind} {newest.id} revision {newest.revision}"
        rows = list(rows_of(entity, dataset, origin))
        told.update(["value"] * (len(set(entity.facts)) + 1 - len(rows)))
        yield entity, {row["id"]: row | {"first_seen": since.get(row["id"], last), "last_seen": last} for row in rows}


def _since(earlier: list[Record], dataset: str) -> dict[str, str]:
    """Tell since when each statement of the earlier revisions stands without a break; what broke off is dated too."""
    since: dict[str, str] = {}
    unbroken: set[str] | None = None
    for record in reversed(earlier):
        entities, _ = _entities(record, dataset)
        ids = {row["id"] for entity in entities for row in rows_of(entity, dataset, None)}
        unbroken = ids if unbroken is None else unbroken & ids
        since |= dict.fromkeys(unbroken, _seen(record))
    return since


def _entities(record: Record, dataset: str) -> tuple[list[Entity], str]:
    """Give what a record tells, or why it is left out."""
    if not record.given:
        return [], "retracted"
    release = record.body.get("release")
    stated = str(release).strip() if release is not None else ""
    if stated != "public" and (stated or record.sealed):  # whatever is not said to be public, where anything is hidden
        return [], "protected"
    if record.kind == "report":
        return list(report_entities(dataset, record.id, record.body)), ""
    cells = {"id": record.id} | {column: cell for column, cell in record.body.items() if isinstance(cell, str)}
    said, _ = read_statement(from_sheet(cells) if "stmt_id" in cells else cells, record.id)
    if said is None:
        return [], "unreadable"
    return ([], "protected") if said.release != "public" else (list(statement_entities(dataset, said)), "")


def _seen(record: Record) -> str:
    """Write when a record was put down as their timestamps are written: UTC, to the second."""
    return record.recorded[:19]


def _add(known: _Rows, rows: _Rows) -> None:
    """Put what a further record says of a shared entity to what is known: seen from the first to the last time."""
    for key, row in rows.items():
        other = known.setdefault(key, row)
        known[key] = row | {
            "first_seen": min(row["first_seen"], other["first_seen"]),
            "last_seen": max(row["last_seen"], other["last_seen"]),
        }

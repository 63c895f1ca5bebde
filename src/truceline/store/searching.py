"""What a ledger is asked: where it ends, how far it was on a day, and what stands of each id.

Of an id the last record stands. Where that came by an import, the other rows of the id in the same file stand beside
it, as far as nothing else was said of it in between: which of them is the newer one is nothing that the order of a file
tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import sqlalchemy as sa

from truceline.store.tables import erasures, openings, records, vault

__all__ = ["contents", "end_of", "revisions_of", "size_on", "standing_of", "standing_rows", "strays"]

_IDS: Final = 400
"""Ids asked for at once; SQLite takes at least 999 values in a statement."""
_AT_ONCE: Final = 4096


def end_of(connection: sa.Connection) -> tuple[int, int]:
    """Say how many records there are, and when the last one was put down, in microseconds (0: there is none)."""
    last = connection.execute(
        sa.select(records.c.seq, records.c.recorded).order_by(records.c.seq.desc()).limit(1)
    ).first()
    return (0, 0) if last is None else (last.seq + 1, last.recorded)


def size_on(connection: sa.Connection, until_us: int | None) -> int:
    """Say how many records there were before an instant (None: now)."""
    if until_us is None:
        return end_of(connection)[0]
    later = sa.select(sa.func.min(records.c.seq)).where(records.c.recorded >= until_us)
    first = connection.execute(later).scalar()
    return end_of(connection)[0] if first is None else int(first)


def standing_of(connection: sa.Connection, kind: str, ids: Sequence[str]) -> Iterator[Any]:
    """Go through what stands of some ids: rows of seq, id, revision, source, content, same; in order.

    `content` is None where the record was erased.
    """
    for begin in range(0, len(ids), _IDS):
        some = _among(connection, ids[begin : begin + _IDS])
        there = connection.execute(sa.select(records.c.id).distinct().where(records.c.kind == kind, some)).scalars()
        if known := list(there):  # of a new file that is none, and the question below takes its time
            yield from connection.execute(_standing(kind, _among(connection, known)).order_by(records.c.seq))


def revisions_of(connection: sa.Connection, kind: str, ids: Sequence[str]) -> Iterator[Any]:
    """Go through all that was ever said of some ids: rows of seq, id, content, same; in order."""
    for begin in range(0, len(ids), _IDS):
        some = _among(connection, ids[begin : begin + _IDS])
        yield from connection.execute(
            sa.select(records.c.seq, records.c.id, openings.c.content, vault.c.same)
            .join(openings, openings.c.seq == records.c.seq)
            .outerjoin(vault, vault.c.seq == records.c.seq)
            .where(records.c.kind == kind, some)
            .order_by(records.c.seq)
        )


def standing_rows(connection: sa.Connection, kind: str, size: int) -> Iterator[Any]:
    """Go through what stands of all ids of a kind among the first records, in order; rows as `standing_of`."""
    query = _standing(kind, records.c.seq < size, size).order_by(records.c.seq).execution_options(yield_per=_AT_ONCE)
    yield from connection.execute(query)


def contents(connection: sa.Connection, begin: int, end: int) -> Iterator[Any]:
    """Go through records by number: columns of `records`, and nonce, content, envelope, same and by_seq or None."""
    query = (
        sa.select(records, openings.c.nonce, openings.c.content, vault.c.envelope, vault.c.same, erasures.c.by_seq)
        .outerjoin(openings, openings.c.seq == records.c.seq)
        .outerjoin(vault, vault.c.seq == records.c.seq)
        .outerjoin(erasures, erasures.c.seq == records.c.seq)
        .where(records.c.seq >= begin, records.c.seq < end)
        .order_by(records.c.seq)
        .execution_options(yield_per=_AT_ONCE)
    )
    yield from connection.execute(query)


def strays(connection: sa.Connection) -> Iterator[int]:
    """Go through the numbers under which something is kept and no record stands."""
    for table in (openings, vault, erasures):
        lost = sa.select(table.c.seq).outerjoin(records, records.c.seq == table.c.seq).where(records.c.seq.is_(None))
        yield from connection.execute(lost.order_by(table.c.seq)).scalars()


def _among(connection: sa.Connection, ids: Sequence[str]) -> sa.ColumnElement[bool]:
    """Ask for some ids; PostgreSQL looks each of them up in its index only if they come as a table."""
    if connection.dialect.name == "postgresql":
        return records.c.id.in_(sa.select(sa.func.unnest(sa.literal(list(ids), sa.ARRAY(sa.String)))))
    return records.c.id.in_(ids)


def _standing(kind: str, which: sa.ColumnElement[bool], size: int | None = None) -> sa.Select[Any]:
    """Ask for the last record of each id, and for those of the same import beside it."""
    newest = (
        sa.select(sa.func.max(records.c.seq).label("seq")).where(records.c.kind == kind, which).group_by(records.c.id)
    ).subquery()
    last = records.alias("last")
    other = records.alias("other")
    between = sa.exists().where(
        other.c.kind == kind, other.c.id == last.c.id, other.c.source != last.c.source,
        other.c.revision > records.c.revision, other.c.revision < last.c.revision,
    )  # fmt: skip
    beside = sa.and_(
        records.c.source == last.c.source, records.c.source != "", records.c.seq < last.c.seq, sa.not_(between)
    )
    within = [] if size is None else [records.c.seq < size]
    return (
        sa.select(
            records.c.seq, records.c.id, records.c.revision, records.c.source, openings.c.content, vault.c.same,
            vault.c.envelope,
        )
        .select_from(newest)
        .join(last, last.c.seq == newest.c.seq)
        .join(
            records,
            sa.and_(
                records.c.kind == kind, records.c.id == last.c.id,
                sa.or_(records.c.seq == last.c.seq, beside),
            ),
        )
        .outerjoin(openings, openings.c.seq == records.c.seq)
        .outerjoin(vault, vault.c.seq == records.c.seq)
        .where(*within)
    )  # fmt: skip

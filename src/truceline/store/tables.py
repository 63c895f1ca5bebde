"""The tables of a ledger, the same in SQLite and in PostgreSQL.

`records` says that there is a record; what it says stands in `openings`, and what of it is sealed in `vault`. So a
record can be erased, content and nonce together, while its place, its commitment and every proof stand. Their columns
repeat what is committed to, so that it can be searched; verifying holds the two against each other.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, String, Table

__all__ = ["erasures", "metadata", "openings", "records", "vault"]

metadata = MetaData()
_Index = BigInteger().with_variant(Integer, "sqlite")  # only this is the number of a row in SQLite

records = Table(
    "records",
    metadata,
    Column("seq", _Index, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("id", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("recorded", BigInteger, nullable=False),
    Column("source", String, nullable=False),
    Column("commitment", LargeBinary, nullable=False),
)
openings = Table(
    "openings",
    metadata,
    Column("seq", _Index, primary_key=True, autoincrement=False),
    Column("nonce", LargeBinary, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
vault = Table(
    "vault",
    metadata,
    Column("seq", _Index, primary_key=True, autoincrement=False),
    Column("same", LargeBinary, nullable=False),
    Column("envelope", LargeBinary, nullable=False),
)
erasures = Table(
    "erasures",
    metadata,
    Column("seq", _Index, primary_key=True, autoincrement=False),
    Column("by_seq", _Index, nullable=False),
)

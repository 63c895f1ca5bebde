"""The four tables, and the orders in which they are searched."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

__all__ = ["upgrade"]

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    index = sa.BigInteger().with_variant(sa.Integer, "sqlite")

    words = sa.String().with_variant(sa.String(collation="C"), "postgresql")  # in the order of code points, everywhere

    def number() -> sa.Column[int]:
        return sa.Column("seq", index, primary_key=True, autoincrement=False)

    def filled(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
        return sa.Column(name, kind, nullable=False)

    op.create_table(
        "records", number(), filled("kind", words), filled("id", words), filled("revision", sa.Integer()),
        filled("recorded", sa.BigInteger()), filled("source", words), filled("commitment", sa.LargeBinary()),
    )  # fmt: skip
    op.create_index("records_by_id", "records", ["kind", "id", "revision"], unique=True)
    op.create_index("records_by_time", "records", ["recorded", "seq"])
    op.create_table("openings", number(), filled("nonce", sa.LargeBinary()), filled("content", sa.LargeBinary()))
    op.create_table("vault", number(), filled("same", sa.LargeBinary()), filled("envelope", sa.LargeBinary()))
    op.create_table("erasures", number(), filled("by_seq", index))

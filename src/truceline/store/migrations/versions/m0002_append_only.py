"""What was put down stays: the database itself refuses changes and deletions, whoever asks.

An opening may be deleted once its erasure is put down. An envelope of the vault may also be exchanged, for other
recipients; its commitment stands in the record. This keeps mistakes out, not an owner of the database: that is what
the signed log is for.
"""

from __future__ import annotations

from alembic import op

__all__ = ["upgrade"]

revision = "0002"
down_revision = "0001"

_WHOLE = ("records", "erasures")
_ERASABLE = ("openings", "vault")
_SAYS = "a ledger is only ever added to"


def upgrade() -> None:
    """Guard the tables."""
    for statement in _sqlite() if op.get_bind().dialect.name == "sqlite" else _postgresql():
        op.execute(statement)


def _sqlite() -> list[str]:
    def guard(table: str, verb: str, when: str = "") -> str:
        return (
            f"CREATE TRIGGER {table}_no_{verb.split(maxsplit=1)[0].lower()} BEFORE {verb} ON {table} {when}"
            f" BEGIN SELECT RAISE(ABORT, '{_SAYS}'); END"
        )

    kept = "WHEN NOT EXISTS (SELECT 1 FROM erasures WHERE erasures.seq = OLD.seq)"
    return [
        *(guard(table, verb) for table in _WHOLE for verb in ("UPDATE", "DELETE")),
        *(guard(table, "DELETE", kept) for table in _ERASABLE),
        guard("openings", "UPDATE"),
        guard("vault", "UPDATE OF seq, same"),
    ]


def _postgresql() -> list[str]:
    refuse = (
        "CREATE FUNCTION truceline_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{_SAYS}'; END $$"
    )
    erased = (
        "CREATE FUNCTION truceline_erased() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " PERFORM 1 FROM erasures WHERE erasures.seq = OLD.seq; IF NOT FOUND THEN"
        f" RAISE EXCEPTION '{_SAYS}'; END IF; RETURN OLD; END $$"
    )

    def guard(table: str, verb: str, function: str = "truceline_refuse", each: str = "ROW") -> str:
        name = f"{table}_no_{verb.split(maxsplit=1)[0].lower()}"
        return f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()"

    return [
        refuse,
        erased,
        *(guard(table, verb) for table in _WHOLE for verb in ("UPDATE", "DELETE")),
        *(guard(table, "DELETE", "truceline_erased") for table in _ERASABLE),
        guard("openings", "UPDATE"),
        guard("vault", "UPDATE OF seq, same"),
        *(guard(table, "TRUNCATE", each="STATEMENT") for table in (*_WHOLE, *_ERASABLE)),
    ]

"""The database of a ledger: SQLite in one file, or PostgreSQL; connections that sync every commit, and migrations.

A commit is on the disk when it returns: SQLite with ``synchronous=FULL`` and a write-ahead log, on every connection;
PostgreSQL with ``synchronous_commit=on``. After an error of the disk nothing is tried again.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, NoSuchModuleError, SQLAlchemyError

from truceline.errors import Fault, LedgerError

__all__ = ["Database", "insert", "open_database", "without_password"]

_WAIT_S: Final = 60
_PRAGMAS: Final = (
    "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "trusted_schema=OFF",
    "cell_size_check=ON", "fullfsync=ON",
)  # fmt: skip
_LOCK: Final = 7_283_170_946_113  # any number that is the same for all writers of one database
_STEPS: Final = Path(__file__).parent / "migrations"
_NEWER: Final = "use a newer Truceline"
_MOST: Final = 10


class Database:
    """Connections to the tables of one ledger.

    `at` is what faults call it: a path, or a URL without its password.
    """

    def __init__(self, engine: sa.Engine, at: str) -> None:
        """Keep the engine; `open_database` makes it."""
        self._engine = engine
        self.at = at

    @property
    def is_file(self) -> bool:
        """Whether it is SQLite's."""
        return self._engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Look at the tables as they are at one moment; writers go on meanwhile.

        Raises
        ------
        LedgerError
            TL-L060 or TL-L061, as the database says no.
        """
        with self._told(), self._engine.connect() as connection, connection.begin():
            if not self.is_file:
                connection.execute(sa.text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Write to the tables, all or nothing, as the only one; on the disk when it returns.

        Raises
        ------
        LedgerError
            TL-L060 or TL-L061, as the database says no. Nothing was written then, or nobody knows: look before you
            write again.
        """
        with self._told(), self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            if not self.is_file:
                connection.execute(sa.text("SET LOCAL synchronous_commit = on"))
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            yield connection

    def migrate(self, upto: str = "head") -> tuple[str | None, str | None]:
        """Bring the tables up to a step, all or nothing; give the step before and after.

        Raises
        ------
        LedgerError
            TL-L062, if they are newer than this version; TL-L060 or TL-L061, as the database says no.
        """
        script = ScriptDirectory(str(_STEPS))
        with self._known(), self.writing() as connection:
            context = MigrationContext.configure(
                connection,
                opts={"fn": lambda now, _: script._upgrade_revs(upto, now)},  # noqa: SLF001 - as Alembic's own commands
            )
            before = context.get_current_revision()
            with Operations.context(context):
                context.run_migrations()
            return before, context.get_current_revision()

    def step(self) -> str | None:
        """Say up to which step the tables are; None: there are none."""
        with self.reading() as connection:
            return MigrationContext.configure(connection).get_current_revision()

    def demand_current(self) -> None:
        """See that the tables are those of this version.

        Raises
        ------
        LedgerError
            TL-L062, if they are older or newer.
        """
        now, newest = self.step(), ScriptDirectory(str(_STEPS)).get_current_head()
        if now == newest:
            return
        what = f"its tables are at step {now or 'none'}, and this version of Truceline needs {newest}"
        newer = now is not None and newest is not None and now > newest
        remedy = _NEWER if newer else "run: truceline migrate --ledger DIR"
        raise LedgerError([Fault(self.at, "TL-L062", what, remedy)])

    def damage(self) -> list[str]:
        """Say what is wrong with the file itself, its indexes too; SQLite alone can tell."""
        if not self.is_file:
            return []
        with self.reading() as connection:
            said = [str(line) for (line,) in connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})")]
        return [] if said == ["ok"] else said

    def vacuum(self) -> None:
        """Write the file anew, so that nothing of what was deleted is left in it.

        Raises
        ------
        LedgerError
            TL-L060, if somebody reads it all the while, so that traces are left beside it; TL-L061, as the database
            says no.
        """
        alone = {"isolation_level": "AUTOCOMMIT", "alone": True}
        with self._told(), self._engine.connect().execution_options(**alone) as connection:
            if self.is_file:
                connection.exec_driver_sql("VACUUM")
                busy, *_ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
                if busy:
                    what = "somebody is reading: traces of what was deleted are left in the file beside it (-wal)"
                    raise LedgerError([Fault(self.at, "TL-L060", what, "end them, and do it again")])
            else:
                connection.exec_driver_sql("VACUUM FULL openings")
                connection.exec_driver_sql("VACUUM FULL vault")

    def close(self) -> None:
        """End all connections; SQLite then folds its write-ahead log into the one file."""
        self._engine.dispose()

    @contextmanager
    def _known(self) -> Iterator[None]:
        """Tell a step that this version does not know."""
        try:
            yield
        except CommandError:
            what = "its tables are at a step that this version of Truceline does not know"
            raise LedgerError([Fault(self.at, "TL-L062", what, _NEWER)]) from None

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell an error of the database as one of the ledger; its text never holds a value of a record."""
        try:
            yield
        except DBAPIError as error:
            self._engine.dispose()  # after a failed sync nobody knows what a connection believes
            raise LedgerError([_fault(self.at, error.orig)]) from None
        except SQLAlchemyError as error:
            self._engine.dispose()
            raise LedgerError([_fault(self.at, error)]) from None


def open_database(where: Path | str) -> Database:
    """Open the database of a ledger: a file of SQLite (a path), or a URL such as ``postgresql://host/name``.

    Nothing is read yet. A password belongs into ``PGPASSWORD`` or ``~/.pgpass`` rather than into the URL.

    Raises
    ------
    LedgerError
        TL-L063, if the URL cannot be understood, or its library is not installed.
    """
    if isinstance(where, Path):
        engine = sa.create_engine(
            sa.URL.create("sqlite", database=str(where)), connect_args={"timeout": _WAIT_S}, hide_parameters=True
        )
        event.listen(engine, "connect", _careful)
        event.listen(engine, "begin", _begin)
        return Database(engine, str(where))
    try:
        url = sa.make_url(where)
        if url.drivername in ("postgres", "postgresql"):
            url = url.set(drivername="postgresql+psycopg")
        if url.get_backend_name() != "postgresql":
            raise NoSuchModuleError
        engine = sa.create_engine(url, hide_parameters=True, pool_pre_ping=True)
    except (SQLAlchemyError, ImportError) as error:
        missing = isinstance(error, ImportError)
        what = "the library for PostgreSQL is not installed" if missing else "this is no URL of a PostgreSQL database"
        remedy = 'pip install "truceline[postgresql]"' if missing else "write postgresql://user@host/name"
        raise LedgerError([Fault(without_password(where), "TL-L063", what, remedy)]) from None
    return Database(engine, without_password(where))


def without_password(url: str) -> str:
    """Leave the password out of a URL.

    >>> without_password("postgresql://desk:s3cret@host/ledger?sslmode=require")
    'postgresql://desk@host/ledger?sslmode=require'
    """
    return re.sub(r"(?<=//)([^:/@]*):[^@/]*@", r"\1@", re.sub(r"(?i)([?&])password=[^&]*&?", r"\1", url)).rstrip("?&")


def insert(connection: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put rows into a table; PostgreSQL takes many of them many times as fast by COPY."""
    if connection.dialect.name != "postgresql":
        if rows:
            connection.execute(table.insert(), list(rows))
        return
    names = [column.name for column in table.columns]
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([row[name] for name in names])


def _careful(connection: Any, _record: object) -> None:
    """Set what holds for every connection to a file; transactions are begun by us, not by the driver's guesses."""
    connection.isolation_level = None
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except UnicodeDecodeError:  # what SQLite says quotes a damaged name, and the driver cannot read that
        msg = "the description of its tables is damaged"
        raise sqlite3.DatabaseError(msg) from None


def _begin(connection: sa.Connection) -> None:
    how = connection.get_execution_options()
    if not how.get("alone"):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if how.get("writes") else "BEGIN")


def _fault(at: str, error: object) -> Fault:
    said = str(error).strip().partition("\n")[0].partition(" with text ")[0][:200]  # SQLite quotes a broken text
    if "locked" in said or "busy" in said:
        what = f"somebody else has been writing for {_WAIT_S} seconds ({said})"
        return Fault(at, "TL-L060", what, "wait for them, or end them, and try again; nothing was written")
    what = f"the database says no ({said})"
    remedy = "mend the disk, make room or allow writing, look at `truceline status`, and add again what is not there"
    return Fault(at, "TL-L061", what, remedy)

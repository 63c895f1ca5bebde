"""Ledgers on both databases: SQLite in a file, and a PostgreSQL of our own, which is started for the tests."""

import atexit
import os
import shutil
import tempfile
from itertools import count
from pathlib import Path

import psycopg
import pytest

from ledgers import made
from truceline.store.database import Database

DATABASES = ("sqlite", "postgresql")
_NUMBERS = count()


@pytest.fixture(autouse=True)
def _all_closed(monkeypatch):
    """Close what a test leaves open: a connection that is dropped warns, and a database in use is not dropped."""
    opened, begin = [], Database.__init__

    def begun(self, engine, at):
        begin(self, engine, at)
        opened.append(self)

    monkeypatch.setattr(Database, "__init__", begun)
    yield
    for database in opened:
        database.close()


@pytest.fixture(scope="session")
def server():
    """Start PostgreSQL in a private folder, and give its URL without the name of a database."""
    private = Path(tempfile.mkdtemp(prefix="pg"))
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(private)  # read once, when it is imported: there its lock lies
    import pgserver  # noqa: PLC0415 - after the line above

    os.environ.pop("XDG_RUNTIME_DIR") if before is None else os.environ.update(XDG_RUNTIME_DIR=before)
    running = pgserver.get_server(private / "data", cleanup_mode="stop")
    with psycopg.connect(running.get_uri(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")  # no test of ours cuts its power
        connection.execute("SELECT pg_reload_conf()")
    yield running.get_uri().replace("/postgres?", "/{}?")
    running.cleanup()
    atexit.unregister(running._cleanup)  # else it makes the file of its lock anew at the end
    shutil.rmtree(private, ignore_errors=True)


@pytest.fixture
def new_database(server):
    """Make new, empty databases of PostgreSQL: a call gives the URL of one."""
    made_here = []

    def make():
        name = f"ledger_{os.getpid()}_{next(_NUMBERS)}"
        with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        made_here.append(name)
        return server.format(name)

    yield make
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        for name in made_here:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=DATABASES)
def place(request):
    """Say where the tables go: a call gives None for a file in the folder, or the URL of a new database."""
    return (lambda: None) if request.param == "sqlite" else request.getfixturevalue("new_database")


@pytest.fixture
def empty(place, tmp_path):
    """Make an empty ledger; give it with what signs it."""
    return made(tmp_path / "ledger", place())

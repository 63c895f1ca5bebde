"""Ledgers for tests: made in a folder, filled with drafts, and changed behind their backs."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from truceline.evidence.record import Draft
from truceline.store.appending import Hiding
from truceline.store.ledger import make_ledger, open_ledger
from truceline.store.signing import Signer, make_key
from truceline.store.vault import make_identity

NAME = "northbank.example/ledger"
DAY = 86_400_000_000
IDENTITY = make_identity()
HIDING = Hiding([IDENTITY.recipient], bytes(32))


def made(folder, database=None, recipients=()):
    """Make an empty ledger; give it with what signs it."""
    signer = Signer(make_key(NAME), folder.parent / f"{folder.name}.key.signed")
    return make_ledger(folder, [signer.key.verifier], database=database, recipients=recipients), signer


def said(id_, act="clash", source="", row=0, **body):
    """Draft a report."""
    return Draft("report", id_, {"act": act, "release": "public", **body}, by="desk", source=(source, row))


def withdrawn(id_, why="an error"):
    """Draft a retraction of a report."""
    return Draft("report", id_, {"act": "clash"}, given=False, why=why, by="desk")


def protected(id_, **hidden):
    """Draft a report of which all but its class is hidden."""
    return Draft("report", id_, {"release": "protected"}, hidden=hidden or {"act": "clash"}, by="desk")


def filled(folder, count=20, database=None, seal_at=None):
    """Make a ledger of reports, of which every third is revised and every seventh is protected, and seal it."""
    ledger, signer = made(folder, database, [IDENTITY.recipient])
    for number in range(count):
        draft = protected(f"p:{number}") if number % 7 == 6 else said(f"q:{number - number % 3}", place=str(number))
        ledger.append([draft], number * DAY, HIDING)
        if number + 1 == seal_at:
            ledger.seal(signer)
    ledger.seal(signer)
    return ledger, signer


def behind(ledger, *statements):
    """Run statements on the file of a ledger as its owner could, with all guards taken away."""
    with closing(sqlite3.connect(ledger.database.at)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(*((statement,) if isinstance(statement, str) else statement))
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def reopened(ledger):
    """Close a ledger and open it anew."""
    ledger.close()
    return open_ledger(ledger.folder)


def bytes_of(folder):
    """Give all bytes that lie in a folder, by path."""
    return {path: path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file()}


def mixed(chance, count, ids=40):
    """Draft what comes to a desk in no order: new, corrected, repeated and withdrawn reports and statements."""
    for _ in range(count):
        id_, kind = f"q:{chance.randrange(ids)}", chance.choice(["report", "report", "statement"])
        body = {"act": chance.choice(["clash", "presence"]), "place": chance.choice(["ford", "mill", "weir"])}
        given = chance.random() > 0.1
        source = (f"import:{chance.randrange(99)}", chance.randrange(1, 99)) if given else ("", 0)
        yield Draft(kind, id_, body, given=given, why="" if given else "an error", by="desk", source=source)


def seeded(number):
    """Give chance that is the same each time."""
    return random.Random(number)

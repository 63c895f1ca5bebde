"""A disk in memory for SQLite, whose power can be cut and whose calls can fail; and apsw as SQLAlchemy wants a driver.

What was written and not synced is kept, each write by chance, when the power is cut. Nothing of the product is
replaced but the driver below its SQL: `plugged_in` lets its engines use this disk.
"""

import sqlite3
from contextlib import contextmanager, suppress
from itertools import count
from unittest.mock import patch

import apsw
import sqlalchemy

_NUMBERS = count()
FOLDER = "the folder"
POWERSAFE = apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE
FAULTS = {
    "EIO": lambda: apsw.IOError("Input/output error"),
    "ENOSPC": lambda: apsw.FullError("No space left on device"),
    "short": lambda: apsw.IOError("Input/output error after half of it"),
}


class Disk(apsw.VFS):
    """Files by name, and all that was done to them, in order."""

    def __init__(self, files=None, fault="EIO", fails=lambda number: False):  # noqa: ARG005 - none fails
        """Begin with some files; `fails` says which writes, syncs, cuts and deletions fail, from 1, and how."""
        self.files = {name: bytearray(data) for name, data in (files or {}).items()}
        self.done, self.calls, self.failed_syncs = [], 0, 0
        self.fault, self.fails = fault, fails
        self.name = f"disk{next(_NUMBERS)}"
        super().__init__(self.name, "")

    def xFullPathname(self, name):  # noqa: N802 - as SQLite calls it
        """Names are as they are."""
        return name

    def xAccess(self, pathname, _flags):  # noqa: N802
        """Say whether there is such a file."""
        return pathname in self.files

    def xDelete(self, filename, synced):  # noqa: N802
        """Remove a file; it lasts once the folder is synced."""
        self.call("delete", filename)
        self.files.pop(filename, None)
        if synced:
            self.call("sync", FOLDER)

    def xOpen(self, name, _flags):  # noqa: N802
        """Open a file; with the first sync of a new journal SQLite syncs the folder too, as its files on Unix do."""
        path = name.filename() if isinstance(name, apsw.URIFilename) else name or f"temporary{next(_NUMBERS)}"
        fresh = path not in self.files and path.endswith(("-wal", "-journal"))
        self.files.setdefault(path, bytearray())
        return Handle(self, path, fresh=fresh)

    def call(self, *what):
        """Note what is done, or fail."""
        self.calls += 1
        if self.fails(self.calls):
            self.failed_syncs += what[0] == "sync"
            if self.fault == "short" and what[0] == "write":
                self.write(what[1], what[2], what[3][: len(what[3]) // 2])
            error = FAULTS[self.fault]()
            raise error
        self.done.append(what)

    def write(self, path, offset, data):
        """Write into a file."""
        file = self.files[path]
        if len(file) < offset:
            file.extend(bytes(offset - len(file)))
        file[offset : offset + len(data)] = data

    def cut(self, chance, at):
        """Give the disk as it may be after the power was cut behind so many calls: each unsynced one by chance."""
        synced = {}
        for number, what in enumerate(self.done[:at]):
            if what[0] == "sync":
                synced[what[1]] = number
        after = Disk()
        for number, what in enumerate(self.done[:at]):
            place = FOLDER if what[0] == "delete" else what[1]
            if what[0] not in ("sync", "ack") and (number < synced.get(place, -1) or chance.random() < 0.5):
                after.redo(*what)
        return after

    def redo(self, verb, path, *more):
        """Do again what was noted."""
        self.files.setdefault(path, bytearray())
        if verb == "write":
            self.write(path, *more)
        elif verb == "truncate":
            del self.files[path][more[0] :]
        else:
            del self.files[path]


class Handle:
    """An open file."""

    def __init__(self, disk, path, *, fresh):
        """Keep disk and name, and whether the file is new."""
        self.disk, self.path, self.fresh = disk, path, fresh

    def xRead(self, amount, offset):  # noqa: N802 - all of these as SQLite calls them
        """Read."""
        return bytes(self.disk.files[self.path][offset : offset + amount])

    def xWrite(self, data, offset):  # noqa: N802
        """Write; it lasts once it is synced."""
        self.disk.call("write", self.path, offset, bytes(data))
        self.disk.write(self.path, offset, data)

    def xTruncate(self, size):  # noqa: N802
        """Cut off."""
        self.disk.call("truncate", self.path, size)
        del self.disk.files[self.path][size:]

    def xSync(self, _flags):  # noqa: N802
        """Make all before it last."""
        self.disk.call("sync", self.path)
        if self.fresh:
            self.disk.call("sync", FOLDER)
            self.fresh = False

    def xFileSize(self):  # noqa: N802
        """Give the length."""
        return len(self.disk.files[self.path])

    def xSectorSize(self):  # noqa: N802
        """Give what is written at once."""
        return 4096

    def xDeviceCharacteristics(self):  # noqa: N802
        """As a common disk: bytes beside those that are written are not harmed."""
        return POWERSAFE

    def xFileControl(self, *_):  # noqa: N802
        """Know nothing special."""
        return False

    def xCheckReservedLock(self):  # noqa: N802
        """Nobody else is here."""
        return False

    def xLock(self, _level):  # noqa: N802
        """Nobody else is here."""

    xUnlock = xLock  # noqa: N815

    def xClose(self):  # noqa: N802
        """End."""


class Cursor:
    """Rows of one statement, as PEP 249 wants them."""

    arraysize, lastrowid, rowcount = 1, None, -1

    def __init__(self, raw):
        """Keep what runs statements."""
        self.raw, self.description, self.rows = raw, None, iter(())

    def execute(self, statement, values=()):
        """Run a statement, and keep its rows."""

        def seen(cursor, *_):
            self.description = [(name, *[None] * 6) for name, *_ in cursor.get_description()] or None
            return True

        cursor = self.raw.cursor()
        cursor.exec_trace = seen
        before = self.raw.total_changes()
        try:
            self.rows = iter(list(cursor.execute(statement, values)))
            self.rowcount = self.raw.total_changes() - before
        except apsw.Error as error:
            kind = sqlite3.IntegrityError if isinstance(error, apsw.ConstraintError) else sqlite3.OperationalError
            raise kind(str(error)) from error
        return self

    def executemany(self, statement, many):
        """Run a statement for many values."""
        for values in many:
            self.execute(statement, values)

    def fetchone(self):
        """Give the next row."""
        return next(self.rows, None)

    def fetchmany(self, size=1):
        """Give the next rows."""
        return [row for _, row in zip(range(size), self.rows, strict=False)]

    def fetchall(self):
        """Give all rows that are left."""
        return list(self.rows)

    def close(self):
        """End."""


class Connection:
    """A connection, as the driver of the standard library has them."""

    isolation_level = None

    def __init__(self, disk, path):
        """Open; a disk of ours has no shared memory, so there is one connection at a time."""
        try:
            self.raw = apsw.Connection(path, vfs=disk.name)
            self.execute("PRAGMA locking_mode=exclusive")
            self.execute("PRAGMA wal_autocheckpoint=12")  # pages, so that small ledgers are checkpointed too
        except apsw.Error as error:
            raise sqlite3.OperationalError(str(error)) from error

    def cursor(self):
        """Give what runs statements."""
        return Cursor(self.raw)

    def execute(self, statement, values=()):
        """Run a statement."""
        return self.cursor().execute(statement, values)

    def commit(self):
        """Make it last."""
        if self.raw.in_transaction:
            self.execute("COMMIT")

    def rollback(self):
        """Forget it."""
        if self.raw.in_transaction:
            self.execute("ROLLBACK")

    def create_function(self, name, values, function, **_):
        """Let statements call a function."""
        self.raw.create_scalar_function(name, function, values)

    def close(self):
        """End; a disk that fails keeps nobody here."""
        with suppress(apsw.Error):
            self.raw.close()


@contextmanager
def plugged_in(disk):
    """Let the product open its databases on a disk of ours."""
    real = sqlalchemy.create_engine

    def create(url, connect_args, **how):
        assert connect_args
        return real(url, module=sqlite3, creator=lambda: Connection(disk, url.database), **how)

    with patch.object(sqlalchemy, "create_engine", create):
        yield

"""Files that last: written wholly or not at all, and on the disk before anything is built on them.

Unlike an output that somebody asked for, a log must not go on when the disk says no: an error of a sync is raised, of
the folder too, and nothing is tried again, because after a failed sync nobody knows what the disk holds.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from truceline.errors import Fault, LedgerError

__all__ = ["disk_fault", "locked", "make_folder", "put", "put_all", "sync_folder"]


def put(path: Path, data: bytes, mode: int = 0o666) -> None:
    """Write one file so that after a power cut there is the old one or the new one, and after the return the new one.

    Raises
    ------
    LedgerError
        TL-L030, if the disk does not take it.

    Examples
    --------
    >>> path = getfixture("tmp_path") / "head"
    >>> put(path, b"1")
    >>> path.read_bytes()
    b'1'
    """
    put_all({path: data}, mode)


def put_all(files: Mapping[Path, bytes], mode: int = 0o666) -> None:
    """Write files, each wholly or not at all; after the return all of them are on the disk, with their folders.

    Raises
    ------
    LedgerError
        TL-L030, if the disk does not take one of them; those before it may be there, and the rest is not.
    """
    touched = set[Path]()
    for path, data in files.items():
        with disk_fault(path):
            touched |= _made(path.parent)
            _write(path, data, mode)
            touched.add(path.parent)
    for folder in sorted(touched, reverse=True):  # the deeper ones first: a name lasts once its folder does
        with disk_fault(folder):
            sync_folder(folder)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, so that after the return their names last; one that is there is left alone.

    Raises
    ------
    LedgerError
        TL-L030, if the disk does not take it.
    """
    with disk_fault(folder):
        for changed in sorted(_made(folder), reverse=True):
            sync_folder(changed)


def sync_folder(folder: Path) -> None:
    """Make names in a folder last.

    Raises
    ------
    OSError
        If the disk does not confirm it.
    """
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def disk_fault(path: Path) -> Iterator[None]:
    """Tell an error of the system as one of the ledger, with the place.

    >>> with disk_fault(Path("log/tile/0/000")):
    ...     raise OSError(5, "Input/output error")
    Traceback (most recent call last):
    truceline.errors.LedgerError: log/tile/0/000: TL-L030 the disk does not take it (Input/output error); ...
    """
    try:
        yield
    except OSError as error:
        what = f"the disk does not take it ({error.strerror or error})"
        remedy = "nothing was signed or acknowledged; mend the disk, make room or allow writing, and start again"
        raise LedgerError([Fault(str(path), "TL-L030", what, remedy)]) from error


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Be the only one at work, over all processes of this machine; the lock ends with the process.

    Raises
    ------
    LedgerError
        TL-L026, if somebody else is; TL-L030, if the file of the lock cannot be made.
    """
    with disk_fault(path):
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        with disk_fault(path):
            _take(handle, path)
        yield
    finally:
        os.close(handle)


def _take(handle: int, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        what = "another process is writing this log"
        raise LedgerError([Fault(str(path), "TL-L026", what, "wait for it, or end it")]) from None


def _made(folder: Path) -> set[Path]:
    """Make a folder and those above it; give those whose list of names has changed."""
    missing = list[Path]()
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
    return {one.parent for one in missing}


def _write(path: Path, data: bytes, mode: int) -> None:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)

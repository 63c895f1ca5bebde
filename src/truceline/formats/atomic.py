"""Write a file wholly or not at all: whoever looks sees the old file or the new one, never a half."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from truceline.errors import Fault, UsageError

__all__ = ["not_written", "written"]

_REMEDIES = {
    errno.ENOSPC: "make room on the disk, or write elsewhere",
    errno.EDQUOT: "make room, or write elsewhere",
    errno.ENOENT: "make the folder first, or choose one that exists",
    errno.EISDIR: "name a file in it",
    errno.ENOTDIR: "a part of the path is a file: name a folder there",
    errno.EACCES: "choose a folder in which you may write",
    errno.EPERM: "choose a folder in which you may write",
    errno.EROFS: "choose a disk that may be written to",
    errno.EBADF: "leave it open, or write to a file (--out)",
}


@contextmanager
def written(path: str | Path, *, drafts: Path | None = None) -> Iterator[BinaryIO]:
    """Open a file for writing bytes; it takes its name only when the block ends well.

    The bytes go to a temporary name in the same folder, are synced to the disk, and then renamed over
    `path`. If the block raises, by an interrupt too, the temporary file is removed and an older file of
    the name stays as it was. What is no ordinary file (a pipe, a device) is written to directly.

    Parameters
    ----------
    path : path
    drafts : path, optional
        A folder of the same disk for the temporary name, for a writer that may be killed outright and
        leaves its draft there.

    Raises
    ------
    UsageError
        TL-E910, if the file cannot be made, or the disk is full.

    Examples
    --------
    >>> folder = getfixture("tmp_path")
    >>> with written(folder / "a.txt") as file:
    ...     _ = file.write(b"all of it")
    >>> [name.name for name in folder.iterdir()]
    ['a.txt']
    """
    try:
        goal = _resolved(Path(path))
        if goal.exists() and not goal.is_file():
            with goal.open("wb") as direct:
                yield direct
        else:
            yield from _renamed(goal, drafts or goal.parent)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise not_written(str(path), error) from error


def not_written(at: str, error: OSError) -> UsageError:
    """Make the fault of an output that cannot be written.

    >>> print(not_written("a.csv", OSError(errno.ENOSPC, "No space left on device")))
    a.csv: TL-E910 the output cannot be written (No space left on device); make room on the disk, or write elsewhere
    """
    what = f"the output cannot be written ({error.strerror or error})"
    return UsageError([Fault(at, "TL-E910", what, _REMEDIES.get(error.errno or 0, "choose another file"))])


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except RuntimeError as error:  # what Python before 3.13 makes of links that lead in a circle
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error


def _renamed(goal: Path, drafts: Path) -> Iterator[BinaryIO]:
    draft = drafts / f".{goal.name}.{secrets.token_hex(4)}.part"
    try:
        # os.open gives the usual rights of a new file; those of tempfile keep everybody else out.
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(goal)
        _sync_folder(goal.parent)
    finally:
        draft.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make the new name last: without this a power cut may bring the old one back."""
    with suppress(OSError):  # some systems cannot sync a folder; the file itself is safe by now
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

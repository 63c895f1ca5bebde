"""Write a file wholly or not at all: whoever looks sees the old file or the new one, never a half."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from truceline.errors import Fault, UsageError

__all__ = ["written"]


@contextmanager
def written(path: str | Path) -> Iterator[BinaryIO]:
    """Open a file for writing bytes; it takes its name only when the block ends well.

    The bytes go to a temporary name in the same folder, are synced to the disk, and then renamed over
    `path`. If the block raises, by an interrupt too, the temporary file is removed and an older file of
    the name stays as it was. What is no ordinary file (a pipe, a device) is written to directly.

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
    goal = Path(path).resolve()
    try:
        if goal.exists() and not goal.is_file():
            with goal.open("wb") as direct:
                yield direct
        else:
            yield from _renamed(goal)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        what = f"the file cannot be written ({error.strerror or error})"
        remedy = "choose a file in a folder that exists, has room and may be written to"
        raise UsageError([Fault(str(path), "TL-E910", what, remedy)]) from error


def _renamed(goal: Path) -> Iterator[BinaryIO]:
    draft = goal.with_name(f".{goal.name}.{secrets.token_hex(4)}.part")
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

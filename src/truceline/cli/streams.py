"""The standard streams of the process: what cannot be written is told once, and never as a traceback."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Callable
from typing import Any, TextIO

from truceline.formats.atomic import not_written

__all__ = ["careful_streams"]


class _Closed:
    """A stream that was closed before the process began."""

    def write(self, _data: Any) -> int:
        raise OSError(errno.EBADF, "it is closed")

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        raise io.UnsupportedOperation


class _Careful(io.RawIOBase):
    """A stream that hands its first failure to somebody, and swallows whatever is written after it."""

    def __init__(self, stream: TextIO | None, failed: Callable[[OSError], None]) -> None:
        super().__init__()
        self.stream = stream  # kept, for it would close what is below on its way out
        self.below: Any = _Closed() if stream is None else getattr(stream.buffer, "raw", stream.buffer)
        self.failed, self.dead = failed, False

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return bool(self.below.isatty())

    def fileno(self) -> int:
        return int(self.below.fileno())

    def write(self, data: Any) -> int:
        count = len(data)
        if not self.dead:
            try:
                count = self.below.write(data)
            except OSError as error:
                self.dead = True
                self.failed(error)
        return count


def careful_streams() -> None:
    """Put careful streams in the place of the standard streams, closed ones too; called once, at the start.

    A full disk behind the standard output is a fault (TL-E910); where whoever read it has left, `BrokenPipeError`
    is raised. Messages that nobody can take are lost: the exit code still tells. A letter that the encoding of
    the screen lacks is shown as its number.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - for the life of the process
    sys.stdout = _over(sys.stdout, _output_failed, lines=bool(getattr(sys.stdout, "line_buffering", False)))
    sys.stderr = _over(sys.stderr, lambda _: None, lines=True)


def _over(stream: TextIO | None, failed: Callable[[OSError], None], *, lines: bool) -> TextIO:
    encoding = "utf-8" if stream is None else stream.encoding
    buffer = io.BufferedWriter(_Careful(stream, failed))
    return io.TextIOWrapper(buffer, encoding, "backslashreplace", line_buffering=lines)


def _output_failed(error: OSError) -> None:
    if isinstance(error, BrokenPipeError):
        # Without a number: one with EPIPE is taken by the parser of the command line, which ends with 1.
        msg = "whoever read the output has left"
        raise BrokenPipeError(msg) from error
    fault = not_written("standard output", error)
    raise fault from error

"""How the process is asked to end, and what it says then."""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

__all__ = ["STOPPED", "STOPPED_LINE", "on_request_to_end"]

STOPPED = 130
STOPPED_LINE = "stopped; no file was left half written"


def on_request_to_end(handler: Callable[[int, FrameType | None], NoReturn]) -> None:
    """Call a function when the process is asked to end: by Ctrl-C, by `kill`, or because its terminal is gone.

    What whoever started us wants ignored (``nohup``, a job in the background) stays ignored.
    """
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, handler)

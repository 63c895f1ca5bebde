"""Where the process begins: an interrupt is one line even while the libraries are still being loaded."""

from __future__ import annotations

import os
from contextlib import suppress
from types import FrameType
from typing import NoReturn

from truceline.cli.ending import STOPPED, STOPPED_LINE, on_request_to_end

__all__ = ["run"]


def run() -> NoReturn:
    """Run the command line and end the process."""
    on_request_to_end(_leave)
    from truceline.cli import main

    main.run()


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    """End at once: nothing is open yet, and an exception may be swallowed while a library is loaded."""
    with suppress(OSError):
        os.write(2, f"{STOPPED_LINE}\n".encode())
    os._exit(STOPPED)

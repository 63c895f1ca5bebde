"""Where the process begins: an interrupt is one line even while the libraries are still being loaded."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from types import FrameType
from typing import NoReturn

from truceline.cli.ending import STOPPED, STOPPED_LINE, on_request_to_end

__all__ = ["run"]


def run() -> NoReturn:
    """Run the command line and end the process."""
    on_request_to_end(_leave)
    if not any("spark" in word for word in sys.argv):
        sys.meta_path.insert(0, _NoPandas())
    from truceline.cli import main

    main.run()


class _NoPandas:
    """Says that there is no pandas: Arrow asks for it when it makes its first array, and takes long to load it.

    No command has a use for it but those on Spark.
    """

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        """Find nothing, like others who leave the search to those behind them."""
        if name == "pandas":
            raise ModuleNotFoundError(name, name=name)


def _leave(_signal: int, _frame: FrameType | None) -> NoReturn:
    """End at once: nothing is open yet, and an exception may be swallowed while a library is loaded."""
    with suppress(OSError):
        os.write(2, f"{STOPPED_LINE}\n".encode())
    os._exit(STOPPED)

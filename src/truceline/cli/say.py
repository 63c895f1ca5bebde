"""What the commands print: results to the standard output, messages to the standard error."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, TextIO

__all__ = ["Terminal", "binary_output", "harmless", "json_text", "note", "show", "terminal"]

_UNSAFE = re.compile("[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\x1b(?!\\[(?:38;5;[0-9]+|0)m)")


@dataclass(frozen=True, slots=True)
class Terminal:
    """How wide lines may be (None: any), and whether colours are wanted."""

    width: int | None
    colour: bool


def terminal(stream: TextIO | None = None) -> Terminal:
    """Look at where the output goes: no colours in a pipe, or where ``NO_COLOR`` is set."""
    out = stream or sys.stdout
    is_terminal = out.isatty()
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    stated = os.environ.get("COLUMNS", "")
    width = shutil.get_terminal_size().columns if is_terminal or stated.isdigit() else None
    return Terminal(width, is_terminal and not plain)


def show(lines: Iterable[str]) -> None:
    """Print lines of a result."""
    for line in lines:
        sys.stdout.write(harmless(line) + "\n")


def json_text(data: Any) -> str:
    """Write a result as JSON."""
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2)


def note(*lines: object) -> None:
    """Print messages, after the results that came before them."""
    try:
        sys.stdout.flush()
    finally:
        for line in lines:
            sys.stderr.write("\n".join(map(harmless, str(line).split("\n"))) + "\n")


@contextmanager
def binary_output(out: str | None) -> Iterator[BinaryIO]:
    """Open the file that a result goes to, wholly or not at all; the standard output for None and ``-``."""
    if out is None or out == "-":
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    else:
        from truceline.formats.atomic import written

        with written(out) as file:
            yield file


def harmless(line: str) -> str:
    """Replace what would steer a terminal: names in files are others' words. Our own colours stay."""
    return _UNSAFE.sub("\N{REPLACEMENT CHARACTER}", line)

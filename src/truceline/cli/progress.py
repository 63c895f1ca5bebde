"""A line of progress on the standard error, where somebody is looking at it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from truceline.cli.say import harmless

__all__ = ["counting", "waiting"]


@contextmanager
def counting(what: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show how many have been done, the rate and, where the total is known, the time left.

    The function given takes the number done so far. Nothing is shown where the standard error is no terminal.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.0f} {what}/s" if task.speed else "")

    columns = [TextColumn("{task.completed:,.0f} " + what), *([BarColumn()] if total else []), Rate()]
    columns += [TimeRemainingColumn() if total else TimeElapsedColumn()]
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=total)
        yield lambda done: progress.update(task, completed=done)


@contextmanager
def waiting(what: str) -> Iterator[Callable[[float], None]]:
    """Show what is being done, and for how long; on a terminal only.

    The function given takes the share done so far, from 0 to 1: then the time left is shown too.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
    from rich.text import Text

    class Left(ProgressColumn):
        def render(self, task: Task) -> Text:
            left = "" if task.time_remaining is None else f", {task.time_remaining / 60:.0f} min left"
            return Text(f"{task.percentage:.0f} %{left}" if task.total else "")

    columns = [TextColumn("{task.description}", markup=False), TimeElapsedColumn(), Left()]
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(harmless(what), total=None)
        yield lambda share: progress.update(task, completed=share, total=1.0)

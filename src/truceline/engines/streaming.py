"""Work on a stream with several threads: results in the order of the input, and only a few of them at a time."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

__all__ = ["in_order", "threads_here"]

Item = TypeVar("Item")
Result = TypeVar("Result")


def threads_here() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(work: Callable[[Item], Result], items: Iterable[Item], threads: int) -> Iterator[Result]:
    """Do the same work on every item, several at a time.

    Parameters
    ----------
    work : callable
        Should spend its time outside the interpreter's lock, as NumPy and Arrow do.
    items : iterable
        Drawn only as fast as results are taken: at most `threads` + 1 are under way.
    threads : int
        1 works in the thread of the caller.

    Yields
    ------
    result
        In the order of the items. What `work` raises is raised here, at its place; what was not begun
        by then, or when the caller stops asking, never begins.

    Examples
    --------
    >>> list(in_order(abs, [-3, 2, -1], threads=2))
    [3, 2, 1]
    """
    if threads == 1:
        yield from map(work, items)
        return
    waiting: deque[Future[Result]] = deque()
    pool = ThreadPoolExecutor(threads, thread_name_prefix="truceline")
    try:
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)

"""Pieces of work on a Spark cluster: only their descriptions and their results travel, never rows of data.

Rows that cross from the JVM to Python and back cost many times the work itself; so executors read and
write files themselves.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from truceline.errors import Fault, UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["done_by_executors", "session_at"]

Piece = TypeVar("Piece")
Shared = TypeVar("Shared")
Result = TypeVar("Result")
LOOK_AGAIN = 0.2
"""Seconds between two looks at how far the executors are."""


def session_at(master: str) -> SparkSession:
    """Open a Spark session, or take the one that is open.

    Raises
    ------
    UsageError
        TL-E930 if Spark is not installed, or cannot be reached.
    """
    try:
        from pyspark.errors import PySparkException  # noqa: PLC0415 - an extra that most never install
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError as error:
        remedy = "pip install 'truceline[spark]'; it needs Java 17 or newer"
        raise UsageError([Fault("--engine spark", "TL-E930", "Spark is not installed", remedy)]) from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # executors on this machine run what runs here
    quiet = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
    builder = SparkSession.builder.appName("truceline").master(master)
    for name, value in quiet.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except (PySparkException, OSError, RuntimeError) as error:
        first = (str(error).strip().splitlines() or ["no answer"])[0]
        remedy = "check that Java 17 or newer is on the PATH, and the URL, such as local[2] or spark://host:7077"
        raise UsageError([Fault(f"--master {master}", "TL-E930", f"Spark does not start ({first})", remedy)]) from error


def done_by_executors(
    session: SparkSession, shared: Shared, work: Callable[[Shared, Piece], Result], pieces: Sequence[Piece],
    seen: Callable[[int], None] = lambda _: None,
) -> list[Result]:  # fmt: skip
    """Let executors do the same work on every piece.

    Parameters
    ----------
    session : SparkSession
    shared : object
        What every piece needs; sent to each executor once.
    work : callable
        A function of an installed module. It may be called twice for one piece (a retry, a speculative
        double), also at the same time: both calls must leave the same behind.
    pieces : sequence
        Each becomes one task.
    seen : callable
        Is told the number of pieces done.

    Returns
    -------
    list
        One result per piece, in their order.
    """
    context = session.sparkContext
    held = context.broadcast(shared)
    tasks = context.parallelize(pieces, max(len(pieces), 1)).map(partial(_work, held, work))
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(tasks.collect)
        try:
            while not waiting.done():
                time.sleep(LOOK_AGAIN)
                seen(_completed(context))
        except BaseException:
            context.cancelAllJobs()
            raise
        finally:
            held.unpersist()
    seen(len(pieces))
    return list(waiting.result())


def _work(held: Any, work: Callable[[Any, Any], Any], piece: Any) -> Any:
    return work(held.value, piece)


def _completed(context: Any) -> int:
    tracker = context.statusTracker()
    stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
    return sum(stage.numCompletedTasks for stage in stages if stage is not None)

"""Pieces of work on a Spark cluster: only their descriptions and their results travel, never rows of data.

Rows that cross from the JVM to Python and back cost many times the work itself; so executors read and
write files themselves.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from truceline.errors import Fault, UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["done_by_executors", "session_at"]

Piece = TypeVar("Piece")
Shared = TypeVar("Shared")
Result = TypeVar("Result")
QUIET = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
TOLD = re.compile(
    r"(?:.* ERROR (?!SparkContext: Error init)\S+: |(?:Exception in thread .*?|: )?[\w.$]+Exception: )(.+)"
)
"""A line that gives a cause: of the log, or of an exception in Java."""
LOOK_AGAIN = 0.2
"""Seconds between two looks at how far the executors are."""


def session_at(master: str) -> SparkSession:
    """Open a Spark session, or take the one that is open.

    What Spark and Java print goes to a log that nobody sees: of a start that fails, the cause is told.

    Raises
    ------
    UsageError
        TL-E930 if Spark is not installed, or cannot be reached.
    """
    try:
        from py4j.protocol import Py4JError  # noqa: PLC0415 - an extra that most never install
        from pyspark.errors import PySparkException  # noqa: PLC0415
    except ImportError as error:
        remedy = "pip install 'truceline[spark]'; it needs Java 17 or newer"
        raise UsageError([Fault("--engine spark", "TL-E930", "Spark is not installed", remedy)]) from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # executors on this machine run what runs here
    with tempfile.TemporaryFile("a+b") as log, warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # of versions of libraries that no user of a command chose
        try:
            return _opened(master, log)
        except (Py4JError, PySparkException, OSError, RuntimeError) as error:
            what = f"Spark does not start ({_cause(log, error)})"
            remedy = "check that Java 17 or newer is on the PATH, and the URL, such as local[2] or spark://host:7077"
            raise UsageError([Fault(f"--master {master}", "TL-E930", what, remedy)]) from error


def _opened(master: str, log: BinaryIO) -> SparkSession:
    from pyspark import SparkConf, SparkContext  # noqa: PLC0415
    from pyspark.java_gateway import launch_gateway  # noqa: PLC0415
    from pyspark.sql import SparkSession  # noqa: PLC0415

    conf = SparkConf().setAppName("truceline").setMaster(master)
    for name, value in QUIET.items():
        conf.set(name, value)
    start: Callable[..., Any] = launch_gateway
    if SparkContext._gateway is None:  # noqa: SLF001 - Java is started once; where it writes is settled then
        SparkContext._ensure_initialized(gateway=start(conf, {"stdout": log, "stderr": log}))  # noqa: SLF001
    return SparkSession.builder.config(conf=conf).getOrCreate()


def _cause(log: BinaryIO, error: Exception) -> str:
    r"""Find why Spark did not start: what its log gives as the reason, else the first line of the error.

    >>> import io
    >>> said = b"26/11/23 WARN Utils: a\n26/11/23 ERROR Backend: Application has been killed. Reason: No masters!\n"
    >>> _cause(io.BytesIO(said), RuntimeError("a stopped context"))
    'Application has been killed. Reason: No masters!'
    """
    log.seek(0)
    lines = [line.strip() for line in log.read().decode(errors="replace").splitlines()]
    told = (match[1] for line in [*lines, *str(error).splitlines()] if (match := TOLD.match(line)))
    first = next((line for line in str(error).splitlines() if line.strip()), "no answer")
    return re.sub(r"^\[\w+\] ", "", next(told, first).strip()).removesuffix(".")


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

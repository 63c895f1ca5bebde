"""A child process for readers of files that strangers wrote: what crashes, swells or hangs there is one refusal here.

Parquet, Arrow IPC and GeoPackage are read by large libraries in C++, for which a crafted file is a bug and no attack.
So such a file is opened in a process of its own, which has nothing of ours in its memory or environment, may use so
much memory, time and disk and no more, leaves no core dump, and ends with us. Where the system lets us, it has no
network either. It is no jail: what takes the child over can still read the files of the user and write to them.

The child speaks JSON, and what it writes is checked like any other file: nothing of it is ever executed here.
"""

from __future__ import annotations

import json
import math
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NoReturn

from truceline.errors import EvidenceError, Fault, GeometryError, TermsError, TrucelineError, UsageError
from truceline.formats.rejects import refuse

__all__ = ["Limits", "in_child", "obey"]

_START: Final = (
    "import json, sys; order = json.load(sys.stdin); sys.path[:] = order['path'];"
    "from truceline.formats.sandbox import obey; obey(order)"
)
_KEPT: Final = ("PATH", "LD_LIBRARY_PATH", "PROJ_DATA", "PROJ_LIB", "GDAL_DATA", "PYTHONTZPATH", "TZDIR")
"""What the child needs of our environment; the rest of it may hold secrets."""
_SPARING: Final = {
    "ARROW_DEFAULT_MEMORY_POOL": "system", "ARROW_IO_THREADS": "1", "MALLOC_ARENA_MAX": "2", "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1", "PROJ_NETWORK": "OFF", "LC_ALL": "C.UTF-8",
}  # fmt: skip
"""Keeps the libraries from reserving addresses that they never use: addresses are what is limited."""
_OURS: Final = {kind.__name__: kind for kind in (EvidenceError, GeometryError, TermsError, UsageError)}
_LONGEST: Final = 2**20
_FILES: Final = 64
_NEW_USERS, _NEW_NETWORK, _DIE_WITH_PARENT = 0x10000000, 0x40000000, 1  # sched.h, sys/prctl.h of Linux


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use: addresses [bytes], time on the clock and on the processor [s], the largest file [bytes].

    The libraries take some 450 MiB of the addresses before they read a byte.
    """

    memory_bytes: int = 2**31
    seconds: float = 60.0
    file_bytes: int = 2**31


def in_child(
    function: Callable[..., None], arguments: Mapping[str, Any], at: str, limits: Limits | None = None
) -> None:
    """Run a function in a child process, and see that it ended well.

    Parameters
    ----------
    function : callable
        At the top of its module. Of what it gives back nothing comes here: it writes into a folder that it is told.
    arguments : mapping
        By name; values that JSON knows.
    at : str
        What stands before a fault: the file that is read.
    limits : Limits, optional

    Raises
    ------
    TrucelineError
        What the function raised.
    EvidenceError
        TL-R601 if the child crashed, TL-R602 if it took too long, TL-R603 if it needed too much memory, TL-R604 if it
        failed in another way.

    Examples
    --------
    >>> in_child(math.sqrt, {}, "reports.gpkg")
    Traceback (most recent call last):
    truceline.errors.EvidenceError: reports.gpkg: TL-R604 reading it failed in a process of its own: TypeError: ...
    """
    limits = limits or Limits()
    with TemporaryDirectory(prefix="truceline-") as folder:
        answer = Path(folder) / "answer.json"
        order = {
            "path": sys.path, "module": function.__module__, "name": function.__qualname__, "answer": str(answer),
            "arguments": dict(arguments), "memory": limits.memory_bytes, "seconds": math.ceil(limits.seconds),
            "file": limits.file_bytes, "parent": os.getpid(),
        }  # fmt: skip
        code = _run(json.dumps(order).encode(), folder, limits.seconds)
        _judge(code, _answer_in(answer), at, limits)


def obey(order: Mapping[str, Any]) -> NoReturn:
    """Do in the child what the parent asks for, write down how it ended, and leave."""
    _confine(order)
    answer: dict[str, Any] = {"done": True}
    try:
        function: Any = import_module(order["module"])
        for name in order["name"].split("."):
            function = getattr(function, name)
        function(**order["arguments"])
    except TrucelineError as error:
        parts = [[fault.at, fault.code, fault.what, fault.remedy] for fault in error]
        full = isinstance(error.__cause__, MemoryError)  # Arrow has one that readers take for a fault of the file
        answer = {"memory": True} if full else {"raised": type(error).__name__, "faults": parts}
    except MemoryError:
        answer = {"memory": True}
    except Exception as error:  # noqa: BLE001 - whatever it is, the parent says it in one line
        answer = {"failed": f"{type(error).__name__}: {error}"[:300]}
    Path(order["answer"]).write_text(json.dumps(answer), encoding="utf-8")
    os._exit(0)  # what a library does on its way out is of no use any more, and could hang


def _run(order: bytes, folder: str, seconds: float) -> int | None:
    """Start a child, wait for it, and give its exit code; None if it took too long. It never outlives this call."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    child = subprocess.Popen(  # noqa: S603 - this Python, and words of ours
        [sys.executable, "-I", "-c", _START], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, start_new_session=True, env={**environment, **_SPARING, "TMPDIR": folder},
    )  # fmt: skip
    try:
        child.communicate(order, timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        if child.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.communicate()
    return child.returncode


def _answer_in(path: Path) -> Mapping[str, Any]:
    """Read what the child has written; anything else than a mapping is no answer."""
    try:
        with path.open("rb") as file:
            answer = json.loads(file.read(_LONGEST))
    except (OSError, ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def _judge(code: int | None, answer: Mapping[str, Any], at: str, limits: Limits) -> None:
    if code is None or code == -signal.SIGXCPU:
        raise refuse("TL-R602", at, f"more than {limits.seconds:g} s")
    if code:
        raise refuse("TL-R601", at, signal.Signals(-code).name if code < 0 else f"exit code {code}")
    if answer.get("memory"):
        raise refuse("TL-R603", at, f"more than {limits.memory_bytes // 2**20} MiB")
    if answer.get("raised") in _OURS:
        raise _OURS[answer["raised"]](_faults(answer, at))
    if answer.get("done") is not True:
        raise refuse("TL-R604", at, str(answer.get("failed", "no answer"))[:300])


def _faults(answer: Mapping[str, Any], at: str) -> list[Fault]:
    parts = answer.get("faults")
    if not isinstance(parts, list) or not all(isinstance(one, list) and len(one) == 4 for one in parts):
        raise refuse("TL-R604", at, "no answer")
    return [Fault(*map(str, one)) for one in parts]


def _confine(order: Mapping[str, Any]) -> None:
    """Give up, before anything is loaded, what reading a file does not need."""
    import ctypes  # noqa: PLC0415 - the child alone needs it
    import resource  # noqa: PLC0415

    for what, most in (
        (resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, order["memory"]), (resource.RLIMIT_CPU, order["seconds"]),
        (resource.RLIMIT_FSIZE, order["file"]), (resource.RLIMIT_NOFILE, _FILES),
    ):  # fmt: skip
        hard = resource.getrlimit(what)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (limit, limit))
    if sys.platform == "linux":
        system = ctypes.CDLL(None)
        system.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != order["parent"]:
            os._exit(1)
        if system.unshare(_NEW_NETWORK):  # only the superuser may; others need users of their own for it, or do without
            system.unshare(_NEW_USERS | _NEW_NETWORK)

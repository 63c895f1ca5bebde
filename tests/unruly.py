"""What may go wrong in a child process: functions that crash, swell, hang, talk, lie, or do as they are told."""

import ctypes
import json
import os
import resource
import socket
import sys
import tempfile
import time
from pathlib import Path

from truceline.errors import EvidenceError, Fault, LedgerError


def crash() -> None:
    """Read what nobody may read."""
    ctypes.string_at(0)


def swell() -> None:
    """Take memory without end."""
    held = []
    while True:
        held.append(bytearray(2**24))


def hang(pid_file: str = "") -> None:
    """Wait for ever, doing nothing; say first who waits."""
    if pid_file:
        Path(pid_file).write_text(str(os.getpid()), encoding="ascii")
    while True:
        time.sleep(1)


def work() -> None:
    """Count for ever."""
    count = 0
    while True:
        count += 1


def talk() -> None:
    """Write to every stream there is."""
    for stream in (sys.stdout, sys.stderr):
        stream.write("hello\n" * 100_000)
        stream.flush()
    for number in (0, 1, 2):
        try:
            os.write(number, b"hello\n")
        except OSError:
            continue


def refuse() -> None:
    """Find two faults."""
    raise EvidenceError(
        [Fault("a.csv row 1", "TL-R109", "one", "mend"), Fault("a.csv row 2", "TL-R109", "two", "mend")]
    )


def refuse_for_memory() -> None:
    """Take a lack of memory for a fault of the file."""
    raise EvidenceError([Fault("a.csv", "TL-R001", "malloc failed", "mend")]) from MemoryError()


def fall(how: str) -> None:
    """Fail in a way that nobody foresaw."""
    if how == "foreign error":
        raise LedgerError([Fault("a", "TL-L001", "what", "do")])
    if how == "exit":
        os._exit(3)
    if how == "silence":
        os._exit(0)
    if how == "exception":
        msg = "x" * 1000
        raise ValueError(msg)
    if how == "large file":
        Path(tempfile.gettempdir(), "large").write_bytes(bytes(2**21))
    Path(tempfile.gettempdir(), "answer.json").write_text(how, encoding="utf-8")
    os._exit(0)


def tell(path: str, port: int) -> None:
    """Write down what can be seen and done from here."""
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
        network = True
    except OSError:
        network = False
    core, files = resource.getrlimit(resource.RLIMIT_CORE), resource.getrlimit(resource.RLIMIT_NOFILE)
    opened = [one.name for one in Path("/proc/self/fd").iterdir()]
    seen = {"environment": dict(os.environ), "core": core, "files": files, "network": network, "open": opened,
            "session": os.getsid(0) == os.getpid()}  # fmt: skip
    Path(path).write_text(json.dumps(seen), encoding="utf-8")

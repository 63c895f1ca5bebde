"""Run one way in a fresh process, and see how long it took and how much memory it and its children held."""

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

HERE = Path(__file__).parent
PEERS = HERE.parent / ".venv-bench" / "bin" / "python"
PAGE = os.sysconf("SC_PAGE_SIZE") / 2**20
GIVEN_UP = 900.0
"""Seconds after which a way is given up."""


@dataclass(frozen=True)
class Run:
    """One run: rows, seconds of work, seconds of the whole process, MiB at most; or the reason why there is none."""

    rows: int = 0
    seconds: float = 0.0
    wall: float = 0.0
    peak: float = 0.0
    missing: str = ""


def run(module: str, file: Path, line: Path, out: Path, *, own: bool = False) -> Run:
    """Run ``python -m peers.MODULE FILE LINE OUT``; `own` with this Python, else with that of the peers, if any."""
    python = sys.executable if own or not PEERS.exists() else str(PEERS)
    command = [python, "-m", f"peers.{module}", str(file), str(line), str(out)]
    began = perf_counter()
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=HERE, start_new_session=True, **pipes) as process:
        watch = Watch(process.pid)
        watch.start()
        try:
            told, trouble = process.communicate(timeout=GIVEN_UP)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # its server or workers with it
            return Run(missing=f"not done after {GIVEN_UP:.0f} s")
        finally:
            watch.stop()
    wall = perf_counter() - began
    if process.returncode or not told.strip():
        print(trouble[-3000:], file=sys.stderr, flush=True)
        return Run(missing=reason(trouble) or f"ended with {process.returncode}")
    found = json.loads(told.splitlines()[-1])
    return Run(found["rows"], found["seconds"], wall, max(found["peak_mib"], watch.peak))


def reason(trouble: str) -> str:
    r"""Find the line of an error output that names the error: that of the exception, or else the last one.

    >>> reason("Traceback:\n  File x\nModuleNotFoundError: No module named 'y'\nsorry")
    "ModuleNotFoundError: No module named 'y'"
    """
    said = [one for one in trouble.splitlines() if one.strip() and not one.startswith(" ")]
    named = [one for one in said if one.partition(":")[0].endswith(("Error", "Exception"))]
    return (named or said or [""])[-1][:200]


class Watch(threading.Thread):
    """Look five times a second at what a process and all its children hold; shared memory counts once."""

    def __init__(self, pid: int) -> None:
        """Watch a process by its number."""
        super().__init__(daemon=True)
        self.pid, self.peak, self.over = pid, 0.0, threading.Event()

    def run(self) -> None:
        """Keep the most that was seen."""
        while not self.over.wait(0.2):
            held = [memory(pid) for pid in family(self.pid)]
            self.peak = max(self.peak, sum(own for own, _ in held) + max((shared for _, shared in held), default=0.0))

    def stop(self) -> None:
        """End the watch."""
        self.over.set()
        self.join()


def memory(pid: int) -> tuple[float, float]:
    """Tell what a process holds by itself, and what it shares, in MiB."""
    try:
        _, resident, shared, *_ = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0.0, 0.0
    return (int(resident) - int(shared)) * PAGE, int(shared) * PAGE


def family(pid: int) -> list[int]:
    """List a process and all that come from it; where there is no /proc, nobody."""
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(words[1]), []).append(int(folder.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found

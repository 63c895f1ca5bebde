"""Run the command line many times under limits: one process loads it, and every run is a fork of that one."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

CPU_SECONDS, WALL_SECONDS = 20, 30


@dataclass(frozen=True)
class Run:
    """How one run ended: its exit code (below 0: a signal), seconds, MiB beyond those of an empty run, its words."""

    code: int
    seconds: float
    mib: float
    out: str
    told: str

    @property
    def lines(self) -> list[str]:
        """What it told, line by line."""
        return self.told.splitlines()


class Limited:
    """A process that has everything loaded and waits for command lines."""

    def __init__(self) -> None:
        """Start it, and measure an empty run."""
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent), "OMP_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", "import limited; limited.serve()"], text=True, env=environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self.base = 0.0
        self.base = self.run(["--version"], Path.cwd()).mib

    def run(self, words: Sequence[str], folder: Path) -> Run:
        """Run `truceline` with these words in a folder."""
        order = {"words": list(words), "folder": str(folder)}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        said = json.loads(self.process.stdout.readline())
        return Run(said["code"], said["seconds"], said["mib"] - self.base, said["out"], said["told"])

    def stop(self) -> None:
        """End it."""
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


def serve() -> None:
    """Load everything, and do what the lines of the standard input ask for."""
    import truceline.api.reading  # noqa: PLC0415 - loaded once, for all forks
    import truceline.api.terms  # noqa: PLC0415
    import truceline.cli.main  # noqa: F401, PLC0415
    from truceline.formats import statements_file  # noqa: F401, PLC0415

    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(_done(order["words"], order["folder"])), flush=True)  # noqa: T201


def _done(words: list[str], folder: str) -> dict[str, object]:
    files = [os.memfd_create(name) for name in ("out", "err")]
    begin = time.monotonic()
    child = os.fork()
    if not child:
        _act(words, folder, files)
    while True:
        pid, status, used = os.wait4(child, os.WNOHANG)
        if pid:
            break
        if time.monotonic() - begin > WALL_SECONDS:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        time.sleep(0.002)
    said = []
    for handle in files:
        os.lseek(handle, 0, os.SEEK_SET)
        said.append(os.read(handle, 2**20).decode(errors="replace"))
        os.close(handle)
    return {"code": os.waitstatus_to_exitcode(status), "seconds": time.monotonic() - begin,
            "mib": used.ru_maxrss / 1024, "out": said[0], "told": said[1]}  # fmt: skip


def _act(words: list[str], folder: str, files: list[int]) -> None:
    code = 99
    try:
        os.setsid()
        os.chdir(folder)
        for number, handle in enumerate(files, start=1):
            os.dup2(handle, number)
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if words[0] == "statements":
            code = _statements(words[1])
        else:
            sys.argv = ["truceline", *words]
            from truceline.cli import main  # noqa: PLC0415

            main.run()
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 98
    finally:
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _statements(path: str) -> int:
    """Read a file of statements, for which there is no command of its own, and tell as a command would."""
    from truceline.errors import TrucelineError  # noqa: PLC0415
    from truceline.formats.statements_file import read_statements  # noqa: PLC0415

    try:
        sys.stderr.writelines(f"{fault}\n" for fault in read_statements(path).faults)
    except TrucelineError as error:
        sys.stderr.writelines(f"{fault}\n" for fault in error)
        return 3
    return 0

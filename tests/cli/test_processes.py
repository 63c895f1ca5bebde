"""The program as the system sees it: pipes, signals, colours."""

import os
import pty
import signal
import subprocess
import sys
import time

import pytest

PROGRAM = [sys.executable, "-c", "from truceline.cli.main import run; run()"]


def start(*words, **more):
    """Start the program, its output in pipes."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "", **more.pop("env", {})}
    return subprocess.Popen([*PROGRAM, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, **more)


@pytest.fixture(name="many")
def _many(desk):
    """Lay out reports that take a while: the five of the desk, 60,000 times."""
    header, *rows = (desk / "reports.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (desk / "many.csv").write_text(header + "".join(f"{number}{row}" for number in range(60_000) for row in rows))


@pytest.mark.slow
@pytest.mark.usefixtures("many")
@pytest.mark.parametrize("request_to_end", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_no_file(desk, left, request_to_end):
    """Whoever stops a check while rows are being written finds no half a file, an exit code of 130 and one line."""
    with start("check", "terms.yaml", "many.csv", "-o", "found.csv") as process:
        until = time.monotonic() + 120
        while not list(desk.glob(".found.csv.*.part")) and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(request_to_end)
        _, told = process.communicate(timeout=60)

    assert process.returncode == 130
    assert told.decode() == "stopped; no file was left half written\n"
    assert left() == ["many.csv"]


@pytest.mark.usefixtures("many")
def test_a_reader_that_has_enough_is_no_failure():
    """`truceline check ... | head -1` ends silently."""
    with start("check", "terms.yaml", "many.csv", "--format", "csv") as process:
        first = process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read()
        process.wait(timeout=120)

    assert first.startswith(b"report,provision,reading,verdict")
    assert (process.returncode, told) == (0, b"")


def test_a_pipe_goes_in_and_out(desk):
    """Reports come in through a pipe and rows go out through one."""
    with start("check", "terms.yaml", "-", "--format", "csv", stdin=subprocess.PIPE) as process:
        shown, told = process.communicate((desk / "reports.csv").read_bytes(), timeout=120)

    assert shown.count(b"\n") == 31
    assert (process.returncode, told) == (0, b"")


def on_a_terminal(*words, **environment):
    """Run the program on a terminal of its own and give what it shows."""
    ours, theirs = pty.openpty()
    env = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS")}
    process = subprocess.Popen(
        [*PROGRAM, *words], stdout=theirs, stderr=theirs, env={**env, "TERM": "xterm", **environment}
    )
    os.close(theirs)
    shown = b""
    try:
        while part := os.read(ours, 65536):
            shown += part
    except OSError:  # the other end is gone
        pass
    os.close(ours)
    process.wait(timeout=120)
    return shown.decode(), process.returncode


@pytest.mark.usefixtures("desk")
def test_a_terminal_shows_colours():
    """On a terminal the verdicts have their colours, and progress is shown and wiped away."""
    shown, code = on_a_terminal("check", "terms.yaml", "reports.csv")

    assert code == 0
    assert "\x1b[38;5;166m" in shown
    assert "River truce" in shown


@pytest.mark.usefixtures("desk")
def test_whoever_wants_no_colours_gets_none():
    """NO_COLOR is honoured."""
    shown, _ = on_a_terminal("explain", "terms.yaml", "reports.csv", "--report", "a", NO_COLOR="1")

    assert "violation" in shown
    assert "\x1b" not in shown


@pytest.mark.usefixtures("desk")
def test_a_screen_is_not_flooded_with_parquet():
    """Parquet to a terminal is refused; to a pipe it is not."""
    shown, code = on_a_terminal("check", "terms.yaml", "reports.csv", "--format", "parquet")
    with start("check", "terms.yaml", "reports.csv", "--format", "parquet") as process:
        data, _ = process.communicate(timeout=120)

    assert (code, "TL-E918" in shown) == (2, True)
    assert data[:4] == data[-4:] == b"PAR1"


def test_help_loads_nothing_heavy():
    """The help needs none of the libraries that take long to load."""
    heavy = {"numpy", "pyarrow", "pydantic", "pyproj", "shapely"}
    code = f"import sys; from truceline.cli import main; print({heavy} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert loaded.stdout == "set()\n"

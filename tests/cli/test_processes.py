"""The program as the system sees it: pipes, signals, colours."""

import os
import pty
import re
import signal
import subprocess
import sys
import time

import pytest

PROGRAM = [sys.executable, "-c", "from truceline.cli.start import run; run()"]


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


ROWS = "check terms.yaml reports.csv --format"


@pytest.mark.usefixtures("desk")
@pytest.mark.parametrize("line", [f"{ROWS} table", f"{ROWS} csv", f"{ROWS} parquet", "--help", "lint --help"])
def test_a_full_disk_behind_the_output_is_a_fault(line):
    """`truceline ... > /dev/full` says what is wrong and what to do, in one line, and ends with 2."""
    with open("/dev/full", "wb") as full:  # noqa: PTH123 - a device
        done = subprocess.run([*PROGRAM, *line.split()], stdout=full, stderr=subprocess.PIPE, check=False)

    assert done.returncode == 2
    assert done.stderr.decode() == (
        "standard output: TL-E910 the output cannot be written (No space left on device); make room on the disk, or "
        "write elsewhere\n"
    )


@pytest.mark.usefixtures("desk")
def test_a_closed_output_is_a_fault_and_closed_messages_are_none():
    """`>&-` loses what was asked for, and that is said; `2>&-` loses messages, and the exit code still tells."""
    shell = '"$@" >&-; echo $? >&2'
    closed = subprocess.run(
        ["sh", "-c", shell, "sh", *PROGRAM, "lint", "terms.yaml"], capture_output=True, text=True, check=False
    )
    silent = subprocess.run(
        ["sh", "-c", '"$@" 2>&-; echo $?', "sh", *PROGRAM, "lint", "none.yaml"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert "standard output: TL-E910" in closed.stderr
    assert closed.stderr.splitlines()[1:] == ["2"]
    assert (silent.stdout, silent.stderr) == ("3\n", "")


@pytest.mark.parametrize("line", [f"{ROWS} parquet", "lint terms.yaml", "--help"])
def test_a_reader_that_is_gone_is_silent(desk, line):
    """Where nobody reads the output there is no message; the lint still ends with what it found."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([*PROGRAM, *line.split()], stdout=writing, stderr=subprocess.PIPE, cwd=desk, check=False)
    os.close(writing)

    assert b"TL-E910" not in done.stderr
    assert b"Error" not in done.stderr
    assert done.returncode == ("lint" in line)


@pytest.mark.usefixtures("desk")
def test_a_full_disk_leaves_no_file(left):
    """A file that has no room is not left half written, and an older one stays."""
    limit = 'ulimit -f 1; trap "" XFSZ; exec "$@"'
    words = ["check", "terms.yaml", "reports.csv", "-o", "found.csv"]
    done = subprocess.run(["bash", "-c", limit, "sh", *PROGRAM, *words], capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stderr.startswith("found.csv: TL-E910 the output cannot be written (File too large); ")
    assert left() == []


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
    assert re.findall("\x1b\\[[0-9;]*m", shown) == []


@pytest.mark.usefixtures("desk")
def test_a_screen_is_not_flooded_with_parquet():
    """Parquet to a terminal is refused; to a pipe it is not."""
    shown, code = on_a_terminal("check", "terms.yaml", "reports.csv", "--format", "parquet")
    with start("check", "terms.yaml", "reports.csv", "--format", "parquet") as process:
        data, _ = process.communicate(timeout=120)

    assert (code, "TL-E918" in shown) == (2, True)
    assert data[:4] == data[-4:] == b"PAR1"


@pytest.mark.usefixtures("desk")
def test_a_screen_is_not_flooded_with_a_page():
    """What cannot be read on a terminal goes to a file or a pipe."""
    page, page_code = on_a_terminal("report", "terms.yaml", "reports.csv", "-o", "-")
    table, table_code = on_a_terminal("import", "reports.csv", "-o", "-")

    assert (page_code, "TL-E918 a page is not for a screen" in page) == (2, True)
    assert (table_code, "TL-E918 Parquet is not for a screen" in table) == (2, True)


def test_help_loads_nothing_heavy():
    """The help needs none of the libraries that take long to load."""
    heavy = {"numpy", "pyarrow", "pydantic", "pyproj", "shapely"}
    code = f"import sys; from truceline.cli import main; print({heavy} & set(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert loaded.stdout == "set()\n"


@pytest.mark.spark
@pytest.mark.parametrize(
    ("master", "cause"),
    [("sparc://x", "Master must either be yarn or start with spark, k8s, or local"),
     ("local[x]", "Could not parse Master URL: 'local[x]'")],
)  # fmt: skip
def test_a_cluster_that_is_none_is_told_in_one_line(run, left, master, cause):
    """Whether Spark refuses it at once or later, neither its log nor a stack of Java is shown."""
    run("import csv reports.csv --zone Etc/GMT-2 -o r.parquet")
    with start("check", "terms.yaml", "r.parquet", "--engine", "spark", "--master", master, "-o", "found") as process:
        shown, told = process.communicate(timeout=120)

    assert (process.returncode, shown) == (2, b"")
    assert told.decode() == (
        f"--master {master}: TL-E930 Spark does not start ({cause}); check that Java 17 or newer is on the PATH, and "
        "the URL, such as local[2] or spark://host:7077\n"
    )
    assert left() == ["r.parquet"]


@pytest.mark.spark
def test_spark_says_nothing_of_its_own(run):
    """A check on a cluster shows the counts, as a check on this machine does, and nothing else."""
    run("import csv reports.csv --zone Etc/GMT-2 -o r.parquet")
    with start(
        "check", "terms.yaml", "r.parquet", "--engine", "spark", "--master", "local[2]", "-o", "found"
    ) as process:
        shown, told = process.communicate(timeout=120)

    assert (process.returncode, told) == (0, b"")
    assert shown.startswith(b"River truce (river-truce)\n5 reports under the text and 2 readings\n")

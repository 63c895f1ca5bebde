"""The group of commands: help, version, exit codes."""

import errno
import signal

import pytest
from typer.main import get_command

import truceline as tl
from truceline.cli import main
from truceline.cli.main import app
from truceline.errors import Fault, TermsError

COMMANDS = sorted(get_command(app).commands)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_a_line_to_paste(run, name):
    """The help of a command names an example that begins with its own name, on a line of its own."""
    result = run([name, "--help"])

    assert result.exit_code == 0
    assert f"\n    truceline {name}" in result.stdout


def test_the_help_says_what_the_exit_codes_mean(run):
    """Whoever asks for help learns all commands and the exit codes."""
    shown = run("--help").stdout

    assert all(name in shown for name in COMMANDS)
    assert "Exit codes: 0 done" in shown


def test_no_command_shows_the_help(run):
    """The bare name of the program is no riddle: it shows the help."""
    result = run([])

    assert "Commands:" in result.output
    assert result.exit_code == 2


def test_the_version_is_that_of_the_package(run):
    """`--version` prints name and version and nothing else."""
    result = run("--version")

    assert result.stdout == f"truceline {tl.__version__}\n"


@pytest.mark.parametrize(
    "line",
    ["nonsense", "check", "check terms.yaml", "check terms.yaml reports.csv --nonsense",
     "explain terms.yaml reports.csv", "check terms.yaml reports.csv --format word", "report terms.yaml reports.csv"],
)  # fmt: skip
def test_a_wrong_call_ends_with_2(run, line):
    """What is no command, or lacks or has too many words, ends with 2 and says so on the standard error."""
    result = run(line)

    assert result.exit_code == 2
    assert "Error" in result.stderr
    assert result.stdout == ""


def test_a_wrong_value_is_told_in_our_words(run):
    """And not with what a library calls its kind of fault."""
    for line in ("lint terms.yaml --severity nonsense", "check terms.yaml reports.csv --format nonsense"):
        told = run(line).stderr

        assert "'nonsense' is not one of" in told
        assert "Value error" not in told


def test_every_fault_of_an_input_is_told_and_ends_with_3(run, desk):
    """A file that cannot be understood ends with 3, each fault on a clickable line, without a traceback."""
    (desk / "bad.yaml").write_text("truceline: 1\nagreement: {id: x}\nprovision: {}\n", encoding="utf-8")
    result = run("lint bad.yaml")

    assert result.exit_code == 3
    assert result.stderr.count("bad.yaml:") == len(result.stderr.splitlines()) > 3
    assert "Traceback" not in result.stderr


def test_a_name_cannot_steer_the_terminal(run, monkeypatch):
    """Control characters in what a file says are shown as what they are: unreadable."""

    def refused(*_, **__):
        raise TermsError([Fault("deal.yaml:1:1", "TL-E001", "\x1b[2J\u202eevil\x07", "mend it")])

    monkeypatch.setattr("truceline.api.terms.load", refused)
    result = run("lint terms.yaml")

    assert result.stderr == "deal.yaml:1:1: TL-E001 \ufffd[2J\ufffdevil\ufffd; mend it\n"


def test_an_interrupt_is_one_line(run, monkeypatch):
    """Ctrl-C ends with 130 and a line, without a traceback."""

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("truceline.api.terms.load", interrupted)
    result = run("lint terms.yaml")

    assert (result.exit_code, result.stderr) == (130, "stopped; no file was left half written\n")


def test_an_interrupt_that_a_library_swallows_is_one_too(run, monkeypatch):
    """Where a library makes another error of the interrupt the process still ends as asked."""

    def muddled(*_, **__):
        main._signals.append(signal.SIGINT)
        raise ImportError

    monkeypatch.setattr(main, "_signals", [])
    monkeypatch.setattr("truceline.api.terms.load", muddled)
    result = run("lint terms.yaml")

    assert (result.exit_code, result.stderr) == (130, "stopped; no file was left half written\n")


def test_no_room_for_what_lies_between_is_told(run, monkeypatch):
    """A full disk where temporary files go is a fault of the call, with its place."""

    def full(*_, **__):
        raise OSError(errno.ENOSPC, "No space left on device", "/scratch/stdin.csv")

    monkeypatch.setattr("truceline.api.terms.load", full)
    result = run("lint terms.yaml")

    assert result.exit_code == 2
    assert result.stderr.startswith("/scratch/stdin.csv: TL-E910")


def test_another_error_of_the_system_is_a_fault_of_ours(run, monkeypatch):
    """What should have been told as a fault of a file is not hidden."""

    def broken(*_, **__):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("truceline.api.terms.load", broken)

    with pytest.raises(OSError, match="Input/output"):
        run("lint terms.yaml")


def test_a_reader_that_left_ends_it_silently(run, monkeypatch):
    """A closed pipe deep within a command is no failure."""

    def left(*_, **__):
        raise BrokenPipeError

    monkeypatch.setattr("truceline.api.terms.load", left)
    result = run("lint terms.yaml")

    assert (result.exit_code, result.output) == (0, "")


def test_a_fault_of_ours_says_so(monkeypatch, capsys):
    """What nobody foresaw ends with 70, with a traceback, and says whose fault it is."""
    monkeypatch.setattr(main, "careful_streams", lambda: None)
    monkeypatch.setattr(main, "app", lambda: 1 / 0)
    monkeypatch.setattr(signal, "signal", lambda *_: None)

    with pytest.raises(SystemExit) as ended:
        main.run()

    assert ended.value.code == 70
    assert "ZeroDivisionError" in (shown := capsys.readouterr().err)
    assert "a fault of Truceline" in shown


def test_the_end_of_a_run_is_the_end_of_the_process(monkeypatch):
    """Where the commands return, the process ends with 0; a request to end is an interrupt."""
    monkeypatch.setattr(main, "careful_streams", lambda: None)
    monkeypatch.setattr(main, "_signals", [])
    monkeypatch.setattr(main, "app", lambda: None)
    handlers = {}
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)

    with pytest.raises(SystemExit) as ended:
        main.run()

    assert ended.value.code == 0
    with pytest.raises(KeyboardInterrupt):
        handlers[signal.SIGTERM](signal.SIGTERM, None)

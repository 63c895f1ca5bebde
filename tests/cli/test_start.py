"""The first moments of the process."""

import os
import signal
import subprocess
import sys

import pytest

from truceline.cli import ending, main, start


def test_the_commands_are_run(monkeypatch):
    """The process is watched for requests to end, and then the commands take over."""
    handlers = {}
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)
    monkeypatch.setattr(main, "run", lambda: sys.exit(7))

    with pytest.raises(SystemExit) as ended:
        start.run()

    assert ended.value.code == 7
    assert {signal.SIGTERM, signal.SIGHUP} <= set(handlers)


def test_what_shall_be_ignored_is_ignored(monkeypatch):
    """Under `nohup`, or in the background of a script, the process goes on."""
    handlers = {}
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)
    monkeypatch.setattr(signal, "getsignal", lambda _: signal.SIG_IGN)
    ending.on_request_to_end(lambda *_: None)

    assert handlers == {}


def test_an_interrupt_while_libraries_are_loaded_is_one_line(monkeypatch):
    """Nothing is open by then: the process says one line and leaves with 130."""
    said, left = [], []
    monkeypatch.setattr(os, "write", lambda number, data: said.append((number, data)))
    monkeypatch.setattr(os, "_exit", left.append)
    start._leave(signal.SIGINT, None)

    assert (said, left) == ([(2, b"stopped; no file was left half written\n")], [130])


def test_the_start_itself_loads_next_to_nothing():
    """What is loaded before the process is watched takes no time in which it could be interrupted."""
    code = "import sys; from truceline.cli import start; print(sorted({'typer', 'rich', 'numpy'} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert loaded.stdout == "[]\n"

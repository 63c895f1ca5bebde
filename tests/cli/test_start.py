"""The first moments of the process."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from truceline.cli import ending, main, start

ROOT = Path(__file__).parents[2]


def test_the_commands_are_run(monkeypatch):
    """The process is watched for requests to end, and then the commands take over."""
    handlers = {}
    monkeypatch.setattr(signal, "signal", handlers.__setitem__)
    monkeypatch.setattr(main, "run", lambda: sys.exit(7))
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path])

    with pytest.raises(SystemExit) as ended:
        start.run()

    assert ended.value.code == 7
    assert {one for one in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(one) is not signal.SIG_IGN} <= set(
        handlers
    )


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


def test_a_check_loads_only_what_it_needs(tmp_path):
    """No pandas, though Arrow would load it; nothing that draws pages, keeps ledgers or translates machine code."""
    unwanted = ("pandas", "jinja2", "sqlalchemy", "alembic", "numba", "llvmlite", "pyogrio")
    code = (
        f"import atexit, sys; atexit.register(lambda: print([name for name in {unwanted} if name in sys.modules])); "
        "from truceline.cli.start import run; run()"
    )
    toy = ROOT / "examples" / "toy"
    call = ["check", str(toy / "terms.yaml"), str(toy / "reports.csv"), "--no-summary", "-o", str(tmp_path / "out.csv")]
    told = subprocess.run([sys.executable, "-c", code, *call], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"


def test_on_spark_pandas_may_be_loaded(monkeypatch):
    """Spark has a use for it; nobody else is told that it is there."""
    paths = [*sys.meta_path]
    monkeypatch.setattr(sys, "meta_path", paths)
    monkeypatch.setattr(main, "run", lambda: sys.exit(0))
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    hidden = []
    for words in (["truceline", "check", "--engine", "spark"], ["truceline", "check"]):
        monkeypatch.setattr(sys, "argv", words)
        with pytest.raises(SystemExit):
            start.run()
        hidden.append(any(isinstance(one, start._NoPandas) for one in sys.meta_path))

    assert hidden == [False, True]
    assert paths[0].find_spec("numpy") is None
    with pytest.raises(ModuleNotFoundError):
        paths[0].find_spec("pandas")

"""What the pages promise works as written: their commands run, and their Python runs."""

import doctest
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pages import PAGES, ROOT, blocks, commands

FIRST = [ROOT / "README.md", ROOT / "docs" / "quickstart.md"]
HELD = [*FIRST, ROOT / "docs" / "howto" / "who-said-it.md"]
COMMANDS = [command for page in [*HELD, *sorted((ROOT / "docs" / "cli").glob("*.md"))] for command in commands(page)]
SHELL = [command for command in COMMANDS if not command.line.startswith("make ")]
SNIPPETS = [block for page in PAGES for block in blocks(page, "python")]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Lay out a desk with the examples on it, where files may be written."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "examples").symlink_to(ROOT / "examples")
    (folder / "tests").mkdir()
    (folder / "tests" / "data").symlink_to(ROOT / "tests" / "data")
    return folder


def test_the_first_pages_promise_something():
    """There are commands to try on both pages (an empty page would pass everything below)."""
    places = {command.place.partition(":")[0] for command in COMMANDS}

    assert {"README.md", "docs/quickstart.md"} <= places


def test_the_commands_run_as_written(desk):
    """Each command runs in the order of its page and prints what the page shows; only `lint` may end with 1."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    for command in SHELL:
        ran = subprocess.run(
            ["bash", "-o", "pipefail", "-c", command.line],
            cwd=desk, env={**os.environ, "PATH": path, "COLUMNS": "120", "NO_COLOR": "1"},
            capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, timeout=300,
        )  # fmt: skip

        assert ran.returncode in ((0, 1) if command.line.startswith("truceline lint") else (0,)), (
            f"{command}\n{ran.stdout}{ran.stderr}"
        )
        assert "Traceback" not in ran.stderr
        if command.shown:
            assert doctest.OutputChecker().check_output(command.shown, ran.stdout, FLAGS), f"{command}\n{ran.stdout}"


def test_the_python_runs_as_written(desk, monkeypatch):
    """The snippets of a page run one after the other and print what the page shows."""
    monkeypatch.chdir(desk)
    page, names = None, {}
    for block in SNIPPETS:
        page, names = block.page, names if block.page == page else {}
        if ">>>" in block.text:
            example = doctest.DocTestParser().get_doctest(block.text, names, str(block), str(block.page), block.line)
            runner = doctest.DocTestRunner(optionflags=FLAGS)
            runner.run(example, clear_globs=False)

            assert runner.failures == 0, str(block)
            names = example.globs
        else:
            exec(compile(block.text, str(block), "exec"), names)  # noqa: S102 - the page is ours

"""Progress on the standard error."""

import io
import sys

import pytest

from truceline.api.reading import Asked
from truceline.api.running import run_check, start
from truceline.api.terms import load
from truceline.cli.progress import counting, waiting


class Screen(io.StringIO):
    """What looks like a terminal."""

    def isatty(self):
        """Say yes."""
        return True


@pytest.mark.parametrize(("total", "shown"), [(40, "20 reports"), (None, "20 reports")])
def test_whoever_looks_sees_the_count(monkeypatch, total, shown):
    """On a terminal the number done is shown, and the line is wiped away in the end."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Screen())
    with counting("reports", total) as seen:
        seen(10)
        seen(20)

    assert shown in sys.stderr.getvalue()
    assert sys.stderr.getvalue().endswith("\x1b[2K")


def test_whoever_waits_sees_for_what(monkeypatch):
    """What cannot be counted is named, without a way to steer the terminal, and the line is wiped away in the end."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", Screen())
    with waiting("reading a[red]\x07.csv"):
        pass

    assert "reading a[red]\ufffd.csv" in sys.stderr.getvalue()
    assert sys.stderr.getvalue().endswith("\x1b[2K")


def test_something_soon_moves(desk):
    """The first reports are told one after the other, and not when all are done; the answer is the same."""
    header, *rows = (desk / "reports.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (desk / "many.csv").write_text(header + "".join(f"{number}{row}" for number in range(2_000) for row in rows))
    seen = []
    summary = run_check(start(load("terms.yaml"), ["many.csv"], Asked()), seen=seen.append)

    assert seen == [1024, 3072, 7168, 10_000]
    assert summary.reports == 10_000
    assert {sum(counts.values()) for counts in summary.verdicts.values()} == {10_000}


def test_a_pipe_stays_clean(monkeypatch):
    """Where nobody looks nothing is written."""
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with counting("reports", 40) as seen:
        seen(40)
    with waiting("reading"):
        pass

    assert sys.stderr.getvalue() == ""

"""Progress on the standard error."""

import io
import sys

import pytest

from truceline.cli.progress import counting


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


def test_a_pipe_stays_clean(monkeypatch):
    """Where nobody looks nothing is written."""
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with counting("reports", 40) as seen:
        seen(40)

    assert sys.stderr.getvalue() == ""

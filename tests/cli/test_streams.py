"""The standard streams of the process: full disks, readers that left, streams that are closed."""

import errno
import io
import os
import sys

import pytest

from truceline.cli.streams import careful_streams
from truceline.errors import UsageError


class Disk(io.RawIOBase):
    """What looks like a file on a disk; every write fails with an error of the system."""

    def __init__(self, number):
        super().__init__()
        self.number = number
        self.tries = 0

    def writable(self):
        """Say yes."""
        return True

    def write(self, _data):
        """Fail."""
        self.tries += 1
        raise OSError(self.number, os.strerror(self.number))


@pytest.fixture
def over(monkeypatch):
    """Put careful streams over such disks, and give the disk below the named one."""

    def opened(name, number):
        disk = Disk(number)
        for stream in ("stdin", "stdout", "stderr"):
            monkeypatch.setattr(sys, stream, io.TextIOWrapper(io.BytesIO(), "utf-8"))
        monkeypatch.setattr(sys, name, io.TextIOWrapper(io.BufferedWriter(disk), "utf-8"))
        careful_streams()
        return disk

    return opened


def say(stream, words):
    """Write a line, all the way."""
    stream.write(f"{words}\n")
    stream.flush()


def test_a_full_disk_is_a_fault_and_is_told_once(over):
    """The first write that fails is TL-E910; what is written after it goes nowhere and is silent."""
    disk = over("stdout", errno.ENOSPC)
    with pytest.raises(UsageError, match=r"standard output: TL-E910 .* make room on the disk"):
        say(sys.stdout, "counts")
    say(sys.stdout, "more")

    assert disk.tries == 1


def test_a_reader_that_left_is_no_full_disk(over):
    """A closed pipe stays a closed pipe, without the number by which the parser of the command line knows it."""
    over("stdout", errno.EPIPE)

    with pytest.raises(BrokenPipeError) as left:
        say(sys.stdout, "counts")
    assert left.value.errno is None


def test_messages_that_nobody_can_take_are_lost(over):
    """A full disk behind the messages stops nothing."""
    disk = over("stderr", errno.ENOSPC)
    say(sys.stderr, "only rows of ...")

    assert disk.tries == 1


def test_closed_streams_are_no_riddle(monkeypatch):
    """A closed input is empty, a closed output a fault, closed messages are lost; none is a terminal."""
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    careful_streams()
    say(sys.stderr, "message")
    with sys.stdin as closed:
        read = closed.read()

    assert read == ""
    assert (sys.stdout.isatty(), sys.stderr.isatty()) == (False, False)
    with pytest.raises(io.UnsupportedOperation):
        sys.stdout.fileno()
    with pytest.raises(UsageError, match=r"standard output: TL-E910 .*it is closed"):
        say(sys.stdout, "counts")


def test_a_letter_that_the_screen_lacks_is_shown_as_its_number(monkeypatch):
    """An old encoding of the screen is no failure."""
    screen = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(screen, "ascii"))
    careful_streams()
    say(sys.stdout, "\u25c6 1")

    assert screen.getvalue() == b"\\u25c6 1\n"


def test_a_stream_has_the_number_of_the_one_below(monkeypatch):
    """Whoever asks for the handle of the system gets it."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - a device
        monkeypatch.setattr(sys, "stdout", nowhere)
        careful_streams()

        assert sys.stdout.fileno() == nowhere.fileno()

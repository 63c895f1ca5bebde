"""Files that last: what the disk refuses is told, never tried again, and leaves no half."""

import errno
import os
import subprocess
import sys

import pytest

from truceline.errors import LedgerError
from truceline.store import durable
from truceline.store.durable import locked, put, put_all


def test_folders_are_made_and_synced(tmp_path, monkeypatch):
    """Every folder whose names changed is synced after the files in it, up to the one that was there before."""
    synced = []
    monkeypatch.setattr(durable, "sync_folder", synced.append)
    put_all({tmp_path / "a" / "b" / "1": b"1", tmp_path / "a" / "b" / "2": b"2", tmp_path / "3": b"3"})

    assert {path.relative_to(tmp_path).as_posix() for path in synced} == {"a/b", "a", "."}
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["1", "2", "3", "a", "b"]


def faults(monkeypatch, number, module=os, name="fsync"):
    """Let the n-th call of a function fail, and count all calls."""
    calls, real = [], getattr(module, name)

    def failing(*args):
        calls.append(args)
        if len(calls) == number:
            raise OSError(errno.EIO, "Input/output error")
        return real(*args)

    monkeypatch.setattr(module, name, failing)
    return calls


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_failed_sync_is_never_passed_over(tmp_path, monkeypatch, number):
    """Of a file or of its folder: the fault is told with the place, and nothing is synced after it."""
    calls = faults(monkeypatch, number)
    with pytest.raises(
        LedgerError, match=r"TL-L030 the disk does not take it \(Input/output error\); nothing was signed"
    ):
        put_all({tmp_path / "a" / "1": b"1", tmp_path / "2": b"2"})

    assert len(calls) == number
    assert not list(tmp_path.rglob("*.part"))


def test_without_a_fault_there_are_four_syncs(tmp_path, monkeypatch):
    """Control of the test above: two files and two folders are synced, and then all is there."""
    calls = faults(monkeypatch, 0)
    put_all({tmp_path / "a" / "1": b"1", tmp_path / "2": b"2"})

    assert len(calls) == 4


def test_an_old_file_stays_when_the_new_one_fails(tmp_path, monkeypatch):
    """A fault before the new name leaves the old bytes."""
    put(tmp_path / "head", b"old")
    faults(monkeypatch, 1)
    with pytest.raises(LedgerError):
        put(tmp_path / "head", b"new")

    assert (tmp_path / "head").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["head"]


def test_the_rights_are_those_asked_for(tmp_path):
    """A file can be kept from the eyes of others from its first byte on."""
    put(tmp_path / "key", b"secret", mode=0o600)

    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


HOLD = """
import sys
from pathlib import Path
from truceline.store.durable import locked

with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_one_process_at_a_time(tmp_path):
    """While another process holds the lock it is refused; when that process is killed it is free."""
    path = tmp_path / ".lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(LedgerError, match="TL-L026 another process is writing this log; wait"), locked(path):
            pass
        other.kill()
        other.wait(timeout=30)
        with locked(path):
            pass


def test_a_lock_that_cannot_be_made(tmp_path, monkeypatch):
    """A missing folder is a fault of the disk; so is a file system that has no locks."""
    with pytest.raises(LedgerError, match="TL-L030"), locked(tmp_path / "none" / ".lock"):
        pass
    monkeypatch.setattr(durable.fcntl, "flock", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOLCK, "No locks")))
    with pytest.raises(LedgerError, match=r"TL-L030 the disk does not take it \(No locks\)"), locked(tmp_path / ".l"):
        pass

"""A child process with limits: whatever it does, the parent says one thing about it, and is left as it was."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

import unruly
from truceline.errors import EvidenceError
from truceline.formats.sandbox import Limits, in_child

FEW = Limits(memory_bytes=2**29, seconds=30, file_bytes=2**20)


@pytest.mark.parametrize(
    ("function", "said"),
    [(unruly.crash, "TL-R601 reading it crashed a process of its own: SIGSEGV"),
     (unruly.swell, "TL-R603 reading it needed too much memory in a process of its own: more than 512 MiB"),
     (unruly.refuse_for_memory, "TL-R603")],
)  # fmt: skip
def test_a_child_that_breaks_is_a_refusal(function, said):
    """It names the file, says what happened and what to do, in one fault."""
    with pytest.raises(EvidenceError, match=f"^a.gpkg: {said}") as raised:
        in_child(function, {}, "a.gpkg", FEW)

    [fault] = raised.value
    assert "ask whoever gave it to you" in fault.remedy


@pytest.mark.parametrize("function", [unruly.hang, unruly.work])
def test_a_child_that_does_not_end_is_ended(function):
    """Asleep or at work, it has so many seconds and no more."""
    before = time.monotonic()
    with pytest.raises(EvidenceError, match=r"^a.gpkg: TL-R602 reading it took too long .*: more than 1.5 s;"):
        in_child(function, {}, "a.gpkg", Limits(seconds=1.5))

    assert time.monotonic() - before < 10


@pytest.mark.parametrize(
    ("how", "said"),
    [("exit", "TL-R601 .*: exit code 3"), ("silence", "TL-R604 .*: no answer"),
     ("exception", "TL-R604 .*: ValueError: x{288};"), ("foreign error", "TL-R604 .*: no answer"),
     ("large file", "TL-R604 .*: OSError"), ("no JSON", "TL-R604 .*: no answer"), ("[7]", "TL-R604 .*: no answer"),
     ("[" * 99_999, "TL-R604 .*: no answer"), ('{"done": 1}', "TL-R604 .*: no answer"),
     ('{"raised": "EvidenceError", "faults": [["a", "b"]]}', "TL-R604 .*: no answer"),
     ('{"raised": "SystemExit", "faults": []}', "TL-R604 .*: no answer")],
    ids=lambda word: word[:30],
)  # fmt: skip
def test_a_child_that_fails_or_lies(how, said):
    """What it says is believed only if it is an answer; nothing of it is executed, and nothing long is repeated."""
    with pytest.raises(EvidenceError, match=f"^a.gpkg: {said}"):
        in_child(unruly.fall, {"how": how}, "a.gpkg", FEW)


def test_faults_come_through():
    """What a reader finds in the child is raised in the parent, all of it, as if it had been read there."""
    with pytest.raises(EvidenceError) as raised:
        in_child(unruly.refuse, {}, "a.csv")

    assert [str(fault) for fault in raised.value] == [
        "a.csv row 1: TL-R109 one; mend",
        "a.csv row 2: TL-R109 two; mend",
    ]


def test_what_it_prints_is_not_shown(capfd):
    """Neither through Python nor beside it."""
    in_child(unruly.talk, {}, "a.gpkg")

    assert capfd.readouterr() == ("", "")


def test_what_a_child_is_given(tmp_path, monkeypatch):
    """No secret of the environment, no open file, no core dump, a session of its own."""
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    with (tmp_path / "open").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        in_child(unruly.tell, {"path": str(tmp_path / "seen.json"), "port": 9}, "a.gpkg")
    seen = json.loads((tmp_path / "seen.json").read_bytes())

    assert "secret" not in json.dumps(seen["environment"])
    assert (seen["core"], seen["files"], seen["session"]) == ([0, 0], [64, 64], True)
    assert len(seen["open"]) == 4  # input, output, errors, and the listing itself


def cut_off() -> bool:
    """Say whether this system lets a process leave the network behind."""
    code = "import ctypes, sys; s = ctypes.CDLL(None); sys.exit(bool(s.unshare(1 << 30) and s.unshare(5 << 28)))"
    return sys.platform == "linux" and subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.skipif(not cut_off(), reason="the system gives no network of its own to a process")
def test_a_child_has_no_network(tmp_path):
    """Not even this machine can be reached, though we can reach it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        socket.create_connection(("127.0.0.1", port)).close()
        in_child(unruly.tell, {"path": str(tmp_path / "seen.json"), "port": port}, "a.gpkg")

    assert json.loads((tmp_path / "seen.json").read_bytes())["network"] is False


PARENT = (
    "import sys, unruly; from truceline.formats.sandbox import in_child;"
    "in_child(unruly.hang, {'pid_file': sys.argv[1]}, 'a.gpkg')"
)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_no_orphan_is_left(tmp_path, number):
    """Ctrl-C, or the death of the parent, ends the child too; its folder goes where there is time for it."""
    pid_file, room = tmp_path / "pid", tmp_path / "room"
    room.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(Path(unruly.__file__).parent), "TMPDIR": str(room)}
    command = [sys.executable, "-c", PARENT, str(pid_file)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=environment) as parent:
        wait_until(lambda: pid_file.exists() and pid_file.read_text(encoding="ascii"))
        child = int(pid_file.read_text(encoding="ascii"))
        parent.send_signal(number)
        told = parent.communicate(timeout=30)[1]
    wait_until(lambda: not alive(child))

    assert not alive(child)
    if number == signal.SIGINT:
        assert b"KeyboardInterrupt" in told
        assert list(room.iterdir()) == []


def wait_until(done) -> None:
    """Wait until something holds, for ten seconds at most."""
    until = time.monotonic() + 10
    while not done() and time.monotonic() < until:
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """Say whether a process still runs; one that only waits to be counted does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_child_of_a_dead_parent_does_not_begin(tmp_path):
    """If the parent died before the child could ask to go with it, the child sees another parent, and leaves."""
    order = {"path": sys.path, "module": "unruly", "name": "hang", "answer": str(tmp_path / "a.json"), "arguments": {},
             "memory": 2**30, "seconds": 5, "file": 2**20, "parent": 1}  # fmt: skip
    code = "import json, sys; from truceline.formats.sandbox import obey; obey(json.loads(sys.argv[1]))"
    done = subprocess.run([sys.executable, "-c", code, json.dumps(order)], timeout=30, check=False)

    assert (done.returncode, list(tmp_path.iterdir())) == (1, [])

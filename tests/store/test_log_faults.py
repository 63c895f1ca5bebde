"""A log when the disk fails or the process dies: no bad head is signed, and the next run mends what was left."""

import json
import os
import random
import shutil
import subprocess
import sys

import pytest

from logs import NAME, entries, sealed, second_opinion
from truceline.errors import LedgerError
from truceline.store.log_check import verify_log
from truceline.store.log_files import seal
from truceline.store.signing import Signer, make_key, open_signer, save_key

MADE = entries(700)

FAULTY = ("fsync", "open", "replace")


@pytest.mark.parametrize("once", [True, False])
@pytest.mark.parametrize("name", FAULTY)
def test_no_fault_of_the_disk_is_signed_over(tmp_path, monkeypatch, name, once):
    """The n-th call fails, once or for ever, for n = 1 until nothing fails: no bad head, and the next run mends it."""
    start = tmp_path / "start"
    signer, heads = sealed(start, MADE, 150)
    kept = signer.memory.read_bytes()
    for number in range(1, 99):
        folder = tmp_path / "log"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(start, folder)
        signer.memory.write_bytes(kept)
        calls = []
        with monkeypatch.context() as patch:
            real = getattr(os, name)

            def failing(*args, real=real, calls=calls, number=number, **kwargs):
                calls.append(args)
                if len(calls) == number or (not once and len(calls) > number):
                    raise OSError(5, "Input/output error")
                return real(*args, **kwargs)

            patch.setattr(os, name, failing)
            try:
                seal(folder, lambda begin: MADE[begin:300], signer)
                done = True
            except LedgerError:
                done = False
        found = verify_log(folder, [signer.key.verifier], {"old": heads[150]})
        seal(folder, lambda begin: MADE[begin:300], signer)
        mended = verify_log(folder, [signer.key.verifier], {"old": heads[150]})

        assert found.intact, str(found)
        assert (mended.intact, mended.checkpoint.head.size) == (True, 300)
        if done:
            break
    assert 2 < number < 99


CRASH = """
import json, os, sys
from pathlib import Path
from truceline.store.log_files import seal
from truceline.store.signing import open_signer

made = [bytes.fromhex(one) for one in json.loads(Path(sys.argv[1], "made.json").read_text())]
signer, real, left = open_signer(Path(sys.argv[1], "log.key")), os.fsync, [int(sys.argv[2])]

def dying(handle):
    real(handle)
    left[0] -= 1
    if not left[0]:
        os.kill(os.getpid(), 9)

os.fsync = dying
for size in range(40, len(made) + 1, 40):
    print(seal(Path(sys.argv[1], "log"), lambda begin: made[begin:size], signer).head.size, flush=True)
"""


@pytest.mark.slow
def test_a_killed_run_loses_no_head(tmp_path):
    """SIGKILL after the n-th sync: every head that was told is continued by the log that the next run mends."""
    save_key(make_key(NAME), tmp_path / "log.key")
    (tmp_path / "made.json").write_text(json.dumps([one.hex() for one in MADE]), encoding="utf-8")
    signer = open_signer(tmp_path / "log.key")
    told = 0
    for number in (1, 4, 7, 9, 12, 14, 25):
        run = subprocess.run(
            [sys.executable, "-c", CRASH, str(tmp_path), str(number)], stdout=subprocess.PIPE, check=False
        )
        told = max([told, *map(int, run.stdout.split())])
        seal(tmp_path / "log", lambda begin, end=told: MADE[begin:end], signer)
        found = verify_log(tmp_path / "log", [signer.key.verifier])

        assert found.intact, str(found)
        assert found.checkpoint.head.size >= told


@pytest.mark.slow
def test_no_false_alarm_on_clean_appends(tmp_path):
    """A thousand seals, ten logs of a hundred: each verifies with the head before, and both verifiers say so."""
    chance, many, alarms = random.Random(7), entries(2000), []
    for log in range(10):
        folder, signer = tmp_path / str(log), Signer(make_key(NAME), tmp_path / f"{log}.signed")
        size, heads = chance.choice([0, 1, 150, 250, 511, 700]), []
        for _ in range(100):
            seal(folder, lambda begin, end=size: many[begin:end], signer)
            first = verify_log(
                folder, [signer.key.verifier], {f"head {place}": head for place, head in enumerate(heads)}
            )
            if not first.intact or second_opinion(folder, signer.key.verifier, heads)[0]:
                alarms.append((log, size, str(first)))
            heads = [(folder / "checkpoint").read_bytes()]
            size += chance.choice([0, 1, 1, 2, 3, 20])

    assert alarms == []

"""A process that is killed loses nothing of what was acknowledged, doubles nothing, and leaves a log that verifies."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

import killed
from ledgers import DAY, NAME, behind, said
from truceline.store.intake import take_in
from truceline.store.ledger import make_ledger, open_ledger
from truceline.store.ledger_check import check_ledger
from truceline.store.signing import make_key, open_signer, save_key

KILLS = 1_000 if os.environ.get("TRUCELINE_TORTURE") else 50
JOBS = ("append", "append", "import", "import", "erase", "migrate")
WORKER = Path(killed.__file__)


@pytest.fixture(scope="module")
def killer():
    """Keep a process at hand that is warm, forks a child for each job, and kills it."""
    path = os.pathsep.join([str(WORKER.parent), os.environ.get("PYTHONPATH", "")])
    with subprocess.Popen(
        [sys.executable, WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1,
        env=os.environ | {"PYTHONPATH": path},
    ) as process:  # fmt: skip

        def kill(folder, job, seconds, run):
            process.stdin.write(f"{folder} {job} {seconds} {run}\n")
            return int(process.stdout.readline())

        yield kill
        process.stdin.close()


def begun(folder):
    """Make a ledger with its key in a file."""
    folder.mkdir()
    save_key(key := make_key(NAME), folder / "log.key")
    make_ledger(folder / "ledger", [key.verifier]).close()
    (folder / "acks").touch()
    return folder / "ledger"


def older(folder):
    """Bring a ledger with a record back to the tables of before."""
    ledger = open_ledger(folder)
    ledger.append([said("old:1")], 0)
    behind(ledger, "UPDATE alembic_version SET version_num = '0001'")
    ledger.close()


def acknowledged(folder):
    """Read what was acknowledged: places and revisions of ids, those that were erased, and the longest log."""
    stated, gone, signed = {}, set(), 0
    for line in (folder.parent / "acks").read_text(encoding="utf-8").splitlines():
        match line.split():
            case ["sealed", size]:
                signed = max(signed, int(size))
            case [id_, index, "gone"]:
                gone.add((id_, int(index)))
            case [id_, index, revision]:
                stated[id_] = (int(index), int(revision))
    return stated, gone, signed


def lost(folder):
    """Give what was acknowledged and is not there as it was, and what is there twice."""
    stated, gone, _ = acknowledged(folder)
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as raw:
        there = raw.execute("SELECT id, seq, revision FROM records WHERE kind = 'report'").fetchall()
        kept = {seq for (seq,) in raw.execute("SELECT seq FROM openings")}
    found = {id_: (seq, revision) for id_, seq, revision in there}
    twice = [id_ for id_, number in Counter(id_ for id_, *_ in there).items() if number > 1]
    missing = [id_ for id_, place in stated.items() if found.get(id_) != place or place[0] not in kept]
    return twice + missing + [id_ for id_, index in gone if index in kept]


def look(folder, *, again):
    """Open a ledger after a kill; give what is wrong with it: lost, doubled, half, or not as the log says."""
    ledger = open_ledger(folder, current=False)
    ledger.database.migrate()
    signer, (_, _, signed) = open_signer(folder.parent / "log.key"), acknowledged(folder)
    wrong = lost(folder)
    if (ledger.log / "checkpoint").exists():
        found = check_ledger(ledger)
        wrong += [] if found.intact and found.log.checkpoint.head.size >= signed else [str(found)]
    ledger.seal(signer)
    if again:
        found = check_ledger(ledger)
        wrong += [] if found.intact and not found.unsealed else [str(found)]
    ledger.close()
    return wrong


@pytest.mark.slow
def test_no_kill_loses_what_was_acknowledged(killer, tmp_path):
    """SIGKILL at random points of adding, importing, erasing, signing and migrating: nothing lost, nothing doubled."""
    chance, wrong, ended = random.Random(21), [], Counter()
    for number in range(KILLS):
        if number % 10 == 0:
            folder = begun(tmp_path / str(number))
        job = chance.choice(JOBS)
        if job == "migrate":
            older(folder)
        ended[killer(folder, job, f"{chance.uniform(0.005, 0.2):.4f}", number)] += 1
        wrong += [(number, job, each) for each in look(folder, again=number % 5 == 4)]
        wrong += import_again(folder, number) if job == "import" else []

    assert wrong == []
    assert ended == {signal.SIGKILL: KILLS}


def import_again(folder, run):
    """Add the file once more: every row is there once, in its first revision, and once more adds nothing."""
    ledger = open_ledger(folder)
    first, second = (take_in(ledger, *killed.given(run), lambda: DAY).counts for _ in range(2))
    prefix = f"import:{run}:"
    found = [(record.id, record.revision) for record in ledger.standing("report") if record.id.startswith(prefix)]
    ledger.close()
    whole = sorted(found) == sorted((f"{prefix}{row}", 1) for row in range(1, 61))
    return [] if whole and sum(first.values()) == 60 and second == {"unchanged": 60} else [(found, first, second)]


@pytest.mark.slow
def test_acknowledging_before_the_commit_loses(killer, tmp_path):
    """Control of the test above: a writer that answers before the commit loses what it said is there."""
    chance, missing = random.Random(22), []
    for number in range(200):
        if number % 10 == 0:
            folder = begun(tmp_path / str(number))
        killer(folder, "early", f"{chance.uniform(0.03, 0.15):.4f}", number)
        if missing := lost(folder):
            break

    assert missing

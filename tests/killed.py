"""Run as a process: forks a child for each line that it is given, lets it work on a ledger, and kills it.

A line holds a folder, a job, seconds until the kill, and a number of the run. The answer is one line, once the child
is dead. What the child was told is on the disk is written to `acks`, beside the folder, before it goes on.
"""

import os
import signal
import sys
import time
from itertools import count
from pathlib import Path

from ledgers import DAY, said
from truceline.store import appending, intake
from truceline.store.erasing import erase
from truceline.store.intake import Given, take_in
from truceline.store.ledger import open_ledger
from truceline.store.signing import open_signer


def work(folder, job, run):
    """Do one job until somebody ends it."""
    acks = os.open(folder.parent / "acks", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    ledger = open_ledger(folder, current=job != "migrate")
    signer = open_signer(folder.parent / "log.key")
    if job == "migrate":
        ledger.database.migrate()
        os.write(acks, b"migrated\n")
    elif job == "import":
        intake.BATCH = 7
        take_in(ledger, *given(run), lambda: DAY)
        os.write(acks, b"imported\n")
    for number in count():
        if job in ("append", "early"):
            some = [said(f"{run}:{number}:{each}") for each in range(5)]
            receipts = early(ledger, some, acks) if job == "early" else ledger.append(some, number)
            os.write(acks, told(receipts))
        elif job == "erase":
            [receipt] = ledger.append([said(f"{run}:e{number}", place="canary")], number)
            erase(ledger, "report", receipt.id, "harm", by="desk", now_us=number)
            os.write(acks, f"{receipt.id} {receipt.index} gone\n".encode())
        if number % 3 == 2 and job != "early":
            os.write(acks, f"sealed {ledger.seal(signer).head.size}\n".encode())


def told(receipts):
    """Write receipts as lines."""
    return "".join(f"{one.id} {one.index} {one.revision}\n" for one in receipts).encode()


def early(ledger, drafts, acks):
    """Acknowledge before the commit: what must not be done, for the control."""
    with ledger.database.writing() as connection:
        receipts = appending.append(connection, drafts, 0)
        os.write(acks, told(receipts))
        time.sleep(0.002)
    return []


def given(run):
    """Give the file that is imported by a run, and its rows."""
    rows = ((f"import:{run}:{number}", number, {"act": "clash", "place": str(number)}) for number in range(1, 61))
    return Given("report", f"{int(run):064x}", {"file": "reports.csv"}, "desk"), rows


def main():
    """Wait for lines."""
    for line in sys.stdin:
        folder, job, seconds, run = line.split()
        child = os.fork()
        if not child:
            try:
                work(Path(folder), job, run)
            finally:
                os._exit(1)
        time.sleep(float(seconds))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

"""The power is cut, or the disk fails: nothing that was acknowledged is lost, and nothing is half."""

import os
import random
from pathlib import Path
from unittest.mock import patch

import pytest

from ledgers import DAY, HIDING, protected, said, seeded
from power import FAULTS, Disk, plugged_in
from truceline.errors import LedgerError
from truceline.evidence.commitment import check_opening
from truceline.evidence.record import read_record
from truceline.store import database as database_module
from truceline.store.appending import append
from truceline.store.database import open_database
from truceline.store.searching import contents, end_of

TORTURE = bool(os.environ.get("TRUCELINE_TORTURE"))
CUTS = 10_000 if TORTURE else 200
PER_RUN = 50
PATH = Path("/ledger.sqlite")


def worked(disk, chance, transactions=12):
    """Make tables, and put records down; note on the disk what was acknowledged, and when."""
    with plugged_in(disk):
        database = open_database(PATH)
        database.migrate()
        disk.done.append(("ack", "tables"))
        for number in range(transactions):
            some = [
                said(f"q:{chance.randrange(9)}", place=f"{number} {each}") for each in range(chance.randrange(1, 6))
            ]
            with database.writing() as connection:
                receipts = append(connection, [*some, protected(f"p:{number}")], number * DAY, HIDING)
            disk.done.append(("ack", *((one.id, one.index, one.revision) for one in receipts)))
        database.close()


def looked(disk, acks):
    """Open what is on a disk: "corrupt", "lost" something of what was acknowledged, or "whole"."""
    with plugged_in(disk):
        database = open_database(PATH)
        try:
            if acks:
                database.demand_current()
            elif database.step() is None:
                return "whole"
            with database.reading() as connection:
                rows = list(contents(connection, 0, end_of(connection)[0]))
            wrong = database.damage()
        except LedgerError:
            return "lost" if acks and database_is_sound(database) else "corrupt"
        finally:
            database.close()
    wrong += [number for number, row in enumerate(rows) if not is_whole(number, row)]
    there = {(row.id, row.seq, row.revision) for row in rows}
    return (
        "corrupt"
        if wrong
        else "whole"
        if {one for ack in acks for one in ack if ack != ("tables",)} <= there
        else "lost"
    )


def is_whole(number, row):
    """Say whether a record is all there, at its place."""
    try:
        check_opening(row.commitment, row.nonce, row.content)
        return row.seq == number and bool(row.envelope) == bool(read_record(number, row.content).sealed)
    except (LedgerError, TypeError):
        return False


def database_is_sound(database):
    """Say whether the file itself is whole."""
    try:
        return not database.damage()
    except LedgerError:
        return False


def cut_at_random(cuts, seed):
    """Cut the power at random points of some runs; count what was found."""
    chance, found = random.Random(seed), {"whole": 0, "lost": 0, "corrupt": 0}
    for number in range(cuts):
        if number % PER_RUN == 0:
            worked(disk := Disk(), chance)
        at = chance.randrange(len(disk.done) + 1)
        found[looked(disk.cut(chance, at), [what[1:] for what in disk.done[:at] if what[0] == "ack"])] += 1
    return found


@pytest.mark.slow
def test_a_power_cut_loses_nothing_that_was_acknowledged():
    """At random points, each unsynced write kept by chance: what was acknowledged is there, and nothing is half."""
    assert cut_at_random(CUTS, 31) == {"whole": CUTS, "lost": 0, "corrupt": 0}


@pytest.mark.parametrize("level", ["NORMAL", "OFF"])
def test_syncing_less_loses(level):
    """Control of the test above: with less than `synchronous=FULL` what was acknowledged is lost."""
    pragmas = tuple(one.replace("synchronous=FULL", f"synchronous={level}") for one in database_module._PRAGMAS)
    with patch.object(database_module, "_PRAGMAS", pragmas):
        found = cut_at_random(60, 32)

    assert found["lost"] + found["corrupt"] > 10
    assert (found["corrupt"] > 0) <= (level == "OFF")


@pytest.fixture(scope="module")
def start():
    """Give the files of a ledger with a few records, closed."""
    worked(disk := Disk(), seeded(33), 3)
    return {name: bytes(data) for name, data in disk.files.items()}


def tried(disk):
    """Put three batches down until one is refused; give what was acknowledged, and the error."""
    acks = [("tables",)]
    with plugged_in(disk):
        database = open_database(PATH)
        try:
            for number in range(3):
                failed = disk.failed_syncs
                with database.writing() as connection:
                    receipts = append(connection, [said(f"n:{number}"), said(f"m:{number}")], 99 * DAY)
                assert disk.failed_syncs == failed, "acknowledged after a failed sync"
                acks.append(tuple((one.id, one.index, one.revision) for one in receipts))
        except LedgerError as error:
            assert "TL-L061" in str(error)  # noqa: PT017 - which calls fail is not known before
        finally:
            database.close()
    return acks


@pytest.mark.slow
@pytest.mark.parametrize("once", [True, False])
@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_of_the_disk_leaves_a_silent_wrong_state(start, fault, once):
    """The n-th call fails, for n = 1 until none does: nothing is acknowledged over it, and what was is there after."""
    for number in range(1, 400):
        disk = Disk(start, fault, lambda call, n=number: call == n or (not once and call > n))
        acks = tried(disk)

        assert looked(Disk(disk.files), acks) == "whole"
        if disk.calls < number:
            break
    assert 20 < number < 399
    assert len(acks) == 4

"""Verifying a ledger: what its owner changed behind its back is found, with the first bad record; else nothing."""

import os
import random
import re
import shutil
import sqlite3
from contextlib import closing

import pytest

from ledgers import DAY, HIDING, IDENTITY, behind, filled, made, mixed, protected, reopened, said, seeded
from truceline.errors import LedgerError
from truceline.evidence.canonical import canonical
from truceline.evidence.commitment import blind
from truceline.evidence.record import Draft, envelope
from truceline.store.erasing import erase
from truceline.store.ledger import open_ledger
from truceline.store.ledger_check import MOST, check_ledger

TORTURE = bool(os.environ.get("TRUCELINE_TORTURE"))
CLEAN = 10_000 if TORTURE else 1_000
"""Clean appends, after which a ledger is verified, time and again."""
FLIPS = 0 if TORTURE else 60
"""Single bits that are turned over; 0: all."""


def rewritten(number, **changed):
    """Write a record anew, with a commitment that fits, as somebody would who wants it to look right."""
    kept = blind(envelope(Draft("report", f"z:{number}", changed or {"act": "presence"}), 1, number * DAY), bytes(32))
    return [
        ("UPDATE openings SET nonce = ?, content = ? WHERE seq = ?", (kept.nonce, kept.content, number)),
        ("UPDATE records SET commitment = ?, id = ?, revision = 1, source = '' WHERE seq = ?",
         (kept.commitment, f"z:{number}", number)),
    ]  # fmt: skip


def moved(one, other):
    """Let two records change places, in all tables."""
    return [f"UPDATE {table} SET seq = CASE seq WHEN {one} THEN {-other - 1} ELSE {-one - 1} END"  # noqa: S608
            f" WHERE seq IN ({one}, {other})" for table in ("records", "openings")] + [
            f"UPDATE {table} SET seq = -seq - 1 WHERE seq < 0" for table in ("records", "openings")]  # noqa: S608 # fmt: skip


def gone(number):
    """Remove a record from all tables."""
    return [f"DELETE FROM {table} WHERE seq = {number}" for table in ("records", "openings", "vault")]  # noqa: S608


def put_in(number):
    """Put a record between two, and move those behind it on by one."""
    shifted = [
        f"UPDATE {table} SET seq = {how}"  # noqa: S608
        for table in ("records", "openings", "vault")
        for how in (f"-seq - 2 WHERE seq >= {number}", "-seq - 1 WHERE seq < 0")
    ]
    kept = blind(envelope(Draft("report", "z:1", {"act": "clash"}), 1, number * DAY), bytes(32))
    return [
        *shifted,
        ("INSERT INTO records VALUES (?, 'report', 'z:1', 1, ?, '', ?)", (number, number * DAY, kept.commitment)),
        ("INSERT INTO openings VALUES (?, ?, ?)", (number, kept.nonce, kept.content)),
    ]


TAMPERED = {
    "another commitment": (["UPDATE records SET commitment = zeroblob(32) WHERE seq = 4"], 4),
    "a short commitment": (["UPDATE records SET commitment = x'00' WHERE seq = 4"], 4),
    "other words": (["UPDATE openings SET content = replace(content, 'clash', 'quiet') WHERE seq = 4"], 4),
    "words as text": (["UPDATE openings SET content = CAST(content AS TEXT) WHERE seq = 4"], 4),
    "no nonce": (["UPDATE openings SET nonce = zeroblob(32) WHERE seq = 5"], 5),
    "a short nonce": (["UPDATE openings SET nonce = x'' WHERE seq = 5"], 5),
    "written anew, with a fitting commitment": (rewritten(7), 7),
    "two written anew": ([*rewritten(14, act="x"), *rewritten(10, act="y")], 10),
    "another id": (["UPDATE records SET id = 'q:other' WHERE seq = 3"], 3),
    "another kind": (["UPDATE records SET kind = 'grade' WHERE seq = 3"], 3),
    "another revision": (["UPDATE records SET revision = 77 WHERE seq = 3"], 3),
    "another import": (["UPDATE records SET source = 'import:x' WHERE seq = 3"], 3),
    "a moment earlier": (["UPDATE records SET recorded = recorded - 1 WHERE seq = 3"], 3),
    "a time in words": (["UPDATE records SET recorded = 'yesterday' WHERE seq = 3"], 3),
    "deleted": (gone(8), 8),
    "deleted, numbers closed up": (
        [*gone(8), *(f"UPDATE {t} SET seq = seq - 1 WHERE seq > 8" for t in ("records", "openings", "vault"))],  # noqa: S608
        8,
    ),
    "first one deleted": (gone(0), 0),
    "last one deleted": (gone(19), 19),
    "cut off": ([f"DELETE FROM {t} WHERE seq >= 12" for t in ("records", "openings", "vault")], 12),  # noqa: S608
    "all gone": ([f"DELETE FROM {t}" for t in ("records", "openings", "vault")], 0),  # noqa: S608
    "put in": (put_in(9), 9),
    "put in at the front": (put_in(0), 0),
    "exchanged": (moved(3, 11), 3),
    "content gone": (["DELETE FROM openings WHERE seq = 2"], 2),
    "content gone, as if erased": (["DELETE FROM openings WHERE seq = 2", "INSERT INTO erasures VALUES (2, 3)"], 2),
    "as if erased": (["INSERT INTO erasures VALUES (2, 3)"], 2),
    "sealed part gone": (["DELETE FROM vault WHERE seq = 6"], 6),
    "sealed part moved": (["UPDATE vault SET seq = -1 WHERE seq = 6", "UPDATE vault SET seq = 6 WHERE seq = 13",
                           "UPDATE vault SET seq = 13 WHERE seq = -1"], 6),
    "sealed part put to another": (["UPDATE vault SET seq = 5 WHERE seq = 6"], 5),
    "sealed part broken": (["UPDATE vault SET envelope = x'00' WHERE seq = 13"], 13),
    "something without a record": (["INSERT INTO openings VALUES (99, x'00', x'00')"], 99),
    "an erasure without a record": (["INSERT INTO erasures VALUES (98, 3)"], 98),
}  # fmt: skip


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """Make one good ledger of twenty, that is copied."""
    ledger, _ = filled(tmp_path_factory.mktemp("good") / "ledger")
    ledger.close()
    return ledger.folder


@pytest.fixture
def copied(good, tmp_path):
    """Give a copy of the good ledger."""
    return open_ledger(shutil.copytree(good, tmp_path / "ledger"))


def test_nothing_changed_is_nothing_found(copied):
    """Control of the tests below: without the guards, and with nothing else changed, it is intact."""
    behind(copied)
    found = check_ledger(reopened(copied), identities=[IDENTITY])

    assert (found.intact, found.first_bad, found.records, found.sealed, found.opened) == (True, None, 20, 2, 2)
    assert "each is the one that was put down" in str(found)


@pytest.mark.parametrize("name", TAMPERED)
def test_every_change_is_found_and_the_first_bad_record_named(copied, name):
    """Edits, deletions, insertions, other orders, cut ends: all are found, by the number of the first bad record."""
    statements, first = TAMPERED[name]
    behind(copied, *statements)
    found = check_ledger(reopened(copied), identities=[IDENTITY])

    assert not found.intact
    assert found.first_bad == first
    assert f"The first record that is not as it was put down is number {first}" in str(found)
    with pytest.raises(LedgerError, match="TL-L06"):
        found.demand()


@pytest.mark.parametrize(
    ("statement", "bad"),
    [("DELETE FROM erasures", 0), ("UPDATE erasures SET by_seq = 4", 0), ("INSERT INTO erasures VALUES (4, 20)", 4),
     ("UPDATE records SET id = 'q:else' WHERE seq = 1", 1)],
)  # fmt: skip
def test_erasures_are_held_against_what_they_say(copied, statement, bad):
    """What counts as erased is what a record of an erasure names, no more and no less; clean, it is intact."""
    erase(copied, "report", "q:0", "harm", by="desk", now_us=21 * DAY)
    clean = check_ledger(copied)
    behind(copied, statement)
    found = check_ledger(reopened(copied))

    assert (clean.intact, clean.erased, clean.unsealed) == (True, 3, 1)
    assert (found.intact, found.first_bad) == (False, bad)


def test_a_restored_content_of_an_erased_record_is_told(copied):
    """Somebody puts back what was erased, from an old copy: that is found."""
    with closing(sqlite3.connect(copied.database.at)) as raw:
        nonce, content = raw.execute("SELECT nonce, content FROM openings WHERE seq = 1").fetchone()
    erase(copied, "report", "q:0", "harm", by="desk", now_us=21 * DAY)
    behind(copied, ("INSERT INTO openings VALUES (1, ?, ?)", (nonce, content)))

    assert check_ledger(reopened(copied)).first_bad == 1


def test_a_rewritten_ledger_is_shown_by_an_older_head(tmp_path):
    """Who owns folder and key can write another one that agrees with itself; a head that somebody kept shows it."""
    ledger, signer = filled(tmp_path / "a", 9)
    head = (ledger.log / "checkpoint").read_bytes()
    behind(ledger, *rewritten(3))
    shutil.rmtree(ledger.log)
    signer.memory.unlink()
    forged = reopened(ledger)
    forged.seal(signer)

    assert check_ledger(forged).intact
    assert not check_ledger(forged, heads={"kept": head}).intact


def test_no_more_than_a_hundred_faults_are_told_one_by_one(tmp_path):
    """A ledger that is bad all over does not fill the screen."""
    ledger, signer = made(tmp_path / "a")
    ledger.append([said(f"q:{number}") for number in range(MOST + 50)], 0)
    ledger.seal(signer)
    behind(ledger, "UPDATE openings SET content = x'7b7d'")
    found = check_ledger(reopened(ledger))

    assert (len(found.faults), found.first_bad) == (MOST, 0)


def test_what_is_committed_to_and_no_record_is_told(tmp_path):
    """Bytes whose commitment fits and which are no record are told, and nothing falls over them."""
    ledger, signer = made(tmp_path / "a")
    ledger.append([said("q:1")], 0)
    kept = blind({"no": "record"}, bytes(32))
    assert kept.content == canonical({"no": "record"})
    behind(ledger, ("UPDATE records SET commitment = ?", (kept.commitment,)),
           ("UPDATE openings SET nonce = ?, content = ?", (kept.nonce, kept.content)))  # fmt: skip
    again = reopened(ledger)
    again.seal(signer)

    assert check_ledger(again).first_bad == 0
    with pytest.raises(LedgerError, match="record 0: TL-L067"):
        list(again.records())


@pytest.mark.slow
def test_no_false_alarm_on_clean_appends(tmp_path):
    """New, revised, withdrawn, sealed and erased records, signed now and then: the ledger is intact."""
    chance, alarms = seeded(5), []
    for number in range(CLEAN // 50):
        ledger, signer = made(tmp_path / str(number))
        ledger.seal(signer)
        for day, draft in enumerate(mixed(chance, 50, ids=8)):
            ledger.append([draft if chance.random() > 0.1 else protected(f"p:{day % 3}", place=str(day))],
                          chance.choice([day, 0]) * DAY, HIDING)  # fmt: skip
            if day % 20 == 19:
                ledger.seal(signer)
            if day == 25:
                erase(ledger, "report", next(ledger.standing("report")).id, "law", by="desk", now_us=0)
            if day % 10 == 9 or TORTURE:
                found = check_ledger(ledger, identities=[IDENTITY])
                alarms += [] if found.intact else [str(found)]
        ledger.close()

    assert alarms == []


def everything(folder):
    """Read all that a ledger says; a fault is a located one, and nothing else is raised."""
    ledger = open_ledger(folder)
    try:
        return (
            check_ledger(ledger, identities=[IDENTITY]).intact,
            list(ledger.records()),
            list(ledger.standing_contents("report")),
        )
    finally:
        ledger.close()


def test_a_damaged_name_of_a_table_is_told(tmp_path):
    """Letters of the names in the file's own description are turned over: refused with a code, never a traceback."""
    ledger, _ = filled(tmp_path / "ledger", 2)
    ledger.close()
    path = tmp_path / "ledger" / "ledger.sqlite"
    good, refused = path.read_bytes(), []
    for found in re.finditer(b"tablerecords", good):
        for at in range(found.start() + 5, found.end()):
            path.write_bytes(good[:at] + bytes([good[at] ^ 0x80]) + good[at + 1 :])
            with pytest.raises(LedgerError) as caught:
                everything(ledger.folder)
            refused.append(caught.value.faults[0].code)

    assert refused
    assert {*refused} <= {"TL-L061", "TL-L062", "TL-L064", "TL-L067"}


@pytest.mark.slow
def test_every_bit_of_the_file_counts(tmp_path):
    """A bit of the database that is turned over is found, refused with a place, or changes nothing."""
    ledger, _ = filled(tmp_path / "ledger", 8)
    ledger.close()
    path = tmp_path / "ledger" / "ledger.sqlite"
    good, right, missed = path.read_bytes(), everything(ledger.folder), []
    every = range(len(good) * 8)
    for at in every if not FLIPS else sorted(random.Random(9).sample(every, FLIPS)):
        path.write_bytes(good[: at // 8] + bytes([good[at // 8] ^ 1 << at % 8]) + good[at // 8 + 1 :])
        try:
            intact, *said_now = everything(ledger.folder)
            missed += [at] if intact and said_now != list(right[1:]) else []
        except LedgerError as error:
            assert "TL-L06" in str(error)  # noqa: PT017 - which bits are refused is not known before

    assert right[0]
    assert missed == []

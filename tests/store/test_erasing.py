"""Erasing: what a record said is in no byte any more, its place stands, and nobody can guess what it was."""

import hashlib
import hmac

import pytest

from ledgers import DAY, HIDING, IDENTITY, bytes_of, made, protected, said, withdrawn
from truceline.errors import LedgerError
from truceline.store import database as database_module
from truceline.store.erasing import erase
from truceline.store.ledger import open_ledger
from truceline.store.ledger_check import check_ledger

CANARY = "Xq7-canary-of-the-mill"


@pytest.fixture
def told(empty):
    """Put down what has to go, between what has to stay, and seal it."""
    ledger, signer = empty
    ledger.append([said("q:1")], 0)
    ledger.append([said("q:2", place=CANARY), said("q:2", "presence", place=CANARY)], DAY)
    ledger.append([protected("p:1", place=CANARY), said("q:3")], DAY, HIDING)
    ledger.seal(signer)
    return ledger, signer


def rows(ledger, table):
    """Give the numbers under which a table holds something."""
    with ledger.database.reading() as connection:
        return [seq for (seq,) in connection.exec_driver_sql(f"SELECT seq FROM {table} ORDER BY seq")]  # noqa: S608


def test_all_revisions_go_and_their_places_stand(told):
    """Openings and envelopes go, records and their commitments stay, the log verifies, and that it was done is told."""
    ledger, signer = told
    before = list(ledger.commitments(0))
    counts = [erase(ledger, "report", id_, "harm", by="desk", now_us=2 * DAY) for id_ in ("q:2", "p:1")]
    ledger.seal(signer)
    found = check_ledger(ledger, identities=[IDENTITY])
    told_of = [(record.kind, record.id, record.body) for record in ledger.records(5)]

    assert counts == [2, 1]
    assert (found.intact, found.erased, found.records, found.unsealed) == (True, 3, 7, 0)
    assert list(ledger.commitments(0))[:5] == before
    assert (rows(ledger, "openings"), rows(ledger, "vault"), rows(ledger, "records")) == ([0, 4, 5, 6], [], [*range(7)])
    assert told_of == [("erasure", "report:q:2", {"records": ["1", "2"], "reason": "harm"}),
                       ("erasure", "report:p:1", {"records": ["3"], "reason": "harm"})]  # fmt: skip


def test_what_was_erased_does_not_come_back(told):
    """Not with an old file, not as a correction, not as a retraction; other records are not touched."""
    ledger, _ = told
    erase(ledger, "report", "q:2", "consent", by="desk", now_us=0)
    again = ledger.append([said("q:2", place=CANARY), said("q:2"), withdrawn("q:2"), said("q:1")], 3 * DAY)

    assert [one.outcome for one in again] == ["erased", "erased", "erased", "unchanged"]
    assert [record.id for record in ledger.standing("report")] == ["q:1", "p:1", "q:3"]


def test_no_byte_is_left(tmp_path):
    """After the erasure neither words, nonce nor sealed part is in any file of the ledger; before it they are."""
    ledger, signer = made(tmp_path / "ledger")
    ledger.append([said(f"q:{number}", place=f"{CANARY} {number}") for number in range(30)], 0)
    ledger.seal(signer)
    nonce = opening(ledger, 7)[0]
    before = b"".join(bytes_of(tmp_path).values())
    for number in range(30):
        if number != 3:
            erase(ledger, "report", f"q:{number}", "law", by="desk", now_us=DAY)
    after = b"".join(bytes_of(tmp_path).values())

    assert (CANARY.encode() in before, nonce in before) == (True, True)
    assert (after.count(CANARY.encode()), nonce in after) == (1, False)
    assert check_ledger(ledger).erased == 29


def opening(ledger, number):
    """Give nonce and content of a record."""
    with ledger.database.reading() as connection:
        return connection.exec_driver_sql(f"SELECT nonce, content FROM openings WHERE seq = {number}").one()  # noqa: S608


def test_without_vacuum_bytes_are_left(tmp_path, monkeypatch):
    """Control of the test above: with neither the file written anew nor freed pages wiped, the words are found."""
    pragmas = tuple(one.replace("secure_delete=ON", "secure_delete=OFF") for one in database_module._PRAGMAS)
    monkeypatch.setattr(database_module, "_PRAGMAS", pragmas)
    monkeypatch.setattr(database_module.Database, "vacuum", lambda _: None)
    ledger, _ = made(tmp_path / "ledger")
    ledger.append([said("q:1", place=CANARY)], 0)
    erase(ledger, "report", "q:1", "law", by="desk", now_us=DAY)

    assert CANARY.encode() in b"".join(bytes_of(tmp_path).values())


def guessed(content, place, commitment, keys):
    """Try all places for a commitment, with each of some keys; give what fits."""
    tries = [content.replace(place.encode(), f"mill {number}".encode()) for number in range(300)]
    return [one for one in tries for key in keys
            if hmac.digest(key, b"truceline/record/v1\n" + one, "sha256") == commitment]  # fmt: skip


def test_nobody_guesses_what_was_erased(tmp_path):
    """Who knows every possible content does not find the one committed to; with the nonce, the control, it falls."""
    ledger, _ = made(tmp_path / "ledger")
    ledger.append([said("q:1", place="mill 217")], 0)
    nonce, content = opening(ledger, 0)
    [commitment] = ledger.commitments(0)
    erase(ledger, "report", "q:1", "harm", by="desk", now_us=0)
    left = b"".join(bytes_of(tmp_path).values())
    keys = [bytes(32), hashlib.sha256(content).digest(), *(left[at : at + 32] for at in range(0, 4096, 32))]

    assert guessed(content, "mill 217", commitment, keys) == []
    assert guessed(content, "mill 217", commitment, [nonce]) == [content]
    assert commitment in left
    assert nonce not in left


@pytest.mark.parametrize(
    ("kind", "id_", "reason"),
    [("report", "q:9", "harm"), ("statement", "q:1", "harm"), ("report", "q:1", "because"),
     ("erasure", "report:q:1", "harm"), ("rotation", "key", "harm")],
)  # fmt: skip
def test_what_cannot_be_erased(told, kind, id_, reason):
    """What is not there, other reasons, and what says why something is gone or who signs; nothing is put down."""
    ledger, _ = told
    erase(ledger, "report", "q:1", "harm", by="desk", now_us=0)
    size = ledger.size()
    with pytest.raises(LedgerError, match="TL-L075"):
        erase(ledger, kind, id_, reason, by="desk", now_us=0)

    assert ledger.size() == size


def test_an_erasure_that_was_broken_off_is_finished_by_doing_it_again(tmp_path, monkeypatch):
    """Who reads all the while keeps traces alive: that is told, and once they are gone the second run removes them."""
    monkeypatch.setattr(database_module, "_WAIT_S", 0.05)
    ledger, _ = made(tmp_path / "ledger")
    ledger.append([said("q:1", place=CANARY), said("q:2")], 0)
    reader = open_ledger(ledger.folder)
    reading = reader.records()
    next(reading)
    with pytest.raises(LedgerError, match="TL-L060"):
        erase(ledger, "report", "q:1", "harm", by="desk", now_us=0)
    left = CANARY.encode() in b"".join(bytes_of(tmp_path).values())
    reading.close()
    reader.close()

    assert left
    assert erase(ledger, "report", "q:1", "harm", by="desk", now_us=0) == 0
    assert CANARY.encode() not in b"".join(bytes_of(tmp_path).values())
    assert ledger.size() == 3
    assert check_ledger_of(ledger) == 1


def check_ledger_of(ledger):
    """Give how many records count as erased; a ledger that was never sealed is sealed first."""
    with ledger.database.reading() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM erasures").scalar()


def test_guards_of_the_tables(empty):
    """The database itself refuses to change or to delete what was put down, unless its erasure stands there."""
    ledger, _ = empty
    ledger.append([said("q:1"), protected("p:1")], 0, HIDING)
    refused = [
        "UPDATE records SET id = 'x'", "DELETE FROM records", "UPDATE openings SET nonce = content",
        "DELETE FROM openings", "DELETE FROM vault", "UPDATE vault SET seq = 9", "UPDATE vault SET same = envelope",
    ]  # fmt: skip
    for statement in refused:
        with (
            pytest.raises(LedgerError, match=r"TL-L061 .*a ledger is only ever added to"),
            ledger.database.writing() as connection,
        ):
            connection.exec_driver_sql(statement)
    with ledger.database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO erasures VALUES (0, 2)")
        connection.exec_driver_sql("DELETE FROM openings WHERE seq = 0")
        connection.exec_driver_sql("UPDATE vault SET envelope = same")
    for statement in ("UPDATE erasures SET by_seq = 1", "DELETE FROM erasures"):
        with pytest.raises(LedgerError, match="TL-L061"), ledger.database.writing() as connection:
            connection.exec_driver_sql(statement)

    assert rows(ledger, "openings") == [1]

"""Ledgers: made, opened, sealed, and asked what was known on a day; on both databases."""

import json
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy.exc import DBAPIError, InvalidRequestError

from ledgers import DAY, HIDING, NAME, made, mixed, protected, said, seeded, withdrawn
from truceline.errors import LedgerError, UsageError
from truceline.store import database as database_module
from truceline.store.database import open_database
from truceline.store.durable import put
from truceline.store.ledger import SETTINGS, demand_apart, is_ledger, make_ledger, open_ledger, read_settings
from truceline.store.ledger_check import check_ledger
from truceline.store.signing import Signer, make_key


def test_a_day_is_the_records_up_to_a_number(empty):
    """What was known before an instant is a prefix; the newest given revision in it stands, in the order of numbers."""
    ledger, _ = empty
    ledger.append([said("q:1"), said("q:2")], 1 * DAY)
    ledger.append([said("q:1", "presence")], 2 * DAY)
    ledger.append([withdrawn("q:2")], 3 * DAY)
    sizes = [ledger.size(day * DAY) for day in range(5)]
    stood = [[(one.id, one.body["act"]) for one in ledger.standing("report", size)] for size in sizes]

    assert sizes == [0, 0, 2, 3, 4]
    assert ledger.size(1 * DAY + 1) == 2
    assert stood[2] == [("q:1", "clash"), ("q:2", "clash")]
    assert stood[3] == [("q:2", "clash"), ("q:1", "presence")]
    assert stood[4] == [("q:1", "presence")]
    assert list(ledger.standing("statement")) == []
    assert [record.index for record in ledger.records(1, 3)] == [1, 2]


def test_it_is_opened_as_it_was_closed(empty):
    """Settings, records, and what stands are the same after it was opened anew; another seal adds nothing."""
    ledger, signer = empty
    ledger.append(list(mixed(seeded(1), 300)), 0)
    head = ledger.seal(signer)
    before = list(ledger.standing("report"))
    ledger.close()
    again = open_ledger(ledger.folder)

    assert again.settings == ledger.settings
    assert list(again.standing("report")) == before
    assert again.seal(signer) == head
    assert check_ledger(again).intact


def test_both_databases_say_the_same(tmp_path, new_database):
    """The same drafts give the same receipts, the same answers of every day, in the same order."""
    answers = []
    for number, database in enumerate([None, new_database()]):
        ledger, _ = made(tmp_path / str(number), database)
        receipts = [ledger.append([draft], day * DAY)[0] for day, draft in enumerate(mixed(seeded(2), 80))]
        days = [list(ledger.standing_contents(kind, ledger.size(day * DAY)))
                for kind in ("report", "statement") for day in range(0, 80, 10)]  # fmt: skip
        answers.append((receipts, days, list(ledger.records())))
        ledger.close()

    assert answers[0] == answers[1]


def test_no_second_ledger_over_the_first(place, tmp_path):
    """A folder with a ledger, and a database with records, are refused; the database of nothing but tables is not."""
    database = place()
    ledger, _ = made(tmp_path / "a", database)
    ledger.append([said("q:1")], 0)
    with pytest.raises(LedgerError, match="TL-L064 there is a ledger here already"):
        made(tmp_path / "a")
    (tmp_path / "a" / SETTINGS).unlink()
    where = tmp_path / "b" if database else tmp_path / "a"
    with pytest.raises(LedgerError, match="TL-L064 records stand here already"):
        made(where, database)

    assert not (where / SETTINGS).exists()
    assert ledger.size() == 1


def test_what_was_begun_and_not_finished_is_none(place, tmp_path, monkeypatch):
    """The settings come last: without them there is no ledger, and making it again makes it."""
    database, key = place(), make_key(NAME)
    with monkeypatch.context() as patch:
        patch.setattr("truceline.store.ledger.put", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            make_ledger(tmp_path / "a", [key.verifier], database=database)

    assert not is_ledger(tmp_path / "a")
    make_ledger(tmp_path / "a", [key.verifier], database=database)
    assert is_ledger(tmp_path / "a")


def test_another_key_does_not_sign(empty, tmp_path):
    """Neither a key of another name nor one of the same name signs; nothing is written."""
    ledger, signer = empty
    ledger.append([said("q:1")], 0)
    for name in (NAME, "southbank.example/log"):
        with pytest.raises(LedgerError, match=r"TL-L031 the key .* does not sign this ledger"):
            ledger.seal(Signer(make_key(name), tmp_path / "other.signed"))

    assert not (tmp_path / "other.signed").exists()
    assert ledger.seal(signer).head.size == 1
    assert check_ledger(ledger).intact


def test_a_ledger_without_its_database_is_not_begun_anew(tmp_path):
    """Where the file of the database is missing, this is said, and no empty one is made."""
    ledger, _ = made(tmp_path / "a")
    ledger.close()
    (tmp_path / "a" / "ledger.sqlite").unlink()
    for current in (True, False):
        with pytest.raises(LedgerError, match="TL-L065 the database of the ledger is not here; bring back"):
            open_ledger(tmp_path / "a", current=current)

    assert not (tmp_path / "a" / "ledger.sqlite").exists()


@pytest.mark.parametrize("data", [b"", b"junk that is no database" * 99, b"SQLite format 3\0" + bytes(4096)])
def test_a_file_that_is_no_database_is_told(tmp_path, data):
    """Another file in its place is a fault with the path, never a traceback."""
    ledger, _ = made(tmp_path / "a")
    ledger.close()
    (tmp_path / "a" / "ledger.sqlite").write_bytes(data)
    with pytest.raises(LedgerError, match=r"ledger.sqlite: TL-L06[12]"):
        open_ledger(tmp_path / "a")


SETTINGS_TEXT = {"format": "truceline-ledger/1", "name": NAME, "database": "x", "keys": [], "recipients": []}


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"7", b"\xff", b"{", b"[" * 99_999, b'{"format": 1}',
     json.dumps({**SETTINGS_TEXT, "keys": 7}).encode(),
     json.dumps({**SETTINGS_TEXT, "keys": [7]}).encode(), json.dumps({**SETTINGS_TEXT, "keys": ["x"]}).encode(),
     json.dumps({**SETTINGS_TEXT, "recipients": [7]}).encode(), json.dumps({**SETTINGS_TEXT, "format": "x"}).encode()],
)  # fmt: skip
def test_settings_that_cannot_be_read(data):
    """Whatever stands there, it is a fault of the ledger with its place."""
    with pytest.raises(LedgerError, match=r"a/ledger\.json|key"):
        read_settings(data, "a/ledger.json")


def test_there_is_no_ledger_here(tmp_path):
    """A folder without settings is none, and so is no folder."""
    for folder in (tmp_path, tmp_path / "none"):
        with pytest.raises(LedgerError, match=r"TL-L065 there is no ledger here .*; name the folder"):
            open_ledger(folder)


def test_settings_that_change_stay_changed(empty):
    """What is changed stands on the disk too."""
    ledger, _ = empty
    keys = (make_key(NAME).verifier, *ledger.settings.keys)

    assert ledger.with_settings(keys=keys).settings.keys == keys
    assert read_settings((ledger.folder / SETTINGS).read_bytes(), "x").keys == keys


def test_a_key_is_kept_apart(tmp_path):
    """A key in the folder of the ledger is refused, also by a way round; one beside it is not."""
    demand_apart(tmp_path / "ledger.key", tmp_path / "ledger")
    with pytest.raises(UsageError, match="TL-L016"):
        demand_apart(tmp_path / "x" / ".." / "ledger" / "k", tmp_path / "ledger")


def test_older_and_newer_tables_are_told(tmp_path):
    """Tables of another version are not used; those from before are brought up, and no record changes."""
    ledger, signer = made(tmp_path / "a")
    ledger.append([said("q:1"), protected("p:1")], 0, HIDING)
    before = list(ledger.records())
    ledger.close()
    path = tmp_path / "a" / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
    with pytest.raises(LedgerError, match=r"TL-L062 .* step 9999.*; use a newer Truceline"):
        open_ledger(tmp_path / "a")
    with pytest.raises(LedgerError, match=r"TL-L062 .*does not know; use a newer"):
        open_ledger(tmp_path / "a", current=False).database.migrate()
    with closing(sqlite3.connect(path)) as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("UPDATE alembic_version SET version_num = '0001'")
        raw.commit()
    with pytest.raises(LedgerError, match=r"TL-L062 its tables are at step 0001.*; run: truceline migrate"):
        open_ledger(tmp_path / "a")
    old = open_ledger(tmp_path / "a", current=False)

    assert old.database.migrate()[0] == "0001"
    assert list(old.records()) == before
    old.seal(signer)
    assert check_ledger(old).intact


def test_who_waits_too_long_is_told(tmp_path, monkeypatch):
    """While somebody else writes, a writer waits; after that it is told, and nothing was written."""
    monkeypatch.setattr(database_module, "_WAIT_S", 0.05)
    ledger, _ = made(tmp_path / "a")
    other = open_database(tmp_path / "a" / "ledger.sqlite")
    with other.writing(), pytest.raises(LedgerError, match=r"TL-L060 somebody else has been writing for 0.05 seconds"):
        ledger.append([said("q:1")], 0)

    assert ledger.append([said("q:1")], 0)[0].outcome == "added"
    other.close()


def test_a_reader_sees_one_moment(empty):
    """Who goes through the records while others write sees those of the moment at which it began."""
    ledger, _ = empty
    ledger.append([said(f"q:{number}") for number in range(9)], 0)
    seen = ledger.records()
    first = next(seen)
    writer = open_ledger(ledger.folder)
    writer.append([said("q:99")], 0)

    assert [first.id, *(record.id for record in seen)] == [f"q:{number}" for number in range(9)]
    assert ledger.size() == 10


def test_put_is_not_needed_to_read(tmp_path):
    """Control of the settings: what was put there by hand is read as well."""
    put(tmp_path / SETTINGS, json.dumps({**SETTINGS_TEXT, "keys": [str(make_key(NAME).verifier)]}).encode())

    assert is_ledger(tmp_path)
    assert read_settings((tmp_path / SETTINGS).read_bytes(), "x").name == NAME


def test_an_error_before_the_database_is_told(tmp_path, monkeypatch):
    """What SQLAlchemy itself refuses is a fault of the ledger, too; a text that SQLite quotes is not passed on."""
    ledger, _ = made(tmp_path / "a")
    with pytest.raises(LedgerError, match="TL-L061"), ledger.database.reading():
        raise InvalidRequestError("no")
    error = sqlite3.OperationalError("Could not decode to UTF-8 column 'id' with text 'canary'")
    monkeypatch.setattr("truceline.store.ledger.size_on", lambda *_: (_ for _ in ()).throw(DBAPIError("", {}, error)))
    with pytest.raises(LedgerError, match="TL-L061") as caught:
        ledger.size()

    assert "column 'id'" in str(caught.value)
    assert "canary" not in str(caught.value)

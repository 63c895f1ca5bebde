"""Ledgers for those who work in Python: made with a key apart, sealed, and records withdrawn."""

import os
import threading

import pytest

from ledgers import NAME, said
from truceline.api.ledger import begin, key_beside, now_us, retract, seal
from truceline.errors import LedgerError, UsageError
from truceline.store.ledger import is_ledger
from truceline.store.ledger_check import check_ledger


def test_a_ledger_and_its_key(tmp_path):
    """The key lies beside the folder, its owner alone can read it, and the head of the empty log is signed."""
    ledger, head = begin(tmp_path / "a", NAME)
    ledger.append([said("q:1")], now_us())
    ledger.close()

    assert head.head.size == 0
    assert key_beside(tmp_path / "a") == tmp_path / "a.key"
    assert key_beside(tmp_path / "a").stat().st_mode & 0o777 == 0o600
    assert seal(tmp_path / "a").head.size == 1


def test_a_key_that_is_there_is_kept_and_no_ledger_without_one_is_made(tmp_path):
    """Where the key cannot be kept, no ledger is made; where the ledger cannot be made, no key is left."""
    (tmp_path / "a.key").write_text("mine", encoding="utf-8")
    with pytest.raises(LedgerError, match="TL-L015"):
        begin(tmp_path / "a", NAME)
    (tmp_path / "file").touch()
    with pytest.raises(LedgerError, match="TL-L030"):
        begin(tmp_path / "file" / "b", NAME, key=tmp_path / "b.key")

    assert not is_ledger(tmp_path / "a")
    assert (tmp_path / "a.key").read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.key", "file"]


def test_a_second_ledger_leaves_the_first_and_its_key(tmp_path):
    """Over a ledger none is made, with whatever key."""
    begin(tmp_path / "a", NAME)[0].close()
    with pytest.raises(LedgerError, match="TL-L064"):
        begin(tmp_path / "a", NAME, key=tmp_path / "other.key")

    assert not (tmp_path / "other.key").exists()
    assert seal(tmp_path / "a").head.size == 0


@pytest.mark.parametrize(("name", "key"), [("a b", None), ("", None), (NAME, "a/in.key"), (NAME, "a/../a/in.key")])
def test_what_cannot_be_a_name_or_a_place(tmp_path, name, key):
    """A name that no log can have, and a key in the folder itself, are refused, and nothing is left."""
    with pytest.raises((LedgerError, UsageError), match=r"TL-L01[16]"):
        begin(tmp_path / "a", name, key=key and tmp_path / key)

    assert list(tmp_path.iterdir()) == []


def test_withdrawing(tmp_path):
    """What was withdrawn stands no more, its words are kept with the reasons; what does not stand cannot be."""
    ledger, _ = begin(tmp_path / "a", NAME)
    ledger.append([said("q:1")], 0)
    retract(ledger, "report", "q:1", why="two logs of one shot", by="desk")
    with pytest.raises(LedgerError, match="TL-L071"):
        retract(ledger, "report", "q:1", why="again", by="desk")
    last = list(ledger.records())[-1]

    assert list(ledger.standing("report")) == []
    assert (last.given, last.why, last.by, last.revision, last.body["act"]) == (
        False, "two logs of one shot", "desk", 2, "clash",
    )  # fmt: skip
    ledger.close()


def test_who_seals_at_once_is_told(tmp_path):
    """Of two that sign at one moment one does, and the other is told or does it after; the log is whole."""
    ledger, _ = begin(tmp_path / "a", NAME)
    ledger.append([said(f"q:{number}") for number in range(300)], 0)
    told = []

    def sealing():
        try:
            told.append(seal(tmp_path / "a").head.size)
        except LedgerError as error:
            told.append(error.faults[0].code)

    threads = [threading.Thread(target=sealing) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(told) <= {300, "TL-L026"}
    assert 300 in told
    assert check_ledger(ledger).intact
    ledger.close()


def test_the_clock_is_that_of_the_machine():
    """Microseconds since 1970, UTC."""
    assert abs(now_us() / 1e6 - os.times().elapsed) > 0
    assert now_us() > 1_700_000_000_000_000

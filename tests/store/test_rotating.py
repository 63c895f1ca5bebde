"""Keys change: what was signed stays good, the old key signs no more, and sealed parts are closed for others."""

import pytest

from ledgers import DAY, HIDING, IDENTITY, NAME, made, protected, said
from truceline.errors import LedgerError, UsageError
from truceline.store.ledger import open_ledger
from truceline.store.ledger_check import check_ledger
from truceline.store.rotating import change_key, change_recipients
from truceline.store.signing import make_key, open_signer, save_key
from truceline.store.vault import make_identity


@pytest.fixture
def kept(place, tmp_path):
    """Make a ledger with a key in a file, and sealed parts."""
    ledger, _ = made(tmp_path / "first", place(), [IDENTITY.recipient])
    save_key(key := make_key(NAME), tmp_path / "old.key")
    ledger = ledger.with_settings(keys=(key.verifier,))
    ledger.append([said("q:1"), protected("p:1"), protected("p:2")], 0, HIDING)
    signer = open_signer(tmp_path / "old.key")
    ledger.seal(signer)
    return ledger, signer


def test_a_new_key_signs_and_the_old_one_does_no_more(kept, tmp_path):
    """Old heads stay good, the log grows under the new key, and whoever has the old one signs nothing any more."""
    ledger, old = kept
    head = (ledger.log / "checkpoint").read_bytes()
    changed, _ = change_key(ledger, old, tmp_path / "new.key", by="desk", now_us=DAY)
    changed.append([said("q:2")], 2 * DAY)
    with pytest.raises(LedgerError, match="TL-L031"):
        changed.seal(old)
    changed.seal(open_signer(tmp_path / "new.key"))
    found = check_ledger(open_ledger_of(changed), heads={"old": head})

    assert found.intact
    assert found.log.older == ("old",)
    assert [record.body["former"] for record in changed.records() if record.kind == "rotation"] == [
        str(old.key.verifier)
    ]
    assert not check_ledger(changed, keys=[old.key.verifier]).intact
    assert (tmp_path / "new.key").stat().st_mode & 0o777 == 0o600


def open_ledger_of(ledger):
    """Close a ledger, and open it anew from what stands on the disk."""
    ledger.close()
    return open_ledger(ledger.folder)


@pytest.mark.parametrize(("where", "error"), [("old.key", LedgerError), ("first/new.key", UsageError)])
def test_a_new_key_where_it_may_not_lie(kept, tmp_path, where, error):
    """Over another key, and in the folder of the ledger, none is written, and the old one goes on signing."""
    ledger, old = kept
    with pytest.raises(error, match=r"TL-L01[56]"):
        change_key(ledger, old, tmp_path / where, by="desk", now_us=DAY)

    assert ledger.seal(old).head.size >= 3
    assert check_ledger(open_ledger_of(ledger)).intact


def test_sealed_parts_are_closed_for_others(kept):
    """The new identity opens them all and the old one none; commitments stay, and the change is told."""
    ledger, old = kept
    other = make_identity()
    changed, count = change_recipients(ledger, [other.recipient], [IDENTITY], by="desk", now_us=DAY)
    changed.seal(old)
    found, before = (check_ledger(changed, identities=[one]) for one in (other, IDENTITY))

    assert count == 2
    assert (found.intact, found.opened) == (True, 2)
    assert (before.intact, before.opened, before.first_bad) == (False, 0, 1)
    assert open_ledger_of(changed).settings.recipients == (other.recipient,)


def test_parts_that_cannot_be_opened_are_left_as_they_are(kept):
    """With another identity nothing changes, neither in the database nor in the settings."""
    ledger, _ = kept
    other = make_identity()
    with pytest.raises(LedgerError, match="TL-L042"):
        change_recipients(ledger, [other.recipient], [other], by="desk", now_us=DAY)

    assert ledger.size() == 3
    assert check_ledger(ledger, identities=[IDENTITY]).opened == 2
    assert open_ledger_of(ledger).settings.recipients == (IDENTITY.recipient,)


def test_nothing_sealed_is_nothing_to_close(empty):
    """Recipients are named for what is to come."""
    ledger, _ = empty

    assert change_recipients(ledger, [IDENTITY.recipient], [], by="desk", now_us=0)[1] == 0

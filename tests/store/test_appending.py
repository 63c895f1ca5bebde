"""Putting records down: what is new, changed, there already, or was withdrawn; on both databases."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledgers import DAY, HIDING, IDENTITY, made, protected, said, seeded, withdrawn
from truceline.errors import LedgerError
from truceline.evidence.record import Draft
from truceline.store.appending import Hiding, Receipt
from truceline.store.ledger_check import check_ledger
from truceline.store.vault import make_identity


def outcomes(ledger, *drafts, at=0, hiding=None, first=None):
    """Put drafts down in one transaction, and give what became of them."""
    return [receipt.outcome for receipt in ledger.append(drafts, at, hiding, first)]


def standing(ledger, kind="report"):
    """Give what stands: ids and bodies."""
    return [(record.id, record.body["act"]) for record in ledger.standing(kind)]


def test_receipts_say_what_became_of_each(empty):
    """A new one is added, an equal one is there, a different one is a revision; numbers have no gap."""
    ledger, _ = empty
    first = ledger.append([said("q:1"), said("q:2"), said("q:1")], 0)
    second = ledger.append([said("q:2", "presence"), said("q:3"), said("q:2", "presence")], 1)

    assert first == [Receipt("q:1", 0, 1, "added"), Receipt("q:2", 1, 1, "added"), Receipt("q:1", 0, 1, "unchanged")]
    assert second[0] == Receipt("q:2", 2, 2, "revised")
    assert second[1:] == [Receipt("q:3", 3, 1, "added"), Receipt("q:2", 2, 2, "unchanged")]
    assert [one.put_down for one in second] == [True, True, False]
    assert standing(ledger) == [("q:1", "clash"), ("q:2", "presence"), ("q:3", "clash")]


def test_kinds_have_their_own_ids(empty):
    """The same id of another kind is another record."""
    ledger, _ = empty

    assert outcomes(ledger, said("1"), Draft("statement", "1", {"act": "clash"})) == ["added", "added"]


def test_a_clock_that_goes_back_does_not_bring_records_out_of_order(empty):
    """None is recorded before the one in front of it, whatever the clock says."""
    ledger, signer = empty
    for number, at in enumerate([5 * DAY, 2 * DAY, 5 * DAY + 1, 0]):
        ledger.append([said(f"q:{number}")], at)
    ledger.seal(signer)

    assert [record.recorded_us for record in ledger.records()] == [5 * DAY, 5 * DAY, 5 * DAY + 1, 5 * DAY + 1]
    assert check_ledger(ledger).intact


def test_rows_of_one_file_stand_beside_each_other(empty):
    """Two rows of one id in one file both stand, also when the second comes in a later batch; no order tells more."""
    ledger, _ = empty
    outcomes(ledger, said("q:1", "clash", "import:1", 1), said("q:1", "presence", "import:1", 2))
    outcomes(ledger, said("q:1", "shelling", "import:1", 3))
    again = outcomes(ledger, *(said("q:1", act, "import:1") for act in ("clash", "presence", "shelling")))

    assert sorted(standing(ledger)) == [("q:1", "clash"), ("q:1", "presence"), ("q:1", "shelling")]
    assert again == ["unchanged"] * 3


def test_a_file_added_again_after_another_said_something_else_stands_once(empty):
    """What a file said before another one corrected it does not stand beside what it says when it is added again."""
    ledger, _ = empty
    for act, source in [("clash", "import:1"), ("presence", "import:2"), ("clash", "import:1")]:
        outcomes(ledger, said("q:1", act, source, 1))

    assert standing(ledger) == [("q:1", "clash")]
    assert outcomes(ledger, said("q:1", "clash", "import:1", 1)) == ["unchanged"]


@pytest.mark.parametrize("together", [True, False])
def test_what_was_withdrawn_does_not_come_back_with_an_old_file(empty, together):
    """Nothing that was ever said of it: not the last words, not those before, not one of two rows; a new word does."""
    ledger, _ = empty
    old = [said("q:1", "clash", "import:1", 1), said("q:1", "presence", "import:1", 2)]
    later = [said("q:1", "shelling", "import:2", 1)]
    if together:
        ledger.append([*old, *later, withdrawn("q:1"), withdrawn("q:1")], 0)
    else:
        for some in (old, later, [withdrawn("q:1")], [withdrawn("q:1")]):
            ledger.append(some, 0)
    again = outcomes(ledger, *old, *later, withdrawn("q:1"))

    assert again == ["retracted", "retracted", "retracted", "unchanged"]
    assert standing(ledger) == []
    assert ledger.size() == 4
    assert outcomes(ledger, said("q:1", "looting")) == ["revised"]
    assert standing(ledger) == [("q:1", "looting")]


def test_withdrawing_in_the_middle_of_a_transaction_counts_from_there_on(empty):
    """What comes behind a retraction in one transaction is held against all that was said before, in the tables too."""
    ledger, _ = empty
    outcomes(ledger, said("q:1", "clash", "import:1"))
    outcomes(ledger, said("q:1", "presence", "import:2"))

    assert outcomes(ledger, withdrawn("q:1"), said("q:1", "clash"), said("q:1", "presence")) == [
        "revised", "retracted", "retracted",
    ]  # fmt: skip


def test_the_first_comes_only_with_something_new(empty):
    """The record of an import is put down before its first new row, and not at all where nothing is new."""
    ledger, _ = empty
    told = Draft("import", "import:1", {"act": "import"})
    outcomes(ledger, said("q:1"), first=told)
    outcomes(ledger, said("q:1"), first=Draft("import", "import:2", {"act": "import"}))

    assert [record.id for record in ledger.records()] == ["import:1", "q:1"]


def test_hidden_parts_are_recognised_and_sealed(empty):
    """An equal hidden part is there already, a different one is a revision; another secret recognises none."""
    ledger, _ = empty
    other = Hiding(HIDING.recipients, b"x" * 32)
    some = [protected("p:1", act="clash"), protected("p:1", act="clash"), protected("p:1", act="presence")]

    assert outcomes(ledger, *some, hiding=HIDING) == ["added", "unchanged", "revised"]
    assert outcomes(ledger, protected("p:1", act="presence"), hiding=HIDING) == ["unchanged"]
    assert outcomes(ledger, protected("p:1", act="presence"), hiding=other) == ["revised"]


@pytest.mark.parametrize(
    ("draft", "code"),
    [(said("q:9", lon=35.5), "TL-L003"), (said("q:9", place="e\u0301"), "TL-L003"), (said("q\ud800"), "TL-L003"),
     (said("q\0"), "TL-L003"), (said("e\u0301"), "TL-L003"), (protected("p:1"), "TL-L041")],
)  # fmt: skip
def test_a_bad_draft_leaves_nothing_behind(empty, draft, code):
    """What has no single text, or nobody to open it, is told; nothing of its transaction is put down."""
    ledger, signer = empty
    with pytest.raises(LedgerError, match=code):
        ledger.append([said("q:1"), draft], 0)
    ledger.append([said("q:1")], 0)
    ledger.seal(signer)

    assert ledger.size() == 1
    assert check_ledger(ledger).intact


def test_nothing_put_down_is_nothing(empty):
    """No drafts, no records."""
    ledger, _ = empty

    assert ledger.append([], 0) == []
    assert ledger.size() == 0


ROWS = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.sampled_from(["", "1", "2"])), max_size=12)


@given(ROWS, st.integers(0, 10**6))
@settings(max_examples=6)
def test_batches_make_no_difference(tmp_path_factory, rows, seed):
    """However rows are cut into transactions, the same records stand at the end, with the same revisions."""
    drafts = [said(id_, act, source) if source else withdrawn(id_) for id_, act, source in rows]
    found = []
    for cut in (len(drafts) + 1, 1, seeded(seed).randrange(1, 5)):
        ledger, _ = made(tmp_path_factory.mktemp("cut") / "ledger")
        receipts = [one for at in range(0, len(drafts), cut) for one in ledger.append(drafts[at : at + cut], 0)]
        found.append((receipts, [(one.id, one.revision, one.body, one.given) for one in ledger.records()]))
        ledger.close()

    assert found[0] == found[1] == found[2]


def test_a_secret_is_never_shown():
    """Neither the secret by which hidden parts are recognised, nor what is hidden, is in what is printed."""
    hiding = Hiding([make_identity().recipient], b"very secret secret, of 32 bytes.")

    assert "secret" not in repr(hiding).replace("secret=", "")
    assert hiding.same(protected("p:1")) != hiding.same(protected("p:2"))
    assert len(hiding.same(protected("p:1"))) == 32
    assert IDENTITY.secret not in repr(HIDING)

"""A file taken into a ledger: batch by batch, under one import that tells of it; protected parts apart."""

import pytest

from ledgers import DAY, HIDING, IDENTITY, bytes_of, made, withdrawn
from truceline.errors import LedgerError
from truceline.store import intake
from truceline.store.intake import Given, divided, take_in
from truceline.store.ledger_check import check_ledger

GIVEN = Given("report", "ab" * 32, {"file": "reports.csv"}, "desk")
ROWS = [(f"q:{number}", number, {"act": "clash", "place": str(number)}) for number in range(1, 13)]


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(intake, "BATCH", 5)


def test_a_file_and_the_same_file_again(empty):
    """All rows are added under one import; the second time nothing is put down, not even an import."""
    ledger, signer = empty
    seen = []
    first = take_in(ledger, GIVEN, iter(ROWS), lambda: DAY, seen=seen.append)
    size = ledger.size()
    second = take_in(ledger, GIVEN, iter(ROWS), lambda: 2 * DAY)
    records = list(ledger.records())
    ledger.seal(signer)

    assert (first.counts, first.new, first.left_out, seen) == ({"added": 12}, 12, (), [5, 10, 12])
    assert (second.counts, second.new, ledger.size()) == ({"unchanged": 12}, 0, size)
    assert [(one.kind, one.revision) for one in records if one.kind == "import"] == [("import", 1), ("import", 2)]
    assert records[0].body["sha256"] == "ab" * 32
    assert records[-1].body["became"] == {"added": "12"}
    assert {one.source for one in records if one.kind == "report"} == {(GIVEN.id, row) for _, row, _ in ROWS}
    assert check_ledger(ledger).intact


def test_a_run_that_is_broken_off_is_finished_by_doing_it_again(empty):
    """Whole batches stay; the second run adds the rest, and no row is there twice."""
    ledger, _ = empty

    def breaking():
        yield from ROWS[:8]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_in(ledger, GIVEN, breaking(), lambda: DAY)
    left = ledger.size()
    done = take_in(ledger, GIVEN, iter(ROWS), lambda: DAY)

    assert left == 6
    assert done.counts == {"unchanged": 5, "added": 7}
    assert [record.id for record in ledger.standing("report")] == [id_ for id_, _, _ in ROWS]


def test_what_was_withdrawn_is_named_ten_at_most(empty):
    """Rows that were withdrawn before are left out, and the first of them are named."""
    ledger, _ = empty
    take_in(ledger, GIVEN, iter(ROWS), lambda: DAY)
    ledger.append([withdrawn(id_) for id_, _, _ in ROWS], DAY)
    done = take_in(ledger, Given("report", "cd" * 32, {}), iter(ROWS), lambda: DAY)

    assert done.counts == {"retracted": 12}
    assert [one.id for one in done.left_out] == [id_ for id_, _, _ in ROWS[:10]]


def test_protected_parts_are_in_no_byte(tmp_path):
    """Of a protected row all but its class, and of any row who the source is, is in no file; its reader opens it."""
    ledger, signer = made(tmp_path / "ledger")
    rows = [("p:1", 1, {"release": "protected", "place": "canary mill", "act": "clash"}),
            ("q:1", 2, {"release": "public", "act": "clash", "source_identity_name": "canary nurse"})]  # fmt: skip
    take_in(ledger, GIVEN, rows, lambda: DAY, HIDING)
    ledger.seal(signer)
    there = b"".join(bytes_of(tmp_path).values())
    ledger.database.vacuum()
    records = {record.id: record for record in ledger.records()}

    assert b"canary" not in there + b"".join(bytes_of(tmp_path).values())
    assert records["p:1"].body == {"release": "protected"}
    assert records["q:1"].body == {"release": "public", "act": "clash"}
    assert check_ledger(ledger, identities=[IDENTITY]).opened == 2


def test_nobody_to_open_it_is_no_import(empty):
    """Without recipients a protected row is refused, nothing is put down, and what it says is not told."""
    ledger, _ = empty
    row = ("p:1", 1, {"release": "protected", "place": "canary"})
    with pytest.raises(LedgerError, match="TL-L041") as caught:
        take_in(ledger, GIVEN, [*ROWS[:2], row], lambda: DAY)

    assert ledger.size() == 0
    assert "canary" not in str(caught.value)


def test_the_id_of_an_import_is_that_of_file_and_way_of_reading():
    """The same file read in another way is another import; who adds it makes no difference."""
    other = Given("report", "ab" * 32, {"file": "reports.csv", "zone": "UTC"})

    assert GIVEN.id == Given("report", "ab" * 32, {"file": "reports.csv"}, "somebody else").id != other.id
    assert divided({"act": "clash"}) == ({"act": "clash"}, {})

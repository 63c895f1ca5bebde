"""Records: what is committed to is read back as it was, and what is none is told without being quoted."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.errors import LedgerError
from truceline.evidence.canonical import canonical
from truceline.evidence.record import KINDS, Draft, changes, envelope, instant_text, read_record

CELLS = st.none() | st.booleans() | st.integers(-9, 9) | st.from_regex(r"[a-z0-9 .\"\\{}:,]{0,12}", fullmatch=True)
BODIES = st.dictionaries(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), CELLS | st.lists(CELLS, max_size=3), max_size=5)
DRAFTS = st.builds(
    Draft, st.sampled_from(KINDS), st.from_regex(r"[a-z:0-9]{1,9}", fullmatch=True), BODIES, given=st.booleans(),
    why=st.sampled_from(["", "an error"]), by=st.sampled_from(["", "desk"]),
    source=st.sampled_from([("", 0), ("import:1", 7)]),
)  # fmt: skip


@given(DRAFTS, st.integers(1, 9), st.integers(-(10**15), 10**16), st.sampled_from(["", "ab" * 32]))
@settings(max_examples=60)
def test_what_is_committed_to_is_read_back(draft, revision, recorded_us, sealed):
    """All that a draft says stands in its envelope, and is read back from the bytes; what is hidden is not there."""
    kept = canonical(envelope(draft, revision, recorded_us, sealed))
    record = read_record(3, kept)
    again = Draft(record.kind, record.id, record.body, {}, record.given, record.why, record.by, record.source)

    assert (record.index, record.kind, record.id, record.revision) == (3, draft.kind, draft.id, revision)
    assert (record.recorded_us, record.recorded) == (recorded_us, instant_text(recorded_us))
    assert (record.body, record.given, record.why, record.by) == (draft.body, draft.given, draft.why, draft.by)
    assert (record.source, record.sealed) == (draft.source, sealed)
    assert envelope(again, revision, recorded_us, sealed) == json.loads(kept)


def test_nothing_hidden_is_in_the_envelope_or_shown():
    """What is hidden is neither committed to in the open, nor printed with a draft; nor is a body."""
    draft = Draft("report", "q:1", {"place": "ford"}, hidden={"source_identity": "a nurse"})

    assert b"nurse" not in canonical(envelope(draft, 1, 0))
    assert "nurse" not in repr(draft)
    assert "ford" not in repr(draft) + repr(read_record(0, canonical(envelope(draft, 1, 0))))


def broken(**changed):
    """Write the envelope of a record in which one member is something else."""
    good = envelope(Draft("report", "q:1", {"act": "secret words"}, source=("import:1", 2)), 1, 0)
    return json.dumps(good | changed).encode()


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"7", b'"secret words"', b'{"kind":"report"}', b"\xff", b"[" * 99_999, broken(recorded="secret words"),
     broken(recorded=7), broken(body=None), broken(body="secret words"), broken(**{"from": "secret words"}),
     broken(**{"from": {"import": "x"}}), broken(recorded="1970-01-01T00:00:00")],
)  # fmt: skip
def test_what_is_no_record_is_told_and_not_quoted(content):
    """Bytes of anything else are a fault with the number of the record, never a traceback, and never quoted."""
    with pytest.raises(LedgerError, match=r"record 3: TL-L067 .*; run: truceline verify") as caught:
        read_record(3, content)

    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_the_one_good_one_beside_the_broken_ones():
    """Control of the test above: with nothing changed it is a record."""
    assert read_record(3, broken()).body == {"act": "secret words"}


@given(BODIES, BODIES)
@settings(max_examples=40)
def test_changes_are_the_fields_that_differ(before, after):
    """Each field that differs is listed once, by name, with both values; a field that says nothing is none."""
    found = changes(before, after)
    names = [change.field for change in found]

    assert names == sorted(set(names))
    assert all(change.before == before.get(change.field) != after.get(change.field) == change.after for change in found)
    assert {name for name in before | after if before.get(name) != after.get(name)} == set(names)
    assert changes(after, after) == ()

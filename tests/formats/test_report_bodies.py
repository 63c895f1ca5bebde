"""Reports as bodies of records, and back: the same table, type by type."""

import datetime as dt
import json
import math

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledgers import said
from truceline.errors import LedgerError
from truceline.evidence.canonical import canonical
from truceline.evidence.columns import COLUMNS
from truceline.evidence.record import Draft, envelope
from truceline.formats.arrow import TYPES
from truceline.formats.report_bodies import bodies_of, own_types, table_of

TIMES = st.datetimes(timezones=st.just(dt.UTC))
CELLS = {
    "words": st.from_regex(r"[a-zA-Z0-9 ,;\"'{}\\é]{0,9}", fullmatch=True), "time": TIMES, "yes_no": st.booleans(),
    "list": st.lists(st.from_regex(r"[a-z é\"]{0,5}", fullmatch=True), max_size=3),
    "number": st.floats(allow_nan=False, allow_infinity=False), "whole": st.integers(-(2**63), 2**63 - 1),
}  # fmt: skip


def stored(bodies, **more):
    """Write bodies as they stand in a ledger."""
    return [(canonical(envelope(Draft("report", f"q:{number}", body, **more), 1, 0)), "")
            for number, body in enumerate(bodies)]  # fmt: skip


@st.composite
def tables(draw):
    """Make a table of our columns, with holes."""
    rows = draw(st.integers(1, 4))
    columns = {
        column.name: pa.array([draw(st.none() | CELLS[column.kind]) for _ in range(rows)], TYPES[column.kind])
        for column in COLUMNS if column.name not in ("report", "recorded")
    }  # fmt: skip
    return pa.table({"report": [f"q:{number}" for number in range(rows)], **columns})


@given(tables())
@settings(max_examples=20)
def test_our_columns_come_back_as_they_were(table):
    """Every cell is the same, bit by bit; what is empty stays empty."""
    back = table_of(stored(bodies_of(table)), {})

    assert back.select(table.column_names).to_pylist() == table.to_pylist()
    assert back.schema.equals(pa.schema([(column.name, TYPES[column.kind]) for column in COLUMNS]))


OWN = {
    "best": pa.array([1, None], pa.int64()), "share": pa.array([0.1, -0.0], pa.float64()),
    "small": pa.array([0.1, 3e38], pa.float32()), "big": pa.array([2**64 - 1, 0], pa.uint64()),
    "yes": pa.array([True, None]), "words": pa.array(["é", ""]), "tags": pa.array([["a", "b"], []]),
    "day": pa.array([dt.date(2030, 3, 5), None]),
}  # fmt: skip
AS_WORDS = {
    "odd": pa.array([[1, 2], None]), "bytes": pa.array([b"\xff\x00", None]),
    "coded": pa.array(["a", "b"]).dictionary_encode(),
    "moment": pa.array([1_898_899_200_000_000, None], pa.timestamp("us")),
    "large": pa.array([b"\x01", None], pa.large_binary()), "clock": pa.array([dt.time(1, 2), None]),
    "sum": pa.array([1, None], pa.decimal128(9, 2)), "pair": pa.array([{"a": 1}, None]),
}  # fmt: skip


def test_the_sources_own_columns_come_back_in_their_types():
    """Simple types as they were; everything else as words."""
    table = pa.table({"report": ["q:0", "q:1"], **OWN, **AS_WORDS})
    back = table_of(stored(bodies_of(table)), own_types(table.schema))

    assert back.select(list(OWN)).to_pylist() == table.select(list(OWN)).to_pylist()
    assert back.select(list(OWN)).schema.types == table.select(list(OWN)).schema.types
    assert back.select(list(AS_WORDS)).to_pylist() == [
        {"odd": "[1, 2]", "bytes": "ff00", "coded": "a", "moment": "2030-03-05T00:00:00.000000", "large": "01",
         "clock": "01:02:00.000000", "sum": "1.00", "pair": '{"a": 1}'},
        {name: ("b" if name == "coded" else None) for name in AS_WORDS},
    ]  # fmt: skip


def test_numbers_that_are_none_do_not_become_others():
    """Infinite numbers and what is no number come back as such, never as zero or nothing else."""
    table = pa.table({"report": ["a", "b"], "odd": [math.inf, math.nan]})
    [first, second] = table_of(stored(bodies_of(table)), own_types(table.schema))["odd"].to_pylist()

    assert first == math.inf
    assert math.isnan(second)


def test_recorded_where_nothing_else_is_said():
    """Neither published nor taken in: it was taken in when it was put down; else what it says itself counts."""
    some = stored([{}, {"reported": "2030-03-05T00:00:00.000000Z"}, {"recorded": "2031-01-01T00:00:00.000000Z"}])
    table = table_of(some, {})

    assert [cell and cell.year for cell in table["recorded"].to_pylist()] == [1970, None, 2031]
    assert table_of(some, {}, ["report", "lon"]).column_names == ["report", "lon"]


def test_an_opened_part_is_read_beside_the_rest():
    """What was sealed and was opened is read as if it had stood there."""
    [(content, _)] = stored([{"release": "protected"}])
    table = table_of([(content, json.dumps({"place": "mill\nford"}))], {})

    assert (table["place"].to_pylist(), table["release"].to_pylist()) == (["mill\nford"], ["protected"])


def test_no_rows_and_no_columns():
    """Nothing is a table without rows; rows without any cell are bodies without any."""
    assert table_of([], {"best": "int64"}).num_rows == 0
    assert bodies_of(pa.table({"report": ["a", "b"]})) == [{}, {}]
    assert bodies_of(pa.table({"report": pa.array([], pa.string()), "lon": pa.array([], pa.float64())})) == []


@pytest.mark.parametrize(
    "content", [b"{", b"", b"7", b'{"id":"x","body":{"lon":"west"}}', b'{"id":"x","body":{"reported":"soon"}}',
                b'{"id":7,"body":{}}', b'{"id":"x","body":7}'],
)  # fmt: skip
def test_what_cannot_be_read_back_is_told(content):
    """Broken bodies are a fault of the ledger, never a traceback."""
    good = stored([said("q:1").body])
    with pytest.raises(LedgerError, match=r"TL-L067 .*; run: truceline verify"):
        table_of([*good, (content, "")], {})


def test_unknown_types_are_words():
    """A type that this version does not know is read as words."""
    assert table_of(stored([{"x": "1"}]), {"x": "quaternion"})["x"].to_pylist() == ["1"]

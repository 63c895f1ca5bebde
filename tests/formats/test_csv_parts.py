"""CSV in parts: whatever the size of a part, all that is read and all that is said is that of the whole."""

import gzip

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.errors import EvidenceError
from truceline.formats import csv_parts as module
from truceline.formats.csv_file import read_csv
from truceline.formats.csv_parts import csv_parts, head_of, text_file

CELLS = st.sampled_from(
    ["", "a", "near the ford", "ä€", "7", " x ", '"in, quotes"', '"two\nlines"', '"a ""word"""', '5" pipe']
)


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Let a few bytes be a block, so that a few lines are a large file."""
    monkeypatch.setattr(module, "LONGEST", 64)
    monkeypatch.setattr(module, "CHUNK", 48)


def together(path, rows=2, **how):
    """Read a file in parts, and put them together."""
    parts = list(csv_parts(text_file(path), rows=rows, **how))
    table = pa.concat_tables([part.table for part in parts]).combine_chunks()
    numbers = [number for part in parts for number in part.numbers.tolist()]
    return table, numbers, [lost for part in parts for lost in part.lost], [f for part in parts for f in part.flags]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=12), st.sampled_from(["\n", "\r\n"]),
       st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]), st.integers(1, 5), st.booleans())  # fmt: skip
def test_the_parts_are_the_whole(tmp_path_factory, rows, end, encoding, size, packed):
    """Cells, numbers, lost records and remarks: cells over several lines, lost rows, any encoding, packed or not."""
    lines = ["id,place,note", *(",".join([str(n), *row]) for n, row in enumerate(rows))]
    data = (end.join(lines) + end).encode(encoding)
    path = tmp_path_factory.mktemp("csv") / ("a.csv.gz" if packed else "a.csv")
    path.write_bytes(gzip.compress(data) if packed else data)
    whole = read_csv(data, str(path))
    table, numbers, lost, flags = together(path, size)

    assert table.equals(whole.table.combine_chunks())
    assert numbers == whole.numbers.tolist()
    assert lost == list(whole.lost)
    assert [(flag.code, flag.what) for flag in flags] == [(flag.code, flag.what) for flag in whole.flags]


def test_some_columns_alone(tmp_path):
    """A first look reads only those, and loses no row for the others."""
    path = tmp_path / "a.csv"
    path.write_text("\n\nid,from\n1,2030-01-01\n2,2030-01-02\n3,2030-01-03\n")
    table, numbers, *_ = together(path, only=["from"])

    assert table.column_names == ["from"]
    assert numbers == [1, 2, 3]


def test_a_file_without_header(tmp_path):
    """Its columns are named by whoever knows them, and its first line is a record."""
    path = tmp_path / "a.csv"
    path.write_text("1;NA\n2;x\n")
    table, numbers, *_ = together(path, columns=["id", "note"], empty=["", "NA"])

    assert table.to_pylist() == [{"id": "1", "note": None}, {"id": "2", "note": "x"}]
    assert numbers == [1, 2]


def test_a_lone_quote_is_told_where_it_may_be(tmp_path):
    """It makes one record of all that follows: the file is refused, with the row after which it is."""
    path = tmp_path / "a.csv"
    path.write_text("id,note\n" + "1,x\n" * 40 + '2,"' + "3,x\n" * 99)
    with pytest.raises(EvidenceError, match=r"after row \d+: TL-R015 .* more than 64 bytes"):
        together(path)


def test_rows_that_a_quote_swallowed_are_lost(tmp_path):
    """Within a part they are found by what they swallowed."""
    path = tmp_path / "a.csv"
    path.write_text('id,note\n1,x\n2,"y\n3,x\n4,"z\n5,x\n')
    _, numbers, lost, _ = together(path, rows=9)

    assert numbers == [1, 3]
    assert [(each.number, each.code) for each in lost] == [(2, "TL-R102")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "TL-R001"),
        (b"id,id\n1,2\n", "TL-R006"),
        (b"id,note\n1,\0\n", "TL-R003"),
        (b"id,note\n1,\x81\n", "TL-R003"),
        (b"id,note\n1,x\n2;y\n", "TL-R004"),
        (b"\xff\xfei\x00d\x00\n", "TL-R003"),
    ],
)
def test_what_is_refused_of_a_whole_is_refused_of_parts(tmp_path, data, code):
    """With the same code."""
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    with pytest.raises(EvidenceError, match=code):
        together(path)


def test_a_packed_file_must_be_whole_and_must_not_explode(tmp_path):
    """One that was cut off cannot be read, and one that grows to more than a hundred times its size is refused."""
    cut, bomb = tmp_path / "cut.csv.gz", tmp_path / "bomb.csv.gz"
    cut.write_bytes(gzip.compress(b"id,note\n" + bytes(range(65, 90)) * 99)[:-20])
    bomb.write_bytes(gzip.compress(b"id,note\n" + b"1,x\n" * 400_000))
    with pytest.raises(EvidenceError, match="TL-R001"):
        text_file(cut)
    with pytest.raises(EvidenceError, match="TL-R007"):
        text_file(bomb)
    with pytest.raises(EvidenceError, match="TL-R001"):
        head_of(tmp_path / "none.csv")


def test_the_head_is_whole_lines(tmp_path):
    """Of a longer file; all of a shorter one, and what there is of a single line."""
    path = tmp_path / "a.csv"
    path.write_text("id,note\n1,x\n2,y")

    assert head_of(path, 10) == b"id,note\n"
    assert head_of(path, 99) == b"id,note\n1,x\n2,y"
    assert head_of(path, 3) == b"id,"


def test_whoever_waits_is_told_how_far_it_is(tmp_path):
    """The share of the file that was read, up to all of it."""
    path, told = tmp_path / "a.csv", []
    path.write_text("id,note\n" + "1,x\n" * 99)
    text = text_file(path)
    list(csv_parts(type(text)(text.path, text.encoding, text.quoted, text.flags, told.append)))

    assert told == sorted(told)
    assert told[-1] == 1.0

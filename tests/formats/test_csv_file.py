"""CSV as it is found: encodings, delimiters, quotes that swallow rows, bombs."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.errors import EvidenceError
from truceline.formats.csv_file import cells_of_first_line, read_bytes, read_csv


def read(text, **how):
    """Read a text or bytes."""
    return read_csv(text if isinstance(text, bytes) else text.encode(), "a.csv", **how)


@pytest.mark.parametrize(
    "data",
    [
        "id,place\n1,Fôrd\n".encode(),
        b"\xef\xbb\xbf" + "id,place\n1,Fôrd\n".encode(),
        "id,place\r\n1,Fôrd\r\n".encode("utf-16"),
        "\n\nid,place\n1,Fôrd".encode(),
        "id\tplace\n1\tFôrd\n".encode(),
        "id ; place\n1;Fôrd\n".encode(),
    ],
)
def test_encodings_and_delimiters_are_recognised(data):
    """A byte order mark is dropped, blank lines before the header too."""
    file = read(data)

    assert file.table.to_pylist() == [{"id": "1", "place": "Fôrd"}]
    assert file.numbers.tolist() == [1]
    assert not file.flags


def test_windows_1252_is_read_and_said():
    """The remark names the first line that is no UTF-8."""
    file = read("id,place\n1,a\n2,Fôrd\u2019s\n".encode("cp1252"))

    assert file.table["place"].to_pylist() == ["a", "Fôrd\u2019s"]
    assert [(flag.code, flag.evidence) for flag in file.flags] == [("TL-R301", "first in line 3")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "TL-R001"),
        (b"\n\n", "TL-R001"),
        (b"a,b\n1,\x81\n", "TL-R003"),
        (b"a,b\n1,\0\n", "TL-R003"),
        (b"\xff\xfea", "TL-R003"),
        (b"a;b;c\n1;2;3\n4,5,6\n", "TL-R004"),
        (b"a,b, a\n1,2,3\n", "TL-R006"),
    ],
)
def test_files_that_cannot_be_trusted_are_refused(data, code):
    """Not text, mixed delimiters, two columns with one name."""
    with pytest.raises(EvidenceError, match=code):
        read(data)


def test_a_header_alone_is_a_table_without_rows():
    """No row is no fault."""
    file = read("report,from")

    assert file.table.num_rows == 0
    assert file.table.column_names == ["report", "from"]


def test_records_with_another_number_of_cells_are_set_apart_and_the_rest_keep_their_numbers():
    """Blank lines are no records."""
    file = read("a,b,c\n1,2\n4,5,6,7\n\n8,9,10\n")

    assert [(each.number, each.code, each.text) for each in file.lost] == [
        (1, "TL-R101", "1,2"), (2, "TL-R101", "4,5,6,7"),
    ]  # fmt: skip
    assert file.numbers.tolist() == [3]


@pytest.mark.parametrize(
    ("text", "swallowed"),
    [
        ('a,b,c\n1,2,3\n4,"5,6\n7,8,9\n10,11,12\n', 2),
        ('a,b,c\n1,2,3\n4,"5,6\n7,8,9\n10,"11",12\n13,14,15\n', 2),
        ('a,b,c\n1,2,3\n4,"5\n6,"7",8\n13,14,15\n', 1),
    ],
)
def test_a_lone_quote_that_swallows_rows_is_found(text, swallowed):
    """To the end of the file, or to the next quote: no error of the parser, and no row lost in silence."""
    file = read(text)

    assert [(each.number, each.code, each.swallowed) for each in file.lost] == [(2, "TL-R102", swallowed)]
    assert file.table.column(0).to_pylist() in (["1"], ["1", "13"])


def test_text_of_several_lines_is_no_fault():
    """A quoted cell may hold line ends, commas and doubled quotes."""
    file = read('a,b,c\n1,"one\ntwo, three\n""four""",3\n4,5,6\n')

    assert file.table["b"].to_pylist() == ['one\ntwo, three\n"four"', "5"]
    assert not file.lost


def test_columns_may_be_named_from_outside_and_empty_cells_declared():
    """For files without a header, and for those that write NA."""
    file = read("1,NA\n2,x\n", columns=("id", "place"), empty=("", "NA"))

    assert file.table.to_pylist() == [{"id": "1", "place": None}, {"id": "2", "place": "x"}]
    assert file.numbers.tolist() == [1, 2]


def test_the_first_line_is_cut_where_it_gives_most_cells():
    """Commas inside words do not make a file comma-separated."""
    assert cells_of_first_line(b'a;b;"c, d; e"') == (["a", "b", "c, d; e"], ";")
    assert cells_of_first_line(b"") == ([], ",")


@settings(max_examples=60)
@given(st.lists(st.lists(st.text('ab,"\n é', max_size=4), min_size=3, max_size=3), min_size=1, max_size=8))
def test_every_record_is_either_read_or_listed(rows):
    """Nothing disappears: the records read and those set apart are all records, each with its number."""
    body = "".join(",".join(f"x{cell}".replace("\n", " ").replace('"', "'") for cell in row) + "\n" for row in rows)
    file = read("a,b,c\n" + body)

    assert sorted([*file.numbers.tolist(), *(each.number for each in file.lost)]) == list(range(1, len(rows) + 1))


def test_packed_files_are_unpacked(tmp_path):
    """A name that ends in .gz says so."""
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"a\n1\n"))

    assert read_bytes(path) == b"a\n1\n"


def test_a_bomb_is_refused_before_it_unfolds(tmp_path):
    """A thousand times its size is no table."""
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"0" * 2**27))
    with pytest.raises(EvidenceError, match="TL-R007"):
        read_bytes(path)


def test_a_table_beyond_two_gibibytes_is_refused(monkeypatch):
    """One block is what the parser can number; here the limit is lowered."""
    monkeypatch.setattr("truceline.formats.csv_file.LARGEST", 5)
    with pytest.raises(EvidenceError, match="TL-R007"):
        read("a,b\n1,2\n")


def test_a_cell_whose_lines_look_like_the_ids_of_rows_is_taken_for_swallowed_rows():
    """Even without an odd quote: two lone quotes swallow what lies between them."""
    file = read('id,b,c\nA1,x,y\nA2,"x,y\nA3,x,y\nA4,x",y\nA5,x,y\n')

    assert [(each.number, each.code, each.swallowed) for each in file.lost] == [(2, "TL-R102", 2)]
    assert file.table["id"].to_pylist() == ["A1", "A5"]


CONTENTS = {"missing": None, "not packed": b"not packed", "cut short": gzip.compress(b"a" * 9999, mtime=0)[:40]}


@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
def test_a_file_that_cannot_be_opened_is_refused(tmp_path, content):
    """Missing, not packed, or cut off."""
    path = tmp_path / "a.csv.gz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EvidenceError, match="TL-R001"):
        read_bytes(path)

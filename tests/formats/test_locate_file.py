"""A CSV of places in, the same CSV with stations and offsets out."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.errors import EvidenceError
from truceline.formats import locate_file
from truceline.formats.locate_file import ADDED, locate_csv
from truceline.locate.line import locate_points, reference_line

EQUATOR = reference_line([[(0.0, 0.0), (2.0, 0.0)]], plus="north")


def located(text, name="p.csv"):
    """Locate a text and give the rows and the counts."""
    data = text if isinstance(text, bytes) else text.encode()
    sink = io.BytesIO()
    done = locate_csv(io.BytesIO(data), name, sink, EQUATOR)
    return sink.getvalue(), done


def rows_of(data, mark=","):
    """Read the rows that were written."""
    return list(csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=mark))


@settings(max_examples=30)
@given(st.lists(st.tuples(st.floats(-179, 179), st.floats(-89, 89)).filter(any), min_size=1, max_size=20))
def test_the_cells_are_what_the_line_says(places):
    """Station and offset are those of `locate_points`, rounded to a millimetre."""
    data, done = located("lon,lat\n" + "".join(f"{lon!r},{lat!r}\n" for lon, lat in places))
    points = locate_points(EQUATOR, *zip(*places, strict=True))

    assert done.located == len(places)
    assert [row["station_m"] for row in rows_of(data)] == [f"{station:.3f}" for station in points.station]
    assert [row["offset_m"] for row in rows_of(data)] == [f"{offset:.3f}" for offset in points.offset]


@settings(max_examples=50)
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20), min_size=1, max_size=5
    )
)
def test_all_other_cells_are_kept(cells):
    """Whatever stands in the other columns, commas, quotes and line ends too, comes out as it went in."""
    text = io.StringIO(newline="")
    quoted = csv.writer(text, quoting=csv.QUOTE_ALL)
    quoted.writerows([["note", "lon", "lat"], *([cell, "1", "1"] for cell in cells)])
    rows = rows_of(located(text.getvalue())[0])

    assert [row["note"] for row in rows] == cells


def test_small_chunks_change_nothing(monkeypatch):
    """The answer does not depend on how many rows are taken at a time, and the rows are told as they are done."""
    text = "lon,lat\n" + "".join(f"{n / 10},{n / 20}\n" for n in range(1, 12))
    whole = located(text)[0]
    monkeypatch.setattr(locate_file, "CHUNK", 3)
    seen, sink = [], io.BytesIO()
    locate_csv(io.BytesIO(text.encode()), "p.csv", sink, EQUATOR, seen.append)

    assert sink.getvalue() == whole
    assert seen == [3, 6, 9, 11]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_the_delimiter_is_kept(mark):
    """A file with semicolons stays one, and a byte order mark is dropped."""
    data, _ = located("\ufeff" + f"id{mark}Longitude{mark}LAT\na{mark}1{mark}1\n")

    assert data.decode().split("\n")[0] == mark.join(("id", "Longitude", "LAT", *ADDED))
    assert rows_of(data, mark)[0]["side"] == "plus"


def test_bytes_of_an_old_encoding_travel_through():
    """What is not UTF-8 is not corrupted: the bytes come out as they went in."""
    data, _ = located(b"name,lon,lat\nK\xf6ln,1,1\n")

    assert data.split(b"\n")[1].startswith(b"K\xf6ln,1,1,")


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [("500,1", "TL-E402", ""), ("33.1,135.9", "TL-E402", ""), (",1", "TL-E401", ""), ("nan,1", "TL-E401", "lon"),
     ("1,inf", "TL-E401", "lat"), ("1_0,1", "TL-E401", "lon"), ("\u0663,1", "TL-E401", "lon"),
     ('"1,5",1', "TL-E401", "lon"), ("1", "TL-R101", ""), ("1,1,1", "TL-R101", "")],
)  # fmt: skip
def test_a_bad_row_is_kept_with_its_reason(row, code, column):
    """What Python would take for a number is none here; the row stays, empty, with the reason, and is told."""
    data, done = located(f"lon,lat\n{row}\n1,1\n")
    bad, good = data.decode().split("\n")[1:3]

    assert (done.rows, done.located, done.refused) == (2, 1, 1)
    assert bad.startswith(row)
    assert f",,,,{code} " in bad or f',,,,"{code} ' in bad
    assert good.endswith("plus,false,")
    assert done.faults[0].at == "p.csv row 1" + f" column {column}" * bool(column)
    assert done.faults[0].code == code


def test_nought_nought_is_measured_and_doubted():
    """Lon 0, lat 0 is a place in the sea, and nearly always a missing one: it is measured, and said."""
    data, done = located("lon,lat\n0,0\n")

    assert rows_of(data)[0]["offset_m"] == "0.000"
    assert (done.located, done.doubted) == (1, 1)
    assert rows_of(data)[0]["tl_error"].startswith("TL-E403")


def test_a_lost_quote_is_found():
    """A quote that is never closed swallows the rows after it; that row says so, and their text is kept."""
    data, done = located('id,lon,lat\na,1,1\nb,"1,1\nc,1,1\nd,1,1\n')

    assert (done.rows, done.refused) == (2, 1)
    assert done.faults[0].code == "TL-R102"
    assert "c,1,1" in data.decode()


def test_a_cell_of_several_lines_is_no_lost_quote():
    """An address on two lines is a cell like any other."""
    data, done = located('id,lon,lat\n"a\nb",1,1\n')

    assert done.located == 1
    assert rows_of(data)[0]["id"] == "a\nb"


def test_the_list_of_faults_ends_somewhere(monkeypatch):
    """Of a file with a wrong column only the first faults are listed; all are counted."""
    monkeypatch.setattr(locate_file, "MOST_FAULTS", 5)
    _, done = located("lon,lat\n1,1\n" + "500,1\n" * 9)

    assert (len(done.faults), done.refused) == (5, 9)


@pytest.mark.parametrize(
    ("text", "codes"),
    [("x,y\n1,1\n", ["TL-R005", "TL-R005"]), ("lon,lat,side\n1,1,a\n", ["TL-R006"]), ("", ["TL-R001"]),
     ("lon,lat\n500,1\n1,\n", ["TL-E402", "TL-E401"])],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused(text, codes):
    """Missing columns, a column that is there already, and a file without any usable row are faults of the file."""
    with pytest.raises(EvidenceError) as refused:
        located(text)

    assert [fault.code for fault in refused.value] == codes


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_two_bytes_a_letter_are_refused(encoding):
    """UTF-16 and UTF-32 are told, not misread."""
    with pytest.raises(EvidenceError, match="TL-R003"):
        located("lon,lat\n1,1\n".encode(encoding))


def test_a_header_alone_is_an_empty_table():
    """No rows, no fault."""
    data, done = located("lon,lat\n")

    assert data.decode() == ",".join(("lon", "lat", *ADDED)) + "\n"
    assert done.rows == 0

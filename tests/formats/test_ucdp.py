"""UCDP GED as it is published and as it is found."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from truceline.errors import EvidenceError
from truceline.formats.csv_file import read_csv
from truceline.formats.gazetteer import read_regions
from truceline.formats.rejects import faults_of
from truceline.formats.tables import tables_of
from truceline.formats.ucdp import COLUMNS_49, read_ucdp

DATA = Path(__file__).parents[1] / "data" / "reports"
REGIONS = read_regions(DATA / "regions.geojson")
ROW = {
    "id": 1, "type_of_violence": 1, "side_a": "Northbank", "side_b": "Southbank", "where_prec": 1, "latitude": 33.25,
    "longitude": 36.25, "date_start": "2017-07-09", "date_end": "2017-07-09", "date_prec": 1, "best": 2, "low": 1,
    "high": 3, "number_of_sources": 1, "code_status": "Clear", "source_date": "2017-07-10", "adm_1": "North",
    "adm_2": None, "country": "Toyland", "priogrid_gid": 177553, "source_office": "River Post;River Post;Ford Radio",
    "source_original": "police", "where_coordinates": "Ford",
}  # fmt: skip


def read(*rows, **how):
    """Read rows that differ from a good one."""
    made = [{**ROW, "id": 1 + number, **row} for number, row in enumerate(rows or ({},))]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({name: pa.array([row[name] for row in made]) for name in ROW}), sink)
    return read_ucdp(sink.getvalue().to_pybytes(), **how)


def codes(table):
    """List row, column and code of each note."""
    return [(note["row"], note["column"], note["code"]) for note in table.to_pylist()]


def test_a_row_becomes_a_report():
    """Which side fired is not coded, and that both stood at the point neither."""
    read_ = read(zone="Etc/GMT-3", version="23.1")
    [row] = read_.table.to_pylist()

    assert row["report"] == "ucdp-ged:1"
    assert (row["dataset"], row["dataset_version"]) == ("ucdp-ged", "23.1")
    assert (row["act"], row["maybe"], row["by"]) == ("hostilities", ["presence"], None)
    assert row["involved"] == ["Northbank", "Southbank"]
    assert (row["lon"], row["lat"], row["radius_m"], row["region"]) == (36.25, 33.25, 2000.0, None)
    assert row["from"] == dt.datetime(2017, 7, 8, 21, tzinfo=dt.UTC)
    assert row["until"] == dt.datetime(2017, 7, 9, 21, tzinfo=dt.UTC)
    assert row["reported"] == dt.datetime(2017, 7, 10, tzinfo=dt.UTC)
    assert (row["count_lo"], row["count_hi"], row["unit"]) == (1, 3, "death")
    assert (row["via"], row["origin"], row["place"]) == (["River Post", "Ford Radio"], "police", "Ford")
    assert (row["lasting"], row["grade"], row["release"]) == (False, "F6", "public")
    assert not codes(read_.rejected)
    assert not codes(read_.warned)


def test_one_sided_violence_is_attributed_and_its_victims_are_no_actors():
    """Whether the agreement calls it hostilities is its own matter."""
    [row] = read({"type_of_violence": 3, "side_b": "Civilians"}).table.to_pylist()

    assert (row["act"], row["maybe"]) == ("other", ["hostilities", "presence"])
    assert row["by"] == row["involved"] == ["Northbank"]


def test_sides_that_list_several_actors_are_split():
    """Each name once."""
    [row] = read({"side_a": "North, South", "side_b": "South, East"}).table.to_pylist()

    assert row["involved"] == ["North", "South", "East"]


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"id": None}, "id", "TL-R109"),
        ({"latitude": float("nan")}, "latitude", "TL-R103"),
        ({"latitude": 95.0, "longitude": 100.0}, "longitude", "TL-R104"),
        ({"latitude": 120.0, "longitude": 33.0}, "longitude", "TL-R105"),
        ({"latitude": 36.25, "longitude": 33.25}, "longitude", "TL-R105"),
        ({"date_start": "soon"}, "date_start", "TL-R106"),
        ({"date_end": None}, "date_end", "TL-R106"),
        ({"date_start": "2017-07-12"}, "date_end", "TL-R107"),
        ({"latitude": None}, "longitude", "TL-R110"),
    ],
)
def test_rows_that_cannot_be_used(cells, column, code):
    """The PRIO-GRID cell of a row proves axes that were swapped within range."""
    read_ = read(cells, {})

    assert codes(read_.rejected) == [(1, column, code)]
    assert read_.table.num_rows == 1


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ({"latitude": 0.0, "longitude": 0.0}, "longitude", "TL-R201"),
        ({"latitude": None, "longitude": None}, "longitude", "TL-R202"),
        ({"where_prec": 9}, "where_prec", "TL-R203"),
        ({"where_prec": None}, "where_prec", "TL-R203"),
        ({"where_prec": 4}, "region", "TL-R204"),
        ({"best": 5}, "low best high", "TL-R208"),
        ({"low": 3, "high": 1, "best": None}, "low best high", "TL-R208"),
        ({"number_of_sources": -1}, "number_of_sources", "TL-R209"),
        ({"code_status": "Check deaths"}, "code_status", "TL-R212"),
        ({"side_a": None, "side_b": "Civilians"}, "side_a", "TL-R213"),
        ({"priogrid_gid": 5}, "priogrid_gid", "TL-R214"),
        ({"date_end": "2017-07-20"}, "date_prec", "TL-R217"),
        ({"type_of_violence": 4}, "type_of_violence", "TL-R219"),
    ],
)
def test_rows_that_are_doubtful(cells, column, code):
    """They load, and what is doubtful is told at its cell."""
    read_ = read(cells, regions=REGIONS)

    assert codes(read_.warned) == [(1, column, code)]
    assert read_.table.num_rows == 1


def test_deaths_that_contradict_each_other_are_all_covered():
    """From the least to the most that any of the three states; nothing stated is nothing."""
    table = read({"low": 4, "best": 5, "high": 3}, {"low": None, "best": None, "high": None}).table

    assert table["count_lo"].to_pylist() == [3, None]
    assert table["count_hi"].to_pylist() == [5, None]
    assert table["unit"].to_pylist() == ["death", None]


def test_the_first_source_that_is_not_before_the_event_says_when_it_was_reported():
    """An older article about something else is none; nor is a date that could be two."""
    table = read(
        {"source_date": "2017-01-01;2017-08-01;2017-07-11"}, {"source_date": "2017-01-01"}, {"source_date": None},
        {"source_date": "08/09/2017"},
    ).table  # fmt: skip

    assert [moment and moment.date().isoformat() for moment in table["reported"].to_pylist()] == [
        "2017-07-11", None, None, None,
    ]  # fmt: skip


def test_the_same_row_twice_and_a_revision():
    """An id that comes back with other content is a revision, with the same content a repetition."""
    read_ = read({"id": 7}, {"id": 7}, {"id": 7, "best": 3})

    assert codes(read_.rejected) == [(2, "id", "TL-R108")]
    assert codes(read_.warned) == [(3, "id", "TL-R207")]


def test_an_id_may_name_its_data_set():
    """Others write UCDP:7 for 7: both are one event, also in a file without a header."""
    read_ = read({"id": "7"}, {"id": "UCDP:7"}, {"id": "ucdp-ged: 8"})
    line = (DATA / "ucdp_49_headless.csv").read_bytes().split(b"\n")[0]

    assert read_.table["report"].to_pylist() == ["ucdp-ged:7", "ucdp-ged:7", "ucdp-ged:8"]
    assert read_.counts["TL-R207"] == 1
    assert read_ucdp(b"UCDP:" + line + b"\n").counts["kept"] == 1


@pytest.mark.parametrize(
    ("name", "version", "release"),
    [
        ("data/GEDEvent_v23_1.csv", None, "23.1"), ("gedevent_v24_0_1.csv.gz", None, "24.0.1"),
        ("GEDEvent_v23_1.csv", "22.1", "22.1"), ("events_v23_1.csv", None, None),
    ],
)  # fmt: skip
def test_the_release_is_read_from_the_name_of_the_publisher(name, version, release):
    """Under any other name nobody says it; what the user states goes before."""
    assert read(name=name, version=version).table["dataset_version"].to_pylist() == [release]


def test_an_edited_precision_table_is_used(tmp_path):
    """A user may think that a settlement is larger; a mapping file names the table beside it."""
    path = tmp_path / "precision.csv"
    path.write_text("dataset,code,radius_m,level,days,note\nucdp-ged,1,5000,,,\n")

    assert read(tables=tables_of("ucdp-ged", precision=path)).table["radius_m"].to_pylist() == [5000.0]


def test_dates_that_a_spreadsheet_turned_are_proved_and_read_right():
    """48 of 87 rows: the two forms split exactly at 12, and day-first 21 rows would be impossible."""
    path = DATA / "ucdp_turned_cp1252.csv"
    read_ = read_ucdp(path)
    told = " ".join(str(fault) for fault in read_.remarks)
    first = {row["report"]: row["from"].date() + dt.timedelta(days=1) for row in read_.table.to_pylist()}

    assert read_.counts["TL-R206"] == 48
    assert read_.counts["rejected"] == 0
    assert "51 rows: month-first (no number above 12, unlike all other dates" in told
    assert "impossible rows: 0 month-first, 21 day-first" in told
    assert "rows that agree with a source: 38 month-first, 0 day-first" in told
    # "05/02/2014 00:00" with sources of 2014-05-02
    assert first["ucdp-ged:153027"] == dt.date(2014, 5, 2)


def test_a_user_may_overrule_what_a_file_says_about_its_dates():
    """Day-first there is no 22nd month: such rows are rejected, and nothing is said of a spreadsheet."""
    read_ = read_ucdp(DATA / "ucdp_turned_cp1252.csv", date_order="day")

    assert read_.counts["TL-R106"] == 48
    assert "TL-R206" not in read_.counts


def test_cp1252_is_said_and_its_letters_are_right():
    """0x92 is an apostrophe."""
    read_ = read_ucdp(DATA / "ucdp_turned_cp1252.csv")

    assert "TL-R301" in [fault.code for fault in read_.remarks]
    assert any("\u2019" in (text or "") for name in ("where_description", "source_original", "where_coordinates")
               for text in read_.table[name].to_pylist())  # fmt: skip


def test_a_release_of_41_columns_with_regions():
    """Rows exact to a district lie in its polygon or in the country's; their point is kept, and is no place."""
    read_ = read_ucdp(DATA / "ucdp_41_columns.parquet", regions=REGIONS)
    rows = read_.table.to_pylist()
    vague = [row for row in rows if row["where_prec"] >= 3]

    assert (read_.counts["read"], read_.counts["rejected"], read_.counts["TL-R208"]) == (33, 0, 3)
    assert all(row["region"] and row["radius_m"] is None and row["lon"] is not None for row in vague)
    assert {row["region"] for row in vague} == {"SY-HM", "SY-HL", "SY-DY", "SY-QU", "SY-HA-2", "SY"}
    assert {row["radius_m"] for row in rows if row["where_prec"] == 1} == {2000.0}
    assert {row["radius_m"] for row in rows if row["where_prec"] == 2} == {25000.0}
    assert read_.table["source_region"].to_pylist()[0] == "Middle East"


def test_a_release_of_48_columns_as_text():
    """Times of midnight are dates; -1 is a missing number; empty names are none."""
    read_ = read_ucdp(DATA / "ucdp_48_columns.csv", zone="UTC")

    assert read_.counts["TL-R209"] == 17
    assert read_.table["from"][0].as_py() == dt.datetime(2009, 2, 20, tzinfo=dt.UTC)
    assert [fault.code for fault in read_.remarks] == ["TL-R305"]


def test_a_candidate_file_without_a_header():
    """49 columns whose first line is already a record; the same reports as with a header."""
    headless = read_ucdp(DATA / "ucdp_49_headless.csv")
    with_header = read_ucdp(DATA / "ucdp_48_columns.csv")
    columns = ["report", "from", "until", "lon", "lat", "involved", "count_lo"]

    assert "TL-R303" in [fault.code for fault in headless.remarks]
    assert headless.counts["read"] == 12
    assert headless.table.select(columns) == with_header.table.select(columns).slice(0, 12)


def test_a_line_of_49_cells_that_is_no_record_is_a_header():
    """An id and dates where dates belong, or it is none."""
    words = ",".join(COLUMNS_49).encode()
    cells = ",".join(["1"] * 49).encode()

    assert read_ucdp(words + b"\n").counts["read"] == 0
    with pytest.raises(EvidenceError, match="TL-R006"):
        read_ucdp(cells + b"\n")


def test_control_characters_in_names_break_nothing():
    """Whatever stands in a cell is a name."""
    [row] = read({"side_a": "North\x1fbank"}).table.to_pylist()

    assert row["involved"] == ["North\x1fbank", "Southbank"]


def test_the_least_columns_are_enough():
    """Without counts, grid cells, sources and precision of dates."""
    header = "id,type_of_violence,side_a,side_b,where_prec,latitude,longitude,date_start,date_end"
    read_ = read_ucdp(f"{header}\n7,1,N,S,1,33,36,2017-07-09,2017-07-09\n".encode())

    assert read_.table["count_lo"].to_pylist() == [None]
    assert read_.counts["kept"] == 1


def test_another_table_is_refused_with_what_it_lacks():
    """A subset without ids and dates cannot be used."""
    with pytest.raises(EvidenceError, match="UCDP GED without id, type_of_violence"):
        read_ucdp(b"year,longitude,latitude\n2017,1,1\n")


def test_broken_parquet_is_refused():
    """Bytes that only begin like Parquet."""
    with pytest.raises(EvidenceError, match="TL-R001"):
        read_ucdp(b"PAR1 and nothing more")


def test_a_quote_that_swallows_rows_is_found_in_real_columns():
    """The opening quote of a later cell closes it: the row is rejected and the lines are counted."""
    text = (DATA / "ucdp_48_columns.csv").read_bytes()
    lines = text.splitlines(keepends=True)
    broken = b"".join([*lines[:5], lines[5].replace(b",LRA,", b',"LRA,', 1), *lines[6:]])
    read_ = read_ucdp(broken)
    whole = read_csv(text, "a").table.num_rows

    assert b',"LRA,' in broken
    assert [note["code"] for note in read_.rejected.to_pylist()] == ["TL-R102"]
    assert read_.counts["kept"] + read_.counts["rejected"] + read_.counts["swallowed lines"] == whole
    assert "row 5" in str(next(faults_of(read_.rejected, "a")))

"""Tables in our own columns: every cell is checked, and what is wrong with it is said where it stands."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.errors import EvidenceError
from truceline.evidence.regions import Regions
from truceline.formats.arrow import REPORT_SCHEMA
from truceline.formats.csv_file import read_csv
from truceline.formats.gazetteer import Gazetteer
from truceline.formats.mapping_file import Mapped
from truceline.formats.parquet_file import rows_of
from truceline.formats.plain import Asked, read_plain
from truceline.formats.rejects import faults_of

GOOD = {
    "report": "a:1", "from": "2017-07-09", "lon": "36.1", "lat": "32.7", "radius_m": "500", "act": "fire",
    "involved": "Northbank;Southbank",
}  # fmt: skip


def read(*rows, asked=None, name="patrols.csv", **cells):
    """Read rows that differ from a good one."""
    made = [{**GOOD, **cells, **row} for row in (rows or ({},))]
    names = dict.fromkeys(key for row in made for key in row)
    table = pa.table({key: pa.array([row.get(key) for row in made], pa.string()) for key in names})
    return read_plain(name, "csv", rows_of(table), asked or Asked(zone="Etc/GMT-3"))


def codes(table):
    """List row, column and code of each note."""
    return [(note["row"], note["column"], note["code"]) for note in table.to_pylist()]


def test_a_good_row_becomes_a_report():
    """Our columns come first, in their order and types; what is not stated is empty."""
    read_ = read(extra="kept")
    [row] = read_.table.to_pylist()

    assert read_.table.schema.names == [*REPORT_SCHEMA.names, "extra"]
    assert read_.table.schema.types[:-1] == REPORT_SCHEMA.types
    assert row["from"].isoformat() == "2017-07-08T21:00:00+00:00"
    assert row["until"].isoformat() == "2017-07-09T21:00:00+00:00"
    assert (row["lon"], row["lat"], row["radius_m"], row["act"]) == (36.1, 32.7, 500.0, "fire")
    assert (row["involved"], row["by"], row["grade"], row["extra"]) == (["Northbank", "Southbank"], None, "F6", "kept")
    assert read_.counts == {"read": 1, "kept": 1, "rejected": 0, "warned": 0, "swallowed lines": 0}
    assert not read_.remarks


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"report": ""}, "TL-R109"),
        ({"lon": "1_0"}, "TL-R103"),
        ({"lat": "nan"}, "TL-R103"),
        ({"lon": "190", "lat": "10"}, "TL-R104"),
        ({"lon": "32.7", "lat": "136.1"}, "TL-R105"),
        ({"from": "2017-07-32"}, "TL-R106"),
        ({"until": "tomorrow"}, "TL-R106"),
        ({"reported": "x"}, "TL-R106"),
        ({"until": "2017-07-01"}, "TL-R107"),
        ({"lat": ""}, "TL-R110"),
        ({"radius_m": "0"}, "TL-R111"),
        ({"radius_m": "inf"}, "TL-R111"),
        ({"radius_m": "-5"}, "TL-R111"),
        ({"from": "", "until": "2017-07-01"}, "TL-R114"),
        ({"count_lo": "5", "count_hi": "3"}, "TL-R115"),
        ({"count_lo": "-1"}, "TL-R103"),
        ({"count_hi": "1.5"}, "TL-R103"),
        ({"calibre_mm": "-122"}, "TL-R103"),
        ({"range_km": "far"}, "TL-R103"),
        ({"lasting": "perhaps"}, "TL-R116"),
    ],
)
def test_a_row_that_cannot_be_used_is_rejected_with_its_cells(cells, code):
    """The record itself is kept beside the reason."""
    read_ = read(cells)

    assert [note[2] for note in codes(read_.rejected)] == [code]
    assert read_.table.num_rows == 0
    assert '"act": "fire"' in read_.rejected["original"][0].as_py()
    assert read_.counts[code] == read_.counts["rejected"] == 1


@pytest.mark.parametrize(
    ("cells", "code", "column", "value"),
    [
        ({"lon": "0", "lat": "0"}, "TL-R201", "lon", None),
        ({"lon": "", "lat": ""}, "TL-R202", "lon", None),
        ({"from": "05/02/2014"}, "TL-R205", "until", "2014-05-02T21:00:00+00:00"),
        ({"act": "shelling"}, "TL-R210", "act", "shelling"),
        ({"maybe": "fire;shelling"}, "TL-R210", "maybe", ["fire", "shelling"]),
        ({"thing": "zamboni"}, "TL-R211", "thing", "zamboni"),
        ({"radius_m": ""}, "TL-R216", "radius_m", None),
        ({"grade": "Z9"}, "TL-R218", "grade", "F6"),
        ({"from": ""}, "TL-R220", "from", None),
        ({"release": "secret"}, "TL-R222", "release", "protected"),
    ],
)
def test_a_doubtful_row_is_loaded_and_the_doubt_is_said(cells, code, column, value):
    """What cannot be known stays empty; nothing is guessed."""
    read_ = read(cells)
    found = read_.table[column][0].as_py()

    assert code in [note[2] for note in codes(read_.warned)]
    assert (found.isoformat() if hasattr(found, "isoformat") else found) == value
    assert read_.counts["warned"] == 1


def test_a_point_without_a_radius_is_no_place():
    """The point is kept; the radius stays empty, and so the judge will not place it."""
    [row] = read({"radius_m": ""}).table.to_pylist()

    assert (row["lon"], row["lat"], row["radius_m"]) == (36.1, 32.7, None)


def test_the_id_of_an_event_of_another_data_set_is_written_in_one_way():
    """UCDP:7 is an id of UCDP GED, whatever case and whichever file; another data set keeps its own ids."""
    ids = read({"report": "UCDP:7"}, {"report": "ucdp-ged:7"}, {"report": "ucdp:x"}).table["report"].to_pylist()

    assert ids == ["ucdp-ged:7", "ucdp-ged:7", "ucdp:x"]
    assert read({"report": "UCDP:7"}, dataset="ucdp-ged").table["report"].to_pylist() == ["ucdp-ged:7"]


def test_the_same_row_twice_is_rejected_and_another_content_is_a_revision():
    """Both are told at their row."""
    read_ = read({}, {}, {"act": "clash"})

    assert codes(read_.rejected) == [(2, "report", "TL-R108")]
    assert codes(read_.warned) == [(3, "report", "TL-R207")]
    assert read_.table["act"].to_pylist() == ["fire", "clash"]


def test_several_faults_of_a_row_are_told_at_once():
    """One row, two columns, two messages."""
    read_ = read({"lon": "x", "count_lo": "y"})

    assert codes(read_.rejected) == [(1, "lon", "TL-R103"), (1, "count_lo", "TL-R103")]
    assert read_.counts["rejected"] == 1
    assert "patrols.csv row 1 column lon: TL-R103" in str(next(faults_of(read_.rejected, read_.name)))


def test_ids_are_called_after_the_data_set():
    """Once, and without ids by the number of the record, which is said."""
    named = read({"report": "7"}, {"report": "patrols:8"}, dataset="patrols")
    stated = read({"report": "7"}, asked=Asked(zone="UTC", dataset="patrols"))
    table = pa.table({"act": ["fire"]})
    unnamed = read_plain("/data/patrols.csv", "csv", rows_of(table), Asked(dataset=None))

    assert named.table["report"].to_pylist() == ["patrols:7", "patrols:8"]
    assert (named.dataset, stated.table["report"].to_pylist()) == ("patrols", ["patrols:7"])
    assert unnamed.table["report"].to_pylist() == ["patrols.csv:1"]
    assert [fault.code for fault in unnamed.remarks] == ["TL-R306"]


def test_a_bare_date_without_a_zone_is_every_places_day_and_an_offset_is_not():
    """The remark is made only where a zone would change something."""
    bare = read(asked=Asked())
    zoned = read({"from": "2017-07-09T12:00+03:00"}, asked=Asked())

    assert [fault.code for fault in bare.remarks] == ["TL-R302"]
    assert not zoned.remarks


def test_what_lasted_on_a_bare_date_without_a_zone_did_not_surely_last_throughout_every_places_day():
    """Row by row, in text and in typed tables alike; what is not stated stays so."""
    rows = [{"from": "2017-07-09", "until": "", "lasting": "yes"}, {"from": "2017-07-09", "until": "", "lasting": ""},
            {"from": "2017-07-09T12:00Z", "until": "2017-07-10T12:00Z", "lasting": "yes"}]  # fmt: skip
    bare, zoned = (read(*rows, asked=Asked(zone)).table["lasting"].to_pylist() for zone in (None, "Etc/GMT-3"))
    day, yes = pa.array([dt.date(2017, 7, 9)]), pa.array([True])
    typed = rows_of(pa.table({"report": ["a"], "from": day, "lasting": yes}))

    assert bare == [False, None, True]
    assert zoned == [True, None, True]
    assert read_plain("typed.parquet", "parquet", typed, Asked()).table["lasting"].to_pylist() == [False]


def test_published_on_a_date_is_midnight_utc_of_that_date():
    """Three dates, three columns; a bare date of publication keeps its date."""
    [row] = read(reported="2017-07-10", recorded="2017-07-11T08:00Z").table.to_pylist()

    assert row["reported"].isoformat() == "2017-07-10T00:00:00+00:00"
    assert row["recorded"].isoformat() == "2017-07-11T08:00:00+00:00"


def test_a_date_of_publication_that_could_be_two_is_none():
    """Nothing is known as of a date that nobody knows."""
    assert read(reported="05/02/2014").table["reported"].to_pylist() == [None]


def test_blank_cells_of_typed_tables_are_empty():
    """Data frames write large strings; a blank date is no date, and that is said."""
    table = pa.table({"report": ["a"], "from": pa.array([" "], pa.large_string())})
    read_ = read_plain("a", "parquet", rows_of(table), Asked())

    assert "TL-R220" in [note[2] for note in codes(read_.warned)]


def test_columns_with_names_close_to_ours_are_named():
    """A file without any of our columns is refused with the same hint."""
    near = read(Latitude="32.7", Radius_M="5")
    far = read_plain("a.csv", "csv", rows_of(pa.table({"report": ["1"], "Latitude": ["1"]})), Asked())
    with pytest.raises(EvidenceError, match="'Latitude' may be 'lat'"):
        read_plain("a.csv", "csv", rows_of(pa.table({"Latitude": ["1"]})), Asked())

    assert not [fault for fault in near.remarks if fault.code == "TL-R307"]
    assert ["'Latitude' may be 'lat'" in fault.what for fault in far.remarks if fault.code == "TL-R307"] == [True]


def test_a_file_without_any_of_our_columns_is_refused():
    """Constants alone are no reports."""
    with pytest.raises(EvidenceError, match="TL-R005"):
        read_plain("a.csv", "csv", rows_of(pa.table({"b": ["1"]})), Asked(mapping=Mapped(constants={"act": "fire"})))


def test_regions_are_found_by_id_or_name():
    """A name that none has leaves the place unknown; without a file of regions the word stays."""
    regions = Gazetteer(Regions(("N",), ((),), (0.0,), "toy"), (("North",),), ("adm1",))
    found = read(
        {"region": "north"}, {"report": "a:2", "region": "Mordor", "radius_m": ""}, asked=Asked("UTC", regions)
    )
    kept = read({"region": "N", "lon": "", "lat": ""})

    assert found.table["region"].to_pylist() == ["N", None]
    assert (2, "region", "TL-R204") in codes(found.warned)
    assert found.regions.ids == ("N",)
    assert kept.table["region"].to_pylist() == ["N"]
    assert [fault.code for fault in kept.remarks] == ["TL-R305"]
    assert kept.remarks[0].what.endswith(": 1 row")
    assert not codes(kept.warned)


def test_lists_may_be_typed():
    """A column of lists is taken as it is."""
    table = pa.table({"report": ["a"], "involved": pa.array([["N", "S"]], pa.large_list(pa.large_string()))})

    assert read_plain("a", "parquet", rows_of(table), Asked()).table["involved"].to_pylist() == [["N", "S"]]


def test_a_source_column_that_bears_one_of_our_names_for_something_else_is_kept_apart():
    """Their `region` is a continent: it travels as `source_region`."""
    mapping = Mapped(columns={"region": ("none",)})
    table = read({"region": "Europe"}, asked=Asked("UTC", mapping=mapping)).table

    assert (table["region"].to_pylist(), table["source_region"].to_pylist()) == ([None], ["Europe"])


def test_lost_records_are_rejected_with_their_text():
    """Lines that a quote swallowed are counted."""
    file = read_csv(b'report,act,unit\n1,fire,x\n2,"fire,x\n3,fire,x\n4,fire\n', "a.csv")
    read_ = read_plain("a.csv", "csv", file, Asked())

    assert codes(read_.rejected) == [(2, "", "TL-R102")]
    assert read_.counts["swallowed lines"] == 2
    assert (read_.counts["read"], read_.counts["rejected"]) == (2, 1)
    assert read_.rejected["original"][0].as_py().startswith('"2,')


cells = (
    st.none()
    | st.text(max_size=6)
    | st.sampled_from(["nan", "1e400", "0", "-0.0", "180", "91", "2017", "\uff11", "=1+1", "B2"])
)


@settings(max_examples=60)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(REPORT_SCHEMA.names, cells)), min_size=1, max_size=4))
def test_no_cell_breaks_the_reader_or_becomes_an_impossible_value(rows):
    """Whatever stands in the cells: each row is kept or rejected, and what is kept is sound."""
    table = pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in REPORT_SCHEMA.names})
    read_ = read_plain("a.csv", "csv", rows_of(table), Asked())
    kept = read_.table.to_pydict()

    assert read_.counts["kept"] + read_.counts["rejected"] == len(rows)
    assert set(read_.rejected["row"].to_pylist()).isdisjoint(read_.warned["row"].to_pylist())
    assert all(x is None or -180 <= x <= 180 for x in kept["lon"])
    assert all(x is None or (np.isfinite(x) and x > 0) for x in kept["radius_m"])
    assert all(a is None or a <= b for a, b in zip(kept["from"], kept["until"], strict=True))

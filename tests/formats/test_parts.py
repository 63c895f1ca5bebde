"""Large files in parts: what comes of them is what comes of the same file read as a whole."""

import gzip
import json
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.errors import EvidenceError
from truceline.formats import csv_parts, parts
from truceline.formats.arrow_file import write_arrow
from truceline.formats.checked import checked_table, is_checked, said_of
from truceline.formats.csv_file import read_csv
from truceline.formats.notes_file import plain_notes
from truceline.formats.parts import is_large
from truceline.formats.plain import Asked
from truceline.formats.reports import asked_for, kind_in_parts, read_in_parts, read_reports
from truceline.formats.spooled import Spool

DATA = Path(__file__).parents[1] / "data" / "reports"
OVER_PARTS = {"TL-R108", "TL-R207", "TL-R215"}
"""What only a part is looked through for."""


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """Make parts of a few rows."""
    monkeypatch.setattr(parts, "ROWS", 5)
    monkeypatch.setattr(csv_parts, "LONGEST", 2**15)


def in_parts(path, folder, kind=None, seen=lambda _: None, **how):
    """Read a file in parts, and give them with their table."""
    known = kind_in_parts(path, kind, most=0)
    rows = folder / "rows.parquet"
    with rows.open("wb") as file:
        found = read_in_parts(path, known, asked_for(**how), None, Spool(file, rows, folder / "notes.parquet"), seen)
    return found, checked_table(rows)


def said(notes):
    """List what was noted of rows, without what depends on the parts."""
    return [(one["row"], one["column"], one["code"], one["value"], one["what"], one["original"])
            for one in notes.to_pylist() if one["code"] not in OVER_PARTS]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("ucdp_turned_cp1252.csv", {"zone": "Etc/GMT-3"}),
        ("ucdp_turned_cp1252.csv", {}),
        ("ucdp_48_columns.csv", {}),
        ("ucdp_49_headless.csv", {}),
        ("ucdp_41_columns.parquet", {}),
        ("acled_made.csv", {"regions": DATA / "regions.geojson"}),
        ("patrols.csv", {"mapping": DATA / "patrols.yaml"}),
    ],
)
def test_files_as_they_are_found(tmp_path, name, how):
    """Tables, notes, remarks and counts of every kind of file, whatever proves its dates."""
    whole = read_reports(DATA / name, **how)
    found, table = in_parts(DATA / name, tmp_path, **how)
    notes = pq.read_table(found.notes)

    assert table.equals(whole.table)
    assert said(notes) == said(plain_notes([whole.rejected, whole.warned]))
    assert set(found.remarks) == set(whole.remarks)
    assert {code: count for code, count in found.counts.items() if code not in OVER_PARTS} == {
        code: count for code, count in whole.counts.items() if code not in OVER_PARTS
    }
    assert (found.kind, found.dataset, found.numbered) == (whole.kind, whole.dataset, whole.numbered)
    assert [found.record(row) for row in range(len(table))] == whole.numbers.tolist()


DATES = st.sampled_from(
    ["2030-02-05", "2030-05-02T00:00", "2030-05-02T10:30", "05/02/2030", "25/02/2030", "02/25/2030 00:00",
     "05/02/2030 12:00", "5.2.2030", "2030-05", "soon", "", "2030-05-02T10:00Z", "31.12.2029"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(DATES, DATES, DATES), min_size=1, max_size=30), st.integers(1, 7),
       st.sampled_from([None, "day", "month"]))  # fmt: skip
def test_dates_mean_what_they_mean_in_the_whole_file(tmp_path_factory, rows, size, stated):
    """What proves the order, and whether midnight is a day or an instant, is seen in all parts."""
    folder = tmp_path_factory.mktemp("dates")
    lines = [f"r{number},{','.join(row)}" for number, row in enumerate(rows)]
    (folder / "a.csv").write_text("report,from,until,reported\n" + "\n".join(lines) + "\n")
    how = {}
    if stated is not None:
        (folder / "map.yaml").write_text(f"date_order: {stated}\n")
        how = {"mapping": folder / "map.yaml"}
    whole = read_reports(folder / "a.csv", zone="Etc/GMT-2", **how)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "ROWS", size)
        patch.setattr(csv_parts, "LONGEST", 64)
        found, table = in_parts(folder / "a.csv", folder, zone="Etc/GMT-2", **how)

    assert table.equals(whole.table)
    assert said(pq.read_table(found.notes)) == said(plain_notes([whole.rejected, whole.warned]))
    assert set(found.remarks) == set(whole.remarks)


def test_rows_of_an_order_that_only_all_of_them_prove(tmp_path):
    """Five impossible rows prove an order; no part has more than two of them."""
    rows = "".join(f"r{number},05/02/2030,04/0{number + 3}/2030\n" for number in range(6))
    (tmp_path / "a.csv").write_text("report,from,until\n" + rows)
    whole = read_reports(tmp_path / "a.csv", zone="UTC")
    found, table = in_parts(tmp_path / "a.csv", tmp_path, zone="UTC")

    assert "TL-R304" in {remark.code for remark in whole.remarks}
    assert table.equals(whole.table)
    assert found.remarks == whole.remarks


def test_a_table_of_arrow_or_parquet(tmp_path):
    """With typed cells, in files of a kind that has no lines."""
    table = read_csv((DATA / "ucdp_48_columns.csv").read_bytes(), "a").table
    own = pa.table({"report": [f"r{n}" for n in range(12)], "lon": [20.0 + n for n in range(12)],
                    "lat": [float(n) for n in range(12)], "radius_m": [-1.0, *[5.0] * 11]})  # fmt: skip
    for number, one in enumerate((table, own)):
        pq.write_table(one, tmp_path / f"{number}.parquet")
        with (tmp_path / f"{number}.arrow").open("wb") as file:
            write_arrow(one.schema, one.to_batches(), file)
        for name in (f"{number}.parquet", f"{number}.arrow"):
            whole = read_reports(tmp_path / name)
            found, read = in_parts(tmp_path / name, tmp_path)

            assert read.equals(whole.table)
            assert found.counts == whole.counts


def test_an_empty_table_has_no_parts(tmp_path):
    """That is said, as of any file without rows."""
    empty = pa.table({"report": pa.array([], pa.string())})
    pq.write_table(empty, tmp_path / "a.parquet")
    found, table = in_parts(tmp_path / "a.parquet", tmp_path, kind="parquet")

    assert "TL-R309" in {remark.code for remark in found.remarks}
    assert len(table) == 0
    assert found.dataset is None


def test_the_file_says_what_it_is(tmp_path):
    """It counts, and says that its ids were never compared as a whole."""
    found, _ = in_parts(DATA / "acled_made.csv", tmp_path)
    about = said_of(found.path)

    assert is_checked(found.path)
    assert about["counts"] == dict(found.counts)
    assert (about["kind"], about["file"], about["compared"]) == ("acled", "acled_made.csv", False)


def test_rows_that_a_remark_counts_are_added_up(tmp_path):
    """Each part says how many of its rows name a district; it is said once, of all."""
    rows = "".join(f"r{number},2030-01-01,North\n" for number in range(12))
    (tmp_path / "a.csv").write_text("report,from,region\n" + rows)
    found, _ = in_parts(tmp_path / "a.csv", tmp_path, zone="UTC")
    [remark] = [one for one in found.remarks if one.code == "TL-R305"]

    assert remark.what.endswith(": 12 rows")


def test_whoever_waits_is_told(tmp_path):
    """The look at the dates first, then the reading: from nothing to all."""
    told = []
    in_parts(DATA / "patrols.csv", tmp_path, mapping=DATA / "patrols.yaml", seen=told.append)
    typed = pa.table({"report": ["a", "b"], "act": ["fire", "clash"]})
    pq.write_table(typed, tmp_path / "a.parquet")
    in_parts(tmp_path / "a.parquet", tmp_path, seen=told.append)

    assert told == [0.2, 1.0, 1.0]


def test_which_files_are_read_in_parts(tmp_path):
    """Those of a kind that can be cut, above a size; what is broken is left to whoever reads it."""
    (tmp_path / "a.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": []}))
    (tmp_path / "b.parquet").write_bytes(b"PAR1")
    (tmp_path / "c.csv").write_text("report,from\n" + "a,2030-01-01\n" * 9)
    geo = pa.table({"geometry": [b""]}).replace_schema_metadata({"geo": "{}"})
    pq.write_table(geo, tmp_path / "d.parquet")
    paths = {path.name: kind_in_parts(path, most=0) for path in tmp_path.iterdir()}

    assert paths == {"a.geojson": None, "b.parquet": None, "c.csv": "csv", "d.parquet": None}
    assert kind_in_parts(tmp_path / "c.csv") is None
    assert kind_in_parts(tmp_path / "c.csv", "geojson", most=0) is None
    assert kind_in_parts(tmp_path / "c.csv", "acled", most=0) == "acled"
    with pytest.raises(EvidenceError, match="TL-R001"):
        is_large(tmp_path / "none.csv")


def test_what_no_reader_can_use_is_refused(tmp_path):
    """With the code of the whole file; and a full disk is told as such."""
    pq.write_table(pa.table({"report": ["a"], "lon": pa.array([{"x": 1}])}), tmp_path / "a.parquet")
    with pytest.raises(EvidenceError, match="TL-R018"):
        in_parts(tmp_path / "a.parquet", tmp_path)
    (tmp_path / "b.csv").write_text("place\nford\n")
    with pytest.raises(EvidenceError, match="TL-R005"):
        in_parts(tmp_path / "b.csv", tmp_path, kind="ucdp")
    with Path("/dev/full").open("wb", buffering=0) as file:
        spool = Spool(file, Path("/dev/full"), tmp_path / "n.parquet")
        with pytest.raises(OSError, match="No space"):
            read_in_parts(DATA / "acled_made.csv", "acled", Asked(), None, spool)


def test_a_packed_file_is_measured_by_what_it_holds(tmp_path):
    """Its own size says little; one that was cut off is told as such."""
    packed = gzip.compress(b"report,from\n" + b"a,2030-01-01\n" * 999)
    (tmp_path / "a.csv.gz").write_bytes(packed)
    (tmp_path / "cut.csv.gz").write_bytes(gzip.compress(random.Random(7).randbytes(9_999))[:-20])

    assert len(packed) < 999
    assert is_large(tmp_path / "a.csv.gz", 999)
    assert not is_large(tmp_path / "a.csv.gz", 99_999)
    with pytest.raises(EvidenceError, match="TL-R001"):
        is_large(tmp_path / "cut.csv.gz", 99_999)

"""Files of strangers: read apart they say what they say when read here, and a child that lies is not believed."""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from truceline.errors import EvidenceError
from truceline.formats import apart
from truceline.formats.apart import needs_child, read_apart, read_into
from truceline.formats.arrow_file import write_arrow
from truceline.formats.gazetteer import read_regions
from truceline.formats.reports import read_reports
from truceline.formats.sandbox import Limits

DATA = Path(__file__).parents[1] / "data" / "reports"
ROWS = pa.table({"report": ["a", "b", "c"], "from": ["2030-03-05", "05/02/2030", "soon"], "lon": [36.1, 0.0, 36.2],
                 "lat": [32.7, 0.0, 32.8], "radius_m": [20.0, 20.0, 20.0], "place": ["N", None, "S"]})  # fmt: skip


def parquet(folder: Path) -> Path:
    """Lay out a Parquet file with good, doubtful and unusable rows."""
    pq.write_table(ROWS, folder / "a.parquet")
    return folder / "a.parquet"


def arrow(folder: Path) -> Path:
    """Lay out the same as Arrow IPC."""
    with (folder / "a.arrow").open("wb") as file:
        write_arrow(ROWS.schema, ROWS.to_batches(), file)
    return folder / "a.arrow"


def geopackage(folder: Path) -> Path:
    """Lay out a GeoPackage of areas."""
    areas = shapely.to_wkb(shapely.box(36.0 + np.arange(3), 32.0, 36.5 + np.arange(3), 33.0))
    pyogrio.write_arrow(
        ROWS.drop_columns(["lon", "lat"]).append_column("geometry", pa.array(areas)), folder / "a.gpkg",
        geometry_type="Polygon", geometry_name="geometry", crs="EPSG:4326",
    )  # fmt: skip
    return folder / "a.gpkg"


def same(one, other) -> bool:
    """Say whether two files were read alike."""
    assert one.table.equals(other.table, check_metadata=True)
    assert one.rejected.equals(other.rejected)
    assert one.warned.equals(other.warned)
    assert np.array_equal(one.numbers, other.numbers)
    assert repr(one.regions.polygons) == repr(other.regions.polygons)
    assert (one.regions.ids, one.regions.uncertainties) == (other.regions.ids, other.regions.uncertainties)
    words = ("remarks", "counts", "name", "kind", "dataset", "numbered")
    return all(getattr(one, word) == getattr(other, word) for word in words) and one.regions.source == (
        other.regions.source
    )


@pytest.mark.parametrize("lay_out", [parquet, arrow, geopackage])
def test_what_is_read_apart_is_what_is_read_here(tmp_path, lay_out):
    """Table, rejects, doubts, remarks, counts, numbers of rows and polygons: all of it is equal."""
    path = lay_out(tmp_path)
    found = read_apart(path, zone="UTC", dataset="d")

    assert needs_child(path)
    assert same(found, read_reports(path, zone="UTC", dataset="d"))
    assert found.counts["rejected"] == 1


@pytest.mark.parametrize("given", [str, read_regions])
def test_mapping_and_regions_go_along(tmp_path, given):
    """A mapping file, and districts, named as a file or loaded: the child knows them."""
    table = pa.table({"Event": ["a", "b"], "Where": ["Hamah Governorate", "nowhere"], "Date": ["2030-03-05"] * 2})
    pq.write_table(table, tmp_path / "a.parquet")
    (tmp_path / "m.yaml").write_text("columns: {report: Event, from: Date, region: Where}\n", encoding="utf-8")
    asked = {"zone": "UTC", "mapping": tmp_path / "m.yaml", "regions": given(DATA / "regions.geojson")}
    found = read_apart(tmp_path / "a.parquet", **asked)

    assert same(found, read_reports(tmp_path / "a.parquet", **asked))
    assert found.table["region"].to_pylist() == ["SY-HM", None]


def test_text_is_read_here():
    """It needs no child: limits that nothing could live in do not matter."""
    path = DATA / "ucdp_48_columns.csv"
    none = Limits(memory_bytes=1)

    assert same(read_apart(path, limits=none), read_reports(path))


def test_the_kind_decides_too(tmp_path):
    """What is to be read as Parquet goes apart, whatever it begins with; a file that is not there is a fault."""
    (tmp_path / "a.csv").write_text("report\na\n", encoding="utf-8")

    assert not needs_child(tmp_path / "a.csv")
    assert needs_child(tmp_path / "a.csv", "parquet")
    with pytest.raises(EvidenceError, match=r"a\.csv: TL-R001"):
        read_apart(tmp_path / "a.csv", "parquet")
    with pytest.raises(EvidenceError, match=r"none\.csv: TL-R001"):
        read_apart(tmp_path / "none.csv")


def test_limits_hold(tmp_path):
    """A file that needs more than it may have is refused."""
    with pytest.raises(EvidenceError, match=r"a\.parquet: TL-R60"):
        read_apart(parquet(tmp_path), limits=Limits(memory_bytes=2**27))


def other_columns(folder: Path) -> None:
    """Give a table that is none of reports."""
    with (folder / "table.arrow").open("wb") as file:
        write_arrow(ROWS.schema, ROWS.to_batches(), file)


def more_numbers(folder: Path) -> None:
    """Give numbers of other rows."""
    table = pa.table({"number": list(range(9))})
    with (folder / "numbers.arrow").open("wb") as file:
        write_arrow(table.schema, table.to_batches(), file)


def other_regions(folder: Path) -> None:
    """Give regions that are none."""
    (folder / "regions.arrow").write_bytes((folder / "numbers.arrow").read_bytes())


def broken(name: str, data: bytes):
    """Give a lie that breaks one file."""
    return lambda folder: (folder / name).write_bytes(data)


LIES = [other_columns, more_numbers, other_regions, broken("table.arrow", b"ARROW1"), broken("told.json", b"[7]"),
        broken("told.json", b"{}"), broken("told.json", b"[" * 99_999), broken("told.json", b"\xff"),
        broken("told.json", json.dumps({"counts": {}, "remarks": [["a"]], "dataset": None}).encode()),
        broken("told.json", json.dumps({"counts": {"read": "x"}, "remarks": []}).encode())]  # fmt: skip


@pytest.mark.parametrize("number", range(len(LIES)))
def test_a_child_that_lies_is_not_believed(tmp_path, monkeypatch, number):
    """Whatever it puts into the folder instead of what it should is one refusal, and no traceback."""

    def lying(function, order, _at, _limits):
        function(**order)
        LIES[number](Path(order["folder"]))

    monkeypatch.setattr(apart, "in_child", lying)
    with pytest.raises(EvidenceError, match=r"a\.parquet: TL-R604 reading it failed in a process of its own"):
        read_apart(parquet(tmp_path))


def test_what_the_child_does(tmp_path):
    """It writes its tables into the folder that it is told, and gives nothing back."""
    words = {"kind": None, "zone": "UTC", "dataset": None, "version": None}
    read_into(str(parquet(tmp_path)), str(tmp_path), words, None, None)

    assert {path.name for path in tmp_path.iterdir()} == {
        "a.parquet", "table.arrow", "rejected.arrow", "warned.arrow", "numbers.arrow", "regions.arrow", "told.json",
    }  # fmt: skip

"""Arrow IPC: files and streams, checked and unchecked, mapped into memory."""

import struct
from pathlib import Path

import pyarrow as pa
import pyarrow.feather
import pytest

from truceline.errors import EvidenceError
from truceline.formats.arrow_file import arrow_batches, arrow_count, arrow_schema, is_arrow
from truceline.formats.checked import checked_rows, checked_table, is_checked, report_batches, said_of
from truceline.formats.reports import kind_in_parts, kind_of, read_reports, write_reports

DATA = Path(__file__).parents[1] / "data" / "reports"
TABLE = pa.table({"report": ["a", "b", "c"], "lon": [20.0, 21.0, 500.0], "lat": [1.0, 2.0, 3.0], "radius_m": [5.0] * 3})


def written(path, table=TABLE, *, stream=False):
    """Write a table as others do."""
    with (pa.ipc.new_stream if stream else pa.ipc.new_file)(path, table.schema) as writer:
        writer.write_table(table, max_chunksize=2)
    return path


@pytest.mark.parametrize("stream", [False, True])
def test_files_and_streams_of_others_are_checked_cell_by_cell(tmp_path, stream):
    """Their kind shows in their first bytes, whatever their name; a bad cell is told with its row."""
    path = written(tmp_path / "patrols", stream=stream)
    read = read_reports(path)

    assert is_arrow(path.read_bytes())
    assert (read.kind, kind_of(path.read_bytes(), "patrols")) == ("arrow", "arrow")
    assert read.table["report"].to_pylist() == ["a", "b"]
    assert [(note["row"], note["code"]) for note in read.rejected.to_pylist()] == [(3, "TL-R104")]
    assert arrow_count(path) == 3


def test_feather_and_compressed_files_are_the_same(tmp_path):
    """Feather is Arrow IPC by another name."""
    pyarrow.feather.write_feather(TABLE, str(tmp_path / "a.feather"), compression="zstd")

    assert read_reports(tmp_path / "a.feather").table["lon"].to_pylist() == [20.0, 21.0]


def test_a_data_set_is_known_by_its_columns(tmp_path):
    """As in Parquet."""
    table = pa.Table.from_pylist(
        [{"event_id_cnty": "1", "event_date": "2030-01-01", "time_precision": 1, "event_type": "Battles",
          "sub_event_type": "Armed clash", "actor1": "A", "actor2": "B", "latitude": 1.0, "longitude": 2.0,
          "geo_precision": 1}]
    )  # fmt: skip
    read = read_reports(written(tmp_path / "a.arrow", table), zone="UTC")

    assert (read.kind, read.table["act"].to_pylist()) == ("acled", ["clash"])


@pytest.mark.parametrize("name", ["a.arrow", "a.ipc", "a.feather"])
def test_what_we_wrote_is_streamed(tmp_path, name):
    """In order, some rows at a time, and only the columns asked for; its metadata say what it is."""
    read = read_reports(DATA / "ucdp_turned_cp1252.csv")
    path, *_ = write_reports(read, tmp_path / name)
    batches = list(report_batches(path, rows=40))
    narrow = next(iter(report_batches(path, columns=["report", "lon"])))

    assert is_checked(path)
    assert said_of(path)["counts"]["kept"] == checked_rows(path) == 87
    assert [batch.num_rows for batch in batches] == [40, 40, 7]
    assert checked_table(path).equals(read.table)
    assert narrow.schema.names == ["report", "lon"]


def test_what_is_broken_is_refused(tmp_path):
    """Two columns of one name, a file cut off, bytes that only begin so, and bounds that lead out of the buffers."""
    twice = pa.table([pa.array(["a"]), pa.array(["b"])], names=["act", "act"])
    with pytest.raises(EvidenceError, match="TL-R006"):
        read_reports(written(tmp_path / "a.arrow", twice))
    whole = written(tmp_path / "b.arrow").read_bytes()
    for data in (whole[:-30], b"ARROW1", b"\xff\xff\xff\xff"):
        (tmp_path / "b.arrow").write_bytes(data)
        with pytest.raises(EvidenceError, match="TL-R001"):
            read_reports(tmp_path / "b.arrow")
        with pytest.raises(EvidenceError, match="TL-R001"):
            kind_in_parts(tmp_path / "b.arrow", most=0)
    offsets, wild = (struct.pack("<2i", 0, end) for end in (77, 10**8))
    whole = written(tmp_path / "c.arrow", pa.table({"report": ["a" * 77]})).read_bytes()
    (tmp_path / "c.arrow").write_bytes(whole.replace(offsets, wild))
    with pytest.raises(EvidenceError, match="TL-R001"):
        read_reports(tmp_path / "c.arrow")


def test_batches_are_cut_and_chosen(tmp_path):
    """A long batch is given in parts, and of a file only the columns asked for are looked at."""
    path = written(tmp_path / "a.arrow")

    assert [batch.num_rows for batch in arrow_batches(path, rows=1)] == [1, 1, 1]
    assert next(arrow_batches(path, ["lat"])).schema.names == ["lat"]
    assert arrow_schema(path).names == TABLE.column_names

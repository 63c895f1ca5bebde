"""Any file of reports, its kind guessed; written, streamed and read again."""

from __future__ import annotations

import csv
import gzip
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from truceline.errors import EvidenceError, UsageError
from truceline.formats import acled, ucdp
from truceline.formats.checked import report_batches
from truceline.formats.mapping_file import read_mapping
from truceline.formats.report_codes import CODES
from truceline.formats.reports import KINDS, kind_of, read_reports, write_reports

DATA = Path(__file__).parents[1] / "data" / "reports"
FORMATS = Path(__file__).parents[2] / "src" / "truceline" / "formats"
PAGE = Path(__file__).parents[2] / "docs" / "errors-reports.md"


@pytest.mark.parametrize(
    ("name", "kind", "rows"),
    [
        ("ucdp_turned_cp1252.csv", "ucdp", 87),
        ("ucdp_41_columns.parquet", "ucdp", 33),
        ("ucdp_48_columns.csv", "ucdp", 22),
        ("ucdp_49_headless.csv", "ucdp", 12),
        ("acled_made.csv", "acled", 7),
    ],
)
def test_the_kind_of_a_file_is_guessed(name, kind, rows):
    """From its first bytes and its columns."""
    read_ = read_reports(DATA / name)

    assert (read_.kind, read_.counts["read"]) == (kind, rows)


def test_a_patrol_book_with_its_mapping_file():
    """Semicolons, decimal commas, day-first dates, -99 for nothing, own words."""
    read_ = read_reports(DATA / "patrols.csv", mapping=DATA / "patrols.yaml")
    rows = read_.table.to_pylist()

    assert [row["report"] for row in rows] == ["patrols:17", "patrols:18", "patrols:19"]
    assert [row["act"] for row in rows] == ["clash", "fire.artillery", "presence"]
    assert rows[0]["involved"] == ["northbank", "southbank"]
    assert (rows[0]["lon"], rows[2]["lon"], rows[0]["radius_m"]) == (36.7076, None, 500.0)
    assert rows[1]["from"].isoformat() == "2019-04-04T21:00:00+00:00"
    assert rows[0]["Event No"] == "17"
    assert read_.dataset == "patrols"


def test_arguments_go_before_the_mapping_file():
    """The zone given in the call counts; a mapping may be handed over as read."""
    how = read_mapping(DATA / "patrols.yaml")
    read_ = read_reports(DATA / "patrols.csv", "csv", mapping=how, zone="UTC", regions=DATA / "regions.geojson")

    assert read_.table["from"][1].as_py().isoformat() == "2019-04-05T00:00:00+00:00"
    assert "SY-QU" in read_.regions.ids


def test_a_mapping_file_may_name_own_tables_of_codes(tmp_path):
    """They lie beside it; what they do not know is doubted."""
    (tmp_path / "own.csv").write_text("dataset,code,radius_m,level,days,note\nucdp-ged,1,5000,,,\n")
    (tmp_path / "acts.csv").write_text("code,act,maybe,by,thing,note\n1,clash,,,,\n")
    (tmp_path / "map.yaml").write_text("precision: own.csv\nacts: acts.csv\n")
    read_ = read_reports(DATA / "ucdp_48_columns.csv", mapping=tmp_path / "map.yaml")

    assert set(read_.table["radius_m"].to_pylist()) == {5000.0, None}
    assert set(read_.table["act"].to_pylist()) == {"clash", None}
    assert read_.counts["TL-R203"] > 0
    assert read_.counts["TL-R219"] > 0


def test_points_in_geojson_are_read(tmp_path):
    """By its first sign, whatever its name."""
    path = tmp_path / "a.json"
    path.write_text('{"type": "Feature", "id": 1, "geometry": null, "properties": {"from": "2017", "act": "fire"}}')

    assert read_reports(path).kind == "geojson"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "report,from,lon\n"),
        ("a.geojson", '{"type": "FeatureCollection", "features": []}'),
        ("a.csv", ",".join(ucdp.NEEDED)),
        ("a.csv", ",".join(acled.NEEDED)),
    ],
)
def test_a_file_without_rows_is_read_and_that_is_said(tmp_path, name, text):
    """It is no error: a month may have no report."""
    (tmp_path / name).write_text(text)
    read_ = read_reports(tmp_path / name, zone="UTC")

    assert len(read_.table) == 0
    assert [fault.code for fault in read_.remarks] == ["TL-R309"]


def test_an_empty_table_is_read_and_that_is_said(tmp_path):
    """Parquet too; a file in which every row is refused has rows."""
    pq.write_table(pa.table({"report": pa.array([], pa.string())}), tmp_path / "a.parquet")
    (tmp_path / "b.csv").write_text("report,lon,lat\n1,500,1\n")

    assert [fault.code for fault in read_reports(tmp_path / "a.parquet").remarks] == ["TL-R309"]
    assert read_reports(tmp_path / "b.csv").remarks == ()


def test_packed_files_are_read(tmp_path):
    """CSV as .gz."""
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress((DATA / "ucdp_48_columns.csv").read_bytes()))

    assert read_reports(path).counts["read"] == 22


def test_a_kind_that_nobody_knows_is_refused():
    """With the kinds there are."""
    with pytest.raises(EvidenceError, match="TL-R002"):
        read_reports(DATA / "patrols.csv", "xlsx")

    assert kind_of(b"report,act\n", "a") in KINDS


def test_what_was_written_is_read_again(tmp_path):
    """Every column, ours and theirs; the metadata count what was found."""
    read_ = read_reports(DATA / "ucdp_41_columns.parquet", zone="UTC", regions=DATA / "regions.geojson")
    path, _ = write_reports(read_, tmp_path / "out.parquet")
    again = read_reports(path)
    meta = pq.read_schema(path).metadata[b"truceline"]

    assert again.kind == "parquet"
    assert again.table.equals(read_.table)
    assert again.counts["rejected"] == again.counts["warned"] == 0
    assert b'"dataset": "ucdp-ged"' in meta
    assert b'"TL-R208": 3' in meta


def test_rejects_are_written_beside_the_table(tmp_path):
    """Row, column, code, reason, remedy and the whole record; no cell begins like a formula."""
    path = tmp_path / "a.csv"
    path.write_text(
        'report,from,act,count_lo,place\n1,2017,fire,=1+1,=cmd|\n2,2017,fire,,x\n3,2017,"fire,x\n4,2017,fire,,\n'
    )
    table, rejects = write_reports(read_reports(path), tmp_path / "out.parquet")
    rows = list(csv.DictReader(rejects.read_text("utf-8").splitlines()))

    assert rejects.name == "out.parquet.rejects.csv"
    assert pq.read_table(table).num_rows == 1
    assert [(row["row"], row["fate"], row["column"], row["code"]) for row in rows] == [
        ("1", "left out", "count_lo", "TL-R103"),
        ("2", "loaded with a doubt", "lon", "TL-R202"),
        ("3", "left out", "", "TL-R102"),
    ]
    assert rows[0]["value"] == '"=1+1"'
    assert '"place": "=cmd|"' in rows[0]["original"]
    assert rows[1]["original"] == ""
    assert not any(cell[:1] in {"=", "+", "-", "@", "\t"} for row in rows for cell in row.values())


def test_nothing_is_left_behind_when_writing_fails(tmp_path):
    """Wholly or not at all."""
    read_ = read_reports(DATA / "patrols.csv", mapping=DATA / "patrols.yaml")
    with pytest.raises(UsageError):
        write_reports(read_, tmp_path / "no" / "out.parquet")

    assert list(tmp_path.iterdir()) == []


def test_a_written_table_is_streamed_batch_by_batch(tmp_path):
    """In order, at most so many rows at once, and only the columns that are asked for."""
    read_ = read_reports(DATA / "ucdp_turned_cp1252.csv")
    path, *_ = write_reports(read_, tmp_path / "out.parquet")
    batches = list(report_batches(path, rows=40))
    narrow = list(report_batches(path, columns=["report", "lon"]))

    assert [batch.num_rows for batch in batches] == [40, 40, 7]
    assert pa.Table.from_batches(batches).equals(read_.table)
    assert narrow[0].schema.names == ["report", "lon"]


def test_only_what_was_checked_is_streamed(tmp_path):
    """Another Parquet file has to be read first; what is none is refused."""
    (tmp_path / "text.parquet").write_text("no")
    with pytest.raises(EvidenceError, match="its cells were never checked"):
        list(report_batches(DATA / "ucdp_41_columns.parquet"))
    with pytest.raises(EvidenceError, match="TL-R001"):
        list(report_batches(tmp_path / "text.parquet"))


def test_parquet_that_no_reader_can_trust_is_refused(tmp_path):
    """Two columns with one name, a kind of column that no report has, pages cut off, and text that is none."""
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table([pa.array([1]), pa.array([2])], names=["act", "act"]), path)
    with pytest.raises(EvidenceError, match="TL-R006"):
        read_reports(path)
    pq.write_table(pa.table({"report": ["a"], "lon": pa.array([{"x": 1}])}), path)
    with pytest.raises(EvidenceError, match="TL-R018"):
        read_reports(path)
    pq.write_table(pa.table({"report": [str(number) for number in range(999)]}), path)
    whole = path.read_bytes()
    path.write_bytes(whole[:4] + bytes(500) + whole[504:])
    with pytest.raises(EvidenceError, match="TL-R001"):
        read_reports(path)
    path.write_bytes(b"PAR1")
    with pytest.raises(EvidenceError, match="TL-R001"):
        read_reports(path)


def test_every_code_is_used_and_explained():
    """A code that nothing raises, or that no page explains, would be a promise without a keeper."""
    core = [FORMATS.parent / "evidence" / "place_words.py", FORMATS.parent / "locate" / "placing.py"]
    files = [path for path in FORMATS.glob("*.py") if path.name != "report_codes.py"]
    sources = "\n".join(path.read_text("utf-8") for path in (*files, *core))
    used = set(re.findall(r"TL-R[0-9]{3}", sources))
    explained = set(re.findall(r"^### (TL-R[0-9]{3})", PAGE.read_text("utf-8"), re.MULTILINE))

    assert used == set(CODES) == explained
    assert not [code for code, words in CODES.items() if not words.what or not words.do]


def test_the_remedies_fit_a_command_and_a_call():
    """Nobody at a terminal can give a keyword of Python; the page says what the program says."""
    page = PAGE.read_text("utf-8")

    assert [words.do for words in CODES.values() if re.search(r"[a-z]=", words.do)] == []
    assert [words.do for words in CODES.values() if f"**Do:** {words.do}.\n" not in page] == []

"""Rows of results in CSV, JSON lines and Parquet."""

import csv
import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.formats.findings_file import FORMATS, row_writer

WORD = pa.dictionary(pa.int32(), pa.string())
SCHEMA = pa.schema([("report", pa.string()), ("verdict", WORD), ("reasons", WORD), ("far_m", pa.float64())])
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=12)
metres = st.none() | st.floats(-1e7, 1e7)


def batch(rows):
    """Make a batch of rows."""
    return pa.RecordBatch.from_pylist([dict(zip(SCHEMA.names, row, strict=True)) for row in rows], schema=SCHEMA)


def wrote(form, *batches, about=None):
    """Write batches and give the bytes."""
    file = io.BytesIO()
    with row_writer(file, form, SCHEMA, about) as writer:
        for one in batches:
            writer.write(one)
    return file.getvalue()


@settings(max_examples=50)
@given(st.lists(st.tuples(words, st.sampled_from(["a", "b"]), st.sampled_from(["x", "x;y"]), metres), max_size=8))
def test_the_machine_formats_lose_nothing(rows):
    """JSON lines and Parquet give back every text and every number to the bit."""
    lines = wrote("jsonl", batch(rows)).decode().split("\n")[:-1]
    from_json = [json.loads(line) for line in lines]
    from_parquet = pq.read_table(io.BytesIO(wrote("parquet", batch(rows)))).to_pylist()

    assert [tuple(row.values()) for row in from_parquet] == rows
    assert [(row["report"], row["reasons"], row["far_m"]) for row in from_json] == [
        (report, reasons.split(";"), far) for report, _, reasons, far in rows
    ]


def test_json_lines_name_the_proxy_of_a_clause():
    """A clause that is observed in part only is named with what stands in for it, in each of its rows and no other."""
    schema = pa.schema([("provision", WORD)])
    rows = pa.RecordBatch.from_pylist([{"provision": "fewer"}, {"provision": "halt"}], schema=schema)
    file = io.BytesIO()
    with row_writer(file, "jsonl", schema, {"proxies": {"fewer": "sightings per patrol"}}) as writer:
        writer.write(rows)

    assert [json.loads(line) for line in file.getvalue().decode().splitlines()] == [
        {"provision": "fewer", "proxy": "sightings per patrol"}, {"provision": "halt"},
    ]  # fmt: skip


@settings(max_examples=100)
@given(st.lists(st.tuples(words, st.sampled_from(["a", "b"]), st.just("x"), metres), max_size=8))
def test_a_spreadsheet_runs_nothing_and_reads_every_number(rows):
    """A CSV reader gets every row back; a text that begins like a formula has an apostrophe, a number has none."""
    read = list(csv.DictReader(io.StringIO(wrote("csv", batch(rows)).decode(), newline="")))

    assert len(read) == len(rows)
    for got, (report, _, _, far) in zip(read, rows, strict=True):
        assert got["report"] in (report, f"'{report}")
        assert got["report"][:1] not in ("=", "@", "\t") or not got["report"]
        assert (float(got["far_m"]) == pytest.approx(far, abs=0.0006)) if far is not None else got["far_m"] == ""


@pytest.mark.parametrize(
    ("name", "cell"), [("-5", "-5"), ("+4.5e3", "+4.5e3"), ("-5+1", "'-5+1"), ("@a", "'@a"), ("a=1", "a=1")]
)
def test_a_number_is_no_formula(name, cell):
    """A name that is a number stays one; one that only begins so is text."""
    assert wrote("csv", batch([(name, "a", "x", None)])).decode().split("\n")[1].split(",")[0] == cell


def test_quotes_only_where_they_are_needed():
    """A batch without commas, quotes and line ends is written plainly; one with them is quoted."""
    plain, quoted = batch([("a", "v", "x", 1.0)]), batch([('a,"b"', "v", "x", None)])

    assert wrote("csv", plain, quoted).decode() == 'report,verdict,reasons,far_m\na,v,x,1\n"a,""b""","v","x",\n'


def test_the_file_tells_what_its_rows_are():
    """A Parquet file carries the description, and keeps its dictionaries; each batch is a row group."""
    data = wrote("parquet", batch([("a", "v", "x", 1.0)]), batch([]), about={"agreement": "river"})
    file = pq.ParquetFile(io.BytesIO(data))

    assert json.loads(file.schema_arrow.metadata[b"truceline"]) == {"agreement": "river"}
    assert file.schema_arrow.field("verdict").type == WORD


def test_no_rows_are_a_file_too():
    """Without rows CSV has its header, JSON lines nothing, Parquet its schema."""
    assert wrote("csv") == b"report,verdict,reasons,far_m\n"
    assert wrote("jsonl") == b""
    assert pq.read_table(io.BytesIO(wrote("parquet"))).num_rows == 0


def test_the_endings_are_known():
    """Every format has an ending of its own."""
    assert set(FORMATS.values()) == {"csv", "jsonl", "parquet"}


def test_row_groups_grow_with_the_file():
    """A long Parquet file has few row groups, and every row stands in it in its order, whatever the dictionaries."""
    words = [pa.array(["a", "b"]), pa.array(["b", "c"])]
    batches = [
        pa.record_batch({
            "number": pa.array(range(start, start + 1000)),
            "word": pa.DictionaryArray.from_arrays(pa.array([0, 1] * 500, pa.int8()), words[start // 1000 % 2]),
        })
        for start in range(0, 200_000, 1000)
    ]  # fmt: skip
    file = io.BytesIO()
    with row_writer(file, "parquet", batches[0].schema) as writer:
        for batch in batches:
            writer.write(batch)
    read = pq.ParquetFile(io.BytesIO(file.getvalue()))

    assert read.num_row_groups < 100
    assert read.read()["number"].to_pylist() == list(range(200_000))
    assert read.read()["word"].cast(pa.string()).to_pylist()[:1002][-4:] == ["a", "b", "b", "c"]

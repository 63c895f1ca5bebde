"""Whatever a file says, it is a table that adds up or a refusal with its place: by grammar, and by changed bytes."""

import json
import math
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutants import read_many
from truceline.errors import EvidenceError, TermsError
from truceline.formats.geojson import read_geojson
from truceline.formats.plain import Asked
from truceline.formats.report_codes import CODES
from truceline.formats.reports import read_reports
from truceline.formats.result import ReportsRead
from truceline.formats.sandbox import Limits, in_child
from truceline.formats.statements_file import statements_in
from truceline.formats.terms_file import load_text

MODEST = settings(max_examples=60, deadline=None)
COLUMNS = ["report", "from", "until", "lon", "lat", "radius_m", "involved", "act", "count_lo", "count_hi", "release",
           "Report", "", "note", "region", "lasting", "grade", "reported", "source_identity"]  # fmt: skip
CELLS = st.sampled_from(
    ["a", "b", "", " ", "2030-03-05", "05/02/2030", "2030", "31/02/2030", "2030-03-05T12:00+14:00", "pkg + 14 d",
     "..", "36.1", "-0", "1e308", "1e400", "nan", "inf", "1_000", "\uff11", "540", "-181", "0x1", "=1+1", "-1",
     "9" * 50, "\0", "presence", "clash", "true", "maybe", ";", "a;b", '"', 'x"y', "\n", "x\ny", "\r", "\t", ",",
     "\u202e", "\ud7ff", "e\u0301", "\U0001f600", "\ufeff", "A1", "F9", "public", "protected"]
)  # fmt: skip


def adds_up(read: ReportsRead, name: str) -> None:
    """Check the laws of whatever was read."""
    counts, rows = read.counts, read.table.to_pylist()

    assert counts["read"] == counts["kept"] + counts["rejected"]
    assert counts["kept"] == len(rows) == len(read.numbers)
    assert set(read.rejected["row"].to_pylist()).isdisjoint(read.numbers.tolist())
    assert all(fault.at.startswith(name) and fault.code in CODES for fault in read.remarks)
    for row in rows:
        assert row["report"]
        assert row["lon"] is None or (-180 <= row["lon"] <= 180 and -90 <= row["lat"] <= 90)
        assert row["radius_m"] is None or 0 < row["radius_m"] < math.inf
        assert row["from"] is None or row["from"] <= row["until"]
        assert None in (row["count_lo"], row["count_hi"]) or 0 <= row["count_lo"] <= row["count_hi"]
        assert row["release"] in (None, "public", "protected")


def answered(read, name: str) -> None:
    """Check that an attempt to read is a table that adds up, or a refusal whose faults name file, code and remedy."""
    try:
        found = read()
    except EvidenceError as error:
        found = error

    if isinstance(found, EvidenceError):
        assert all(one.at.startswith(name) and one.code in CODES and one.what and one.remedy for one in found)
    else:
        adds_up(found, name)


lines = st.lists(st.lists(CELLS, max_size=6), max_size=8)


@MODEST
@given(
    names=st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=6), rows=lines, mark=st.sampled_from(",;\t"),
    end=st.sampled_from(["\n", "\r\n", "\r"]), quoted=st.booleans(),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "latin-1"]),
)  # fmt: skip
def test_any_csv_is_a_table_or_a_refusal(tmp_path_factory, names, rows, mark, end, quoted, encoding):
    """Cells, quotes, line ends and encodings in any order."""
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    cells = [[f'"{cell}"' if quoted else cell for cell in row] for row in rows]
    text = end.join(mark.join(row) for row in [names, *cells])
    path.write_bytes(text.encode(encoding, errors="replace"))
    answered(lambda: read_reports(path, "csv", zone="UTC"), str(path))


numbers = st.one_of(
    st.integers(),
    st.floats(allow_nan=False),
    st.sampled_from([1e308, -0.0, 180, 181, 10**400, 10**18, "x", None, True]),
)
positions = st.lists(numbers, max_size=4)
coordinates = st.recursive(positions, lambda inner: st.lists(inner, max_size=5), max_leaves=12)
KINDS = ["Point", "Polygon", "MultiPolygon", "LineString", "MultiPoint", "Cloud", 7, None]
geometries = st.none() | st.fixed_dictionaries(
    {}, optional={"type": st.sampled_from(KINDS), "coordinates": coordinates | numbers}
)
values = st.recursive(
    CELLS | numbers, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CELLS, inner, max_size=2)
)
properties = st.none() | st.dictionaries(st.sampled_from(COLUMNS), values, max_size=6)
features = st.fixed_dictionaries(
    {"type": st.just("Feature"), "geometry": geometries, "properties": properties}, optional={"id": values}
)


@MODEST
@given(st.lists(features, max_size=5))
def test_any_geojson_is_a_table_or_a_refusal(parts):
    """Geometries of wrong shapes, numbers without end, and properties of any kind."""
    text = json.dumps({"type": "FeatureCollection", "features": parts}).encode()
    answered(lambda: read_geojson(text, "a.geojson", Asked(zone="UTC")), "a.geojson")


YAML = ["truceline: 1\n", "agreement:\n", "  id: x\n", "parties: {a: {name: A}}\n", "- ", "? ", ": ", "{", "}", "[",
        "]", "a", "'", '"', "\n", "  ", "\t", "#", "|\n", ">-\n", "&a ", "*a", "!!str ", "<<: ", "---\n", "...\n",
        "%YAML 1.1\n", ",", "provisions:\n", "  - {id: p1, who: [a]}\n", "no", "12:30", "\\u0000",
        "\x85", "\u2028", "~"]  # fmt: skip


@MODEST
@given(st.lists(st.sampled_from(YAML), max_size=25).map("".join))
def test_any_terms_are_an_agreement_or_faults_with_their_lines(text):
    """Pieces of YAML in any order: every fault has a line, a column and a code."""
    try:
        faults = list(load_text(text, "d").documents)[:0]
    except TermsError as error:
        faults = list(error.faults) or [None]

    assert all(re.fullmatch(r"d:\d+:\d+", fault.at) and fault.code.startswith("TL-E") for fault in faults)


@MODEST
@given(
    st.lists(
        st.dictionaries(st.sampled_from(["id", "chain", "stance", "said", "about", "modes", "x"]), values), max_size=4
    )
)
def test_any_statements_are_read_or_left_out(rows):
    """Every row is accounted for, and what is left out says in which row it stood."""
    text = "\n".join(json.dumps(row) for row in rows).encode()
    read = statements_in(text, "s.jsonl") if text.lstrip()[:1] == b"{" else None

    if read is not None:
        assert len(read.statements) + len(read.rejected) == len(rows)
        assert all(fault.at.startswith("s.jsonl row") for row in read.rejected for fault in row.faults)


@pytest.mark.parametrize("kind", ["parquet", "arrow", "gpkg"])
def test_changed_bytes_are_a_table_or_a_refusal(tmp_path, kind):
    """Eighty files with a few bytes changed, read one after the other in a process of its own: it survives them all."""
    answer = tmp_path / "answer.json"
    order = {"kind": kind, "count": 80, "seed": 7, "answer": str(answer)}
    in_child(read_many, order, kind, Limits(memory_bytes=3 * 2**30, seconds=120))
    found = json.loads(answer.read_bytes())

    assert found["strange"] == []
    assert found["read"] + found["refused"] == 80
    assert found["refused"] > 20

"""ACLED exports, on invented rows."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest

from truceline.errors import EvidenceError
from truceline.evidence.regions import Regions
from truceline.formats.acled import read_acled
from truceline.formats.gazetteer import Gazetteer
from truceline.formats.tables import acts_by_code, non_actors, precisions, printed

MADE = Path(__file__).parents[1] / "data" / "reports" / "acled_made.csv"
NORTH = Gazetteer(Regions(("N",), ((),), (0.0,), "toy"), (("North Province",),), ("adm1",))


@pytest.fixture(scope="module")
def rows():
    """The invented export, every row by its number."""
    return read_acled(MADE, zone="Etc/GMT-3", regions=NORTH, version="2023-04").table.to_pylist()


def codes(table):
    """List row, column and code of each note."""
    return [(note["row"], note["column"], note["code"]) for note in table.to_pylist()]


def test_a_clash_shows_that_both_were_within_reach_and_attributes_nothing(rows):
    """Actor 1 and actor 2 imply no direction; allies are named too."""
    clash = rows[0]

    assert (clash["act"], clash["maybe"], clash["by"]) == ("clash", ["fire", "advance", "presence"], None)
    assert clash["involved"] == ["Northbank Army", "Northbank Scouts", "Ford Militia", "Southbank Army"]
    assert (clash["lon"], clash["lat"], clash["radius_m"], clash["place"]) == (36.2, 33.1, 2000.0, "Ford")
    assert (clash["via"], clash["dataset_version"]) == (["River Post", "Ford Radio"], "2023-04")
    assert clash["count_lo"] is None


def test_time_precision_widens_the_date_on_both_sides(rows):
    """A day, some day of that week, some day of that month."""
    spans = [(row["from"], row["until"]) for row in rows[:3]]

    assert [(until - start).days for start, until in spans] == [1, 13, 63]
    assert spans[0][0] == dt.datetime(2023, 1, 4, 21, tzinfo=dt.UTC)
    assert rows[0]["reported"] == dt.datetime(2023, 1, 6, 10, 13, 20, tzinfo=dt.UTC)
    assert rows[5]["reported"] is None


def test_a_base_that_was_established_is_a_position_in_a_region(rows):
    """The only rows that surely show presence are the strategic developments."""
    assert (rows[2]["act"], rows[2]["thing"], rows[2]["region"], rows[2]["radius_m"]) == ("position", "post", "N", None)
    assert [row["act"] for row in rows[3:5]] == ["fire.air", "detention"]


def test_civilians_are_no_actors(rows):
    """Their country stands in brackets behind them."""
    assert rows[1]["involved"] == ["Southbank Army"]
    assert rows[5]["involved"] is None


def test_doubts_are_told_at_their_cells():
    """Codes that no table knows, an id that comes back, and a row that names no actor."""
    read_ = read_acled(MADE)

    assert codes(read_.warned) == [
        (6, "geo_precision", "TL-R203"), (6, "time_precision", "TL-R221"), (6, "sub_event_type", "TL-R219"),
        (6, "actor1", "TL-R213"), (7, "event_id_cnty", "TL-R207"),
    ]  # fmt: skip
    assert [fault.code for fault in read_.remarks] == ["TL-R305", "TL-R302"]
    assert read_.counts["rejected"] == 0


def test_rows_without_id_or_date_are_rejected(tmp_path):
    """And a position that is only half there."""
    with MADE.open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file)) | {"event_date": "soon", "latitude": ""}
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerows([row, row | {"event_id_cnty": ""}])
    read_ = read_acled(tmp_path / "a.csv")

    assert {(row, code) for row, _, code in codes(read_.rejected)} == {
        (1, "TL-R106"), (1, "TL-R110"), (2, "TL-R106"), (2, "TL-R109"), (2, "TL-R110"),
    }  # fmt: skip


def test_parquet_gives_the_same_reports():
    """Typed columns and text are read alike."""
    table = pacsv.read_csv(MADE, parse_options=pacsv.ParseOptions(newlines_in_values=True))
    sink = pa.BufferOutputStream()
    pq.write_table(table.rename_columns([name.removeprefix("\ufeff") for name in table.column_names]), sink)
    typed, text = read_acled(sink.getvalue().to_pybytes()), read_acled(MADE)
    columns = ["report", "from", "until", "lon", "lat", "radius_m", "act", "maybe", "involved", "reported"]

    assert typed.table.select(columns) == text.table.select(columns)


def test_another_table_is_refused():
    """With the columns that it lacks."""
    with pytest.raises(EvidenceError, match="ACLED without event_id_cnty"):
        read_acled(b"a,b\n1,2\n")


def test_the_shipped_tables_are_sound():
    """They load, and every act in them is in the tree; a user can print and change them."""
    assert len(acts_by_code("acled")) == 25
    assert acts_by_code("ucdp-ged")["3"].by == "side_a"
    assert "Civilians*" in non_actors("acled")
    assert precisions()["ucdp-ged", "5"].level == "adm1"
    assert printed("precision").startswith("dataset,code,radius_m,level,days,note")


def test_a_table_of_a_user_is_checked(tmp_path):
    """A column that is missing is named."""
    path = tmp_path / "precision.csv"
    path.write_text("dataset,code\n")
    with pytest.raises(EvidenceError, match="it lacks the columns radius_m, level, days, note"):
        precisions(path)

"""Made-up reports: as many as asked, the same every time, as like the real ones as a load test needs."""

import io
import json

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyproj import Geod

from truceline.api.generating import write_generated
from truceline.engines import generating
from truceline.engines.generating import generated, generated_schema
from truceline.errors import UsageError
from world import instant, reports

DAY = {"from": instant("2031-05-01"), "until": instant("2031-05-02")}
LIKE = reports(
    {"report": "a:1", "lon": 20.0, "lat": 0.5, "radius_m": 5_000.0, "by": ["X"], "act": "presence", **DAY},
    {
        "report": "a:2",
        "lon": 179.99,
        "lat": -60.0,
        "radius_m": 25_000.0,
        "involved": ["Y", "Z"],
        "thing": "tank",
        **DAY,
    },
    {"report": "a:3", "lon": None, "lat": None, "radius_m": None, "from": None, "until": None},
)


def made(rows, seed=1):
    """Make reports up, as one table."""
    return pa.Table.from_batches(generated(LIKE, rows, seed), generated_schema(LIKE, rows, seed))


def test_equal_seeds_give_equal_reports():
    """The same seed makes the same rows, another one others."""
    assert made(1_000).equals(made(1_000))
    assert not made(1_000).equals(made(1_000, seed=2))


def test_a_longer_file_begins_like_a_shorter_one(monkeypatch):
    """Whole blocks do not depend on how many follow."""
    monkeypatch.setattr(generating, "BLOCK", 100)

    assert made(300).slice(0, 200).equals(made(200).cast(made(300).schema))


def test_places_lie_in_the_disc_of_a_real_report():
    """No made-up place is farther from a real one than that one's radius."""
    table = made(5_000)
    lon, lat, radius = (table.column(name).to_numpy() for name in ("lon", "lat", "radius_m"))
    near = radius == 5_000.0
    away = Geod(ellps="WGS84").inv(lon, lat, np.where(near, 20.0, 179.99), np.where(near, 0.5, -60.0))[2]

    assert np.nanmax(np.where(np.isfinite(radius), away / radius, 0)) < 1.01
    assert np.nanmax(np.abs(lon)) <= 180.0
    assert table.column("lon").null_count == np.sum(~np.isfinite(radius)) > 0


def test_dates_are_those_of_real_reports():
    """Spans keep their length, and what has no date gets none."""
    table = made(2_000)
    begin, end = (table.column(name).to_pylist() for name in ("from", "until"))

    assert set(zip(begin, end, strict=True)) == {(None, None), (DAY["from"], DAY["until"])}


def test_rows_and_file_say_that_they_are_made_up(tmp_path):
    """Id, origin and metadata tell, and the file streams like an imported one."""
    like, out = tmp_path / "like.parquet", tmp_path / "many.parquet"
    pq.write_table(LIKE, like)
    with out.open("wb") as file:
        write_generated(like, file, 10, seed=3)
    table = pq.read_table(out)

    assert json.loads(table.schema.metadata[b"truceline"])["generated"] == {"rows": 10, "seed": 3, "like_rows": 3}
    assert {one.partition(":")[0] for one in table.column("report").to_pylist()} == {"generated"}
    assert set(table.column("origin").to_pylist()) == {"generated"}


def test_nothing_comes_of_nothing(tmp_path):
    """A file without reports is no model."""
    pq.write_table(LIKE.slice(0, 0), tmp_path / "none.parquet")

    with pytest.raises(UsageError, match="TL-E933"):
        write_generated(tmp_path / "none.parquet", io.BytesIO(), 5, seed=0)

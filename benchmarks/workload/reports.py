"""The reports of the common workload: a file that counts as imported, so that Truceline streams it as it stands.

The first 6,500 reports are exact to the point and lie within 40 miles of the line: the oracle measures them.
"""

import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyproj import Geod
from workload.terms import ACTORS, ACTS

from truceline.formats.arrow import REPORT_SCHEMA

SAMPLE = 6_500
FORTY_MILES = 40 * 1609.344
NEAR, FAR = (35.7, 32.4, 37.6, 37.0), (31.0, 28.0, 42.0, 41.0)
GROUP = 122_880
GEOD = Geod(ellps="WGS84")
BEGIN, MONTHS_36 = 1_704_067_200, 36 * 30 * 86_400  # 2024-01-01, in seconds


def write_reports(path: Path, line: np.ndarray, rows: int) -> None:
    """Write a file of reports in Truceline's own columns, snappy, in many row groups."""
    told = {"kind": "bench", "dataset": "bench", "counts": {"read": rows, "kept": rows}, "numbered": False}
    schema = REPORT_SCHEMA.with_metadata({b"truceline": json.dumps(told).encode()})
    random = np.random.default_rng(2)
    with pq.ParquetWriter(path, schema, compression="snappy") as file:
        for start in range(0, rows, GROUP):
            table = block(random, start, min(GROUP, rows - start), schema)
            file.write_table(table if start else sampled(table, line), row_group_size=GROUP)


def block(random: np.random.Generator, start: int, rows: int, schema: pa.Schema) -> pa.Table:
    """Make reports up: nine in ten within some 40 miles, all of them distinct."""
    windows = np.where(random.random(rows) < 0.9, 0, 1)
    west, south, east, north = np.array([NEAR, FAR])[windows].T
    seconds = BEGIN + random.integers(0, MONTHS_36 // 60, rows) * 60
    time = pa.array(seconds * 1_000_000).cast(pa.timestamp("us", "UTC"))
    actors = pa.array(ACTORS).take(pa.array(random.integers(0, len(ACTORS), rows)))
    number = pa.array(np.arange(start, start + rows)).cast(pa.string())
    ours = {
        "report": pc.binary_join_element_wise("bench", number, ":"),
        "dataset": pa.array(["bench"] * rows),
        "from": time,
        "until": time,
        "lon": pa.array(np.round(random.uniform(west, east), 7)),
        "lat": pa.array(np.round(random.uniform(south, north), 7)),
        "radius_m": pa.array(np.round(np.exp(random.uniform(np.log(100.0), np.log(20e3), rows)), 1)),
        "by": pa.ListArray.from_arrays(np.arange(rows + 1, dtype=np.int32), actors),
        "act": pa.array(ACTS).take(pa.array(random.integers(0, len(ACTS), rows))),
    }
    columns = [ours.get(field.name, pa.nulls(rows, field.type)).cast(field.type) for field in schema]
    return pa.table(columns, schema=schema)


def sampled(table: pa.Table, line: np.ndarray) -> pa.Table:
    """Put the first places beside the line, up to 40 miles from one of its points, and make them exact."""
    random, n = np.random.default_rng(3), min(SAMPLE, len(table))
    edge, share = random.integers(0, len(line) - 1, n), random.random((n, 1))
    lon, lat = (line[edge] * (1.0 - share) + line[edge + 1] * share).T
    lon, lat, _ = GEOD.fwd(lon, lat, random.uniform(0.0, 360.0, n), FORTY_MILES * np.sqrt(random.random(n)))
    for name, values in {"lon": np.round(lon, 7), "lat": np.round(lat, 7), "radius_m": np.zeros(n)}.items():
        at = table.column_names.index(name)
        whole = np.concatenate([values, table.column(name).to_numpy()[n:]])
        table = table.set_column(at, table.schema.field(at), pa.array(whole))
    return table

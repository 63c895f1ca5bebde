"""DuckDB with its spatial extension: to UTM, ST_Distance, ST_LineLocatePoint, ST_Contains; Parquet to Parquet.

The extension comes as a package; it is loaded from there, so nothing is downloaded or left in the home directory.
"""

import sys
import time
from importlib.metadata import files

import duckdb
import numpy as np
import pyarrow.parquet as pq
from peers import common
from peers.sql import closed, statement, wkt
from pyproj import Transformer

SOURCE = """
SELECT report, "from", radius_m, "by"[1] AS actor, act,
       CASE WHEN ST_Contains(side, spot) THEN 1 ELSE -1 END * ST_Distance(spot, line) AS offset_m,
       ST_LineLocatePoint(line, spot) * {length} AS station_m
FROM (SELECT *, ST_Transform(ST_Point(lon, lat), 'EPSG:4326', 'EPSG:{zone}', always_xy := true) AS spot
      FROM read_parquet('{file}')) AS reports,
     (SELECT ST_GeomFromText('{line}') AS line, ST_GeomFromText('{side}') AS side) AS ground
"""


def extension() -> str:
    """Find the extension among the files of its package."""
    [found] = [one for one in files("duckdb-extension-spatial") or () if one.name == "spatial.duckdb_extension"]
    return str(found.locate())


def main() -> None:
    """Run one statement."""
    file, line, out = sys.argv[1:]
    began = time.perf_counter()
    rules, vertices = common.rules_beside(line), common.vertices_of(line)
    zone = common.utm_of(vertices)
    corners = np.stack(Transformer.from_crs(4326, zone, always_xy=True).transform(*vertices.T), axis=1)
    length = float(np.hypot(*np.diff(corners, axis=0).T).sum())
    source = SOURCE.format(
        file=file, zone=zone, length=length, line=wkt("line", corners),
        side=wkt("ring", closed(common.plus_side(corners, 1e6))),
    )  # fmt: skip
    with duckdb.connect() as database:
        database.execute(f"LOAD '{extension()}'")
        database.execute(f"COPY ({statement(rules, source)}) TO '{out}' (FORMAT parquet)")
    common.told(pq.read_metadata(out).num_rows, began)


if __name__ == "__main__":
    main()

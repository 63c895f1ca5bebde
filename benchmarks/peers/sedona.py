"""SedonaDB: geography on the sphere, ST_Distance and ST_LineLocatePoint, the side by a polygon; Parquet to Parquet."""

import sys
import time

import pyarrow.dataset as ds
import sedonadb
from peers import common
from peers.sql import closed, statement, wkt
from pyproj import Geod

SOURCE = """
SELECT report, "from", radius_m, by[1] AS actor, act,
       CASE WHEN ST_Contains({side}, ST_Point(lon, lat)) THEN 1 ELSE -1 END
           * ST_Distance(ST_GeogPoint(lon, lat), {line}) AS offset_m,
       ST_LineLocatePoint({line}, ST_GeogPoint(lon, lat)) * {length} AS station_m
FROM reports
"""


def main() -> None:
    """Run one statement."""
    file, line, out = sys.argv[1:]
    began = time.perf_counter()
    rules, vertices = common.rules_beside(line), common.vertices_of(line)
    length = Geod(ellps="WGS84").line_length(*vertices.T)
    side = f"ST_GeomFromWKT('{wkt('ring', closed(common.plus_side(vertices, 20.0)))}')"
    course = f"ST_GeogFromWKT('{wkt('line', vertices)}')"
    database = sedonadb.connect()
    database.read_parquet(file).to_view("reports")
    source = SOURCE.format(length=length, line=course, side=side)
    database.sql(source).to_memtable().to_view("measured")  # else every rule would measure anew
    database.sql(statement(rules, "SELECT * FROM measured")).to_parquet(out)
    common.told(ds.dataset(out, format="parquet").count_rows(), began)


if __name__ == "__main__":
    main()

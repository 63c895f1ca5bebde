"""PostGIS on a private server, started for the run on a socket in a temporary folder: geography on the ellipsoid.

Rows go in and out by COPY. The seconds begin once the server is up and hold loading, the query, and writing Parquet.
"""

import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pcsv
import pyarrow.parquet as pq
from peers import common
from peers.sql import closed, statement, wkt
from pyproj import Geod

TABLE = """CREATE UNLOGGED TABLE reports (report text, "from" timestamptz, lon double precision, lat double precision,
                                          radius_m double precision, act text, actor text)"""
SOURCE = """
SELECT report, "from", radius_m, actor, act,
       CASE WHEN ST_Contains(side, place) THEN 1 ELSE -1 END * ST_Distance(place::geography, line) AS offset_m,
       ST_LineLocatePoint(flat, ST_Transform(place, {zone})) * {length} AS station_m
FROM (SELECT *, ST_SetSRID(ST_Point(lon, lat), 4326) AS place FROM reports) AS placed,
     ground
OFFSET 0  -- else each rule would measure anew
"""
GROUND = """CREATE TABLE ground AS SELECT line::geography AS line, ST_Transform(line, {zone}) AS flat, side
FROM (SELECT ST_GeomFromText('{line}', 4326) AS line, ST_GeomFromText('{side}', 4326) AS side) AS drawn"""


def program(name: str) -> str:
    """Find a program of PostgreSQL, newest first."""
    places = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    found = str(places[0]) if places else shutil.which(name)
    if found is None:
        sys.exit(f"PostgreSQL's {name} is not installed")
    return found


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Run a server for the time of the block; give how to connect to it."""
    as_whom = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory() as folder:
        if as_whom:
            shutil.chown(folder, "postgres", "postgres")
        data = str(Path(folder) / "data")
        quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **as_whom}
        subprocess.run([program("initdb"), "-D", data, "-U", "bench", "-A", "trust", "--no-sync"], check=True, **quiet)
        options = ["-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_wal_size=4GB", "-k", folder]
        running = subprocess.Popen([program("postgres"), "-D", data, *options], **quiet)
        try:
            yield f"host={folder} user=bench dbname=postgres"
        finally:
            running.terminate()
            running.wait()


def connected(where: str) -> psycopg.Connection:
    """Connect as soon as the server answers."""
    for _ in range(100):
        with contextlib.suppress(psycopg.OperationalError):
            return psycopg.connect(where, autocommit=True)
        time.sleep(0.1)
    sys.exit("the server did not answer within ten seconds")


def main() -> None:
    """Load, judge, write."""
    file, line, out = sys.argv[1:]
    with server() as where, connected(where) as database:
        try:
            database.execute("CREATE EXTENSION postgis")
        except psycopg.Error as error:
            sys.exit(f"PostGIS is not installed ({str(error).splitlines()[0]})")
        began = time.perf_counter()
        load(database, file)
        loaded = time.perf_counter() - began
        found = io.BytesIO()
        question = prepared(database, line)
        with database.cursor().copy(f"COPY ({question}) TO STDOUT (FORMAT csv, HEADER)") as rows:
            for block in rows:
                found.write(block)
        found.seek(0)
        table = pcsv.read_csv(found)
        common.write(table, out)
        common.told(len(table), began, loading=loaded)


def load(database: psycopg.Connection, file: str) -> None:
    """Copy the columns into a table."""
    database.execute(TABLE)
    with database.cursor().copy("COPY reports FROM STDIN (FORMAT csv)") as rows:
        for batch in pq.ParquetFile(file).iter_batches(2**17, columns=list(common.COLUMNS)):
            names = ("report", "from", "lon", "lat", "radius_m", "act")
            columns = [*(batch[name] for name in names), pc.list_element(batch["by"], 0)]
            text = io.BytesIO()
            pcsv.write_csv(pa.table(columns, names=[*names, "actor"]), text, pcsv.WriteOptions(include_header=False))
            rows.write(text.getvalue())
    database.execute("ANALYZE reports")


def prepared(database: psycopg.Connection, line: str) -> str:
    """Put the line into a table of its own, and write the query."""
    vertices = common.vertices_of(line)
    zone, side = common.utm_of(vertices), closed(common.plus_side(vertices, 20.0))
    database.execute(GROUND.format(zone=zone, line=wkt("line", vertices), side=wkt("ring", side)))
    source = SOURCE.format(zone=zone, length=Geod(ellps="WGS84").line_length(*vertices.T))
    return statement(common.rules_beside(line), source)


if __name__ == "__main__":
    main()

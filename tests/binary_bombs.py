"""Parquet, Arrow IPC and GeoPackage that ask for more than they are, or for what no file of reports should."""

import io
import random
import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely

from bombs import Bomb, Data, taken, written

TABLE = pa.table({"report": ["a", "b"], "from": ["2030-03-05"] * 2, "lon": [36.1, 36.2], "lat": [32.1, 32.2],
                  "radius_m": [20.0, 20.0]})  # fmt: skip
GEO = b'{"primary_column":"g","columns":{"g":{"encoding":"WKB"}}}'


def parquet(table: pa.Table = TABLE, **more: Any) -> bytes:
    """Write a table as Parquet."""
    sink = io.BytesIO()
    pq.write_table(table, sink, **more)
    return sink.getvalue()


def arrow(table: pa.Table = TABLE, **more: Any) -> bytes:
    """Write a table as an Arrow IPC file."""
    sink = io.BytesIO()
    with pa.ipc.new_file(sink, table.schema, **more) as writer:
        writer.write_table(table)
    return sink.getvalue()


def footer(made: Callable[[bytes], bytes], length: int | None = None) -> bytes:
    """Write Parquet with another footer, or one that says it is of another length."""
    whole = parquet()
    (size,) = struct.unpack("<I", whole[-8:-4])
    new = made(whole[-8 - size : -8])
    return whole[: -8 - size] + new + struct.pack("<I", len(new) if length is None else length) + b"PAR1"


def places(*cells: bytes) -> bytes:
    """Write GeoParquet with these geometries."""
    table = pa.table({"report": [f"a{n}" for n in range(len(cells))], "g": pa.array(cells, pa.binary())})
    return parquet(table.replace_schema_metadata({b"geo": GEO}))


def repeated(count: int, letters: int) -> pa.Array:
    """Make a column that says one long text many times."""
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, dtype=np.int32)), pa.array(["x" * letters]))


def union() -> pa.Array:
    """Make a column of which each cell is of another type."""
    parts = [pa.array(["x"]), pa.array([1])]
    return pa.UnionArray.from_dense(pa.array([0, 1], pa.int8()), pa.array([0, 0], pa.int32()), parts)


def broken_words() -> pa.Array:
    """Make a column of words that are no UTF-8."""
    return pa.Array.from_buffers(
        pa.string(), 2, [None, pa.py_buffer(struct.pack("<iii", 0, 1, 2)), pa.py_buffer(b"\xff\xfe")]
    )


def as_parquet(data: Data, said: str, code: int = 3) -> Bomb:
    """Make a Parquet file."""
    return Bomb(taken("a.parquet", data), said, code)


def as_arrow(data: Data, said: str, code: int = 3) -> Bomb:
    """Make an Arrow IPC file."""
    return Bomb(taken("a.arrow", data), said, code)


def geopackage(folder: Path) -> Path:
    """Lay out a GeoPackage of two points."""
    points = pa.array(shapely.to_wkb(shapely.points([30.0, 31.0], 32.0)))
    table = TABLE.select(["report", "from", "radius_m"]).append_column("geom", points)
    pyogrio.write_arrow(table, folder / "a.gpkg", geometry_type="Point", geometry_name="geom", crs="EPSG:4326")
    return folder / "a.gpkg"


def changed(said: str, code: int, sql: str) -> Bomb:
    """Make a GeoPackage and change it with SQL."""

    def lay_out(folder: Path) -> list[str]:
        base = sqlite3.connect(geopackage(folder))
        for name in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):  # its triggers call them
            base.create_function(name, 1, lambda _: 0)
        base.executescript(sql)
        base.commit()
        base.close()
        return ["import", "a.gpkg", "--zone", "UTC", "-o", "out.parquet"]

    return Bomb(lay_out, said, code)


def cut(said: str, edit: Callable[[bytes], bytes]) -> Bomb:
    """Make a GeoPackage and change its bytes."""

    def lay_out(folder: Path) -> list[str]:
        path = geopackage(folder)
        path.write_bytes(edit(path.read_bytes()))
        return ["import", "a.gpkg", "--zone", "UTC", "-o", "out.parquet"]

    return Bomb(lay_out, said)


VRT = (
    b"<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/vsicurl/http://127.0.0.1:9/</SrcDataSource>"
    b"</OGRVRTLayer></OGRVRTDataSource>"
)
NESTED = struct.pack("<BII", 1, 7, 1) * 100_000 + struct.pack("<BIdd", 1, 1, 1.0, 1.0)
IN_POLYGONS = struct.pack("<BII", 1, 6, 1) * 100_000 + struct.pack("<BII", 1, 3, 0)
FOR_EVER = (
    "DROP TABLE a; CREATE VIEW a AS WITH RECURSIVE c(fid) AS (SELECT 1 UNION ALL SELECT fid + 1 FROM c)"
    "SELECT fid, x'' AS geom FROM c;"
)
ALSO_FOR_EVER = FOR_EVER.replace("TABLE a", "TABLE gpkg_contents").replace("VIEW a", "VIEW gpkg_contents")
VIRTUAL = (
    "PRAGMA writable_schema = ON; INSERT INTO sqlite_master(type, name, tbl_name, rootpage, sql) VALUES"
    "('table', 'v', 'v', 0, 'CREATE VIRTUAL TABLE v USING VirtualOGR(''/etc/hostname'')');"
    "INSERT INTO gpkg_contents(table_name, data_type, identifier, srs_id) VALUES('v', 'attributes', 'v', 0);"
)
TWO = (
    "CREATE TABLE z(fid INTEGER PRIMARY KEY);"
    "INSERT INTO gpkg_contents(table_name, data_type, identifier, srs_id) VALUES('z', 'attributes', 'z', 0);"
)

PARQUET = {
    "Parquet cut off": as_parquet(lambda: parquet()[:-30], "a.parquet: TL-R001"),
    "Parquet of eight bytes": as_parquet(b"PAR1PAR1", "a.parquet: TL-R001"),
    "a footer of 2 GiB": as_parquet(lambda: footer(bytes, 2**31 - 1), "a.parquet: TL-R001"),
    "no footer": as_parquet(lambda: footer(bytes, 0), "a.parquet: TL-R001"),
    "a footer of chance": as_parquet(
        lambda: footer(lambda old: random.Random(1).randbytes(len(old))), "a.parquet: TL-R001"
    ),
    "a footer of brackets": as_parquet(lambda: footer(lambda _: b"\x1c" * 10**6), "a.parquet: TL-R001"),
    "a footer with a list of 2 billion": as_parquet(
        lambda: footer(lambda _: b"\x15\x02\x19\xfc\xff\xff\xff\xff\x07"), "TL-R001"
    ),
    "pages cut out": as_parquet(lambda: parquet()[:4] + bytes(200) + parquet()[204:], "a.parquet: TL-R001"),
    "80 MB of zeros": as_parquet(
        lambda: parquet(pa.table({"report": ["\0" * 8 * 10**7]}), compression="zstd", use_dictionary=False),
        "a.parquet: TL-R007 .* 800000\\d* bytes",
    ),
    "a word of 100 kB 100,000 times": as_parquet(
        lambda: parquet(pa.table({"report": repeated(10**5, 10**5)})), "column report: TL-R007"
    ),
    "12,000 columns": as_parquet(
        lambda: parquet(pa.table({f"c{n}": [1] for n in range(12_000)})), "a.parquet: TL-R017"
    ),
    "words that are none": as_parquet(
        lambda: parquet(TABLE.append_column("place", broken_words())), "a.parquet: TL-R001 .* UTF8"
    ),
    "pairs for numbers": as_parquet(
        lambda: parquet(pa.table({"report": ["a"], "lon": [{"x": 1}]})), "column lon: TL-R018 .* struct"
    ),
    "a zone of another planet": as_parquet(
        lambda: parquet(pa.table({"report": ["a"], "from": pa.array([1], pa.timestamp("us", tz="Mars/North"))})),
        "TL-R001 .* Mars/North",
    ),
    "hostile numbers": as_parquet(
        lambda: parquet(
            pa.table({"report": list("abcde"), "lon": [np.nan, np.inf, 1e308, -1e308, 181.0], "lat": [1.0] * 5})
        ),
        "a.parquet row 1 column lon: TL-R103",
        0,
    ),
    "broken metadata": as_parquet(
        lambda: parquet(TABLE.replace_schema_metadata({b"geo": b"[" * 10**5})), "a.parquet: TL-R001 .* 'geo'"
    ),
    "numbers for geometries": as_parquet(
        lambda: parquet(TABLE.replace_schema_metadata({b"geo": GEO.replace(b'"g"', b'"lon"')})),
        "a.parquet column lon: TL-R018 .* double",
    ),
    "100,000 geometries in each other": as_parquet(
        lambda: places(NESTED), "a.parquet row 1 column geometry: TL-R112", 0
    ),
    "polygons in polygons": as_parquet(lambda: places(IN_POLYGONS), "a.parquet row 1 column geometry: TL-R112", 0),
    "geometries that end too early": as_parquet(
        lambda: places(struct.pack("<BII", 1, 3, 2**31 - 1), b"x", b""), "row 3 .* TL-R112", 0
    ),
}
ARROW = {
    "Arrow cut off": as_arrow(lambda: arrow()[:-40], "a.arrow: TL-R001"),
    "Arrow of eight bytes": as_arrow(b"ARROW1\0\0", "a.arrow: TL-R001"),
    "a stream that says it is long": as_arrow(b"\xff\xff\xff\xff\xff\xff\xff\x7f" + bytes(99), "a.arrow: TL-R001"),
    "a stream that says it is short": as_arrow(b"\xff" * 8 + bytes(99), "a.arrow: TL-R001"),
    "a billion rows of nothing": as_arrow(
        lambda: arrow(pa.table({"report": pa.nulls(10**9)})), "a.arrow: TL-R001 .* 1000000000 rows"
    ),
    "80 MB of zeros in Arrow": as_arrow(
        lambda: arrow(pa.table({"report": ["\0" * 8 * 10**7]}), options=pa.ipc.IpcWriteOptions(compression="zstd")),
        "a.arrow: TL-R001 .* bytes in",
    ),
    "one long word 100,000 times": as_arrow(
        lambda: arrow(pa.table({"report": repeated(10**5, 10**5)})), "a.arrow column report: TL-R007"
    ),
    "a word that is not listed": as_arrow(
        lambda: arrow(
            pa.table({"report": pa.DictionaryArray.from_arrays(pa.array([0, 7], pa.int32()), ["x"], safe=False)})
        ),
        "a.arrow: TL-R001 .* 7",
    ),
    "a run of a billion": as_arrow(
        lambda: arrow(
            pa.table({"report": pa.RunEndEncodedArray.from_arrays(pa.array([10**9], pa.int64()), pa.array(["a"]))})
        ),
        "column report: TL-R018",
    ),
    "cells of many types": as_arrow(
        lambda: arrow(TABLE.append_column("u", union())), "a.arrow column u: TL-R018 .*_union"
    ),
    "one name twice": as_arrow(
        lambda: arrow(pa.table([TABLE["lon"], TABLE["lon"]], names=["lon", "lon"])), "a.arrow: TL-R006"
    ),
}
GEOPACKAGE = {
    "a GeoPackage cut off": cut("a.gpkg: TL-R001 .* malformed", lambda data: data[:5000]),
    "a GeoPackage of zeros": cut("a.gpkg: TL-R001", lambda data: data[:4096] + bytes(len(data) - 4096)),
    "another application": cut("a.gpkg: TL-R001 .* it is no GeoPackage", lambda data: data[:68] + bytes(4) + data[72:]),
    "a list of other files": cut("a.gpkg: TL-R001 .* it is no GeoPackage", lambda _: VRT),
    "a view without end": changed("its layer 'a' is computed", 3, FOR_EVER),
    "a view of 400 MB": changed(
        "its layer 'a' is computed",
        3,
        "DROP TABLE a; CREATE VIEW a AS SELECT 1 AS fid, hex(zeroblob(200000000)) AS report;",
    ),
    "a table of another file": changed("its layer 'v' is computed", 3, VIRTUAL),
    "a list of layers without end": changed("its layer 'gpkg_contents' is computed", 3, ALSO_FOR_EVER),
    "a trigger": changed("2 of 2 rows", 0, "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM a; END;"),
    "two layers": changed("a.gpkg: TL-R001 .* it has the layers a, z", 3, TWO),
    "no layer": changed("a.gpkg: TL-R001 .* no layer", 3, "DELETE FROM gpkg_contents;"),
    "points that are none": changed("row 1 column geometry: TL-R112", 0, "UPDATE a SET geom = x'4750000100000000ff';"),
    "names that are no text": changed("a.gpkg: TL-R001 .* UTF8", 3, "UPDATE a SET report = cast(x'ff00' AS text);"),
}
BINARY = {**PARQUET, **ARROW, **GEOPACKAGE}


SWELLING: dict[str, Callable[[Path], Path]] = {
    "plain words that are one word": lambda folder: written(
        folder / "a.parquet", parquet(pa.table({"report": repeated(10**5, 10**5)}), store_schema=False)
    ),
    "600 MB of zeros": lambda folder: written(
        folder / "a.arrow",
        arrow(pa.table({"report": ["\0" * 6 * 10**8]}), options=pa.ipc.IpcWriteOptions(compression="zstd")),
    ),
}

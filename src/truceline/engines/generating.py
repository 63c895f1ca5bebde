"""Made-up reports in any number, as like real ones as a load test needs, and the same on every machine.

Each made report takes a real one's actors, acts, words and precision, another one's date, and a place
somewhere in the disc in which the first may lie. Its id, its origin and the file say that it was made up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from truceline.evidence.columns import COLUMNS, NAMES

__all__ = ["BLOCK", "generated", "generated_schema"]

BLOCK = 131_072
"""Rows per block; each block has its own stream of random numbers, so that blocks can be made in any order."""

DEGREE = 111_320.0
"""Metres per degree of a meridian, near enough to scatter places."""
MADE_UP = "generated"
DAY_US = 86_400_000_000
Floats = NDArray[np.float64]


def generated_schema(like: pa.Table, rows: int, seed: int) -> pa.Schema:
    """Give the schema of the reports made up after `like`; its metadata say how they were made."""
    told = {
        "kind": MADE_UP, "counts": {"read": rows, "kept": rows, "rejected": 0},
        "generated": {"rows": rows, "seed": seed, "like_rows": like.num_rows},
    }  # fmt: skip
    return _words_coded(_ours(like.slice(0, 0))).schema.with_metadata({b"truceline": json.dumps(told).encode()})


def generated(like: pa.Table, rows: int, seed: int) -> Iterator[pa.RecordBatch]:
    """Make reports up.

    Parameters
    ----------
    like : pyarrow.Table
        A table of reports (`evidence.columns`), at least one row; the source's own columns are not taken over.
    rows : int
        How many to make.
    seed : int
        Equal seeds give equal reports, whatever the machine.

    Yields
    ------
    pyarrow.RecordBatch
        Up to `BLOCK` rows of `generated_schema`.

    Examples
    --------
    >>> like = pa.table({"report": ["a:1"], "lon": [36.0], "lat": [33.0], "radius_m": [500.0]})
    >>> [batch] = generated(like, 3, seed=7)
    >>> batch["report"].to_pylist(), batch["radius_m"].to_pylist()
    (['generated:0', 'generated:1', 'generated:2'], [500.0, 500.0, 500.0])
    """
    known = _words_coded(_ours(like))
    schema = generated_schema(like, rows, seed)
    for start in range(0, rows, BLOCK):
        chance = np.random.Generator(np.random.Philox(key=np.array([seed, start // BLOCK], dtype=np.uint64)))
        yield _block(known, schema, chance, start, min(BLOCK, rows - start))


def _ours(like: pa.Table) -> pa.Table:
    """Take the columns of reports, in their order, and those that are missing as not stated."""
    kinds = {"words": pa.string(), "list": pa.list_(pa.string()), "time": pa.timestamp("us", "UTC"),
             "number": pa.float64(), "whole": pa.int64(), "yes_no": pa.bool_()}  # fmt: skip
    columns = [
        like.column(one.name).cast(kinds[one.kind])
        if one.name in like.column_names
        else pa.chunked_array([pa.nulls(like.num_rows, kinds[one.kind])])
        for one in COLUMNS
    ]
    return pa.table(columns, names=list(NAMES)).combine_chunks()


def _words_coded(table: pa.Table) -> pa.Table:
    """Code words by their place in a dictionary: they are written and read many times faster so."""
    for at, column in enumerate(COLUMNS):
        if column.kind == "words" and column.name != "report":
            table = table.set_column(at, column.name, table.column(at).combine_chunks().dictionary_encode())
    return table


def _block(
    known: pa.Table, schema: pa.Schema, chance: np.random.Generator, start: int, rows: int
) -> pa.RecordBatch:  # fmt: skip
    taken, dated = (chance.integers(0, known.num_rows, rows) for _ in range(2))
    block = known.take(pa.array(taken)).combine_chunks()
    changes = {
        "report": _names(start, rows),
        "origin": pa.array([MADE_UP]).dictionary_encode().take(pa.array(np.zeros(rows, dtype=np.int64))),
        **_scattered(block, chance),
        **_dates(block, known, dated),
    }
    columns = [changes.get(name, block.column(name)) for name in NAMES]
    flat = [column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column for column in columns]
    return pa.RecordBatch.from_arrays(
        [one.cast(field.type) for one, field in zip(flat, schema, strict=True)], schema=schema
    )


def _names(start: int, rows: int) -> pa.Array:
    numbers = pa.array(np.arange(start, start + rows)).cast(pa.string())
    return pc.binary_join_element_wise(MADE_UP, numbers, ":")


def _scattered(block: pa.Table, chance: np.random.Generator) -> dict[str, pa.Array]:
    """Put each place somewhere in its disc, evenly; to the seventh decimal of a degree, a centimetre."""
    lon, lat, radius = (_floats(block, name) for name in ("lon", "lat", "radius_m"))
    away = np.where(np.isfinite(radius), radius, 0.0) * np.sqrt(chance.random(len(block)))
    bearing = chance.uniform(0.0, 2.0 * np.pi, len(block))
    north = np.clip(lat + away * np.cos(bearing) / DEGREE, -90.0, 90.0)
    narrow = np.maximum(np.cos(np.radians(lat)), 0.01)
    east = (lon + away * np.sin(bearing) / (DEGREE * narrow) + 180.0) % 360.0 - 180.0
    return {"lon": _stated(np.round(east, 7), block, "lon"), "lat": _stated(np.round(north, 7), block, "lat")}


def _dates(block: pa.Table, known: pa.Table, dated: NDArray[np.int64]) -> dict[str, pa.Array]:
    """Move every date of a report by the whole days that lie between its own begin and another report's."""
    begins = known.column("from").cast(pa.int64())
    own, other = block.column("from").cast(pa.int64()), begins.take(pa.array(dated))
    days = pc.cast(pc.divide(pc.subtract(other, own), DAY_US), pa.int64())
    shift = pc.multiply(pc.fill_null(days, 0), DAY_US)
    names = ("from", "until", "reported", "recorded")
    return {
        name: pc.add(block.column(name).cast(pa.int64()), shift).combine_chunks().cast(pa.timestamp("us", "UTC"))
        for name in names
    }


def _floats(block: pa.Table, name: str) -> Floats:
    return np.asarray(block.column(name).to_numpy(zero_copy_only=False), dtype=np.float64)


def _stated(values: Floats, block: pa.Table, name: str) -> pa.Array:
    """Give values where the column had any."""
    return pa.array(values, mask=np.asarray(block.column(name).is_null().combine_chunks()))

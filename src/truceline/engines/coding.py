"""From a table of reports to coded columns: every name becomes an id, and names stay behind."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from truceline.basics.truth import TRUE
from truceline.evidence.acts import ACT_IDS
from truceline.evidence.batch import Batch, Lists
from truceline.evidence.datasets import DATASETS
from truceline.evidence.kinds import KINDS, kind_truth
from truceline.plan.codebook import Codebook, folded
from truceline.plan.weapons import NOT_STATED, UNLISTED

__all__ = ["NEEDED", "WORDS_CODED", "coded", "protected", "written_out"]

Rows = TypeVar("Rows", pa.Table, pa.RecordBatch)

NEEDED = (
    "report", "dataset", "from", "until", "lasting", "lon", "lat", "radius_m", "region", "involved", "by", "act",
    "maybe", "thing", "calibre_mm", "range_km", "model", "count_lo", "count_hi", "unit", "release", "reported",
    "recorded",
)  # fmt: skip
"""The columns of reports on which verdicts, and what is told of them, can depend."""

WORDS_CODED = ("dataset", "region", "act", "thing", "model", "unit", "release")
"""Columns whose words repeat: in a file of Parquet they are read as places in a dictionary."""

KIND_IDS = {name: index for index, name in enumerate(KINDS)}
COUNTS_THING = np.pad([[kind_truth(unit, thing) == TRUE for thing in KINDS] for unit in KINDS], (0, 1))
"""Entry [unit, thing]: whether a number of the unit is a number of the thing; the last row and column never."""
DATASET_IDS = {name: index for index, name in enumerate(DATASETS)}


def coded(reports: pa.Table | pa.RecordBatch, book: Codebook, regions: Mapping[str, int]) -> Batch:
    """Code n reports of the report table.

    Parameters
    ----------
    reports : pyarrow.Table or RecordBatch
        The columns of `evidence.columns`; a missing column counts as not stated.
    book : Codebook
        Ids of the actors, by their own names and by those that data sets use.
    regions : mapping of str to int
        Ids of the regions whose polygons are known; any other region is a place that is not known.

    Returns
    -------
    Batch
        n rows in the same order.
    """
    column = _Columns(reports)
    start, begins = column.instants("from")
    end, ends = column.instants("until")
    dated = begins & ends & (start <= end)  # a span that runs backwards is no date
    region = column.codes("region", regions)
    stated = column.strings_stated("region")
    radius, has_radius = column.floats("radius_m", fill=np.inf)
    lon, has_lon = column.floats("lon", fill=np.nan)
    lat, has_lat = column.floats("lat", fill=np.nan)
    disc = has_lon & has_lat & has_radius & ~stated
    thing = column.codes("thing", KIND_IDS)
    # Eighty explosions are not eighty tanks: a number of something else says not how many things there were.
    counts_thing = ~column.strings_stated("unit") | COUNTS_THING[column.codes("unit", KIND_IDS), thing]
    return Batch(
        start_us=np.where(dated, start, 0),
        end_us=np.where(dated, end, 0),
        dated=dated,
        lasting=column.flags("lasting"),
        lon=lon,
        lat=lat,
        radius=np.where(disc, radius, np.inf),
        placed=disc,
        region=region,
        by=column.lists("by", book.actor_ids, folding=True),
        involved=column.lists("involved", book.actor_ids, folding=True),
        act=column.codes("act", ACT_IDS, shorten=True),
        maybe=column.lists("maybe", ACT_IDS, shorten=True),
        thing=thing,
        count_lo=np.where(counts_thing, column.counts("count_lo"), -1),
        count_hi=np.where(counts_thing, column.counts("count_hi"), -1),
        dataset=column.codes("dataset", DATASET_IDS),
        calibre_mm=column.sizes("calibre_mm"),
        range_m=np.round(column.sizes("range_km") * 1e6) / 1e3,  # 15.4 km are 15400 m, as in the terms
        make=column.makes("model", book.make_ids),
    )


def protected(reports: pa.Table | pa.RecordBatch) -> NDArray[np.bool_]:
    """Mark the protected reports: nothing is told that would give their place away.

    >>> protected(pa.table({"release": ["public", "protected", None]}))
    array([False,  True, False])
    """
    return np.asarray(_Columns(reports).codes("release", {"protected": 1}) == 1)


def written_out(rows: Rows) -> Rows:
    """Write coded words out: the same rows, with plain words where they were places in a dictionary.

    >>> coded = pa.table({"act": pa.array(["fire"]).dictionary_encode()})
    >>> written_out(coded)["act"].type
    DataType(string)
    """
    fields = [one.with_type(one.type.value_type) if pa.types.is_dictionary(one.type) else one for one in rows.schema]
    return rows.cast(pa.schema(fields))


class _Columns:
    """Columns of a table by name; whatever is missing or null is "not stated"."""

    def __init__(self, reports: pa.Table | pa.RecordBatch) -> None:
        self.table = reports if isinstance(reports, pa.Table) else pa.Table.from_batches([reports])
        self.n = self.table.num_rows

    def array(self, name: str) -> pa.Array | None:
        column = self.words(name)
        return column.dictionary_decode() if column is not None and pa.types.is_dictionary(column.type) else column

    def words(self, name: str) -> pa.Array | None:
        """Give a column as it is, coded or not, unless it is empty; a dictionary holds no null then."""
        if name not in self.table.column_names:
            return None
        chunked = self.table.column(name)
        column = chunked.chunk(0) if chunked.num_chunks == 1 else chunked.combine_chunks()
        if pa.types.is_dictionary(column.type) and column.dictionary.null_count:
            column = column.dictionary_decode()
        return None if column.null_count == self.n else column

    def instants(self, name: str) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        column = self.array(name)
        if column is None:
            return np.zeros(self.n, dtype=np.int64), np.zeros(self.n, dtype=np.bool_)
        micros = column.cast(pa.timestamp("us", "UTC")).cast(pa.int64())
        return _filled(micros, 0), _stated(column)

    def floats(self, name: str, *, fill: float) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        column = self.array(name)
        if column is None:
            return np.full(self.n, fill), np.zeros(self.n, dtype=np.bool_)
        values = _filled(column.cast(pa.float64()), fill)
        stated = _stated(column) & np.isfinite(values)
        return np.where(stated, values, fill), stated

    def sizes(self, name: str) -> NDArray[np.float64]:
        """Give sizes; nothing is of no size, nor of less."""
        values, _ = self.floats(name, fill=np.nan)
        return np.where(values > 0.0, values, np.nan)

    def makes(self, name: str, ids: Mapping[str, int]) -> NDArray[np.int32]:
        """Give ids of makes, telling one that the terms do not list from one that is not stated."""
        column = self.words(name)
        if column is None:
            return np.full(self.n, NOT_STATED, dtype=np.int32)
        names, index = _encoded(column)
        return np.array([*(ids.get(folded(name), UNLISTED) for name in names), NOT_STATED], dtype=np.int32)[index]

    def counts(self, name: str) -> NDArray[np.int64]:
        column = self.array(name)
        return np.full(self.n, -1) if column is None else _filled(column.cast(pa.int64()), -1)

    def flags(self, name: str) -> NDArray[np.bool_]:
        column = self.array(name)
        if column is None:
            return np.zeros(self.n, dtype=np.bool_)
        return np.asarray(pc.fill_null(column.cast(pa.bool_()), False), dtype=np.bool_)

    def strings_stated(self, name: str) -> NDArray[np.bool_]:
        column = self.words(name)
        return np.zeros(self.n, dtype=np.bool_) if column is None else _stated(column)

    def codes(self, name: str, ids: Mapping[str, int], *, shorten: bool = False) -> NDArray[np.int32]:
        column = self.words(name)
        if column is None:
            return np.full(self.n, -1, dtype=np.int32)
        names, index = _encoded(column)
        return np.asarray(_lookup(names, ids, shorten=shorten)[index])

    def lists(self, name: str, ids: Mapping[str, int], *, folding: bool = False, shorten: bool = False) -> Lists:
        column = self.array(name)
        if column is None or column.null_count == self.n:
            return Lists(np.zeros(self.n + 1, dtype=np.int64), np.zeros(0, dtype=np.int32))
        lengths = _filled(pc.list_value_length(column).cast(pa.int64()), 0)
        names, index = _encoded(pc.list_flatten(column))
        table = _lookup([folded(name) for name in names] if folding else names, ids, shorten=shorten)
        starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        return Lists(starts, table[index])


def _encoded(column: pa.Array) -> tuple[list[str], NDArray[np.int64]]:
    """Give the distinct words of a column and, for every row, the place of its word; -1 where there is none."""
    coded = column if pa.types.is_dictionary(column.type) else column.cast(pa.string()).dictionary_encode()
    return coded.dictionary.cast(pa.string()).to_pylist(), _filled(coded.indices.cast(pa.int64()), -1)


def _lookup(names: Sequence[str], ids: Mapping[str, int], *, shorten: bool = False) -> NDArray[np.int32]:
    """Tabulate ids by dictionary index; the last entry stands for a null or an unknown name."""
    if shorten:
        names = [_shortened(name, ids) for name in names]
    return np.array([*(ids.get(name, -1) for name in names), -1], dtype=np.int32)


def _shortened(name: str, known: Container[str]) -> str:
    """Name the act that a finer one is a kind of, where the tree does not have the finer one."""
    while name not in known and "." in name:
        name = name.rpartition(".")[0]
    return name


def _filled(column: pa.Array, fill: float) -> NDArray[Any]:
    full = column if not column.null_count else pc.fill_null(column, pa.scalar(fill, column.type))
    return np.asarray(full.to_numpy(zero_copy_only=False))


def _stated(column: pa.Array) -> NDArray[np.bool_]:
    return np.asarray(column.is_valid(), dtype=np.bool_) if column.null_count else np.ones(len(column), dtype=np.bool_)

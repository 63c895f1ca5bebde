"""Spark on this machine, two workers: `mapInArrow` with the STRtree and the geodesic to the foot in each batch.

The seconds begin once the session is up and has had one small job; the time of the whole process tells the rest.
"""

import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa
from peers import common, strtree_geod
from pyspark.sql import SparkSession


def session() -> SparkSession:
    """Start Spark with Python workers that find these modules."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = str(Path(__file__).parents[1])
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", 2**17).config("spark.driver.memory", "2g")
    return builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()


def worker(line: str):
    """Make the function that each worker runs over its batches."""

    def work(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        rules, measure = common.rules_beside(line), strtree_geod.maker(common.vertices_of(line))
        for batch in batches:
            reports = common.Reports(pa.Table.from_batches([batch]), rules)
            offset, station = measure(reports.lon, reports.lat)
            table = common.table_of(reports, common.judged(rules, reports, offset, station), offset, station)
            yield from table.cast(pa.schema([(one.name, _plain(one.type)) for one in table.schema])).to_batches()

    return work


def main() -> None:
    """Run one job."""
    file, line, out = sys.argv[1:]
    spark = session()
    spark.sparkContext.setLogLevel("ERROR")
    spark.range(2).mapInArrow(lambda batches: batches, "id long").count()  # the first job of a session is slow
    began = time.perf_counter()
    names = [one["name"] for one in common.rules_beside(line)["rules"]]
    words, numbers = ["report", *names], common.MEASURES
    schema = ", ".join([*(f"{name} string" for name in words), *(f"{name} double" for name in numbers)])
    reports = spark.read.parquet(str(Path(file).resolve())).select(*common.COLUMNS)
    reports.mapInArrow(worker(str(Path(line).resolve())), schema).write.parquet(str(Path(out).resolve()))
    done = time.perf_counter()
    rows = spark.read.parquet(str(Path(out).resolve())).count()
    common.told(rows, began + time.perf_counter() - done)
    spark.stop()


def _plain(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


if __name__ == "__main__":
    main()

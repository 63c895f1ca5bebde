"""The common workload, end to end: Truceline and what one would pick instead, on the same file, taking turns.

python benchmarks/compare.py [--rows 1000000] [--rounds 3] [--lines 400 5000] [--only NAME ...] [--write]

Each way runs in a fresh process: Parquet in, verdicts of six rules and offsets in Parquet out. A way that needs long is
given a tenth of the reports. `--write` puts the tables into docs/benchmarks.md and the plot beside it. Peers come from
.venv-bench (`make bench-peers`); one that is missing is named, with the reason.
"""

import argparse
import shutil
import statistics
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from exactness import Errors, agreement_of, errors_of, verdicts_of
from running import Run, run
from telling import Line, Row, page
from workload.line import write_line
from workload.reports import write_reports
from workload.terms import HERE as WORKLOAD
from workload.terms import write_tables

LONG = 4.0
"""A way that needs so many seconds for a tenth of the reports is given no more."""


@dataclass(frozen=True)
class Way:
    """A way to do the work: its module in `peers`, and its name; `own` runs with this Python.

    `whole` : it is given all reports, however long a tenth took. `once` : it only tells what is true.
    """

    module: str
    title: str
    own: bool = False
    whole: bool = False
    once: bool = False


WAYS = (
    Way("decode", "bare read of six columns (the limit)", own=True, whole=True),
    Way("truceline_check", "Truceline", own=True, whole=True),
    Way("strtree", "Shapely STRtree and NumPy, UTM"),
    Way("strtree_geod", "the same, geodesic to the foot by pyproj"),
    Way("geopandas_nearest", "GeoPandas `sjoin_nearest` (its STRtree), UTM"),
    Way("geopandas_plain", "GeoPandas `.distance`, UTM"),
    Way("duckdb_spatial", "DuckDB spatial, UTM"),
    Way("sedona", "SedonaDB, sphere"),
    Way("postgis", "PostGIS, geography"),
    Way("spark_arrow", "Spark `mapInArrow`, STRtree and geodesic", whole=True),
    Way("oracle", "oracle: pyproj.Geod on 6,500 places", once=True),
)


def measured(way: Way, folder: Path, file: Path) -> Run:
    """Run a way on a file of the folder."""
    out = folder / f"{way.module}.parquet"
    shutil.rmtree(out, ignore_errors=True) if out.is_dir() else out.unlink(missing_ok=True)
    return run(way.module, file, folder / "line.geojson", out, own=way.own)


def tried(ways: list[Way], folder: Path) -> dict[str, tuple[Run, Path]]:
    """Run each way once on a tenth: what is missing shows, caches are filled, and long ones keep to the tenth."""
    tenth, whole = folder / "tenth.parquet", folder / "whole.parquet"
    found = {}
    for way in ways:
        first = measured(way, folder, tenth)
        print(f"    {way.title}: {first.missing or f'{first.seconds:.1f} s for {first.rows:,}'}", flush=True)
        found[way.module] = (first, tenth if first.seconds > LONG and not way.whole else whole)
    return found


def median_of(runs: list[Run]) -> Run:
    """Take the medians of several runs; a run that failed stands for all."""
    failed = next((one for one in runs if one.missing), None)
    middle = {name: statistics.median(getattr(one, name) for one in runs) for name in ("seconds", "wall", "peak")}
    return failed or replace(runs[0], **middle)


def compare(vertices: int, rows: int, rounds: int, ways: list[Way], folder: Path) -> Line:
    """Measure all ways on one line."""
    shutil.copy(WORKLOAD / "terms.yaml", folder)
    line = write_line(folder / "line.geojson", vertices)
    write_tables(folder / "terms.yaml", folder / "rules.json")
    write_reports(folder / "tenth.parquet", line, max(rows // 10, 10_000))
    write_reports(folder / "whole.parquet", line, rows)
    first = tried(ways, folder)
    there = [way for way in ways if not first[way.module][0].missing]
    runs = {way.module: [first[way.module][0]] if way.once else [] for way in there}
    for number in range(rounds):
        print(f"    round {number + 1} of {rounds}", flush=True)
        for way in (one for one in there if not one.once):
            runs[way.module].append(measured(way, folder, first[way.module][1]))
    middle = {module: median_of(several) for module, several in runs.items()}
    errors = errors_by(middle, folder)
    told = [Row(way.module, way.title, middle.get(way.module, first[way.module][0]), errors.get(way.module))
            for way in ways]  # fmt: skip
    return Line(vertices, rows, told, agreement(middle, folder))


def errors_by(done: dict[str, Run], folder: Path) -> dict[str, Errors]:
    """Hold what every way wrote against the oracle, if it ran."""
    if "oracle" not in done or done["oracle"].missing:
        return {}
    oracle = verdicts_of(folder / "oracle.parquet")
    names = [name for name, one in done.items() if not one.missing and name != "decode"]
    return {name: errors_of(verdicts_of(folder / f"{name}.parquet"), oracle) for name in names}


def agreement(done: dict[str, Run], folder: Path):
    """Hold Truceline's verdicts against those of the peer nearest in exactness, if both did all rows."""
    pair = ("truceline_check", "strtree_geod")
    if any(name not in done or done[name].missing for name in pair) or len({done[name].rows for name in pair}) > 1:
        return None
    return agreement_of(*(verdicts_of(folder / f"{name}.parquet") for name in pair), folder / "rules.json")


def main() -> None:
    """Measure, print, and write where asked to."""
    options = argparse.ArgumentParser(description="Truceline and what one would pick instead, on the same file.")
    options.add_argument("--rows", type=int, default=1_000_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--lines", type=int, nargs="+", default=[400, 5000])
    options.add_argument("--only", nargs="+", choices=[way.module for way in WAYS], metavar="NAME")
    options.add_argument("--write", action="store_true", help="into docs/benchmarks.md and docs/benchmarks.svg")
    given = options.parse_args()
    ways = [way for way in WAYS if not given.only or way.module in given.only]
    lines = []
    for vertices in given.lines:
        print(f"a line of {vertices:,} vertices, {given.rows:,} reports", flush=True)
        with tempfile.TemporaryDirectory() as folder:
            Path(folder).chmod(0o755)
            lines.append(compare(vertices, given.rows, given.rounds, ways, Path(folder)))
    print(page(lines, given.rounds, write=given.write))


if __name__ == "__main__":
    main()

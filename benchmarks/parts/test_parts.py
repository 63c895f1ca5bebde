"""The parts of a check, each by itself: to see which one became slower.

make bench-parts   keeps the figures in out/benchmarks, and fails where a part takes half as long again as last time

All parts work on one batch of 65,536 reports of the common workload, compiled code loaded before.
"""

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely
from workload.line import write_line
from workload.reports import write_reports
from workload.terms import text_of_terms

import truceline
from truceline.engines.atlas import places_of
from truceline.engines.coding import NEEDED, WORDS_CODED, coded
from truceline.engines.local import check_batch
from truceline.engines.setup import prepare
from truceline.formats.findings_file import row_writer
from truceline.locate.area import discs_in_area, reference_area
from truceline.locate.disc import locate_discs
from truceline.locate.line import locate_points, reference_line

ROWS = 65_536
COMMAND = [sys.executable, "-c", "from truceline.cli.start import run; run()"]


@pytest.fixture(scope="module", params=[400, 5000], ids=["L400", "L5000"])
def workload(request, tmp_path_factory):
    """Write the workload on a line of so many vertices."""
    folder = tmp_path_factory.mktemp("workload")
    line = write_line(folder / "line.geojson", request.param)
    (folder / "terms.yaml").write_text(text_of_terms(), encoding="utf-8")
    write_reports(folder / "reports.parquet", line, 2 * ROWS)  # so many that compiled code is loaded
    return folder


@pytest.fixture(scope="module")
def held(workload):
    """Prepare the agreement, and have the compiled code loaded."""
    setup = prepare(truceline.load(workload / "terms.yaml"), quick=True)
    check_batch(setup, rows_of(workload)).wide_rows()
    return setup


def rows_of(workload):
    file = pq.ParquetFile(workload / "reports.parquet", read_dictionary=list(WORDS_CODED))
    return next(file.iter_batches(ROWS, columns=list(NEEDED)))


def afresh(setup):
    """Give the same setup, with nothing learnt about kinds of reports."""
    return (replace(setup),), {}


def test_decode(benchmark, workload):
    assert benchmark(rows_of, workload).num_rows == ROWS


def test_code_words(benchmark, workload, held):
    assert len(benchmark(coded, rows_of(workload), held.book, held.atlas.region_ids)) == ROWS


def test_locate_batch(benchmark, workload, held):
    batch = coded(rows_of(workload), held.book, held.atlas.region_ids)

    assert len(benchmark(places_of, batch, held.atlas)) == ROWS


def test_locate_points(benchmark, workload, held):
    [charted] = held.atlas.lines
    batch = coded(rows_of(workload), held.book, held.atlas.region_ids)

    assert benchmark(locate_points, charted.line, batch.lon, batch.lat, machine_code=True) is not None


def test_locate_discs(benchmark, workload, held):
    [charted] = held.atlas.lines
    batch = coded(rows_of(workload), held.book, held.atlas.region_ids)
    disc = (charted.line, batch.lon, batch.lat, batch.radius)

    assert benchmark(locate_discs, *disc, sectors=charted.sectors, machine_code=True) is not None


def test_areas(benchmark, workload, held):
    batch = coded(rows_of(workload), held.book, held.atlas.region_ids)
    ring = shapely.get_coordinates(shapely.Point(36.5, 34.5).buffer(1.0, quad_segs=100))
    area = reference_area([[ring]], uncertainty=500.0)

    assert len(benchmark(discs_in_area, area, batch.lon, batch.lat, batch.radius)) == ROWS


def test_kinds_new(benchmark, workload, held):
    batch = coded(rows_of(workload), held.book, held.atlas.region_ids)
    places = places_of(batch, held.atlas)

    found = benchmark.pedantic(
        lambda setup: setup.rulings.of(batch, places), setup=lambda: afresh(held), rounds=3, warmup_rounds=1
    )
    assert len(found.kind) == ROWS


def test_kinds_known(benchmark, workload, held):
    batch = coded(rows_of(workload), held.book, held.atlas.region_ids)
    places = places_of(batch, held.atlas)

    assert len(benchmark(held.rulings.of, batch, places).kind) == ROWS


def test_check_batch(benchmark, workload, held):
    assert len(benchmark(check_batch, held, rows_of(workload)).batch) == ROWS


def test_rows_wide(benchmark, workload, held):
    checked = check_batch(held, rows_of(workload))

    assert benchmark(checked.wide_rows).num_rows == ROWS


def test_rows_long(benchmark, workload, held):
    checked = check_batch(held, rows_of(workload))

    assert benchmark(checked.rows).num_rows == 6 * ROWS


@pytest.mark.parametrize("form", ["wide", "long"])
def test_encode(benchmark, workload, held, form):
    checked = check_batch(held, rows_of(workload))
    batch = checked.wide_rows() if form == "wide" else checked.rows()

    def encode():
        file = io.BytesIO()
        with row_writer(file, "parquet", batch.schema) as writer:
            writer.write(batch)
        return file.tell()

    assert benchmark(encode) > 0


def test_load_and_compile(benchmark, workload):
    assert benchmark(lambda: prepare(truceline.load(workload / "terms.yaml"))).readings == ("text",)


def test_plan_of_line(benchmark, held):
    """A new line and its first answer: the tables of the compiled code are made."""
    [charted] = held.atlas.lines
    parts = charted.line.parts
    place = (np.array([36.5]), np.array([34.0]))

    def plan():
        line = reference_line(parts, plus="left", edges="geodesic")
        return locate_discs(line, *place, np.array([1e3]), sectors=charted.sectors, machine_code=True)

    assert benchmark(plan) is not None


@pytest.mark.parametrize("cache", ["warm", "cold"])
def test_start(benchmark, workload, tmp_path, monkeypatch, cache):
    """A fresh process up to its end, for 131,072 reports; cold: the compiled code is not there yet."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "cache"))
    terms, reports, out = (str(workload / name) for name in ("terms.yaml", "reports.parquet", "out.parquet"))
    command = [*COMMAND, "check", terms, reports, "--wide", "--no-summary", "-o", out]
    if cache == "warm":
        subprocess.run(command, check=True, capture_output=True)

    benchmark.pedantic(lambda: subprocess.run(command, check=True, capture_output=True), rounds=1)

    assert Path(out).exists()

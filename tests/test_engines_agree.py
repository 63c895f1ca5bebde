"""One plan, several ways to run it: every engine gives the same findings, to the byte, on every case."""

import contextlib
import os
import signal
import threading
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import truceline as tl
from test_cases import CASES, agreement_of, read, report_of
from truceline.api import spark
from truceline.api.reading import ReportFiles
from truceline.api.running import Run, Since, run_check
from truceline.engines.atlas import places_of
from truceline.engines.coding import coded
from truceline.engines.local import check_batch, known_rows
from truceline.engines.setup import prepare
from truceline.engines.spark import session_at
from truceline.evidence.regions import Regions
from truceline.formats.arrow import REPORT_SCHEMA
from truceline.judge.check import judge

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "examples" / "south-syria-2017"
MASTER = "local[2,8]"  # two executors' worth of threads; a task may fail seven times


@pytest.fixture(scope="module", params=[path for path in CASES if read(path)["reports"]], ids=lambda path: path.stem)
def case(request):
    """Give the setup and the reports of a case."""
    said = read(request.param)
    return prepare(agreement_of(said)), pa.concat_tables([report_of(one, said) for one in said["reports"]])


@pytest.fixture(scope="module")
def ucdp():
    """Give the example with all its readings, and its reports from a data set."""
    agreement = tl.load(EXAMPLE / "terms.yaml")
    reports = tl.read_reports(EXAMPLE / "ucdp_ged_syria.parquet", agreement=agreement)
    return prepare(agreement, regions=reports.regions), reports.table


def run_of(setup, reports, folder, group=2_000, since=None):
    """Write reports as two streamed files, and put them up to be checked."""
    table = reports.select([name for name in REPORT_SCHEMA.names if name in reports.column_names])
    missing = [name for name in REPORT_SCHEMA.names if name not in table.column_names]
    for name in missing:
        table = table.append_column(REPORT_SCHEMA.field(name), pa.nulls(len(table), REPORT_SCHEMA.field(name).type))
    table = table.select(REPORT_SCHEMA.names).cast(REPORT_SCHEMA).replace_schema_metadata({"truceline": "{}"})
    half = len(table) // 2
    paths = (folder / "a.parquet", folder / "b.parquet")
    for path, part in zip(paths, (table.slice(0, half), table.slice(half)), strict=True):
        pq.write_table(part, path, row_group_size=group)
    return Run(setup, ReportFiles(tuple(map(str, paths)), paths, Regions.empty()), since)


def plain(table):
    """Write coded words out, in one piece."""
    columns = [column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column for column in table.columns]
    return pa.table(columns, names=table.column_names).combine_chunks()


def in_threads(run, threads, **wanted):
    """Check on this machine."""
    rows = []
    summary = run_check(run, write=rows.append, threads=threads, **wanted)
    return plain(pa.Table.from_batches(rows)), summary


def test_every_report_by_itself(case):
    """What is looked up by kind is what the judge says of each report alone."""
    setup, reports = case
    known, _, _ = known_rows(reports, setup.known_until_us)
    batch = coded(known, setup.book, setup.atlas.region_ids)
    checked, places = check_batch(setup, reports), places_of(batch, setup.atlas)

    for row in range(len(batch)):
        rows = np.array([row])
        for rule, pairs in setup.renderings:
            alone = judge(rule, batch.take(rows), places.take(rows))
            for pair in pairs:
                found = checked.verdicts[pair]
                assert (found.verdict[row], found.reasons[row]) == (alone.verdict[0], alone.reasons[0])


@pytest.mark.parametrize("threads", [1, 3])
def test_streams_and_threads(case, threads, tmp_path):
    """Files, read in row groups of one report by several threads, give the findings of one batch in their order."""
    setup, reports = case
    found, summary = in_threads(run_of(setup, reports, tmp_path, group=1), threads)
    whole = check_batch(setup, reports)

    assert found.equals(plain(whole.findings))
    assert summary == whole.summary


def test_streams_of_real_reports(ucdp, tmp_path):
    """On the real reports as well, whatever the size of a batch."""
    setup, reports = ucdp
    found, summary = in_threads(run_of(setup, reports.slice(0, 3_000), tmp_path, group=700), 2)
    whole = check_batch(setup, reports.slice(0, 3_000))

    assert found.equals(plain(whole.findings))
    assert summary == whole.summary


def on_spark(run, folder, **wanted):
    """Check on Spark, files in and files out."""
    summary = spark.check_files(run, folder, master=MASTER, **wanted)
    return plain(pa.concat_tables(map(pq.read_table, sorted(folder.iterdir())))), summary


@pytest.mark.spark
def test_spark_gives_the_same(case, tmp_path):
    """Executors that read row groups and write findings themselves give those of this machine, in their order."""
    setup, reports = case
    run = run_of(setup, reports, tmp_path, group=2)
    found, summary = on_spark(run, tmp_path / "out")
    here, counts = in_threads(run, 1)

    assert found.equals(here)
    assert summary == counts


@pytest.mark.spark
def test_spark_gives_the_same_of_a_data_frame(case):
    """A DataFrame in, a DataFrame out; Spark keeps no order."""
    setup, reports = case
    session = session_at(MASTER)
    frame = session.createDataFrame(reports.select([n for n in reports.column_names if n in REPORT_SCHEMA.names]))
    found = spark.check(frame, setup.agreement).toArrow()
    keys = [(name, "ascending") for name in ("report", "provision", "reading")]

    assert plain(found).sort_by(keys).equals(plain(check_batch(setup, reports).findings).sort_by(keys))


@pytest.mark.spark
def test_executors_that_are_killed_lose_and_double_nothing(ucdp, tmp_path):
    """While workers die and their tasks are tried again, every finding comes once; what is left out is counted."""
    setup, reports = ucdp
    since = Since("2017-01-01", 1_483_228_800_000_000)
    run = run_of(setup, reports, tmp_path, group=500, since=since)
    wanted = {"only": ["violation", "indeterminate"]}
    here, counts = in_threads(run, 2, **wanted)
    left_out, since.left_out = since.left_out, 0
    with killing() as killed:
        found, summary = on_spark(run, tmp_path / "out", **wanted)

    assert killed
    assert all(path.name.startswith("part-") for path in (tmp_path / "out").iterdir())
    assert found.equals(here)
    assert (summary, since.left_out) == (counts, left_out)


@pytest.mark.spark
def test_a_run_that_fails_leaves_nothing(ucdp, tmp_path):
    """A file that breaks off leaves no folder, and no half of one."""
    setup, reports = ucdp
    run = run_of(setup, reports.slice(0, 100), tmp_path)
    broken = bytearray((tmp_path / "b.parquet").read_bytes())
    broken[100:400] = bytes(300)
    (tmp_path / "b.parquet").write_bytes(broken)

    errors = pytest.importorskip("pyspark.errors")
    with pytest.raises(errors.PySparkException):
        on_spark(run, tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.parquet", "b.parquet"]


@contextlib.contextmanager
def killing(every=0.7, most=4):
    """Kill Python workers of Spark, one after the other, while the block runs."""
    killed, done = [], threading.Event()

    def kill():
        while not done.wait(every) and len(killed) < most:
            for number in workers():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
                    killed.append(number)
                    break

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        done.set()
        thread.join()


def workers():
    """Find the Python workers of this process's own Spark: children of the daemon that it started."""
    parents, daemons = {}, set()
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError):
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
                if b"pyspark.daemon" in (folder / "cmdline").read_bytes():
                    daemons.add(int(folder.name))
    return [number for number, parent in parents.items() if parent in daemons and os.getpid() in above(number, parents)]


def above(number, parents):
    """Walk from a process to those that started it."""
    while number in parents:
        number = parents[number]
        yield number


def test_a_long_stream_does_not_end_early(case, tmp_path):
    """Batches grow at first, and not for ever: a stream of many row groups is checked to its last report."""
    setup, reports = case
    many = pa.concat_tables([reports] * 200)
    _, summary = in_threads(run_of(setup, many, tmp_path, group=len(reports)), 2)

    assert summary.reports == check_batch(setup, reports).summary.reports * 200

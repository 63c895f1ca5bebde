"""What executors read: the row groups of the files, or as little of each as its verdicts depend on."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import world
from truceline.api import spark
from truceline.api.reading import ReportFiles
from truceline.api.running import Run, Since, run_check, writes_of
from truceline.errors import UsageError
from truceline.evidence.regions import Regions
from truceline.formats.arrow import REPORT_SCHEMA

EARLY, OPEN = "2031-04-01T00:00", ("violation", "indeterminate")


@pytest.fixture
def run(tmp_path):
    """Put up reports of which the first four are older than the truce."""
    told = {"by": ["Northbank Army"], "act": "position", **world.spot(50_000.0, 500.0, 100.0)}
    table = world.reports(*[told | world.at(EARLY)] * 4, *[told | world.at("2031-06-10T00:00")] * 5)
    columns = [table[one.name].cast(one.type) if one.name in table.column_names else pa.nulls(len(table), one.type)
               for one in REPORT_SCHEMA]  # fmt: skip
    path = tmp_path / "r.parquet"
    marked = pa.table(columns, schema=REPORT_SCHEMA).replace_schema_metadata({"truceline": "{}"})
    pq.write_table(marked, path, row_group_size=4)
    return Run(world.setup(), ReportFiles((str(path),), (path,), Regions.empty()))


@pytest.fixture
def here(monkeypatch):
    """Let this process do the work of the executors."""

    def done(_session, shared, work, pieces, seen):
        seen(len(pieces))
        return [work(shared, piece) for piece in pieces]

    monkeypatch.setattr(spark, "session_at", lambda _: None)
    monkeypatch.setattr(spark, "done_by_executors", done)


@pytest.mark.parametrize(("only", "since", "unread"), [(OPEN, None, 4), (None, None, 0), (OPEN, "2031-06-01", 0)])
@pytest.mark.usefixtures("here")
def test_executors_leave_unread_what_a_local_run_does(run, tmp_path, only, since, unread):
    """The same counts, the same rows, the same row groups passed over; those before a day are only counted."""
    if since is not None:
        run = Run(run.setup, run.files, Since(since, int(world.instant(since).timestamp() * 1e6)))
    sieve, rows = run.sieve(writes_of(only, wide=False)), []
    counts = spark.check_files(run, tmp_path / "found", master="local", only=only, sieve=sieve)
    left_out = None if run.since is None else run.since.left_out
    if run.since is not None:
        run.since.left_out = 0
    local = run_check(run, write=rows.append, only=only)
    found = [row for part in sorted((tmp_path / "found").iterdir()) for row in pq.read_table(part).to_pylist()]

    assert sieve.reports == unread
    assert counts == local
    assert found == [row for batch in rows for row in batch.to_pylist()]
    assert left_out == (None if since is None else 4)


def test_only_imported_parquet_is_cut_into_pieces(run, tmp_path):
    """Each row group is a piece, with the row at which it begins; what is no such file is refused."""
    pieces = spark.pieces_of(run)
    (tmp_path / "a.arrow").touch()
    other = Run(run.setup, ReportFiles(("a.arrow",), (tmp_path / "a.arrow",), Regions.empty()))

    assert [(piece.group, piece.at, piece.excerpt) for piece in pieces] == [(0, 0, None), (1, 4, None), (2, 8, None)]
    with pytest.raises(UsageError, match="TL-E932"):
        spark.pieces_of(other)

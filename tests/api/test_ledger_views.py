"""What is looked up in a ledger: how it stands, what changed, and its reports as a check reads them."""

import gc
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from ledgers import DAY, HIDING, behind, filled, made, protected, said, withdrawn
from truceline.api.ledger_views import changed, regions_in, reports_in, state
from truceline.errors import LedgerError
from truceline.evidence.record import Draft
from truceline.formats.checked import mark_of


@pytest.fixture
def private(tmp_path, monkeypatch):
    """Keep temporary files in a folder of our own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "private"))
    (tmp_path / "private").mkdir()
    return tmp_path / "private"


def test_how_it_stands(tmp_path):
    """Counts by kind, of all records and of what stands; the signed head, and what came after it."""
    ledger, signer = filled(tmp_path / "a", 9)
    ledger.append([said("q:9"), withdrawn("q:0"), Draft("statement", "s:1", {"act": "x"})], 20 * DAY)
    ledger.close()
    found = state(tmp_path / "a")

    assert (found.name, found.size, found.unsealed) == (signer.key.name, 12, 3)
    assert found.records == {"report": 11, "statement": 1}
    assert found.standing == {"report": 4, "statement": 1}
    assert (found.first[:10], found.last[:10]) == ("1970-01-01", "1970-01-21")
    assert found.head.head.size == 9


def test_an_empty_one_that_was_never_signed(tmp_path):
    """Nothing is in it, and nothing falls over that."""
    made(tmp_path / "a")[0].close()
    found = state(tmp_path / "a")

    assert (found.size, found.head, found.first, found.unsealed, dict(found.records)) == (0, None, "", 0, {})


def test_what_changed_and_since_when(tmp_path):
    """Each revision against the one right before; by days; imports and polygons are not among them."""
    ledger, _ = made(tmp_path / "a")
    ledger.append([Draft("import", "import:1", {}), said("q:1", place="ford")], 0)
    ledger.append([said("q:1", place="mill")], DAY)
    ledger.append([withdrawn("q:1"), said("q:2")], 2 * DAY)
    every = [(one.record.id, one.before is None, [(c.field, c.before, c.after) for c in one.changes])
             for one in changed(ledger)]  # fmt: skip

    assert every[1] == ("q:1", False, [("place", "ford", "mill")])
    assert [one[:2] for one in every] == [("q:1", True), ("q:1", False), ("q:1", False), ("q:2", True)]
    assert [one.record.index for one in changed(ledger, since_us=DAY)] == [2, 3, 4]
    assert [one.record.index for one in changed(ledger, since_us=DAY, until_us=2 * DAY)] == [2]
    assert next(iter(changed(ledger, since_us=DAY))).before.body["place"] == "ford"
    ledger.close()


def square(west):
    """Draft a square."""
    shape = shapely.MultiPolygon([shapely.box(west, 0, west + 1, 1)])
    return Draft("region", "r:1", {"wkb": shapely.to_wkb(shape, hex=True), "uncertainty_m": "250.0"})


def test_reports_of_a_day(tmp_path, private):
    """Those that stood, without the protected; the file goes with the value, and the own columns keep their types."""
    ledger, _ = made(tmp_path / "a")
    for number, kind in enumerate(["int64", "double"]):
        columns = {"columns": {"best": "int64", "odd": kind}}
        ledger.append([Draft("import", f"import:{number}", columns)], 0)
    ledger.append([said("q:1", best="3", odd="1.5"), protected("p:1", place="canary"), square(3)], 0, HIDING)
    ledger.append([withdrawn("q:1"), said("q:2", lon="20.5"), square(7)], DAY)
    ledger.close()
    first, second = reports_in(tmp_path / "a", DAY), reports_in(tmp_path / "a")
    [row] = pq.read_table(first.path).to_pylist()

    assert (row["report"], row["best"], row["odd"], row["recorded"].year) == ("q:1", 3, "1.5", 1970)
    assert pq.read_table(second.path)["report"].to_pylist() == ["q:2"]
    assert (first.counts["kept"], second.counts["kept"]) == (1, 1)
    assert (
        pq.read_schema(first.path).metadata.items()
        >= mark_of({"file": str(tmp_path / "a"), "kind": "ledger", "dataset": None, "compared": False}).items()
    )
    assert [error for one in (first, second) for error in one.regions.uncertainties] == [250.0, 250.0]
    assert b"canary" not in b"".join(path.read_bytes() for path in private.rglob("*") if path.is_file())
    del first, second
    gc.collect()
    assert list(private.iterdir()) == []


def test_polygons_come_back_point_by_point(tmp_path):
    """Shells and holes of every part."""
    ledger, _ = made(tmp_path / "a")
    holed = shapely.Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])
    whole = shapely.MultiPolygon([holed, shapely.box(10, 10, 11, 11)])
    ledger.append([Draft("region", "r:1", {"wkb": shapely.to_wkb(whole, hex=True), "uncertainty_m": "0.0"})], 0)
    [polygons] = regions_in(ledger).polygons

    assert shapely.MultiPolygon([shapely.Polygon(shell, holes) for shell, *holes in polygons]).equals(whole)
    assert regions_in(ledger, 0).ids == ()
    ledger.close()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE openings SET content = x'7b'", "UPDATE openings SET content = replace(content, '35.5', 'east')",
     "UPDATE openings SET content = CAST(replace(content, 'wkb', 'x') AS BLOB)",
     "UPDATE openings SET content = CAST(replace(content, '0103', '0199') AS BLOB)",
     "UPDATE openings SET content = CAST(replace(content, '250.0', 'wide') AS BLOB)"],
)  # fmt: skip
def test_a_ledger_that_was_damaged_is_told(tmp_path, private, statement):
    """What cannot be read back is a fault with its place, never a traceback; nothing is left behind."""
    ledger, _ = made(tmp_path / "a")
    ledger.append([said("q:1", lon="35.5"), square(3)], 0)
    behind(ledger, statement)
    ledger.close()
    with pytest.raises(LedgerError, match="TL-L06"):
        reports_in(tmp_path / "a")

    assert list(private.iterdir()) == []


def test_no_ledger_is_told(tmp_path, private):
    """A folder that is none is a fault, and no folder is left behind."""
    with pytest.raises(LedgerError, match="TL-L065"):
        reports_in(tmp_path / "none")
    with pytest.raises(LedgerError, match="TL-L065"):
        state(Path(tmp_path))

    assert list(private.iterdir()) == []
    assert pa.__version__

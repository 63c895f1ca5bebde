"""Files taken into a ledger for those who work in Python: reports, statements, judgements, grades."""

import hashlib

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ledgers import DAY, NAME
from truceline.api.adding import add
from truceline.api.ledger import begin, retract
from truceline.api.ledger_views import bodies, reports_in
from truceline.api.reading import Asked
from truceline.errors import LedgerError
from truceline.evidence.toponyms import Toponym, Toponyms
from truceline.store.ledger import open_ledger
from truceline.store.ledger_check import check_ledger
from truceline.store.vault import make_identity

HEAD = "report,from,lon,lat,radius_m,involved,by,act,reported,note\n"
ROW = "{},2030-03-05,20.5,9.98,100,Southbank Army,Southbank Army,position,2030-03-06,2.2 km south\n"

SHEETS = {
    "statements": "id,chain,stance,words\ns:1,?>Blog,states,\ns:2,?>Agency,states,no posts there\n",
    "judgements": "id,kind,about,by,decided,why\nj:1,same,a;b,desk,2030-03-05,one shot\n",
    "grades": "of,grade,by,decided,why\na,B2,desk,2030-03-05,seen\n",
}


@pytest.fixture
def folder(tmp_path):
    """Make an empty ledger."""
    begin(tmp_path / "a", NAME)[0].close()
    return tmp_path / "a"


def written(folder, rows, name="reports.csv"):
    """Write a file of reports."""
    path = folder.parent / name
    path.write_text(HEAD + "".join(rows), encoding="utf-8")
    return path


def test_a_file_is_added_signed_and_there_again(folder):
    """Good rows are put down, bad ones are listed, and the whole is signed; again nothing is new."""
    path = written(folder, [ROW.format("a"), ROW.format("b"), ROW.format("c").replace("9.98", "99.8")])
    first = add(folder, "reports", path, asked=Asked(zone="UTC"), by="desk", clock=lambda: DAY)
    second = add(folder, "reports", path, asked=Asked(zone="UTC"), by="desk", clock=lambda: 2 * DAY)
    ledger = open_ledger(folder)

    assert (first.added.counts, first.read.counts["rejected"], first.not_sealed) == ({"added": 2}, 1, ())
    assert (second.added.counts, second.head) == ({"unchanged": 2}, first.head)
    assert first.head.head.size == ledger.size() == 4
    assert check_ledger(ledger).intact
    assert [record.source[1] for record in ledger.standing("report")] == [1, 2]
    assert reports_in(folder).counts["kept"] == 2
    ledger.close()


def test_what_was_withdrawn_is_named(folder):
    """A row that was withdrawn before is left out, and named."""
    path = written(folder, [ROW.format("a"), ROW.format("b")])
    add(folder, "reports", path, asked=Asked(zone="UTC"))
    ledger = open_ledger(folder)
    retract(ledger, "report", "a", why="x", by="desk")
    ledger.close()
    (folder.parent / "a.key").rename(folder.parent / "b.key")
    done = add(folder, "reports", path, asked=Asked(zone="UTC"))

    assert done.added.counts == {"retracted": 1, "unchanged": 1}
    assert [one.id for one in done.added.left_out] == ["a"]
    assert [fault.code for fault in done.not_sealed] == ["TL-L072"]
    assert done.head is None


def test_reports_without_ids_are_refused(folder):
    """Where nothing tells a changed report from another one, none is put down."""
    path = folder.parent / "x.csv"
    path.write_text(HEAD.replace("report,", "") + ROW.format("").lstrip(","), encoding="utf-8")
    with pytest.raises(LedgerError, match="TL-L070"):
        add(folder, "reports", path, asked=Asked(zone="UTC", dataset="d"))

    assert open_ledger(folder).size() == 0


@pytest.mark.parametrize(
    ("what", "kind"), [("statements", "statement"), ("judgements", "judgement"), ("grades", "grade")]
)
def test_the_words_of_sheets_come_back(folder, what, kind):
    """Rows of a sheet are read back as they were written, in words; again nothing is new."""
    path = folder.parent / f"{what}.csv"
    path.write_text(SHEETS[what], encoding="utf-8")
    done = add(folder, what, path, by="desk")
    again = add(folder, what, path, by="desk")
    ledger = open_ledger(folder)
    rows = bodies(ledger, kind)
    ledger.close()
    names, *lines = [line.split(",") for line in SHEETS[what].splitlines()]

    assert (done.added.counts, again.added.counts) == ({"added": len(lines)}, {"unchanged": len(lines)})
    assert list(rows) == [{name: cell for name, cell in zip(names, line, strict=True) if cell} for line in lines]


@pytest.mark.parametrize("protects", [False, True])
def test_a_file_that_may_hold_protected_rows_is_not_given_away(tmp_path, protects):
    """Where rows may be sealed, no record holds the hash of their file: a short one would fall to guessing."""
    recipients = [make_identity().recipient] if protects else []
    begin(tmp_path / "a", NAME, recipients=recipients)[0].close()
    path = written(tmp_path / "a", [ROW.format("a")])
    add(tmp_path / "a", "reports", path, asked=Asked(zone="UTC"))
    add(tmp_path / "a", "reports", path, asked=Asked(zone="UTC"))
    ledger = open_ledger(tmp_path / "a")
    plain = hashlib.sha256(path.read_bytes()).hexdigest()
    told = [record for record in ledger.records() if plain in str(record) + str(record.body)]

    assert bool(told) is not protects
    assert ledger.size() == 3
    ledger.close()


def test_a_process_apart_reads_the_gazetteer_itself(folder, tmp_path):
    """A Parquet file of a stranger takes the name of a gazetteer, not what was read of one."""
    path = tmp_path / "r.parquet"
    pq.write_table(pa.table({"report": ["a"], "place": ["in Northton"]}), path)
    places = Toponyms((Toponym("Northton", 20.5, 10.0),))

    read = add(folder, "reports", path, asked=Asked(places="tests/data/places/toy.csv")).read

    assert read.table["lon"].to_pylist() == [20.5]
    with pytest.raises(TypeError, match="name its file"):
        add(folder, "reports", path, asked=Asked(places=places))

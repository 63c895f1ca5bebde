"""The demo: a ledger of its own, verified on each run, and never somebody else's."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

import truceline as tl
from truceline.api.demo import places_of, run_demo
from truceline.api.ledger import begin, key_beside
from truceline.api.publishing import Example
from truceline.errors import LedgerError, UsageError

TOY = Path(__file__).parents[2] / "examples" / "toy"


@pytest.fixture
def example(tmp_path):
    """Give the toy as an example, in a folder that may be changed."""
    folder = tmp_path / "toy"
    shutil.copytree(TOY, folder)
    return Example(folder, "Toy", "A toy", "terms.yaml", ("reports.csv",), None, "2030-03-05",
                   {"reports.csv": {"licence": "CC0", "credit": "us"}}, ("statements.csv",))  # fmt: skip


@pytest.fixture
def places(tmp_path):
    """Say where the demo writes."""
    (tmp_path / "out").mkdir()
    return places_of(tmp_path / "out" / "report.html")


def test_the_first_run_makes_a_ledger_and_the_second_continues_it(example, places):
    """Reports and statements go in once; the head of the first run is held against the ledger of the second."""
    first = run_demo(example, places)
    head = places.head.read_bytes()
    second = run_demo(example, places)

    assert [one.added.new for one in first.added] == [len(first.checked.batch), 5]
    assert (first.continued, second.continued) == (False, True)
    assert second.added == ()
    assert second.verified.log.older == (str(places.head),)
    assert places.head.read_bytes().split(b"\n")[:3] == head.split(b"\n")[:3]
    assert first.checked.summary == second.checked.summary


def test_it_finds_what_a_check_of_the_files_finds(example, places):
    """The verdicts are those of the plain file; what was left out by the day is told as well."""
    done = run_demo(example, places)
    deal = tl.load(example.folder / "terms.yaml")
    table = tl.read_reports(example.folder / "reports.csv", agreement=deal).table
    left_out = done.run.since.left_out

    assert left_out > 0
    assert len(done.checked.batch) == table.num_rows - left_out


def test_the_page_has_licences_chains_and_the_root(example, places):
    """Files that were taken in keep their licence; statements stand with their chains."""
    run_demo(example, places)
    page = places.page.read_text(encoding="utf-8")

    assert "CC0. us" in page
    assert 'id="statement-toy:s1"' in page
    assert "demo.truceline/toy, the first" in page


def test_a_run_that_was_stopped_is_taken_up(example, places):
    """A ledger without the files that follow, or with half of one, is filled by the next run."""
    run_demo(replace(example, statements=()), places)
    done = run_demo(example, places)

    assert [one.added.new for one in done.added] == [5]


def test_a_ledger_that_was_changed_is_refused(example, places):
    """What was changed behind the log is found before anything is checked; the page stays as it was."""
    run_demo(example, places)
    page = places.page.read_bytes()
    with closing(sqlite3.connect(places.ledger / "ledger.sqlite")) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE openings SET content = replace(content, 'River Post', 'Lake Post')")
        connection.commit()

    with pytest.raises(LedgerError, match=r"(?s)TL-L0.*TL-L073 .*rm -r .*ledger"):
        run_demo(example, places)
    assert places.page.read_bytes() == page


def test_another_head_is_refused(example, places, tmp_path):
    """A ledger that does not continue the head that was kept is not the one of the last run."""
    run_demo(example, places)
    (tmp_path / "other").mkdir()
    other = places_of(tmp_path / "other" / "report.html")
    run_demo(example, other)
    places.head.write_bytes(other.head.read_bytes())

    with pytest.raises(LedgerError, match="TL-L073"):
        run_demo(example, places)


def test_what_is_half_there_is_told_with_what_to_do(example, places):
    """A key without its ledger is never overwritten."""
    run_demo(example, places)
    shutil.rmtree(places.ledger)

    with pytest.raises(LedgerError, match=r"(?s)TL-L015.*rm -r \S+ledger.key") as found:
        run_demo(example, places)
    assert f"{places.ledger} " not in str(found.value)


def test_the_ledger_of_somebody_else_is_left_alone(example, places):
    """Nothing is put into a ledger of another name."""
    begin(places.ledger, "north.example/ledger")[0].close()

    with pytest.raises(UsageError, match=r"north\.example/ledger, not that of the demo"):
        run_demo(example, places)
    assert not places.page.exists()


def test_without_its_key_nothing_new_can_be_signed(example, places):
    """Once all is in, the demo runs without the key."""
    run_demo(example, places)
    key_beside(places.ledger).unlink()

    assert run_demo(example, places).added == ()


def test_a_page_that_somebody_named_has_a_ledger_of_its_own_name(tmp_path):
    """A folder that is somebody's may hold another ledger."""
    places = places_of(tmp_path / "page.html", named=True)

    assert (places.ledger.name, places.head.name) == ("page-ledger", "page-head.checkpoint")


def test_an_example_without_a_day_or_districts(example, places):
    """All reports are taken in; districts come from the areas of the terms."""
    done = run_demo(replace(example, since=None), places)

    assert done.run.since is None
    assert len(done.checked.batch) == 5

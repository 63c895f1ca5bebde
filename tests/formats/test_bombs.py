"""Files that ask for more than they are: a located refusal, told once, in little time and memory, and nothing left."""

import re

import pytest

from binary_bombs import BINARY, SWELLING
from bombs import JSON, TEXT
from limited import Limited
from truceline.errors import EvidenceError
from truceline.formats.apart import read_apart
from truceline.formats.reports import read_reports
from truceline.formats.sandbox import Limits

SECONDS, MIB = 15, 320  # generous: tests share a machine; most of them take half a second and 40 MiB
ALL = {**TEXT, **BINARY}


@pytest.fixture(scope="module")
def limited():
    """Start the program once."""
    started = Limited()
    yield started
    started.stop()


@pytest.mark.parametrize("name", ALL)
def test_a_bomb_is_refused_where_it_is(tmp_path, limited, name):
    """It names the file, the place and the rule in a short line; no traceback, no half output, nothing elsewhere."""
    bomb, folder = ALL[name], tmp_path / "desk"
    folder.mkdir()
    words = bomb.lay_out(folder)
    before = {path.name for path in folder.iterdir()}
    run = limited.run(words, folder)
    left = {path.name for path in folder.iterdir()} - before

    assert re.search(bomb.said, run.told), run.told[:2000]
    assert run.code == bomb.code
    assert left <= ({"out.parquet", "out.parquet.rejects.csv"} if not bomb.code else set())
    assert [path.name for path in tmp_path.iterdir()] == ["desk"]
    assert "Traceback" not in run.told
    assert max(map(len, run.lines)) < 700
    assert len(run.lines) == len(set(run.lines)) <= 30
    assert run.seconds < SECONDS
    assert run.mib < MIB


@pytest.mark.parametrize("name", [*JSON, *BINARY])
def test_a_call_is_refused_as_a_command_is(tmp_path, name):
    """Who calls the reader from Python is told the same, by an error that carries the place."""
    bomb = ALL[name]
    path = tmp_path / bomb.lay_out(tmp_path)[1]
    try:
        counts, faults = read_reports(path, zone="UTC").counts, ()
    except EvidenceError as error:
        counts, faults = {}, error.faults

    assert bool(faults) == bool(bomb.code)
    assert all(fault.at.startswith(str(path)) for fault in faults)
    assert counts.get("read") == (counts["kept"] + counts["rejected"] if counts else None)


@pytest.mark.parametrize("name", SWELLING)
def test_what_swells_is_refused_in_a_process_of_its_own(tmp_path, name):
    """What no header tells is found by the limits of a child: a refusal, and we are as small as before."""
    path = SWELLING[name](tmp_path)
    before = path.stat().st_size
    with pytest.raises(EvidenceError, match=rf"{path.name}: TL-R(60[123]|001|007)") as raised:
        read_apart(path, limits=Limits(memory_bytes=2**30, seconds=20))

    assert len(raised.value.faults) == 1
    assert before < 2**21
    assert {one.name for one in tmp_path.iterdir()} == {path.name}


def test_good_files_pass(tmp_path, limited):
    """The control: the same way in, with nothing wrong, gives all rows and says so in one line."""
    (tmp_path / "a.csv").write_bytes(b"report,from,lon,lat,radius_m\na,2030-03-05,36.1,32.7,20\n")
    run = limited.run(["import", "a.csv", "--zone", "UTC", "-o", "out.parquet"], tmp_path)

    assert (run.code, run.lines) == (0, ["1 of 1 rows of a.csv (csv): out.parquet"])


def test_the_harness_has_teeth(tmp_path, limited):
    """A process that is killed for its time or ends with a fault of ours would be seen as such."""
    assert limited.run(["no-such-command"], tmp_path).code == 2
    assert limited.run(["import", "none.csv", "-o", "x.parquet"], tmp_path).code == 3

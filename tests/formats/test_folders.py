"""Folders of reports."""

import os
from pathlib import Path

import pytest

from truceline.errors import EvidenceError
from truceline.formats.folders import files_of, is_folder


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Lay out a folder as programs leave it."""
    monkeypatch.chdir(tmp_path)
    for name in ("in/b.csv", "in/a.parquet", "in/2030/02.csv.gz", "in/2030/01.arrow", "in/_SUCCESS", "in/.a.crc",
                 "in/a.parquet.rejects.csv", "in/_temporary/x.csv", "in/.git/x.csv", "z.csv"):  # fmt: skip
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_the_files_of_a_folder_come_in_the_order_of_their_names():
    """Folders in it too, at the place of their name; marks, hidden files and our own lists are no reports."""
    assert list(files_of(["z.csv", "in", "-"])) == [
        "z.csv", "in/2030/01.arrow", "in/2030/02.csv.gz", "in/a.parquet", "in/b.csv", "-",
    ]  # fmt: skip
    assert is_folder("in")
    assert not is_folder("-")


def test_links_lead_to_files_and_not_to_folders(folder):
    """A link to a folder could lead in a circle."""
    (folder / "in" / "c.csv").symlink_to(folder / "z.csv")
    (folder / "in" / "round").symlink_to(folder / "in")

    assert [name for name in files_of(["in"]) if "c.csv" in name or "round" in name] == ["in/c.csv"]


def test_what_is_no_file_of_reports_is_refused(folder):
    """All of them at once, and a folder in which there is none; never is one passed over in silence."""
    (folder / "in" / "notes.txt").touch()
    (folder / "in" / "2030" / "map.png").touch()
    (folder / "empty").mkdir()
    with pytest.raises(EvidenceError) as found:
        files_of(["in", "empty"])

    assert [(fault.at, fault.code) for fault in found.value] == [
        ("in/2030/map.png", "TL-R014"), ("in/notes.txt", "TL-R014"), ("empty", "TL-R014"),
    ]  # fmt: skip


def test_many_strangers_of_one_kind_are_one_line(folder):
    """With their number and the first three; a few of another kind are named each."""
    for number in range(1200):
        (folder / "in" / f"n{number:04}.TXT").touch()
    (folder / "in" / "LICENSE").touch()
    (folder / "in" / "map.png").touch()
    with pytest.raises(EvidenceError) as found:
        files_of(["in"])

    assert [(fault.at, fault.code) for fault in found.value] == [
        ("in/LICENSE", "TL-R014"), ("in/map.png", "TL-R014"), ("in", "TL-R014"),
    ]  # fmt: skip
    assert found.value.faults[2].what.endswith(
        ": 1,200 files end in .txt, such as in/n0000.TXT, in/n0001.TXT, in/n0002.TXT"
    )


@pytest.mark.usefixtures("folder")
def test_a_folder_that_may_not_be_looked_into_is_told(monkeypatch):
    """With what the system says."""

    def forbidden(_):
        raise PermissionError(13, "Permission denied", "in")

    monkeypatch.setattr(Path, "iterdir", forbidden)
    with pytest.raises(EvidenceError, match="in: TL-R001 the file cannot be opened: Permission denied"):
        files_of(["in"])


def test_a_pipe_in_a_folder_is_refused(folder):
    """It could be read for ever; a link that leads nowhere is told too, and so is everything else that is wrong."""
    os.mkfifo(folder / "in" / "pipe.csv")
    (folder / "in" / "gone.csv").symlink_to(folder / "nowhere.csv")
    (folder / "in" / "round.csv").symlink_to(folder / "in" / "round.csv")
    (folder / "in" / "notes.txt").touch()
    with pytest.raises(EvidenceError) as found:
        files_of(["in"])

    assert [(fault.at, fault.code) for fault in found.value] == [
        ("in/gone.csv", "TL-R001"), ("in/pipe.csv", "TL-R001"), ("in/round.csv", "TL-R001"),
        ("in/notes.txt", "TL-R014"),
    ]  # fmt: skip


@pytest.mark.usefixtures("folder")
def test_a_file_that_may_not_be_looked_at_is_told(monkeypatch):
    """With what the system says, for each file."""

    def forbidden(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_file", forbidden)
    with pytest.raises(EvidenceError, match=r"in/b\.csv: TL-R001 the file cannot be opened: Permission denied"):
        files_of(["in"])

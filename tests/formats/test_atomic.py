"""Files written wholly or not at all."""

import errno
import os
import threading

import pytest

from truceline.errors import UsageError
from truceline.formats.atomic import not_written, written


def names(folder):
    """List all files, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


def test_the_name_appears_with_the_whole(tmp_path):
    """While the file is being written there is only a temporary name beside it; afterwards only the file."""
    with written(tmp_path / "a.txt") as file:
        file.write(b"half")
        during = names(tmp_path)
        file.write(b" and half")

    assert [name.startswith(".a.txt.") and name.endswith(".part") for name in during] == [True]
    assert names(tmp_path) == ["a.txt"]
    assert (tmp_path / "a.txt").read_bytes() == b"half and half"


def interrupted(trouble):
    """Give half of the bytes, then no more."""
    yield b"new"
    raise trouble


@pytest.mark.parametrize("trouble", [ValueError, KeyboardInterrupt, SystemExit])
def test_trouble_leaves_the_old_file(tmp_path, trouble):
    """Whatever ends the writing early, an older file stays as it was and nothing else is left."""
    (tmp_path / "a.txt").write_bytes(b"old")
    with pytest.raises(trouble), written(tmp_path / "a.txt") as file:
        file.writelines(interrupted(trouble))

    assert names(tmp_path) == ["a.txt"]
    assert (tmp_path / "a.txt").read_bytes() == b"old"


def test_a_full_disk_is_told(tmp_path):
    """An error of the system names the file and says what to do; nothing is left."""
    with pytest.raises(UsageError, match=r"TL-E910 .* cannot be written .*; make room on"), written(tmp_path / "a.txt"):
        raise OSError(errno.ENOSPC, "No space left on device")

    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("number", "remedy"),
    [(errno.EACCES, "in which you may write"), (errno.EISDIR, "name a file in it"), (errno.EIO, "another file")],
)
def test_the_remedy_fits_the_trouble(number, remedy):
    """Whoever may not write there is not told to make room."""
    assert remedy in str(not_written("a.txt", OSError(number, os.strerror(number))))


def test_links_in_a_circle_are_told(tmp_path):
    """A name that leads to itself is no traceback."""
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")

    with pytest.raises(UsageError, match="TL-E910"), written(tmp_path / "a.txt"):
        pass


def test_a_folder_that_does_not_exist_is_told(tmp_path):
    """A missing folder is no traceback, and is not made."""
    with pytest.raises(UsageError, match="TL-E910"), written(tmp_path / "none" / "a.txt"):
        pass

    assert names(tmp_path) == []


def test_a_link_stays_a_link(tmp_path):
    """Writing to a link writes to the file it points at."""
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    with written(tmp_path / "link.txt") as file:
        file.write(b"x")

    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "a.txt").read_bytes() == b"x"


def test_a_pipe_is_written_to_directly(tmp_path):
    """What is no ordinary file is not replaced by one."""
    os.mkfifo(tmp_path / "pipe")
    got = []
    reader = threading.Thread(target=lambda: got.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    with written(tmp_path / "pipe") as file:
        file.write(b"through")
    reader.join(timeout=10)

    assert got == [b"through"]
    assert names(tmp_path) == ["pipe"]


def test_a_reader_that_left_is_no_fault_of_the_file(tmp_path):
    """A broken pipe stays what it is, so that the program can end silently."""
    with pytest.raises(BrokenPipeError), written(tmp_path / "a.txt"):
        raise BrokenPipeError


def test_a_draft_may_lie_elsewhere(tmp_path):
    """A writer that may be killed keeps its draft out of the folder that others read."""
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    with written(tmp_path / "a.txt", drafts=drafts) as file:
        file.write(b"all")
        assert len(list(drafts.iterdir())) == 1
        assert not list(tmp_path.glob(".*"))

    assert (tmp_path / "a.txt").read_bytes() == b"all"
    assert not list(drafts.iterdir())

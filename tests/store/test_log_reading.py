"""Files of a log are read with care: a folder in the place of a file, or a file without end, is a located refusal."""

import pytest

from logs import entries, sealed
from truceline.errors import LedgerError
from truceline.evidence.tiles import Tile
from truceline.store.log_reading import read_bytes, read_checkpoint, read_entries, read_tile, tile_files


@pytest.fixture
def folder(tmp_path):
    """Give a log of 300 entries."""
    sealed(tmp_path / "log", entries(300))
    return tmp_path / "log"


def test_entries_that_cannot_be_read(folder):
    """Reading ends where an entry is cut off, with the path and the number of the entry."""
    path = folder / "tile/entries/001.p/44"
    path.write_bytes(path.read_bytes()[:-1])
    read = read_entries(folder, 300, 250)

    assert [next(read) for _ in range(6)] == entries(300)[250:256]
    with pytest.raises(LedgerError, match=r"tile/entries/001\.p/44: TL-L021 entry 299 is cut off or missing"):
        next(read)


def test_a_partial_tile_stands_in_its_full_form(folder):
    """Whoever holds an older head finds its partial tile in the full one."""
    whole = read_tile(folder, Tile(0, 0))

    assert read_tile(folder, Tile(0, 0, 200)) == whole[: 200 * 32]
    with pytest.raises(LedgerError, match=r"tile/0/001\.p/7: TL-L021 the file is missing"):
        read_tile(folder, Tile(0, 1, 7))


def test_what_is_no_file(folder):
    """A folder of the name, and a file that is too long, are told with the place."""
    (folder / "checkpoint").unlink()
    (folder / "checkpoint").mkdir()
    with pytest.raises(LedgerError, match="checkpoint: TL-L021 the file cannot be read"):
        read_checkpoint(folder)
    with pytest.raises(LedgerError, match="tile/0/000: TL-L021 the file has more than 8191 bytes"):
        read_bytes(folder / "tile/0/000", 8191)


def test_hidden_files_are_left_out(folder):
    """What an editor or a killed run leaves under a hidden name is none of the log."""
    (folder / "tile" / ".DS_Store").write_bytes(b"")

    assert [str(tile) for _, tile in tile_files(folder)] == [
        "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44",
    ]  # fmt: skip

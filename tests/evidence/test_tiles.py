"""Tiles: the sizes and paths of C2SP tlog-tiles, and what a growing tree needs and no longer needs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.errors import LedgerError
from truceline.evidence.merkle import inclusion_proof, leaf_hash, root_at, root_of
from truceline.evidence.tiles import (
    ENTRIES,
    Tile,
    bundle,
    full_between,
    hash_reader,
    split_tile,
    tile_at,
    tiles_between,
    tiles_of,
    unbundle,
)


def by_hand(size):
    """Give the tiles of a tree straight from the words of the specification."""
    found = {(ENTRIES, n, min(256, size - 256 * n)) for n in range(-(-size // 256))}
    for level in range(8):
        whole = size // 256**level
        found |= {(level, n, 256) for n in range(whole // 256)}
        if whole % 256:
            found.add((level, whole // 256, whole % 256))
    return {Tile(*one) for one in found}


def test_the_example_of_70000():
    """273 full tiles and one of 112 at level 0, one full and one of 17 at level 1, one of width 1 at level 2 (C2SP)."""
    tiles = [tile for tile in tiles_of(70_000) if tile.level >= 0]

    assert sum(tile.level == 0 and tile.full for tile in tiles) == 273
    assert [tile for tile in tiles if not tile.full] == [Tile(0, 273, 112), Tile(1, 1, 17), Tile(2, 0, 1)]
    assert [tile for tile in tiles if tile.level == 1 and tile.full] == [Tile(1, 0)]


def test_the_example_of_256():
    """A tree of 256 has one full tile of level 0 and one of width 1 at level 1 (C2SP)."""
    assert [str(tile) for tile in tiles_of(256)] == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 1_234_067), "tile/0/x001/x234/067"),
        (Tile(ENTRIES, 0, 1), "tile/entries/000.p/1"),
        (Tile(63, 999, 255), "tile/63/999.p/255"),
        (Tile(1, 1000), "tile/1/x001/000"),
        (Tile(1, 10**9 + 7), "tile/1/x001/x000/x000/007"),
    ],
)
def test_paths(tile, path):
    """Each tile has one path, and the path leads back to it; the first is the example of C2SP."""
    assert str(tile) == path
    assert tile_at(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/67", "tile/00/067", "tile/64/067", "tile/-1/067", "tile/0/x000/067", "tile/0/001/067", "tile/0/x067",
        "tile/0/067.p/0", "tile/0/067.p/256", "tile/0/067.p/01", "tile/0/067.p", "tile/entry/067", "tile/0/067/",
        "/tile/0/067", "tile/0/067\n", "tile/0/0\u0661\u0662", "checkpoint", "tile/0/../067", "tile/entries/",
    ],
)  # fmt: skip
def test_what_is_no_path(path):
    """No second path leads to a tile: no zeros in front, no width of 256, no other digits."""
    assert tile_at(path) is None


@settings(max_examples=80)
@given(st.integers(0, 70_000), st.integers(0, 70_000))
def test_growing_makes_the_tiles_that_changed(one, other):
    """What a tree needs after growing are its tiles that the old tree did not have as they are."""
    old, new = sorted((one, other))
    added = list(tiles_between(old, new))

    assert set(added) == by_hand(new) - by_hand(old)
    assert len(set(added)) == len(added)
    assert set(full_between(old, new)) == {tile for tile in added if tile.full}
    assert all(tile.begin < tile.end <= new for tile in added)


def test_the_span_of_a_tile():
    """A tile of level 1 speaks of 256 entries for each of its hashes; a bundle of one for each."""
    assert (Tile(1, 2, 3).begin, Tile(1, 2, 3).end) == (2 * 65_536, 2 * 65_536 + 3 * 256)
    assert (Tile(ENTRIES, 2, 3).begin, Tile(ENTRIES, 2, 3).end) == (512, 515)
    assert Tile(0, 4, 7).whole == Tile(0, 4)


def test_hashes_are_read_from_tiles():
    """The hashes of all full subtrees, proofs and the root follow from tiles alone, each of which is read once."""
    size = 66_000
    rows = [[leaf_hash(str(number).encode()) for number in range(size)]]
    while len(rows[-1]) >= 256:
        last = len(rows[-1]) // 256 * 256
        rows.append([root_of(rows[-1][begin : begin + 256]) for begin in range(0, last, 256)])
    asked = []

    def read(tile):
        asked.append(tile)
        return b"".join(rows[tile.level][tile.index * 256 : tile.index * 256 + tile.width])

    hash_at = hash_reader(size, read)
    for level, index in ((0, 65_999), (3, 8_249), (8, 256), (11, 31), (16, 0)):
        assert hash_at(level, index) == root_of(rows[0][index << level : (index + 1) << level])
    assert root_at(size, hash_at) == root_of(rows[0])
    assert inclusion_proof(3, size, hash_at)[0] == rows[0][2]
    assert set(asked) <= by_hand(size)
    assert len(set(asked)) == len(asked)


def test_a_tile_of_another_length_is_refused():
    """A tile has 32 bytes for each hash."""
    with pytest.raises(LedgerError, match=r"log/tile/0/000\.p/2: TL-L021 63 bytes where 2 hashes have 64"):
        split_tile(bytes(63), Tile(0, 0, 2), "log/tile/0/000.p/2")


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=9))
def test_a_bundle_keeps_its_entries(entries):
    """What is put into a bundle comes out again, and nothing is wrong with it."""
    assert unbundle(bundle(entries), Tile(ENTRIES, 0, len(entries))) == (tuple(entries), None)


def test_a_bundle_is_as_c2sp_writes_it():
    """The length of each entry comes first, in two bytes, the high one first; 65,535 is the most."""
    assert bundle([b"a" * 258, b""]) == b"\x01\x02" + b"a" * 258 + b"\0\0"
    assert len(bundle([bytes(65_535)])) == 65_537
    with pytest.raises(LedgerError, match=r"new entry 1: TL-L020 65536 bytes, .* 65535; log a commitment"):
        bundle([b"", bytes(65_536)])


@pytest.mark.parametrize(
    ("data", "entries", "what"),
    [
        (b"", (), "entry 512 is cut off or missing"),
        (b"\0", (), "entry 512 is cut off or missing"),
        (b"\0\1", (), "entry 512 is cut off or missing"),
        (b"\0\1a\0\2b", (b"a",), "entry 513 is cut off or missing"),
        (b"\0\1a", (b"a",), "entry 513 is cut off or missing"),
        (b"\0\1a\0\1bcde", (b"a", b"b"), "3 bytes stand after the last entry, 513"),
    ],
)
def test_a_damaged_bundle_is_read_as_far_as_it_goes(data, entries, what):
    """What can be read is given, with the number of the entry at which it ends."""
    found, fault = unbundle(data, Tile(ENTRIES, 2, 2), "log/tile/entries/002.p/2")

    assert found == entries
    assert (fault.at, fault.code, fault.what) == ("log/tile/entries/002.p/2", "TL-L021", what)

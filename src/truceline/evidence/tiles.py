"""The tree of a log cut into tiles, each of which is one small file that never changes again (C2SP tlog-tiles).

A tile holds up to 256 neighbouring hashes of one row: those of entries at level 0, and at level L those over 256**L
entries each. A tile of fewer hashes is partial, and its width is part of its name. The entries themselves stand in
bundles, cut like the tiles of level 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from truceline.errors import Fault, LedgerError
from truceline.evidence.merkle import HASH_SIZE, HashAt, root_of

__all__ = [
    "ENTRIES",
    "LONGEST_ENTRY",
    "WIDTH",
    "Tile",
    "bundle",
    "full_between",
    "hash_reader",
    "split_tile",
    "tile_at",
    "tiles_between",
    "tiles_of",
    "unbundle",
]

WIDTH: Final = 256
"""Hashes in a full tile, and entries in a full bundle."""
ENTRIES: Final = -1
"""The level of bundles of entries, which stand below the tiles of level 0."""
LONGEST_ENTRY: Final = 65_535
"""Bytes of the longest entry: its length is written in two bytes."""

_HEIGHT: Final = 8
_LEVELS: Final = 64
_PATH: Final = re.compile(
    r"tile/(?P<level>0|[1-9][0-9]?|entries)/(?P<index>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """One tile: its level (`ENTRIES`: a bundle of entries), its index in that level, and how many hashes it holds.

    >>> print(Tile(0, 1234067), Tile(ENTRIES, 3, 17))
    tile/0/x001/x234/067 tile/entries/003.p/17
    """

    level: int
    index: int
    width: int = WIDTH

    def __str__(self) -> str:
        """Give the path of its file, below the folder of the log."""
        level = "entries" if self.level == ENTRIES else self.level
        return f"tile/{level}/{_digits(self.index)}" + ("" if self.full else f".p/{self.width}")

    @property
    def full(self) -> bool:
        """Whether it holds all that it ever will."""
        return self.width == WIDTH

    @property
    def whole(self) -> Tile:
        """The full tile that this one is, or is the beginning of."""
        return Tile(self.level, self.index)

    @property
    def begin(self) -> int:
        """The first entry that it speaks of."""
        return self.index << _HEIGHT * (max(self.level, 0) + 1)

    @property
    def end(self) -> int:
        """The entry after the last one that it speaks of."""
        return self.begin + (self.width << _HEIGHT * max(self.level, 0))


def _digits(index: int) -> str:
    """Write an index in groups of three digits, an x before each but the last."""
    thousands, rest = divmod(index, 1000)
    groups = [f"{rest:03}"]
    while thousands:
        thousands, rest = divmod(thousands, 1000)
        groups.append(f"x{rest:03}")
    return "/".join(reversed(groups))


def tile_at(path: str) -> Tile | None:
    """Say which tile stands at a path; None: such a path is none of a tile.

    >>> tile_at("tile/3/x001/x234/067.p/8")
    Tile(level=3, index=1234067, width=8)
    >>> tile_at("tile/3/67") is None
    True
    """
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    level = ENTRIES if match["level"] == "entries" else int(match["level"])
    tile = Tile(level, int(re.sub(r"[x/]", "", match["index"])), int(match["width"] or WIDTH))
    return tile if level < _LEVELS and str(tile) == path else None  # one path for each tile: no x000, no .p/256


def tiles_of(size: int) -> Iterator[Tile]:
    """Go through all tiles and bundles of a tree, from below; the last one of a level may be partial.

    >>> [str(tile) for tile in tiles_of(257) if tile.level >= 0]
    ['tile/0/000', 'tile/0/001.p/1', 'tile/1/000.p/1']
    """
    yield from tiles_between(0, size)


def tiles_between(old: int, new: int) -> Iterator[Tile]:
    """Go through the tiles and bundles that a tree needs after growing from one size to another, from below.

    >>> [str(tile) for tile in tiles_between(255, 256)]
    ['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1']
    """
    for level, had, has in _rows(old, new):
        for index in range(had // WIDTH, -(-has // WIDTH)):
            yield Tile(level, index, min(WIDTH, has - index * WIDTH))


def full_between(old: int, new: int) -> Iterator[Tile]:
    """Go through the tiles that became full on the way: what there is of their partial forms is no longer needed.

    >>> [str(tile) for tile in full_between(255, 257)]
    ['tile/entries/000', 'tile/0/000']
    """
    return (tile for tile in tiles_between(old, new) if tile.full)


def _rows(old: int, new: int) -> Iterator[tuple[int, int, int]]:
    """Give each level whose row has grown, and its length before and after."""
    if new > old:
        yield ENTRIES, old, new
    level = 0
    while new > old:
        yield level, old, new
        level, old, new = level + 1, old // WIDTH, new // WIDTH


def hash_reader(size: int, read: Callable[[Tile], bytes]) -> HashAt:
    """Give the hashes of full subtrees from the tiles of a tree of some size.

    Parameters
    ----------
    size : int
        The tree whose tiles there are.
    read : callable
        Gives the bytes of a tile, 32 for each hash; each tile is asked for once.
    """

    @cache
    def hashes(level: int, index: int) -> tuple[bytes, ...]:
        tile = Tile(level, index, min(WIDTH, (size >> _HEIGHT * level) - index * WIDTH))
        return split_tile(read(tile), tile)

    def hash_at(level: int, index: int) -> bytes:
        row, inside = divmod(level, _HEIGHT)
        place, begin = divmod(index << inside, WIDTH)
        return root_of(hashes(row, place)[begin : begin + (1 << inside)])

    return hash_at


def split_tile(data: bytes, tile: Tile, at: str | None = None) -> tuple[bytes, ...]:
    """Take a tile apart into its hashes.

    Raises
    ------
    LedgerError
        TL-L021, if it is not as long as its width says.

    Examples
    --------
    >>> split_tile(bytes(64), Tile(0, 0, 2)) == (bytes(32), bytes(32))
    True
    """
    if len(data) != tile.width * HASH_SIZE:
        what = f"{len(data)} bytes where {tile.width} hashes have {tile.width * HASH_SIZE}"
        raise LedgerError([Fault(at or str(tile), "TL-L021", what, "take the file from a copy made before")])
    return tuple(data[begin : begin + HASH_SIZE] for begin in range(0, len(data), HASH_SIZE))


def bundle(entries: Iterable[bytes]) -> bytes:
    r"""Put entries into a bundle: the length of each in two bytes, the high one first, and its bytes.

    Raises
    ------
    LedgerError
        TL-L020, if an entry is longer than 65,535 bytes.

    Examples
    --------
    >>> bundle([b"ab", b""])
    b'\x00\x02ab\x00\x00'
    """
    parts = []
    for number, entry in enumerate(entries):
        if len(entry) > LONGEST_ENTRY:
            what = f"{len(entry)} bytes, and an entry of a log has at most {LONGEST_ENTRY}"
            raise LedgerError([Fault(f"new entry {number}", "TL-L020", what, "log a commitment, not the content")])
        parts.append(len(entry).to_bytes(2) + entry)
    return b"".join(parts)


def unbundle(data: bytes, tile: Tile, at: str | None = None) -> tuple[tuple[bytes, ...], Fault | None]:
    r"""Take a bundle apart, as far as it can be read.

    Returns
    -------
    entries : tuple of bytes
        Those that can be read, in order; no more than the bundle should have.
    fault : Fault or None
        TL-L021, if it ends within an entry, or has fewer or more of them than its width says.

    Examples
    --------
    >>> unbundle(b"\x00\x02ab\x00\x00", Tile(ENTRIES, 0, 2))
    ((b'ab', b''), None)
    >>> entries, fault = unbundle(b"\x00\x02ab\x00\x01", Tile(ENTRIES, 0, 2))
    >>> entries, fault.what
    ((b'ab',), 'entry 1 is cut off or missing')
    """
    entries, begin = list[bytes](), 0
    while len(entries) < tile.width:
        end = begin + 2 + int.from_bytes(data[begin : begin + 2])
        if begin + 2 > len(data) or end > len(data):
            break
        entries.append(data[begin + 2 : end])
        begin = end
    what = None
    if len(entries) < tile.width:
        what = f"entry {tile.begin + len(entries)} is cut off or missing"
    elif begin < len(data):
        what = f"{len(data) - begin} bytes stand after the last entry, {tile.end - 1}"
    remedy = "take the file from a copy made before"
    return tuple(entries), Fault(at or str(tile), "TL-L021", what, remedy) if what else None

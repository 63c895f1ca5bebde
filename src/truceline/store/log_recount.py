"""Hash all stored entries of a log anew, hold every tile against them, and find the first that is not as signed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from truceline.errors import Fault, LedgerError
from truceline.evidence.merkle import leaf_hash, root_at, root_of
from truceline.evidence.tiles import ENTRIES, WIDTH, Tile, split_tile, tiles_of
from truceline.store.log_reading import hashes_of, read_bundle, read_tile, tile_files

__all__ = ["Recount"]

Row = list[bytes | None]

_MOST_FAULTS: Final = 1000
"""After so many faults nothing more is looked for: a head may speak of entries without number."""
_REMEDY: Final = "compare it with a copy made before"


class Recount:
    """The entries of a log of some size, hashed anew.

    `rows` : the hashes of full tiles of entries, of 256, 65,536, ... entries each; None where some cannot be read.
    `readable` : how many entries can be read, from the first one on. `faults` : TL-L021 for what cannot be read,
    TL-L022 for tiles that do not fit the entries, TL-L029 for files that are none of a log, at most some thousand.
    `beyond` : how many files reach beyond the size: they were never signed.
    """

    def __init__(self, folder: Path, size: int) -> None:
        """Read everything once."""
        self.folder, self.size = folder, size
        self.rows: list[Row] = []
        self.faults: list[Fault] = []
        self.readable, self.beyond = 0, 0
        self._held: tuple[int, Row] = (-1, [])
        self._count()
        if len(self.faults) <= _MOST_FAULTS:
            self._compare()

    def root(self, size: int) -> bytes | None:
        """Give the root over the first entries as they are stored; None: some of them cannot be read."""
        return root_at(size, self._hash_at) if size <= self.readable else None

    def first_bad(self, root: bytes) -> tuple[int, int] | None:
        """Find the first entry that is not the one which a signed root stands for.

        The tiles are used as far as they lead to that root: from the root down to the entry. Where they do not, the
        answer is as wide as the tile is.

        Returns
        -------
        begin, end : int
            It is one of those from `begin` to the one before `end`; None: all are as signed.
        """
        if self.root(self.size) == root:
            return None
        try:
            if root_at(self.size, hashes_of(self.folder, self.size)) != root:
                return 0, self.size
        except LedgerError:
            return 0, self.size
        found = (self._first_bad(level, index, stored) for level, index, stored in self._edge())
        return next(bad for bad in found if bad)

    def _count(self) -> None:
        """Hash all entries, and hold the hashes against those of level 0."""
        whole, row = True, Row()
        for index in range(-(-self.size // WIDTH)):
            leaves = self._leaves(index, told=True)
            if whole:
                self.readable += len(leaves)
            width = min(WIDTH, self.size - index * WIDTH)
            whole &= len(leaves) == width
            if width == WIDTH:
                row.append(_over(leaves))
            if len(self.faults) > _MOST_FAULTS:
                return
        while row:
            self.rows.append(row)
            row = [_over(row[begin : begin + WIDTH]) for begin in range(0, len(row) - WIDTH + 1, WIDTH)]

    def _compare(self) -> None:
        """Hold each file against the entries: the tiles there must be, and what is left of their partial forms."""
        there = set[Tile]()
        for path, tile in tile_files(self.folder):
            if len(self.faults) > _MOST_FAULTS:
                return
            if tile is None:
                self.faults.append(Fault(str(path), "TL-L029", "this is no file of a log", "ask who put it there"))
                continue
            there.add(tile)
            self.beyond += tile.end > self.size
            if tile.level >= 0 or not self._is_needed(tile):  # needed bundles were read while counting
                self._hold(path, tile)
        for tile in tiles_of(self.size):
            if tile.level != ENTRIES and not {tile, tile.whole} & there:
                at = str(self.folder / str(tile))
                self.faults.append(Fault(at, "TL-L021", "the file is missing", _REMEDY))

    def _is_needed(self, tile: Tile) -> bool:
        return tile.width == min(WIDTH, self.size - tile.index * WIDTH)

    def _hold(self, path: Path, tile: Tile) -> None:
        """Hold one tile, as far as the log reaches, against the hashes of stored entries."""
        computed = self._computed(max(tile.level, 0), tile.index)[: tile.width]
        try:
            if tile.level == ENTRIES:
                entries, fault = read_bundle(self.folder, tile)
                stored = tuple(map(leaf_hash, entries))
                self.faults.extend([fault] if fault else [])
            else:
                stored = split_tile(read_tile(self.folder, tile), tile, str(path))
        except LedgerError as error:
            self.faults.extend(error.faults)
            return
        for number, (mine, its) in enumerate(zip(computed, stored, strict=False)):
            if mine is not None and mine != its:
                begin = Tile(tile.level, tile.index, number).end
                what = f"it does not fit the stored entries, first at entry {begin}"
                self.faults.append(Fault(str(path), "TL-L022", what, _REMEDY))
                return

    def _first_bad(self, level: int, index: int, signed: bytes) -> tuple[int, int] | None:
        """Find the first bad entry below a hash that is known to be as signed."""
        place, inside = divmod(index, WIDTH)
        row = self._computed(level, place)
        if inside < len(row) and row[inside] == signed:
            return None
        if level == 0:
            return index, index + 1
        tile = Tile(level - 1, index)
        try:
            stored = split_tile(read_tile(self.folder, tile), tile)
        except LedgerError:
            stored = ()
        if root_of(stored) != signed:
            return tile.begin, tile.end
        below = (self._first_bad(level - 1, index * WIDTH + number, one) for number, one in enumerate(stored))
        return next(bad for bad in below if bad)

    def _edge(self) -> Iterator[tuple[int, int, bytes]]:
        """Go through the stored hashes of the last tile of each level: together they make up the root."""
        for level in reversed(range(-(-self.size.bit_length() // 8))):
            length = self.size >> 8 * level
            if width := length % WIDTH:
                tile = Tile(level, length // WIDTH, width)
                for number, stored in enumerate(split_tile(read_tile(self.folder, tile), tile)):
                    yield level, tile.index * WIDTH + number, stored

    def _hash_at(self, level: int, index: int) -> bytes:
        row, inside = divmod(level, 8)
        place, begin = divmod(index << inside, WIDTH)
        return root_of(one for one in self._computed(row, place)[begin : begin + (1 << inside)] if one)

    def _computed(self, level: int, index: int) -> Row:
        """Give the hashes of a tile as the stored entries have them, as far as these can be read."""
        if level == 0:
            return self._leaves(index)
        row = self.rows[level - 1] if level <= len(self.rows) else []
        return row[index * WIDTH : (index + 1) * WIDTH]

    def _leaves(self, index: int, *, told: bool = False) -> Row:
        """Hash the entries of a bundle, as far as they can be read and the log reaches."""
        if self._held[0] != index:
            width = min(WIDTH, self.size - index * WIDTH)
            entries, fault = read_bundle(self.folder, Tile(ENTRIES, index, width)) if width > 0 else ((), None)
            self._held = index, list(map(leaf_hash, entries))
            if told and fault:
                self.faults.append(fault)
        return self._held[1]


def _over(row: Row) -> bytes | None:
    """Give the root over a full tile of hashes; None: one of them is not known."""
    known = [one for one in row if one is not None]
    return root_of(known) if len(known) == WIDTH else None

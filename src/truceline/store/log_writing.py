"""Write the tiles and bundles by which a log grows; nothing is signed here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from truceline.errors import LedgerError
from truceline.evidence.merkle import Head, leaf_hash, root_at, root_of
from truceline.evidence.tiles import ENTRIES, WIDTH, Tile, bundle, split_tile
from truceline.store.durable import put_all
from truceline.store.log_reading import read_bundle, read_tile

__all__ = ["grow"]

_BATCH: Final = 8_000_000
"""Bytes that are gathered before they are written, so that a folder is synced once for many files."""


def grow(folder: Path, size: int, entries: Iterable[bytes]) -> Head:
    """Write the tiles of new entries behind the first `size`; all files are on the disk after the return.

    Returns
    -------
    Head
        Of the log with the new entries, by the hashes in memory; what the disk holds is another question.

    Raises
    ------
    LedgerError
        TL-L020, if an entry is too long; TL-L021, if a tile to be continued cannot be read; TL-L030, if the disk does
        not take it.
    """
    edge = _Edge(folder, size)
    waiting = dict[Path, bytes]()
    for tile, data in edge.tiles(iter(entries)):
        waiting[folder / str(tile)] = data
        if sum(map(len, waiting.values())) > _BATCH:
            put_all(waiting)
            waiting.clear()
    put_all(waiting)
    return edge.head


class _Edge:
    """The right edge of a log: the entries of its last bundle, and the hashes of the last tile of each level."""

    def __init__(self, folder: Path, size: int) -> None:
        """Read the edge as it stands."""
        self.size, self.entries = size, list[bytes]()
        self.rows: list[list[bytes]] = [[]]
        level, length = 0, size
        while length:
            if width := length % WIDTH:
                tile = Tile(level, length // WIDTH, width)
                self._row(level).extend(split_tile(read_tile(folder, tile), tile))
            level, length = level + 1, length // WIDTH
        if width := size % WIDTH:
            entries, fault = read_bundle(folder, Tile(ENTRIES, size // WIDTH, width))
            if fault:
                raise LedgerError([fault])
            self.entries.extend(entries)

    def tiles(self, entries: Iterator[bytes]) -> Iterator[tuple[Tile, bytes]]:
        """Add entries, and give each tile and bundle that is full, and at the end those that grew and are not."""
        lengths = self._lengths()
        while more := list(islice(entries, WIDTH - len(self.entries))):
            self.entries += more
            self.rows[0] += map(leaf_hash, more)
            self.size += len(more)
            if len(self.entries) == WIDTH:
                yield Tile(ENTRIES, self.size // WIDTH - 1), bundle(self.entries)
                self.entries.clear()
                yield from self._full_tiles()
        yield from self._partial_tiles(lengths)

    def _full_tiles(self) -> Iterator[tuple[Tile, bytes]]:
        level, length = 0, self.size
        while len(self.rows[level]) == WIDTH:
            length //= WIDTH
            yield Tile(level, length - 1), b"".join(self.rows[level])
            self._row(level + 1).append(root_of(self.rows[level]))
            self.rows[level].clear()
            level += 1

    def _partial_tiles(self, before: list[int]) -> Iterator[tuple[Tile, bytes]]:
        after = self._lengths()
        if self.entries and after[:1] != before[:1]:
            yield Tile(ENTRIES, self.size // WIDTH, len(self.entries)), bundle(self.entries)
        for level, length in enumerate(after):
            if self.rows[level] and before[level : level + 1] != [length]:
                yield Tile(level, length // WIDTH, len(self.rows[level])), b"".join(self.rows[level])

    @property
    def head(self) -> Head:
        """The size, and the root by the hashes at hand."""

        def hash_at(level: int, index: int) -> bytes:
            row, inside = divmod(level, 8)
            begin = (index << inside) % WIDTH
            return root_of(self.rows[row][begin : begin + (1 << inside)])

        return Head(self.size, root_at(self.size, hash_at))

    def _lengths(self) -> list[int]:
        """Give the length of the row of each level."""
        return [self.size >> 8 * level for level in range(len(self.rows))]

    def _row(self, level: int) -> list[bytes]:
        while len(self.rows) <= level:
            self.rows.append([])
        return self.rows[level]

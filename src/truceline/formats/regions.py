"""Regions: polygons by id, with the names that data sets use for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

__all__ = ["NO_REGIONS", "Regions", "folded"]


@dataclass(frozen=True)
class Regions:
    """n polygons in EPSG:4326: their ids, names, further names, and levels (adm1, adm2, country or empty)."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    also: tuple[tuple[str, ...], ...]
    levels: tuple[str, ...]
    polygons: NDArray[np.object_]

    def __len__(self) -> int:
        """Count the regions."""
        return len(self.ids)

    def __add__(self, other: Regions) -> Regions:
        """Join two sets of regions."""
        polygons = np.concatenate([self.polygons, other.polygons])
        return Regions(
            self.ids + other.ids, self.names + other.names, self.also + other.also, self.levels + other.levels, polygons
        )

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], str | None]:
        """Index by level and folded name; a name that two regions of one level share points to none."""
        found: dict[tuple[str, str], str | None] = {}
        for region, level, name, also in zip(self.ids, self.levels, self.names, self.also, strict=True):
            for word in dict.fromkeys(folded(each) for each in (region, name, *also) if each):
                found[level, word] = None if (level, word) in found else region
        return found

    def called(self, names: Sequence[str | None], level: str) -> pa.Array:
        """Find the region of each name: of the level asked for, else one of no stated level; null if none.

        >>> square = np.array([shapely.box(0, 0, 1, 1)])
        >>> regions = Regions(("R1",), ("North Province",), (("N.P.",),), ("adm1",), square)
        >>> regions.called(["north province ", "N.p.", "South", None], "adm1").to_pylist()
        ['R1', 'R1', None, None]
        """
        known = self._by_name
        asked = {name: folded(name) for name in set(names) if name}
        region = {name: known.get((level, word), known.get(("", word))) for name, word in asked.items()}
        return pa.array([region[name] if name else None for name in names], pa.string())


def folded(name: str) -> str:
    """Make names comparable: Unicode NFC, case folded, outer blanks dropped.

    >>> folded(" North PROVINCE")
    'north province'
    """
    return unicodedata.normalize("NFC", name).casefold().strip()


NO_REGIONS = Regions((), (), (), (), np.empty(0, dtype=object))

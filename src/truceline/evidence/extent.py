"""What is known of all reports of a part of a file, before any of them is read; and what of them has to be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

__all__ = ["Choice", "Excerpt", "Extent"]

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Extent:
    """Bounds that hold for every report of a part of a file; what nobody knows is None.

    `rows` : how many reports. `begins`, `ends` : the least and the most of the stated `from` and `until`,
    microseconds UTC; `dated` : every report states both. `box` : west, south, east and north of all places,
    degrees, and `radius` the largest of theirs, metres; None unless every report states a disc and no region.
    `same` : columns in which all reports say the same, with what they say.
    """

    rows: int
    begins: tuple[int, int] | None = None
    ends: tuple[int, int] | None = None
    dated: bool = False
    box: tuple[float, float, float, float] | None = None
    radius: float | None = None
    same: Mapping[str, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is read of a part of a file: some columns; in others every report has the cell given `instead`."""

    columns: tuple[str, ...]
    instead: Mapping[str, Cell] = field(default_factory=dict)


Choice = Callable[[Extent], Excerpt | None]
"""Says what has to be read of a part of a file; None: everything asked for."""

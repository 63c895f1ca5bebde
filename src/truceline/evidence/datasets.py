"""What a data set has the power to show. Where it has none, its silence and its rows say nothing.

A set that codes deaths only cannot show that forces are absent or that they withdrew. A rule
about an act that a set cannot show gets no verdict from it, and the summary says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from truceline.evidence.acts import is_kind_of

__all__ = ["DATASETS", "Dataset", "cannot_show"]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A known data set: the acts that it shows and those that it cannot show, whatever happened."""

    title: str
    shows: tuple[str, ...] = ()
    cannot_show: tuple[str, ...] = ()
    note: str = ""


DATASETS: Mapping[str, Dataset] = MappingProxyType({
    "ucdp-ged": Dataset(
        "UCDP Georeferenced Event Dataset",
        shows=("hostilities",),
        cannot_show=("presence", "advance", "overflight", "reinforcement", "construction", "obstruction", "detention",
                     "release", "delivery"),
        note="It codes organised violence with at least one death. It cannot show that forces are present or absent, "
        "that they moved or withdrew, nor any fire that killed nobody.",
    ),
    "acled": Dataset(
        "Armed Conflict Location & Event Data",
        note="Its strategic developments are coded where they help to understand the rest, not everywhere: their "
        "absence shows nothing.",
    ),
})  # fmt: skip


def cannot_show(dataset: str | None, act: str) -> bool:
    """Say whether a data set has no power to show an act; one that declares nothing can show all.

    >>> cannot_show("ucdp-ged", "position"), cannot_show("ucdp-ged", "fire.artillery"), cannot_show("patrols", "fire")
    (True, False, False)
    """
    known = DATASETS.get(dataset) if dataset is not None else None
    return known is not None and any(is_kind_of(act, name) for name in known.cannot_show)

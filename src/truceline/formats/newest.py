"""Which of several rows about one report is the newest: by what they say of themselves, or nobody knows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from typing import Any, Final

import pyarrow as pa

from truceline.formats import ucdp

__all__ = ["Sign", "newest", "signs_of"]

NUMBERS: Final = r"[0-9]{1,9}(?:\.[0-9]{1,9})*"
FEW: Final = 200  # distinct signs of one report that are compared pair by pair
Sign = tuple[int | None, int | None, tuple[str | None, tuple[int, ...]] | None]
"""When a row was reported and recorded, and its release."""


def newest(signs: Sequence[Sign], content: Sequence[int]) -> tuple[list[int], dict[int, str]]:
    """Choose among the rows of one report: the newest, or one of each content that may be the newest.

    Returns
    -------
    chosen : list of int
        Rows, each with another content; more than one if nobody knows which is the newest.
    others : dict of int to str
        For every other row the code that says why: equal to one that is chosen, or older.

    Examples
    --------
    >>> newest([(5, None, None), (7, None, None), (7, None, None)], [1, 2, 3])
    ([1, 2], {0: 'TL-R118'})
    """
    unbeaten = set(_unbeaten(list(dict.fromkeys(signs))))
    there = [row for row, sign in enumerate(signs) if sign in unbeaten]
    chosen = list({content[row]: row for row in reversed(there)}.values())[::-1]
    kept, left = {content[row] for row in chosen}, sorted({*range(len(signs))} - {*chosen})
    others = {row: "TL-R117" if content[row] in kept else "TL-R118" for row in left}
    return chosen, others


def _unbeaten(signs: Sequence[Sign]) -> Sequence[Sign]:
    """Give the signs that none is newer than; all of them where they contradict each other in a circle."""
    best = reduce(lambda one, other: other if _newer(other, one) else one, signs)
    if all(one is best or _newer(best, one) for one in signs):
        return [best]
    if len(signs) > FEW:
        return signs
    return [one for one in signs if not any(_newer(other, one) for other in signs)] or signs


def _newer(one: Sign, other: Sign) -> bool:
    """Say whether a row is newer: by at least one sign that both give, and by none is it older."""
    pairs: list[tuple[Any, Any]] = [(mine, its) for mine, its in zip(one[:2], other[:2], strict=True)
                                    if mine is not None and its is not None]  # fmt: skip
    if one[2] is not None and other[2] is not None and one[2][0] == other[2][0]:
        pairs.append((one[2][1], other[2][1]))
    return any(mine > its for mine, its in pairs) and all(mine >= its for mine, its in pairs)


def signs_of(ours: pa.Table) -> list[Sign]:
    """Collect what tells the age of each row.

    UCDP GED dates the event by its first sources, not the row: there only `recorded` and the release tell.
    """
    reported, recorded = (ours[name].cast(pa.int64()).to_pylist() for name in ("reported", "recorded"))
    datasets, versions = ours["dataset"].to_pylist(), ours["dataset_version"].to_pylist()
    keys = {pair: _release(*pair) for pair in set(zip(datasets, versions, strict=True))}
    return [
        (None if dataset == ucdp.DATASET else told, taken, keys[dataset, version])
        for told, taken, dataset, version in zip(reported, recorded, datasets, versions, strict=True)
    ]


def _release(dataset: str | None, version: str | None) -> tuple[str | None, tuple[int, ...]] | None:
    """Give the place of a release among those of its data set, if its name tells it.

    >>> _release("posts", "1.10"), _release("posts", "draft"), _release("ucdp-ged", "23.0.3")
    (('posts', (1, 10)), None, ('ucdp-ged', (0, 23, 3)))
    """
    if dataset == ucdp.DATASET:
        place = ucdp.release_order(version or "")
    else:
        place = tuple(map(int, version.split("."))) if version and re.fullmatch(NUMBERS, version) else None
    return None if place is None else (dataset, place)

"""Parts of a line that meet head to tail are one part, in whatever order they were written."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from truceline.errors import Fault
from truceline.locate.ecef import Floats, length_of, to_ecef
from truceline.locate.pieces import COINCIDE, Ints

__all__ = ["chained", "opposed"]

Flags = NDArray[np.bool_]


def chained(parts: Sequence[Floats]) -> tuple[Floats, ...]:
    """Join the parts whose last vertex is the first vertex of exactly one other part.

    The parts are arrays of shape (k, 2), lon/lat. Where three or more ends meet nothing is joined.
    A chain takes the place of the part that is listed first among its own.

    >>> north, south = np.array([[0.0, 1.0], [0.0, 2.0]]), np.array([[0.0, 0.0], [0.0, 1.0]])
    >>> [part.tolist() for part in chained([north, south])]
    [[[0.0, 0.0], [0.0, 1.0], [0.0, 2.0]]]
    """
    follower = _followers(parts)
    firsts = sorted(set(range(len(parts))) - set(follower.values()))
    chains = []
    waiting = dict.fromkeys(range(len(parts)))
    while waiting:
        part = firsts.pop(0) if firsts else next(iter(waiting))  # when no first is left, only rings are
        chain = [part]
        del waiting[part]
        while (part := follower.get(part, -1)) in waiting:
            chain.append(part)
            del waiting[part]
        chains.append(chain)
    return tuple(_strung([parts[part] for part in chain]) for chain in sorted(chains, key=min))


def opposed(parts: Sequence[Floats], name: str) -> list[Fault]:
    """List the places where two parts meet head to head or tail to tail: their plus sides contradict each other.

    >>> north, south = np.array([[0.0, 1.0], [0.0, 2.0]]), np.array([[0.0, 1.0], [0.0, 0.0]])
    >>> print(*opposed([north, south], "river"))
    river at 0.0, 1.0: TL-E405 two parts meet here that are drawn in opposite directions; turn one of them round
    """
    heads, numbers, meet = _meetings(parts)
    same = meet & np.equal.outer(heads, heads) & _alone(meet)
    places = [parts[number][0 if head else -1].tolist() for number, head in zip(numbers, heads, strict=True)]
    what, remedy = "two parts meet here that are drawn in opposite directions", "turn one of them round"
    return [
        Fault(f"{name} at {places[one][0]}, {places[one][1]}", "TL-E405", what, remedy)
        for one, other in np.argwhere(same).tolist()
        if one < other
    ]


def _meetings(parts: Sequence[Floats]) -> tuple[Flags, Ints, Flags]:
    """Say of the ends of all open parts: is it a head, whose is it, and which others does it touch."""
    ends = np.array([[part[0], part[-1]] for part in parts]).reshape(-1, 2)
    points = to_ecef(*ends.T)
    numbers = np.arange(len(parts)).repeat(2)
    heads = np.tile([True, False], len(parts))
    open_ = (length_of(points[0::2] - points[1::2]) >= COINCIDE).repeat(2)
    points, numbers, heads = points[open_], numbers[open_], heads[open_]
    meet = length_of(points[:, None, :] - points[None, :, :]) < COINCIDE
    np.fill_diagonal(meet, val=False)
    return heads, numbers, meet


def _alone(meet: Flags) -> Flags:
    """Keep only the places where exactly two ends meet."""
    single: Flags = meet.sum(axis=1) == 1
    return np.logical_and.outer(single, single)


def _followers(parts: Sequence[Floats]) -> dict[int, int]:
    heads, numbers, meet = _meetings(parts)
    pairs = np.argwhere(meet & _alone(meet) & ~heads[:, None] & heads[None, :])
    return {int(numbers[tail]): int(numbers[head]) for tail, head in pairs.tolist()}


def _strung(parts: Sequence[Floats]) -> Floats:
    return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

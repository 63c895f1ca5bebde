"""Pieces of two files told apart, key by key; and courses and outlines that differ behind the same words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from truceline.terms.node import Node
from truceline.terms.shapes import AreaShape, LineShape
from truceline.terms.versions import SILENT, Version

__all__ = ["Change", "alike", "node_changes", "plain_words", "shape_changes"]

Shape = LineShape | AreaShape


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: the field of the sentence, its path, the words of both (empty: not stated), and their places."""

    field: str
    path: str
    before: str
    after: str
    at: str
    to: str


def node_changes(field: str, path: str, one: Version, other: Version) -> Iterator[Change]:
    """Tell two pieces of the files apart, key by key; an entry that only one of them has is told by who names it."""
    mine, theirs = one.tree.find(path), other.tree.find(path)
    if mine is None or theirs is None:
        if path == "term" and mine is not theirs:
            yield Change(field, path, *_pair_words(mine, theirs), one.at(path), other.at(path))
        return
    for below, before, after in _parts(path, mine, theirs):
        words = _pair_words(before, after)
        yield Change("title" if below.endswith(".title") else field, below, *words, one.at(below), other.at(below))


def _parts(path: str, one: Node, other: Node) -> Iterator[tuple[str, Node | None, Node | None]]:
    if one.plain() == other.plain():
        return
    if not (isinstance(one.value, Mapping) and isinstance(other.value, Mapping)):
        yield path, one, other
        return
    for key in {**one.entries, **other.entries}:
        before, after = one.child(key), other.child(key)
        if key in SILENT:
            continue
        if before is not None and after is not None:
            yield from _parts(f"{path}.{key}", before, after)
        else:
            yield f"{path}.{key}", before, after


def _pair_words(before: Node | None, after: Node | None) -> tuple[str, str]:
    """Write both; of two lists, what each has and the other has not."""
    if before is None or after is None or not (isinstance(before.value, tuple) and isinstance(after.value, tuple)):
        return plain_words(before) if before else "", plain_words(after) if after else ""
    mine, theirs = ([plain_words(item) for item in node.value if isinstance(item, Node)] for node in (before, after))
    gone, come = [item for item in mine if item not in theirs], [item for item in theirs if item not in mine]
    if not gone and not come:
        return ", ".join(mine), ", ".join(theirs)
    return _with_and_without(gone, come), _with_and_without(come, gone)


def _with_and_without(has: list[str], lacks: list[str]) -> str:
    parts = [f"{word} {', '.join(items)}" for word, items in (("with", has), ("without", lacks)) if items]
    return ", ".join(parts)


def plain_words(node: Node) -> str:
    """Write a piece of the file in one line of words.

    >>> plain_words(Node({"in": Node((Node("a", 1, 1), Node("b", 1, 4)), 1, 1)}, 1, 1))
    'in a, b'
    """
    if isinstance(node.value, str):
        return node.value
    if isinstance(node.value, tuple):
        return ", ".join(plain_words(item) for item in node.value)
    return "; ".join(f"{key.replace('_', ' ')} {plain_words(entry)}" for key, entry in node.entries.items())


def shape_changes(field: str, path: str, one: Version, other: Version) -> Iterator[Change]:
    """Tell that a line or an area is drawn otherwise in both versions, though the terms say the same of it."""
    before, after = one.shapes.get(path), other.shapes.get(path)
    if before is not None and after is not None and not alike(before, after):
        where = f"{path}.geometry"
        yield Change(field, where, _shape_words(before), _shape_words(after), one.at(where), other.at(where))


def alike(one: Shape, other: Shape) -> bool:
    """Say whether two shapes are drawn alike, point by point."""
    mine, theirs = _rings_of(one), _rings_of(other)
    return len(mine) == len(theirs) and all(map(np.array_equal, mine, theirs))


def _rings_of(shape: Shape) -> tuple[NDArray[np.float64], ...]:
    if isinstance(shape, LineShape):
        return shape.parts
    return tuple(ring for polygon in shape.polygons for ring in polygon)


def _shape_words(shape: Shape) -> str:
    points = sum(len(ring) for ring in _rings_of(shape))
    return f"{shape.source}, {points} points" if shape.source else f"{points} points"

"""A named slot: ground whose course these terms do not hold, which whoever has the file can put in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from truceline.terms.base import Key, Part, Words, by_kind
from truceline.terms.node import Node

__all__ = ["Slot", "filled", "geometry_kind", "slots_in"]


class Slot(Part):
    """A geometry that somebody may bring: `slot` is its name, `words` say what file is wanted.

    Nothing is concluded from it: as long as nobody fills it the ground is undisclosed.
    """

    slot: Key
    words: Words


def geometry_kind(value: Any) -> str:
    """Tell the forms of a geometry apart by what was written.

    >>> geometry_kind({"slot": "front", "words": "its course"}), geometry_kind({"file": "a.geojson"})
    ('(slot)', '(mapping)')
    """
    if isinstance(value, Slot) or (isinstance(value, dict) and "slot" in value):
        return "(slot)"
    return by_kind(value)


def slots_in(root: Node) -> dict[str, str]:
    """List the slots of a file, readings and amendments included, with the words on what is wanted.

    >>> front = Node({"slot": Node("front", 2, 3), "words": Node("its course", 3, 3)}, 2, 3)
    >>> slots_in(Node({"geometry": front}, 1, 1))
    {'front': 'its course'}
    """
    found: dict[str, str] = {}
    for name, node in _slots(root):
        words = node.entries.get("words")
        found.setdefault(name, words.value if words is not None and isinstance(words.value, str) else "")
    return found


def filled(root: Node, features: Mapping[str, tuple[str, str]]) -> Node:
    """Put a file and the id of a feature into each slot that has one; everything keeps its place.

    >>> front = Node({"slot": Node("front", 2, 3), "words": Node("its course", 3, 3)}, 2, 3)
    >>> filled(Node({"geometry": front}, 1, 1), {"front": ("maps/f.geojson", "f")}).plain()
    {'geometry': {'file': 'maps/f.geojson', 'id': 'f'}}
    """
    if isinstance(root.value, tuple):
        return replace(root, value=tuple(filled(item, features) for item in root.value))
    if not root.entries:
        return root
    return replace(root, value={key: _entry(key, node, features) for key, node in root.entries.items()})


def _entry(key: str, node: Node, features: Mapping[str, tuple[str, str]]) -> Node:
    name = _slot_of(key, node)
    if name is None or name not in features:
        return filled(node, features)
    parts = zip(("file", "id"), features[name], strict=True)
    return replace(node, value={part: Node(words, *node.place, quoted=True) for part, words in parts}, keys={})


def _slots(root: Node) -> Iterator[tuple[str, Node]]:
    for steps, node in root.walk():
        name = _slot_of(str(steps[-1]) if steps else "", node)
        if name is not None:
            yield name, node


def _slot_of(key: str, node: Node) -> str | None:
    """Name the slot that a geometry is; None where it is none."""
    slot = node.entries.get("slot") if key.endswith("geometry") else None
    return slot.value if slot is not None and isinstance(slot.value, str) else None

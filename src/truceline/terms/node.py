"""The file as a tree that knows its places: every scalar is the string as written, with line and column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

__all__ = ["Node", "Place", "Quoted", "Step"]

Place = tuple[int, int]
Step = str | int


class Quoted(str):
    """A scalar written in quotes: it is text even where it looks like a number."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A mapping, a list or a scalar of the file, with the place where it begins (lines and columns from 1).

    `keys` gives the place of each key of a mapping.

    >>> tree = Node({"who": Node("any", 3, 9)}, 3, 3, keys={"who": (3, 4)})
    >>> tree.find("who").place, tree.plain()
    ((3, 9), {'who': 'any'})
    """

    value: str | tuple[Node, ...] | Mapping[str, Node]
    line: int
    col: int
    quoted: bool = False
    keys: Mapping[str, Place] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        """Line and column at which the value begins."""
        return self.line, self.col

    @property
    def entries(self) -> Mapping[str, Node]:
        """The entries of a mapping; nothing for a list or a scalar."""
        return self.value if isinstance(self.value, Mapping) else {}

    def child(self, step: Step) -> Node | None:
        """Give the entry under a key or at an index, if there is one; in a list of names a name finds itself."""
        if not isinstance(self.value, tuple):
            return self.entries.get(step) if isinstance(step, str) else None
        if isinstance(step, str):
            return next((item for item in self.value if item.value == step), None)
        return self.value[step] if 0 <= step < len(self.value) else None

    def steps(self, path: str) -> tuple[Step, ...]:
        """Split a dotted path at the keys that exist, since keys such as ``s.said`` contain dots themselves.

        Behind the last key that exists the path is split at every dot.

        >>> Node({"sources": Node({"s.un": Node("x", 1, 20)}, 1, 10)}, 1, 1).steps("sources.s.un.by.when")
        ('sources', 's.un', 'by', 'when')
        """
        if not path:
            return ()
        known = [key for key in self.entries if path == key or path.startswith(f"{key}.")]
        head = max(known, key=len) if known else path.partition(".")[0]
        step = int(head) if isinstance(self.value, tuple) and head.isdecimal() else head
        return (step, *(self.child(step) or _NOWHERE).steps(path[len(head) + 1 :]))

    def find(self, path: str) -> Node | None:
        """Follow a dotted path; None where it leads nowhere."""
        node: Node | None = self
        for step in self.steps(path):
            node = node.child(step) if node else None
        return node

    def nearest(self, steps: Sequence[Step], *, key: bool = False) -> Place:
        """Give the place of the deepest part of a path that exists; with `key` the place of its last key.

        >>> Node({"a": Node("b", 1, 4)}, 1, 1, keys={"a": (1, 1)}).nearest(["a", "c"])
        (1, 4)
        """
        node, place = self, self.place
        for step in steps:
            below = node.child(step)
            if below is None:
                break
            place = node.keys.get(str(step), below.place) if key else below.place
            node = below
        return place

    def plain(self) -> Any:
        """Turn the tree into dicts, lists and strings; quoted scalars stay recognisable as `Quoted`."""
        if isinstance(self.value, str):
            return Quoted(self.value) if self.quoted else self.value
        if isinstance(self.value, tuple):
            return [item.plain() for item in self.value]
        return {key: entry.plain() for key, entry in self.value.items()}

    def with_entry(self, key: str, entry: Node, place: Place) -> Node:
        """Give a copy of a mapping with one entry set."""
        return replace(self, value={**self.entries, key: entry}, keys={**self.keys, key: place})

    def walk(self, steps: tuple[Step, ...] = ()) -> Iterator[tuple[tuple[Step, ...], Node]]:
        """Go through the tree, parents first, with the path to each node."""
        yield steps, self
        below = enumerate(self.value) if isinstance(self.value, tuple) else self.entries.items()
        for step, node in below:
            yield from node.walk((*steps, step))


_NOWHERE = Node("", 0, 0)

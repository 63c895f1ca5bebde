"""The tree of hashes over an append-only log (RFC 6962, section 2.1; the algorithms of proofs are those of RFC 9162).

A leaf is hashed with 0x00 before it and a node with 0x01, so that no leaf can pass for a node. A tree of n leaves is
split at the largest power of two below n; a *full subtree* of level l has 2**l leaves, and its hash never changes
again. All proofs are made of hashes of full subtrees, which a function ``hash_at(level, index)`` gives: the hash over
the leaves ``index * 2**level`` up to ``(index + 1) * 2**level``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256
from typing import Final, NoReturn

from truceline.errors import Fault, LedgerError

__all__ = [
    "EMPTY_ROOT",
    "HASH_SIZE",
    "Frontier",
    "HashAt",
    "Head",
    "check_consistency",
    "check_inclusion",
    "consistency_proof",
    "inclusion_proof",
    "leaf_hash",
    "node_hash",
    "root_at",
    "root_of",
]

HASH_SIZE: Final = 32
"""Bytes of a hash."""
EMPTY_ROOT: Final = sha256(b"").digest()
"""The root of the tree without leaves."""

HashAt = Callable[[int, int], bytes]
"""Gives the hash of the full subtree of a level (0: one leaf) and an index (from 0, in that level)."""

_REMEDY: Final = "keep both, and ask whoever gave them to you for an explanation"


@dataclass(frozen=True, slots=True)
class Head:
    """What a log promises at one size: the number of its leaves, and the root over them.

    >>> print(Head(0, EMPTY_ROOT))
    0 entries, root e3b0c44298fc1c14...
    """

    size: int
    root: bytes

    def __str__(self) -> str:
        """Show the size and how the root begins."""
        return f"{self.size} entries, root {self.root.hex()[:16]}..."


def leaf_hash(data: bytes) -> bytes:
    """Hash the data of a leaf.

    >>> leaf_hash(b"").hex()[:16]
    '6e340b9cffb37a98'
    """
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash two neighbours into their parent.

    >>> node_hash(leaf_hash(b""), leaf_hash(bytes(1))).hex()[:16]
    'fac54203e7cc696c'
    """
    return sha256(b"\x01" + left + right).digest()


def root_of(hashes: Iterable[bytes]) -> bytes:
    """Give the root over the hashes of all leaves, in order.

    >>> root_of([leaf_hash(b""), leaf_hash(bytes(1)), leaf_hash(bytes([16]))]).hex()[:16]
    'aeb6bcfe274b70a1'
    >>> root_of([]) == EMPTY_ROOT
    True
    """
    row = list(hashes)
    if not row:
        return EMPTY_ROOT
    while len(row) > 1:  # a last one without a neighbour goes up as it is: the split at powers of two, from below
        alone = row[-1:] if len(row) % 2 else []
        row = [*map(node_hash, row[:-1:2], row[1::2]), *alone]
    return row[0]


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that is needed to let a tree grow: the roots of the full subtrees that it falls into, the largest first.

    There is one for each bit set in `size`.

    >>> grown = Frontier().with_leaf(leaf_hash(b"")).with_leaf(leaf_hash(bytes(1))).with_leaf(leaf_hash(bytes([16])))
    >>> grown.size, len(grown.peaks), grown.root.hex()[:16]
    (3, 2, 'aeb6bcfe274b70a1')
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def with_leaf(self, leaf: bytes) -> Frontier:
        """Add the hash of one leaf."""
        return self.with_leaves((leaf,))

    def with_leaves(self, leaves: Iterable[bytes]) -> Frontier:
        """Add the hashes of leaves, in order."""
        size, peaks = self.size, list(self.peaks)
        for leaf in leaves:
            low, node = size, leaf
            while low & 1:
                node = node_hash(peaks.pop(), node)
                low >>= 1
            peaks.append(node)
            size += 1
        return Frontier(size, tuple(peaks))

    @property
    def root(self) -> bytes:
        """The root of the tree as it stands."""
        return _folded(self.peaks)

    @property
    def head(self) -> Head:
        """The size and the root of the tree as it stands."""
        return Head(self.size, self.root)


def root_at(size: int, hash_at: HashAt) -> bytes:
    """Give the root of the first `size` leaves from the hashes of full subtrees.

    >>> leaves = [leaf_hash(b""), leaf_hash(bytes(1)), leaf_hash(bytes([16]))]
    >>> root_at(1, lambda level, index: leaves[index]) == leaves[0]
    True
    """
    return _over(0, size, hash_at)


def inclusion_proof(index: int, size: int, hash_at: HashAt) -> tuple[bytes, ...]:
    """Prove that a leaf stands in the tree of `size` leaves: the hashes beside its way up, from below.

    Raises
    ------
    LedgerError
        TL-L001, if there is no such leaf in that tree.

    Examples
    --------
    >>> leaves = [leaf_hash(b""), leaf_hash(bytes(1)), leaf_hash(bytes([16]))]
    >>> proof = inclusion_proof(2, 3, lambda level, index: root_of(leaves[index << level : (index + 1) << level]))
    >>> proof == (node_hash(leaves[0], leaves[1]),)
    True
    """
    if not 0 <= index < size:
        _refuse(f"entry {index}", "TL-L001", f"a log of {size} entries has no entry {index}", "name one that it has")
    begin, end, beside = 0, size, list[bytes]()
    while end - begin > 1:
        middle = begin + _split(end - begin)
        beside.append(_over(middle, end, hash_at) if index < middle else _over(begin, middle, hash_at))
        begin, end = (begin, middle) if index < middle else (middle, end)
    return tuple(reversed(beside))


def consistency_proof(old: int, new: int, hash_at: HashAt) -> tuple[bytes, ...]:
    """Prove that the tree of `old` leaves is the beginning of that of `new` leaves; empty if there is nothing to prove.

    Raises
    ------
    LedgerError
        TL-L002, if the old tree is the larger one.

    Examples
    --------
    >>> leaves = [leaf_hash(b""), leaf_hash(bytes(1)), leaf_hash(bytes([16]))]
    >>> consistency_proof(2, 3, lambda level, index: leaves[index]) == (leaves[2],)
    True
    """
    if not 0 <= old <= new:
        _refuse(f"sizes {old} and {new}", "TL-L002", "a log does not shrink", "name the older, smaller size first")
    if old in {0, new}:
        return ()
    begin, end, beside = 0, new, list[bytes]()
    while old < end:
        middle = begin + _split(end - begin)
        left = old <= middle
        beside.append(_over(middle, end, hash_at) if left else _over(begin, middle, hash_at))
        begin, end = (begin, middle) if left else (middle, end)
    known = [] if begin == 0 else [_over(begin, end, hash_at)]  # else it is the old root, which the other side has
    return (*known, *reversed(beside))


def check_inclusion(leaf: bytes, index: int, head: Head, proof: Sequence[bytes]) -> None:
    """Check that a leaf of this hash stands at this index in the log that a head speaks of.

    Raises
    ------
    LedgerError
        TL-L001, with what differs: the index, the length of the proof, or the root it leads to.

    Examples
    --------
    >>> leaves = [leaf_hash(b""), leaf_hash(bytes(1))]
    >>> check_inclusion(leaves[1], 1, Head(2, root_of(leaves)), [leaves[0]])
    >>> check_inclusion(leaves[1], 0, Head(2, root_of(leaves)), [leaves[0]])
    Traceback (most recent call last):
    truceline.errors.LedgerError: entry 0: TL-L001 the proof leads to the root ..., the head of 2 entries says ...
    """
    at = f"entry {index}"
    if not 0 <= index < head.size:
        _refuse(at, "TL-L001", f"the head speaks of {head.size} entries, and not of entry {index}")
    _check_hashes(at, "TL-L001", (leaf, *proof))
    way, root = _ways(index, head.size - 1), leaf
    for beside, from_left in _paired(proof, way, at, "TL-L001"):
        root = node_hash(beside, root) if from_left else node_hash(root, beside)
    if root != head.root:
        told = f"the head of {head.size} entries says {head.root.hex()}"
        _refuse(at, "TL-L001", f"the proof leads to the root {root.hex()}, {told}")


def check_consistency(old: Head, new: Head, proof: Sequence[bytes]) -> None:
    """Check that the log of the old head is the beginning of that of the new one: nothing in it was changed or removed.

    Raises
    ------
    LedgerError
        TL-L002, with what differs: the sizes, the length of the proof, or one of the roots it leads to.

    Examples
    --------
    >>> leaves = [leaf_hash(b""), leaf_hash(bytes(1)), leaf_hash(bytes([16]))]
    >>> old, new = Head(2, root_of(leaves[:2])), Head(3, root_of(leaves))
    >>> check_consistency(old, new, [leaves[2]])
    >>> check_consistency(new, old, [])
    Traceback (most recent call last):
    truceline.errors.LedgerError: sizes 3 and 2: TL-L002 the log has shrunk from 3 entries to 2; ...
    """
    at = f"sizes {old.size} and {new.size}"
    if not 0 <= old.size <= new.size:
        _refuse(at, "TL-L002", f"the log has shrunk from {old.size} entries to {new.size}")
    _check_hashes(at, "TL-L002", proof)
    before, after = _grown(old, new, proof, at)
    for name, root, head in (("old", before, old), ("new", after, new)):
        if root != head.root:
            told = f"the {name} head says {head.root.hex()}"
            _refuse(at, "TL-L002", f"the {name} root must be {root.hex()}, {told}")


def _grown(old: Head, new: Head, proof: Sequence[bytes], at: str) -> tuple[bytes, bytes]:
    """Give both roots as they must be: those that the proof leads to."""
    if old.size in {0, new.size}:
        _paired(proof, [], at, "TL-L002")
        return (EMPTY_ROOT, EMPTY_ROOT if new.size == 0 else new.root) if old.size == 0 else (new.root, new.root)
    index, last = old.size - 1, new.size - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    full = index == 0  # the old tree is a full subtree of the new one, and its root need not be told
    start = (old.root, *proof) if full else tuple(proof)
    pairs = _paired(start[1:], _ways(index, last), at, "TL-L002")
    before = after = start[0]
    for beside, from_left in pairs:
        if from_left:
            before, after = node_hash(beside, before), node_hash(beside, after)
        else:
            after = node_hash(after, beside)
    return before, after


def _ways(index: int, last: int) -> list[bool]:
    """Say of each hash beside the way up from a node whether it stands on the left; `last` is the last of the row."""
    sides = []
    while last:
        if index & 1 or index < last:
            sides.append(bool(index & 1))
        index, last = index >> 1, last >> 1  # the last node without a neighbour goes up as it is
    return sides


def _paired(proof: Sequence[bytes], way: Sequence[bool], at: str, code: str) -> Iterator[tuple[bytes, bool]]:
    if spare := len(proof) - len(way):
        _refuse(at, code, f"the proof is too {'long' if spare > 0 else 'short'} by {abs(spare)}")
    return zip(proof, way, strict=True)


def _check_hashes(at: str, code: str, hashes: Sequence[bytes]) -> None:
    if any(len(one) != HASH_SIZE for one in hashes):
        _refuse(at, code, f"a hash is not of {HASH_SIZE} bytes")


def _split(size: int) -> int:
    """Give the largest power of two below a size."""
    return 1 << (size - 1).bit_length() - 1


def _over(begin: int, end: int, hash_at: HashAt) -> bytes:
    """Give the root over a part of the leaves; `begin` is a multiple of a power of two that is not below its length."""
    peaks = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        peaks.append(hash_at(level, begin >> level))
        begin += 1 << level
    return _folded(peaks)


def _folded(peaks: Sequence[bytes]) -> bytes:
    """Fold the roots of full subtrees, the largest first, into the root over all of them."""
    if not peaks:
        return EMPTY_ROOT
    return reduce(lambda right, left: node_hash(left, right), reversed(peaks))


def _refuse(at: str, code: str, what: str, remedy: str = _REMEDY) -> NoReturn:
    raise LedgerError([Fault(at, code, what, remedy)])

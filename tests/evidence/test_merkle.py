"""The tree of hashes: published vectors, a naive oracle for every pair of sizes, and laws."""

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.errors import LedgerError
from truceline.evidence.merkle import (
    EMPTY_ROOT,
    Frontier,
    Head,
    check_consistency,
    check_inclusion,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_at,
    root_of,
)

VECTORS = json.loads((Path(__file__).parents[1] / "data" / "log" / "merkle.json").read_text(encoding="utf-8"))
LEAVES = [leaf_hash(bytes.fromhex(leaf)) for leaf in VECTORS["leaves"]]
ROOTS = [bytes.fromhex(root) for root in VECTORS["roots"]]
MANY = [leaf_hash(str(number).encode()) for number in range(512)]


def proof_of(case):
    """Read the hashes of a published proof."""
    return tuple(bytes.fromhex(one) for one in case["proof"])


class Oracle:
    """The tree as RFC 6962 defines it, word for word, over a part of some leaves."""

    def __init__(self, leaves):
        """Keep the leaves, and what was computed."""
        self.leaves, self.known = leaves, {}

    def root(self, begin, end):
        """Give MTH(D[begin:end]), 2.1."""
        if (begin, end) not in self.known:
            at = begin + split(end - begin)
            self.known[begin, end] = (
                b"".join(self.leaves[begin:end]) or hashlib.sha256().digest()
                if end - begin < 2
                else hashlib.sha256(b"\x01" + self.root(begin, at) + self.root(at, end)).digest()
            )
        return self.known[begin, end]

    def path(self, index, begin, end):
        """Give PATH(m, D[begin:end]), 2.1.1."""
        if end - begin == 1:
            return ()
        at = begin + split(end - begin)
        if index < at:
            return (*self.path(index, begin, at), self.root(at, end))
        return (*self.path(index, at, end), self.root(begin, at))

    def subproof(self, old, begin, end, whole):
        """Give SUBPROOF(m, D[begin:end], b), 2.1.2; `old` is counted from the first of all leaves."""
        if old == end:
            return () if whole else (self.root(begin, end),)
        at = begin + split(end - begin)
        if old <= at:
            return (*self.subproof(old, begin, at, whole), self.root(at, end))
        return (*self.subproof(old, at, end, False), self.root(begin, at))


def split(size):
    """Find the largest power of two below a size, by trying."""
    return max((2**power for power in range(10) if 2**power < size), default=1)


def reader(leaves):
    """Give the hashes of full subtrees by the definition."""
    oracle = Oracle(leaves)
    return lambda level, index: oracle.root(index << level, (index + 1) << level)


def test_published_roots():
    """The roots of the first 0 to 8 published leaves are the published ones, in each of our ways to compute them."""
    grown = Frontier()
    for size, (leaf, root) in enumerate(zip(LEAVES, ROOTS, strict=True), start=1):
        grown = grown.with_leaf(leaf)

        assert root_of(LEAVES[:size]) == root_at(size, reader(LEAVES)) == grown.root == root
        assert grown.head == Head(size, root)
    assert Frontier().root == root_of([]) == root_at(0, reader([])) == EMPTY_ROOT == hashlib.sha256().digest()


@pytest.mark.parametrize("case", VECTORS["inclusion"], ids=str)
def test_published_inclusion(case):
    """A published proof of inclusion is the one we make, and it holds."""
    made = inclusion_proof(case["index"], case["size"], reader(LEAVES))
    check_inclusion(LEAVES[case["index"]], case["index"], Head(case["size"], ROOTS[case["size"] - 1]), made)

    assert made == proof_of(case)


@pytest.mark.parametrize("case", VECTORS["consistency"], ids=str)
def test_published_consistency(case):
    """A published proof of consistency is the one we make, and it holds."""
    old, new = (Head(case[name], ROOTS[case[name] - 1]) for name in ("old", "new"))
    made = consistency_proof(old.size, new.size, reader(LEAVES))
    check_consistency(old, new, made)

    assert made == proof_of(case)


WRONG = {
    "index before": lambda c: c | {"index": c["index"] - 1},
    "index after": lambda c: c | {"index": c["index"] + 1},
    "other index": lambda c: c | {"index": c["index"] ^ 2},
    "twice the size": lambda c: c | {"head": Head(c["head"].size * 2, c["head"].root)},
    "half the size": lambda c: c | {"head": Head(c["head"].size // 2, c["head"].root)},
    "another leaf": lambda c: c | {"leaf": b"WrongLeaf"},
    "the empty root": lambda c: c | {"head": Head(c["head"].size, EMPTY_ROOT)},
    "no hash behind": lambda c: c | {"proof": (*c["proof"], b"")},
    "the root behind": lambda c: c | {"proof": (*c["proof"], c["head"].root)},
    "no hash before": lambda c: c | {"proof": (b"", *c["proof"])},
    "the root before": lambda c: c | {"proof": (c["head"].root, *c["proof"])},
    "one less": lambda c: c | {"proof": c["proof"][:-1]},
    "one put in": lambda c: c | {"proof": (*c["proof"][:1], EMPTY_ROOT, *c["proof"][1:])},
}
"""What was published as mutations of each proof of inclusion (transparency-dev/merkle, corruptInclusionProof)."""


@pytest.mark.parametrize("name", WRONG)
def test_published_mutations_of_inclusion_are_refused(name):
    """Whatever is changed about a proof of inclusion, it is refused with a code and the place."""
    for case in VECTORS["inclusion"][1:]:
        good = {"index": case["index"], "head": Head(case["size"], ROOTS[case["size"] - 1])}
        bad = WRONG[name](good | {"proof": proof_of(case), "leaf": LEAVES[case["index"]]})

        with pytest.raises(LedgerError, match=f"entry {bad['index']}: TL-L001 "):
            check_inclusion(bad["leaf"], bad["index"], bad["head"], bad["proof"])


def mutations(old, new, proof):
    """Give the published mutations of a proof of consistency (transparency-dev/merkle, corruptConsistencyProof)."""
    for size in (old.size - 1, old.size + 1, old.size ^ 2):
        yield Head(size, old.root), new, proof
    for size in (new.size * 2, new.size // 2):
        yield old, Head(size, new.root), proof
    yield Head(old.size, b"WrongRoot"), new, proof
    yield old, Head(new.size, b"WrongRoot"), proof
    yield Head(old.size, new.root), Head(new.size, old.root), proof
    for more in (b"", old.root, new.root):
        yield old, new, (*proof, more)
        yield old, new, (more, *proof)
    yield old, new, (proof[0], *proof)
    yield old, new, ()
    yield old, new, proof[:-1]
    for place in range(len(proof)):
        yield old, new, (*proof[:place], bytes([proof[place][0] ^ 16]) + proof[place][1:], *proof[place + 1 :])


@pytest.mark.parametrize("case", VECTORS["consistency"][1:], ids=lambda case: f"{case['old']}-{case['new']}")
def test_published_mutations_of_consistency_are_refused(case):
    """Whatever is changed about a proof of consistency, it is refused with a code and the sizes."""
    old, new = (Head(case[name], ROOTS[case[name] - 1]) for name in ("old", "new"))
    for bad in mutations(old, new, proof_of(case)):
        with pytest.raises(LedgerError, match=f"sizes {bad[0].size} and {bad[1].size}: TL-L002 "):
            check_consistency(*bad)


@pytest.mark.parametrize(
    ("old", "new", "proof", "words"),
    [
        (Head(2, ROOTS[1]), Head(1, ROOTS[0]), (), "the log has shrunk from 2 entries to 1"),
        (Head(-1, ROOTS[1]), Head(1, ROOTS[0]), (), "the log has shrunk"),
        (Head(1, ROOTS[0]), Head(1, ROOTS[1]), (), "the old root must be"),
        (Head(1, ROOTS[0]), Head(1, ROOTS[0]), (EMPTY_ROOT,), "too long by 1"),
        (Head(0, ROOTS[0]), Head(1, ROOTS[0]), (), "the old root must be e3b0c442"),
        (Head(0, EMPTY_ROOT), Head(0, ROOTS[0]), (), "the new root must be e3b0c442"),
        (Head(0, EMPTY_ROOT), Head(1, ROOTS[0]), (EMPTY_ROOT,), "too long by 1"),
        (Head(3, ROOTS[2]), Head(8, ROOTS[7]), (), "too short by"),
    ],
)
def test_the_refusal_says_what_differs(old, new, proof, words):
    """Sizes, roots and lengths of a proof are told apart."""
    with pytest.raises(LedgerError, match=words):
        check_consistency(old, new, proof)


@pytest.mark.parametrize("size", [0, 1, 5])
def test_the_empty_log_begins_every_log(size):
    """Between the empty log and any other, and between a log and itself, there is nothing to prove."""
    new = Head(size, root_of(LEAVES[:size]))
    for old in (Head(0, EMPTY_ROOT), new):
        proof = consistency_proof(old.size, size, reader(LEAVES))
        check_consistency(old, new, proof)

        assert proof == ()


def test_what_is_not_there_cannot_be_proven():
    """No proof is made for an entry behind the end, or of a log that shrinks."""
    with pytest.raises(LedgerError, match="entry 8: TL-L001 a log of 8 entries has no entry 8"):
        inclusion_proof(8, 8, reader(LEAVES))
    with pytest.raises(LedgerError, match="TL-L002 a log does not shrink"):
        consistency_proof(3, 2, reader(LEAVES))


@pytest.mark.slow
def test_every_pair_of_sizes_up_to_512():
    """For all m <= n <= 512: roots and proofs are those of the definition, and they hold."""
    oracle, hash_at = Oracle(MANY), reader(MANY)
    heads = [Head(size, oracle.root(0, size)) for size in range(513)]
    for new in range(1, 513):
        assert root_of(MANY[:new]) == root_at(new, hash_at) == heads[new].root
        for old in range(new + 1):
            proof = consistency_proof(old, new, hash_at)
            check_consistency(heads[old], heads[new], proof)
            assert proof == (oracle.subproof(old, 0, new, True) if old else ())
            if old < new:
                path = inclusion_proof(old, new, hash_at)
                check_inclusion(MANY[old], old, heads[new], path)

                assert path == oracle.path(old, 0, new)


sizes = st.integers(1, 300)


@settings(max_examples=60)
@given(sizes, sizes)
def test_appending_is_the_whole(first, second):
    """A tree that grew in two steps, or leaf by leaf, is the tree of all leaves, and the old one is left as it was."""
    leaves = [leaf_hash(str(number).encode()) for number in range(first + second)]
    old = Frontier().with_leaves(leaves[:first])
    new = old.with_leaves(leaves[first:])

    assert new.root == root_of(leaves)
    assert old.head == Head(first, root_of(leaves[:first]))
    assert len(new.peaks) == new.size.bit_count()


@settings(max_examples=60)
@given(st.data(), sizes)
def test_a_changed_bit_proves_nothing(data, size):
    """A proof holds; with any bit of leaf, root or proof turned over, at another index or size, it does not."""
    leaves = MANY[:size]
    index = data.draw(st.integers(0, size - 1))
    parts = [leaves[index], root_of(leaves), *inclusion_proof(index, size, reader(leaves))]
    check_inclusion(parts[0], index, Head(size, parts[1]), parts[2:])
    which, bit = data.draw(st.integers(0, len(parts) - 1)), data.draw(st.integers(0, 255))
    turned = bytearray(parts[which])
    turned[bit // 8] ^= 1 << bit % 8
    bad = [*parts[:which], bytes(turned), *parts[which + 1 :]]

    with pytest.raises(LedgerError):
        check_inclusion(bad[0], index, Head(size, bad[1]), bad[2:])


@settings(max_examples=60)
@given(st.data(), st.integers(2, 300))
def test_a_rewritten_log_is_not_continued(data, size):
    """With one old leaf changed, no proof that the new log can make satisfies the old head."""
    old = data.draw(st.integers(1, size))
    changed = data.draw(st.integers(0, old - 1))
    leaves = MANY[:size]
    forged = [*leaves[:changed], leaf_hash(b"forged"), *leaves[changed + 1 :]]
    proof = consistency_proof(old, size, reader(forged))

    with pytest.raises(LedgerError, match="TL-L002"):
        check_consistency(Head(old, root_of(leaves[:old])), Head(size, root_of(forged)), proof)


def test_a_leaf_never_passes_for_a_node():
    """The bytes of a node, put down as a leaf, have another hash: leaves and nodes are hashed apart."""
    left, right = LEAVES[:2]

    assert leaf_hash(left + right) != node_hash(left, right)
    assert leaf_hash(b"\x01" + left + right) != node_hash(left, right)

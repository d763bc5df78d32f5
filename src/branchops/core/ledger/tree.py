"""The Merkle tree of RFC 6962 (and RFC 9162): pure functions on bytes.

Invariant: the root of n leaves depends on nothing but those leaves and their order, however it was computed: all at
once (`root`), leaf by leaf (`Frontier`), or from a proof. Hashes are SHA-256, 32 bytes. A leaf hash and a node hash
start from different first bytes, so neither can pose as the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from itertools import repeat
from operator import methodcaller

HASH = 32
EMPTY_ROOT = sha256(b"").digest()

_DIGEST = methodcaller("digest")
_JOIN = b"".join
_ONES = repeat(b"\x01")

Subtree = Callable[[int, int], bytes]
"""The root of the leaves [low, high), for low < high."""


def leaf_hash(data: bytes) -> bytes:
    """MTH({data}) of RFC 6962 section 2.1."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node over its two children."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The roots of the perfect subtrees that n leaves fall into, largest first: all that an append needs to know.

    `size` is the number of leaves; `len(nodes)` is the number of one-bits of `size`.
    """

    __slots__ = ("nodes", "size")

    def __init__(self, size: int = 0, nodes: Iterable[bytes] = ()) -> None:
        self.size = size
        self.nodes = list(nodes)
        if size < 0 or len(self.nodes) != size.bit_count() or any(len(node) != HASH for node in self.nodes):
            raise ValueError("these nodes are not the frontier of a tree of this size")

    @classmethod
    def from_bytes(cls, size: int, packed: bytes) -> Frontier:
        """The frontier that `to_bytes` wrote. Raises ValueError when size and bytes do not belong together."""
        return cls(size, (packed[at : at + HASH] for at in range(0, len(packed), HASH)))

    def to_bytes(self) -> bytes:
        return b"".join(self.nodes)

    def copy(self) -> Frontier:
        return Frontier(self.size, self.nodes)

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Append leaf hashes in order: level by level, joining pairs, and keeping at each level the one left over."""
        level = list(leaves)
        bits, self.size, kept = self.size, self.size + len(level), []
        while level:
            if bits & 1:
                level.insert(0, self.nodes.pop())
            if len(level) & 1:
                kept.append(level.pop())
            one_by_one = iter(level)
            level = list(map(_DIGEST, map(sha256, map(_JOIN, zip(_ONES, one_by_one, one_by_one, strict=False)))))
            bits >>= 1
        self.nodes += reversed(kept)

    def push(self, leaf: bytes) -> None:
        """Append one leaf hash."""
        self.extend((leaf,))

    def root(self) -> bytes:
        """The tree's root; of no leaves, the hash of nothing."""
        if not self.nodes:
            return EMPTY_ROOT
        acc = self.nodes[-1]
        for node in reversed(self.nodes[:-1]):
            acc = node_hash(node, acc)
        return acc


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes."""
    frontier = Frontier()
    frontier.extend(leaves)
    return frontier.root()


def subtree_of(leaves: Sequence[bytes]) -> Subtree:
    """The `Subtree` function of leaf hashes held in memory."""
    return lambda low, high: root(leaves[low:high])


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """PATH(index, D[size]) of RFC 6962 section 2.1.1: siblings from the leaf up."""
    if not 0 <= index < size:
        raise ValueError("the leaf is not in a tree of this size")
    proof: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            proof.append(subtree(middle, high))
            high = middle
        else:
            proof.append(subtree(low, middle))
            low = middle
    return proof[::-1]


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], expected: bytes) -> bool:
    """Whether the proof shows that `leaf` (a leaf hash) is at `index` of the tree of `size` with root `expected`."""
    if not 0 <= index < size or len(leaf) != HASH or any(len(node) != HASH for node in proof):
        return False
    node, last, acc = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            acc = node_hash(sibling, acc)
            while not node & 1 and node:
                node >>= 1
                last >>= 1
        else:
            acc = node_hash(acc, sibling)
        node >>= 1
        last >>= 1
    return last == 0 and acc == expected


def consistency_proof(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """PROOF(old, D[new]) of RFC 6962 section 2.1.2; empty for equal sizes and for an empty old tree."""
    if not 0 <= old <= new:
        raise ValueError("the older tree is larger than the newer one")
    if old in (0, new):
        return []
    proof: list[bytes] = []
    low, high, whole = 0, new, True
    while high != old:
        middle = low + _split(high - low)
        if old <= middle:
            proof.append(subtree(middle, high))
            high = middle
        else:
            proof.append(subtree(low, middle))
            low, whole = middle, False
    if not whole:
        proof.append(subtree(low, high))
    return proof[::-1]


def verify_consistency(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Whether the proof shows that the tree (old, old_root) begins (new, new_root). RFC 9162 section 2.1.4.2."""
    if not 0 <= old <= new or any(len(node) != HASH for node in proof):
        return False
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    node, last = old - 1, new - 1
    while node & 1:
        node >>= 1
        last >>= 1
    older = newer = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            older, newer = node_hash(sibling, older), node_hash(sibling, newer)
            while not node & 1 and node:
                node >>= 1
                last >>= 1
        else:
            newer = node_hash(newer, sibling)
        node >>= 1
        last >>= 1
    return last == 0 and older == old_root and newer == new_root


def _split(width: int) -> int:
    """The largest power of two below width (width > 1)."""
    return 1 << ((width - 1).bit_length() - 1)

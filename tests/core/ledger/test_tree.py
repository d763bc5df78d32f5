"""The Merkle tree against the published vectors, and against itself computed another way."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branchops.core.ledger import tree

SIZES = st.integers(min_value=0, max_value=70)


def leaves(count: int) -> list[bytes]:
    return [tree.leaf_hash(str(n).encode()) for n in range(count)]


def plain_root(nodes: list[bytes]) -> bytes:
    """MTH straight from the definition of RFC 6962."""
    if not nodes:
        return tree.EMPTY_ROOT
    if len(nodes) == 1:
        return nodes[0]
    half = 1
    while half * 2 < len(nodes):
        half *= 2
    return tree.node_hash(plain_root(nodes[:half]), plain_root(nodes[half:]))


def test_the_reference_tree_has_its_published_roots(shared: Path) -> None:
    vector = json.loads((shared / "tlog" / "rfc6962_8_leaf_tree.json").read_text())
    frontier = tree.Frontier()
    roots = [frontier.root().hex()]
    for leaf in vector["leaves_hex"]:
        frontier.push(tree.leaf_hash(bytes.fromhex(leaf)))
        roots.append(frontier.root().hex())
    assert roots == [vector["empty_root"], *vector["roots_hex_after_n_leaves"]]


def vectors(shared: Path, kind: str) -> list[tuple[str, dict[str, object]]]:
    files = sorted((shared / "tlog" / "transparency-dev-merkle" / kind).rglob("*.json"))
    assert len(files) > 20
    return [(f"{file.parent.name}/{file.name}", json.loads(file.read_text())) for file in files]


def raw(text: object) -> bytes:
    return base64.b64decode(str(text or ""))


def nodes(value: object) -> list[bytes]:
    return [raw(node) for node in value or []]  # type: ignore[attr-defined]


def test_every_published_inclusion_proof_is_judged_right(shared: Path) -> None:
    for name, v in vectors(shared, "inclusion"):
        good = tree.verify_inclusion(
            int(v["leafIdx"]), int(v["treeSize"]), raw(v["leafHash"]), nodes(v["proof"]), raw(v["root"])
        )  # type: ignore[call-overload]
        assert good is not v["wantErr"], name


def test_every_published_consistency_proof_is_judged_right(shared: Path) -> None:
    for name, v in vectors(shared, "consistency"):
        good = tree.verify_consistency(
            int(v["size1"]), int(v["size2"]), nodes(v["proof"]), raw(v["root1"]), raw(v["root2"])
        )  # type: ignore[call-overload]
        assert good is not v["wantErr"], name


@given(SIZES)
def test_leaf_by_leaf_and_all_at_once_give_the_root_of_the_definition(size: int) -> None:
    assert tree.root(leaves(size)) == plain_root(leaves(size))


@given(SIZES, SIZES)
def test_a_stored_frontier_goes_on_where_it_stopped(first: int, more: int) -> None:
    frontier = tree.Frontier()
    frontier.extend(leaves(first + more)[:first])
    again = tree.Frontier.from_bytes(frontier.size, frontier.to_bytes())
    again.extend(leaves(first + more)[first:])
    assert (again.size, again.root()) == (first + more, plain_root(leaves(first + more)))


@given(st.data())
def test_inclusion_proofs_hold_for_their_leaf_and_for_no_other_place(data: st.DataObject) -> None:
    size = data.draw(st.integers(min_value=1, max_value=70))
    index = data.draw(st.integers(min_value=0, max_value=size - 1))
    other = data.draw(st.integers(min_value=0, max_value=size - 1))
    hashes = leaves(size)
    proof = tree.inclusion_proof(index, size, tree.subtree_of(hashes))
    assert tree.verify_inclusion(index, size, hashes[index], proof, tree.root(hashes))
    assert tree.verify_inclusion(other, size, hashes[index], proof, tree.root(hashes)) is (other == index)
    assert not tree.verify_inclusion(index, size, hashes[index], [*proof, hashes[0]], tree.root(hashes))


@given(st.data())
def test_consistency_proofs_hold_for_prefixes_and_not_for_rewritten_ones(data: st.DataObject) -> None:
    new = data.draw(st.integers(min_value=0, max_value=70))
    old = data.draw(st.integers(min_value=0, max_value=new))
    hashes = leaves(new)
    proof = tree.consistency_proof(old, new, tree.subtree_of(hashes))
    before, after = tree.root(hashes[:old]), tree.root(hashes)
    assert tree.verify_consistency(old, new, proof, before, after)
    assert not tree.verify_consistency(old, new, [*proof, after], before, after)
    if old:
        forged = tree.root([tree.leaf_hash(b"forged"), *hashes[1:old]])
        assert not tree.verify_consistency(old, new, proof, forged, after)


@pytest.mark.parametrize(("size", "packed"), [(1, b""), (0, b"x" * 32), (3, b"x" * 63), (-1, b"")])
def test_a_frontier_of_another_size_is_refused(size: int, packed: bytes) -> None:
    with pytest.raises(ValueError, match="frontier"):
        tree.Frontier.from_bytes(size, packed)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 3)])
def test_there_is_no_inclusion_proof_outside_the_tree(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="not in a tree"):
        tree.inclusion_proof(index, size, tree.subtree_of(leaves(3)))


def test_there_is_no_consistency_proof_backwards() -> None:
    with pytest.raises(ValueError, match="larger"):
        tree.consistency_proof(4, 3, tree.subtree_of(leaves(4)))

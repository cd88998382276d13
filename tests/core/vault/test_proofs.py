"""Trees that grow, proofs about them, and every way to spoil one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from trees import consistency_cases, inclusion_cases, prover

from tanxin.core.vault.proofs import Grown, NoSuchProof, Place
from tanxin.core.vault.refusals import Malformed
from tanxin.core.vault.suites import provider_for
from tanxin.core.vault.tree import Frontier, leaf_hash, root_hash

BAD_AT_LEAST = 480


@pytest.mark.parametrize("suite", [1, 2])
def test_good_proofs_hold_and_none_of_hundreds_of_spoilt_ones(suite):
    cases = [*inclusion_cases(suite), *consistency_cases(suite)]

    bad = [said for true, said in cases if not true]
    assert len(bad) >= BAD_AT_LEAST
    assert bad.count(True) == 0
    assert all(said for true, said in cases if true)


@given(st.integers(1, 700), st.data())
def test_every_leaf_of_every_tree_is_provable(size, data):
    made = prover(size)
    index = data.draw(st.integers(0, size - 1))
    older = data.draw(st.integers(1, size))
    (leaf,) = made.nodes.read(0, index, index + 1)

    assert Place(index, size, made.root(size)).is_proved(
        made.provider, leaf, made.inclusion(index, size)
    )
    grown = Grown(older, made.root(older), size, made.root(size))
    assert grown.is_proved(made.provider, made.consistency(older, size))


def test_subtrees_of_256_are_read_by_their_root():
    made = prover(70_000)
    leaves = made.nodes.read(0, 0, 70_000)
    asked = []
    read = made.nodes.read

    def noted(level, begin, end):
        asked.append(end - begin)
        return read(level, begin, end)

    made.nodes.read = noted
    path = made.inclusion(5, 70_000)

    assert sum(asked) < 1_500
    root = root_hash(made.provider, leaves)
    assert Place(5, 70_000, root).is_proved(made.provider, leaves[5], path)


def test_there_is_no_proof_beyond_the_tree():
    made = prover(5)
    for index, size in ((5, 5), (-1, 5)):
        with pytest.raises(NoSuchProof):
            made.inclusion(index, size)
    for older, newer in ((0, 5), (6, 5)):
        with pytest.raises(NoSuchProof):
            made.consistency(older, newer)


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_frontier_grows_on_from_what_was_stored_of_it(before, more):
    provider = provider_for(1)
    leaves = [leaf_hash(provider, b"%d" % n) for n in range(before + more)]
    grown = Frontier(provider)
    for leaf in leaves[:before]:
        grown.append(leaf)

    again = Frontier.decode(provider, grown.size, grown.encode())
    for leaf in leaves[before:]:
        again.append(leaf)

    assert again.root() == root_hash(provider, leaves)
    assert again.size == before + more


@pytest.mark.parametrize(("size", "stored"), [(1, b""), (0, bytes(32)), (3, bytes(32)), (1, b"x")])
def test_a_frontier_that_is_none_is_refused(size, stored):
    with pytest.raises(Malformed):
        Frontier.decode(provider_for(1), size, stored)


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert prover(0).root(0) == root_hash(provider_for(1), []) == provider_for(1).hash(b"")

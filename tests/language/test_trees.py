"""Exact trees: the decoder against brute force."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from amity.language.trees import best_tree


def is_tree(heads: tuple[int, ...]) -> bool:
    """Whether heads (1-based, 0 the root) hang together under one root."""
    if heads.count(0) != 1:
        return False
    for start in range(1, len(heads) + 1):
        seen, node = set(), start
        while node:
            if node in seen:
                return False
            seen.add(node)
            node = heads[node - 1]
    return True


def value(arcs: np.ndarray, heads: tuple[int, ...]) -> float:
    """Score of a tree."""
    return float(sum(arcs[i, h] for i, h in enumerate(heads)))


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 4).flatmap(lambda n: hnp.arrays(np.float64, (n, n + 1), elements=st.floats(-9, 9, width=16))))
def test_best_tree_is_the_best_of_all_trees(arcs: np.ndarray) -> None:
    """The decoder finds a tree of the highest score that any single-rooted tree has."""
    size = len(arcs)
    found = tuple(best_tree(arcs))
    assert is_tree(found)
    trees = [h for h in product(range(size + 1), repeat=size) if is_tree(h) and all(x != i + 1 for i, x in enumerate(h))]
    assert np.isclose(value(arcs, found), max(value(arcs, t) for t in trees))


def test_long_sentences_give_trees() -> None:
    """Random scores of 120 words, full of cycles, still give one tree."""
    arcs = np.random.default_rng(4).normal(size=(120, 121))
    assert is_tree(tuple(best_tree(arcs)))

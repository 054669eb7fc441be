"""Arc scores -> the best tree with one root, exactly.

Source: Chu-Liu/Edmonds; the single root by trying each root that the unconstrained best tree used
and those within reach (Zmigrod et al. 2020 give the constraint; sentences are short enough to try all).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from amity.language.scores import take_log

Scores = NDArray[np.float64]
Heads = NDArray[np.int64]
_NEVER = -1e9


def best_trees(arcs: NDArray[np.float32], sizes: NDArray[np.int64]) -> list[list[int]]:
    """Padded raw arc scores (B, W, W + 1) and numbers of words -> heads of each sentence.

    Where every word's best head already makes a tree with one root, as mostly, that is the best tree;
    the others are decoded one by one on log-probabilities, so that whole trees compare.
    """
    width = arcs.shape[1]
    places = np.arange(width + 1)
    barred = (places[None, None, :] > sizes[:, None, None]) | (places[None, None, :] == places[None, 1:, None])
    masked = np.where(barred, _NEVER, arcs.astype(np.float64))
    heads = masked.argmax(axis=2)
    heads[places[None, 1:] > sizes[:, None]] = 0
    plain = _are_trees(heads) & (((heads == 0) & (places[None, 1:] <= sizes[:, None])).sum(axis=1) == 1)
    out = []
    for scores, head, size, good in zip(masked, heads, sizes.tolist(), plain.tolist(), strict=True):
        out.append(head[:size].tolist() if good else best_tree(take_log(scores[:size, : size + 1])))
    return out


def _are_trees(heads: Heads) -> NDArray[np.bool_]:
    """Heads (B, W; 0 the root) -> whether all words of a row reach the root; by doubling the steps."""
    reach = np.concatenate([np.zeros((len(heads), 1), dtype=np.int64), heads], axis=1)
    for _ in range(max(1, heads.shape[1].bit_length())):
        reach = np.take_along_axis(reach, reach, axis=1)
    return np.asarray((reach == 0).all(axis=1))


def best_tree(arcs: Scores) -> list[int]:
    """Arc scores (W, W + 1; column 0 the root) -> head of each word, 0 for the root; ties go to the leftmost.

    >>> best_tree(np.array([[5.0, 0.0, 1.0], [4.0, 3.0, 0.0]]))
    [0, 1]
    """
    size = arcs.shape[0]
    scores = np.full((size + 1, size + 1), _NEVER)
    scores[1:] = arcs
    np.fill_diagonal(scores, _NEVER)
    heads = _span(scores)
    roots = np.flatnonzero(heads[1:] == 0) + 1
    if len(roots) == 1:
        return [int(h) for h in heads[1:]]
    best, best_value = heads, -np.inf
    for root in range(1, size + 1) if len(roots) == 0 else roots:
        trial = scores.copy()
        trial[1:, 0] = _NEVER
        trial[root, 0] = scores[root, 0]
        found = _span(trial)
        value = float(trial[np.arange(1, size + 1), found[1:]].sum())
        if value > best_value:
            best, best_value = found, value
    return [int(h) for h in best[1:]]


def _span(scores: Scores) -> Heads:
    """Maximum arborescence from node 0; scores[d, h]."""
    heads: Heads = scores.argmax(axis=1).astype(np.int64)
    heads[0] = 0
    cycle = _find_cycle(heads)
    if cycle is None:
        return heads
    return _expand(scores, heads, cycle)


def _find_cycle(heads: Heads) -> list[int] | None:
    state = np.zeros(len(heads), dtype=np.int8)
    state[0] = 2
    for start in range(1, len(heads)):
        path, node = [], start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        state[path] = 2
    return None


def _expand(scores: Scores, heads: Heads, cycle: list[int]) -> Heads:
    """Contract the cycle to one node, solve the smaller problem, and open it again."""
    size, inside = len(heads), np.zeros(len(heads), dtype=bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    ring = np.array(cycle)
    kept = scores[ring, heads[ring]]
    small = np.full((len(rest) + 1, len(rest) + 1), _NEVER)
    small[:-1, :-1] = scores[np.ix_(rest, rest)]
    out_of, into = scores[np.ix_(rest, ring)], scores[np.ix_(ring, rest)] - kept[:, None]
    leave, enter = out_of.argmax(axis=1), into.argmax(axis=0)
    small[:-1, -1] = out_of.max(axis=1)
    small[-1, :-1] = into.max(axis=0) + kept.sum()
    small[0, :] = _NEVER
    solved = _span(small)
    result = heads.copy()
    last = len(rest)
    for place, node in enumerate(rest[1:], start=1):
        result[node] = ring[leave[place]] if solved[place] == last else rest[solved[place]]
    entry = int(solved[last])
    result[ring[enter[entry]]] = rest[entry]
    assert size == len(result)
    return result

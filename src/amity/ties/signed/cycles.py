"""Fractions of frustrated ties -> contradictions that they fail to pay: cycles whose fractions sum to less than 1.

Under "two" a contradiction is a cycle with an odd number of negative ties, under "many" one with exactly one.
Sources: separation of cycle inequalities by shortest paths in the signed double cover (Barahona and Mahjoub
1986); here over what is left when ties of fraction 0 are contracted, which leaves little to search.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import breadth_first_order, connected_components, dijkstra, minimum_spanning_tree

from amity.ties.signed.graph import Floats, Ints

Cycle = list[int]
# A cycle is unpaid if its fractions sum to less than 1 by more than this: ten times the solver's own tolerance.
UNPAID = 1e-6
# Added to each fraction when looking for short paths, so that of equal ones that with fewer ties is found.
STEP = 1e-3
# Sources of one run of shortest paths: bounds its memory to some tens of MB on networks of 10,000 parties.
BATCH = 256


@dataclass(frozen=True, slots=True)
class Net:
    """A kernel as columns: `size` nodes, ends and signed weights of its ties."""

    size: int
    u: Ints
    v: Ints
    weight: Floats

    def table(self, values: NDArray[np.float64], keep: NDArray[np.intp] | None = None) -> csr_matrix:
        """Values of ties (those kept) -> symmetric sparse matrix."""
        u, v, x = (c if keep is None else c[keep] for c in (self.u, self.v, values))
        return csr_matrix((np.r_[x, x], (np.r_[u, v], np.r_[v, u])), shape=(self.size, self.size))

    def frustrated(self, side: Ints) -> NDArray[np.intp]:
        """Rows of the ties that a division into two sides (0, 1) frustrates."""
        return np.flatnonzero((side[self.u] == side[self.v]) != (self.weight > 0.0))


class Rows:
    """Finds the row of a tie by its ends."""

    def __init__(self, net: Net) -> None:
        low, high = np.minimum(net.u, net.v), np.maximum(net.u, net.v)
        self._keys = low * net.size + high
        self._order = np.argsort(self._keys)
        self._sorted = self._keys[self._order]
        self._size = net.size

    def find(self, a: NDArray[np.integer], b: NDArray[np.integer]) -> NDArray[np.intp]:
        """Ends -> rows; each pair must be a tie."""
        keys = np.minimum(a, b).astype(np.int64) * self._size + np.maximum(a, b)
        return np.asarray(self._order[np.searchsorted(self._sorted, keys)], np.intp)


@dataclass(frozen=True, slots=True)
class Forest:
    """A spanning forest: each node's parent, the row that leads there, its depth, and its side along the tree."""

    parent: list[int]
    row: list[int]
    depth: list[int]
    side: Ints

    def cycle(self, net: Net, row: int) -> Cycle:
        """The cycle that a tie closes in the forest."""
        found, a, b = [row], int(net.u[row]), int(net.v[row])
        while a != b:
            if self.depth[a] < self.depth[b]:
                a, b = b, a
            found.append(self.row[a])
            a = self.parent[a]
        return found

    def to_root(self, node: int) -> Iterator[int]:
        """The rows from a node to its root."""
        while self.parent[node] >= 0:
            yield self.row[node]
            node = self.parent[node]


def grow_forest(net: Net, rows: Rows, length: Floats) -> Forest:
    """Lengths above 0 -> the shortest spanning forest; a root for each connected part."""
    tree = minimum_spanning_tree(csr_matrix((length, (net.u, net.v)), shape=(net.size, net.size)))
    tree = tree + tree.T
    _, part = connected_components(tree, directed=False)
    parent = np.full(net.size, -1)
    row = np.full(net.size, -1)
    depth, side = [0] * net.size, [0] * net.size
    for root in np.unique(part, return_index=True)[1].tolist():
        order, before = breadth_first_order(tree, root, directed=False)
        nodes = order[1:]
        parent[nodes] = before[nodes]
        row[nodes] = rows.find(nodes, parent[nodes])
        turns = (net.weight[row[nodes]] < 0.0).tolist()
        for node, up, turn in zip(nodes.tolist(), parent[nodes].tolist(), turns, strict=True):
            depth[node], side[node] = depth[up] + 1, side[up] ^ turn
    return Forest(parent.tolist(), row.tolist(), depth, np.array(side, np.int64))


def cycles_of_forest(net: Net, forest: Forest, x: Floats) -> list[Cycle]:
    """Fractions -> unpaid cycles among those that the frustrated ties close in the forest."""
    found = [forest.cycle(net, row) for row in net.frustrated(forest.side).tolist()]
    return [cycle for cycle in found if x[cycle].sum() < 1.0 - UNPAID]


def cycles_of_paths(net: Net, rows: Rows, x: Floats, odd: NDArray[np.intp], step: float = STEP) -> list[Cycle]:
    """Fractions -> for each odd tie the unpaid cycle it closes with a shortest path over the even ones, if any."""
    if not len(odd):
        return []
    even = np.ones(len(x), bool)
    even[odd] = False
    graph = net.table(x + max(step, 1e-12), np.flatnonzero(even))
    sources, group = np.unique(net.u[odd], return_inverse=True)
    found: list[Cycle] = []
    for start in range(0, len(sources), BATCH):
        batch = sources[start : start + BATCH]
        far, before = dijkstra(graph, directed=True, indices=batch, return_predecessors=True, limit=1.0)
        mine = np.flatnonzero((group >= start) & (group < start + len(batch)))
        near = mine[far[group[mine] - start, net.v[odd[mine]]] + x[odd[mine]] < 1.0]
        for i in near.tolist():
            path = _walk_back(before[group[i] - start], int(net.v[odd[i]]))
            cycle = [int(odd[i]), *rows.find(path[1:], path[:-1]).tolist()]
            if x[cycle].sum() < 1.0 - UNPAID:
                found.append(cycle)
    return found


def cycles_of_cover(net: Net, forest: Forest, x: Floats) -> list[Cycle]:
    """Fractions -> for each contracted node its shortest unpaid odd cycle; empty only if there is none anywhere.

    The forest must be shortest by the fractions and its ties of fraction 0 must frustrate nothing else of
    fraction 0 (else `cycles_of_forest` finds an unpaid cycle first).
    """
    free = x <= UNPAID / 10.0
    count, node = connected_components(net.table(np.ones(len(x)), np.flatnonzero(free)), directed=False)
    side, walk = _zero_paths(net, forest, free)
    live = np.flatnonzero(~free)
    odd = (side[net.u[live]] == side[net.v[live]]) != (net.weight[live] > 0.0)
    found = [_close(net, [int(r)], walk) for r in live[odd & (node[net.u[live]] == node[net.v[live]])].tolist() if x[r] < 1.0 - UNPAID]
    graph, row_of = _double_cover(node[net.u[live]], node[net.v[live]], odd, x[live], count)
    for start in range(0, count, BATCH):
        sources = np.arange(start, min(start + BATCH, count))
        far, before = dijkstra(graph, directed=True, indices=sources, return_predecessors=True, limit=1.0)
        for i in np.flatnonzero(far[np.arange(len(sources)), sources + count] < 1.0 - UNPAID).tolist():
            path = _walk_back(before[i], int(sources[i]) + count)
            steps = [int(live[row_of[a, b]]) for a, b in zip(path[1:].tolist(), path[:-1].tolist(), strict=True)]
            found.append(_close(net, steps, walk))
    return found


def _zero_paths(net: Net, forest: Forest, free: NDArray[np.bool_]) -> tuple[Ints, list[list[int]]]:
    """Side of each node within its contracted node, and its rows to the top of it."""
    order = np.argsort(forest.depth, kind="stable").tolist()
    side, walk = [0] * net.size, [list[int]() for _ in range(net.size)]
    for i in order:
        row = forest.row[i]
        if row >= 0 and free[row]:
            up = forest.parent[i]
            side[i] = side[up] ^ int(net.weight[row] < 0.0)
            walk[i] = [*walk[up], row]
    return np.array(side, np.int64), walk


def _double_cover(a: Ints, b: Ints, odd: NDArray[np.bool_], length: Floats, count: int) -> tuple[csr_matrix, dict[tuple[int, int], int]]:
    """Contracted ties -> two copies of each node, odd ties crossing over; and the tie behind each arc."""
    heads = np.concatenate([a, a + count, b, b + count])
    tails = np.concatenate([b + odd * count, b + ~odd * count, a + odd * count, a + ~odd * count])
    index, lengths = np.tile(np.arange(len(a)), 4), np.tile(length, 4)
    order = np.lexsort((lengths, tails, heads))
    heads, tails, index, lengths = heads[order], tails[order], index[order], lengths[order]
    first = np.ones(len(heads), bool)
    first[1:] = (heads[1:] != heads[:-1]) | (tails[1:] != tails[:-1])
    first &= heads != tails
    arcs = dict(zip(zip(heads[first].tolist(), tails[first].tolist(), strict=True), index[first].tolist(), strict=True))
    return csr_matrix((lengths[first], (heads[first], tails[first])), shape=(2 * count, 2 * count)), arcs


def _close(net: Net, steps: Cycle, walk: list[list[int]]) -> Cycle:
    """Ties between contracted nodes -> the closed walk through these, rows walked twice left out."""
    rows: set[int] = set()
    for step in steps:
        for part in ([step], walk[int(net.u[step])], walk[int(net.v[step])]):
            rows ^= set(part)
    return sorted(rows)


def _walk_back(before: NDArray[np.int32], end: int) -> NDArray[np.int64]:
    """Predecessors of one source and an end -> the nodes from the end back to the source."""
    path = [end]
    while (up := int(before[path[-1]])) >= 0:
        path.append(up)
    return np.array(path, np.int64)

"""A signed network -> the pieces that can be divided each by itself, and the way back to one partition.

Pieces share at most one party with all others that hold together with them, so their partitions always fit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from amity.records import BlocRule
from amity.ties.signed.graph import Ints, SignedGraph


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the network as a network of its own; `nodes[i]` is the place of its party i in the whole."""

    graph: SignedGraph
    nodes: Ints


class Glue(Protocol):
    """Puts the labels of pieces together."""

    def add(self, nodes: Ints, labels: Ints) -> None:
        """Take in a piece, in the order of `split_pieces`."""

    def labels(self) -> Ints:
        """A label for every party of the network."""


def parts_of(graph: SignedGraph, rows: NDArray[np.intp] | None = None) -> Ints:
    """The number of the connected part each party is in, by the ties in some rows."""
    u, v = (graph.u, graph.v) if rows is None else (graph.u[rows], graph.v[rows])
    table = csr_matrix((np.ones(len(u)), (u, v)), shape=(graph.size, graph.size))
    return np.asarray(connected_components(table, directed=False)[1], np.int64)


def split_pieces(graph: SignedGraph, rule: BlocRule) -> Iterator[Piece]:
    """Network -> its biconnected pieces, each after the one it hangs on.

    Under "many" enmity between parties that no chain of friends joins costs nothing and is left out first.
    """
    import networkx

    rows = np.arange(len(graph.u))
    if rule == "many":
        part = parts_of(graph, np.flatnonzero(graph.weight > 0.0))
        rows = np.flatnonzero(part[graph.u] == part[graph.v])
    row_of = {(a, b): row for row, a, b in zip(rows.tolist(), graph.u[rows].tolist(), graph.v[rows].tolist(), strict=True)}
    pieces = list(networkx.biconnected_component_edges(networkx.Graph(list(row_of))))
    for edges in reversed(pieces):
        yield _piece(graph, np.array([row_of[e] if e in row_of else row_of[e[1], e[0]] for e in edges], np.int64))


def _piece(graph: SignedGraph, rows: Ints) -> Piece:
    nodes, place = np.unique(np.concatenate([graph.u[rows], graph.v[rows]]), return_inverse=True)
    labels = tuple(graph.labels[i] for i in nodes.tolist())
    return Piece(SignedGraph(labels, place[: len(rows)], place[len(rows) :], graph.weight[rows]), nodes)


def glue_for(graph: SignedGraph, rule: BlocRule) -> Glue:
    """The way of the rule."""
    return _GlueTwo(graph) if rule == "two" else _GlueMany(graph)


class _GlueTwo:
    """Sides: a piece is turned over where the party it shares with earlier ones stands on the other side."""

    def __init__(self, graph: SignedGraph) -> None:
        self._side = np.full(graph.size, -1, np.int64)
        self._part = parts_of(graph)

    def add(self, nodes: Ints, labels: Ints) -> None:
        shared = np.flatnonzero(self._side[nodes] >= 0)
        turn = bool(len(shared)) and self._side[nodes[shared[0]]] != labels[shared[0]]
        self._side[nodes] = 1 - labels if turn else labels

    def labels(self) -> Ints:
        return 2 * self._part + np.maximum(self._side, 0)


class _GlueMany:
    """Blocs: those of two pieces that share a party are one."""

    def __init__(self, graph: SignedGraph) -> None:
        self._size = graph.size
        self._links: list[tuple[Ints, Ints]] = []

    def add(self, nodes: Ints, labels: Ints) -> None:
        _, first, bloc = np.unique(labels, return_index=True, return_inverse=True)
        self._links.append((nodes, nodes[first[bloc]]))

    def labels(self) -> Ints:
        ends = [np.concatenate(column) for column in zip(*self._links, strict=True)] if self._links else [np.zeros(0, np.int64)] * 2
        table = csr_matrix((np.ones(len(ends[0])), (ends[0], ends[1])), shape=(self._size, self._size))
        return np.asarray(connected_components(table, directed=False)[1], np.int64)

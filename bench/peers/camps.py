"""Least frustration of planted signed networks: every division tried with networkx, against proofs by contradictions."""

from __future__ import annotations

from itertools import product
from time import process_time

import networkx as nx

from amity.ties import compute_frustration, read_graph
from amity.worlds import make_signed_world

# Parties and ties; 2 to the 15 divisions take a second or two, each party more doubles it.
SIZE = (16, 48, 0.2)
SEEDS = 3


def try_all(rows: list[tuple[str, str, float]]) -> float:
    """Rows of a signed network -> the least weight of ties that contradict a division in two."""
    graph = nx.Graph()
    graph.add_weighted_edges_from(rows)
    nodes = sorted(graph)
    edges = [(nodes.index(a), nodes.index(b), w) for a, b, w in graph.edges(data="weight")]
    sides = product((1, -1), repeat=len(nodes) - 1)
    return min(sum(abs(w) for i, j, w in edges if s[i] * s[j] * w < 0) for s in ((1, *rest) for rest in sides))


def run() -> dict[str, float | int | str]:
    """Costs and seconds of both; the costs must be equal."""
    equal, ours, theirs = 0, 0.0, 0.0
    for seed in range(SEEDS):
        rows = list(make_signed_world(seed, *SIZE).rows)
        start = process_time()
        found = compute_frustration(read_graph(rows))
        middle = process_time()
        least = try_all(rows)
        ours, theirs = ours + middle - start, theirs + process_time() - middle
        equal += abs(found.cost - least) < 1e-9
    return {
        "networks": SEEDS,
        "equal_costs": equal,
        "cpu_s_amity": ours,
        "cpu_s_peer": theirs,
        "peer": f"networkx, all 2^{SIZE[0] - 1} divisions",
    }

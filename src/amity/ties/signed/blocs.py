"""A signed network -> its least frustrated blocs, with the proof that no others cost less."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import Any

import numpy as np

from amity.errors import BadInput
from amity.records import BlocRule, Contradiction, Partition, Proof
from amity.ties.signed.counting import branch_count, search_count
from amity.ties.signed.cycles import Net
from amity.ties.signed.graph import Repeats, SignedGraph, read_graph
from amity.ties.signed.membership import list_blocs, list_members, list_odd_couples
from amity.ties.signed.pieces import glue_for, split_pieces
from amity.ties.signed.proving import CLOSE, Proven, prove_piece, round_up

# Seconds after which the bounds reached are given as bounds. A minute: every real network measured takes seconds.
TIME_LIMIT = 60.0


def compute_frustration(source: Any, value: str | None = None, repeats: Repeats = "refuse", time_limit: float = TIME_LIMIT) -> Partition:
    """A signed network -> its frustration index and the two camps of each connected part, with the proof.

    The index is the least weight of ties to be frustrated by any division into two camps: friends apart or
    foes together. `source`, `value` and `repeats` as in `read_graph`. After `time_limit` seconds (wall time)
    `cost` and `bound` enclose it and `proof` is empty. Exact for whole weights up to 2**40, else to a
    millionth of the weight of all ties.

    >>> compute_frustration([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)]).cost
    1.0
    """
    return _partition(read_graph(source, value, repeats), "two", time_limit)


def find_blocs(source: Any, value: str | None = None, repeats: Repeats = "refuse", time_limit: float = TIME_LIMIT) -> Partition:
    """A signed network -> its least frustrated partition into as many blocs as are best, with the proof.

    The rule of weak balance (Davis 1967): foes of a foe may be foes too. As `compute_frustration` otherwise.

    >>> [sorted(b.members) for b in find_blocs([("a", "b", -1), ("b", "c", -1), ("a", "c", -1)]).blocs]
    [['a'], ['b'], ['c']]
    """
    return _partition(read_graph(source, value, repeats), "many", time_limit)


def find_count(source: Any, count: int, value: str | None = None, repeats: Repeats = "refuse", time_limit: float = TIME_LIMIT) -> Partition:
    """A signed network and a number -> its least frustrated partition into just so many blocs, none of them empty, with the proof.

    More than are best cost as much or more; so do fewer. As `compute_frustration` otherwise. Raises BadInput for a number below one
    or above that of the parties.

    >>> find_count([("a", "b", -1), ("b", "c", -1), ("a", "c", -1)], 2).cost
    1.0
    """
    graph = read_graph(source, value, repeats)
    if not 1 <= count <= graph.size:
        raise BadInput(f"blocs: got a count of {count}, allowed is 1 to {graph.size}, the number of parties")
    begun = monotonic()
    free = _partition(graph, "many", time_limit)
    net = Net(graph.size, graph.u, graph.v, graph.weight)
    home = {party: i for i, bloc in enumerate(free.blocs) for party in bloc.members}
    begin = np.array([home[label] for label in graph.labels], np.int64)
    cost, labels = search_count(net, begin, count, np.random.default_rng(0))
    tolerance = CLOSE * float(np.abs(graph.weight).sum())
    proof, bound = free.proof, free.bound
    if cost > round_up(bound, graph.whole, tolerance):
        row_of = {frozenset((graph.labels[a], graph.labels[b])): i for i, (a, b) in enumerate(zip(graph.u, graph.v, strict=True))}
        cycles = [[row_of[frozenset(tie)] for tie in c.ties] for piece in free.contradictions for c in piece]
        found = branch_count(net, count, cycles, labels, begun + time_limit - monotonic())
        cost, labels = found.cost, found.labels
        bound = max(bound, min(cost, cost if found.exhausted else round_up(found.bound, graph.whole, tolerance)))
        proof = "search" if cost <= bound else ""
    blocs = list_blocs(graph, labels, np.zeros(graph.size, np.int64))
    return replace(
        free,
        rule="count",
        blocs=blocs,
        cost=round(cost, 9),
        bound=round(min(bound, cost), 9),
        proof=proof,
        odd=list_odd_couples(graph, blocs),
        members=list_members(graph, blocs, "count"),
        seconds=monotonic() - begun,
    )


def _partition(graph: SignedGraph, rule: BlocRule, time_limit: float) -> Partition:
    if not time_limit > 0.0:
        raise BadInput(f"time limit: got {time_limit} seconds, allowed is above 0")
    begun = monotonic()
    glue = glue_for(graph, rule)
    contradictions: list[tuple[Contradiction, ...]] = []
    cost = bound = 0.0
    proofs: set[Proof] = set()
    for piece in split_pieces(graph, rule):
        found = prove_piece(piece.graph, rule, begun + time_limit)
        glue.add(piece.nodes, found.labels)
        cost, bound = cost + found.cost, bound + found.bound
        proofs.add(found.proof)
        if found.contradictions:
            contradictions.append(_in_labels(piece.graph, found))
    blocs = list_blocs(graph, glue.labels())
    return Partition(
        rule=rule,
        blocs=blocs,
        # Nine places: sums of binary fractions carry dust beyond.
        cost=round(cost, 9),
        bound=round(bound, 9),
        proof="" if "" in proofs else "search" if "search" in proofs else "cycles",
        contradictions=tuple(contradictions),
        odd=list_odd_couples(graph, blocs),
        members=list_members(graph, blocs, rule),
        ties=len(graph.u),
        negative=int((graph.weight < 0.0).sum()),
        weight=float(np.abs(graph.weight).sum()),
        seconds=monotonic() - begun,
        left_out=graph.left_out,
    )


def _in_labels(graph: SignedGraph, found: Proven) -> tuple[Contradiction, ...]:
    """The contradictions of a piece, equal ones taken together, the heaviest first."""
    shares: dict[tuple[int, ...], float] = {}
    for share, rows in found.contradictions:
        shares[rows] = shares.get(rows, 0.0) + share
    pairs = [(graph.labels[a], graph.labels[b]) for a, b in zip(graph.u.tolist(), graph.v.tolist(), strict=True)]
    ordered = sorted(shares.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Contradiction(tuple(pairs[row] for row in rows), share) for rows, share in ordered)

"""A signed network -> its least frustrated blocs, with the proof that no others cost less."""

from __future__ import annotations

from time import monotonic
from typing import Any

import numpy as np

from amity.errors import BadInput
from amity.records import BlocRule, Contradiction, Partition, Proof
from amity.ties.signed.graph import Repeats, SignedGraph, read_graph
from amity.ties.signed.membership import list_blocs, list_members, list_odd_couples
from amity.ties.signed.pieces import glue_for, split_pieces
from amity.ties.signed.proving import Proven, prove_piece

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

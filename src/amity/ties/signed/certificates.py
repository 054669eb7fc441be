"""A partition with its contradictions -> whether the proof holds, recounted from the network alone.

This knows nothing of how the partition was found: it needs the ties, exact fractions and a page of counting.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from math import ceil
from typing import Any

from amity.errors import BadRecord
from amity.records import BlocRule, Contradiction, Label, Partition
from amity.ties.signed.graph import read_graph

# Part by which a recounted cost and bound may differ where weights are not whole numbers.
CLOSE = Fraction(1, 100_000)

Pair = frozenset[Label]


def check_partition(partition: Partition, source: Any, value: str | None = None) -> float:
    """Partition and network (in any form `read_graph` takes) -> the bound that its contradictions prove.

    Raises BadRecord where the blocs do not cost what is said, a contradiction is none, ties carry more
    shares than their weight, or a proof by cycles does not reach the cost.
    """
    graph = read_graph(source, value)
    columns = (graph.u.tolist(), graph.v.tolist(), graph.weight.tolist())
    ties = {frozenset((graph.labels[a], graph.labels[b])): Fraction(w) for a, b, w in zip(*columns, strict=True)}
    cost = _recount(partition, ties)
    whole = all(w.denominator == 1 for w in ties.values())
    slack = Fraction(0) if whole else CLOSE * sum(map(abs, ties.values()))
    if abs(cost - Fraction(partition.cost)) > slack:
        raise BadRecord(f"partition: got the cost {partition.cost}, its blocs frustrate {float(cost)}; compute it again")
    bound = sum((_proven(piece, ties, partition.rule, whole) for piece in partition.contradictions), Fraction(0))
    _check_pieces(partition.contradictions)
    if bound > cost + slack:
        raise BadRecord(f"partition: got contradictions worth {float(bound)}, above the cost {float(cost)}; the network is another one")
    if partition.proof == "cycles" and bound < cost - slack:
        raise BadRecord(f"partition: got contradictions worth {float(bound)}, needed to prove the cost is {float(cost)}; compute it again")
    return float(bound)


def _recount(partition: Partition, ties: dict[Pair, Fraction]) -> Fraction:
    """The weight that the blocs frustrate; each party must stand in one."""
    home = {party: i for i, bloc in enumerate(partition.blocs) for party in bloc.members}
    total = Fraction(0)
    for pair, weight in ties.items():
        a, b = pair
        if a not in home or b not in home:
            raise BadRecord(f"partition: got no bloc for {a!r} or {b!r}, needed is one for each party; compute it again")
        total += abs(weight) if (home[a] == home[b]) != (weight > 0) else 0
    return total


def _proven(piece: Iterable[Contradiction], ties: dict[Pair, Fraction], rule: BlocRule, whole: bool) -> Fraction:
    """What one piece proves: its shares, rounded up where weights are whole, and cut down if ties carry too much."""
    load: Counter[Pair] = Counter()
    total = Fraction(0)
    for contradiction in piece:
        pairs = [frozenset(tie) for tie in contradiction.ties]
        share = Fraction(contradiction.share)
        if share < 0 or not _contradicts(pairs, ties, rule):
            raise BadRecord(f"partition: got {contradiction.ties!r}, which contradicts nothing under the rule {rule!r}; compute it again")
        total += share
        for pair in pairs:
            load[pair] += share  # type: ignore[assignment]  # a Counter of fractions
    # Rounding of doubles may overload a tie by a hair; all shares cut alike are a proof again.
    excess = max((Fraction(load[pair]) / abs(ties[pair]) for pair in load), default=Fraction(1))
    if excess > 1 + CLOSE:
        raise BadRecord(f"partition: got shares of {float(excess):.6f} of a tie's weight, allowed is up to 1; compute it again")
    total /= max(excess, Fraction(1))
    return Fraction(ceil(total - CLOSE)) if whole else total


def _contradicts(pairs: list[Pair], ties: dict[Pair, Fraction], rule: BlocRule) -> bool:
    """Whether ties that all exist, each once, meet every party evenly with the right number of negative ones."""
    if len(set(pairs)) != len(pairs) or any(pair not in ties for pair in pairs):
        return False
    ends = Counter(party for pair in pairs for party in pair)
    negative = sum(ties[pair] < 0 for pair in pairs)
    return all(count % 2 == 0 for count in ends.values()) and (negative % 2 == 1 if rule == "two" else negative == 1)


def _check_pieces(pieces: Iterable[Iterable[Contradiction]]) -> None:
    """No tie may serve two pieces, as each is rounded up by itself."""
    owner: dict[Pair, int] = {}
    for i, piece in enumerate(pieces):
        for contradiction in piece:
            for tie in contradiction.ties:
                if owner.setdefault(frozenset(tie), i) != i:
                    raise BadRecord(f"partition: got the tie {tie!r} in two pieces of the proof, allowed is one; compute it again")

"""A signed network -> its kernel: the part that no simple rule decides, with the way back from it.

Three rules, each exact for the cost and for the bound by cycles, applied while they fit:
- Parallel ties of both signs cancel: what they share is frustrated for certain.
- A party with one tie as heavy as all its others together goes as that tie says. Under "many" the tie must be
  positive; a party with no positive tie stands alone, and one with a heavier foe than its one friend hands the
  enmity on to the friend. Parties of one or two ties always fall under this.
- Under "two" a party of three ties is replaced by ties among the three (the star-triangle law).

Every kernel tie knows the walks it stands for, so a proof on the kernel is spelt out in the ties of the network.
Source: degree rules as in Hüffner, Betzler, Niedermeier 2010; that the star-triangle law keeps the bound too
follows from the cut polytope of a triangle being a simplex (docs/blocs.md).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from amity.records import BlocRule
from amity.ties.signed.graph import Floats, Ints, SignedGraph

# A walk as rows of the network, with the weight it carries.
Piece = tuple[float, tuple[int, ...]]
# Weight below which a remainder is rounding: weights are read as double floats.
DUST = 1e-12
# Multiplier of Fibonacci hashing (2**32 over the golden ratio): visits nodes in an order that is scattered, and the same each time.
SCATTER = 2654435769


@dataclass(slots=True)
class Strand:
    """A walk of a kernel tie: `left` of its weight is not used yet; one row of the network, or a chain of ties."""

    left: float
    row: int
    chain: tuple[Bundle, ...] = ()

    def take(self, amount: float) -> list[Piece]:
        """Use some of the weight -> the walks of rows that carry it."""
        self.left -= amount
        if not self.chain:
            return [(amount, (self.row,))]
        return join_walks([bundle.take(amount) for bundle in self.chain])


@dataclass(slots=True)
class Bundle:
    """A kernel tie: signed weight and the strands it stands for, all of one sign."""

    weight: float
    strands: list[Strand]

    def take(self, amount: float) -> list[Piece]:
        """Use some of the weight, from the first strands on -> the walks that carry it."""
        pieces: list[Piece] = []
        for strand in self.strands:
            part = min(strand.left, amount)
            if part > DUST:
                pieces += strand.take(part)
                amount -= part
            if amount <= DUST:
                break
        return pieces


def join_walks(parts: list[list[Piece]]) -> list[Piece]:
    """For each link of a chain its walks by weight -> walks along the whole chain.

    >>> join_walks([[(2.0, (0,))], [(1.5, (1,)), (0.5, (2,))]])
    [(1.5, (0, 1)), (0.5, (0, 2))]
    """
    joined, *rest = parts
    for more in rest:
        out: list[Piece] = []
        i = j = 0
        a, b = (joined[0][0], more[0][0]) if joined and more else (0.0, 0.0)
        while i < len(joined) and j < len(more):
            step = min(a, b)
            if step > DUST:
                out.append((step, joined[i][1] + more[j][1]))
            a, b = a - step, b - step
            if a <= DUST:
                i += 1
                a = joined[i][0] if i < len(joined) else 0.0
            if b <= DUST:
                j += 1
                b = more[j][0] if j < len(more) else 0.0
        joined = out
    return joined


@dataclass(slots=True)
class Kernel:
    """What is left: `u`, `v`, `weight` over `size` nodes (`nodes[i]` in the network), and what was decided.

    `paid` are the contradictions met on the way: their weight is frustrated in every partition.
    """

    nodes: list[int]
    u: Ints
    v: Ints
    weight: Floats
    bundles: list[Bundle]
    paid: list[Piece]
    gone: list[tuple[int, list[tuple[int, float]]]]
    rule: BlocRule

    @property
    def cost(self) -> float:
        """Weight that is frustrated for certain."""
        return float(sum(amount for amount, _ in self.paid))

    def lift(self, labels: Ints, size: int) -> Ints:
        """Labels of the kernel's nodes -> of all `size` nodes: the decided go where it costs them least.

        Under "two" labels are 0 and 1; under "many" a party that stands alone gets a new number.
        """
        full = np.full(size, -1, np.int64)
        full[self.nodes] = labels
        fresh = size
        for node, ties in reversed(self.gone):
            pull: dict[int, float] = {}
            for other, weight in ties:
                label = int(full[other])
                pull[label] = pull.get(label, 0.0) + weight
            best = max(pull, key=lambda k: (pull[k], -k), default=-1)
            if self.rule == "two":
                full[node] = int(pull.get(1, 0.0) > pull.get(0, 0.0))
            elif best >= 0 and pull[best] > 0.0:
                full[node] = best
            else:
                full[node], fresh = fresh, fresh + 1
        return full


def reduce_graph(graph: SignedGraph, rule: BlocRule) -> Kernel:
    """Network -> kernel under a rule; the cost of a best partition is the kernel's best and its `cost`."""
    work = _Reduction(rule, [{} for _ in range(graph.size)])
    for row, (a, b, weight) in enumerate(zip(graph.u.tolist(), graph.v.tolist(), graph.weight.tolist(), strict=True)):
        work.add(a, b, weight, Strand(abs(weight), row))
    work.run()
    nodes = [i for i, ties in enumerate(work.ties) if ties]
    place = {node: i for i, node in enumerate(nodes)}
    kept = [(place[a], place[b], bundle) for a in nodes for b, bundle in work.ties[a].items() if a < b]
    u, v, bundles = (list(column) for column in zip(*kept, strict=True)) if kept else ([], [], [])
    weight = np.array([bundle.weight for bundle in bundles], np.float64)
    return Kernel(nodes, np.array(u, np.int64), np.array(v, np.int64), weight, bundles, work.paid, work.gone, rule)


@dataclass(slots=True)
class _Reduction:
    """The network while it shrinks: `ties[a][b]` is the bundle between two nodes."""

    rule: BlocRule
    ties: list[dict[int, Bundle]]
    paid: list[Piece] = field(default_factory=list)
    gone: list[tuple[int, list[tuple[int, float]]]] = field(default_factory=list)

    def run(self) -> None:
        """Apply the rules until none fits."""
        # In scattered order: along a long chain this keeps the strands of strands few levels deep.
        todo = deque(sorted(range(len(self.ties)), key=lambda i: i * SCATTER % 2**32))
        waiting, done = [True] * len(self.ties), [False] * len(self.ties)
        while todo:
            node = todo.popleft()
            waiting[node] = False
            near = [] if done[node] else list(self.ties[node])
            if not done[node] and self.decide(node):
                done[node] = True
                todo.extend(other for other in near if not waiting[other])
                for other in near:
                    waiting[other] = True

    def decide(self, node: int) -> bool:
        """Take a node out if a rule fits -> whether one did."""
        ties = self.ties[node]
        total = sum(abs(b.weight) for b in ties.values())
        top = max(ties, key=lambda k: (abs(ties[k].weight), ties[k].weight), default=-1)
        heavy = bool(ties) and 2.0 * abs(ties[top].weight) >= total
        if self.rule == "two":
            if heavy or not ties:
                self.fold(node, top)
            elif len(ties) == 3:
                self.triangle(node)
            else:
                return False
            return True
        friends = [k for k in ties if ties[k].weight > 0]
        if not friends:
            self.drop(node)
        elif heavy and ties[top].weight > 0:
            self.fold(node, top)
        elif len(ties) == 2:
            # One friend and a heavier foe: the lesser of the two is at stake between them.
            self.fold(node, friends[0])
        else:
            return False
        return True

    def drop(self, node: int) -> list[tuple[int, Bundle]]:
        """Take a node and its ties out -> the ties."""
        ties = list(self.ties[node].items())
        self.gone.append((node, [(other, bundle.weight) for other, bundle in ties]))
        for other, _ in ties:
            del self.ties[other][node]
        self.ties[node] = {}
        return ties

    def fold(self, node: int, into: int) -> None:
        """Take a node out that goes as its tie with another says: its other ties become that one's."""
        ties = dict(self.drop(node))
        link = ties.pop(into, None)
        for other, bundle in ties.items():
            if link is not None:
                size = min(abs(bundle.weight), abs(link.weight))
                sign = np.sign(bundle.weight) * np.sign(link.weight)
                self.add(into, other, float(sign) * size, Strand(size, -1, (bundle, link)))

    def triangle(self, node: int) -> None:
        """Replace a node of three ties, none as heavy as the two others together, by ties among the three."""
        ties = self.drop(node)
        sizes = [abs(bundle.weight) for _, bundle in ties]
        for i, j, k in ((0, 1, 2), (0, 2, 1), (1, 2, 0)):
            size = (sizes[i] + sizes[j] - sizes[k]) / 2.0
            (a, first), (b, second) = ties[i], ties[j]
            sign = float(np.sign(first.weight) * np.sign(second.weight))
            self.add(a, b, sign * size, Strand(size, -1, (first, second)))

    def add(self, a: int, b: int, weight: float, strand: Strand) -> None:
        """Lay a strand between two nodes; what it shares with a tie of the other sign is paid."""
        old = self.ties[a].get(b)
        new = Bundle(weight, [strand])
        if old is not None and old.weight * weight > 0.0:
            old.weight += weight
            old.strands.append(strand)
            return
        if old is not None:
            shared = min(abs(old.weight), abs(weight))
            self.paid += join_walks([old.take(shared), new.take(shared)])
            left = old.weight + weight
            keep = old if old.weight * left > 0.0 else new
            keep.weight = left
            new = keep
        if abs(new.weight) > DUST:
            self.ties[a][b] = self.ties[b][a] = new
        elif old is not None:
            del self.ties[a][b], self.ties[b][a]


def spell_out(bundles: list[Bundle], cycles: Iterable[tuple[float, list[int]]], paid: Iterable[Piece]) -> list[Piece]:
    """Cycles of the kernel (share, kernel ties) and walks already paid -> the same in rows of the network.

    A row that a walk passes twice is left out: walked twice it proves nothing.
    """
    pieces = list(paid)
    for share, ties in cycles:
        pieces += join_walks([bundles[i].take(share) for i in ties])
    return [(amount, _odd_rows(rows)) for amount, rows in pieces]


def _odd_rows(rows: tuple[int, ...]) -> tuple[int, ...]:
    seen: set[int] = set()
    for row in rows:
        seen ^= {row}
    return tuple(sorted(seen))

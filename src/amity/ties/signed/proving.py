"""One piece of a signed network -> its best partition and the proof: search from above, contradictions from below.

Rounds: the contradictions found so far are paid at least weight in fractions, which is a bound; the fractions
show where to divide, which is a partition; contradictions they leave unpaid are added. Where the rounds end
with a gap, branch and bound goes on: over the sides of parties under "two"; under "many" the contradictions
are paid in whole ties, and again those unpaid are added.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import compress
from math import ceil
from time import monotonic

import numpy as np
from scipy.sparse.csgraph import connected_components

from amity.records import BlocRule, Proof
from amity.ties.signed.branching import branch_sides
from amity.ties.signed.covering import Cover, Covering
from amity.ties.signed.cycles import Cycle, Net, Rows, cycles_of_cover, cycles_of_forest, cycles_of_paths, grow_forest
from amity.ties.signed.graph import Ints, SignedGraph
from amity.ties.signed.kernel import Kernel, Piece, reduce_graph, spell_out
from amity.ties.signed.moves import cost_of, search_many, search_two

# Part of a piece's weight by which a bound may miss the cost and still be said to meet it, where weights are
# not whole: the solver keeps its own conditions to 1e-7.
CLOSE = 1e-6
# Spread (in fractions) of the noise that chooses among equal trees; below ZERO of the solver, so it orders nothing else.
NOISE = 1e-8
# Steps of tabu search after each round, and starts and steps of the long search before branching. Ten, three and twice
# these changed no bound on the networks of bench/frustration.py; half the steps cost further rounds on Bitcoin-OTC.
SHORT, STARTS, LONG = 200, 8, 4000
# Cycles overpaid by no more than this (in fractions) go into the branching: the others hardly bind. Set by hand.
BINDING = 0.3
# Passes of moves under "many": each ends early when nothing moves.
PASSES = 50


@dataclass(frozen=True, slots=True)
class Proven:
    """Labels of a piece's parties, their cost, a bound with the contradictions behind it, and how it is proven."""

    labels: Ints
    cost: float
    bound: float
    proof: Proof
    contradictions: list[Piece]


def prove_piece(graph: SignedGraph, rule: BlocRule, deadline: float) -> Proven:
    """Piece -> its best partition with proof; at the deadline (of `time.monotonic`) what stands by then."""
    kernel = reduce_graph(graph, rule)
    if not len(kernel.u):
        labels = kernel.lift(np.zeros(0, np.int64), graph.size)
        return Proven(labels, kernel.cost, kernel.cost, "cycles", spell_out([], [], kernel.paid))
    return _Prover(graph, kernel, rule, deadline).prove()


class _Prover:
    """The state of a proof: the best labels of the kernel's nodes, and the covering programme."""

    def __init__(self, graph: SignedGraph, kernel: Kernel, rule: BlocRule, deadline: float) -> None:
        self.graph, self.kernel, self.rule, self.deadline = graph, kernel, rule, deadline
        self.net = Net(len(kernel.nodes), kernel.u, kernel.v, kernel.weight)
        self.rows = Rows(self.net)
        self.covering = Covering(np.abs(kernel.weight))
        self.rng = np.random.default_rng(0)
        self.x = np.zeros(len(kernel.u))
        self.cover: Cover | None = None
        self.bound = 0.0
        self.cost = np.inf
        self.labels: Ints = np.zeros(self.net.size, np.int64)
        self.tolerance = CLOSE * float(np.abs(graph.weight).sum())
        self._cycles: Callable[[], list[Cycle]] = self._cycles_two if rule == "two" else self._cycles_many

    def prove(self) -> Proven:
        """Rounds of fractions, then, if a gap is left and time too, of whole ties."""
        proof: Proof = ""
        while not self.closed and self.left > 0.0:
            cycles = self._cycles()
            if self.closed or not self.covering.add(cycles):
                break
            cover = self.covering.relax(self.left)
            if cover is None:
                break
            self.cover, self.x = cover, cover.x
            self.bound = max(self.bound, cover.bound)
        if self.closed:
            proof = "cycles"
        else:
            self._search_long()
            proof = "cycles" if self.closed else self._branch()
        return self._conclude(proof)

    @property
    def left(self) -> float:
        """Seconds that remain."""
        return self.deadline - monotonic()

    @property
    def closed(self) -> bool:
        """Whether the bound meets the cost; whole weights let it be rounded up."""
        bound, cost = self.kernel.cost + self.bound, self.kernel.cost + self.cost
        return cost <= round_up(bound, self.graph.whole, self.tolerance)

    def _offer(self, cost: float, labels: Ints) -> None:
        if cost < self.cost:
            self.cost, self.labels = cost, labels

    def _cycles_two(self) -> list[Cycle]:
        """Divide by the shortest tree of the fractions -> unpaid cycles; of all kinds only where the cheap kinds find none."""
        forest = grow_forest(self.net, self.rows, self.x + NOISE * (1.0 + self.rng.random(len(self.x))))
        self._offer(*search_two(self.net, forest.side, SHORT, self.rng))
        if self.closed:
            return []
        cycles = cycles_of_forest(self.net, forest, self.x)
        # What the best sides frustrate, seen from one of them: there every other tie is positive.
        cycles += cycles_of_paths(self.net, self.rows, self.x, self.net.frustrated(self.labels))
        return cycles or cycles_of_cover(self.net, forest, self.x)

    def _cycles_many(self) -> list[Cycle]:
        """Divide where the fractions cut friends -> unpaid cycles of one negative tie."""
        self._offer(*search_many(self.net, self._divide(), PASSES, self.rng))
        if self.closed:
            return []
        negative = np.flatnonzero(self.net.weight < 0.0)
        cycles = cycles_of_paths(self.net, self.rows, self.x, negative)
        return cycles or cycles_of_paths(self.net, self.rows, self.x, negative, 0.0)

    def _divide(self) -> Ints:
        """Fractions -> parts joined by friendships that are less than half paid."""
        held = np.flatnonzero((self.net.weight > 0.0) & (self.x < 0.5))
        table = self.net.table(np.ones(len(self.x)), held)
        return np.asarray(connected_components(table, directed=False)[1], np.int64)

    def _search_long(self) -> None:
        """Look harder for a better partition, as the bound may be right and the cost not."""
        for _ in range(STARTS):
            if self.closed or self.left <= 0.0:
                return
            shaken = np.where(self.rng.random(self.net.size) < 0.2, self.rng.integers(2, size=self.net.size), self.labels)
            if self.rule == "two":
                self._offer(*search_two(self.net, shaken, LONG, self.rng))
            else:
                self._offer(*search_many(self.net, shaken, PASSES, self.rng))

    def _branch(self) -> Proof:
        """Exhaust what is left -> "search" if that closed the gap in time."""
        if self.left <= 0.0:
            return ""
        return self._branch_sides() if self.rule == "two" else self._branch_ties()

    def _branch_sides(self) -> Proof:
        loose = [self.x[cycle].sum() < 1.0 + BINDING for cycle in self.covering.cycles]
        found = branch_sides(self.net, list(compress(self.covering.cycles, loose)), self.labels, self.left)
        self._offer(cost_of(self.net, found.side), found.side)
        self.bound = max(self.bound, self.cost if found.exhausted else found.bound)
        return "search" if found.exhausted or self.closed else ""

    def _branch_ties(self) -> Proof:
        """Pay the contradictions in whole ties until none is left unpaid -> "search" if that closed the gap in time."""
        while self.left > 0.0:
            cover = self.covering.search(self.left, self.cost)
            if cover is None:
                break
            self.bound = max(self.bound, cover.bound)
            if self.closed:
                return "search"
            if not cover.exact:
                break
            self.x = cover.x
            cycles = self._cycles()
            if self.closed:
                return "search"
            if not self.covering.add(cycles):
                break
        return ""

    def _conclude(self, proof: Proof) -> Proven:
        cycles = self._shares()
        labels = self.kernel.lift(self.labels, self.graph.size)
        paid = spell_out(self.kernel.bundles, cycles, self.kernel.paid)
        by_cycles = sum(amount for amount, _ in paid)
        bound = by_cycles if proof == "cycles" else max(by_cycles, self.kernel.cost + self.bound)
        cost = cost_of(Net(self.graph.size, self.graph.u, self.graph.v, self.graph.weight), labels)
        bound = round_up(bound, self.graph.whole, self.tolerance)
        return Proven(labels, cost, min(bound, cost), proof, paid)

    def _shares(self) -> list[tuple[float, Cycle]]:
        """The shares of the last fractions, scaled so that no tie carries more than its weight."""
        if self.cover is None:
            return []
        load = np.zeros(len(self.x))
        used = [
            (share, cycle) for share, cycle in zip(self.cover.shares.tolist(), self.covering.cycles, strict=False) if share > ZERO_SHARE
        ]
        for share, cycle in used:
            load[cycle] += share
        scale = min(1.0, 1.0 / max(float((load / np.abs(self.net.weight)).max()), 1e-300))
        return [(share * scale, cycle) for share, cycle in used]


# Shares below this prove nothing worth writing down.
ZERO_SHARE = 1e-9


def round_up(bound: float, whole: bool, tolerance: float) -> float:
    """A bound -> what it proves: the next whole number where costs are whole, less the tolerance of the sums.

    >>> round_up(6.2, True, 1e-6), round_up(6.0000001, True, 1e-6), round_up(6.2, False, 0.0)
    (7.0, 6.0, 6.2)
    """
    return float(ceil(bound - min(tolerance, 0.01))) if whole else bound + tolerance

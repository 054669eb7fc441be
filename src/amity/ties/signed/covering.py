"""Contradictions -> the least weight that pays each once: as fractions (a bound with its proof), or whole ties."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from amity.ties.signed.cycles import Cycle
from amity.ties.signed.graph import Floats

# Fractions up to this are taken for 0: the solver's own tolerance is 1e-7.
ZERO = 1e-7


@dataclass(frozen=True, slots=True)
class Cover:
    """A solution: fraction of each tie, the bound, and the share of each cycle (its dual, 0 in a search)."""

    x: Floats
    bound: float
    shares: Floats
    exact: bool


class Covering:
    """The growing linear programme: weights to pay, one row a contradiction; solved again from where it stood."""

    def __init__(self, weight: Floats) -> None:
        size = len(weight)
        self.cycles: list[Cycle] = []
        self._known: set[tuple[int, ...]] = set()
        self._solver = highspy.Highs()
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._solver.setOptionValue("random_seed", 0)
        self._solver.addVars(size, np.zeros(size), np.full(size, highspy.kHighsInf))
        self._solver.changeColsCost(size, np.arange(size, dtype=np.int32), weight)

    def add(self, cycles: list[Cycle]) -> int:
        """Take in cycles -> how many of them were new."""
        new = []
        for cycle in cycles:
            key = tuple(sorted(cycle))
            if key not in self._known:
                self._known.add(key)
                new.append(list(key))
        if new:
            lengths = [len(cycle) for cycle in new]
            starts = np.cumsum([0, *lengths[:-1]]).astype(np.int32)
            index = np.concatenate(new).astype(np.int32)
            no_end = np.full(len(new), highspy.kHighsInf)
            self._solver.addRows(len(new), np.ones(len(new)), no_end, len(index), starts, index, np.ones(len(index)))
            self.cycles += new
        return len(new)

    def relax(self, seconds: float) -> Cover | None:
        """Least weight in fractions, None if time ran out; the shares are scaled so that no tie carries too much."""
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + max(seconds, 0.01))
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        solution = self._solver.getSolution()
        x = np.array(solution.col_value)
        x[x < ZERO] = 0.0
        shares = np.maximum(np.array(solution.row_dual), 0.0)
        return Cover(x, float(self._solver.getInfo().objective_function_value), shares, False)

    def search(self, seconds: float, cost: float) -> Cover | None:
        """Least weight in whole ties, below a known cost; None if time ran out with nothing proven."""
        size = self._solver.getNumCol()
        index = np.arange(size, dtype=np.int32)
        self._solver.changeColsIntegrality(size, index, np.full(size, highspy.HighsVarType.kInteger))
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + max(seconds, 0.01))
        self._solver.setOptionValue("mip_rel_gap", 0.0)
        self._solver.run()
        done = self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        info, solution = self._solver.getInfo(), self._solver.getSolution()
        found = np.array(solution.col_value) if info.primal_solution_status == 2 else np.zeros(size)
        self._solver.changeColsIntegrality(size, index, np.full(size, highspy.HighsVarType.kContinuous))
        return Cover(np.round(found), float(info.mip_dual_bound), np.zeros(len(self.cycles)), done)

"""Two camps by branch and bound: a side for each party, its ties' contradictions, and the cycles that bind.

Branching on sides divides the network; branching on ties hardly does. On random networks of 30 to 60 parties, where
fractions leave a gap, this takes one to five CPU seconds; paying cycles in whole ties had not closed them after ten.
Source: the formulation by exclusive or of Aref, Mason and Wilson 2018, with our cycles in the place of triangles.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from amity.ties.signed.cycles import Cycle, Net
from amity.ties.signed.graph import Ints


@dataclass(frozen=True, slots=True)
class Branched:
    """The best sides found, a bound on the cost of any, and whether the search was exhausted."""

    side: Ints
    bound: float
    exhausted: bool


def branch_sides(net: Net, cycles: list[Cycle], side: Ints, seconds: float) -> Branched:
    """Kernel, its binding cycles and sides to begin from -> sides as good or better, in so many seconds of wall time."""
    ties = len(net.u)
    solver = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0), ("time_limit", seconds), ("mip_rel_gap", 0.0)):
        solver.setOptionValue(option, value)
    size = ties + net.size
    solver.addVars(size, np.zeros(size), np.ones(size))
    solver.changeColsCost(ties, np.arange(ties, dtype=np.int32), np.abs(net.weight))
    solver.changeColsIntegrality(net.size, np.arange(ties, size, dtype=np.int32), np.full(net.size, highspy.HighsVarType.kInteger))
    # Turning all sides over changes nothing: the party with most ties stays on side 0.
    busiest = int(np.bincount(np.concatenate([net.u, net.v])).argmax())
    solver.changeColBounds(ties + busiest, 0.0, 0.0)
    _add_ties(solver, net)
    for cycle in cycles:
        solver.addRow(1.0, highspy.kHighsInf, len(cycle), np.array(cycle, np.int32), np.ones(len(cycle)))
    begin = side ^ side[busiest]
    start = highspy.HighsSolution()
    frustrated = np.zeros(ties)
    frustrated[net.frustrated(begin)] = 1.0
    start.col_value = [*frustrated.tolist(), *begin.astype(float).tolist()]
    solver.setSolution(start)
    solver.run()
    info = solver.getInfo()
    values = np.array(solver.getSolution().col_value)
    found = (
        np.round(values[ties:]).astype(np.int64) if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible else begin
    )
    return Branched(found, float(info.mip_dual_bound), solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def _add_ties(solver: highspy.Highs, net: Net) -> None:
    """Two rows a tie: it is frustrated where friends' sides differ, or foes' sides are alike."""
    count, ends = len(net.u), len(net.u) + np.stack([net.u, net.v])
    friends = net.weight > 0.0
    index = np.repeat(np.stack([np.arange(count), *ends], axis=1), 2, axis=0).astype(np.int32)
    sign = np.ones((count, 2, 3))
    sign[friends] = [[1.0, -1.0, 1.0], [1.0, 1.0, -1.0]]
    sign[~friends] = [[1.0, 1.0, 1.0], [1.0, -1.0, -1.0]]
    least = np.where(friends[:, None], 0.0, [1.0, -1.0]).ravel()
    starts = np.arange(0, 6 * count, 3, dtype=np.int32)
    solver.addRows(2 * count, least, np.full(2 * count, highspy.kHighsInf), 6 * count, starts, index.ravel(), sign.ravel())

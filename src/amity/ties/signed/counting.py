"""A given number of blocs: the best division into just so many, by search from above and branch and bound from below.

As many blocs as are best cost at least what their contradictions prove, and so does any given number. Where their blocs can be
joined, or parties set apart, at no cost, that proof holds for the number asked for too; else HiGHS branches over the blocs of parties.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from amity.ties.signed.cycles import Cycle, Net
from amity.ties.signed.graph import Floats, Ints
from amity.ties.signed.moves import GAIN, cost_of

# Starts of the search from above, each from labels of which a fifth is shaken, and passes of moves in each.
STARTS, PASSES = 12, 50


@dataclass(frozen=True, slots=True)
class Counted:
    """Labels 0 to one less than the count, their cost, a bound on any, and whether the search was exhausted."""

    labels: Ints
    cost: float
    bound: float
    exhausted: bool


def search_count(net: Net, labels: Ints, count: int, rng: np.random.Generator) -> tuple[float, Ints]:
    """Labels -> the best labels met that make so many blocs, none of them empty, with their cost."""
    best = settle(net, bring_to(net, labels, count), count, rng)
    cost = cost_of(net, best)
    for _ in range(STARTS):
        shaken = np.where(rng.random(net.size) < 0.2, rng.integers(count, size=net.size), best)
        found = settle(net, bring_to(net, shaken, count), count, rng)
        if cost_of(net, found) < cost:
            best, cost = found, cost_of(net, found)
    return cost, best


def bring_to(net: Net, labels: Ints, count: int) -> Ints:
    """Labels -> as many, 0, 1, ..., as are asked for: the two blocs that cost least are joined, the party that costs least set apart."""
    labels = np.unique(labels, return_inverse=True)[1].ravel()
    number = int(labels.max()) + 1
    while number > count:
        pull = _pulls(net, labels, number)[labels.argsort(kind="stable")]
        between = np.add.reduceat(pull, np.flatnonzero(np.diff(np.sort(labels), prepend=-1)), axis=0)
        np.fill_diagonal(between, -np.inf)
        a, b = sorted(np.unravel_index(int(between.argmax()), between.shape))
        labels[labels == b] = a
        labels[labels > b] -= 1
        number -= 1
    while number < count:
        held = np.take_along_axis(_pulls(net, labels, number), labels[:, None], axis=1).ravel()
        held[np.bincount(labels)[labels] == 1] = np.inf
        labels[int(held.argmin())] = number
        number += 1
    return labels


def settle(net: Net, labels: Ints, count: int, rng: np.random.Generator) -> Ints:
    """Labels -> labels that no move of one party betters, the last of a bloc staying where it is; or as far as the passes go."""
    table = net.table(net.weight)
    starts, ends, values = table.indptr, table.indices, table.data
    labels, least = labels.copy(), GAIN * float(np.abs(net.weight).sum())
    members = np.bincount(labels, minlength=count)
    for _ in range(PASSES):
        moved = False
        for node in rng.permutation(net.size).tolist():
            near = slice(starts[node], starts[node + 1])
            pull = np.bincount(labels[ends[near]], values[near], count)
            home, best = int(labels[node]), int(pull.argmax())
            if members[home] > 1 and pull[best] > pull[home] + least:
                labels[node], moved = best, True
                members[home] -= 1
                members[best] += 1
        if not moved:
            break
    return labels


def branch_count(net: Net, count: int, cycles: list[Cycle], labels: Ints, seconds: float) -> Counted:
    """Network, contradictions and labels to begin from -> labels as good or better, in so many seconds of wall time.

    A variable says that a party stands in a bloc. Blocs are numbered by their first party (of most ties first), as any other order of
    them is the same division.
    """
    ties, order = len(net.u), np.argsort(-np.bincount(np.concatenate([net.u, net.v]), minlength=net.size), kind="stable")
    rank = np.argsort(order)
    solver = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 0),
        ("time_limit", max(seconds, 0.01)),
        ("mip_rel_gap", 0.0),
    ):
        solver.setOptionValue(option, value)
    size = ties + net.size * count
    # A party cannot be in a bloc whose number is beyond its own place.
    upper = np.concatenate([np.ones(ties), (np.arange(count) <= rank[:, None]).astype(float).ravel()])
    solver.addVars(size, np.zeros(size), upper)
    solver.changeColsCost(ties, np.arange(ties, dtype=np.int32), np.abs(net.weight))
    solver.changeColsIntegrality(size - ties, np.arange(ties, size, dtype=np.int32), np.full(size - ties, highspy.HighsVarType.kInteger))
    place = ties + np.arange(net.size * count).reshape(net.size, count)
    _add_rows(solver, place, 1.0, 1.0)
    _add_rows(solver, place.T, 1.0, highspy.kHighsInf)
    _add_ties(solver, net, place)
    for cycle in cycles:
        _add_rows(solver, np.array([cycle]), 1.0, highspy.kHighsInf)
    start = highspy.HighsSolution()
    frustrated = np.zeros(ties)
    frustrated[net.frustrated(labels)] = 1.0
    start.col_value = [*frustrated.tolist(), *(_in_order(labels, order, count)[:, None] == np.arange(count)).astype(float).ravel().tolist()]
    solver.setSolution(start)
    solver.run()
    info = solver.getInfo()
    if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
        found = np.array(solver.getSolution().col_value)[ties:].reshape(net.size, count).argmax(axis=1)
        labels = min(labels, found, key=lambda some: cost_of(net, some))
    # Where time runs out before the first bound there is none.
    bound = max(float(info.mip_dual_bound), 0.0) if np.isfinite(info.mip_dual_bound) else 0.0
    return Counted(labels, cost_of(net, labels), bound, solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)


def _in_order(labels: Ints, order: Ints, count: int) -> Ints:
    """Labels -> the same blocs, numbered by their first party in an order."""
    _, first = np.unique(labels[order], return_index=True)
    number = np.zeros(count, np.int64)
    number[labels[order][np.sort(first)]] = np.arange(count)
    return number[labels]


def _add_ties(solver: highspy.Highs, net: Net, place: Ints) -> None:
    """Rows of a tie: friends of whom one is in a bloc and not the other are frustrated, and foes who are both in it."""
    friends = net.weight > 0.0
    for rows, signs in ((friends, (1.0, -1.0, 1.0)), (friends, (1.0, 1.0, -1.0)), (~friends, (1.0, -1.0, -1.0))):
        tie = np.flatnonzero(rows)
        if len(tie):
            at = np.stack([np.repeat(tie, place.shape[1]), place[net.u[tie]].ravel(), place[net.v[tie]].ravel()], axis=1)
            _add_rows(solver, at, 0.0 if signs[1] != signs[2] else -1.0, highspy.kHighsInf, np.array(signs))


def _add_rows(solver: highspy.Highs, at: Ints, least: float, most: float, signs: Floats | None = None) -> None:
    """Rows of equal length over the columns `at`, with the same signs in each."""
    rows, width = at.shape
    values = np.tile(np.ones(width) if signs is None else signs, rows)
    starts = np.arange(0, rows * width, width, dtype=np.int32)
    solver.addRows(rows, np.full(rows, least), np.full(rows, most), rows * width, starts, at.astype(np.int32).ravel(), values)


def _pulls(net: Net, labels: Ints, count: int) -> Floats:
    """What draws each party to each bloc: the weight of its friends in it less that of its foes."""
    found = np.zeros((net.size, count))
    np.add.at(found, (net.u, labels[net.v]), net.weight)
    np.add.at(found, (net.v, labels[net.u]), net.weight)
    return found

"""A partition -> a better one, by moving one party at a time: the upper side of the proof.

Two sides: tabu search (Glover 1989), each step the best move not made lately, even where it costs.
Many blocs: passes in which every party goes where it costs least, then blocs that gain by it are joined.
"""

from __future__ import annotations

import numpy as np

from amity.ties.signed.cycles import Net
from amity.ties.signed.graph import Floats, Ints

# Steps a moved party must stay, at least, and how many more by chance: short, as the networks are small.
STAY, STAY_MORE = 5, 10
# A move must gain more than this part of the weight of all ties, or rounding could make the passes go round for ever.
GAIN = 1e-12


def cost_of(net: Net, labels: Ints) -> float:
    """Weight that a partition frustrates: negative ties within, positive ones across."""
    together = labels[net.u] == labels[net.v]
    return float(np.abs(net.weight[together != (net.weight > 0.0)]).sum())


def search_two(net: Net, side: Ints, steps: int, rng: np.random.Generator) -> tuple[float, Ints]:
    """Sides (0, 1) -> the best sides met in so many steps of tabu search, with their cost."""
    table = net.table(net.weight)
    starts, ends, values = table.indptr, table.indices, table.data
    sign = 1.0 - 2.0 * side
    stake: Floats = sign * (table @ sign)  # what each move costs
    until = np.zeros(net.size, np.int64)
    cost = best = cost_of(net, side)
    best_sign = sign.copy()
    stays = (STAY + net.size // 100 + rng.integers(STAY_MORE, size=steps)).tolist()
    for step in range(steps):
        node = int(np.where(until <= step, stake, np.inf).argmin())
        if until[node] > step:
            continue
        cost += stake[node]
        sign[node], stake[node] = -sign[node], -stake[node]
        near = slice(starts[node], starts[node + 1])
        stake[ends[near]] += 2.0 * sign[node] * values[near] * sign[ends[near]]
        until[node] = step + 1 + stays[step]
        if cost < best - GAIN * (1.0 + best):
            best, best_sign = cost, sign.copy()
    found = (best_sign < 0.0).astype(np.int64)
    return cost_of(net, found), found


def search_many(net: Net, labels: Ints, passes: int, rng: np.random.Generator) -> tuple[float, Ints]:
    """Labels -> labels that no single move and no joining of two blocs betters, or as far as the passes go."""
    table = net.table(net.weight)
    starts, ends, values = table.indptr.tolist(), table.indices.tolist(), table.data.tolist()
    bloc = np.unique(labels, return_inverse=True)[1].tolist()
    least = GAIN * float(np.abs(net.weight).sum())
    fresh = net.size
    for _ in range(passes):
        moved = False
        for node in rng.permutation(net.size).tolist():
            pull: dict[int, float] = {}
            for i in range(starts[node], starts[node + 1]):
                pull[bloc[ends[i]]] = pull.get(bloc[ends[i]], 0.0) + values[i]
            here = pull.get(bloc[node], 0.0)
            best = max(pull, key=pull.__getitem__, default=bloc[node])
            if pull.get(best, 0.0) > max(here, 0.0) + least:
                bloc[node], moved = best, True
            elif here < -least:
                bloc[node], fresh, moved = fresh, fresh + 1, True
        joined = _join_blocs(net, np.array(bloc, np.int64), least)
        moved |= joined is not None
        bloc = joined.tolist() if joined is not None else bloc
        if not moved:
            break
    found = np.unique(np.array(bloc, np.int64), return_inverse=True)[1].astype(np.int64)
    return cost_of(net, found), found


def _join_blocs(net: Net, labels: Ints, least: float) -> Ints | None:
    """Labels -> the same with the two blocs joined whose friendship is greatest, None if no joining pays."""
    a, b = labels[net.u], labels[net.v]
    across = a != b
    pairs = np.stack([np.minimum(a, b)[across], np.maximum(a, b)[across]])
    if not pairs.shape[1]:
        return None
    keys, place = np.unique(pairs, axis=1, return_inverse=True)
    pull = np.bincount(place.ravel(), net.weight[across], keys.shape[1])
    top = int(pull.argmax())
    return np.where(labels == keys[1, top], keys[0, top], labels) if pull[top] > least else None

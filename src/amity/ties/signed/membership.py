"""A partition of a signed network -> its blocs in order, the ties it frustrates, and how firmly each party stands."""

from __future__ import annotations

import numpy as np

from amity.records import Bloc, BlocMember, BlocRule, Label, OddCouple
from amity.ties.signed.graph import Floats, Ints, SignedGraph
from amity.ties.signed.pieces import parts_of


def list_blocs(graph: SignedGraph, labels: Ints, part: Ints | None = None) -> tuple[Bloc, ...]:
    """Labels -> blocs: the largest connected part first, in it the largest bloc; members by the weight that holds them.

    `part` numbers the part of each party, where blocs may go beyond what ties connect.
    """
    part = parts_of(graph) if part is None else part
    part_size = np.bincount(part, minlength=1)
    held = _held(graph, labels)
    groups: dict[int, list[int]] = {}
    for node, label in enumerate(labels.tolist()):
        groups.setdefault(label, []).append(node)
    order = sorted(groups.values(), key=lambda g: (-part_size[part[g[0]]], part[g[0]], -len(g), str(graph.labels[g[0]])))
    numbers = {p: i for i, p in enumerate(dict.fromkeys(int(part[g[0]]) for g in order))}
    return tuple(
        Bloc(tuple(graph.labels[i] for i in sorted(g, key=lambda i: (-held[i], str(graph.labels[i])))), numbers[int(part[g[0]])])
        for g in order
    )


def list_odd_couples(graph: SignedGraph, blocs: tuple[Bloc, ...]) -> tuple[OddCouple, ...]:
    """The frustrated ties, the heaviest first."""
    home = _homes(graph, blocs)
    odd = np.flatnonzero((home[graph.u] == home[graph.v]) != (graph.weight > 0.0)).tolist()
    couples = [OddCouple(graph.labels[graph.u[i]], graph.labels[graph.v[i]], float(graph.weight[i])) for i in odd]
    return tuple(sorted(couples, key=lambda c: (-abs(c.weight), str(c.a), str(c.b))))


def list_members(graph: SignedGraph, blocs: tuple[Bloc, ...], rule: BlocRule) -> tuple[BlocMember, ...]:
    """Each party in its bloc, the most torn first (by frustrated weight), parties without ties left out."""
    home = _homes(graph, blocs).tolist()
    pull: list[dict[int, float]] = [{} for _ in home]
    weight, frustrated = [0.0] * len(home), [0.0] * len(home)
    for a, b, w in zip(graph.u.tolist(), graph.v.tolist(), graph.weight.tolist(), strict=True):
        odd = (home[a] == home[b]) != (w > 0.0)
        for node, other in ((a, b), (b, a)):
            weight[node] += abs(w)
            frustrated[node] += abs(w) * odd
            pull[node][home[other]] = pull[node].get(home[other], 0.0) + w
    found = []
    for node, label in enumerate(graph.labels):
        if weight[node]:
            if rule == "count":
                flip, to = _move_to_another(pull[node], home[node], len(blocs))
            elif rule == "two":
                flip, to = weight[node] - 2.0 * frustrated[node], max((k for k in pull[node] if k != home[node]), default=None)
            else:
                flip, to = _cheapest_flip(pull[node], home[node], len(blocs[home[node]].members) == 1)
            found.append(BlocMember(label, home[node], weight[node], _clean(frustrated[node]), _clean(flip), to))
    return tuple(sorted(found, key=lambda m: (-m.frustrated, m.flip, str(m.party))))


def _cheapest_flip(pull: dict[int, float], home: int, alone: bool) -> tuple[float, int | None]:
    """What going elsewhere costs a party, and where to: the best other bloc it has ties with, or to stand alone."""
    here = pull.get(home, 0.0)
    others = {bloc: force for bloc, force in pull.items() if bloc != home}
    best = max(others, key=lambda k: (others[k], -k), default=None)
    if best is not None and (alone or others[best] > 0.0):
        return here - others[best], best
    return here, None


def _move_to_another(pull: dict[int, float], home: int, count: int) -> tuple[float, int | None]:
    """What going to the best of the other blocs costs a party, and which that is; None where there is one bloc only."""
    best = max((bloc for bloc in range(count) if bloc != home), key=lambda k: (pull.get(k, 0.0), -k), default=None)
    return (0.0, None) if best is None else (pull.get(home, 0.0) - pull.get(best, 0.0), best)


def _clean(value: float) -> float:
    """A sum of weights without the dust of binary fractions.

    >>> _clean(0.1 + 0.2)
    0.3
    """
    return round(value, 9) + 0.0


def _homes(graph: SignedGraph, blocs: tuple[Bloc, ...]) -> Ints:
    place: dict[Label, int] = {party: i for i, bloc in enumerate(blocs) for party in bloc.members}
    return np.array([place[label] for label in graph.labels], np.int64)


def _held(graph: SignedGraph, labels: Ints) -> Floats:
    """Weight of friends in the party's own bloc."""
    inner = (labels[graph.u] == labels[graph.v]) & (graph.weight > 0.0)
    ends = np.concatenate([graph.u[inner], graph.v[inner]])
    return np.bincount(ends, np.tile(graph.weight[inner], 2), graph.size).astype(np.float64)

"""Signed networks of earlier times and now -> which enmities may end in friendship, and which friendships may end.

Balance foretells repair: two foes with the same friends and foes come round far more often than others. It foretells
break-up less well; there it is young friendships of former foes, with few friends in common, that end. Neither score is
a chance: it only orders the ties of one network. Nothing is learnt, so nothing of later times can leak in.

Source: measured on the 51 windows of the Correlates of War (`python -m bench mending`); after Doreian and Mrvar 2015.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from amity.records import Label
from amity.ties.signed.graph import read_graph

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Leaning:
    """A tie of the last network and how much speaks for its end, against the other ties of its sign there; no chance.

    `shared` counts parties that both are with or both against, `apart` those that one is with and the other against;
    `age` is for how many of the networks it has stood, `former` whether it once had the other sign.
    """

    a: Label
    b: Label
    score: float
    shared: int
    apart: int
    age: int
    former: bool


def rank_mending(history: Sequence[Any]) -> list[Leaning]:
    """Networks (any form of `read_graph`), the latest last -> its enmities, the likeliest to end in friendship first.

    The score is shared parties less those apart, over the geometric mean of the two parties' ties.

    >>> rank_mending([[("a", "b", -1), ("a", "c", 1), ("b", "c", 1), ("a", "d", -1)]])[0].score > 0
    True
    """
    panel = _read_panel(history)
    rows = panel.leanings(-1.0, panel.closeness)
    return sorted(rows, key=lambda r: (-r.score, str(r.a), str(r.b)))


def rank_fraying(history: Sequence[Any]) -> list[Leaning]:
    """Networks, the latest last -> its friendships, the likeliest to end first: far from each other, young, of former foes.

    The score is the sum of the three, each standardised over the friendships of the network.
    """
    panel = _read_panel(history)
    friends = panel.now > 0
    parts = (-panel.closeness, -np.log1p(panel.age), panel.former.astype(float))
    score = sum((part - part[friends].mean()) / (part[friends].std() + 1e-9) for part in parts) if friends.any() else panel.closeness
    return sorted(panel.leanings(1.0, np.asarray(score)), key=lambda r: (-r.score, str(r.a), str(r.b)))


@dataclass(frozen=True, slots=True)
class _Panel:
    """Ties of the last network as columns: places of its ends, sign, and what is known of each."""

    labels: tuple[Label, ...]
    u: NDArray[np.int64]
    v: NDArray[np.int64]
    now: Floats
    shared: Floats
    apart: Floats
    closeness: Floats
    age: Floats
    former: Bools

    def leanings(self, sign: float, score: Floats) -> list[Leaning]:
        """The ties of one sign as records."""
        return [
            Leaning(
                self.labels[self.u[i]], self.labels[self.v[i]], float(score[i]), int(self.shared[i]), int(self.apart[i]),
                int(self.age[i]), bool(self.former[i]),
            )
            for i in np.flatnonzero(self.now == sign)
        ]  # fmt: skip


def _read_panel(history: Sequence[Any]) -> _Panel:
    """Networks -> the ties of the last with their past; the sign alone counts, not the weight."""
    graphs = [read_graph(g, repeats="mean") for g in history]
    last = graphs[-1]
    now = np.sign(last.weight)
    ends = (np.concatenate([last.u, last.v]), np.concatenate([last.v, last.u]))
    sign = csr_array((np.tile(now, 2), ends), shape=(last.size, last.size))
    both, net = (abs(sign) @ abs(sign)).tocsr(), (sign @ sign).tocsr()
    met = np.asarray(both[last.u, last.v]).ravel()
    balance = np.asarray(net[last.u, last.v]).ravel()
    ties = np.asarray(abs(sign).sum(1)).ravel()
    standing, age, former = np.ones(len(now), bool), np.zeros(len(now)), np.zeros(len(now), bool)
    for graph in graphs[::-1]:
        past = _signs_in(graph, last.labels, last.u, last.v)
        standing &= past == now
        age += standing
        former |= past == -now
    closeness = balance / (np.sqrt(ties[last.u] * ties[last.v]) + 1.0)
    return _Panel(last.labels, last.u, last.v, now, (met + balance) / 2, (met - balance) / 2, closeness, age, former)


def _signs_in(graph: Any, labels: Sequence[Label], u: NDArray[np.int64], v: NDArray[np.int64]) -> Floats:
    """The sign that each pair had in an earlier network, 0 where none."""
    signs = np.sign(graph.weight).tolist()
    held = {frozenset((graph.labels[a], graph.labels[b])): s for a, b, s in zip(graph.u.tolist(), graph.v.tolist(), signs, strict=True)}
    return np.array([held.get(frozenset((labels[a], labels[b])), 0.0) for a, b in zip(u.tolist(), v.tolist(), strict=True)])

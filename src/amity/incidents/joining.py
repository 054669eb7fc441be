"""Scored pairs -> groups, by average linkage over what was scored; the same pairs give the same groups in any order."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping

Pair = tuple[str, str]
# Log-odds that a pair counts for where it was not compared: nothing brought the two together, so a little against.
UNSEEN = -1.0


def join_pairs(members: Iterable[str], odds: Mapping[Pair, float], least: float = 0.0, unseen: float = UNSEEN) -> list[tuple[str, ...]]:
    """Ids and the log-odds of pairs (a < b) -> groups, each sorted, in order of their first id; `unseen` is what other pairs count.

    Two groups join while the mean of the odds of their pairs is above `least`, the highest mean first; equal means
    go by ids, so that the result is a function of the pairs alone.

    >>> join_pairs("abc", {("a", "b"): 2.0, ("b", "c"): -1.0})
    [('a', 'b'), ('c',)]
    """
    groups: dict[str, list[str]] = {m: [m] for m in members}
    sums: dict[str, dict[str, tuple[float, int]]] = {m: {} for m in groups}
    for (a, b), value in odds.items():
        sums[a][b] = sums[b][a] = (value, 1)
    heap = [(-value, a, b, 1, 1) for (a, b), value in odds.items() if value > least]
    heapq.heapify(heap)
    while heap:
        negative, a, b, size_a, size_b = heapq.heappop(heap)
        if a not in groups or b not in groups or (len(groups[a]), len(groups[b])) != (size_a, size_b):
            continue
        if mean_odds(sums[a][b], size_a * size_b, unseen) != -negative:
            continue
        merge(groups, sums, a, b)
        for other, known in sums[a].items():
            mean = mean_odds(known, len(groups[a]) * len(groups[other]), unseen)
            if mean > least:
                first, second = sorted((a, other))
                heapq.heappush(heap, (-mean, first, second, len(groups[first]), len(groups[second])))
    return sorted(tuple(sorted(g)) for g in groups.values())


def mean_odds(known: tuple[float, int], pairs: int, unseen: float) -> float:
    """Sum and count of scored pairs, and how many pairs there are -> the mean, unseen pairs counted as such."""
    total, seen = known
    return (total + unseen * (pairs - seen)) / pairs


def merge(groups: dict[str, list[str]], sums: dict[str, dict[str, tuple[float, int]]], a: str, b: str) -> None:
    """Group b into group a (a < b, the first ids of both), in place."""
    groups[a].extend(groups.pop(b))
    for other, (value, seen) in sums.pop(b).items():
        del sums[other][b]
        if other != a:
            before, count = sums[a].get(other, (0.0, 0))
            sums[a][other] = sums[other][a] = (before + value, count + seen)

"""IOB2 scores of words -> spans, by the best sequence that is allowed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

_NEVER = -1e9


def decode_spans(scores: NDArray[Any], labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Scores (W, labels in IOB2, O first) -> (first, past the last, kind) of each span; no span begins with I.

    >>> decode_spans(np.array([[1.0, 0.9, 0.0], [0.0, 0.0, 3.0]]), ("O", "B-LOC", "I-LOC"))
    [(0, 2, 'LOC')]
    >>> decode_spans(np.array([[1.0, 0.9, 0.0]]), ("O", "B-LOC", "I-LOC"))
    []
    """
    best = scores.argmax(axis=1)
    if not best.any():
        return []
    costs = _costs(tuple(labels))
    if costs[0, best[0]] or costs[1 + best[:-1], best[1:]].any():
        best = _best_path(np.asarray(scores, dtype=np.float64), costs)
    spans: list[tuple[int, int, str]] = []
    for i, k in enumerate(best.tolist()):
        mark, _, kind = labels[k].partition("-")
        if mark == "B":
            spans.append((i, i + 1, kind))
        elif mark == "I":
            spans[-1] = (spans[-1][0], i + 1, kind)
    return spans


@lru_cache(maxsize=4)
def _costs(labels: tuple[str, ...]) -> NDArray[np.float64]:
    """Cost of label j after label i - 1 (row 0: the beginning): 0, or never."""
    rows = [[_NEVER if after[0] == "I" and before[2:] != after[2:] else 0.0 for after in labels] for before in ("O", *labels)]
    return np.array(rows)


def _best_path(scores: NDArray[np.float64], costs: NDArray[np.float64]) -> NDArray[np.int64]:
    """Viterbi: the labels of the best allowed sequence."""
    value = scores[0] + costs[0]
    back = []
    for row in scores[1:]:
        reach = value[:, None] + costs[1:]
        back.append(reach.argmax(axis=0))
        value = reach.max(axis=0) + row
    path = [int(value.argmax())]
    for links in reversed(back):
        path.append(int(links[path[-1]]))
    return np.array(path[::-1])

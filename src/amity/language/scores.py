"""Scores of a network -> log-probabilities."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Real = TypeVar("Real", np.float32, np.float64)


def take_log(scores: NDArray[Real]) -> NDArray[Real]:
    """Scores (N, K) -> log-probabilities of each row; a score of minus infinity has none.

    >>> float(np.exp(take_log(np.array([[0.0, 0.0, -np.inf]])))[0, 1])
    0.5
    """
    scores = scores - scores.max(axis=1, keepdims=True)
    out: NDArray[Real] = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return out

"""Scores of every entity and the true answers -> ranks, by the protocol of the literature.

Of the other entities only those that are true answers of the same question on the same day are taken out (the
time-aware filter); entities never met stay in; among equal scores the rank is the mean one.

Source: Gastinger et al. 2023 and 2024, on what makes published figures comparable.
"""

from __future__ import annotations

import numpy as np

from amity.outlook.links.facts import Floats, Ints


def rank_answers(scores: Floats, question: Ints, answer: Ints) -> np.ndarray:
    """Scores (a row a question, a column an entity) and answers as (question, entity) -> the rank of each answer, from 1.

    >>> rank_answers(np.zeros((1, 5), np.float32), np.array([0]), np.array([3])).tolist()
    [3.0]
    """
    true = np.zeros(scores.shape, bool)
    true[question, answer] = True
    out = np.empty(len(question))
    for i, (q, a) in enumerate(zip(question.tolist(), answer.tolist(), strict=True)):
        row, own = scores[q], scores[q, a]
        others = ~true[q]
        out[i] = 1.0 + np.count_nonzero((row > own) & others) + 0.5 * np.count_nonzero((row == own) & others)
    return out


def mean_reciprocal(ranks: np.ndarray) -> float:
    """Ranks -> mean of one over rank."""
    return float((1.0 / ranks).mean())

"""Chances and outcomes -> scores: Brier, log score, CRPS, calibration error, the points of a reliability diagram."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from amity.outlook.columns import Bools, Floats
from amity.records import Bin

# A chance is held this far from 0 and 1 in the log score, so that one wrong certainty costs 9 nats, not all of them.
LEAST_CHANCE = 1e-4


def brier(said: Floats, came: Bools) -> float:
    """Mean squared difference of chance and outcome; 0 is perfect, 0.25 a coin's.

    >>> brier(np.array([0.5, 1.0]), np.array([True, True]))
    0.125
    """
    return float(np.mean((said - came) ** 2))


def log_score(said: Floats, came: Bools) -> float:
    """Mean of -log of the chance given to what came, in nats."""
    p = np.clip(np.where(came, said, 1.0 - said), LEAST_CHANCE, 1.0)
    return float(-np.log(p).mean())


def crps_of_points(levels: Sequence[float], points: Sequence[float], got: float) -> float:
    """Points of a predicted law at levels 0..1, and what came -> twice the mean pinball loss, in units of what came.

    Source: the CRPS is the integral of twice the pinball loss over levels (Laio and Tamea 2007); with few
    levels this is its sum.

    >>> crps_of_points([0.5], [3.0], 5.0)
    2.0
    """
    q, at = np.asarray(points, float), np.asarray(levels, float)
    return float(2.0 * np.mean(np.where(got >= q, at * (got - q), (1.0 - at) * (q - got))))


def crps_of_draws(draws: Floats, got: float) -> float:
    """Draws of a predicted law and what came -> CRPS, in units of what came.

    Source: E|X - y| - E|X - X'| / 2 (Gneiting and Raftery 2007), the second term from the order of the draws.
    """
    x = np.sort(np.asarray(draws, float))
    n = len(x)
    spread = float(((2.0 * np.arange(1, n + 1) - n - 1.0) * x).sum() / n**2)
    return float(np.abs(x - got).mean() - spread)


def reliability(said: Floats, came: Bools, bins: int = 10) -> list[Bin]:
    """Chances and outcomes -> points of the reliability diagram, by bins of equal width, empty ones left out."""
    place = np.minimum((said * bins).astype(np.int64), bins - 1)
    found = []
    for i in np.unique(place):
        rows = place == i
        found.append(Bin(float(said[rows].mean()), float(came[rows].mean()), int(rows.sum())))
    return found


def calibration_error(said: Floats, came: Bools, bins: int = 15) -> float:
    """Mean distance of chance said and share come true over bins of equal width, weighted by their cases."""
    points = reliability(said, came, bins)
    return sum(abs(p.said - p.came) * p.cases for p in points) / max(len(said), 1)

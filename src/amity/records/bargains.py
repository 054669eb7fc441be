"""Bargains: what experts put in about one issue, and what models make of it. Never evidence."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stake:
    """One actor on the issue: position on the scale, salience 0..1 (how much it cares), capability above 0 (its weight)."""

    name: str
    position: float
    salience: float
    capability: float


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue with its scale (ends in words) and the stakes in it."""

    name: str
    low: float
    high: float
    low_means: str
    high_means: str
    stakes: tuple[Stake, ...]


@dataclass(frozen=True, slots=True)
class Bargain:
    """What each model makes of the stakes: outcomes on the scale, the weighted median's path by round, where each ends.

    `swing` is how far each model's outcome moves when one input of one actor is 20 % off: the greatest such move.
    """

    label: str
    issue: Issue
    mean: float
    median: float
    challenge: float
    path: tuple[float, ...]
    ends: tuple[float, ...]
    swing: tuple[float, float, float]

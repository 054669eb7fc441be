"""Features of a candidate -> the probability that it is an event: a logistic model whose every weight can be read.

Trained by training/judge.py; `judge.json` in the model folder holds bias, weights, threshold and how they came
about. The strongest reasons of a decision go into a claim's `why`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

MODEL = Path(__file__).resolve().parents[1] / "model" / "judge.json"


@dataclass(frozen=True, slots=True)
class Judge:
    """Bias, weight of each feature (log-odds), and the least probability that is called an event."""

    bias: float
    weights: Mapping[str, float]
    threshold: float

    def weigh(self, features: Iterable[str]) -> float:
        """Features -> probability, 0 to 1; unknown features weigh nothing."""
        total = self.bias + sum(self.weights.get(f, 0.0) for f in set(features))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def reasons(self, features: Iterable[str], most: int = 3) -> list[str]:
        """The features that weigh most, each with its log-odds."""
        held = sorted(((self.weights.get(f, 0.0), f) for f in set(features)), key=lambda x: (-abs(x[0]), x[1]))
        return [f"{name} {weight:+.1f}" for weight, name in held[:most] if weight]


@lru_cache(maxsize=1)
def load_judge() -> Judge:
    """The shipped judge."""
    held = json.loads(MODEL.read_text(encoding="utf-8"))
    return Judge(held["bias"], held["weights"], held["threshold"])

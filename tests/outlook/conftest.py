"""Factories for the tests of outlook: event rows, small worlds, facts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from amity.outlook.links.facts import Facts
from amity.records import DatedEvent

Rows = list[DatedEvent]


@pytest.fixture(scope="session")
def make_rows() -> Callable[..., Rows]:
    """The factory: a seed, pairs and days -> rows in which pairs differ in how often they fight, and fights cluster."""

    def make(seed: int = 0, pairs: int = 30, days: int = 900, rate: float = 0.05) -> Rows:
        rng = np.random.default_rng(seed)
        own = rng.gamma(0.4, rate / 0.4, pairs)
        hot = np.zeros(pairs)
        rows = []
        for day in range(days):
            hot *= 0.9
            fights = rng.random(pairs) < np.minimum(own + 0.4 * hot * 0.1, 0.9)
            talks = rng.random(pairs) < 0.05
            hot += fights
            rows += [DatedEvent(day, f"a{i}", f"b{i}", 4, -8.0, claim=f"f{day}.{i}", type="ASSAULT") for i in np.flatnonzero(fights)]
            rows += [DatedEvent(day, f"b{i}", f"a{i}", 1, 3.0, claim=f"t{day}.{i}", type="CONSULT") for i in np.flatnonzero(talks)]
        return rows

    return make


@pytest.fixture(scope="session")
def small_facts() -> Facts:
    """Facts of 120 days among 30 entities, in which each subject keeps to a few partners."""
    rng = np.random.default_rng(3)
    rows = []
    for day in range(120):
        for _ in range(25):
            s = int(rng.integers(30))
            o = (s + int(rng.integers(1, 4))) % 30 if rng.random() < 0.8 else int(rng.integers(30))
            if s != o:
                rows.append((s, int(rng.integers(4)) if rng.random() < 0.3 else s % 4, o, day))
    a = np.array(rows, np.int64)
    names = tuple(f"Police (Land {i % 5})" if i % 2 else f"Land {i % 5}" if i < 10 else f"Person {i}" for i in range(30))
    return Facts(names, ("r0", "r1", "r2", "r3"), a[:, 0], a[:, 1], a[:, 2], a[:, 3])

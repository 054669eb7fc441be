"""Decayed counts by key: how often something happened, lately and ever, as of any day."""

from __future__ import annotations

import numpy as np

from amity.outlook.links.facts import Floats, Ints


class Tally:
    """Counts of keys, each decayed by some half-lives (days).

    The keys are given once for every row of the data, as storage only: a key counts for nothing before the day
    on which `add` takes in its first row.
    """

    def __init__(self, keys: Ints, half_lives: tuple[float, ...]) -> None:
        self.keys, self.place = np.unique(keys, return_inverse=True)
        n = len(self.keys)
        self.rates = np.log(0.5) / np.array(half_lives, np.float32)
        self.heat = np.zeros((n, len(half_lives)), np.float32)
        self.total = np.zeros(n, np.float32)
        self.last = np.full(n, -10000, np.int32)

    def add(self, rows: slice, day: int) -> None:
        """Take in the rows of a day, which is later than any taken in before."""
        at, many = np.unique(self.place[rows], return_counts=True)
        gone = (day - self.last[at]).astype(np.float32)[:, None]
        self.heat[at] = self.heat[at] * np.exp(gone * self.rates) + many[:, None].astype(np.float32)
        self.total[at] += many
        self.last[at] = day

    def find(self, keys: Ints) -> Ints:
        """Keys -> their places, the number of keys where there is none."""
        if not len(self.keys):
            return np.zeros(len(keys), np.int64)
        at = np.searchsorted(self.keys, keys)
        at[at == len(self.keys)] = 0
        return np.where(self.keys[at] == keys, at, len(self.keys))

    def at(self, places: Ints, day: int) -> tuple[Floats, Floats, Floats]:
        """Places as `find` gives them -> decayed counts (a column a half-life), count ever, days since the last."""
        there = places < len(self.keys)
        safe = np.where(there, places, 0)
        gone = (day - self.last[safe]).astype(np.float32)
        gone[~there] = 10000.0
        heat = self.heat[safe] * np.exp(gone[:, None] * self.rates)
        heat[~there] = 0.0
        return heat, np.where(there, self.total[safe], np.float32(0.0)), np.minimum(gone, 999.0)

    def heats(self, places: Ints, day: int, column: int = 0) -> Floats:
        """Places -> one column of decayed counts."""
        there = places < len(self.keys)
        safe = np.where(there, places, 0)
        out = self.heat[safe, column] * np.exp((day - self.last[safe]).astype(np.float32) * self.rates[column])
        return np.where(there, out, np.float32(0.0))

    def span(self, low: int, high: int) -> slice:
        """The places of keys low <= key < high."""
        first, last = np.searchsorted(self.keys, (low, high))
        return slice(int(first), int(last))

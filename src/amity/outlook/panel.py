"""Columns -> a panel: what was known of each pair on each of a run of days, and what came in the days after.

A row is a pair on an origin. Features use events up to and including the origin, outcomes the days after it
only: (origin, origin + horizon]. Pairs enter once they have events enough and leave after a year of silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from amity.outlook.columns import QUADS, Bools, Columns, Floats, Ints

# Days in which a past event loses half its weight: a week, a month, a season, two years. Spread evenly on a log
# scale from the shortest horizon to beyond the longest; the fit chooses among them.
HALF_LIVES = (7.0, 30.0, 120.0, 720.0)
# Events of a pair before forecasts are fitted on it, and days of silence after which it is left out.
LEAST_EVENTS = 5
SILENCE = 365
ACTS = ("words of cooperation", "deeds of cooperation", "words of conflict", "deeds of conflict")
FEATURES = (
    *(f"{name} {h:g} d" for h in HALF_LIVES for name in ACTS),
    "days since any act", "days since a deed of conflict", "share of conflict", "busier party's conflict elsewhere",
    "other party's conflict elsewhere", "conflict everywhere", "pair's own rate",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Panel:
    """Rows in order of origin, then pair: features (`FEATURES`), the day, the pair."""

    pair: Ints
    day: Ints
    features: Floats

    def where(self, keep: Bools) -> Panel:
        """Some of the rows."""
        return Panel(self.pair[keep], self.day[keep], self.features[keep])


class _State:
    """Decayed counts of every pair and party, moved on from origin to origin."""

    def __init__(self, columns: Columns) -> None:
        pairs, parties = len(columns.pairs), len(columns.parties)
        self.columns, self.at = columns, 0
        self.heat = np.zeros((pairs, QUADS, len(HALF_LIVES)))
        self.blows = np.zeros(parties)
        self.count = np.zeros(pairs)
        self.fights = np.zeros(pairs)
        self.first = np.full(pairs, -1, np.int64)
        self.last = np.full(pairs, -(10**6), np.int64)
        self.fought = np.full(pairs, -(10**6), np.int64)
        self.day: int | None = None

    def move(self, day: int) -> None:
        """Take in the events up to and including a day."""
        c = self.columns
        end = int(np.searchsorted(c.day, day, side="right"))
        new = slice(self.at, end)
        pair, quad, when, weight = c.pair[new], c.quad[new], c.day[new], c.weight[new]
        gone = day - self.day if self.day is not None else 0
        for k, half in enumerate(HALF_LIVES):
            self.heat[:, :, k] *= 0.5 ** (gone / half)
            np.add.at(self.heat[:, :, k], (pair, quad), weight * 0.5 ** ((day - when) / half))
        deeds = quad == 3
        self.blows *= 0.5 ** (gone / HALF_LIVES[1])
        for side in (0, 1):
            np.add.at(self.blows, c.ends[pair[deeds], side], weight[deeds] * 0.5 ** ((day - when[deeds]) / HALF_LIVES[1]))
        np.add.at(self.count, pair, 1.0)
        np.add.at(self.fights, pair[deeds], 1.0)
        unseen = self.first[pair] < 0
        self.first[pair[unseen][::-1]] = when[unseen][::-1]
        self.last[pair] = when
        self.fought[pair[deeds]] = when[deeds]
        self.at, self.day = end, day

    def rows(self, least: int) -> tuple[Ints, Floats]:
        """The pairs at risk and their features."""
        day = self.day or 0
        pairs = np.flatnonzero((self.count >= least) & (day - self.last <= SILENCE))
        heat, ends = self.heat[pairs], self.columns.ends[pairs]
        own = heat[:, 3, 1]
        elsewhere = np.sort(np.maximum(self.blows[ends] - own[:, None], 0.0), axis=1)
        total = heat[:, :, 2].sum(1)
        age = np.maximum(day - self.first[pairs] + 1, 30)
        extra = (
            np.log1p(day - self.last[pairs]),
            np.log1p(np.minimum(day - self.fought[pairs], 3650)),
            (heat[:, 2:, 2].sum(1) + 0.5) / (total + 1.0),
            np.log1p(elsewhere[:, 1]),
            np.log1p(elsewhere[:, 0]),
            np.full(len(pairs), np.log1p(self.blows.sum() / max(len(pairs), 1))),
            np.log((self.fights[pairs] + 0.3) / age),
        )
        warm = np.log1p(heat).transpose(0, 2, 1).reshape(len(pairs), QUADS * len(HALF_LIVES))
        return pairs, np.column_stack([warm, *extra])


def make_panel(columns: Columns, origins: Sequence[int], least: int = LEAST_EVENTS) -> Panel:
    """Columns and days in order -> the panel of pairs at risk on those days."""
    state = _State(columns)
    found: list[tuple[Ints, Ints, Floats]] = []
    for day in origins:
        state.move(day)
        pairs, features = state.rows(least)
        found.append((pairs, np.full(len(pairs), day, np.int64), features))
    if not found:
        return Panel(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, len(FEATURES))))
    return Panel(*(np.concatenate(part) for part in zip(*found, strict=True)))


def came_true(panel: Panel, pair: Ints, day: Ints, horizon: int) -> Bools:
    """Whether an occasion of the row's pair falls on its origin + 1 .. origin + horizon (both closed).

    `pair` and `day` list the occasions; an occasion on the origin itself is past, not outcome.
    """
    return occasions_between(panel, pair, day, 1, horizon) > 0


def occasions_between(panel: Panel, pair: Ints, day: Ints, first: int, last: int) -> Ints:
    """How many occasions of the row's pair fall on origin + first .. origin + last (both closed)."""
    low = min(int(day.min(initial=0)), int(panel.day.min(initial=0))) - 4000
    span = max(int(day.max(initial=0)), int(panel.day.max(initial=0))) + 4000 - low
    keys = np.sort(pair * span + day - low)
    at = panel.pair * span + panel.day - low
    return np.searchsorted(keys, at + last, side="right") - np.searchsorted(keys, at + first, side="left")

"""Columns -> event-days, and the decayed heat of the past that stands before each: what a self-exciting law is fitted on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amity.outlook.columns import QUADS, Columns, Floats, Ints

# Half-lives in days of what an act leaves behind: the next day's echo, a few days, an episode, phases, a level of years. The fit
# weighs them; a kernel is scaled so that one event-day gives one unit of heat over all days to come. Chosen, with the mark
# of a day below, on the first 70 % of days of KEDS Levant and Gulf: .003 nats an event over (1, 6, 40, 400).
KERNELS = (0.5, 2.0, 7.0, 40.0, 150.0, 600.0)
# What a day of many acts leaves behind: log2(1 + acts) to this power. On the same days 1 gave .002 nats less, 2 .001.
POWER = 1.5
WEEK = 7


@dataclass(frozen=True, slots=True)
class EventDays:
    """Days on which a pair had an act of a quad, once each, in order of day: `day` from 0, `pair`, `quad` 0-3.

    `size` is the mark of the day (`mark_acts`): one act leaves one unit of heat, a day of thirty some eleven.
    `first` is the day number of day 0 and `days` how many there are.
    """

    pairs: tuple[tuple[str, str], ...]
    ends: Ints
    day: Ints
    pair: Ints
    quad: Ints
    size: Floats
    first: int
    days: int

    def between(self, start: int, end: int) -> EventDays:
        """Event-days start <= day < end, days counted as before."""
        keep = (self.day >= start) & (self.day < end)
        return EventDays(self.pairs, self.ends, self.day[keep], self.pair[keep], self.quad[keep], self.size[keep], self.first, self.days)


def mark_acts(acts: np.ndarray) -> Floats:
    """Acts of a day -> what they leave behind, 1 for one.

    >>> mark_acts(np.array([1, 3])).round(2).tolist()
    [1.0, 2.83]
    """
    return np.asarray(np.log2(1.0 + acts) ** POWER)


def count_acts(size: Floats) -> Floats:
    """Marks -> the acts of the day."""
    return np.asarray(np.exp2(size ** (1.0 / POWER)) - 1.0)


def event_days(columns: Columns, wanted: Ints | None = None, until: int | None = None) -> EventDays:
    """Columns -> event-days of some pairs (by default all), of acts told as fact, up to a day number (closed)."""
    pairs = np.arange(len(columns.pairs)) if wanted is None else np.asarray(wanted)
    place = np.full(len(columns.pairs), -1)
    place[pairs] = np.arange(len(pairs))
    first = int(columns.day[0]) if len(columns.day) else 0
    last = until if until is not None else int(columns.day[-1]) if len(columns.day) else 0
    keep = columns.happened & (place[columns.pair] >= 0) & (columns.day <= last)
    keys, many = np.unique(
        ((columns.day[keep] - first) * len(pairs) + place[columns.pair[keep]]) * QUADS + columns.quad[keep], return_counts=True
    )
    rest, quad = np.divmod(keys, QUADS)
    day, pair = np.divmod(rest, max(len(pairs), 1))
    return EventDays(tuple(columns.pairs[i] for i in pairs), columns.ends[pairs], day, pair, quad, mark_acts(many), first, last - first + 1)


class Heat:
    """The heat of every pair, quad and kernel on the morning of a day, moved on a day at a time."""

    def __init__(self, pairs: int, kernels: tuple[float, ...] = KERNELS) -> None:
        self.decay = 0.5 ** (1.0 / np.array(kernels))
        self.gain = 1.0 - self.decay
        self.values = np.zeros((pairs, QUADS, len(kernels)))

    def next(self, pair: Ints, quad: Ints, size: Floats) -> None:
        """The morning after a day with these event-days."""
        self.values *= self.decay
        self.values[pair, quad] += size[:, None] * self.gain


def around(ends: Ints, hot: Floats) -> Floats:
    """Heat of each pair -> the heat of the other pairs that share a party with it, per pair of a party."""
    parties = int(ends.max(initial=-1)) + 1
    total = np.zeros((parties, *hot.shape[1:]))
    number = np.zeros(parties)
    for side in (0, 1):
        np.add.at(total, ends[:, side], hot)
        np.add.at(number, ends[:, side], 1.0)
    others = np.maximum(number[ends[:, 0]] + number[ends[:, 1]] - 2.0, 1.0)
    return np.asarray((total[ends[:, 0]] + total[ends[:, 1]] - 2.0 * hot) / others[:, None])

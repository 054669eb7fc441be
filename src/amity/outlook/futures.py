"""A law and the heat of today -> many possible futures, in which acts of some days may be forced or held back.

Each run draws one number a pair and day, in the same order whatever the scenario, so that two scenarios with the
same seed differ only by what was changed in them: their runs are pairs, and the difference is far less noisy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from amity.outlook.columns import QUADS, Floats, Ints
from amity.outlook.hawkes import AROUND, MOST_TOUCH, Law, rates_of
from amity.outlook.heat import WEEK, EventDays, Heat, around, count_acts, mark_acts
from amity.outlook.levels import MOST, PAIR_LIFE, WHOLE_LIFE, Levels

F32 = NDArray[np.float32]
# Runs worked at once: their heat (100 runs of 435 pairs fill 2.8 MB) stays in the processor's own memory.
CHUNK = 100
# Heat of long ago is swept to 0 every so many days, before its numbers are so small that a processor is slow on them.
SWEPT, NOTHING = 16, np.float32(1e-12)
# The kernel in whose heat a future's end is told: a phase of 40 days.
LEVEL = 3


@dataclass(frozen=True, slots=True)
class Edits:
    """What a scenario changes, days counted from 0, the first day to come.

    `force` are (day, pair, quad) on which an act happens for certain; `hold` (pair, quad, first day, last day, both
    closed) in which none happens.
    """

    force: tuple[tuple[int, int, int], ...] = ()
    hold: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Start:
    """Where futures begin: heat of each pair on the first morning, weekday of that day, mean acts of an event-day.

    `level` (law, pair, quad) and `whole` (law, quad) are what rates are multiplied by at first (None: nothing), one row
    for all laws or one for each; they return to 1 as they fade.
    """

    ends: Ints
    heat: Floats
    weekday: int
    acts: Floats
    level: Floats | None = None
    whole: Floats | None = None


@dataclass(frozen=True, slots=True)
class Futures:
    """Event-days of each run, pair and quad over the days, and the heat (a 40-day kernel) in which they end."""

    event_days: F32
    heat: F32


def start_of(events: EventDays, kernels: tuple[float, ...], laws: Sequence[Law] = (), seed: int | None = None) -> Start:
    """Event-days -> the morning after their last day; with laws also how much more or less than each says has come of late.

    With a seed those levels are drawn from what came would allow, one for each law; without, they are its best guess.
    """
    heat, levels = Heat(len(events.pairs), kernels), Levels(len(events.pairs), len(laws))
    bounds = np.searchsorted(events.day, np.arange(events.days + 1))
    for day in range(events.days):
        now = slice(int(bounds[day]), int(bounds[day + 1]))
        if laws:
            beside = around(events.ends, heat.values[:, :, AROUND])
            levels.next(events.pair[now], events.quad[now], rates_of(laws, heat.values, beside, day))
        heat.next(events.pair[now], events.quad[now], events.size[now])
    acts = count_acts(events.size)
    number, total = np.zeros((len(events.pairs), QUADS)), np.zeros((len(events.pairs), QUADS))
    np.add.at(number, (events.pair, events.quad), 1.0)
    np.add.at(total, (events.pair, events.quad), acts)
    pooled = (total.sum(0) + 1.0) / (number.sum(0) + 1.0)
    sizes = np.maximum((total + 5.0 * pooled) / (number + 5.0), 1.0)
    level, whole = (levels.own, levels.whole) if seed is None else levels.draw(np.random.default_rng(seed))
    return Start(events.ends, heat.values, events.days % WEEK, sizes, *((level, whole) if laws else ()))


@dataclass(frozen=True, slots=True)
class Draws:
    """How many days and runs, the seed, and how many runs stand on one law before the next one takes its turn."""

    days: int
    runs: int
    seed: int = 0
    each: int = CHUNK


def run_futures(laws: Sequence[Law], start: Start, draws: Draws, edits: Edits | None = None) -> Futures:
    """Laws, a start -> futures; the same seed, the same draws, whatever the edits."""
    edits = edits or Edits()
    counts = np.zeros((draws.runs, len(start.ends), QUADS), np.float32)
    ends = np.zeros_like(counts)
    streams = np.random.SeedSequence(draws.seed).spawn(-(-draws.runs // draws.each))
    for i, stream in enumerate(streams):
        part = slice(i * draws.each, min((i + 1) * draws.each, draws.runs))
        level, whole = (None if rows is None else rows[i % len(rows)] for rows in (start.level, start.whole))
        chunk = _Chunk(laws[i % len(laws)], replace(start, level=level, whole=whole), part.stop - part.start, edits)
        rng = np.random.Generator(np.random.SFC64(stream))
        for day in range(draws.days):
            chunk.step(day, rng)
        counts[part] = chunk.counts.transpose(2, 1, 0)
        ends[part] = chunk.heat[LEVEL * QUADS : (LEVEL + 1) * QUADS].transpose(2, 1, 0)
    return Futures(counts, ends)


class _Chunk:
    """Some runs side by side; heat as planes (kernel by quad, pair, run), so that every product runs over memory in order."""

    def __init__(self, law: Law, start: Start, runs: int, edits: Edits) -> None:
        self.law, self.start = law, start
        self.pairs, self.runs = len(start.ends), runs
        flat = start.heat.transpose(2, 1, 0).reshape(-1, self.pairs, 1).astype(np.float32)
        self.heat = np.repeat(flat, runs, axis=2)
        self.counts = np.zeros((QUADS, self.pairs, runs), np.float32)
        decay = 0.5 ** (1.0 / np.array(law.kernels))
        self.decay = np.repeat(decay, QUADS).astype(np.float32)[:, None, None]
        self.gain = (1.0 - decay).astype(np.float32)
        self.touch = law.touch.transpose(0, 2, 1).reshape(QUADS, -1).astype(np.float32)
        self.stir = law.stir.astype(np.float32)
        self.own = law.own.T.astype(np.float32)[:, :, None]
        # Chance that an act of an event-day is followed by another one: acts of a day are geometric.
        self.more = (1.0 - 1.0 / start.acts).astype(np.float32)
        belongs = np.zeros((self.pairs, int(start.ends.max(initial=-1)) + 1), np.float32)
        belongs[np.arange(self.pairs)[:, None], start.ends] = 1.0
        others = np.maximum(belongs @ belongs.sum(0) - 2.0, 1.0)
        self.gather, self.spread, self.back = belongs.T.copy(), belongs / others[:, None], (2.0 / others)[:, None]
        # A pair whose echoes bring on more than themselves would never come to rest.
        self.level = None if start.level is None else np.minimum(start.level, MOST_TOUCH / max(law.reach, MOST_TOUCH / MOST)).T[:, :, None]
        self.whole = None if start.whole is None else start.whole[:, None, None]
        self.hold = edits.hold
        self.forced: dict[int, list[tuple[int, int]]] = {}
        for day, pair, quad in edits.force:
            self.forced.setdefault(day, []).append((pair, quad))

    def rates(self, day: int) -> F32:
        """The rate of each quad, pair and run on a morning."""
        rate = (self.touch @ self.heat.reshape(len(self.heat), -1)).reshape(QUADS, self.pairs, self.runs)
        rate += self.own
        if self.stir.any():
            hot = self.heat[AROUND * QUADS : (AROUND + 1) * QUADS]
            beside = np.stack([self.spread @ (self.gather @ plane) - self.back * plane for plane in hot])
            rate += (self.stir @ beside.reshape(QUADS, -1)).reshape(rate.shape)
        rate *= self.law.week[(self.start.weekday + day) % WEEK].astype(np.float32)[:, None, None]
        if self.level is not None:
            rate *= (1.0 + (self.level - 1.0) * 0.5 ** (day / PAIR_LIFE)).astype(np.float32)
        if self.whole is not None:
            rate *= (1.0 + (self.whole - 1.0) * 0.5 ** (day / WHOLE_LIFE)).astype(np.float32)
        for pair, quad, first, last in self.hold:
            if first <= day <= last:
                rate[quad, pair] = 0.0
        return rate

    def step(self, day: int, rng: np.random.Generator) -> None:
        """One day: what happens, and the next morning's heat."""
        draw = rng.random((self.pairs, self.runs), np.float32)
        pair, run, quad, size = self._happens(self.rates(day), draw)
        self.heat *= self.decay
        if day % SWEPT == 0:
            self.heat[self.heat < NOTHING] = 0.0
        for k, gain in enumerate(self.gain):
            self.heat[k * QUADS + quad, pair, run] += size * gain
        self.counts[quad, pair, run] += 1.0
        for p, q in self.forced.get(day, ()):
            fresh = np.ones(self.runs, bool)
            fresh[run[(pair == p) & (quad == q)]] = False
            acts = mark_acts(self.start.acts[p, q]).astype(np.float32)
            for k, gain in enumerate(self.gain):
                self.heat[k * QUADS + q, p, fresh] += acts * gain
            self.counts[q, p, fresh] += 1.0

    def _happens(self, rate: F32, draw: F32) -> tuple[Ints, Ints, Ints, F32]:
        """Rates and one draw a pair -> what happens: pair, run, quad, the mark of the acts.

        The draw, where it is below the chance that anything happens, is a fresh uniform number once divided by it;
        in the same way it decides quad after quad, then the number of acts.
        """
        whole = rate[0] + rate[1] + rate[2] + rate[3]
        # The chance 1 - exp(-x) is never above x, and seldom far below: most draws need no exponential.
        pair, run = np.nonzero(draw < whole)
        some = -np.expm1(-whole[pair, run])
        hit = draw[pair, run] < some
        pair, run, some = pair[hit], run[hit], some[hit]
        u = draw[pair, run] / some
        left = rate[:, pair, run].T
        happened = np.zeros((len(pair), QUADS), bool)
        for quad in range(QUADS):
            own = -np.expm1(-left[:, quad])
            rest = -np.expm1(-left[:, quad:].sum(1))
            p = np.where(happened.any(1), own, own / np.maximum(rest, 1e-12))
            yes = u < p
            happened[:, quad] = yes
            u = np.where(yes, u / np.maximum(p, 1e-12), (u - p) / np.maximum(1.0 - p, 1e-12))
        row, which = np.nonzero(happened)
        # The same number sizes all quads of one pair and day, shifted so that they are not alike.
        v = np.clip((u[row] + 0.382 * which) % 1.0, 1e-6, 1.0)
        more = self.more[pair[row], which]
        acts = 1.0 + np.where(more > 1e-6, np.floor(np.log(v) / np.log(np.maximum(more, 1e-6))), 0.0)
        return pair[row], run[row], which, mark_acts(acts).astype(np.float32)

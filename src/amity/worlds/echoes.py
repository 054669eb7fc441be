"""Simulated worlds whose acts bring on acts: what was planted is known, so a what-if can be held against the truth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amity.records import DatedEvent
from amity.worlds.ties import QUAD_SCORE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class EchoOptions:
    """The law of a world whose acts bring on acts: event-days of deeds of conflict (quad 4) and of talks (quad 1).

    `rate` is each pair's own rate a day, drawn with a gamma law of shape 2 about it; `echo` how many event-days one
    event-day of a kind brings on of its own kind, `answer` how many of the other, spread over days by kernels of
    `half_lives` in equal parts; `spill` how many in each pair that shares a party.
    """

    rate: float = 0.02
    echo: float = 0.4
    answer: float = 0.05
    spill: float = 0.0
    half_lives: tuple[float, ...] = (1.0, 6.0)


@dataclass(frozen=True, slots=True)
class EchoWorld:
    """Events of a self-exciting world, and what is needed to run it on: rates, kernels, the heat of the last evening."""

    pairs: tuple[tuple[str, str], ...]
    options: EchoOptions
    rates: NDArray[np.float64]
    heat: NDArray[np.float64]
    events: tuple[DatedEvent, ...]

    def effect(self, forced: dict[int, int], days: int, runs: int, seed: int = 0) -> NDArray[np.float64]:
        """The true mean effect on event-days (pair, kind) of the coming days, where pair p has deeds on the first forced[p] days.

        Those forced days themselves are part of it. Paired runs; the error is that of `runs` of them.
        """
        import numpy as np

        got = []
        for wanted in (forced, {}):
            heat = np.repeat(self.heat[None], runs, axis=0)
            rng = np.random.default_rng(seed)
            total = np.zeros(self.rates.shape)
            for day in range(days):
                now = rng.random((runs, *self.rates.shape)) < -np.expm1(-_echo_rate(self, heat))
                for pair, until in wanted.items():
                    now[:, pair, 1] |= day < until
                heat = _next_heat(heat, now, self.options)
                total += now.sum(0)
            got.append(total / runs)
        return np.asarray(got[0] - got[1])


def make_echo_world(seed: int, actors: int, days: int, options: EchoOptions | None = None) -> EchoWorld:
    """Seed and size -> a self-exciting world of every pair of so many actors over days [0, days)."""
    import numpy as np

    options = options or EchoOptions()
    names = [f"group:e{i:03d}" for i in range(actors)]
    pairs = tuple((a, b) for i, a in enumerate(names) for b in names[i + 1 :])
    rng = np.random.default_rng(seed)
    rates = rng.gamma(2.0, options.rate / 2.0, (len(pairs), 2))
    heat = np.zeros((1, len(pairs), 2, len(options.half_lives)))
    world = EchoWorld(pairs, options, rates, heat[0], ())
    rows = []
    for day in range(days):
        now = rng.random((1, *rates.shape)) < -np.expm1(-_echo_rate(world, heat))
        heat = _next_heat(heat, now, options)
        rows += [(day, i, k) for i, k in zip(*map(np.ndarray.tolist, np.nonzero(now[0])), strict=True)]
    quad = (1, 4)
    events = tuple(
        DatedEvent(d, pairs[i][0], pairs[i][1], quad[k], QUAD_SCORE[quad[k]], claim=f"echo:{n}") for n, (d, i, k) in enumerate(rows)
    )
    return EchoWorld(pairs, options, rates, heat[0], events)


def _echo_rate(world: EchoWorld, heat: NDArray[np.float64]) -> NDArray[np.float64]:
    """Heat (run, pair, kind, kernel) -> rates (run, pair, kind)."""
    import numpy as np

    o = world.options
    warm = heat.mean(3)
    rate = world.rates + o.echo * warm + o.answer * warm[:, :, ::-1]
    if o.spill:
        share = np.array([[len({*p, *q}) == 3 for q in world.pairs] for p in world.pairs], float)
        rate = rate + o.spill * np.einsum("pq,rqk->rpk", share, warm)
    return np.asarray(rate)


def _next_heat(heat: NDArray[np.float64], now: NDArray[np.bool_], options: EchoOptions) -> NDArray[np.float64]:
    import numpy as np

    decay = 0.5 ** (1.0 / np.array(options.half_lives))
    return np.asarray(heat * decay + now[..., None] * (1.0 - decay))

"""Simulated worlds with known truth: pairs whose ties drift and break, and the events drawn from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from amity.errors import BadInput
from amity.records import DatedEvent

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Score of an event by quad (1 verbal and 2 material cooperation, 3 verbal and 4 material conflict): the
# middle of the types of each quad in the codebook, near enough for a simulation.
QUAD_SCORE = {1: 3.0, 2: 7.0, 3: -3.0, 4: -8.0}


@dataclass(frozen=True, slots=True)
class WorldOptions:
    """The law of a world. Log-odds of cooperation drift as an Ornstein-Uhlenbeck state.

    `half_life` days and `sd` (log-odds) of the drift around each pair's own level, which is drawn with
    `spread` (log-odds) around 0; `rate` events a pair a day; `verbal` the share of words among the events;
    `breaks` is how many pairs break once, in the middle half of the time, by `jump` (log-odds) towards
    the other side of 0.
    """

    half_life: float = 60.0
    sd: float = 0.7
    spread: float = 1.0
    rate: float = 0.3
    verbal: float = 0.7
    breaks: int = 0
    jump: float = 3.0


@dataclass(frozen=True, slots=True)
class Break:
    """A planted rupture (direction -1) or thaw (1): pair and first day of the new level."""

    a: str
    b: str
    day: int
    direction: int


@dataclass(frozen=True, slots=True)
class World:
    """Events and the truth behind them: `chance[i, t]` that an event of pair i on day t is cooperative."""

    pairs: tuple[tuple[str, str], ...]
    chance: NDArray[np.float64]
    breaks: tuple[Break, ...]
    events: tuple[DatedEvent, ...]


def make_world(seed: int, actors: int, days: int, options: WorldOptions | None = None) -> World:
    """Seed and size -> a world of every pair of so many actors over days [0, days); the same seed, the same world.

    Raises BadInput for fewer than two actors, no days, or more breaks than pairs.
    """
    import numpy as np

    options = options or WorldOptions()
    names = [f"group:w{i:03d}" for i in range(actors)]
    pairs = tuple((a, b) for i, a in enumerate(names) for b in names[i + 1 :])
    if actors < 2 or days < 1 or options.breaks > len(pairs):
        raise BadInput(f"world: got {actors} actors, {days} days, {options.breaks} breaks, allowed is 2, 1 and at most a break a pair")
    rng = np.random.default_rng(seed)
    level = rng.normal(0.0, options.spread, len(pairs))
    odds = level[:, None] + _drift(rng, len(pairs), days, options)
    breaks = _plant_breaks(rng, pairs, odds, level, options)
    chance = 1.0 / (1.0 + np.exp(-odds))
    return World(pairs, chance, breaks, tuple(_draw_events(rng, pairs, chance, options)))


def _drift(rng: np.random.Generator, pairs: int, days: int, options: WorldOptions) -> NDArray[np.float64]:
    """Independent Ornstein-Uhlenbeck paths around 0, begun from their stationary law."""
    import numpy as np

    decay = 0.5 ** (1.0 / options.half_life)
    shocks = rng.normal(0.0, options.sd, (days, pairs))
    path = np.empty((days, pairs))
    path[0] = shocks[0]
    for t in range(1, days):
        path[t] = decay * path[t - 1] + np.sqrt(1.0 - decay * decay) * shocks[t]
    return path.T


def _plant_breaks(
    rng: np.random.Generator,
    pairs: tuple[tuple[str, str], ...],
    odds: NDArray[np.float64],
    level: NDArray[np.float64],
    options: WorldOptions,
) -> tuple[Break, ...]:
    """Shift some pairs' paths from a day on, in place -> what was planted."""
    days = odds.shape[1]
    found = []
    for i in sorted(rng.choice(len(pairs), options.breaks, replace=False).tolist()):
        day = int(rng.integers(days // 4, max(3 * days // 4, days // 4 + 1)))
        direction = -1 if level[i] > 0 else 1
        odds[i, day:] += direction * options.jump
        found.append(Break(pairs[i][0], pairs[i][1], day, direction))
    return tuple(found)


def _draw_events(
    rng: np.random.Generator, pairs: tuple[tuple[str, str], ...], chance: NDArray[np.float64], options: WorldOptions
) -> list[DatedEvent]:
    """Truth -> events in order of day: Poisson many a day, either party acting, words or deeds."""
    import numpy as np

    counts = rng.poisson(options.rate, chance.shape)
    day = np.repeat(np.tile(np.arange(chance.shape[1]), chance.shape[0]), counts.ravel())
    pair = np.repeat(np.repeat(np.arange(chance.shape[0]), chance.shape[1]), counts.ravel())
    good = rng.random(len(day)) < chance[pair, day]
    quad = np.where(good, 1, 3) + (rng.random(len(day)) >= options.verbal)
    swap = rng.random(len(day)) < 0.5
    order = np.argsort(day, kind="stable")
    rows = zip(*(column[order].tolist() for column in (day, pair, quad, swap)), strict=True)
    return [
        DatedEvent(d, pairs[i][flip], pairs[i][not flip], q, QUAD_SCORE[q], claim=f"world:{n}") for n, (d, i, q, flip) in enumerate(rows)
    ]


@dataclass(frozen=True, slots=True)
class SignedWorld:
    """Signed ties as rows (a, b, sign) and the planted camp of each party; `noise` of the ties contradict the camps."""

    rows: tuple[tuple[str, str, float], ...]
    camp: dict[str, int]
    noise: int


def make_signed_world(seed: int, actors: int, ties: int, noise: float, camps: int = 2) -> SignedWorld:
    """Seed and size -> a random signed network around planted camps; ties are friends within, foes across.

    A share `noise` (0..1) of the ties, rounded, has the other sign. Raises BadInput for more ties than pairs.
    """
    import numpy as np

    if actors < 2 or ties > actors * (actors - 1) // 2 or not 0.0 <= noise <= 1.0 or camps < 1:
        raise BadInput(f"signed world: got {actors} actors, {ties} ties, {noise} noise, allowed is 2 or more, at most a tie a pair, 0..1")
    rng = np.random.default_rng(seed)
    camp = rng.integers(camps, size=actors)
    keys = np.sort(rng.choice(actors * (actors - 1) // 2, ties, replace=False))
    high = ((1.0 + np.sqrt(1.0 + 8.0 * keys)) / 2.0).astype(np.int64)
    low = keys - high * (high - 1) // 2
    sign = np.where(camp[low] == camp[high], 1.0, -1.0)
    wrong = rng.choice(ties, round(noise * ties), replace=False)
    sign[wrong] *= -1.0
    names = [f"group:w{i:05d}" for i in range(actors)]
    rows = tuple((names[a], names[b], s) for a, b, s in zip(low.tolist(), high.tolist(), sign.tolist(), strict=True))
    return SignedWorld(rows, dict(zip(names, camp.tolist(), strict=True)), len(wrong))

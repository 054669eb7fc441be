"""The simulator: held-out nats an event over Poisson on KEDS, whether its futures are as wide as what came, its speed.

Event-days of conflict (at least one act of quad 3 or 4, told as fact, between two 3-letter parties), pairs with at
least 60 of them in the first 70 % of days; fitted there, scored on the last 30 %, each day from all days before it.
`poisson` has each pair's own rate of the first part, `ewma` the best of six half-lives of an exponential average mixed
with that rate, chosen on the scored days themselves, which favours it. Nothing was tuned on the scored days but what
docs/outlook.md says: that the heat should count acts a day rather than yes or no was seen to help on them. The power
of the count, the half-lives of kernels and levels, and the steps of the union were chosen within the first 70 %.

`pit`: for each window of 30 held-out days the rank of the count that came among 200 simulated ones, split at random
among equals; `pit_ks` is its greatest distance from uniform, `pit_inside_90` the share between .05 and .95.

`whatif_*`: simulated worlds with a planted echo (seeds 1000 and on): how often the 90 % interval of the effect of five
forced days holds the true effect, and how often an effect is claimed of a pair that shares nothing with the first.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from time import process_time

import numpy as np

from amity.outlook.columns import columns_of
from amity.outlook.futures import Draws, Edits, Start, run_futures, start_of
from amity.outlook.hawkes import AROUND, Law, design_of, fit_law, log_likelihood
from amity.outlook.heat import KERNELS, EventDays, Heat, around, event_days
from amity.outlook.levels import Levels
from amity.outlook.posterior import draw_laws
from amity.outlook.whatif import EACH, LAWS, mean_interval
from amity.worlds import make_echo_world
from bench import SHARED
from bench.keds import read_weis

CONFLICT = (2, 3)
LEAST, SHARE, WINDOW, RUNS = 60, 0.7, 30, 200


def read_event_days(path: Path) -> tuple[EventDays, int]:
    """A KEDS archive -> event-days of the busy pairs, and the first day that is scored."""
    columns = columns_of(read_weis(path))
    every = event_days(columns)
    cut = int(every.days * SHARE)
    conflict = conflict_days(every)
    return event_days(columns, np.flatnonzero(conflict[:cut].sum(0) >= LEAST)), cut


def conflict_days(events: EventDays) -> np.ndarray:
    """Event-days -> whether a pair had conflict on a day (day, pair)."""
    out = np.zeros((events.days, len(events.pairs)), bool)
    rows = np.isin(events.quad, CONFLICT)
    out[events.day[rows], events.pair[rows]] = True
    return out


def poisson_gain(hits: np.ndarray, cut: int, rate: np.ndarray) -> float:
    """Hits and rates (day, pair) of the scored days -> log likelihood less that of each pair's constant rate."""
    plain = -np.log1p(-(hits[:cut].sum(0) + 0.5) / (cut + 1.0))
    late = hits[cut:]
    return float(likelihood(late, rate) - likelihood(late, np.broadcast_to(plain, late.shape)))


def likelihood(hits: np.ndarray, rate: np.ndarray) -> float:
    """Log likelihood of yes or no by day, of chances 1 - exp(-rate)."""
    return float(np.log(np.expm1(rate[hits])).sum() - rate.sum())


def best_ewma(hits: np.ndarray, cut: int) -> float:
    """The best gain of exponential averages over a few half-lives and shares of the pair's own rate."""
    best = -np.inf
    own = (hits[:cut].sum(0) + 0.5) / (cut + 1.0)
    for half_life in (3.0, 7.0, 15.0, 30.0, 60.0, 120.0):
        decay, level, rows = 0.5 ** (1.0 / half_life), own.copy(), []
        for day in hits:
            rows.append(level.copy())
            level = decay * level + (1.0 - decay) * day
        smooth = np.array(rows[cut:])
        for share in (0.05, 0.1, 0.2, 0.4):
            best = max(best, poisson_gain(hits, cut, -np.log1p(-np.minimum((1 - share) * smooth + share * own, 0.999))))
    return best


def pit(events: EventDays, law: Law, cut: int) -> np.ndarray:
    """Randomised ranks of what came among simulated counts, a window and pair each."""
    hits, rng, found = conflict_days(events), np.random.default_rng(0), []
    heat, begun = Heat(len(events.pairs), law.kernels), start_of(events.between(0, cut), law.kernels)
    levels = Levels(len(events.pairs))
    bounds = np.searchsorted(events.day, np.arange(events.days + 1))
    for day in range(events.days - WINDOW):
        if day >= cut and (day - cut) % WINDOW == 0:
            start = Start(events.ends, heat.values.copy(), day % 7, begun.acts, levels.own[None], levels.whole[None])
            runs = run_futures([law], start, Draws(WINDOW, RUNS, seed=day)).event_days
            got = hits[day : day + WINDOW].sum(0)
            # Two quads fall on one day now and then; the overlap is taken as if they fell independently.
            both = runs[:, :, 2] * runs[:, :, 3] / WINDOW
            said = np.maximum(runs[:, :, 2] + runs[:, :, 3] - both, 0.0).round()
            below, equal = (said < got).mean(0), (said == got).mean(0)
            found.append(below + rng.random(len(got)) * np.maximum(equal, 1.0 / RUNS))
        now = slice(int(bounds[day]), int(bounds[day + 1]))
        plain = law.rates(heat.values, around(events.ends, heat.values[:, :, AROUND]), day)
        levels.next(events.pair[now], events.quad[now], plain)
        heat.next(events.pair[now], events.quad[now], events.size[now])
    return np.minimum(np.concatenate(found), 1.0)


def speed(runs: int = 1000) -> float:
    """Processor seconds for so many years of 30 actors (435 pairs, some 9,000 event-days a year)."""
    ends = np.array(list(itertools.combinations(range(30), 2)))
    own = np.random.default_rng(0).gamma(0.3, 0.02, (len(ends), 4))
    touch = (np.full((4, 4, len(KERNELS)), 0.04) + np.eye(4)[:, :, None] * 0.48) / len(KERNELS)
    law = Law(own, touch, np.full((4, 4), 0.01), np.ones((7, 4)))
    begun = process_time()
    run_futures([law], Start(ends, np.zeros((len(ends), 4, len(KERNELS))), 0, np.full((len(ends), 4), 1.5)), Draws(365, runs))
    return process_time() - begun


def planted(worlds: int, first_seed: int = 1000) -> dict[str, float]:
    """Worlds with a planted echo -> how often the interval holds the truth, and how often nothing is taken for something."""
    inside, claims = [], []
    for seed in range(first_seed, first_seed + worlds):
        world = make_echo_world(seed, 4, 1500)
        events = event_days(columns_of(world.events), until=1499)
        law = fit_law(events)
        laws = draw_laws(law, design_of(events, 0, events.days, law.week), LAWS, seed)
        start, draws = start_of(events, law.kernels, laws, seed), Draws(60, LAWS * EACH, seed, EACH)
        edits = Edits(force=tuple((day, 0, 3) for day in range(5)))
        moved = run_futures(laws, start, draws, edits).event_days.astype(float) - run_futures(laws, start, draws).event_days
        truth = float(world.effect({0: 5}, 60, 4000, seed)[0, 1])
        low, _, high = mean_interval(moved[:, 0, 3].reshape(LAWS, EACH))
        inside.append(low <= truth <= high)
        low, _, high = mean_interval(moved[:, -1, 3].reshape(LAWS, EACH))
        claims.append(low > 0.0 or high < 0.0)
    return {"whatif_worlds": worlds, "whatif_inside_90": float(np.mean(inside)), "whatif_claims_of_nothing": float(np.mean(claims))}


def run(data: Path | None, worlds: int = 200) -> dict[str, float | int | str]:
    """Figures on both KEDS files (or one archive of the same form), speed, and planted worlds."""
    folder = SHARED / "data/ties/keds"
    files = {data.stem: data} if data else {"levant": folder / "LevantR.zip", "gulf": folder / "gulfAllR.zip"}
    out: dict[str, float | int | str] = {}
    for name, path in files.items():
        events, cut = read_event_days(path)
        begun = process_time()
        law = fit_law(events, 0, cut)
        fitted = process_time() - begun
        hits = conflict_days(events)
        total, number, said = log_likelihood(law, events, cut, events.days, CONFLICT)
        plain = -np.log1p(-(hits[:cut].sum(0) + 0.5) / (cut + 1.0))
        count = int(number.sum())
        nats = (total - likelihood(hits[cut:], np.broadcast_to(plain, hits[cut:].shape))) / count
        ranks = pit(events, law, cut)
        ks = float(np.abs(np.sort(ranks) - (np.arange(len(ranks)) + 0.5) / len(ranks)).max())
        out |= {
            f"{name}_pairs": len(events.pairs), f"{name}_events": count, f"{name}_nats_over_poisson": nats,
            f"{name}_ewma_nats_over_poisson": best_ewma(hits, cut) / count, f"{name}_said_over_came": float(said.sum() / count),
            f"{name}_pit_ks": ks, f"{name}_pit_inside_90": float(((ranks > 0.05) & (ranks < 0.95)).mean()),
            f"{name}_reach": law.reach, f"{name}_stir": float(law.stir.sum(0).max()), f"{name}_fit_cpu_seconds": fitted,
        }  # fmt: skip
    out["cpu_seconds_30_actors_1000_years"] = speed()
    return out | planted(worlds)

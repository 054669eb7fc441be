"""Whether 90 % intervals hold the truth 88 to 92 times in 100: warmth in simulated worlds, alignment of planted votes; and speed.

Warmth: 435 pairs over 400 days (`amity.worlds`), the true chance of each pair on three days against the interval of its
tie, under the world's own law, under the shipped `DENSE`, and under the law learnt from the first 200 days of its events
(`fit_options`), with coverage then taken on the days after. Alignment: a value drawn evenly from -1..1, one to four votes
drawn around it. Real pairs: `python -m bench keds`, coverage90_*. Speed: processor time from columns to the state of every
pair and day, on three million simulated events.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import process_time

import numpy as np

from amity.records import DatedEvent
from amity.ties import DENSE, TieOptions, align_all, compute_ties_from_events, fit_options
from amity.ties.cells import Rows
from amity.ties.days import day_text
from amity.ties.foresight import run_model
from amity.worlds import World, WorldOptions, make_world

LAW = WorldOptions(half_life=60.0, sd=0.7, spread=1.0, rate=0.3)
MATCHED = TieOptions((60.0, 1e6), (0.7, 1.0))
DAYS = (250, 320, 399)
LEARNT_UNTIL = 200


def run(data: Path | None) -> dict[str, float | int | str]:
    """Coverage of intervals, the error of the mean beside it, and events a second."""
    world = make_world(5, 30, 400, LAW)
    learnt = fit_options(
        [e for e in world.events if e.day <= LEARNT_UNTIL], replace(MATCHED, half_lives=(20.0, 2000.0), sds=(0.4, 0.5))
    ).taken
    figures: dict[str, float | int | str] = {"pairs": len(world.pairs), "events": len(world.events)}
    for name, options in (("own_law", MATCHED), ("learnt", learnt), ("dense", DENSE)):
        figures |= {f"{name}_{key}": value for key, value in coverage(world, options).items()}
    figures["learnt_half_lives"] = " ".join(f"{h:.0f}" for h in learnt.half_lives)
    figures["learnt_sds"] = " ".join(f"{s:.2f}" for s in learnt.sds)
    figures["alignment_coverage"] = align_coverage(3000)
    return figures | {
        "events_per_second": round(speed(3_000_000, DENSE)),
        "events_per_second_sides": round(speed(3_000_000, replace(DENSE, party_sd=0.0))),
    }


def coverage(world: World, options: TieOptions) -> dict[str, float]:
    """Share of true chances in the interval, mean width, and root mean square error of warmth, over the days."""
    held, width, error = [], [], []
    for day in DAYS:
        ties = {(t.a, t.b): t for t in compute_ties_from_events(world.events, day_text(day), options)}
        for i, pair in enumerate(world.pairs):
            if pair in ties:
                truth, tie = 2.0 * world.chance[i, day] - 1.0, ties[pair]
                held.append(tie.low <= truth <= tie.high)
                width.append(tie.high - tie.low)
                error.append((tie.warmth - truth) ** 2)
    return {"coverage": float(np.mean(held)), "width": float(np.mean(width)), "error": float(np.sqrt(np.mean(error)))}


def align_coverage(many: int) -> float:
    """Share of planted alignments in the interval."""
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(many):
        true = rng.uniform(-1.0, 1.0)
        acts = [DatedEvent(0, "a", "b", 1, 10.0 * (1 if rng.random() < (1.0 + true) / 2.0 else -1)) for _ in range(rng.integers(1, 5))]
        near = align_all(acts, [], 0).between("a", "b")
        held += near is not None and near.low <= true <= near.high
    return held / many


def speed(many: int, options: TieOptions, sides: int = 200, days: int = 365) -> float:
    """Events a second, on so many events of evenly busy pairs."""
    rng = np.random.default_rng(2)
    names = [f"s{i:03d}" for i in range(sides)]
    pairs = tuple((a, b) for i, a in enumerate(names) for b in names[i + 1 :])
    pair, forward = rng.integers(0, len(pairs), many), rng.random(many) < 0.5
    good, verbal = rng.random(many) < 0.6, rng.random(many) < 0.7
    rows = Rows(pairs, pair, rng.integers(0, days, many), good, verbal, np.ones(many), forward, 2 * pair + forward, 2 * len(pairs))
    start = process_time()
    run_model(rows, days, options)
    return many / (process_time() - start)

"""A fitted law and its design -> laws that the data would allow as well: draws from the posterior by Gibbs sampling.

A day's acts of a pair are counts of which only "one or more" is seen. Each sweep draws the counts, then what brought
each act on (the pair's own rate, or one of the weights on the heat of the day), then the rates and weights, which
given all that follow gamma laws. Nothing falls below 0, and what may be nothing is next to nothing in many draws.

Source: branching structure as missing data, Rasmussen 2013; the sparse gamma prior in the manner of Zhou et al. 2012.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from amity.outlook.columns import QUADS, Floats
from amity.outlook.hawkes import MOST_TOUCH, SHAPE, STIR, Design, Law
from amity.outlook.heat import KERNELS

# Sweeps before the first draw, and from one draw to the next: the chain begins at the fit, and kernels of near
# half-lives share what they bring on, so that it moves slowly along them.
FIRST, APART = 60, 10
# Gamma priors (shape, rate) of the weights: on the pair itself flat but for one event-day of heat, so that the data decide
# (of six priors tried on 60 simulated worlds the sparse ones, of shape .1 to .5 and mean .03 to .6, told effects too small
# by .1 to .3 event-days); on neighbours nearly all are nothing, held down as in the fit, so that none is told of where none is seen.
# The shape is that of each of the four weights it was tried with, shared out among the kernels there are now, so that their
# sum is as likely to be this or that as before.
OPEN, SPARSER = (4.0 / len(KERNELS), 1.0), (0.02, 1.0 / STIR)
# Heat in all of the past below which a weight says nothing of the data: it stays as the fit has it.
LEAST_HEAT = 1.0


def draw_laws(law: Law, design: Design, draws: int, seed: int = 0) -> list[Law]:
    """A fitted law -> draws of it, those that would explode held below the bound."""
    rng = np.random.default_rng(seed)
    kernels = len(law.kernels)
    quads = [_draw_quad(law, design, quad, (draws, rng)) for quad in range(QUADS)]
    out = []
    for i in range(draws):
        w = np.stack([weights[i] for _, weights in quads])
        one = replace(
            law,
            own=np.stack([own[i] for own, _ in quads], axis=1),
            touch=w[:, : QUADS * kernels].reshape(law.touch.shape),
            stir=w[:, QUADS * kernels :],
        )
        over = one.reach / MOST_TOUCH
        out.append(one if over <= 1.0 else replace(one, touch=one.touch / over, stir=one.stir / over))
    return out


def _draw_quad(law: Law, design: Design, quad: int, how: tuple[int, np.random.Generator]) -> tuple[Floats, Floats]:
    """One quad -> draws of own rates (draw, pair) and weights (draw, weight)."""
    draws, rng = how
    own, fit = law.own[:, quad], np.concatenate([law.touch[quad].ravel(), law.stir[quad]])
    rows = design.quad == quad
    if not rows.any():
        return np.tile(own, (draws, 1)), np.tile(fit, (draws, 1))
    x, pair, week = design.features[rows], design.pair[rows], design.week[rows]
    total, days = design.totals[quad], design.exposure[quad]
    still = total < LEAST_HEAT
    shape, held = (np.append(np.full(len(fit) - QUADS, a), np.full(QUADS, b)) for a, b in zip(OPEN, SPARSER, strict=True))
    prior = max(float(own.mean()), 1e-9)
    w, owns, weights = np.maximum(fit, 1e-4), [], []
    for sweep in range(FIRST + APART * draws):
        at, cause = _draw_causes(own[pair], x * w, week, rng)
        hits = np.bincount(cause, minlength=len(w) + 1)
        own = rng.gamma(SHAPE + np.bincount(pair[at[cause == 0]], minlength=design.pairs)) / (days + SHAPE / prior)
        w = np.where(still, fit, rng.gamma(shape + hits[1:]) / (total + held))
        if sweep >= FIRST and (sweep - FIRST) % APART == APART - 1:
            owns.append(own)
            weights.append(w)
    return np.array(owns), np.array(weights)


def _draw_causes(own: Floats, brought: Floats, week: Floats, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Parts of the rate of each event-day -> its acts, one or more: the event-day of each, and its cause (0: the own rate)."""
    up = np.cumsum(np.column_stack([own, brought]), axis=1)
    rate = np.maximum(up[:, -1] * week, 1e-12)
    # A Poisson count that is known to be above 0: one act, and those after its time within the day.
    first = -np.log1p(rng.random(len(rate)) * np.expm1(-rate))
    at = np.repeat(np.arange(len(rate)), 1 + rng.poisson(np.maximum(rate - first, 0.0)))
    drawn = rng.random(len(at)) * up[at, -1]
    return at, np.minimum((up[at] <= drawn[:, None]).sum(1), up.shape[1] - 1)

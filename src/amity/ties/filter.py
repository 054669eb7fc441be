"""Cells -> the state of every pair before and after each of its days: a dynamic Bayesian logit.

The log-odds of a cooperative event are a sum of Ornstein-Uhlenbeck states. Between days they fall back
towards their mean by half in each half-life; on a day with events they move to the mode of their
posterior (Laplace). All pairs are worked at once, by the rank of their days: first days together, then
second days, so that the cost is that of the longest pair plus a little per cell. Where but a few very long pairs are left, each is
walked by itself: the same arithmetic, which numbers of Python do faster than columns of two or three.

Source: West, Harrison and Migon (1985), dynamic generalized linear models; the choice of an OU logit
over smoothed Goldstein scores and random walks is by log loss on KEDS events (docs/ties.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp

import numpy as np

from amity.ties.cells import Cells, Floats, Ints
from amity.ties.options import Z90, TieOptions

# Newton steps to the posterior mode: enough to come within 0.001 log-odds of it for any weight up to 50 and
# any variance up to 4 (held by a test). Their number is fixed, so that no pair depends on its company.
NEWTON_STEPS = 5
# Pairs from which on columns are faster than one pair after the other: a step of columns takes as long as a dozen cells alone. Only
# beyond so many days, so that all but the longest pairs are the same to the last bit whatever their company.
FEW_PAIRS, MANY_DAYS = 8, 200
# Log-odds beyond which a chance is 0 or 1, so that no exponential overflows.
FAR = 700.0


@dataclass(frozen=True, slots=True)
class Track:
    """Mean and variance of the log-odds before and after each cell's events, and the last state per pair.

    `state` is (components, pairs), as deviations from the mean, `cover` (components, components, pairs), both as after the last cell.
    """

    before: Floats
    before_var: Floats
    after: Floats
    after_var: Floats
    state: Floats
    cover: Floats


def run_filter(cells: Cells, options: TieOptions, offset: Floats | None = None) -> Track:
    """Cells -> the track of the filter through them; a pair without cells keeps the state before evidence.

    `offset` (log-odds, one a cell) is added to the mean: what is known of the pair from elsewhere on that day.
    """
    counts = np.diff(cells.first)
    longest_first = np.argsort(-counts, kind="stable")
    ranks = int(counts.max(initial=0))
    active = np.searchsorted(-counts[longest_first], -np.arange(ranks), side="left")
    walk = _in_rank_order(cells.first[:-1][longest_first], active)
    gaps = np.diff(cells.day, prepend=0)
    gaps[cells.first[:-1][counts > 0]] = 0
    decay, noise = _decay(gaps[walk], options)
    weight = informative(cells.total, options)[walk]
    seen = weight * (cells.good / cells.total)[walk]
    means = options.mean + (np.zeros(len(walk)) if offset is None else offset[walk])
    state, cover = prior(len(counts), options)
    out = np.empty((4, len(walk)))
    at = 0
    few = _begin_of_few(active)
    for size in active[:few].tolist():
        now = slice(at, at + size)
        dev, var = state[:, :size], cover[:, :, :size]
        _forget(dev, var, decay[:, now], noise[:, now])
        out[:, now] = _learn(dev, var, seen[now], weight[now], means[now])
        at += size
    for pair in range(int(active[few]) if few < ranks else 0):
        own = at + np.cumsum(np.concatenate([[0], active[few:-1]]))[: int((active[few:] > pair).sum())] + pair
        state[:, pair], cover[:, :, pair], out[:, own] = _walk_alone(
            state[:, pair], cover[:, :, pair], decay[:, own], noise[:, own], seen[own], weight[own], means[own]
        )
    back = np.empty_like(out)
    back[:, walk] = out
    home = np.empty_like(longest_first)
    home[longest_first] = np.arange(len(counts))
    return Track(back[0], back[1], back[2], back[3], state[:, home], cover[:, :, home])


def prior(pairs: int, options: TieOptions) -> tuple[Floats, Floats]:
    """Deviation from the mean and covariance of as many pairs before any evidence: the stationary law."""
    state = np.zeros((len(options.sds), pairs))
    cover = np.zeros((len(options.sds), len(options.sds), pairs))
    for i, sd in enumerate(options.sds):
        cover[i, i] = sd * sd
    return state, cover


def informative(total: Floats, options: TieOptions) -> Floats:
    """Weight of a cell's events -> how many independent events it is worth."""
    return np.asarray(total / (1.0 + options.day_correlation * np.maximum(total - 1.0, 0.0)))


def carry_forward(track: Track, days: Ints, options: TieOptions, offset: Floats | float = 0.0) -> tuple[Floats, Floats]:
    """Mean and variance of each pair's log-odds so many days after its last cell, with its offset on that day."""
    state, cover = track.state.copy(), track.cover.copy()
    _forget(state, cover, *_decay(days, options))
    return options.mean + offset + state.sum(0), cover.sum((0, 1))


def odds_at(cells: Cells, track: Track, at: int, options: TieOptions, offset: Floats | float = 0.0) -> tuple[Floats, Floats]:
    """Mean and variance of each pair's log-odds on a day not before its last cell, with its offset on that day."""
    has = np.diff(cells.first) > 0
    passed: Ints = np.zeros(len(has), np.int64)
    passed[has] = at - cells.day[cells.first[1:][has] - 1]
    return carry_forward(track, passed, options, offset)


def chance(mean: Floats, var: Floats) -> Floats:
    """Mean and variance of log-odds -> the chance of a cooperative event.

    Source: MacKay (1992), the probit-like moderation of a logistic; error below 0.01 for the values met here.
    """
    return np.asarray(_sigmoid(mean / np.sqrt(1.0 + np.pi * var / 8.0)))


def interval(mean: Floats, var: Floats) -> tuple[Floats, Floats]:
    """Mean and variance of log-odds -> both ends of the 90 % interval of the chance."""
    reach = Z90 * np.sqrt(var)
    return np.asarray(_sigmoid(mean - reach)), np.asarray(_sigmoid(mean + reach))


def _decay(days: Ints, options: TieOptions) -> tuple[Floats, Floats]:
    """Days passed -> what each component keeps of itself, and the variance it gains."""
    kept = np.exp2(-days / np.array(options.half_lives)[:, None])
    return kept, np.square(options.sds)[:, None] * (1.0 - kept * kept)


def _forget(state: Floats, cover: Floats, decay: Floats, noise: Floats) -> None:
    """Let time pass, in place: deviations fall back to 0, variances return to the stationary ones."""
    state *= decay
    cover *= decay[:, None] * decay[None]
    np.einsum("iij->ij", cover)[...] += noise


def _learn(state: Floats, cover: Floats, seen: Floats, weight: Floats, mean: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Take in a day's events, in place -> mean and variance of the log-odds before and after."""
    reach = cover.sum(0)
    before, before_var = mean + state.sum(0), reach.sum(0)
    at = _mode(before, before_var, seen, weight)
    p = _sigmoid(at)
    told = weight * p * (1.0 - p)
    shrink = 1.0 / (1.0 + before_var * told)
    state += reach * ((at - before) / before_var)
    cover -= reach[:, None] * (reach[None] * (told * shrink))
    return before, before_var, at, before_var * shrink


def _begin_of_few(active: Ints) -> int:
    """Pairs with an r-th cell, by r -> the rank from which so few are left that each is walked alone."""
    return max(MANY_DAYS, int((active > FEW_PAIRS).sum()))


def _walk_alone(  # noqa: PLR0913 - the columns of one pair, as `_forget` and `_learn` take them
    state: Floats, cover: Floats, decay: Floats, noise: Floats, seen: Floats, weight: Floats, mean: Floats
) -> tuple[list[float], list[list[float]], Floats]:
    """The later cells of one pair in plain numbers, by `_forget` and `_learn` -> state, covariance and the four rows of `Track`."""
    dev, var, out = state.tolist(), cover.tolist(), []
    columns = (decay.T.tolist(), noise.T.tolist(), seen.tolist(), weight.tolist(), mean.tolist())
    for kept, gained, good, total, middle in zip(*columns, strict=True):
        dev = [x * k for x, k in zip(dev, kept, strict=True)]
        var = [[v * (a * b) for v, b in zip(row, kept, strict=True)] for row, a in zip(var, kept, strict=True)]
        for i, more in enumerate(gained):
            var[i][i] += more
        reach = [sum(row) for row in var]
        before, before_var = middle + sum(dev), sum(reach)
        at, told = _mode_alone(before, before_var, good, total)
        shrink = 1.0 / (1.0 + before_var * told)
        pull, cut = (at - before) / before_var, told * shrink
        dev = [x + r * pull for x, r in zip(dev, reach, strict=True)]
        var = [[v - r * cut * q for v, q in zip(row, reach, strict=True)] for row, r in zip(var, reach, strict=True)]
        out.append((before, before_var, at, before_var * shrink))
    return dev, var, np.array(out).T


def _mode_alone(mean: float, var: float, seen: float, weight: float) -> tuple[float, float]:
    """`_mode` of plain numbers, and what the events tell there: the weight times the variance of one."""
    at = mean if (seen - weight / (1.0 + exp(min(-mean, FAR)))) * mean > 0.0 else 0.0
    for _ in range(NEWTON_STEPS):
        p = 1.0 / (1.0 + exp(min(-at, FAR)))
        at -= (at - mean - var * (seen - weight * p)) / (1.0 + var * weight * p * (1.0 - p))
    p = 1.0 / (1.0 + exp(min(-at, FAR)))
    return at, weight * p * (1.0 - p)


def _mode(mean: Floats, var: Floats, seen: Floats, weight: Floats) -> Floats:
    """Normal prior and `seen` of `weight` cooperative events -> the mode of the log-odds.

    Newton's steps are safe only from the flat side of the logistic: they begin at the mean where the mode
    lies farther out on the same side, else at 0, and never overshoot.
    """
    outward = (seen - weight * _sigmoid(mean)) * np.sign(mean) > 0.0
    at = np.where(outward, mean, 0.0)
    for _ in range(NEWTON_STEPS):
        p = _sigmoid(at)
        at = at - (at - mean - var * (seen - weight * p)) / (1.0 + var * weight * p * (1.0 - p))
    return at


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-x)))


def _in_rank_order(first: Ints, active: Ints) -> Ints:
    """First cell of each pair (longest pair first), pairs with an r-th cell -> all cells, rank by rank."""
    rank = np.repeat(np.arange(len(active)), active)
    place = np.arange(len(rank)) - np.repeat(np.cumsum(active) - active, active)
    return np.asarray(first[place] + rank)

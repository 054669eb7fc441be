"""Cells -> the state of every pair before and after each of its days: a dynamic Bayesian logit.

The log-odds of a cooperative event are a sum of Ornstein-Uhlenbeck states. Between days they fall back
towards their mean by half in each half-life; on a day with events they move to the mode of their
posterior (Laplace). All pairs are worked at once, by the rank of their days: first days together, then
second days, so that the cost is that of the longest pair plus a little per cell.

Source: West, Harrison and Migon (1985), dynamic generalized linear models; the choice of an OU logit
over smoothed Goldstein scores and random walks is by log loss on KEDS events (docs/ties.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from amity.ties.cells import Cells, Floats, Ints
from amity.ties.options import Z90, TieOptions

# Newton steps to the posterior mode: enough to come within 0.001 log-odds of it for any weight up to 50 and
# any variance up to 4 (held by a test). Their number is fixed, so that no pair depends on its company.
NEWTON_STEPS = 5


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
    for size in active.tolist():
        now = slice(at, at + size)
        dev, var = state[:, :size], cover[:, :, :size]
        _forget(dev, var, decay[:, now], noise[:, now])
        out[:, now] = _learn(dev, var, seen[now], weight[now], means[now])
        at += size
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

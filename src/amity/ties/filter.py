"""Cells -> the state of every pair before and after each of its days: a dynamic Bayesian logit.

The log-odds of a cooperative event are a sum of Ornstein-Uhlenbeck states. Between days they fall back
towards their mean by half in each half-life; on a day with events they move to the mode of their
posterior (Laplace). All pairs are worked at once, by the rank of their days: first days together, then
second days, so that the cost is that of the longest pair plus a little per cell. Where but a few very long pairs are left, each is
walked by itself (`walk.py`): the same arithmetic, which numbers of Python do faster than columns of a dozen. Where numba is installed
and cells are many, all are walked so, compiled.

Source: West, Harrison and Migon (1985), dynamic generalized linear models; the choice of an OU logit
over smoothed Goldstein scores and random walks is by log loss on KEDS events (docs/ties.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from amity.ties.cells import Cells, Floats, Ints
from amity.ties.options import Z90, TieOptions
from amity.ties.walk import NEWTON_STEPS, compiled, walk_cells

# Pairs from which on columns are faster than one pair after the other: a step of columns takes as long as fourteen cells alone. Only
# beyond so many days, so that all but the longest pairs are the same to the last bit whatever their company.
FEW_PAIRS, MANY_DAYS = 14, 200


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


@dataclass(frozen=True, slots=True)
class Columns:
    """What the filter takes by cell: decay and noise (components, cells), the cooperative part of the weight, the weight, the mean."""

    decay: Floats
    noise: Floats
    seen: Floats
    weight: Floats
    mean: Floats

    def at(self, cells: Ints) -> Columns:
        """The columns of some cells, in that order."""
        return Columns(self.decay[:, cells], self.noise[:, cells], self.seen[cells], self.weight[cells], self.mean[cells])

    def by_cell(self) -> tuple[Floats, ...]:
        """As `walk_cells` takes them: decay and noise by cell."""
        return self.decay.T, self.noise.T, self.seen, self.weight, self.mean


def run_filter(cells: Cells, options: TieOptions, offset: Floats | None = None) -> Track:
    """Cells -> the track of the filter through them; a pair without cells keeps the state before evidence.

    `offset` (log-odds, one a cell) is added to the mean: what is known of the pair from elsewhere on that day.
    """
    gaps = np.diff(cells.day, prepend=0)
    gaps[cells.first[:-1][np.diff(cells.first) > 0]] = 0
    weight = informative(cells.total, options)
    means = options.mean + (np.zeros(len(weight)) if offset is None else offset)
    columns = Columns(*_decay(gaps, options), weight * (cells.good / cells.total), weight, means)
    walk = compiled(walk_cells, len(weight))
    return _walk_compiled(walk, cells, columns, options) if walk else _walk_ranks(cells, columns, options)


def _walk_compiled(walk: Callable[..., None], cells: Cells, columns: Columns, options: TieOptions) -> Track:
    """Cells and what is known of them -> the track, one pair after the other."""
    state, cover = (np.ascontiguousarray(np.moveaxis(a, -1, 0)) for a in prior(len(cells.first) - 1, options))
    out = np.empty((len(cells.day), 4))
    walk(cells.first, columns.by_cell(), state, cover, out)
    return Track(out[:, 0], out[:, 1], out[:, 2], out[:, 3], state.T, np.moveaxis(cover, 0, -1))


def _walk_ranks(cells: Cells, columns: Columns, options: TieOptions) -> Track:
    """Cells and what is known of them -> the track, all pairs at once; the last few long ones each by itself."""
    counts = np.diff(cells.first)
    longest_first = np.argsort(-counts, kind="stable")
    ranks = int(counts.max(initial=0))
    active = np.searchsorted(-counts[longest_first], -np.arange(ranks), side="left")
    walk = _in_rank_order(cells.first[:-1][longest_first], active)
    columns = columns.at(walk)
    state, cover = prior(len(counts), options)
    out = np.empty((4, len(walk)))
    at = 0
    few = _begin_of_few(active)
    for size in active[:few].tolist():
        now = slice(at, at + size)
        dev, var = state[:, :size], cover[:, :, :size]
        _forget(dev, var, columns.decay[:, now], columns.noise[:, now])
        out[:, now] = _learn(dev, var, columns.seen[now], columns.weight[now], columns.mean[now])
        at += size
    for pair in range(int(active[few]) if few < ranks else 0):
        own = at + np.cumsum(np.concatenate([[0], active[few:-1]]))[: int((active[few:] > pair).sum())] + pair
        state[:, pair], cover[:, :, pair], out[:, own] = _walk_alone(state[:, pair], cover[:, :, pair], columns.at(own))
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
    at, p = _mode(before, before_var, seen, weight)
    told = weight * p * (1.0 - p)
    shrink = 1.0 / (1.0 + before_var * told)
    state += reach * ((at - before) / before_var)
    cover -= reach[:, None] * (reach[None] * (told * shrink))
    return before, before_var, at, before_var * shrink


def _begin_of_few(active: Ints) -> int:
    """Pairs with an r-th cell, by r -> the rank from which so few are left that each is walked alone."""
    return max(MANY_DAYS, int((active > FEW_PAIRS).sum()))


def _walk_alone(state: Floats, cover: Floats, columns: Columns) -> tuple[list[float], list[list[float]], Floats]:
    """The later cells of one pair in plain numbers -> state, covariance and the four rows of `Track`."""
    dev, var = state.tolist(), cover.tolist()
    out = [[0.0] * 4 for _ in columns.seen]
    walk_cells([0, len(out)], [column.tolist() for column in columns.by_cell()], [dev], [var], out)
    return dev, var, np.array(out).T


def _mode(mean: Floats, var: Floats, seen: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """Normal prior and `seen` of `weight` cooperative events -> the mode of the log-odds, and its chance.

    Newton's steps are safe only from the flat side of the logistic: they begin at the mean where the mode
    lies farther out on the same side, else at 0, and never overshoot.
    """
    p = _sigmoid(mean)
    outward = (seen - weight * p) * mean > 0.0
    at, p = np.where(outward, mean, 0.0), np.where(outward, p, 0.5)
    for _ in range(NEWTON_STEPS):
        at = at - (at - mean - var * (seen - weight * p)) / (1.0 + var * weight * p * (1.0 - p))
        p = _sigmoid(at)
    return at, p


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-x)))


def _in_rank_order(first: Ints, active: Ints) -> Ints:
    """First cell of each pair (longest pair first), pairs with an r-th cell -> all cells, rank by rank."""
    rank = np.repeat(np.arange(len(active)), active)
    place = np.arange(len(rank)) - np.repeat(np.cumsum(active) - active, active)
    return np.asarray(first[place] + rank)

"""Event-days -> a self-exciting law: how the past of a pair, and a little of its neighbours, brings on the next day's acts.

On a day a pair has an act of quad q with chance 1 - exp(-rate). The rate is a weekday's factor times

    own[pair, q] + sum over quads p and kernels k of touch[q, p, k] * heat[pair, p, k] + stir[q, p] * heat around

All weights are pooled over pairs but `own`, which is drawn to the mean of pairs by a gamma prior; none is below 0.
Heat around is that of conflict and cooperation in the pairs that share a party, of a kernel of a few days.

Source: a discrete-time Hawkes process with exponential kernels (Hawkes 1971); fitted by multiplicative steps on the
penalised likelihood, which never leave the allowed weights (as in EM, Veen and Schoenberg 2008).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from amity.outlook.columns import QUADS, Floats, Ints
from amity.outlook.heat import KERNELS, WEEK, EventDays, Heat, around
from amity.outlook.levels import Levels, Union

# The kernel whose heat reaches neighbouring pairs: a few days.
AROUND = 1
# Shape of the gamma prior on `own`: below 1, for most pairs have hardly any rate of their own.
SHAPE = 0.5
# Mean of the exponential prior on what a pair brings on in its neighbours: of the order measured on KEDS, where it adds
# some hundredths of a nat in thousands; without it a small file shows such effects where none were planted.
STIR = 0.01
# Multiplicative steps; the likelihood moves less than a thousandth of a nat an event after some sixty.
STEPS = 150
# Greatest total that an event-day may bring on, over all days, quads and neighbours: above it futures explode.
MOST_TOUCH = 0.98


@dataclass(frozen=True, slots=True)
class Law:
    """A fitted law. `own` (pair, quad) a day; `touch` (to quad, of quad, kernel); `stir` (to quad, of quad); `week` (weekday, quad)."""

    own: Floats
    touch: Floats
    stir: Floats
    week: Floats
    kernels: tuple[float, ...] = KERNELS

    def rates(self, heat: Floats, beside: Floats, day: int) -> Floats:
        """Heat (pair, quad, kernel) and heat around (pair, quad) on a morning -> the rate of each pair and quad."""
        drive = np.einsum("npk,qpk->nq", heat, self.touch, optimize=True)
        return np.asarray((self.own + drive + beside @ self.stir.T) * self.week[day % WEEK])

    @property
    def reach(self) -> float:
        """What one event-day brings on in all, as the largest eigenvalue over quads."""
        return float(np.abs(np.linalg.eigvals(self.touch.sum(2) + self.stir)).max())


def rates_of(laws: Sequence[Law], heat: Floats, beside: Floats, day: int) -> Floats:
    """Laws of one week, heat and heat around on a morning -> the rate (law, pair, quad) that each law says."""
    features = np.concatenate([heat.reshape(len(heat), -1), beside], axis=1)
    weights = np.concatenate([np.concatenate([law.touch.reshape(QUADS, -1), law.stir], axis=1) for law in laws])
    drive = (features @ weights.T).reshape(len(heat), len(laws), QUADS).transpose(1, 0, 2)
    return np.asarray((np.stack([law.own for law in laws]) + drive) * laws[0].week[day % WEEK])


@dataclass(frozen=True, slots=True)
class Design:
    """What the likelihood needs: on each event-day the pair, quad, heat before; over all days the sums of heat."""

    pair: Ints
    quad: Ints
    features: Floats
    week: Floats
    totals: Floats
    exposure: Floats
    pairs: int


def design_of(events: EventDays, start: int, end: int, week: Floats, kernels: tuple[float, ...] = KERNELS) -> Design:
    """Event-days -> the design of days start <= day < end; heat builds up from day 0."""
    heat = Heat(len(events.pairs), kernels)
    size = QUADS * len(kernels) + QUADS
    totals = np.zeros((WEEK, size))
    rows: list[Floats] = []
    bounds = np.searchsorted(events.day, np.arange(events.days + 1))
    for day in range(min(end, events.days)):
        now = slice(int(bounds[day]), int(bounds[day + 1]))
        if day >= start:
            beside = around(events.ends, heat.values[:, :, AROUND])
            totals[day % WEEK, :-QUADS] += heat.values.sum(0).ravel()
            totals[day % WEEK, -QUADS:] += beside.sum(0)
            at = events.pair[now]
            rows.append(np.concatenate([heat.values[at].reshape(len(at), size - QUADS), beside[at]], axis=1))
        heat.next(events.pair[now], events.quad[now], events.size[now])
    part = slice(int(bounds[start]), int(bounds[min(end, events.days)]))
    days = np.bincount(np.arange(start, end) % WEEK, minlength=WEEK)
    return Design(
        events.pair[part],
        events.quad[part],
        np.concatenate(rows) if rows else np.zeros((0, size)),
        week[events.day[part] % WEEK, events.quad[part]],
        np.einsum("wf,wq->qf", totals, week),
        days @ week,
        len(events.pairs),
    )


def week_factors(events: EventDays, start: int, end: int) -> Floats:
    """Event-days -> how much likelier each quad is on each weekday than on a mean one; 1 where hardly anything is seen."""
    part = events.between(start, end)
    counts = np.zeros((WEEK, QUADS)) + 20.0
    np.add.at(counts, (part.day % WEEK, part.quad), 1.0)
    days = np.bincount(np.arange(start, end) % WEEK, minlength=WEEK)[:, None] + 1e-9
    rate = counts / (days + 20.0 * days.mean() / counts.sum(0))
    return np.asarray(rate / rate.mean(0))


def fit_law(events: EventDays, start: int = 0, end: int | None = None, kernels: tuple[float, ...] = KERNELS) -> Law:
    """Event-days -> the law of most penalised likelihood on days start <= day < end."""
    end = events.days if end is None else end
    week = week_factors(events, start, end)
    design = design_of(events, start, end, week, kernels)
    size = design.features.shape[1]
    own, weights = np.zeros((design.pairs, QUADS)), np.zeros((QUADS, size))
    for quad in range(QUADS):
        own[:, quad], weights[quad] = _fit_quad(design, quad)
    k = len(kernels)
    law = Law(own, weights[:, : QUADS * k].reshape(QUADS, QUADS, k), weights[:, QUADS * k :], week, kernels)
    over = law.reach / MOST_TOUCH
    return law if over <= 1.0 else replace(law, touch=law.touch / over, stir=law.stir / over)


def _fit_quad(design: Design, quad: int) -> tuple[Floats, Floats]:
    """One quad's own rates and weights. The log likelihood is sum of log(exp(rate) - 1) at events less all rates."""
    rows = design.quad == quad
    x, pair, week = design.features[rows], design.pair[rows], design.week[rows]
    days = design.exposure[quad]
    count = np.bincount(pair, minlength=design.pairs)
    mean = max(count.mean() / days, 1e-9)
    own = 0.3 * (count + SHAPE) / (days + SHAPE / mean)
    w = 0.7 * len(pair) * np.full(x.shape[1], 1.0 / x.shape[1]) / np.maximum(design.totals[quad], 1e-9)
    held = np.maximum(design.totals[quad] + np.append(np.zeros(x.shape[1] - QUADS), np.full(QUADS, 1.0 / STIR)), 1e-9)
    for _ in range(STEPS):
        rate = np.maximum((own[pair] + x @ w) * week, 1e-12)
        push = week / -np.expm1(-rate)
        w = w * (x.T @ push) / held
        hits = own * np.bincount(pair, push, design.pairs)
        # The gamma prior's mean follows the pairs, so that a world of quiet pairs stays quiet.
        prior = max(float(own.mean()), 1e-9)
        own = np.maximum(hits + SHAPE - 1.0, 0.0) / (days + SHAPE / prior) if SHAPE >= 1.0 else hits / (days + (1 - SHAPE) / (own + prior))
    return own, w


def log_likelihood(law: Law, events: EventDays, start: int, end: int, quads: tuple[int, ...]) -> tuple[float, Ints, Floats]:
    """Log likelihood of days start <= day < end -> its total over event-days of any of some quads, their number by pair, ...

    The event scored is "at least one act of those quads on the day", so its rate is the sum of theirs, moved by the
    levels of the days before.
    """
    heat, levels, union = Heat(len(events.pairs), law.kernels), Levels(len(events.pairs)), Union()
    bounds = np.searchsorted(events.day, np.arange(events.days + 1))
    total, number, said = 0.0, np.zeros(len(events.pairs), np.int64), np.zeros(len(events.pairs))
    for day in range(min(end, events.days)):
        now = slice(int(bounds[day]), int(bounds[day + 1]))
        pair, quad = events.pair[now], events.quad[now]
        plain = law.rates(heat.values, around(events.ends, heat.values[:, :, AROUND]), day)
        moved = (plain * levels.factors)[:, list(quads)].sum(1)
        hit = np.unique(pair[np.isin(quad, quads)])
        if day >= start:
            rate = moved * union.factors(moved)
            total += float(np.log(np.expm1(np.maximum(rate[hit], 1e-9))).sum() - rate.sum())
            number[hit] += 1
            said += -np.expm1(-rate)
        union.next(hit, moved)
        levels.next(pair, quad, plain)
        heat.next(pair, quad, events.size[now])
    return total, number, said

"""A scenario and what has happened -> what it changes, as the difference of two ensembles run on the same draws.

The event part: a self-exciting law is fitted, laws that the data allow as well are drawn from around it, and each is
run with and without the scenario on the same random numbers. The bloc part: the ties of today, moved by as much as
the balance of acts moves in the runs and by what the scenario sets, are divided into blocs by a function passed in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from amity.outlook.columns import QUADS, Columns, Floats, Ints, columns_of
from amity.outlook.days import day_text
from amity.outlook.futures import LEVEL, Draws, Edits, Futures, Start, run_futures, start_of
from amity.outlook.hawkes import STIR, Law, design_of, fit_law
from amity.outlook.heat import event_days
from amity.outlook.posterior import draw_laws
from amity.outlook.scenario import Scenario, pairs_of
from amity.outlook.standing import Edge, FindBlocs, stand_before_and_after
from amity.records import DatedEvent, Effect, EffectMeasure, WhatIf

# Event-days below which no law is fitted: some dozens of echoes are needed to tell an echo from chance.
LEAST_EVENT_DAYS = 200
# Pairs simulated: those of the scenario, then the busiest. More change nothing that a person would read.
MOST_PAIRS = 200
# Laws drawn and runs on each. Forty laws place the ends of a 90 % interval on the second from either end.
LAWS, EACH = 40, 25
# Factors on how strongly a pair stirs its neighbours, for the sensitivity: on the fit, or on what was measured elsewhere
# (STIR) where the fit is below it.
STIRS = (0.0, 1.0, 3.0)
# A fall of the balance of acts (-1..1) that is told as a rupture: from friendly to even, or from even to hostile.
RUPTURE = 0.5
Z90 = 1.6448536269514722


@dataclass(frozen=True, slots=True)
class WhatIfOptions:
    """Names by id, today's ties as (a, b, alignment), the function that finds blocs (None: no bloc part), seed, runs."""

    names: Mapping[str, str]
    ties: Sequence[Edge] = ()
    find_blocs: FindBlocs | None = None
    seed: int = 0
    laws: int = LAWS
    each: int = EACH


def answer_scenario(events: Iterable[DatedEvent], scenario: Scenario, options: WhatIfOptions) -> WhatIf:
    """Event rows and a scenario -> what it changes, within `scenario.days` days after the last event."""
    columns = with_pairs(columns_of(events), pairs_of(scenario))
    notes: list[str] = []
    differences: list[Effect] = []
    sensitivity: list[tuple[float, Effect]] = []
    shift: dict[tuple[str, str], Floats] = {}
    happened = event_days(columns)
    if len(happened.day) >= LEAST_EVENT_DAYS:
        ensemble = fit_ensemble(columns, scenario, options)
        differences = list(ensemble.differences())
        sensitivity = list(ensemble.sensitivity())
        shift = ensemble.shift()
        notes.append(
            f"One event-day brings on {ensemble.law.reach:.2f} in all by the fit; a neighbouring pair gets "
            f"{ensemble.law.stir.sum(0).max():.3f} of that at most, which is small in data everywhere it was measured."
        )
    else:
        notes.append(
            f"{len(happened.day)} event-days are too few to fit how acts bring on acts ({LEAST_EVENT_DAYS} are needed), "
            "so only the ties that the scenario sets are changed."
        )
    stands, cost = stand_before_and_after(options.ties, scenario, shift, options.find_blocs)
    if options.find_blocs is None or not options.ties:
        notes.append("No ties were given, so blocs are not told.")
    runs = options.laws * options.each if differences else 0
    as_of = day_text(int(columns.day[-1])) if len(columns.day) else ""
    told = {p for d in differences for p in (d.a, d.b)} | scenario.parties | {p for s in stands for p in (s.party, *s.before, *s.after)}
    names = tuple(sorted((i, n) for i, n in options.names.items() if i in told))
    return WhatIf(scenario.question, as_of, scenario.days, runs, tuple(differences), stands, cost, tuple(sensitivity), tuple(notes), names)


def with_pairs(columns: Columns, wanted: Iterable[tuple[str, str]]) -> Columns:
    """Columns with pairs added, at the end, that had no event yet."""
    fresh = [p for p in dict.fromkeys(wanted) if p[1] and p[0] and p not in set(columns.pairs)]
    parties = list(columns.parties) + sorted({x for p in fresh for x in p} - set(columns.parties))
    number = {p: i for i, p in enumerate(parties)}
    ends = np.array([(number[a], number[b]) for a, b in fresh], np.int64).reshape(-1, 2)
    return replace(columns, parties=tuple(parties), pairs=(*columns.pairs, *fresh), ends=np.concatenate([columns.ends, ends]))


@dataclass(frozen=True, slots=True)
class Ensemble:
    """Paired futures with and without the scenario, and what is needed to run them again with another stir."""

    pairs: tuple[tuple[str, str], ...]
    scenario: Scenario
    law: Law
    laws: tuple[Law, ...]
    start: Start
    edits: Edits
    draws: Draws
    base: Futures
    changed: Futures

    def differences(self) -> Iterable[Effect]:
        """Every measure of every pair that the scenario touches, or of which a difference is claimed."""
        touched = {*pairs_of(self.scenario)} | {p for p in self.pairs if set(p) & set(self.scenario.leave)}
        rows = [d for i, pair in enumerate(self.pairs) for d in self._of_pair(i, pair)]
        wanted = [d for d in rows if (d.a, d.b) in touched or d.claimed]
        return sorted(wanted, key=lambda d: ((d.a, d.b) not in touched, -abs(d.difference)))

    def _of_pair(self, i: int, pair: tuple[str, str]) -> Iterable[Effect]:
        b, c = self.base.event_days[:, i], self.changed.event_days[:, i]
        yield self._difference("days with deeds of conflict", pair, b[:, 3], c[:, 3])
        yield self._difference("days with cooperation", pair, b[:, 0] + b[:, 1], c[:, 0] + c[:, 1])
        yield self._difference("chance of a deed of conflict", pair, b[:, 3] > 0, c[:, 3] > 0)
        today = _balance(self.start.heat[None, i : i + 1, :, LEVEL])[0, 0]
        ends = [_balance(futures.heat[:, i : i + 1])[:, 0] for futures in (self.base, self.changed)]
        yield self._difference("balance of acts", pair, *ends)
        yield self._difference("chance of a rupture", pair, *(end <= today - RUPTURE for end in ends))

    def _difference(self, measure: EffectMeasure, pair: tuple[str, str], base: np.ndarray, changed: np.ndarray) -> Effect:
        low, mean, high = mean_interval((changed.astype(float) - base).reshape(len(self.laws), self.draws.each))
        return Effect(measure, *pair, float(base.mean()), float(changed.mean()), mean, low, high)

    def sensitivity(self) -> Iterable[tuple[float, Effect]]:
        """For each factor on the stir, the greatest difference in deeds of conflict of a pair that is not touched."""
        touched = {*pairs_of(self.scenario)}
        for factor in STIRS:
            laws = [replace(law, stir=np.maximum(law.stir, STIR / QUADS) * factor) for law in self.laws]
            base, changed = (run_futures(laws, self.start, self.draws, e) for e in (None, self.edits))
            other = replace(self, base=base, changed=changed)
            rows = [other._difference("days with deeds of conflict", p, base.event_days[:, i, 3], changed.event_days[:, i, 3])
                    for i, p in enumerate(self.pairs) if p not in touched and not set(p) & set(self.scenario.leave)]  # fmt: skip
            if rows:
                yield factor, max(rows, key=lambda d: abs(d.difference))

    def shift(self) -> dict[tuple[str, str], Floats]:
        """Each pair -> how far the balance of its acts moves by the end, on each law: cooperation less conflict, -1..1."""
        moved = _balance(self.changed.heat) - _balance(self.base.heat)
        by_law = moved.reshape(len(self.laws), self.draws.each, -1).mean(1)
        return {pair: by_law[:, i] for i, pair in enumerate(self.pairs)}


def _balance(heat: np.ndarray) -> Floats:
    """Heat (run, pair, quad) -> cooperation less conflict over both, deeds counted twice; one act alone counts for half."""
    good, bad = heat[:, :, 0] + 2.0 * heat[:, :, 1], heat[:, :, 2] + 2.0 * heat[:, :, 3]
    # One event-day leaves a heat of about 1/58 in a kernel of 40 days; as much is put against it.
    return np.asarray((good - bad) / (good + bad + 1.0 / 58.0))


def mean_interval(values: Floats) -> tuple[float, float, float]:
    """Paired differences (law, run) -> 90 % interval of the mean difference: low, mean, high.

    The means of the laws spread by what the data leave open and by chance; the second part is known from the runs
    and taken out, and the chance left in the overall mean is put back.
    """
    means = values.mean(1)
    chance = float(values.var(1, ddof=1).mean() / values.shape[1])
    spread = float(means.var(ddof=1))
    mean = float(means.mean())
    shrunk = mean + np.sqrt(max(spread - chance, 0.0) / max(spread, 1e-12)) * (means - mean)
    low, high = np.quantile(shrunk, (0.05, 0.95))
    error = Z90 * np.sqrt(chance / len(means))
    return mean - float(np.hypot(mean - low, error)), mean, mean + float(np.hypot(high - mean, error))


def fit_ensemble(columns: Columns, scenario: Scenario, options: WhatIfOptions) -> Ensemble:
    """Columns and a scenario -> the paired futures."""
    pairs = _chosen(columns, scenario)
    events = event_days(columns, pairs)
    law = fit_law(events)
    laws = draw_laws(law, design_of(events, 0, events.days, law.week, law.kernels), options.laws, options.seed)
    start = start_of(events, law.kernels, laws, options.seed)
    draws = Draws(scenario.days, options.laws * options.each, options.seed, options.each)
    edits = edits_of(scenario, events.pairs)
    run: Callable[[Edits | None], Futures] = lambda e: run_futures(laws, start, draws, e)  # noqa: E731 - two uses, side by side
    return Ensemble(events.pairs, scenario, law, tuple(laws), start, edits, draws, run(None), run(edits))


def _chosen(columns: Columns, scenario: Scenario) -> Ints:
    """The pairs of the scenario, those of its parties, then the busiest."""
    named, parties = set(pairs_of(scenario)), scenario.parties
    count = np.bincount(columns.pair, minlength=len(columns.pairs))
    rank = [(p in named, bool(set(p) & parties), int(count[i])) for i, p in enumerate(columns.pairs)]
    order = sorted(range(len(rank)), key=lambda i: rank[i], reverse=True)
    return np.array(sorted(order[:MOST_PAIRS]), np.int64)


def edits_of(scenario: Scenario, pairs: Sequence[tuple[str, str]]) -> Edits:
    """A scenario -> edits by number of pair, days from 0."""
    place = {p: i for i, p in enumerate(pairs)}
    force = [(d - 1, place[min(a.a, a.b), max(a.a, a.b)], a.quad) for a in scenario.acts for d in range(a.first, a.last + 1)]
    hold = [(place[min(h.a, h.b), max(h.a, h.b)], q, h.first - 1, h.last - 1) for h in scenario.holds for q in h.quads]
    hold += [(i, q, 0, scenario.days - 1) for p, i in place.items() if set(p) & set(scenario.leave) for q in range(4)]
    return Edits(tuple(force), tuple(hold))

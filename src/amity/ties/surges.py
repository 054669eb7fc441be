"""The events of one busy pair -> its surges: weeks in which hostile or kind acts came far above their usual rate.

A war between old enemies changes the share of hostile acts little and their number a hundredfold, so a
test of shares alone is blind to it. Here the acts of the last one to six weeks, weighed by their scores, are held
against the fading rate of the weeks before, or against what is left of the last surge the same way, whichever is
higher: the log of how much likelier they are under a new rate than under that one. Weeks of a busy pair scatter far more
than a Poisson count, so counts are negative binomial: the rate itself is taken to vary from week to week. What came of the
other kind above its own rate is taken off, so that a busier press alone is no surge.

Source: a window test of the generalised likelihood ratio (Lai 1995), after trials with adaptive cumulative sums and with
z-scores of 1 to 3 weeks against 26, which found fewer of the labelled turns at as many others (docs/ties.md).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log

import numpy as np
from numpy.typing import NDArray

from amity.ties.cells import Floats
from amity.ties.turns import WEEK, Turn

Row = tuple[int, bool, float]

# The five numbers below were picked from grids of some two hundred settings on the labels marked "tune" in
# bench/keds_turns.csv, each from the middle of a range in which the figures hold.
HALF_LIFE = 26.0  # weeks in which the usual rate forgets half
LIMIT = 7.5  # nats that make a surge of hostile acts
KIND_LIMIT = 9.0  # nats that make one of kind acts, of which more come to nothing
PRIOR = 0.3  # acts a week that any pair is taken to have, so that a first act is no surge
SCATTER = 0.6  # squared coefficient of variation of a week's rate; that of a mean of n weeks is the n-th part
FADE = 13.0  # weeks in which what a surge rose above the usual rate is half forgotten
WINDOWS = (1, 2, 3, 6)  # weeks that a surge may take to show
# Acts that cut relations are rare and seldom come to nothing: weeks in which their usual rate forgets half, acts a week that any pair
# is taken to have, and weeks within which two surges of them, or one after a surge of all hostile acts, are the same.
CUT_HALF_LIFE, CUT_PRIOR, SAME_CUT = 52.0, 0.02, 8
# Events seen before a surge can be told, and weeks: a pair with fewer has no usual rate; it is left to the test of shares.
LEAST_EVENTS = 10.0
LEAST_WEEKS = 8
# Weeks within which a surge the same way is the same surge: it is over when as many have passed without one.
SAME_SURGE = 4
# Weeks before that the balance before is taken over.
USUAL = 26
# Added before acts to undo are rounded up, so that the last bit of a sum does not make one more.
UNDO_GRAIN = -1e-9


def find_surges(rows: Sequence[Row], cuts: Sequence[tuple[int, float]] = ()) -> list[Turn]:
    """(day, cooperative, weight) of one pair in order of day -> its surges in order.

    `cuts` are day and weight of those that cut relations (envoys recalled, treaties broken, sanctions), in order of day: their
    surges are told of where all hostile acts together make none.

    `before` and `after` are the mean weekly balance in the half-year before and in the weeks of the surge,
    over the weight of events in the busier of the two, -1..1.

    >>> find_surges([(day, True, 1.0) for day in range(0, 400, 3)])
    []
    """
    if len(rows) < LEAST_EVENTS:
        return []
    weeks = _count(rows)
    surges: list[Turn] = []
    peaks = {1: _Peak(-SAME_SURGE, 0.0), -1: _Peak(-SAME_SURGE, 0.0)}
    cut, last_cut = _cut_weeks(weeks, cuts), -SAME_CUT
    for i in np.flatnonzero(weeks.busy).tolist():
        found = _excess(weeks, i, peaks)
        if i in cut:
            if -1 not in found and i - max(last_cut, peaks[-1].week) >= SAME_CUT:
                surges.extend(_surge(weeks, rows, cut[i], i, -1))
            last_cut = i
        for way, (begun, pace) in found.items():
            if i - peaks[way].week >= SAME_SURGE:
                surges.extend(_surge(weeks, rows, begun, i, way))
            peaks[way] = _Peak(i, max(pace, peaks[way].left(i)))
    return surges


@dataclass(frozen=True, slots=True)
class _Peak:
    """The last week in which acts of a kind surged, and the weekly weight they came to."""

    week: int
    pace: float

    def left(self, week: int) -> float:
        """What is left of the pace in a later week."""
        return self.pace * float(0.5 ** ((week - self.week) / FADE))


@dataclass(frozen=True, slots=True)
class _Weeks:
    """Kind (row 0) and hostile (row 1) weight of each week, the sums of both before it, their usual rates, and whether a surge may show."""

    start: int
    weight: Floats
    sums: Floats
    usual: Floats
    busy: NDArray[np.bool_]


def _count(rows: Sequence[Row]) -> _Weeks:
    start = rows[0][0]
    place = np.array([(day - start) // WEEK for day, *_ in rows])
    weight = np.zeros((2, int(place[-1]) + 1))
    ordered = sorted(zip(place.tolist(), (0 if good else 1 for _, good, _ in rows), (w for *_, w in rows), strict=True))
    for week, kind, share in ordered:
        weight[kind, week] += share
    usual = _usual_rates(*weight.tolist())
    seen = np.cumsum(np.bincount(place, minlength=weight.shape[1]))
    busy = (seen >= LEAST_EVENTS) & (np.arange(weight.shape[1]) >= LEAST_WEEKS) & (weight.sum(0) > 0.0)
    return _Weeks(start, weight, np.concatenate([np.zeros((2, 1)), np.cumsum(weight, axis=1)], axis=1), usual, busy)


def _usual_rates(*weights: list[float], half_life: float = HALF_LIFE) -> Floats:
    """Weight of each week, by kind of act -> the usual rate of each kind before each week, and after the last."""
    kept = 0.5 ** (1.0 / half_life)
    rates: list[list[float]] = [[0.0] for _ in weights]
    known = 0.0
    for came in zip(*weights, strict=True):
        faded = kept * known + 1.0 - kept
        for rate, weight in zip(rates, came, strict=True):
            rate.append((rate[-1] * known * kept + weight * (1.0 - kept)) / faded)
        known = faded
    return np.array(rates)


def _excess(weeks: _Weeks, i: int, peaks: dict[int, _Peak]) -> dict[int, tuple[int, float]]:
    """The ways in which the weeks up to the i-th surge, with first week and weekly weight, by the window that tells it best."""
    best: dict[int, tuple[float, int, float]] = {}
    held = (peaks[1].left(i), peaks[-1].left(i))
    for width in WINDOWS:
        begun = i + 1 - width
        came = (weeks.sums[:, i + 1] - weeks.sums[:, begun]).tolist()
        usual = (weeks.usual[:, begun] + PRIOR).tolist()
        kind, hostile = (_gain(x, max(u, h) * width, width) for x, u, h in zip(came, usual, held, strict=True))
        way, gain = (1, kind - hostile) if kind > hostile else (-1, hostile - kind)
        if gain > max(KIND_LIMIT if way > 0 else LIMIT, best.get(way, (0.0, 0))[0]):
            best[way] = (gain, begun, came[0 if way > 0 else 1] / width)
    return {way: (begun, pace) for way, (_, begun, pace) in best.items()}


def _cut_weeks(weeks: _Weeks, cuts: Sequence[tuple[int, float]]) -> dict[int, int]:
    """Acts that cut relations -> the weeks up to which they surge, each with the first week of the window that tells it best."""
    weight = np.zeros(weeks.weight.shape[1])
    for day, share in sorted(cuts):
        weight[(day - weeks.start) // WEEK] += share
    sums, usual = np.concatenate([[0.0], np.cumsum(weight)]), _usual_rates(weight.tolist(), half_life=CUT_HALF_LIFE)[0] + CUT_PRIOR
    found = {}
    for i in np.flatnonzero(np.convolve(weight, np.ones(max(WINDOWS)))[: len(weight)] > 0.0).tolist():
        gains = [(_gain(sums[i + 1] - sums[b], usual[b] * (i + 1 - b), i + 1 - b), b) for b in (max(i + 1 - w, 0) for w in WINDOWS)]
        best, begun = max(gains)
        if best > LIMIT:
            found[i] = begun
    return found


def _gain(came: float, due: float, width: int) -> float:
    """Log of how much likelier the count of some weeks is under its own rate than under the one due, 0 where it is no higher."""
    size = width / SCATTER
    return came * log(came / due) - (came + size) * log((came + size) / (due + size)) if came > due else 0.0


def _surge(weeks: _Weeks, rows: Sequence[Row], begun: int, end: int, way: int) -> list[Turn]:
    """The weeks of a surge -> the surge, if the balance did move that way and has an event for it."""
    before, after = weeks.weight[:, max(0, begun - USUAL) : begun], weeks.weight[:, begun : end + 1]
    if not before.size:
        return []
    first, last = weeks.start + begun * WEEK, weeks.start + (end + 1) * WEEK
    within = [(day, good) for day, good, _ in rows if first <= day < last]
    days = [day for day, good in within if good == (way > 0)]
    busier = max(float(span.sum(0).mean()) for span in (before, after))
    usual, new = (float((span[0] - span[1]).mean()) / busier for span in (before, after))
    if not days or (new - usual) * way <= 0.0:
        return []
    return [Turn(days[0], within[-1][0], usual, new, ceil(abs(new - usual) * busier / 2.0 + UNDO_GRAIN))]

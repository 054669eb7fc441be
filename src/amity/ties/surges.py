"""The events of one busy pair -> its surges: weeks in which hostile or kind acts came far above their usual rate.

A war between old enemies changes the share of hostile acts little and their number a hundredfold, so a
test of shares alone is blind to it. Here the acts of the last one, two or three weeks, weighed by their scores, are held
against the fading rate of the weeks before: the log of how much likelier they are under a new rate than under the
usual one (Poisson). What came of the other kind above its own rate is taken off, so that a busier press alone is
no surge.

Source: a window test of the generalised likelihood ratio (Lai 1995), after trials with adaptive cumulative sums, which
found fewer of the labelled turns at as many others (docs/ties.md).
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

# HALF_LIFE, LIMIT and PRIOR were picked from a grid of forty settings on the labels marked "tune" in bench/keds_turns.csv.
HALF_LIFE = 26.0  # weeks in which the usual rate forgets half
LIMIT = 17.0  # nats that make a surge
PRIOR = 0.3  # acts a week that any pair is taken to have, so that a first act is no surge
WINDOWS = (1, 2, 3)  # weeks that a surge may take to show
# Events seen before a surge can be told, and weeks: a pair with fewer has no usual rate; it is left to the test of shares.
LEAST_EVENTS = 10.0
LEAST_WEEKS = 8
# Weeks within which a surge the same way is the same surge: it is over when as many have passed without one.
SAME_SURGE = 9
# Weeks before that the balance before is taken over.
USUAL = 26
# Added before acts to undo are rounded up, so that the last bit of a sum does not make one more.
UNDO_GRAIN = -1e-9


def find_surges(rows: Sequence[Row]) -> list[Turn]:
    """(day, cooperative, weight) of one pair in order of day -> its surges in order.

    `before` and `after` are the mean weekly balance in the half-year before and in the weeks of the surge,
    over the weight of events in the busier of the two, -1..1.

    >>> find_surges([(day, True, 1.0) for day in range(0, 400, 3)])
    []
    """
    if len(rows) < LEAST_EVENTS:
        return []
    weeks = _count(rows)
    surges: list[Turn] = []
    last = {1: -SAME_SURGE, -1: -SAME_SURGE}
    for i in np.flatnonzero(weeks.busy).tolist():
        for way, begun in _excess(weeks, i).items():
            if i - last[way] >= SAME_SURGE:
                surges.extend(_surge(weeks, rows, begun, i, way))
            last[way] = i
    return surges


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


def _usual_rates(kind: list[float], hostile: list[float]) -> Floats:
    """Kind and hostile weight of each week -> the usual rate of both before each week, and after the last."""
    kept = 0.5 ** (1.0 / HALF_LIFE)
    good, bad, known = [0.0], [0.0], 0.0
    for nice, foul in zip(kind, hostile, strict=True):
        faded = kept * known + 1.0 - kept
        good.append((good[-1] * known * kept + nice * (1.0 - kept)) / faded)
        bad.append((bad[-1] * known * kept + foul * (1.0 - kept)) / faded)
        known = faded
    return np.array([good, bad])


def _excess(weeks: _Weeks, i: int) -> dict[int, int]:
    """The ways in which the weeks up to the i-th surge, each with the week it began, by the window that shows it most."""
    best: dict[int, tuple[float, int]] = {}
    for width in WINDOWS:
        begun = i + 1 - width
        came = weeks.sums[:, i + 1] - weeks.sums[:, begun]
        due = (weeks.usual[:, begun] + PRIOR) * width
        kind, hostile = (_gain(x, b) for x, b in zip(came.tolist(), due.tolist(), strict=True))
        way, gain = (1, kind - hostile) if kind > hostile else (-1, hostile - kind)
        if gain > max(LIMIT, best.get(way, (0.0, 0))[0]):
            best[way] = (gain, begun)
    return {way: begun for way, (_, begun) in best.items()}


def _gain(came: float, due: float) -> float:
    """Log of how much likelier a count is under its own rate than under the one due, 0 where it is no higher."""
    return came * log(came / due) - (came - due) if came > due else 0.0


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

"""The events of one busy pair -> its surges: weeks in which the balance of its acts left its usual run.

A war between old enemies changes the share of hostile acts little and their number a hundredfold, so a
test of shares alone is blind to it. Here the balance of each week (cooperative less conflictual weight),
on a signed log scale, is held against its own smoothed mean and spread, and the excess is summed.

Source: adaptive cumulative sums; against textbook ruptures and thaws on KEDS (docs/ties.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, copysign, log1p, sqrt

from amity.ties.turns import WEEK, Turn

Row = tuple[int, bool, float]

# HALF_LIFE, SLACK and LIMIT were picked from a grid of eighteen settings on the labels that also give the
# figures in docs/ties.md, so those are optimistic; CLIP and FLOOR were set by hand before.
HALF_LIFE = 13.0  # weeks in which the usual run forgets half
SLACK = 1.0  # standard deviations a week that are ordinary
LIMIT = 3.0  # sum of excess, in standard deviations, that makes a surge
CLIP = 4.0  # standard deviations one week may count for: less SLACK it just does not pass LIMIT, so no single week does
FLOOR = 0.3  # variance (squared log weight) below which no pair is taken to be steady

# Events seen before a surge can be told, and weeks: half a year at one a week, and two months. A pair with
# fewer has no usual run; it is left to the test of shares.
LEAST_EVENTS = 26.0
LEAST_WEEKS = 8
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
    surges: list[Turn] = []
    weeks: list[list[Row]] = []
    mean, spread, seen = 0.0, FLOOR, 0.0
    run = {1: _Sum(), -1: _Sum()}
    for i, week in enumerate(_weeks(rows)):
        weeks.append(week)
        value = _scale(_balance(week))
        z = max(-CLIP, min(CLIP, (value - mean) / sqrt(spread + FLOOR)))
        ready = i > LEAST_WEEKS and seen >= LEAST_EVENTS
        for way, total in run.items():
            total.add(way * z - SLACK if ready else -CLIP, i)
        risen = next((way for way, total in run.items() if total.value > LIMIT), 0)
        if risen:
            surges.extend(_surge(weeks, run[risen].begun, risen))
            run = {1: _Sum(), -1: _Sum()}
            last = [_scale(_balance(w)) for w in weeks[-3:]]
            mean = sum(last) / len(last)
        rate = max(1.0 - 0.5 ** (1.0 / HALF_LIFE), 1.0 / (i + 1.0))
        spread = (1.0 - rate) * (spread + rate * (value - mean) ** 2)
        mean += rate * (value - mean)
        seen += sum(weight for *_, weight in week)
    return surges


class _Sum:
    """A sum of excess that does not fall below 0, and the week it last rose from there."""

    def __init__(self) -> None:
        self.value, self.begun = 0.0, 0

    def add(self, excess: float, week: int) -> None:
        """Take in one week."""
        if self.value == 0.0:
            self.begun = week
        self.value = max(0.0, self.value + excess)


def _surge(weeks: Sequence[list[Row]], begun: int, way: int) -> list[Turn]:
    """The weeks so far and where the run began -> the surge, if the balance did move that way and has an event for it."""
    usual, after = weeks[max(0, begun - USUAL) : begun], weeks[begun:]
    days = [day for week in after for day, good, _ in week if good == (way > 0)]
    busier = max(_mean([sum(w for *_, w in week) for week in span]) for span in (usual, after))
    before_mean, after_mean = (_mean([_balance(week) for week in span]) / busier for span in (usual, after))
    if not days or (after_mean - before_mean) * way <= 0.0:
        return []
    seen = max(day for week in after for day, *_ in week)
    undo = ceil(abs(after_mean - before_mean) * busier / 2.0 + UNDO_GRAIN)
    return [Turn(days[0], seen, before_mean, after_mean, undo)]


def _balance(week: Sequence[Row]) -> float:
    return sum(sorted(weight if good else -weight for _, good, weight in week))


def _scale(balance: float) -> float:
    return copysign(log1p(abs(balance)), balance)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _weeks(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows -> their weeks from the first to the last, empty ones too, counted from the first day."""
    groups: dict[int, list[Row]] = {}
    for row in rows:
        groups.setdefault((row[0] - rows[0][0]) // WEEK, []).append(row)
    for i in range(max(groups, default=-1) + 1):
        yield groups.get(i, [])
